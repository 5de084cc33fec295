#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measures Porchlight beside nginx and HAProxy, in one run and in turns, and prints the tables of
docs/performance.md. `./dev bench` calls it; PORCHLIGHTD and BENCH_TOOLS say where the programs
are, if not in build/."""

import argparse
import resource
import subprocess
import sys

import contestants
import load
import report
import running
import works
from works.work import Effort

QUICK = Effort(rounds=3, seconds=1, upload_gb=2)
USUAL = Effort(rounds=7, seconds=2, upload_gb=10)
LONG_UPLOAD_GB = 50

PAGE = "docs/performance.md"


def read_arguments():
    parser = argparse.ArgumentParser(prog="dev bench", description=__doc__)
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=[work.name for work in works.ALL],
        help="measure these works alone: %(choices)s",
    )  # fmt: skip
    parser.add_argument("--part", choices=works.PARTS, help="measure the works of one table alone")
    parser.add_argument("--rounds", type=int, help=f"turns of each contestant ({USUAL.rounds})")
    parser.add_argument("--quick", action="store_true", help="a rough look in a few minutes")
    parser.add_argument(
        "--long", action="store_true", help=f"watch the memory of a {LONG_UPLOAD_GB} GB upload"
    )
    parser.add_argument(
        "--write", action="store_true", help=f"put the tables, or those of the part, into {PAGE}"
    )
    arguments = parser.parse_args()
    if arguments.write and (arguments.only or arguments.quick):
        parser.error("--write is for whole tables: without --only and --quick")
    return arguments


def effort_of(arguments):
    effort = QUICK if arguments.quick else USUAL
    return Effort(
        arguments.rounds or effort.rounds,
        effort.seconds,
        LONG_UPLOAD_GB if arguments.long else effort.upload_gb,
    )


def attempt(work, contestant, effort):
    """One measurement, or None: one contestant's failure is shown and does not end the rest."""
    try:
        values = work.measure(contestant, effort)
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        print(f"{work.name}: {contestant.name} failed: {error}", file=sys.stderr)
        return None
    shown = ", ".join(
        f"{figure.name} {value:,.{figure.digits}f}"
        for figure, value in zip(work.figures, values, strict=True)
    )
    print(f"{work.name}: {contestant.name}: {shown}", file=sys.stderr)
    return values


def measure_in_turns(work, effort):
    """The rows of a work. The machine's mood changes within minutes, so the contestants take turns
    and each round another one begins."""
    entrants = [c for c in contestants.ALL if c.takes_part(work)]
    present = [c for c in entrants if c.is_there()]
    taken = {c.name: [] for c in present}
    for turn in range(min(effort.rounds, work.rounds_at_most)):
        first = turn % len(present)
        for contestant in present[first:] + present[:first]:
            if taken[contestant.name] == "failed":
                continue
            values = attempt(work, contestant, effort)
            if values is None:
                taken[contestant.name] = "failed"
            else:
                taken[contestant.name].append(values)
    return [row_of(work, index, entrants, taken, effort) for index in range(len(work.figures))]


def row_of(work, index, entrants, taken, effort):
    samples = {}
    for contestant in entrants:
        values = taken.get(contestant.name, contestant.absent)
        samples[contestant.name] = values if isinstance(values, str) else [v[index] for v in values]
    title = work.title.format(upload_gb=effort.upload_gb)
    return report.Row(title, work.figures[index], samples)


def prepare():
    """What the programs started later inherit, and what must be there."""
    if not (load.TOOLS / "bench-upstream").exists():
        raise SystemExit(f"bench: {load.TOOLS}/bench-upstream is not there: ./dev build")
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if allowed != resource.RLIM_INFINITY and allowed < running.FILES:
        raise SystemExit(f"bench: {running.FILES} open files are needed: see ulimit -Hn")
    resource.setrlimit(resource.RLIMIT_NOFILE, (running.FILES, running.FILES))


def choose_works(arguments):
    """The works of each part that are to be done."""
    for part, its_works in works.PARTS.items():
        chosen = [work for work in its_works if not arguments.only or work.name in arguments.only]
        if chosen and arguments.part in (None, part):
            yield part, chosen


def measure_part(part, chosen, arguments):
    """Returns: whether all went well."""
    effort = effort_of(arguments)
    rows = [row for work in chosen for row in measure_in_turns(work, effort)]
    command = " ".join(["./dev bench", *sys.argv[1:]])
    text = f"`{command}` on {report.facts()}\n\n{report.tables(rows)}"
    print(f"{text}\n")
    if arguments.write:
        report.write(text, part, PAGE)
    return all("failed" not in row.samples.values() for row in rows)


def main():
    arguments = read_arguments()
    prepare()
    parts = [measure_part(*part, arguments) for part in choose_works(arguments)]
    return not all(parts)


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns what was measured into the tables of docs/performance.md."""

import statistics
from dataclasses import dataclass
from pathlib import Path

import contestants
import measure

BEGIN = "<!-- bench of {part}: begin -->"
END = "<!-- bench of {part}: end -->"

OURS = contestants.PORCHLIGHT.name
FLOOR = contestants.BARE_RELAY.name
PEERS = {peer.name for peer in contestants.PEERS}
MUST_BE_THERE = {contestants.NGINX.name, contestants.HAPROXY.name}


@dataclass
class Row:
    """One figure of one work: what each contestant reached, or why there is nothing."""

    title: str
    figure: object
    samples: dict  # contestant's name → list of numbers, or a word

    def median(self, name):
        samples = self.samples.get(name)
        return statistics.median(samples) if isinstance(samples, list) else None

    def cell(self, name):
        value = self.median(name)
        if value is None:
            return self.samples.get(name, "–")
        return f"{value:,.{self.figure.digits}f}"

    def spread(self):
        """How far apart the middle half of a contestant's rounds lies, of the worst contestant."""
        widths = [width(s) for s in self.samples.values() if isinstance(s, list) and len(s) > 2]
        return f"{max(widths):.0%}" if widths else "–"

    def ratio(self):
        """Ours to the best peer's, or None when nginx or HAProxy is missing."""
        peers = {name: self.median(name) for name in PEERS if self.median(name) is not None}
        return None if MUST_BE_THERE - peers.keys() else self.to(min(peers.values()))

    def floor_ratio(self):
        return self.to(self.median(FLOOR))

    def to(self, other):
        ours = self.median(OURS)
        return ours / other if ours is not None and other else None

    def marks(self):
        """(what was reached, what it must not exceed) of each mark that the figure has."""
        figure = self.figure
        pairs = (
            (self.ratio(), figure.ratio_limit),
            (self.floor_ratio(), figure.floor_limit),
            (self.median(OURS), figure.own_limit),
        )
        return [(reached, limit) for reached, limit in pairs if limit is not None]

    def verdict(self):
        marks = self.marks()
        if not marks:
            return ""
        if any(reached is None for reached, _ in marks):
            return "not judged"
        return "met" if all(reached <= limit for reached, limit in marks) else "**missed**"


def width(samples):
    low, _, high = statistics.quantiles(samples, n=4, method="inclusive")
    middle = statistics.median(samples)
    return (high - low) / middle if middle else 0


def table(header, rows):
    lines = [header, ["---"] + ["---:"] * (len(header) - 2) + ["---"], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def columns(rows):
    """The contestants that appear in any of the rows."""
    names = dict.fromkeys(contestant.name for contestant in contestants.ALL)
    return [name for name in names if any(name in row.samples for row in rows)]


def judged_table(rows):
    names = columns(rows)
    floor = ["ours / bare relay"] if FLOOR in names else []
    lines = []
    for row in rows:
        marks = [mark(row.ratio(), row.figure.ratio_limit)]
        if floor:
            marks.append(mark(row.floor_ratio(), row.figure.floor_limit))
        lines.append(
            [f"{row.title}: {row.figure.name}"]
            + [row.cell(name) for name in names]
            + [*marks, row.spread(), row.verdict()]
        )
    return table(["work", *names, "ours / best peer", *floor, "spread", "verdict"], lines)


def mark(reached, limit):
    if limit is None:
        return "–"
    return f"{'–' if reached is None else f'{reached:.2f}'} (≤ {limit:.2f})"


def also_table(rows):
    names = columns(rows)
    lines = []
    for row in rows:
        limit = row.figure.own_limit
        lines.append(
            [f"{row.title}: {row.figure.name}"]
            + [row.cell(name) for name in names]
            + ["" if limit is None else f"≤ {limit:g}", row.spread(), row.verdict()]
        )
    return table(["work", *names, "must be", "spread", "verdict"], lines)


def tables(rows):
    judged = [row for row in rows if row.figure.ratio_limit is not None]
    also = [row for row in rows if row.figure.ratio_limit is None]
    return "\n\n".join(
        part for part in (judged and judged_table(judged), also and also_table(also)) if part
    )


def facts():
    programs = {c.command[0]: c for c in reversed(contestants.ALL) if c.version_option}
    versions = [
        f"{c.name} {c.version() if c.is_there() else c.absent}"
        for c in reversed(programs.values())
    ]
    return f"{measure.machine()}; {', '.join(versions)}."


def write(text, part, path):
    """Puts the text between the markers that a page has for a part."""
    begin, end = BEGIN.format(part=part), END.format(part=part)
    page = Path(path)
    before, rest = page.read_text().split(begin)
    after = rest.split(end)[1]
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")

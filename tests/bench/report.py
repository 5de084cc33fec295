# SPDX-License-Identifier: GPL-3.0-or-later

"""Turns what was measured into the tables of docs/performance.md."""

import statistics
from dataclasses import dataclass
from pathlib import Path

import contestants
import measure

BEGIN = "<!-- bench: begin -->"
END = "<!-- bench: end -->"

PEERS = [contestants.NGINX.name, contestants.HAPROXY.name]
OURS = contestants.PORCHLIGHT.name


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
        """Ours to the better peer's, or None when one of them is missing."""
        ours, peers = self.median(OURS), [self.median(name) for name in PEERS]
        if ours is None or None in peers or min(peers) == 0:
            return None
        return ours / min(peers)

    def verdict(self):
        figure = self.figure
        judged = self.median(OURS) if figure.ratio_limit is None else self.ratio()
        limit = figure.own_limit if figure.ratio_limit is None else figure.ratio_limit
        if limit is None:
            return ""
        if judged is None:
            return "not judged"
        return "met" if judged <= limit else "**missed**"


def width(samples):
    low, _, high = statistics.quantiles(samples, n=4, method="inclusive")
    middle = statistics.median(samples)
    return (high - low) / middle if middle else 0


def table(header, rows):
    lines = [header, ["---"] + ["---:"] * (len(header) - 2) + ["---"], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def columns(rows):
    """The contestants that appear in any of the rows."""
    return [c.name for c in contestants.ALL if any(c.name in row.samples for row in rows)]


def judged_table(rows):
    names = columns(rows)
    header = ["work", *names, "ours / better peer", "must be", "spread", "verdict"]
    lines = []
    for row in rows:
        ratio = row.ratio()
        lines.append(
            [f"{row.title}: {row.figure.name}"]
            + [row.cell(name) for name in names]
            + ["–" if ratio is None else f"{ratio:.2f}", f"≤ {row.figure.ratio_limit:.2f}"]
            + [row.spread(), row.verdict()]
        )
    return table(header, lines)


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
    versions = [
        f"{c.name} {c.version() if c.is_there() else c.absent}" for c in contestants.ALL[:3]
    ]
    return f"{measure.machine()}; {', '.join(versions)}."


def write(text, path):
    """Puts the text between the markers of a page, which is begun when it is not there yet."""
    page = Path(path)
    if not page.exists():
        page.write_text(f"# Performance\n\n{BEGIN}\n{END}\n")
    before, rest = page.read_text().split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}")

# SPDX-License-Identifier: GPL-3.0-or-later

"""The soak test's books: every request that was sent, and how it ended for the one who sent it."""

import time
from collections import Counter
from dataclasses import dataclass

# How a request may end. All but LOST and WRONG are an account of it.
ANSWERED = "answered"  # whole, and what was asked for
LEFT = "left by its client"  # on purpose, in the middle
RESET = "reset"
CUT = "ended before the answer was whole"
LOST = "lost"  # neither an answer nor an end, for a minute
WRONG = "wrong octets"

# The client has seen nothing whole, so neither may the log have. A connection that ends as a request
# is on its way leaves none: nobody has read it.
BROKEN = (RESET, CUT)


@dataclass
class Entry:
    number: int
    kind: str
    began: float
    ended: float = 0.0
    outcome: str = ""  # one of the above, or why there was no whole answer
    status: int = 0


class Account:
    def __init__(self):
        self.entries = {}

    def begin(self, kind):
        entry = Entry(len(self.entries) + 1, kind, time.monotonic())
        self.entries[entry.number] = entry
        return entry

    def end(self, entry, outcome, status=0):
        entry.outcome, entry.status, entry.ended = outcome, status, time.monotonic()

    def open_entries(self):
        return [entry for entry in self.entries.values() if not entry.outcome]

    def outcomes(self, records):
        """How many ended in which way; with a failure goes the reason that was recorded."""
        return Counter(describe(entry, records) for entry in self.entries.values())

    def faults(self, records, deaf):
        """What does not add up. @records: {number: [record of the access log, …]}; @deaf: (from, to)
        of the times in which the log could not be written."""
        faults = [
            f"{entry.kind} {entry.number}: {entry.outcome or LOST}"
            for entry in self.entries.values()
            if entry.outcome in (LOST, WRONG, "")
        ]
        for entry in self.entries.values():
            faults += self._faults_of_records(entry, records.get(entry.number, []), deaf)
        return faults

    def _faults_of_records(self, entry, records, deaf):
        who = f"{entry.kind} {entry.number} ({entry.outcome})"
        if len(records) > 1:
            yield f"{who}: {len(records)} records"
        if not records and entry.status and not any(overlaps(entry, span) for span in deaf):
            yield f"{who}: no record"
        if records and entry.status and records[0]["status"] != entry.status:
            yield f"{who}: answered {entry.status}, recorded {records[0]['status']}"
        if records and entry.outcome in BROKEN and records[0]["reason"] in ("done", "none"):
            yield f"{who}: recorded as {records[0]['reason']}"


def describe(entry, records):
    if entry.outcome in (ANSWERED, LEFT):
        return entry.outcome
    found = records.get(entry.number)
    return f"{entry.outcome or LOST}: {found[0]['reason'] if found else 'no record'}"


def overlaps(entry, span):
    """A record is written a moment after its request has ended."""
    return entry.began < span[1] and span[0] < entry.ended + 5

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lets many kinds of people use porchlightd for minutes while one trouble after another happens, and
gives an account: every request that was sent was answered or has a reason, and memory and descriptors
are at the end what they were after the first part. `./dev soak` calls it."""

import argparse
import asyncio
import pathlib
import random
import sys
import tempfile
import time
from collections import defaultdict

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / "wire")]

import account  # noqa: E402
import house  # noqa: E402
import load  # noqa: E402
import troubles  # noqa: E402

# Kept upstream connections go after 4 s without use; records come within a second.
SETTLE_S = 6

# Pipes are kept for the next long bodies, as many as were needed at once: net/io/pipe_linux.c. Both ends, of
# two workers, and the two that the program speaks to.
MOST_OF_PIPES = 2 * 32 * 2 + 2

# What a process may grow by without being said to leak: the heap of the C library is not given back
# to the last page.
GROWTH = 1.1
GROWTH_KB = 2048


def read_arguments():
    parser = argparse.ArgumentParser(prog="dev soak", description=__doc__)
    parser.add_argument("minutes", type=float, nargs="?", default=2, help="how long in all (2)")
    parser.add_argument("--people", type=int, default=24, help="clients at a time (24)")
    parser.add_argument("--seed", type=int, default=None, help="makes a run alike to an earlier one")
    parser.add_argument("--clock", help="the library that moves the program's clock")
    parser.add_argument("--sanitized", action="store_true", help="memory is not judged")
    return parser.parse_args()


class Soak:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.rng = random.Random(arguments.seed)
        self.house = house.House(folder, arguments.clock)
        self.books = account.Account()
        self.troubles = troubles.Troubles(self.house, self.rng)

    async def live(self, seconds):
        """Load and troubles for so long; then everybody goes, and what is kept is given up."""
        people = load.People(self.house.daemon.port, self.books, self.rng)
        lives = [asyncio.create_task(people.live()) for _ in range(self.arguments.people)]
        watch = asyncio.create_task(self.tell())
        await self.troubles.happen(time.monotonic() + seconds)
        people.stops.set()
        await asyncio.gather(*lives)
        watch.cancel()
        await asyncio.sleep(SETTLE_S)

    async def tell(self):
        while True:
            await asyncio.sleep(10)
            print(f"  {len(self.books.entries)} requests", file=sys.stderr)

    async def run(self):
        whole = self.arguments.minutes * 60
        await self.house.open()
        try:
            await self.live(min(60, whole / 4))
            early = self.measure()
            await self.live(max(1, whole - min(60, whole / 4) - 2 * SETTLE_S))
            late = self.measure()
        finally:
            await self.house.close()
        return self.give_account(early, late)

    def measure(self):
        daemon = self.house.daemon
        pipes = daemon.count_pipes()
        return daemon.memory_kb(), daemon.count_descriptors() - pipes, pipes

    def records(self):
        found = defaultdict(list)
        for record in self.house.records():
            number = load.number_of(record["target"])
            if number is not None:
                found[number].append(record)
        return found

    def give_account(self, early, late):
        records = self.records()
        outcomes = self.books.outcomes(records)
        faults = self.books.faults(records, self.house.deaf)
        print(f"{sum(outcomes.values()):,} requests sent:")
        for outcome, count in outcomes.most_common():
            print(f"  {count:>9,} {outcome}")
        print("troubles: " + ", ".join(f"{n} {name}" for name, n in self.troubles.counts.items()))
        print(f"memory: {early[0]:,} kB after the first part, {late[0]:,} kB at the end")
        print(f"descriptors: {early[1]} after the first part, {late[1]} at the end; "
              f"of pipes: {early[2]}, {late[2]}")
        if late[1] > early[1] or late[2] > MOST_OF_PIPES:
            faults.append("descriptors were lost")
        if not self.arguments.sanitized and late[0] > early[0] * GROWTH + GROWTH_KB:
            faults.append("memory has grown")
        for fault in faults[:50]:
            print(f"FAULT: {fault}")
        print(f"{len(faults)} faults")
        return 1 if faults else 0


def main():
    arguments = read_arguments()
    if arguments.seed is None:
        arguments.seed = random.randrange(10**6)
    print(f"seed {arguments.seed}, {arguments.minutes:g} minutes, {arguments.people} people")
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        return asyncio.run(Soak(arguments, folder).run())


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Counts the test cases in the logs meson left in the build folders given, and says so in the last
line: `N passed, N failed`. What was tried again is named. A case is what its own framework calls one: a
test of GLib's, one of pytest's with one set of parameters, otherwise a program. The exit status tells
whether all is well."""

import json
import re
import sys
from collections import Counter
from pathlib import Path

TAP_LINE = re.compile(r"^(not )?ok \d+(.* # SKIP)?", re.MULTILINE | re.IGNORECASE)
PYTEST_SUMMARY = re.compile(r"^(?:=+ )?((?:\d+ \w+(?:, )?)+) in [\d.]+s", re.MULTILINE)
PYTEST_WORDS = {"passed": "passed", "failed": "failed", "error": "failed", "errors": "failed",
                "skipped": "skipped"}  # fmt: skip
SKIP_REASON = re.compile(
    r"^(?:SKIPPED \[(\d+)\] [^ ]+ |(?:ok \d+.*|1\.\.0) # SKIP |.*Exit: )(.+)$", re.MULTILINE
)
RERUN = re.compile(r"^RERUN (.+)$", re.MULTILINE)
QUICK = re.compile(r":(unit|fuzz)\b")
GOOD, SKIPPED = {"OK", "EXPECTEDFAIL"}, {"SKIP"}


def cases_of_tap(output):
    return Counter(
        "failed" if bad else "skipped" if skip else "passed"
        for bad, skip in TAP_LINE.findall(output)
    )


def cases_of_pytest(output):
    counts = Counter()
    for summary in PYTEST_SUMMARY.findall(output)[-1:]:
        for number, word in re.findall(r"(\d+) (\w+)", summary):
            if word in PYTEST_WORDS:
                counts[PYTEST_WORDS[word]] += int(number)
    return counts


def cases_of(test):
    """What one program of meson's log says of its cases. One that did not end well has failed at
    least once, whatever it says: it may have crashed before its last case."""
    output = test.get("stdout", "")
    counts = cases_of_tap(output) or cases_of_pytest(output)
    if test["result"] in SKIPPED:
        return counts or Counter(skipped=1)
    if test["result"] in GOOD:
        return counts or Counter(passed=1)
    counts["failed"] = max(counts["failed"], 1)
    return counts


def reasons_of(test):
    """Why cases were skipped, as far as it was said, with how many each was the reason for."""
    counts = Counter()
    for number, reason in SKIP_REASON.findall(test.get("stdout", "") + test.get("stderr", "")):
        counts[reason] += int(number or 1)
    return counts


def read_log(folder, name):
    log = Path(folder, "meson-logs", name)
    if not log.exists():
        return []
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def failed_programs(folder):
    """Those that take seconds and do not try their cases again themselves."""
    return [test["name"].rpartition(" / ")[2] for test in read_log(folder, "testlog.json")
            if test["result"] not in GOOD | SKIPPED and QUICK.search(test["name"])]


def tests_of(folder):
    """The last that is known of each."""
    tests = read_log(folder, "testlog.json")
    if not tests:
        print(f"{folder}: was not built, so nothing of it was tested")
        return [{"name": folder, "result": "ERROR"}]
    again = {test["name"]: test for test in read_log(folder, "again.json")}
    for name in again:
        print(f"{folder}: {name}: tried again")
    return [again.get(test["name"], test) for test in tests]


def main(folders):
    total, reasons = Counter(), Counter()
    for folder in folders:
        for test in tests_of(folder):
            counts = cases_of(test)
            total += counts
            reasons += reasons_of(test)
            for case in RERUN.findall(test.get("stdout", "")):
                print(f"{folder}: {test['name']}: tried again: {case}")
            if counts["failed"]:
                print(f"{folder}: {test['name']}: {counts['failed']} failed")
    if total["skipped"]:
        print(f"{total['skipped']} skipped: what they need is not here")
    for reason, count in reasons.items():
        print(f"  {count}: {reason}")
    print(f"{total['passed']} passed, {total['failed']} failed")
    return 1 if total["failed"] or not total["passed"] else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--failed-programs"]:
        for name in failed_programs(sys.argv[2]):
            print(name)
    else:
        sys.exit(main(sys.argv[1:]))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Other people's programs: found or skipped, started for a test, ended and judged with it."""

import contextlib
import os
import shutil
import subprocess

import pytest

# Servers are not in everybody's PATH.
PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin"))


def find(name):
    """The program, or the test is skipped."""
    program = shutil.which(name, path=PATH)
    if not program:
        pytest.skip(f"{name} is not installed")
    return program


@contextlib.contextmanager
def running(args, **options):
    """A program that runs until the block is left."""
    process = subprocess.Popen(args, stdin=subprocess.DEVNULL, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def curl(*arguments, **options):
    """Runs curl to its end; what it said is in .stdout and .stderr."""
    command = [find("curl"), "--silent", "--show-error", "--noproxy", "*", "--max-time", "240"]
    return subprocess.run([*command, *map(str, arguments)], capture_output=True, text=True,
                          check=True, timeout=250, **options)

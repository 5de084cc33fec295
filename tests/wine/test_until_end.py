# SPDX-License-Identifier: GPL-3.0-or-later
"""until_end: all that a program says, its exit status, and no wait for those that hold its output open."""

import pathlib
import subprocess

UNTIL_END = pathlib.Path(__file__).parent / "until_end"


def run(script):
    return subprocess.run((UNTIL_END, "sh", "-c", script), capture_output=True, text=True, timeout=30,
                          check=False)


def test_does_not_wait_for_who_stays():
    done = run("sleep 60 & echo said; echo warned >&2; exit 3")
    assert (done.returncode, done.stdout, done.stderr) == (3, "said\n", "warned\n")


def test_passes_on_more_than_a_pipe_holds():
    done = run("head -c 1000000 /dev/zero | tr '\\0' x")
    assert (done.returncode, done.stdout) == (0, "x" * 1_000_000)


def test_ends_as_it_is_ended():
    assert run("kill -9 $$").returncode == 128 + 9

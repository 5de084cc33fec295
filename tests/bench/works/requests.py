# SPDX-License-Identifier: GPL-3.0-or-later

"""Small answers: what one request costs, how long it takes, and the system calls it makes."""

import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import load
import measure
from works.work import Figure, Work

PACE_PER_SECOND = 10000


STRANGER = "X-Forwarded-For: 203.0.113.9"


def get(path, connections, anew=False, refused=False):
    """Measures the CPU time of a GET and how many there are in a second. @anew: each on a
    connection of its own; @refused: by a stranger, who may not have it."""

    def cpu_and_rate(contestant, effort):
        headers = ["Connection: close"] if anew else [STRANGER] if refused else []
        with load.arena(contestant) as proxy:
            accepted = measure.accepted_connections()
            before = proxy.cpu_ns()
            answered = load.wrk(
                proxy.port, path, connections, effort.seconds, headers=headers, refused=refused
            )
            spent = proxy.cpu_ns() - before
            accepted = measure.accepted_connections() - accepted
        if anew and accepted < answered.requests:
            raise RuntimeError(f"{answered.requests} requests on {accepted} connections")
        return spent / answered.requests / 1000, answered.rate

    return cpu_and_rate


def request_figures(ratio_limit, floor_limit=None):
    cpu = Figure("CPU µs a request", 1, ratio_limit=ratio_limit, floor_limit=floor_limit)
    return cpu, Figure("requests/s", 0)


def latency(contestant, effort):
    with load.arena(contestant) as proxy:
        return load.pace(proxy.port, "/bytes/1024", 64, PACE_PER_SECOND, effort.seconds)


def system_calls(contestant, effort):
    """Counted by strace, which slows the proxy down several times: nothing is timed here."""
    with load.arena(contestant) as proxy, tempfile.NamedTemporaryFile("r") as summary:
        pids = [word for pid in proxy.pids for word in ("-p", str(pid))]
        tracer = subprocess.Popen(
            ["strace", "-f", "-c", "-o", summary.name, *pids], stderr=subprocess.DEVNULL
        )
        wait_until_traced(proxy.pids)
        # Long enough for what is done once for a connection to disappear among the requests.
        answered = load.wrk(proxy.port, "/bytes/1024", 64, 5 * effort.seconds)
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
        calls = read_summary(summary.read(), answered.requests)
    print(contestant.name, "makes for a request:", calls, file=sys.stderr)
    return (sum(calls.values()),)


def read_summary(text, requests):
    """{system call: times a request} from the table of strace -c."""
    rows = re.findall(r"^ +[\d.]+ +[\d.]+ +\d+ +(\d+) +(?:\d+ +)?(\w+)$", text, re.M)
    return {name: round(int(count) / requests, 2) for count, name in rows if name != "total"}


def wait_until_traced(pids):
    deadline = time.monotonic() + 10
    threads = [path for pid in pids for path in Path(f"/proc/{pid}/task").iterdir()]
    while any("TracerPid:\t0\n" in (thread / "status").read_text() for thread in threads):
        if time.monotonic() > deadline:
            raise RuntimeError("strace may not attach: run the benchmark as root")
        time.sleep(0.01)


JUDGED = (
    Work(
        "get-1k-64",
        "1 KB GET, 64 kept-alive connections",
        request_figures(0.85, floor_limit=1.15),
        get("/bytes/1024", 64),
    ),
    Work(
        "get-20k-32",
        "20 KB GET (a thumbnail), 32 connections",
        request_figures(0.75),
        get("/bytes/20480", 32),
    ),
    Work(
        "get-1k-new",
        "1 KB GET, new connection each",
        request_figures(0.75),
        get("/bytes/1024", 64, anew=True),
    ),
    Work(
        "refused-64",
        "a stranger's request that is refused, 64 kept-alive connections",
        request_figures(1.0),
        get("/api/users/me", 64, refused=True),
        for_guests=True,
    ),
)

ALSO = (
    Work(
        "latency",
        f"1 KB GET, {PACE_PER_SECOND:,} a second on 64 connections",
        (Figure("p50 µs", 0), Figure("p99 µs", 0)),
        latency,
        rounds_at_most=3,
    ),
    Work(
        "system-calls",
        "1 KB GET, 64 kept-alive connections",
        (Figure("system calls a request", 2),),
        system_calls,
        rounds_at_most=1,
    ),
)

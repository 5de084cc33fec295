# SPDX-License-Identifier: GPL-3.0-or-later

"""From one worker to two."""

import load
from works.work import Figure, Work


def two_workers(contestant, effort):
    return *cpu_and_rate(contestant, effort, 1), *cpu_and_rate(contestant, effort, 2)


def cpu_and_rate(contestant, effort, workers):
    with load.arena(contestant, workers) as proxy:
        before = proxy.cpu_ns()
        answered = load.wrk(proxy.port, "/bytes/1024", 64, effort.seconds, threads=workers)
        return (proxy.cpu_ns() - before) / answered.requests / 1000, answered.rate


ALSO = (
    Work(
        "workers",
        "1 KB GET, 64 kept-alive connections",
        (
            Figure("CPU µs a request, 1 worker"),
            Figure("requests/s, 1 worker", 0),
            Figure("CPU µs a request, 2 workers"),
            Figure("requests/s, 2 workers", 0),
        ),
        two_workers,
        rounds_at_most=3,
    ),
)

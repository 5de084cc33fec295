# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections on which nothing happens: their memory, and what they add to the cost of others."""

import time

import load
from works.work import Figure, Work

WEBSOCKETS = 4000
IDLE_COUNTS = (10, 1000, 10000)


def websocket_memory(contestant, effort):
    """Memory of the processes alone: what the kernel holds for a socket is the same for all. A few
    WebSockets come and go first, so that what is made once is not counted."""
    with load.arena(contestant) as proxy:
        with load.held(proxy.port, 50, load.greet_websocket):
            pass
        before = proxy.memory_kb("RssAnon", "RssShmem")
        with load.held(proxy.port, WEBSOCKETS, load.greet_websocket):
            time.sleep(1)
            return ((proxy.memory_kb("RssAnon", "RssShmem") - before) / WEBSOCKETS,)


def cost_beside_idle(contestant, effort):
    """CPU of a request with ever more idle clients beside it; the last as a multiple of the
    first."""
    costs = []
    with load.arena(contestant) as proxy:
        for count in IDLE_COUNTS:
            with load.held(proxy.port, count, load.greet_http):
                before = proxy.cpu_ns()
                answered = load.wrk(proxy.port, "/bytes/1024", 32, effort.seconds)
                costs.append((proxy.cpu_ns() - before) / answered.requests / 1000)
    return *costs, costs[-1] / costs[0]


JUDGED = (
    Work(
        "websocket-idle-kb",
        f"idle WebSocket, {WEBSOCKETS:,} of them",
        (Figure("KB of memory each", 1, ratio_limit=0.25),),
        websocket_memory,
        rounds_at_most=3,
    ),
)

ALSO = (
    Work(
        "idle-connections",
        "1 KB GET, 32 connections, beside idle ones",
        tuple(Figure(f"CPU µs a request beside {count:,}") for count in IDLE_COUNTS)
        + (Figure(f"{IDLE_COUNTS[-1]:,} idle : {IDLE_COUNTS[0]} idle", 2, own_limit=1.1),),
        cost_beside_idle,
        rounds_at_most=5,
    ),
)

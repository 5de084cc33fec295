# SPDX-License-Identifier: GPL-3.0-or-later

"""What TLS costs, and HTTP/2."""

import tempfile
import time

import load
import load_tls
from works.work import Figure, Work

GB = 10**9
IDLE = 2000
ROUND_TRIP_MS = 50

# TLS costs so much that the differences are smaller than those of the plain works; more rounds
# would take more time than they tell.
ROUNDS = 5


def cpu_and_rate(send):
    """CPU time of a request and requests a second, of what @send does with a port and seconds. A
    little of it comes first, so that what is made once is not counted."""

    def cpu_and_rate(contestant, effort):
        with load.arena(contestant) as proxy:
            send(proxy.port, 1)
            before = proxy.cpu_ns()
            answered = send(proxy.port, effort.seconds)
            return (proxy.cpu_ns() - before) / answered.requests / 1000, answered.rate

    return cpu_and_rate


def transfer(send):
    def cpu_and_speed(contestant, effort):
        with load.arena(contestant) as proxy:
            send(proxy.port, GB // 100)
            before = proxy.cpu_ns()
            began = time.monotonic()
            send(proxy.port, GB)
            took = time.monotonic() - began
            return (proxy.cpu_ns() - before) / 1e9, GB / took / 1e6

    return cpu_and_speed


def idle_memory(contestant, effort):
    """Of the processes alone; see idle.websocket_memory()."""
    with load.arena(contestant) as proxy:
        with load_tls.held(proxy.port, 50):
            pass
        before = proxy.memory_kb("RssAnon", "RssShmem")
        with load_tls.held(proxy.port, IDLE):
            time.sleep(1)
            return ((proxy.memory_kb("RssAnon", "RssShmem") - before) / IDLE,)


def far_uploads(contestant, effort):
    """The same upload from far away over HTTP/1.1 and over HTTP/2, whose windows must not be what
    holds it up: MB/s of each, and the one as a multiple of the other."""
    with load.arena(contestant) as proxy, tempfile.NamedTemporaryFile() as body:
        body.truncate(GB)
        with load_tls.far_away(proxy.port, ROUND_TRIP_MS) as port:
            speeds = [
                GB / load_tls.h2load(port, "/api/assets", "-n1", "-d", body.name, *protocol)[0] / 1e6
                for protocol in (["--h1"], [])
            ]
    return *speeds, speeds[0] / speeds[1]


def request_figures(ratio_limit):
    return Figure("CPU µs a request", 1, ratio_limit=ratio_limit), Figure("requests/s", 0)


def transfer_figures(ratio_limit):
    return Figure("CPU s", 2, ratio_limit=ratio_limit), Figure("MB/s", 0)


def work(name, title, figures, measure, rounds=ROUNDS, **rest):
    return Work(name, title, figures, measure, rounds_at_most=rounds, encrypted=True, **rest)


JUDGED = (
    work(
        "tls-get-1k-64",
        "1 KB GET, 64 kept-alive TLS connections",
        request_figures(0.90),
        cpu_and_rate(lambda port, seconds: load_tls.wrk(port, "/bytes/1024", 64, seconds)),
    ),
    work(
        "tls-full",
        "1 KB GET, new TLS connection each, full handshake",
        request_figures(0.95),
        cpu_and_rate(lambda port, seconds: load_tls.handshakes(port, "full", seconds)),
    ),
    work(
        "tls-resumed",
        "1 KB GET, new TLS connection each, resumed",
        request_figures(0.95),
        cpu_and_rate(lambda port, seconds: load_tls.handshakes(port, "resumed", seconds)),
    ),
    work(
        "tls-download-1g",
        "1 GB download over TLS 1.3",
        transfer_figures(0.70),
        transfer(load_tls.download),
    ),
    work(
        "tls-upload-1g",
        "1 GB upload over TLS 1.3",
        transfer_figures(0.75),
        transfer(load_tls.upload),
    ),
    work(
        "h2-get-20k",
        "20 KB GET (a thumbnail) over HTTP/2, 10 connections of 32 streams",
        request_figures(0.80),
        cpu_and_rate(lambda port, seconds: load_tls.http2(port, "/bytes/20480", 10, 32, seconds)),
    ),
    work(
        "tls-idle-kb",
        f"idle TLS connection, {IDLE:,} of them",
        (Figure("KB of memory each", 1, ratio_limit=0.60),),
        idle_memory,
        rounds=3,
    ),
)

# No peer takes part: with the windows of HTTP/2 that they have, a gigabyte takes nginx most of a
# minute (20 MB/s), and HAProxy a quarter of an hour (1 MB/s).
ALSO = (
    work(
        "h2-upload-far",
        f"1 GB upload over 1 Gbit/s and a round trip of {ROUND_TRIP_MS} ms",
        (
            Figure("MB/s over HTTP/1.1", 0),
            Figure("MB/s over HTTP/2", 0),
            Figure("HTTP/1.1 : HTTP/2", 2, own_limit=1.25),
        ),
        far_uploads,
        rounds=2,
        is_ours_alone=True,
    ),
)

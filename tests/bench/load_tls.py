# SPDX-License-Identifier: GPL-3.0-or-later

"""What is sent through the proxies inside TLS: always TLS 1.3, the same suite and group."""

import os
import re
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import certificate
import load
import measure
import running

PROGRAM = running.TOOLS / "bench-tls"


def run(*words):
    return subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=True
    ).stdout


def wrk(port, path, connections, seconds):
    with tempfile.NamedTemporaryFile("w", suffix=".cnf") as conf:
        conf.write(certificate.CLIENT_CONF)
        conf.flush()
        environment = {**os.environ, "OPENSSL_CONF": conf.name}
        return load.wrk(
            port, path, connections, seconds, scheme="https", environment=environment
        )


def handshakes(port, how, seconds):
    """A new connection for each request; @how: full or resumed."""
    requests, microseconds = map(int, run(PROGRAM, how, port, seconds).split())
    return load.Answered(requests, microseconds / 1e6)


def download(port, length):
    run(PROGRAM, "download", port, length)


def upload(port, length):
    run(PROGRAM, "upload", port, length)


def h2load(port, path, *options):
    """Returns: the seconds it took, and how many were answered with a 2xx, which is all."""
    said = run(
        "h2load", f"--tls13-ciphers={certificate.SUITE}", "--groups=X25519", *options,
        f"https://127.0.0.1:{port}{path}",
    )  # fmt: skip
    took = re.search(r"finished in ([\d.]+)(s|ms)", said)
    failed, errored, expired = re.search(
        r"(\d+) failed, (\d+) errored, (\d+) timeout", said
    ).groups()
    answered = int(re.search(r"status codes: (\d+) 2xx", said)[1])
    if (failed, errored, expired) != ("0", "0", "0") or answered == 0:
        raise RuntimeError(f"requests failed:\n{said}")
    return float(took[1]) / {"s": 1, "ms": 1000}[took[2]], answered


def http2(port, path, connections, streams, seconds):
    """As many requests as go in the time, so many at once on each connection."""
    took, answered = h2load(port, path, f"-c{connections}", f"-m{streams}", f"-D{seconds}")
    return load.Answered(answered, took)


@contextmanager
def held(port, count):
    """Clients that have had an answer and then stay; see load.held()."""
    with subprocess.Popen(
        [PROGRAM, "hold", str(port), str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as clients:
        if clients.stdout.readline() != "held\n":
            raise RuntimeError("the clients could not connect")
        yield
        left = int(clients.communicate()[0])
    if left != count:
        raise RuntimeError(f"{count - left} of {count} idle connections were closed")


@contextmanager
def far_away(port, round_trip_ms):
    """Another port, from which it is a long way to @port."""
    near = running.free_port()
    command = [running.TOOLS / "bench-delay", str(near), str(port), str(round_trip_ms)]
    with running.start(command, near, measure.CORES.split(1)[1], encrypted=True):
        yield near

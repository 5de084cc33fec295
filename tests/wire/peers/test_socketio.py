# SPDX-License-Identifier: GPL-3.0-or-later
"""A real socket.io client and server, as Immich's web page and server have: without them talking,
the page says "Server offline"."""

import contextlib
import json
import os
import pathlib
import subprocess

import pytest

from harness import one_upstream, two_parts, wait_until
from harness.packages import install_packages
from programs import find, running

HERE = pathlib.Path(__file__).parent
TRANSPORTS = pytest.mark.parametrize(
    "transports", [["websocket"], ["polling"], ["polling", "websocket"]], ids=" then ".join)


@pytest.fixture(scope="module")
def node():
    """Node's command line for a script, and the environment it finds its packages in."""
    program = find("node")
    environment = {**os.environ, "NODE_PATH": str(install_packages(HERE))}
    return lambda script, *arguments: {
        "args": [program, HERE / script, *arguments], "env": environment}


@pytest.fixture
def serve(node, tmp_path):
    """Starts the server for a path; gives its URL."""
    output = tmp_path / "port"
    with contextlib.ExitStack() as stack:

        def start(path):
            file = stack.enter_context(open(output, "w"))
            stack.enter_context(running(**node("socketio_server.js", path), stdout=file))
            port = wait_until(output.read_text, "the server to listen", 20)
            return f"http://127.0.0.1:{port.strip()}"

        yield start


def converse(node, wire, transports):
    url = f"http://127.0.0.1:{wire.daemon.port}"
    said = subprocess.run(**node("socketio_client.js", url, "/api/socket.io", *transports),
                          check=True, timeout=30, stdout=subprocess.PIPE)
    return json.loads(said.stdout)


def check(wire, talk, transports):
    assert talk.pop("greeting") == {"host": f"127.0.0.1:{wire.daemon.port}", "client": "127.0.0.1"}
    assert talk == {"text": "h\u00e9llo", "same": True, "words": ["uploaded"] * 2,
                    "reason": "io server disconnect", "transport": transports[-1]}


def count_tunnels(wire):
    return [record["status"] for record in wire.daemon.records()].count(101)


@TRANSPORTS
def test_they_talk_through_one_address(wire, node, serve, transports):
    wire.start(one_upstream([serve("/api/socket.io")]))

    check(wire, converse(node, wire, transports), transports)
    expected = 2 if "websocket" in transports else 0
    wait_until(lambda: count_tunnels(wire) == expected, f"{expected} live connections in the log")


@TRANSPORTS
def test_they_talk_where_the_api_is_stripped(wire, node, serve, transports):
    """As before Immich 1.88: the server part knows nothing of /api."""
    web = wire.upstream(lambda conn: conn.expect_end())
    wire.start(two_parts(serve("/socket.io"), web.url))

    check(wire, converse(node, wire, transports), transports)

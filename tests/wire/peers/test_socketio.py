# SPDX-License-Identifier: GPL-3.0-or-later
"""A real socket.io client and server, as Immich's web page and server have: without them talking,
the page says "Server offline"."""

import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

import pytest

from harness import one_upstream, wait_until
from programs import find, running

HERE = pathlib.Path(__file__).parent
TRANSPORTS = pytest.mark.parametrize(
    "transports", [["websocket"], ["polling"], ["polling", "websocket"]], ids=" then ".join)


def cache_folder():
    home = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    lock = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
    return pathlib.Path(home) / "porchlight-tests" / f"npm-{lock[:16]}"


def npm(folder, *arguments):
    return subprocess.run([find("npm"), *arguments, "--fetch-retries=1",
                           "--fetch-retry-mintimeout=1000"], cwd=folder,
                          stdin=subprocess.DEVNULL, timeout=300)


def install(folder):
    """What package-lock.json lists, outside of the sources."""
    fresh = folder.with_suffix(".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, fresh)
    ended = npm(fresh, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
    if ended.returncode != 0 and npm(fresh, "ping").returncode != 0:
        pytest.skip("the npm registry cannot be reached")
    ended.check_returncode()
    fresh.rename(folder)


@pytest.fixture(scope="module")
def node():
    """Node's command line for a script, and the environment it finds its packages in."""
    program, folder = find("node"), cache_folder()
    if not folder.exists():
        install(folder)
    environment = {**os.environ, "NODE_PATH": str(folder / "node_modules")}
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
    wire.start(f"""
        [upstream server]
        urls={serve("/socket.io")}
        [upstream web]
        urls={web.url}
        [route api]
        path=/api
        strip-prefix=true
        upstream=server
        [route web]
        path=/
        upstream=web
    """)

    check(wire, converse(node, wire, transports), transports)

# SPDX-License-Identifier: GPL-3.0-or-later
"""New settings while the house is full: SIGHUP, and nobody loses a request."""

import pathlib
import re
import socket
import threading
import time

import pytest

from harness import Client, answer, free_port, one_upstream, wait_until
from harness.tunnel import SWITCHING, open_tunnel, switch


def two_upstreams(wire):
    return wire.upstream(answer(200, "old")), wire.upstream(answer(200, "new"))


def test_new_requests_go_the_new_way_on_the_same_connection(wire):
    old, new = two_upstreams(wire)
    wire.start(one_upstream([old.url]))
    client = wire.client()
    assert client.get("/").body == b"old"

    wire.reload(one_upstream([new.url]))

    wait_until(lambda: client.get("/").body == b"new", "the new route")
    assert wire.client().get("/").body == b"new"


def test_a_running_download_ends_as_it_began(wire):
    go_on = wire.gate()

    @wire.upstream
    def old(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
        go_on.wait(10)
        conn.send("later")

    new = wire.upstream(answer(200, "new"))
    wire.start(one_upstream([old.url]))
    client = wire.client()
    client.ask("GET", "/")
    client.read_response_head()
    assert client.read_exact(5) == b"first"

    wire.reload(one_upstream([new.url]))
    wait_until(lambda: wire.client().get("/").body == b"new", "the new route")
    go_on.set()

    assert client.read_exact(5) == b"later"
    assert client.get("/next").body == b"new"


def test_a_tunnel_lives_on(wire):
    @wire.upstream
    def old(conn):
        switch(conn)
        conn.send(conn.read_exact(4))

    new = wire.upstream(answer(200, "new"))
    wire.start(one_upstream([old.url]))
    client = wire.client()
    open_tunnel(client)

    wire.reload(one_upstream([new.url]))
    wait_until(lambda: wire.client().get("/").body == b"new", "the new route")

    client.send("talk")
    assert client.read_exact(4) == b"talk"


@pytest.mark.parametrize("settings, words", [
    (one_upstream(["ftp://x"]), "urls"),
    (one_upstream(["http://a"]).replace("upstream=immich", "upstream=nobody"), "nobody"),
    (one_upstream(["http://a"], "balance=fair"), "balance"),
    ("this is no settings file\n", "porchlight.ini"),
])
def test_an_invalid_file_changes_nothing_and_says_why(wire, settings, words):
    wire.upstream(answer(200, "as before"))
    wire.start()
    client = wire.client()

    said = wire.reload(settings)

    assert words in said
    assert client.get("/").body == b"as before"
    assert wire.client().get("/").body == b"as before"


def test_a_new_port_opens_and_the_old_one_closes(wire):
    immich = wire.upstream(answer(200, "ok"))
    wire.start()
    client = wire.client()
    client.get("/")
    old_port, wire.daemon.port = wire.daemon.port, free_port()

    wire.reload(one_upstream([immich.url]))
    wait_until(lambda: _connects(wire.daemon.port), "the new port")
    wait_until(lambda: not _connects(old_port), "the old port to close")

    assert wire.client().get("/").body == b"ok"
    assert client.get("/").body == b"ok", "who is inside stays"


def test_a_new_port_that_is_taken_leaves_all_as_it_was(wire):
    immich = wire.upstream(answer(200, "ok"))
    wire.start()
    old_port = wire.daemon.port
    with socket.create_server(("127.0.0.1", 0)) as owner:
        wire.daemon.port = owner.getsockname()[1]
        said = wire.reload(one_upstream([immich.url]))
    assert str(wire.daemon.port) in said

    wire.daemon.port = old_port
    assert wire.client().get("/").body == b"ok"


def test_other_numbers_of_workers_cut_nothing_off(wire):
    @wire.upstream
    def immich(conn):
        if conn.read_request().get("upgrade") is None:
            conn.respond(200, "ok", "Connection: close")
            return
        conn.send(SWITCHING)
        conn.sock.settimeout(60)  # until all others were served
        conn.send(conn.read_exact(4))

    settings = one_upstream([immich.url])

    def use(workers):
        wire.reload(settings, listen=(f"workers={workers}",))
        before = _work_of_relays(wire.daemon.pid)
        for _ in range(12):
            assert wire.client().get("/").body == b"ok"
        return [now - then for then, now in zip(before, _work_of_relays(wire.daemon.pid))]

    wire.start(settings, listen=("workers=1",))
    tunnels = [wire.client()]
    open_tunnel(tunnels[0])
    assert len(use(3)) == 3 and min(use(3)) >= 4
    for _ in range(3):
        tunnels.append(wire.client())
        open_tunnel(tunnels[-1])
    assert max(use(1)[1:]) < 4

    for tunnel in tunnels:
        tunnel.send("talk")
        assert tunnel.read_exact(4) == b"talk"


def _work_of_relays(pid):
    """How often each relay thread went to sleep, in their order."""
    tasks = pathlib.Path(f"/proc/{pid}/task").iterdir()
    names = {task: (task / "comm").read_text() for task in tasks}
    relays = sorted((name, task) for task, name in names.items() if name.startswith("relay "))
    status = [(task / "status").read_text() for _, task in relays]
    return [int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.M)[1]) for text in status]


def _connects(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except ConnectionRefusedError:
        return False
    return True


def test_no_request_is_lost_over_many_reloads(wire):
    immich = wire.upstream(answer(200, "ok"))
    settings = [one_upstream([immich.url], f"connect-timeout-s={seconds}") for seconds in (5, 6)]
    wire.start(settings[0])
    done, bad = wire.gate(), []

    def ask():
        client = Client(wire.daemon.port)
        while not done.is_set():
            response = client.get("/")
            if response.body != b"ok":
                bad.append(response)
            time.sleep(0.002)  # of a flood, records are dropped
        client.close()

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    for number in range(20):
        wire.reload(settings[number % 2])
        assert wire.client().get("/").body == b"ok"
    done.set()
    for asker in askers:
        asker.join()
    assert bad == []
    wire.daemon.wait_for_records(len(immich.requests))
    assert {record["reason"] for record in wire.daemon.records()} == {"done"}
    assert wire.daemon.count_descriptors() < 100

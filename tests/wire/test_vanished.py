# SPDX-License-Identifier: GPL-3.0-or-later
"""An Immich whose computer vanishes without a word: no end, no reset, what is sent to it stays
unacknowledged. It is started again elsewhere, under the same name."""

import os
import threading
import time

import pytest

from harness import answer, one_upstream, request_head
from harness.names import Names
from harness.network import built_network
from test_upgrade import open_tunnel, switch

pytestmark = pytest.mark.linux

NAME = "immich.test"
CABLES = {
    "old": ("192.168.77.1/24", "192.168.77.5/24"),
    "new": ("192.168.78.1/24", "192.168.78.5/24"),
}
OLD, NEW = "192.168.77.5", "192.168.78.5"
LIMITS = {"upstream-vanished-ms": 700}


@pytest.fixture
def network():
    with built_network(CABLES) as network:
        yield network


class Move:
    """An Immich at OLD, known by name; vanish() ends its computer, and the name leads to NEW."""

    def __init__(self, wire, network, folder, script, urls=None):
        self.wire, self.network = wire, network
        self.names = Names(folder)
        self.names.point(NAME, OLD)
        self.old = self._upstream(script("old"), OLD)
        self.new = self._upstream(script("new"), NEW, port=self.old.port)
        urls = urls or [f"http://{NAME}:{self.old.port}"]
        wire.start(one_upstream([url.replace("PORT", str(self.old.port)) for url in urls]),
                   listen=["workers=1"], limits=LIMITS, namespace=network.house, names=self.names)

    def _upstream(self, script, host, **options):
        return self.wire.upstream(script, host=host, make_socket=self.network.socket_of_guest,
                                  **options)

    def client(self):
        return self.wire.client(sock=self.network.connect_in_house(self.wire.daemon.port))

    def vanish(self):
        self.network.unplug("old")
        self.names.point(NAME, NEW)

    def finish(self):
        """Lets the scripts at OLD hear that their connections have ended."""
        self.network.plug_in("old")


@pytest.fixture
def move(wire, network, tmp_path):
    made = []

    def make(script=lambda text: answer(200, text), **options):
        made.append(Move(wire, network, tmp_path, script, **options))
        return made[-1]

    if not Names(tmp_path).are_possible():
        pytest.skip("a file of names of the daemon's own needs unshare, and root")
    yield make
    for each in made:
        each.finish()


def test_a_request_is_tried_again_where_the_name_leads_now(move):
    move = move()
    client = move.client()
    assert client.get("/").body == b"old"
    move.vanish()

    began = time.monotonic()
    assert client.get("/").body == b"new"
    assert 0.6 < time.monotonic() - began < 4


def test_the_other_kept_connections_are_given_up_too(move):
    barrier = threading.Barrier(4, timeout=10)

    def script(text):
        def play(conn):
            for request in conn.requests():
                if request.target == "/together":
                    barrier.wait()
                conn.respond(200, text)

        return play

    move = move(script)
    clients = [move.client() for _ in range(4)]
    for client in clients:
        client.ask("GET", "/together")
    assert {client.read_response().body for client in clients} == {b"old"}
    move.vanish()

    assert clients[0].get("/").body == b"new"
    began = time.monotonic()
    assert {client.get("/").body for client in clients} == {b"new"}
    assert time.monotonic() - began < 1


def test_another_address_of_the_upstream_takes_over(move):
    move = move(urls=[f"http://{OLD}:PORT", f"http://{NEW}:PORT"])
    client = move.client()
    assert {client.get("/").body for _ in range(4)} == {b"old", b"new"}
    move.vanish()

    began = time.monotonic()
    assert {client.get("/").body for _ in range(4)} == {b"new"}
    assert time.monotonic() - began < 4


@pytest.mark.parametrize("body", [None, "pay"])
def test_what_must_not_happen_twice_is_told_soon(move, body):
    move = move()
    client = move.client()
    assert client.get("/").body == b"old"
    move.vanish()

    began = time.monotonic()
    assert client.request("POST", "/", body=body).status == 504
    assert time.monotonic() - began < 4
    record = move.wire.record(2)
    assert (record["status"], record["reason"]) == (504, "upstream-vanished")
    assert client.request("POST", "/", body=body).body == b"new"


def test_an_upload_under_which_it_vanishes_is_told_soon(move):
    begun = threading.Event()

    def script(text):
        def play(conn):
            conn.read_request_head()
            conn.read_exact(1000)
            begun.set()
            conn.wait_for_end()

        return play

    move = move(script)
    client = move.client()
    client.send(request_head("POST", "/", "Content-Length: 100000000") + "x" * 1000)
    assert begun.wait(5)
    move.vanish()
    client.send("x" * 1000)

    # The body is not waited for.
    assert client.read_response().status == 504
    assert move.wire.record()["reason"] == "upstream-vanished"


def test_a_live_connection_ends_soon(move):
    """So that the page notices and connects anew; what it says is what shows it."""
    def script(text):
        def play(conn):
            switch(conn)
            assert conn.read_exact(4) == b"ping"
            conn.send(text)
            conn.wait_for_end()

        return play

    move = move(script)
    client = move.client()
    open_tunnel(client)
    client.send("ping")
    assert client.read_exact(3) == b"old"
    client.expect_silence(1)  # silence alone ends nothing
    move.vanish()

    began = time.monotonic()
    client.send("ping")
    client.wait_for_end()
    assert time.monotonic() - began < 4
    assert move.wire.record()["reason"] == "upstream-vanished"


def test_an_upstream_that_thinks_for_long_is_not_cut(wire):
    @wire.upstream
    def immich(conn):
        for _ in conn.requests():
            time.sleep(1.2)
            conn.respond(200, "thought")

    wire.start(one_upstream([immich.url]), limits={"upstream-vanished-ms": 200})
    client = wire.client()
    assert client.get("/").body == b"thought"
    assert client.get("/").body == b"thought"  # on the kept connection


def test_an_upstream_that_takes_nothing_for_a_while_is_not_cut(wire):
    """Its window is closed, but it answers every question about that."""
    body = os.urandom(1 << 20) * 16

    @wire.upstream
    def immich(conn):
        time.sleep(2.5)
        assert conn.read_request().body == body
        conn.respond(201)

    wire.start(one_upstream([immich.url]), limits={"upstream-vanished-ms": 200})
    assert wire.client().request("POST", "/", body=body).status == 201

# SPDX-License-Identifier: GPL-3.0-or-later
"""An upstream that is given by name, and moves: the name leads elsewhere from some moment on."""

import time

import pytest

from harness import answer, one_upstream
from harness.names import Names

NAME = "immich.test"
OLD, NEW = "127.0.0.2", "127.0.0.3"


@pytest.fixture
def names(tmp_path):
    names = Names(tmp_path)
    if not names.are_possible():
        pytest.skip("a file of names of the daemon's own needs unshare, and root")
    names.point(NAME, OLD)
    return names


def start_old_and_new(wire, names, script, **options):
    old = wire.upstream(script("old"), host=OLD)
    new = wire.upstream(script("new"), host=NEW, port=old.port)
    wire.start(one_upstream([f"http://{NAME}:{old.port}"]), names=names, **options)
    return old, new


def last_answer(text):
    return answer(200, text, "Connection: close")


def test_a_refused_dial_looks_the_name_up_anew(wire, names):
    old, new = start_old_and_new(wire, names, last_answer)
    client = wire.client()
    assert client.get("/").body == b"old"

    old.stop_listening()
    names.point(NAME, NEW)

    began = time.monotonic()
    assert client.get("/").body == b"new"
    assert time.monotonic() - began < 1.5
    assert client.request("POST", "/", body="x").body == b"new"
    assert len(new.requests) == 2


def test_a_name_that_has_not_moved_is_refused_as_ever(wire, names):
    old, _ = start_old_and_new(wire, names, last_answer, limits={"unavailable-wait-ms": 100})
    client = wire.client()
    assert client.get("/").body == b"old"

    old.stop_listening()

    assert client.get("/").status == 503
    assert wire.record(2)["reason"] == "upstream-down"


def test_under_steady_traffic_a_moved_name_is_followed(wire, names):
    """The old address goes on answering, and not one request is lost."""
    old, new = start_old_and_new(wire, names, lambda text: answer(200, text),
                                 limits={"upstream-age-ms": 1500, "name-memory-ms": 100})
    client = wire.client()
    assert client.get("/").body == b"old"
    names.point(NAME, NEW)

    began, bodies = time.monotonic(), []
    while not bodies or bodies[-1] != b"new":
        assert time.monotonic() - began < 8
        response = client.get("/")
        assert response.status == 200
        bodies.append(response.body)

    assert {client.get("/").body for _ in range(20)} == {b"new"}
    assert b"old" in bodies  # it was not simply cut off
    assert len(old.connections) <= 2 and len(new.connections) == 1


def test_a_connection_to_a_literal_address_may_be_old(wire):
    immich = wire.upstream(answer(200, "ok"))
    wire.start(one_upstream([immich.url]), listen=["workers=1"], limits={"upstream-age-ms": 10})
    client = wire.client()

    for _ in range(3):
        assert client.get("/").body == b"ok"
        time.sleep(0.05)

    assert len(immich.connections) == 1

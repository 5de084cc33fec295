# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of Immich that lead back to Porchlight itself, at once or round other Porchlights; and
Porchlights behind one another on purpose."""

import pytest

from harness import Client, Daemon, answer, free_port, listen_section, one_upstream, wait_until

# A Porchlight that nobody was told of is a proxy like any other, which speaks for strangers.
OPEN = "[door]\nworld=everything\n"
CHECKED = ("health-path=/api/server/ping", "health-interval-s=1")


class Ring:
    """Daemons of which each sends all to the next, and the last to whatever is given."""

    def __init__(self, folder, length, keys=(), last=None):
        ports = [free_port() for _ in range(length)]
        nexts = [f"http://127.0.0.1:{port}" for port in ports[1:] + ports[:1]]
        if last:
            nexts[-1] = last
        self.daemons = []
        for number, (port, url) in enumerate(zip(ports, nexts)):
            place = folder / str(number)
            place.mkdir()
            self.daemons.append(
                Daemon(place, listen_section() + one_upstream([url], *keys) + OPEN, port=port))

    def client(self):
        return Client(self.daemons[0].port)

    def finish(self):
        for daemon in self.daemons:
            daemon.finish()


@pytest.fixture
def ring(tmp_path, wire):  # so that the upstreams of wire outlive it
    made = []

    def make(*arguments, **options):
        made.append(Ring(tmp_path, *arguments, **options))
        return made[-1]

    yield make
    for each in made:
        each.finish()


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_request_goes_round_once(ring, length):
    ring = ring(length)
    client = ring.client()

    assert client.get("/").status == 508
    client.close()

    reasons = [[record["reason"] for record in daemon.wait_for_records(1)]
               for daemon in ring.daemons]
    first = ring.daemons[0].wait_for_records(2)
    assert sorted(record["reason"] for record in first) == ["done", "loop"]
    assert reasons[1:] == [["done"]] * (length - 1)


@pytest.mark.parametrize("length", [1, 3])
def test_health_checks_go_round_once_and_tell(ring, length):
    ring = ring(length, CHECKED)
    for daemon in ring.daemons:
        daemon.wait_for_stderr("leads back to Porchlight")
    client = ring.client()

    # It is not sent round any more, and nobody is kept waiting.
    wait_until(lambda: client.get("/").get("cdn-loop"), "an answer of our own")
    client.close()
    for daemon in ring.daemons:
        assert daemon.count_descriptors() < 60
        assert len(daemon.records()) < 200


def test_an_address_that_leads_back_is_left_out(wire):
    immich = wire.upstream(answer(200, "ok", "Content-Type: text/plain"))
    port = free_port()
    wire.start(one_upstream([f"http://127.0.0.1:{port}", immich.url], "health-path=/x",
                            "health-interval-s=1"), port=port)
    wire.daemon.wait_for_stderr("leads back to Porchlight")

    client = wire.client()
    assert {client.get("/").status for _ in range(6)} == {200}


def test_porchlights_behind_one_another_on_purpose(ring, wire):
    immich = wire.upstream(answer(200, '{"res":"pong"}', "Content-Type: application/json"))
    ring = ring(3, CHECKED, last=immich.url)
    for daemon in ring.daemons:
        daemon.wait_for_stderr("is well")
    client = ring.client()

    assert client.request("POST", "/", body="x").status == 200
    client.close()
    marks = immich.requests[-1].get_all("cdn-loop")
    assert len(marks) == 3 and len(set(marks)) == 3


def test_a_mark_of_somebody_else_is_no_loop(wire):
    wire.upstream(answer(200, "ok"))
    client = wire.client()

    assert client.get("/", "CDN-Loop: porchlight;id=0123456789abcdef, cloudflare").status == 200

# SPDX-License-Identifier: GPL-3.0-or-later
"""An Immich in maintenance mode: its ping is gone, and its page is all that can end the mode."""

from harness import one_upstream, wait_until

JSON = "Content-Type: application/json"
CHECKED = ("health-path=/api/server/ping", "health-interval-s=1")


class Immich:
    """A script that answers as an Immich does, in maintenance or not."""

    def __init__(self, in_maintenance=False):
        self.in_maintenance = in_maintenance

    def __call__(self, conn):
        for request in conn.requests():
            if self.in_maintenance:
                self._tell_of_maintenance(conn, request.target)
            elif request.target == "/api/server/ping":
                conn.respond(200, '{"res":"pong"}', JSON)
            else:
                conn.respond(200, "photos")

    @staticmethod
    def _tell_of_maintenance(conn, target):
        if target == "/api/server/config":
            conn.respond(200, '{"maintenanceMode":true}', JSON)
        elif target.startswith("/api/"):
            conn.respond(404, "{}", JSON)
        elif target == "/maintenance":
            conn.respond(200, "its page")
        else:
            conn.respond(302, "", "Location: /maintenance")


def test_it_is_said_and_the_page_is_reached(wire):
    script = Immich(in_maintenance=True)
    immich = wire.upstream(script)
    wire.start(one_upstream([immich.url], *CHECKED))
    wire.daemon.wait_for_stderr("is in maintenance; its admin can end it there")

    client = wire.client()
    assert client.get("/maintenance").body == b"its page"
    assert client.get("/").get("location") == "/maintenance"

    script.in_maintenance = False
    wire.daemon.wait_for_stderr("is well")
    assert client.get("/").body == b"photos"
    script.in_maintenance = True
    wait_until(lambda: wire.daemon.stderr.count("is in maintenance") == 2, "maintenance again")


def test_an_address_in_maintenance_keeps_its_turn(wire):
    """It cannot be known for which of several the administrator comes."""
    well, busy = Immich(), Immich(in_maintenance=True)
    urls = [wire.upstream(script).url for script in (well, busy)]
    wire.start(one_upstream(urls, *CHECKED), listen=["workers=1"])
    wire.daemon.wait_for_stderr("is in maintenance")
    wire.daemon.wait_for_stderr("is well")

    client = wire.client()
    assert [client.get("/").status for _ in range(4)].count(302) == 2

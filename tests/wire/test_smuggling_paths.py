# SPDX-License-Identifier: GPL-3.0-or-later
"""Paths that two readers would take into two different routes."""

import pytest

from harness import Wire, answer, two_parts
from smuggling_stage import PREY, head


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house of two parts, /api and the rest, so that a path may be read two ways."""
    with Wire(tmp_path_factory.mktemp("house")) as wire:
        server, web = wire.upstream(answer(200)), wire.upstream(answer(200))
        server.name, web.name = "server", "web"
        wire.start(two_parts(server.url, web.url))
        yield wire


TWO_WAYS = [
    "/api/../", "/api/..", "/api/%2e%2e/", "/api/.%2E/x", "/api/..%2f..", "/api/..%5c..",
    "/api\\..\\x", "/api/..\\", "/api/..;/x", "/api/..;a=b/x", "/api/%2e%2e;/x", "/%2e%2e/api",
    "/../api", "/..%2fapi", "/x/../api", "/x/%2e./api/", "//api", "//api/x", "/.//api", "/./api/x",
    "/;/api/x", "/;a/api", "/api;x", "/api;x/../y", "/api%3bx/y", "/%61pi/x", "/ap%69", "/api%2fx",
    "/api%5Cx", "/\\api", "/%2fapi", "/api/x/../../y", "/x;/../api", "/api/;/../../x",
    "/api/%2e%2e%2fx", "/x/..%2f%61pi",
]

# (what the client asks for, what the upstream is asked for): all readers agree on the route.
ONE_WAY = [
    ("/api/a%2fb", "/a%2fb"), ("/api//x", "/x"), ("/api/./x", "/./x"), ("/api/%41", "/%41"),
    ("/api/x;y", "/x;y"), ("/api/x/../y", "/x/../y"), ("/api/..x", "/..x"), ("/api?/../", "/?/../"),
    ("/x//api", "/x//api"), ("/API/x", "/API/x"), ("/apis", "/apis"), ("/x%2fapi", "/x%2fapi"),
    ("/x?//api/..", "/x?//api/.."), ("/x;api", "/x;api"),
]


@pytest.mark.parametrize("target", TWO_WAYS)
def test_a_path_that_leads_two_ways_is_refused(house, target):
    before = [upstream.received for upstream in house.upstreams]
    client = house.client()
    client.send(head(f"GET {target} HTTP/1.1") + PREY)

    assert client.read_response().status == 400
    client.expect_end()
    assert [upstream.received for upstream in house.upstreams] == before


@pytest.mark.parametrize("target, asked", ONE_WAY)
def test_a_path_that_leads_one_way_keeps_its_spelling(house, target, asked):
    assert house.client().get(target).status == 200

    reached, = [upstream for upstream in house.upstreams if upstream.requests]
    request = reached.requests.pop()
    assert (reached.name, request.target) == ("server" if asked != target else "web", asked)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may see what: strangers what was shared by link, and nothing else of Immich, however they ask. Strangers
are played behind a proxy that is trusted, whose word on them counts."""

import csv
import pathlib

import pytest

from harness import HOST, answer, one_upstream
from harness.network import NETWORKS, built_network

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01Q"
UUID = "2b3c4d5e-0123-4567-89ab-cdef01234567"
STRANGER = "X-Forwarded-For: 203.0.113.9"
FORGED = ("Authorization: Bearer x", "x-api-key: x", "x-immich-user-token: x", "X_Api_Key: x",
          f"x-immich-share-key: {KEY}", "Cookie: immich_access_token=x; immich_is_authenticated=true",
          "Connection: Upgrade", "Upgrade: websocket")

with open(pathlib.Path(__file__).with_name("immich_operations.tsv"), encoding="utf-8") as tsv:
    OPERATIONS = [(method, path.replace("{id}", UUID), kind) for method, path, kind, _ in
                  csv.reader((line for line in tsv if not line.startswith("#")), delimiter="\t")]

# What no page of a link asks for, though a link's key is enough for Immich.
LEFT_OUT = (("DELETE", f"/api/shared-links/{UUID}/assets"), ("DELETE", f"/api/shared-link/{UUID}/assets"),
            ("PUT", "/api/albums/assets"), ("PUT", f"/api/assets/{UUID}/original"))
UPLOADS = (("POST", "/api/assets"), ("PUT", f"/api/albums/{UUID}/assets"),
           ("PUT", f"/api/shared-links/{UUID}/assets"), ("POST", "/api/asset/upload"),
           ("PUT", f"/api/album/{UUID}/assets"), ("PUT", f"/api/shared-link/{UUID}/assets"))
OPEN = [("GET", f"/api/{server}/{what}") for server in ("server", "server-info")
        for what in ("config", "features", "media-types")]
SHARED = sorted({(method, path) for method, path, kind in OPERATIONS if kind == "share"}
                - {*LEFT_OUT, *UPLOADS})
PAGES = [("GET", path) for path in (
    f"/share/{KEY}", f"/share/{KEY}/photos/{UUID}", "/s/summer", "/s/a%2Fb", "/_app/env.js",
    "/_app/immutable/entry/start.Bx.js", "/custom.css", "/favicon.ico", "/service-worker.js")]


def settings(immich, *door):
    return (one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n"
            + "\n".join(("[door]", *door, "")))


@pytest.fixture(name="house")
def make_house(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich))
    return immich


def ask(wire, method, target, *fields):
    return wire.client().request(method, target, STRANGER, *fields, body=b"" if method in ("POST", "PUT") else None)


def reasons(wire, count):
    """Of so many requests; two workers tell of theirs in no order."""
    return {record["reason"] for record in wire.daemon.wait_for_records(count)}


@pytest.mark.parametrize("method, path", SHARED)
def test_what_a_link_needs_passes_with_the_link(wire, house, method, path):
    assert ask(wire, method, f"{path}?key={KEY}").status == 200
    assert ask(wire, method, f"{path}?slug=summer&c=1").status == 200
    assert ask(wire, method, path).status == 404
    assert len(house.requests) == 2


@pytest.mark.parametrize("method, path", PAGES + OPEN)
def test_pages_and_their_pieces_pass(wire, house, method, path):
    assert ask(wire, method, path).status == 200
    assert ask(wire, "HEAD", path).status == 200


def test_no_other_operation_of_immich_passes(wire, house):
    passing = {*SHARED, *OPEN}
    client = wire.client()
    refused = 0
    for method, path, _ in OPERATIONS:
        if (method, path) in passing:
            continue
        for query in ("", f"?key={KEY}", "?slug=x"):
            for fields in ((), FORGED):
                response = client.request(method, path + query, STRANGER, *fields)
                assert response.status == 404, (method, path, query)
                refused += 1
    assert refused > 2500
    assert not house.connections


def test_a_guest_is_nobody_to_immich(wire, house):
    response = ask(wire, "GET", f"/api/shared-links/me?key={KEY}", *FORGED,
                   "Cookie: immich_access_token=x; immich_shared_link_token=abc", "Accept-Language: de")
    assert response.status == 200
    request, = house.requests
    assert request.get("cookie") == "immich_shared_link_token=abc"
    assert request.get("accept-language") == "de"
    for name in ("authorization", "x-api-key", "x-immich-user-token", "x_api_key", "x-immich-share-key", "upgrade"):
        assert name not in request


@pytest.mark.parametrize("field", [
    "X-HTTP-Method-Override: DELETE", "X-HTTP-Method: DELETE", "X-Method-Override: DELETE", "X_HTTP_Method_Override: DELETE",
    "X-Original-URL: /api/users", "X-Rewrite-URL: /api/users", "x-original_url: /api/users", "X-Forwarded-Prefix: /api"])
def test_a_guest_asks_for_what_the_first_line_says(wire, house, field):
    assert ask(wire, "GET", f"/api/shared-links/me?key={KEY}", field, "X-Other: stays").status == 200
    request, = house.requests
    assert field.partition(":")[0] not in request
    assert request.get("x-other") == "stays"


def test_a_login_behind_a_body_is_none(wire, house):
    """Trailers are read by few; who is let in is not said in them."""
    client = wire.client()
    client.send(f"POST /api/download/archive?key={KEY} HTTP/1.1\r\nHost: {HOST}\r\n{STRANGER}\r\n"
                "Transfer-Encoding: chunked\r\nTrailer: x-api-key, cookie\r\n\r\n2\r\n{}\r\n0\r\n"
                f"x-api-key: x\r\nCookie: immich_access_token=x\r\nAuthorization: Bearer x\r\nX_Api_Key: x\r\n"
                f"x-immich-share-key: {KEY}\r\n\r\n")
    assert client.read_response().status == 200
    request, = house.requests
    assert request.body == b"{}" and not request.trailers


def test_who_is_at_home_sees_everything(wire, house):
    for who in ("127.0.0.1", "192.168.1.7", "fd00::7", "100.64.1.2"):
        response = wire.client().get("/api/users/me", f"X-Forwarded-For: {who}", "Cookie: immich_access_token=x")
        assert response.status == 200, who
    assert all(request.get("cookie") == "immich_access_token=x" for request in house.requests)


@pytest.mark.parametrize("field", ["X-Forwarded-For: 127.0.0.1", "Forwarded: for=192.168.1.7",
                                   "X-Real-IP: 192.168.1.7", "X-Forwarded-Proto: https"])
def test_nobody_comes_home_by_a_proxy_that_is_not_trusted(wire, field):
    immich = wire.upstream(answer(200))
    wire.start(one_upstream([immich.url]) + "[door]\nworld=links\n")
    assert wire.client().get("/photos").status == 200
    assert wire.client().get("/photos", field).status == 404
    assert "proxy-not-trusted" in reasons(wire, 2)
    assert wire.client().get("/s/summer", field).status == 200


@pytest.mark.parametrize("fields", [
    ("X-Forwarded-Proto: https",), ("X-Real-IP: 192.168.1.7",), ("X-Forwarded-For: unknown",), ("Forwarded: for=_hidden",),
    ("Forwarded: for=203.0.113.9", "X-Forwarded-For: 192.168.1.7"), ("Forwarded: for=203.0.113.9", "X-Forwarded-Proto: https")])
def test_nobody_comes_home_by_a_proxy_that_names_nobody(wire, house, fields):
    """Or that names somebody in one language, and passes on what a stranger says in the other."""
    assert wire.client().get("/photos", *fields).status == 404
    assert wire.client().get("/s/summer", *fields).status == 200
    assert reasons(wire, 2) == {"proxy-names-nobody", "done"}
    assert len(house.requests) == 1


def test_home_may_be_shown_links_alone(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich, "home=links", "world=everything"))
    assert wire.client().get("/photos", "X-Forwarded-For: 192.168.1.7").status == 404
    assert wire.client().get("/photos", STRANGER).status == 200
    assert wire.client().get("/photos").status == 200


@pytest.fixture(name="network", scope="module")
def make_network():
    with built_network() as network:
        yield network


def test_this_computer_sees_all_by_its_own_network_address_too(wire, network):
    immich = wire.upstream(answer(200), make_socket=network.socket_in_house)
    at_home = ["exposure=network"]
    wire.start(settings(immich), listen=at_home, namespace=network.house)
    lan = next(iter(NETWORKS))

    def see(connect):
        return wire.client(sock=connect(lan, wire.daemon.port)).get("/photos").status

    assert see(network.connect_from_house) == see(network.connect_from_guest) == 200
    wire.reload(settings(immich, "home=links"), listen=at_home)
    assert see(network.connect_from_guest) == 404
    assert see(network.connect_from_house) == 200
    assert wire.client(sock=network.connect_from_house(lan, wire.daemon.port)).get(
        "/photos", "X-Forwarded-For: 192.168.77.1").status == 404


def test_guests_send_photos_where_they_may(wire):
    immich = wire.upstream(answer(201))
    wire.start(settings(immich, "guest-uploads=true"))
    for method, path in UPLOADS:
        assert ask(wire, method, f"{path}?key={KEY}").status == 201
        assert ask(wire, method, path).status == 404
    assert len(immich.requests) == len(UPLOADS)


def test_a_newer_page_gets_what_the_owner_allowed(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich, "also-links=GET /api/assets/{id}/tiles;GET /fonts/{name}"))
    assert ask(wire, "GET", f"/api/assets/{UUID}/tiles?key={KEY}").status == 200
    assert ask(wire, "GET", f"/api/assets/{UUID}/tiles").status == 404
    assert ask(wire, "GET", "/fonts/a.woff2").status == 200


def test_the_refusal_is_kind_and_tells_nothing(wire, house):
    response = ask(wire, "GET", "/photos", "Accept: text/html")
    assert response.status == 404
    assert b"private photo server" in response.body and b"Immich" not in response.body
    response = ask(wire, "GET", "/api/users/me")
    assert b"mmich" not in response.body and response.get("content-type") == "application/json"
    assert reasons(wire, 2) == {"not-shared"}
    assert not house.connections


def test_pages_of_porchlight_are_refused_as_all_else_is(wire):
    """So that nothing tells a stranger what is there."""
    immich = wire.upstream(answer(200))
    wire.start(settings(immich) + "[tls]\nmode=local\n")
    for accept in ("Accept: text/html", "Accept: */*"):
        bodies = {ask(wire, "GET", path, accept).body
                  for path in ("/photos", "/.porchlight/trust", "/.porchlight/trust/ca.pem", "/.porchlight/elsewhere")}
        assert len(bodies) == 1
    assert reasons(wire, 8) == {"not-shared"}
    assert wire.client().get("/.porchlight/trust", "X-Forwarded-For: 192.168.1.7").status == 200
    assert wire.client().get("/.porchlight/elsewhere", "X-Forwarded-For: 192.168.1.7").status == 404
    assert "no-route" in reasons(wire, 10)
    assert not immich.connections


def test_a_body_that_nobody_wants_goes_nowhere(wire, house):
    assert wire.client().request("POST", "/api/auth/login", STRANGER, body=b"x" * 100_000).status == 404
    assert not house.connections


TRICKS = [
    "//api/users/me", "/API/users/me", "/Api/users/me", "/api//users/me", "/api/./users/me", "/./api/users/me",
    "/api/x/../users/me", "/_app/../api/users/me", "/_app/%2e%2e/api/users/me", "/_app/..%2fapi/users/me",
    "/_app/..;/api/users/me", "/_app/x/..%5capi/users/me", "/_app\\..\\api/users/me", "/%61pi/users/me",
    "/api%2fusers/me", "/api/users/me;x", "/api;/users/me", "/s/../api/users/me", "/s/%2e%2e/api/users/me",
    "/s/..", "/s/.", "/s/%2e", "/s/..%2fapi%2fusers%2fme", "/s/x/../../api/users/me", "/s/x/%2e%2e/%2e%2e/photos",
    "/s/..;/photos", "/s/..%3b/photos", "/s/a%5c..%5c..%5cphotos", "/s//", "/s/", "/share/", "/share/x",
    f"/share/{KEY}/", f"/share/{KEY}.", f"/share/{KEY}%20", f"/share/{KEY}=", f"/share/!{KEY}", f"//share/{KEY}",
    f"/SHARE/{KEY}", f"/share/{KEY}/photos/", f"/share/{KEY}/photos/x", f"/share/{KEY}/photos/{UUID}/x",
    f"/share/{KEY}/../../photos", f"/share/{KEY}/%2e%2e/%2e%2e/photos", f"/share/{KEY};/../../photos",
    f"/share/{KEY}?sessionKey=x", f"/share/{KEY}?apiKey=x", f"/share/{KEY}?API%4bEY=x",
    f"/api/assets/{UUID}", f"/api/assets/{UUID}?key=", f"/api/assets/{UUID}?KEY={KEY}",
    f"/api/assets/{UUID}?key={KEY}&key={KEY}", f"/api/assets/{UUID}?key={KEY}&slug=x",
    f"/api/assets/{UUID}?k%65y={KEY}", f"/api/assets/{UUID}?key[]={KEY}", f"/api/assets/{UUID}?key%5b0%5d={KEY}",
    f"/api/assets/{UUID}?x=1;key={KEY}", f"/api/assets/{UUID}?key={KEY}&apiKey=x",
    f"/api/assets/{UUID}?key={KEY}&sessionKey=x", f"/api/assets/{UUID}?key={KEY}&session%4bey=x",
    f"/api/asset/file/{UUID}?slug=x&userToken=x", f"/api/album/{UUID}?user%54oken=x&slug=x",
    f"/api/assets/{UUID}?key={KEY}&password=x", f"/api/assets/{UUID}/?key={KEY}", f"/api/assets//{UUID}?key={KEY}",
    f"/api/assets/{UUID}/../statistics?key={KEY}", f"/api/assets/{UUID}%2f..%2fstatistics?key={KEY}",
    f"/api/assets/{UUID};x?key={KEY}", f"/api/Assets/{UUID}?key={KEY}", f"/api/assets/{UUID[:-1]}?key={KEY}",
    f"/api/assets/{UUID}x?key={KEY}", f"/api/assets/statistics?key={KEY}", f"/api/assets/{UUID}/%74humbnail?key={KEY}",
    "/api/socket.io/?EIO=4&transport=websocket", "/.well-known/immich", "/api/spec.json", "/auth/login", "/",
    "/.porchlight/trust", "/.porchlight/", "/%2eporchlight/trust",
]


@pytest.mark.parametrize("start", ["", f"http://{HOST}"], ids=["path", "whole"])
@pytest.mark.parametrize("target", TRICKS)
def test_tricks_with_addresses_get_nothing(wire, house, target, start):
    assert wire.client().get(start + target, STRANGER).status in (400, 404)
    assert not house.connections


def talk_live(conn):
    """An upstream that is live with everybody."""
    conn.read_request()
    conn.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
    conn.wait_for_end()


def go_live(wire, *fields):
    client = wire.client()
    client.ask("GET", "/api/socket.io/", *fields, "Connection: Upgrade", "Upgrade: websocket")
    assert client.read_response_head().status == 101
    return client


def test_who_was_let_see_everything_is_cut_off_when_that_ends(wire):
    """Nobody else is: those at home, who come by the same proxy, see as much as before."""
    immich = wire.upstream(talk_live)
    wire.start(settings(immich, "world=everything"))
    at_home, stranger = go_live(wire, "X-Forwarded-For: 192.168.1.7"), go_live(wire, STRANGER)
    wire.reload(settings(immich))
    stranger.wait_for_end()
    assert wire.record()["reason"] == "not-admitted"
    at_home.expect_silence()


def test_who_comes_by_a_proxy_that_is_not_trusted_is_cut_off_then_too(wire):
    immich = wire.upstream(talk_live)
    wire.start(one_upstream([immich.url]) + "[door]\nworld=everything\n")
    here, stranger = go_live(wire), go_live(wire, STRANGER)
    wire.reload(one_upstream([immich.url]) + "[door]\nworld=links\n")
    stranger.wait_for_end()
    assert wire.record()["reason"] == "not-admitted"
    here.expect_silence()


def test_what_the_internet_may_see_is_said_at_the_start(wire):
    immich = wire.upstream(answer(200))
    internet = "[listen]\nexposure=internet\nbind=127.0.0.1\n"

    wire.start(internet + settings(immich))
    wire.daemon.wait_for_stderr("The internet may open what you shared by link")
    wire.daemon.wait_for_stderr("The internet now sees only what you shared by link")

    wire.reload(internet + settings(immich, "world=everything"))
    wire.daemon.wait_for_stderr("The internet may reach all of Immich")
    wire.reload(internet + settings(immich, "world=links"))
    wire.daemon.wait_for_stderr("settings were read again")
    assert wire.daemon.stderr.count("The internet now sees") == 1


def test_whoever_has_said_it_is_not_told(wire):
    immich = wire.upstream(answer(200))

    wire.start("[listen]\nexposure=internet\nbind=127.0.0.1\n" + settings(immich, "world=links"))
    wire.daemon.wait_for_stderr("The internet may open what you shared by link")
    wire.client().get(f"/share/{KEY}")
    assert "The internet now sees" not in wire.daemon.stderr
    wire.daemon.finish()

# SPDX-License-Identifier: GPL-3.0-or-later
"""A request goes through: what the upstream sees of the client, and the client of the upstream."""

from harness import HOST, SCHEME, answer, one_upstream, request_head, two_parts


def test_a_request_reaches_the_upstream_and_its_answer_the_client(wire):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert (request.method, request.target) == ("GET", "/album?id=1&q=%20x")
        assert request.version == "HTTP/1.1"
        conn.respond(200, "hello", "Content-Type: text/plain", 'ETag: "1"')

    response = wire.client().get("/album?id=1&q=%20x")

    assert (response.version, response.status, response.body) == ("HTTP/1.1", 200, b"hello")
    assert response.get("etag") == '"1"'
    assert len(immich.requests) == 1


def test_a_body_goes_up_and_another_comes_down(wire):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert request.get("content-length") == "5"
        conn.respond(201, request.body[::-1])

    response = wire.client().request("POST", "/api/assets", body="photo")

    assert (response.status, response.body) == (201, b"otohp")


def test_one_connection_serves_many_requests(wire):
    @wire.upstream
    def immich(conn):
        for number, _ in enumerate(conn.requests()):
            conn.respond(200, f"answer {number}")

    client = wire.client()
    bodies = [client.get(f"/{number}").body for number in range(5)]

    assert bodies == [b"answer %d" % number for number in range(5)]
    assert len(immich.connections) == 1


def test_the_api_goes_to_the_server_without_its_prefix_and_the_rest_to_the_web(wire):
    server = wire.upstream(answer(200, "server"))
    web = wire.upstream(answer(200, "web"))
    wire.start(two_parts(server.url, web.url))
    client = wire.client()

    bodies = [client.get(target).body for target in
              ("/api/server-info/ping", "/api", "/api?x", "/apis", "/.well-known/immich", "/")]

    assert bodies == [b"server"] * 3 + [b"web"] * 3
    assert [request.target for request in server.requests] == ["/server-info/ping", "/", "/?x"]
    assert [request.target for request in web.requests] == ["/apis", "/.well-known/immich", "/"]


def test_a_path_two_readers_would_route_differently_is_refused(wire):
    server = wire.upstream(answer(200, "server"))
    web = wire.upstream(answer(200, "web"))
    wire.start(two_parts(server.url, web.url))

    for target in ("/api/../x", "/%61pi/x", "//api/x", "/x/..%2fapi/x", "/api/%2e%2e/"):
        response = wire.client().get(target)
        assert (target, response.status) == (target, 400)
    assert (server.requests, web.requests) == ([], [])


def test_where_no_route_leads_is_404(wire):
    server = wire.upstream(answer(200))
    wire.start(f"""
        [upstream server]
        urls={server.url}
        [route api]
        path=/api
        upstream=server
    """)

    client = wire.client()
    assert client.get("/elsewhere").status == 404
    client.expect_silence()
    assert client.get("/api/x").status == 200
    reasons = [record["reason"] for record in wire.daemon.wait_for_records(2)]
    assert reasons == ["no-route", "done"]


def test_the_upstream_is_told_who_asked_and_for_what(wire):
    immich = wire.upstream(answer(200))

    wire.client().get("/", "X-Forwarded-For: 6.6.6.6", "X-Real-IP: 6.6.6.6",
                      "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example",
                      "X_Forwarded_For: 6.6.6.6", "Forwarded: for=6.6.6.6")

    request, = immich.requests
    assert request.get("host") == HOST
    assert request.get("x-forwarded-for") == "127.0.0.1"
    assert request.get("x-real-ip") == "127.0.0.1"
    assert request.get("x-forwarded-host") == HOST
    assert request.get("x-forwarded-proto") == SCHEME
    assert b"6.6.6.6" not in request.raw and b"evil" not in request.raw


def test_a_client_on_ipv6_is_served_and_named(wire):
    immich = wire.upstream(answer(200))

    assert wire.client(host="::1").get("/").status == 200

    assert immich.requests[0].get("x-forwarded-for") == "::1"


def test_fields_keep_their_order_spelling_and_number(wire):
    cookies = [("Set-Cookie", f"c{number}=1; Path=/") for number in range(3)]

    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        mine = [(name, value) for name, value in request.fields if name.startswith("x-my-")]
        assert mine == [("x-my-B", "1"), ("x-my-A", "2"), ("x-my-B", "3"), ("x-my-empty", "")]
        conn.respond(200, "", *(f"{name}: {value}" for name, value in cookies), "x-lower: caf\xe9")

    response = wire.client().get("/", "x-my-B: 1", "x-my-A:2", "x-my-B:  3 ", "x-my-empty:")

    assert [pair for pair in response.fields if pair in cookies] == cookies
    assert ("x-lower", "caf\xe9") in response.fields


def test_what_belongs_to_one_connection_does_not_pass(wire):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        for name in ("keep-alive", "proxy-connection", "x-mine", "te", "upgrade"):
            assert name not in request, name
        assert request.get("connection") is None
        assert request.get("x-real-ip") == "127.0.0.1"
        assert request.get("cookie") == "a=1"
        conn.respond(200, "", "Connection: keep-alive, X-Theirs", "Keep-Alive: timeout=5",
                     "X-Theirs: 1", "Proxy-Authenticate: Basic", "X-Passes: 1")

    response = wire.client().get(
        "/", "Connection: keep-alive, X-Mine, X-Real-IP", "X-Mine: 1", "Keep-Alive: 300",
        "Proxy-Connection: keep-alive", "TE: gzip", "Cookie: a=1")

    assert "keep-alive" not in response and "x-theirs" not in response
    assert response.get("connection") is None
    assert response.get("x-passes") == "1"


def test_a_missing_date_is_added_and_one_that_is_there_kept(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            date = ["Date: Sun, 06 Nov 1994 08:49:37 GMT"] if request.target == "/old" else []
            conn.respond(200, "", *date)

    client = wire.client()
    assert client.get("/old").get("date") == "Sun, 06 Nov 1994 08:49:37 GMT"
    assert client.get("/new").get("date").endswith(" GMT")


def test_pipelined_requests_are_answered_in_order(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            conn.expect_silence(0.02)  # the next must not come before this one is answered
            seen = f"{request.target} {request.body!r}"
            conn.respond(200, "" if request.method == "HEAD" else seen)

    client = wire.client()
    client.send(request_head("GET", "/1")
                + request_head("POST", "/2", "Content-Length: 4") + "body"
                + request_head("HEAD", "/3")
                + request_head("POST", "/4", "Transfer-Encoding: chunked") + "3\r\nabc\r\n0\r\n\r\n"
                + request_head("GET", "/5"))

    answers = [client.read_response(to=method).body
               for method in ("GET", "POST", "HEAD", "POST", "GET")]
    assert answers == [b"/1 b''", b"/2 b'body'", b"", b"/4 b'abc'", b"/5 b''"]


def test_a_request_that_comes_octet_by_octet_is_understood(wire):
    immich = wire.upstream(answer(200, "slowly"))

    client = wire.client()
    client.send_in_pieces(request_head("POST", "/x", "Content-Length: 3") + "abc")

    assert client.read_response().body == b"slowly"
    assert immich.requests[0].body == b"abc"


def test_a_response_that_comes_octet_by_octet_is_understood(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send_in_pieces("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                            "3\r\nabc\r\n0\r\n\r\n")

    assert wire.client().get("/").body == b"abc"


def test_a_client_that_says_close_is_answered_and_closed(wire):
    wire.upstream(answer(200, "bye"))

    client = wire.client()
    response = client.get("/", "Connection: close")

    assert (response.body, response.get("connection")) == (b"bye", "close")
    client.expect_end()

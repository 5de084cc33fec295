# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/2: what HTTP/1 refuses is refused here, too, and who may speak it at all."""

import pytest

from hyperframe.frame import Frame

from harness import answer
from harness.http2 import PROTOCOL_ERROR

# What HTTP/1 refuses

REFUSED = {
    "value-with-control": ([("x-a", "b\x01c")], {}),
    "value-with-line-end": ([("x-a", "b\r\nx-real-ip: 1.2.3.4")], {}),
    "name-with-space": ([("x a", "b")], {}),
    "host-differs": ([("host", "other.lan")], {}),
    "bad-authority": ([], {"authority": "a,b"}),
    "transfer-encoding": ([("transfer-encoding", "chunked")], {}),
    "connection": ([("connection", "close")], {}),
    "upgrade": ([("upgrade", "websocket")], {}),
    "te": ([("te", "gzip")], {}),
    "upper-case-name": ([("X-Upper", "b")], {}),
    "pseudo-behind": ([("x-a", "b"), (":path", "/b")], {}),
    "unknown-pseudo": ([(":protocol", "websocket")], {}),
    "two-lengths": ([("content-length", "1"), ("content-length", "2")], {}),
    "bad-length": ([("content-length", "-1")], {}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_http_1_refuses(wire, connect2, case):
    immich = wire.upstream(answer())
    fields, options = REFUSED[case]
    client = connect2()
    response = client.request2("GET", "/", *fields, **options)
    assert response.status == 400 or response.reset == PROTOCOL_ERROR
    assert client.request2("GET", "/after").status == 200
    assert [request.target for request in immich.requests] == ["/after"]
    assert wire.record()["reason"] == "request-malformed"


@pytest.mark.parametrize("target", ["", "a", "/a b", "/a\r\nx: y", "/%zz", "/a#b"])
def test_bad_targets(wire, connect2, target):
    immich = wire.upstream(answer())
    client = connect2()
    response = client.request2("GET", target)
    assert response.status == 400 or response.reset == PROTOCOL_ERROR
    assert client.request2("GET", "/").status == 200
    assert len(immich.requests) == 1


@pytest.mark.parametrize("length", [3, 7])
def test_a_body_of_another_length(wire, connect2, length):
    @wire.upstream
    def immich(conn):
        conn.wait_for_end()

    client = connect2()
    stream = client.ask2("POST", "/", ("content-length", str(length)), end=False)
    immich.wait_for_connections(1)
    client.send_data(stream, "photo")
    assert client.answer_to(stream).reset == PROTOCOL_ERROR
    assert wire.record()["reason"] == "body-malformed"


def test_headers_that_are_too_large(wire, connect2):
    wire.upstream(answer())
    client = connect2()
    assert client.request2("GET", "/", *[(f"x-{i}", "y" * 1000) for i in range(40)]).status == 431
    assert client.request2("GET", "/", *[(f"x-{i}", "") for i in range(1200)]).status == 431
    assert client.request2("GET", "/").status == 200


def test_connect_is_refused(wire, connect2):
    wire.upstream(answer())
    client = connect2()
    stream = client.open_stream()
    client.send_block(stream, client.encoder.encode([(":method", "CONNECT"), (":authority", "a:443")]))
    assert client.answer_to(stream).status == 405
    assert 8 not in client.settings  # extended CONNECT is not announced


# Who may speak it


def test_never_by_upgrade(wire):
    wire.upstream(answer())
    response = wire.client().get("/", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
                                 "HTTP2-Settings: AAMAAABkAAQAAP__")
    assert response.status == 200


def test_a_preface_in_pieces(wire):
    wire.upstream(answer())
    client = wire.client()
    client.send_in_pieces("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 5)
    client.send(b"\0\0\0\4\0\0\0\0\0")
    assert Frame.parse_frame_header(memoryview(client.read_exact(9)))[0].type == 4


def test_a_preface_comes_first_or_never(wire):
    wire.upstream(answer())
    client = wire.client()
    assert client.get("/").status == 200
    client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    assert client.read_response().status == 505
    client.wait_for_end()


def test_a_bad_preface(wire):
    wire.upstream(answer())
    client = wire.client()
    client.send("PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n")
    client.wait_for_end()
    assert wire.record()["reason"] == "http2-violated"

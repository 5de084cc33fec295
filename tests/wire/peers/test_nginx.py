# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx, an upstream with habits of its own: it keeps connections but not for ever, compresses,
cuts into ranges, refuses a body that has hardly begun, and sits in front of other proxies."""

import gzip
import hashlib
import random

import pytest

from harness import HOST, Client, answer, free_port, one_upstream, request_head
from nginx import running_nginx
from programs import curl

TEXT = b"".join(b"picture %d\n" % number for number in range(5000))
PHOTO = random.Random(3).randbytes(8_000_003)

SERVER = """
        keepalive_requests 4;
        add_header X-Connection $connection always;
        gzip on;
        gzip_types text/plain;
        client_max_body_size 1m;
        location /old/ { chunked_transfer_encoding off; rewrite ^/old(/.*) $1 break; }
        location /put/ { dav_methods PUT; client_max_body_size 0; }
        location /put-small/ { dav_methods PUT; }
        location /seen {
            default_type text/plain;
            return 200 "$http_host $http_x_forwarded_for $http_x_forwarded_proto $http_x_real_ip";
        }
"""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    with running_nginx(tmp_path_factory.mktemp("nginx"), SERVER) as nginx:
        (nginx.www / "album.txt").write_bytes(TEXT)
        (nginx.www / "photo.jpg").write_bytes(PHOTO)
        (nginx.www / "put").mkdir()
        yield nginx


@pytest.fixture
def client(wire, nginx):
    wire.start(one_upstream([nginx.url]))
    return wire.client()


def test_connections_are_kept_as_long_as_nginx_keeps_them(client):
    """It closes each after four requests, and says so in the last answer."""
    answers = [client.get("/album.txt") for _ in range(10)]

    assert [answer.body for answer in answers] == [TEXT] * 10
    assert all("connection" not in answer for answer in answers)
    connections = [answer.get("x-connection") for answer in answers]
    assert [connections.count(name) for name in dict.fromkeys(connections)] == [4, 4, 2]


def test_what_nginx_compresses_passes_untouched(client):
    response = client.get("/album.txt", "Accept-Encoding: gzip")

    assert response.get("content-encoding") == "gzip"
    assert response.get("transfer-encoding") == "chunked"
    assert gzip.decompress(response.body) == TEXT


def test_a_body_without_length_ends_with_nginxs_connection(client):
    response = client.get("/old/album.txt", "Accept-Encoding: gzip")

    assert "content-length" not in response and "transfer-encoding" not in response
    assert response.get("connection") == "close"
    assert gzip.decompress(response.body) == TEXT
    client.expect_end()


def test_a_range_is_a_206(client):
    response = client.get("/photo.jpg", "Range: bytes=1000000-1999999")

    assert response.status == 206
    assert response.get("content-range") == f"bytes 1000000-1999999/{len(PHOTO)}"
    assert response.body == PHOTO[1000000:2000000]


def test_several_ranges_come_in_parts(client):
    response = client.get("/photo.jpg", "Range: bytes=0-1,-2")

    assert response.status == 206
    assert response.get("content-type").startswith("multipart/byteranges")
    assert PHOTO[:2] in response.body and PHOTO[-2:] in response.body
    assert client.get("/photo.jpg", f"Range: bytes={len(PHOTO)}-").status == 416


def test_a_picture_that_is_still_fresh_is_a_304(client):
    etag = client.request("HEAD", "/photo.jpg").get("etag")

    response = client.get("/photo.jpg", f"If-None-Match: {etag}")
    assert (response.status, response.body) == (304, b"")
    assert client.get("/photo.jpg").body == PHOTO


def test_a_body_too_large_is_refused_while_it_is_still_sent(client):
    client.send(request_head("POST", "/seen", "Content-Length: 50000000") + "x" * 300_000)

    response = client.read_response()
    assert response.status == 413 and b"nginx" in response.body


@pytest.mark.parametrize(
    "framing", [[], ["-H", "Transfer-Encoding: chunked"]], ids=["length", "chunks"])
def test_curl_learns_why_its_upload_is_refused(wire, nginx, tmp_path, framing):
    wire.start(one_upstream([nginx.url]))
    photo = tmp_path / "photo"
    photo.write_bytes(PHOTO)

    said = curl("-T", photo, *framing, "-o", tmp_path / "page", "-w", "%{http_code}",
                f"http://127.0.0.1:{wire.daemon.port}/put-small/photo.jpg")
    assert said.stdout == "413"
    assert "nginx" in (tmp_path / "page").read_text()


@pytest.mark.parametrize("framing", [f"Content-Length: {len(PHOTO)}", "Transfer-Encoding: chunked"])
def test_an_upload_arrives_whole(client, nginx, framing):
    client.send(request_head("PUT", "/put/photo.jpg", framing))
    client.send(PHOTO if "Length" in framing else b"%x\r\n%b\r\n0\r\n\r\n" % (len(PHOTO), PHOTO))

    assert client.read_response().status in (201, 204)
    stored = (nginx.www / "put" / "photo.jpg").read_bytes()
    assert hashlib.sha256(stored).digest() == hashlib.sha256(PHOTO).digest()


def test_nginx_is_told_who_asked(client):
    assert client.get("/seen").body == f"{HOST} 127.0.0.1 http 127.0.0.1".encode()


FRONT = """
        location / {
            proxy_pass http://127.0.0.1:%d;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header Connection "";
        }
"""


def test_behind_an_nginx_that_is_trusted_the_real_client_is_known(wire, tmp_path):
    """As where somebody has nginx for the certificates already."""
    immich = wire.upstream(answer(200, "hello"))
    wire.start(one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.1\n",
               port=free_port())

    with running_nginx(tmp_path / "front", FRONT % wire.daemon.port) as front:
        client = Client(front.port)
        response = client.get("/", "X-Forwarded-For: 203.0.113.9")
        client.close()

    assert (response.status, response.body) == (200, b"hello")
    request, = immich.requests
    assert request.get("host") == HOST
    assert request.get("x-forwarded-for") == "203.0.113.9, 127.0.0.1, 127.0.0.1"
    assert request.get("x-forwarded-proto") == "https"
    assert request.get("x-real-ip") == "203.0.113.9"

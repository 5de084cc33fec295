# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that look odd but say one thing only: the upstream gets exactly the octets that stand
here."""

import pytest

from harness import HOST
from smuggling_stage import CHUNKED, LAST, PREY, RequestStage, cases, forwarded, get, head, post


@pytest.fixture(scope="module")
def stage(shared_wire):
    return RequestStage(shared_wire)


# (what the client sends, what the upstream gets)
HARMLESS = {
    "TE in capitals": (
        post("TRANSFER-ENCODING: CHUNKED", body=LAST),
        forwarded("POST / HTTP/1.1", CHUNKED, body=LAST)),
    "TE between blanks": (
        post("Transfer-Encoding: \t chunked \t", body=LAST),
        forwarded("POST / HTTP/1.1", CHUNKED, body=LAST)),
    "CL between blanks": (
        post("Content-Length:\t 5 ", body="hello"),
        forwarded("POST / HTTP/1.1", "Content-Length: 5", body="hello")),
    "CL with zeros before": (
        post("Content-Length: 0005", body="hello"),
        forwarded("POST / HTTP/1.1", "Content-Length: 5", body="hello")),
    "CL.0: a body on GET": (
        get(f"Content-Length: {len(PREY)}") + PREY,
        forwarded("GET / HTTP/1.1", f"Content-Length: {len(PREY)}", body=PREY)),
    "0.CL: a body behind no length": (
        post() + get(), forwarded("POST / HTTP/1.1"), forwarded("GET / HTTP/1.1")),
    "TE.0: chunks on GET": (
        get(CHUNKED) + f"{len(PREY):x}\r\n{PREY}\r\n{LAST}",
        forwarded("GET / HTTP/1.1", CHUNKED, body=f"{len(PREY):x}\r\n{PREY}\r\n{LAST}")),
    "an empty line between requests": (
        post("Content-Length: 5", body="hello\r\n") + get(),
        forwarded("POST / HTTP/1.1", "Content-Length: 5", body="hello"),
        forwarded("GET / HTTP/1.1")),
    "names with underscores": (
        get("Content_Length: 5", "Transfer_Encoding: chunked", "X_Forwarded_For: 6.6.6.6",
            "X-Forwarded_Host: evil.example", "X_Real-IP: 6.6.6.6", "my_name: stays"),
        forwarded("GET / HTTP/1.1", "my_name: stays")),
    "forwarding fields": (
        get("X-Forwarded-For: 6.6.6.6", "x-forwarded-host: evil.example", "Forwarded: for=6.6.6.6",
            "X-Forwarded-Proto: https", "X-Real-IP: 6.6.6.6", "X-Forwarded-For: 7.7.7.7"),
        forwarded("GET / HTTP/1.1")),
    "Connection names CL": (
        post("Connection: Content-Length", "Content-Length: 5", body="hello"),
        forwarded("POST / HTTP/1.1", "Content-Length: 5", body="hello")),
    "Connection names TE": (
        post("Connection: close-not, Transfer-Encoding", CHUNKED, body=LAST),
        forwarded("POST / HTTP/1.1", CHUNKED, body=LAST)),
    "Connection names Host and forwarding fields": (
        get("Connection: Host, X-Forwarded-For, X-Forwarded-Host, X-Real-IP", "X-Real-IP: 6.6.6.6"),
        forwarded("GET / HTTP/1.1")),
    "Connection names what it may": (
        get("Connection: X-Mine, , x-other", "X-Mine: 1", "X-Kept: 2", "X-Other: 3"),
        forwarded("GET / HTTP/1.1", "X-Kept: 2")),
    "Connection names the marks of others": (
        get("Connection: CDN-Loop", "CDN-Loop: other; a=b", "X-Mine: 1", 'cdn-loop: "open'),
        forwarded("GET / HTTP/1.1", "CDN-Loop: other; a=b", "X-Mine: 1", 'cdn-loop: "open')),
    "version 1.2": (
        head("POST / HTTP/1.2", CHUNKED) + LAST, forwarded("POST / HTTP/1.1", CHUNKED, body=LAST)),
    "upgrade to h2c": (
        get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__"),
        forwarded("GET / HTTP/1.1")),
    "upgrade to h2c in disguise": (
        get("Connection: Upgrade", "Connection: HTTP2-Settings", "Upgrade: H2C/1, h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__"),
        forwarded("GET / HTTP/1.1")),
    "upgrade that Connection does not name": (
        get("Upgrade: websocket"), forwarded("GET / HTTP/1.1")),
    "expectation without a body": (
        get("Expect: 100-continue"), forwarded("GET / HTTP/1.1", "Expect: 100-continue")),
    "expectation with a body behind it": (
        post("Expect: 100-continue", "Content-Length: 5", body="hello"),
        forwarded("POST / HTTP/1.1", "Expect: 100-continue", "Content-Length: 5", body="hello")),
    "expectation in a strange case": (
        post("Expect: 100-CONTINUE", CHUNKED, body=LAST),
        forwarded("POST / HTTP/1.1", "Expect: 100-CONTINUE", CHUNKED, body=LAST)),
    "expectation not known": (
        post("Expect: y100-continue", "Content-Length: 5", body="hello"),
        forwarded("POST / HTTP/1.1", "Expect: y100-continue", "Content-Length: 5", body="hello")),
    "method in lower case": (head("get / HTTP/1.1"), forwarded("get / HTTP/1.1")),
    "method nobody knows": (head("M-SEARCH / HTTP/1.1"), forwarded("M-SEARCH / HTTP/1.1")),
    "a new line in the target stays an escape": (
        head("GET /%0d%0aHost:%20evil%0d%0a%0d%0aGET%20/smuggled HTTP/1.1"),
        forwarded("GET /%0d%0aHost:%20evil%0d%0a%0d%0aGET%20/smuggled HTTP/1.1")),
    "a request in the query": (
        head("GET /?GET/smuggled/HTTP/1.1:/../%2e%2e/ HTTP/1.1"),
        forwarded("GET /?GET/smuggled/HTTP/1.1:/../%2e%2e/ HTTP/1.1")),
    "absolute target": (head(f"GET http://{HOST}/x?y HTTP/1.1"), forwarded("GET /x?y HTTP/1.1")),
    "absolute target without a path": (
        head(f"GET http://{HOST} HTTP/1.1"), forwarded("GET / HTTP/1.1")),
    "absolute target in capitals": (
        head(f"GET HTTP://{HOST}/ HTTP/1.1"), forwarded("GET / HTTP/1.1")),
    "asterisk": (head("OPTIONS * HTTP/1.1"), forwarded("OPTIONS * HTTP/1.1")),
    "proxy fields": (
        get("Proxy-Connection: keep-alive", "Proxy-Authorization: Basic eA==", "Keep-Alive: 5"),
        forwarded("GET / HTTP/1.1")),
    "chunk extensions": (
        post(CHUNKED, body='1;a=b;c="d;\\"e"\r\nx\r\n0;f\r\n\r\n'),
        forwarded("POST / HTTP/1.1", CHUNKED, body='1;a=b;c="d;\\"e"\r\nx\r\n0;f\r\n\r\n')),
    "chunk sizes with zeros before": (
        post(CHUNKED, body="0000000000000001\r\nx\r\n000\r\n\r\n"),
        forwarded("POST / HTTP/1.1", CHUNKED, body="0000000000000001\r\nx\r\n000\r\n\r\n")),
    "trailers that frame, route or forward": (
        post(CHUNKED, body="1\r\nx\r\n0\r\n" + "\r\n".join((
            "Content-Length: 99", "Transfer-Encoding: x", "Host: evil.example", "Connection: close",
            "X-Forwarded-For: 6.6.6.6", "X_Forwarded_For: 6.6.6.6", "Content_Length: 9",
            "Authorization: Basic eA==", "Cookie: a=1", "X-API-Key: k", "X-Sum: 1", "", ""))),
        forwarded("POST / HTTP/1.1", CHUNKED, body="1\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n")),
}


@pytest.mark.parametrize("octets", **cases(HARMLESS))
def test_what_is_clear_is_forwarded_octet_for_octet(stage, octets):
    stage.deliver(*octets)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that two readers would take for two different things. Whatever is not refused must
reach the upstream as exactly the octets that stand here."""

import pytest

from harness import HOST, Wire, answer
from smuggling_stage import PREY, RequestStage, cases, forwarded, head, post

CHUNKED = "Transfer-Encoding: chunked"
LAST = "0\r\n\r\n"


@pytest.fixture(scope="module")
def stage(shared_wire):
    return RequestStage(shared_wire)


def get(*fields):
    return head("GET / HTTP/1.1", *fields)


def with_length(value):
    return post(f"Content-Length: {value}", body="hello")


def with_coding(value):
    return post(f"Transfer-Encoding: {value}", body=LAST)


def with_host(value):
    return head("GET / HTTP/1.1", host=value)


TWO_LENGTHS = {
    "CL.TE": post("Content-Length: 6", CHUNKED, body=LAST + "G"),
    "TE.CL": post(CHUNKED, "Content-Length: 4", body="5c\r\n" + PREY),
    "CL.TE spelt in other cases": post("cOntent-lengtH: 5", "tRANSFER-eNCODING: Chunked", body=LAST),
    "CL 0 and TE": post("Content-Length: 0", CHUNKED, body=LAST),
    "CL and TE apart": post("Content-Length: 5", *["X: 1"] * 50, CHUNKED, body=LAST),
    "CL and TE identity": post("Content-Length: 5", "Transfer-Encoding: identity", body="hello"),
    "CL and an empty TE": post("Content-Length: 5", "Transfer-Encoding:", body="hello"),
    "CL and TE on GET": get("Content-Length: 5", CHUNKED) + LAST,
    "CL and TE in HTTP/1.0": head("POST / HTTP/1.0", "Content-Length: 5", CHUNKED) + LAST,
    "two CL that differ": post("Content-Length: 5", "Content-Length: 0", body="hello"),
    "two CL that agree": post("Content-Length: 5", "Content-Length: 5", body="hello"),
    "two CL in other cases": post("Content-Length: 5", "content-length: 9", body="hello"),
    "TE twice": post(CHUNKED, CHUNKED, body=LAST),
    "TE twice, identity last": post(CHUNKED, "Transfer-Encoding: identity", body=LAST),
    "TE twice, chunked last": post("Transfer-Encoding: x", CHUNKED, body=LAST),
    "TE twice, one empty": post("Transfer-Encoding:", CHUNKED, body=LAST),
    "TE in HTTP/1.0": head("POST / HTTP/1.0", CHUNKED) + LAST,
}

MALFORMED_LENGTHS = {
    "list that differs": "5, 6", "list that agrees": "5, 5", "trailing comma": "5,", "plus": "+5",
    "minus": "-5", "minus 0": "-0", "hexadecimal": "0x5", "hexadecimal digits": "a",
    "exponent": "5e0", "fraction": "5.0", "parameter": "5;x", "quotes": '"5"', "two words": "5 0",
    "TAB within": "5\t0", "empty": "", "blank": " \t ", "underscore": "1_0", "a word": "five",
    "a full-width digit": "\xef\xbc\x95", "2^63": "9223372036854775808",
    "2^64 and 5": "18446744073709551621", "2^32 with signs": "+4294967301", "1 MB of": "9" * 4000,
    "vertical tab": "5\x0b", "NUL": "5\0", "no-break space": "5\xa0",
}

MALFORMED_CODINGS = {
    "chunked twice": "chunked, chunked", "leading comma": ", chunked", "trailing comma": "chunked,",
    "quotes": '"chunked"', "half a quote": '"chunked', "parameter": "chunked;x=1",
    "weight": "chunked;q=0.5", "trailing word": "chunked x", "within": "chun ked", "empty": "",
    "vertical tab behind": "chunked\x0b", "vertical tab before": "\x0bchunked",
    "form feed": "\x0cchunked", "NUL behind": "chunked\0", "NUL within": "chun\0ked",
    "no-break space": "chunked\xa0", "a letter that lower-cases to k": "chun\xe2\x84\xaaed",
    "backspace": "xchunked\x08", "comma and nothing": ",",
}

UNKNOWN_CODINGS = {
    "xchunked": "xchunked", "chunkedx": "chunkedx", "identity": "identity", "a stranger": "cow",
    "chunked, identity": "chunked, identity", "identity, chunked": "identity, chunked",
    "gzip, chunked": "gzip, chunked", "chunked, gzip": "chunked, gzip", "chunk": "chunk",
}

LINE_ENDS = {
    "LF everywhere": f"POST / HTTP/1.1\nHost: {HOST}\nContent-Length: 5\n\nhello",
    "LF after the request line": f"GET / HTTP/1.1\nHost: {HOST}\r\n\r\n",
    "LF after a field": get("X: 1\nY: 2"),
    "LF hides a TE": post("Content-Length: 5", f"X: 1\n{CHUNKED}", body=LAST),
    "LF as the empty line": f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\n",
    "LF LF": f"GET / HTTP/1.1\r\nHost: {HOST}\n\n",
    "LF CR LF": f"GET / HTTP/1.1\r\nHost: {HOST}\n\r\n",
    "CR everywhere": f"GET / HTTP/1.1\rHost: {HOST}\r\r\n",
    "CR hides a TE": post("Content-Length: 5", f"X: 1\r{CHUNKED}", body=LAST),
    "CR in a value": get("X: 1\r2"),
    "CR at the end of a value": get("X: 1\r"),
    "CR in a name": get("X\rY: 1"),
    "CR CR LF after the request line": f"GET / HTTP/1.1\r\r\nHost: {HOST}\r\n\r\n",
    "CR CR LF as the empty line": f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\r\n",
    "LF before the request": "\n" + get(),
    "three empty lines before": "\r\n" * 3 + get(),
}

FIELDS = {
    "space before the colon": post("Content-Length : 5", body="hello"),
    "TAB before the colon": post("Content-Length\t: 5", body="hello"),
    "space before the colon of TE": post("Content-Length: 5", "Transfer-Encoding : chunked", body=LAST),
    "folded value": get("X: 1", " 2"),
    "folded with TAB": get("X: 1", "\t2"),
    "folded TE": post("Content-Length: 5", "Transfer-Encoding:", " chunked", body=LAST),
    "folded first field": "GET / HTTP/1.1\r\n X: 1\r\nHost: a\r\n\r\n",
    "TE indented": post("X: 1", f" {CHUNKED}", body=LAST),
    "a line of blanks": get(" "),
    "no colon": get("X"),
    "TE without colon": post("Content-Length: 5", "Transfer-Encoding chunked", body=LAST),
    "no name": get(": 1"),
    "NUL in a name": post("Content-Length\0: 5", body="hello"),
    "NUL in a value": get("X: 1\0"),
    "DEL in a value": get("X: \x7f"),
    "escape in a value": get("X: \x1b[2J"),
    "octet above 127 in a name": post("Transfer-Encod\xefng: chunked", body=LAST),
    "no-break space before the name": post(f"\xa0{CHUNKED}", body=LAST),
    "quotes around the name": post('"Transfer-Encoding": chunked', body=LAST),
    "slash in a name": get("Transfer/Encoding: chunked"),
    "space in a name": get("Transfer Encoding: chunked"),
    "HTTP within a field": get("GET /smuggled HTTP/1.1", "X: 1"),
}

REQUEST_LINES = {
    "two spaces": "GET  / HTTP/1.1", "two spaces before the version": "GET /  HTTP/1.1",
    "TAB": "GET\t/\tHTTP/1.1", "leading space": " GET / HTTP/1.1",
    "trailing space": "GET / HTTP/1.1 ", "vertical tab": "GET\x0b/ HTTP/1.1",
    "two versions": "GET / HTTP/1.1 HTTP/1.1", "space in the target": "GET /a b HTTP/1.1",
    "HTTP/0.9": "GET /", "HTTP/0.9 with a space": "GET / ", "a method alone": "GET",
    "no method": " / HTTP/1.1", "no target": "GET  HTTP/1.1",
    "version in lower case": "GET / http/1.1", "version with more digits": "GET / HTTP/1.10",
    "version with zero": "GET / HTTP/01.1", "version without minor": "GET / HTTP/1",
    "version with comma": "GET / HTTP/1,1", "version with minus": "GET / HTTP/-1.1",
    "version of another protocol": "GET / ICY/1.1", "junk behind the version": "GET / HTTP/1.1x",
    "method with colon": "GET: / HTTP/1.1", "method in brackets": "(GET) / HTTP/1.1",
    "method above 127": "G\xc9T / HTTP/1.1", "NUL in the method": "G\0ET / HTTP/1.1",
    "NUL in the target": "GET /\0 HTTP/1.1", "DEL in the target": "GET /\x7f HTTP/1.1",
    "octet above 127 in the target": "GET /caf\xe9 HTTP/1.1", "TAB in the target": "GET /\t HTTP/1.1",
    "fragment": "GET /a#b HTTP/1.1", "no slash": "GET a HTTP/1.1", "query alone": "GET ?a HTTP/1.1",
    "percent sign alone": "GET /% HTTP/1.1", "half an escape": "GET /%4 HTTP/1.1",
    "escape that is none": "GET /%zz HTTP/1.1", "escaped NUL": "GET /%00 HTTP/1.1",
    "a field in its place": f"Host: {HOST}", "asterisk with GET": "GET * HTTP/1.1",
    "authority with GET": f"GET {HOST}:80 HTTP/1.1", "a TLS hello": "\x16\x03\x01\x02\0\x01\0\x01\xfc",
}

VERSIONS = {
    "HTTP/2.0": "GET / HTTP/2.0", "the preface of HTTP/2": "PRI * HTTP/2.0",
    "HTTP/1.2": "GET / HTTP/1.2", "HTTP/0.9 by name": "GET / HTTP/0.9", "HTTP/3.0": "GET / HTTP/3.0",
}

HOSTS = {
    "none": head("GET / HTTP/1.1", host=None),
    "two that differ": get("Host: evil.example"),
    "two that agree": get(f"Host: {HOST}"),
    "two in other cases": get("hOST: evil.example"),
    "two, one empty": get("Host:"),
    "list": with_host(f"{HOST}, evil.example"),
    "user": with_host(f"evil.example@{HOST}"),
    "user and password": with_host(f"a:b@{HOST}"),
    "space within": with_host(f"{HOST} evil.example"),
    "port too big": with_host(f"{HOST}:65536"),
    "port that wraps": with_host(f"{HOST}:65616"),
    "port 0": with_host(f"{HOST}:0"),
    "port of many digits": with_host(f"{HOST}:{'0' * 20}80"),
    "port with sign": with_host(f"{HOST}:+80"),
    "port that is none": with_host(f"{HOST}:80x"),
    "two ports": with_host(f"{HOST}:80:80"),
    "no name": with_host(":80"),
    "path": with_host(f"{HOST}/x"), "query": with_host(f"{HOST}?x"), "fragment": with_host(f"{HOST}#x"),
    "backslash": with_host(f"{HOST}\\x"), "scheme": with_host(f"http://{HOST}"),
    "escape": with_host("%70hotos.lan"), "octet above 127": with_host("ph\xf6tos.lan"),
    "half an IPv6 address": with_host("[::1"), "an IPv6 address and more": with_host("[::1]x"),
    "IPv6 without brackets": with_host("::1"), "IPv6 zone": with_host("[fe80::1%25eth0]"),
    "NUL": with_host(f"{HOST}\0"), "semicolon": with_host(f"{HOST};x"),
    "very long": with_host("a" * 300),
    "in the target another": head("GET http://evil.example/ HTTP/1.1"),
    "in the target another port": head(f"GET http://{HOST}:81/ HTTP/1.1"),
    "in the target a user": head(f"GET http://evil@{HOST}/ HTTP/1.1"),
    "in the target none": head("GET http:/// HTTP/1.1"),
    "in the target one slash": head(f"GET http:/{HOST}/ HTTP/1.1"),
    "in the target, but no field": head(f"GET http://{HOST}/ HTTP/1.1", host=None),
    "in the target, list in the field": head(f"GET http://{HOST}/ HTTP/1.1", host=f"{HOST}, {HOST}"),
    "target of another scheme": head(f"GET ftp://{HOST}/ HTTP/1.1"),
    "target with a fragment": head(f"GET http://{HOST}#x HTTP/1.1"),
    "target with a backslash": head(f"GET http://{HOST}\\@evil.example/ HTTP/1.1"),
}


@pytest.mark.parametrize("octets", **cases(TWO_LENGTHS))
def test_a_body_with_two_lengths_is_refused(stage, octets):
    stage.refuse(octets)


@pytest.mark.parametrize("value", **cases(MALFORMED_LENGTHS))
def test_a_length_that_is_no_number_is_refused(stage, value):
    stage.refuse(with_length(value))


@pytest.mark.parametrize("value", **cases(MALFORMED_CODINGS))
def test_chunked_in_disguise_is_refused(stage, value):
    stage.refuse(with_coding(value))


@pytest.mark.parametrize("value", **cases(UNKNOWN_CODINGS))
def test_a_coding_not_known_is_refused(stage, value):
    stage.refuse(with_coding(value), 501)


@pytest.mark.parametrize("octets", **cases(LINE_ENDS))
def test_a_line_that_does_not_end_with_cr_lf_is_refused(stage, octets):
    stage.refuse(octets)


@pytest.mark.parametrize("octets", **cases(FIELDS))
def test_a_field_that_is_none_is_refused(stage, octets):
    stage.refuse(octets)


@pytest.mark.parametrize("line", **cases(REQUEST_LINES))
def test_a_request_line_that_is_none_is_refused(stage, line):
    stage.refuse(head(line))


@pytest.mark.parametrize("line", **cases(VERSIONS))
def test_a_version_not_spoken_is_refused(stage, line):
    stage.refuse(head(line), 505)


@pytest.mark.parametrize("octets", **cases(HOSTS))
def test_a_host_that_could_be_two_is_refused(stage, octets):
    stage.refuse(octets)


def test_a_tunnel_through_connect_is_refused(stage):
    stage.refuse(head(f"CONNECT {HOST}:443 HTTP/1.1", host=f"{HOST}:443"), 405)


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
    "upgrade to h2c": (
        get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
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
    "absolute target without a path": (head(f"GET http://{HOST} HTTP/1.1"), forwarded("GET / HTTP/1.1")),
    "absolute target in capitals": (head(f"GET HTTP://{HOST}/ HTTP/1.1"), forwarded("GET / HTTP/1.1")),
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
        post(CHUNKED, body="1\r\nx\r\n0\r\nContent-Length: 99\r\nTransfer-Encoding: x\r\nHost: evil\r\n"
             "X-Forwarded-For: 6.6.6.6\r\nX_Forwarded_For: 6.6.6.6\r\nAuthorization: Basic eA==\r\n"
             "Cookie: a=1\r\nX-API-Key: k\r\nConnection: close\r\nContent_Length: 9\r\nX-Sum: 1\r\n\r\n"),
        forwarded("POST / HTTP/1.1", CHUNKED, body="1\r\nx\r\n0\r\nX-Sum: 1\r\n\r\n")),
}


@pytest.mark.parametrize("octets", **cases(HARMLESS))
def test_what_is_clear_is_forwarded_octet_for_octet(stage, octets):
    stage.deliver(*octets)


# What follows the head of a chunked request, and how much of it the upstream may see.
BAD_CHUNKS = {
    "hexadecimal prefix": ("0x5\r\nhello\r\n", ""),
    "plus": ("+5\r\nhello\r\n", ""), "minus": ("-5\r\nhello\r\n", ""),
    "space before the size": (" 5\r\nhello\r\n", ""), "space after it": ("5 \r\nhello\r\n", ""),
    "TAB after it": ("5\t\r\nhello\r\n", ""), "NUL after it": ("5\0\r\nhello\r\n", ""),
    "underscore": ("1_0\r\nhello\r\n", ""), "no size": ("\r\nhello\r\n", ""),
    "a word": ("five\r\nhello\r\n", ""), "17 digits": ("1" + "0" * 15 + "5" + "\r\nhello\r\n", ""),
    "2^64 and 5": ("10000000000000005\r\nhello\r\n", ""), "2^63": ("8000000000000000\r\nhello\r\n", ""),
    "17 zeros": ("0" * 17 + "\r\n\r\n", ""), "a comma": ("5,5\r\nhello\r\n", ""),
    "LF after the size": ("5\nhello\r\n", ""), "CR after the size": ("5\rhello\r\n", ""),
    "CR CR LF after it": ("5\r\r\nhello\r\n", ""), "LF in an extension": ("5;a\nhello\r\n", ""),
    "LF in a quoted extension": ('5;a="\n"\r\nhello\r\n', ""), "CR in one": ("5;a\rb\r\nhello\r\n", ""),
    "extension without name": ("5;\r\nhello\r\n", ""), "with a space": ("5; a=b\r\nhello\r\n", ""),
    "extension behind a space": ("5 ;a\r\nhello\r\n", ""), "NUL in an extension": ("5;a\0\r\nhello\r\n", ""),
    "an extension of 2 KB": ("5;" + "a" * 2048 + "\r\nhello\r\n", ""),
    "no CR LF after the data": ("5\r\nhello0\r\n\r\n", "5\r\nhello"),
    "LF after the data": ("5\r\nhello\n0\r\n\r\n", "5\r\nhello"),
    "CR after the data": ("5\r\nhello\r0\r\n\r\n", "5\r\nhello\r"),
    "data longer than its size": ("5\r\nhello world\r\n0\r\n\r\n", "5\r\nhello"),
    "data shorter than its size": ("7\r\nhello\r\n0\r\n\r\n", "7\r\nhello\r\n"),
    "a bad size after a good one": ("5\r\nhello\r\n0x0\r\n\r\n", "5\r\nhello\r\n"),
    "LF after the last chunk": ("0\n\r\n", ""),
    "LF as the end": ("0\r\n\n", "0\r\n"),
    "a folded trailer": ("0\r\nX: 1\r\n 2\r\n\r\n", "0\r\n"),
    "space before the colon of a trailer": ("0\r\nX : 1\r\n\r\n", "0\r\n"),
    "LF in the trailers": ("0\r\nX: 1\nY: 2\r\n\r\n", "0\r\n"),
    "NUL in the trailers": ("0\r\nX: \0\r\n\r\n", "0\r\n"),
    "9 KB of trailers": ("0\r\n" + ("X: " + "x" * 3000 + "\r\n") * 3 + "\r\n", "0\r\n"),
}


@pytest.mark.parametrize("body, passed", **cases(BAD_CHUNKS))
def test_a_bad_chunk_ends_both_connections(stage, body, passed):
    stage.break_off(post(CHUNKED, body=body), forwarded("POST / HTTP/1.1", CHUNKED, body=passed))


def test_a_flood_of_chunk_extensions_is_broken_off(stage):
    """Each is short enough, but many cost more than the data they come with."""
    chunk = f"1;{'a' * 1000}\r\nx\r\n"
    stage.break_off(post(CHUNKED, body=chunk * 40), forwarded("POST / HTTP/1.1", CHUNKED, body=chunk * 16))


def test_nothing_that_follows_a_refused_request_is_read(stage):
    """A request before the fault is served, the one behind it is not."""
    stage.refuse_after(get(), with_length("+5") + get())


READERS = """
    [upstream server]
    urls={server.url}
    [upstream web]
    urls={web.url}
    [route api]
    path=/api
    strip-prefix=true
    upstream=server
    [route web]
    path=/
    upstream=web
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A house of two parts, /api and the rest, so that a path may be read two ways."""
    with Wire(tmp_path_factory.mktemp("house")) as wire:
        server, web = wire.upstream(answer(200)), wire.upstream(answer(200))
        server.name, web.name = "server", "web"
        wire.start(READERS.format(server=server, web=web))
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

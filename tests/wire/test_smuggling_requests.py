# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that two readers would take for two different things: refused, and nothing of them, nor
of what stands behind them, reaches the upstream."""

import pytest

from harness import HOST
from smuggling_stage import CHUNKED, LAST, PREY, RequestStage, cases, get, head, post


@pytest.fixture(scope="module")
def stage(shared_wire):
    return RequestStage(shared_wire)


def with_length(value):
    return post(f"Content-Length: {value}", body="hello")


def with_coding(value):
    return post(f"Transfer-Encoding: {value}", body=LAST)


def with_host(value):
    return head("GET / HTTP/1.1", host=value)


TWO_LENGTHS = {
    "CL.TE": post("Content-Length: 6", CHUNKED, body=LAST + "G"),
    "TE.CL": post(CHUNKED, "Content-Length: 4", body="5c\r\n" + PREY),
    "CL.TE in other cases": post("cOntent-lengtH: 5", "tRANSFER-eNCODING: Chunked", body=LAST),
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
    "2^64 and 5": "18446744073709551621", "4,000 digits": "9" * 4000,
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

# Nothing says where the body ends (RFC 9112 §6.3).
ENDLESS_CODINGS = {
    "xchunked": "xchunked", "chunkedx": "chunkedx", "identity": "identity", "a stranger": "cow",
    "chunked, identity": "chunked, identity", "chunked, gzip": "chunked, gzip", "chunk": "chunk",
    "chunked, gzip, chunked": "chunked, gzip, chunked", "gzip, chunked;x": "gzip, chunked;x",
}

UNKNOWN_CODINGS = {
    "identity, chunked": "identity, chunked", "gzip, chunked": "gzip, chunked",
    "cow;a=b,,deflate, Chunked": "cow;a=b,,deflate, Chunked",
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
    "space before TE's colon": post("Content-Length: 5", "Transfer-Encoding : chunked", body=LAST),
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
    "octet above 127 in the target": "GET /caf\xe9 HTTP/1.1",
    "TAB in the target": "GET /\t HTTP/1.1",
    "fragment": "GET /a#b HTTP/1.1", "no slash": "GET a HTTP/1.1", "query alone": "GET ?a HTTP/1.1",
    "percent sign alone": "GET /% HTTP/1.1", "half an escape": "GET /%4 HTTP/1.1",
    "escape that is none": "GET /%zz HTTP/1.1", "escaped NUL": "GET /%00 HTTP/1.1",
    "a field in its place": f"Host: {HOST}", "asterisk with GET": "GET * HTTP/1.1",
    "authority with GET": f"GET {HOST}:80 HTTP/1.1",
    "almost a TLS hello": "\x16\x02\x01\x02\0\x01\0\x01\xfc",
}

VERSIONS = {
    "HTTP/2.0": "GET / HTTP/2.0",
    "HTTP/0.9 by name": "GET / HTTP/0.9",
    "HTTP/3.0": "GET / HTTP/3.0",
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
    "path": with_host(f"{HOST}/x"),
    "query": with_host(f"{HOST}?x"),
    "fragment": with_host(f"{HOST}#x"),
    "backslash": with_host(f"{HOST}\\x"),
    "scheme": with_host(f"http://{HOST}"),
    "escape": with_host("%70hotos.lan"),
    "octet above 127": with_host("ph\xf6tos.lan"),
    "half an IPv6 address": with_host("[::1"),
    "an IPv6 address and more": with_host("[::1]x"),
    "IPv6 without brackets": with_host("::1"),
    "IPv6 zone": with_host("[fe80::1%25eth0]"),
    "NUL": with_host(f"{HOST}\0"),
    "semicolon": with_host(f"{HOST};x"),
    "very long": with_host("a" * 300),
    "in the target another": head("GET http://evil.example/ HTTP/1.1"),
    "in the target another port": head(f"GET http://{HOST}:81/ HTTP/1.1"),
    "in the target a user": head(f"GET http://evil@{HOST}/ HTTP/1.1"),
    "in the target none": head("GET http:/// HTTP/1.1"),
    "in the target one slash": head(f"GET http:/{HOST}/ HTTP/1.1"),
    "in the target, but no field": head(f"GET http://{HOST}/ HTTP/1.1", host=None),
    "in the target one, in the field a list": head(
        f"GET http://{HOST}/ HTTP/1.1", host=f"{HOST}, {HOST}"),
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


@pytest.mark.parametrize("value", **cases(ENDLESS_CODINGS))
def test_a_coding_without_an_end_is_refused(stage, value):
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


def test_nothing_that_follows_a_refused_request_is_read(stage):
    """A request before the fault is served, the one behind it is not."""
    stage.refuse_after(get(), with_length("+5") + get())

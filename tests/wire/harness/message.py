# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/1 messages read strictly, so that whatever the proxy writes is judged by a second reader
which forgives nothing."""

import hashlib
import re
from dataclasses import dataclass, field

from harness.stream import Ended, Stream, StreamError

_TOKEN = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_REQUEST_LINE = re.compile(rf"({_TOKEN}) (\S+) (HTTP/1\.[01])")
_STATUS_LINE = re.compile(r"(HTTP/1\.[01]) ([1-9]\d\d) ([\t\x20-\x7e\x80-\xff]*)")
_FIELD_LINE = re.compile(rf"({_TOKEN}):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*")
_CHUNK_LINE = re.compile(r"([0-9A-Fa-f]{1,16})(;[\t\x20-\x7e]*)?")


class Malformed(StreamError):
    """The proxy wrote something that is not HTTP."""


class Truncated(StreamError):
    """A message broke off; `body` is what came of it, `clean` whether the end was a FIN."""

    def __init__(self, message, end):
        super().__init__(f"cut short: {end}")
        self.message = message
        self.body = message.body
        self.clean = end.clean


@dataclass
class Head:
    raw: bytes
    fields: list  # (name, value) in order, names as written

    def get_all(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def get(self, name):
        """The value of a field that may be there once; None when it is not there."""
        values = self.get_all(name)
        assert len(values) < 2, f"{name} is there {len(values)} times"
        return values[0] if values else None

    def __contains__(self, name):
        return bool(self.get_all(name))


@dataclass
class Request(Head):
    method: str = ""
    target: str = ""
    version: str = ""
    body: bytes = b""
    trailers: list = field(default_factory=list)
    raw_body: bytes = b""


@dataclass
class Response(Head):
    version: str = ""
    status: int = 0
    reason: str = ""
    body: bytes = b""
    trailers: list = field(default_factory=list)
    raw_body: bytes = b""
    interim: list = field(default_factory=list)


def _split_head(raw):
    """First line and fields of a head, as text."""
    lines = raw[:-4].decode("latin-1").split("\r\n")
    fields = []
    for line in lines[1:]:
        match = _FIELD_LINE.fullmatch(line)
        if not match:
            raise Malformed(f"not a field line: {line!r}")
        fields.append(match.groups())
    return lines[0], fields


def parse_request(raw):
    line, fields = _split_head(raw)
    match = _REQUEST_LINE.fullmatch(line)
    if not match:
        raise Malformed(f"not a request line: {line!r}")
    method, target, version = match.groups()
    return Request(raw, fields, method, target, version)


def parse_response(raw):
    line, fields = _split_head(raw)
    match = _STATUS_LINE.fullmatch(line)
    if not match:
        raise Malformed(f"not a status line: {line!r}")
    version, status, reason = match.groups()
    return Response(raw, fields, version, int(status), reason)


def _length_of(head):
    """'chunked', a number, or None: what the fields say of the body."""
    lengths, codings = head.get_all("content-length"), head.get_all("transfer-encoding")
    if codings and (codings != ["chunked"] or lengths):
        raise Malformed(f"framing: {codings} beside {lengths}")
    if codings:
        return "chunked"
    if lengths and (len(lengths) > 1 or not lengths[0].isdigit()):
        raise Malformed(f"Content-Length: {lengths}")
    return int(lengths[0]) if lengths else None


def _has_no_body(response, method):
    if response.status // 100 == 1 or response.status == 204:
        if "content-length" in response or "transfer-encoding" in response:
            raise Malformed(f"{response.status} with framing fields")
        return True
    return method == "HEAD" or response.status == 304


class MessageStream(Stream):
    """A stream of HTTP/1 messages."""

    def read_head(self):
        """The octets of one head, the empty line included."""
        return self.read_until(b"\r\n\r\n")

    def read_request_head(self):
        return parse_request(self.read_head())

    def read_response_head(self):
        return parse_response(self.read_head())

    def read_request(self):
        """A whole request, trailers included."""
        request = self.read_request_head()
        length = _length_of(request)
        return self._read_body(request, length or 0)

    def read_response(self, to="GET"):
        """A whole final response to a request with method `to`; interim ones are in .interim."""
        interim = []
        response = self.read_response_head()
        while response.status < 200 and response.status != 101:
            _has_no_body(response, to)
            interim.append(response)
            response = self.read_response_head()
        response.interim = interim
        length = _length_of(response)
        if _has_no_body(response, to):
            return response
        return self._read_body(response, "until-close" if length is None else length)

    def read_chunked(self):
        """A chunked body; returns data, trailers (as fields) and the octets as they came."""
        message = Response(b"", [])
        self._read_body(message, "chunked")
        return message.body, message.trailers, message.raw_body

    def digest_body(self, head, into=None):
        """Reads the body of a head without keeping it; returns its length and SHA-256."""
        self.recording = False
        total, digest = 0, into or hashlib.sha256()
        length = _length_of(head)
        for _, data in self._pieces("until-close" if length is None else length, head):
            digest.update(data)
            total += len(data)
        self.recording = True
        return total, digest.hexdigest()

    def _read_body(self, message, length):
        raw, body = [], []
        try:
            for framing, data in self._pieces(length, message):
                raw += (framing, data)
                body.append(data)
        except Ended as end:
            message.body, message.raw_body = b"".join(body), b"".join(raw)
            raise Truncated(message, end) from None
        message.body, message.raw_body = b"".join(body), b"".join(raw)
        return message

    def _pieces(self, length, message):
        """Pairs of framing octets and the data that follows them."""
        if length == "chunked":
            yield from self._chunks(message)
        elif length == "until-close":
            try:
                while True:
                    yield b"", self.read_some(262144)
            except Ended as end:
                if not end.clean:
                    raise
        else:
            yield from self._run(b"", length)

    def _run(self, framing, length):
        while length > 0:
            data = self.read_some(min(length, 262144))
            length -= len(data)
            yield framing, data
            framing = b""

    def _chunks(self, message):
        before = b""
        while True:
            line = self.read_until(b"\r\n")
            match = _CHUNK_LINE.fullmatch(line[:-2].decode("latin-1"))
            if not match:
                raise Malformed(f"not a chunk-size line: {line!r}")
            size = int(match[1], 16)
            if size == 0:
                break
            yield from self._run(before + line, size)
            before = self.read_exact(2)
            if before != b"\r\n":
                raise Malformed(f"chunk data is followed by {before!r}")
        section = self.read_until(b"\r\n")
        while not section.endswith(b"\r\n\r\n") and section != b"\r\n":
            section += self.read_until(b"\r\n")
        if section != b"\r\n":
            message.trailers = _split_head(b"\r\n" + section)[1]
        yield before + line + section, b""

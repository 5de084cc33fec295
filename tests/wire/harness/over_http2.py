# SPDX-License-Identifier: GPL-3.0-or-later
"""The stories that are told of clients of HTTP/1, told over HTTP/2: for all tests that ask for
answers, and not for octets. What has no meaning there leaves the test out."""

import hashlib
import types

import pytest

from harness.client import HOST
from harness.http2 import Http2Client
from harness.message import Response, Truncated
from harness.stream import octets

# Tests that look at what HTTP/1 alone has, though they ask as anybody would.
EXCEPTIONS = {
    "test_a_request_reaches_the_upstream_and_its_answer_the_client": "a version and a reason",
    "test_fields_keep_their_order_spelling_and_number": "names in upper case",
    "test_a_response_head_may_be_64_kb_however_it_is_cut_into_fields": "names in upper case",
    "test_chunks_come_down_as_they_were_made": "chunks",
    "test_a_body_without_length_ends_with_the_connection": "an end of the connection",
    "test_an_http_1_0_upstream_is_understood_and_not_reused": "an end of the connection",
    "test_a_running_download_ends_as_it_began": "octets",
    "test_a_record_tells_the_whole_story": "the protocol in the record",
    "test_the_combined_form_is_one_line_a_request": "the protocol in the record",
}

OF_CONNECTION = ("connection", "upgrade", "keep-alive", "transfer-encoding", "te",
                 "proxy-connection", "expect")


class OverHttp2:
    """A client with the words of harness.Client, as far as they mean something."""

    def __init__(self, wire, **options):
        self._wire = wire
        if options:
            self.leave_out("another address, or another socket")
        self._client = Http2Client(wire.daemon.port)
        self._asked = []

    def __getattr__(self, name):
        self.leave_out(f"{name}() is of octets")

    def leave_out(self, why):
        self._wire.is_left_out = True
        pytest.skip(f"over HTTP/2: {why}")

    @property
    def address(self):
        return self._client.address

    def close(self):
        self._client.close()

    # Asking

    def _split(self, line):
        name, _, value = line.partition(":")
        if name.lower() in OF_CONNECTION or name != name.strip():
            self.leave_out(f"{name} is of a connection")
        return name.lower(), value.strip()

    def ask(self, method, target, *fields, body=None):
        fields = [self._split(line) for line in fields]
        if not target.startswith("/") and target != "*":
            self.leave_out("a target of another form")
        if body is not None:
            fields.append(("content-length", str(len(octets(body)))))
        authority = dict(fields).get("host", HOST)
        fields = [field for field in fields if field[0] != "host"]
        self._asked.append(self._client.ask2(method, target, *fields, body=body,
                                             authority=authority))

    def request(self, method, target, *fields, body=None):
        self.ask(method, target, *fields, body=body)
        return self.read_response(to=method)

    def get(self, target, *fields):
        return self.request("GET", target, *fields)

    # Hearing

    def _make(self, heard):
        interim = [Response(b"", fields, "HTTP/2.0", status) for status, fields in heard.interim]
        return Response(b"", heard.fields, "HTTP/2.0", heard.status, body=bytes(heard.body),
                        trailers=heard.trailers, interim=interim)

    def read_response(self, to="GET"):
        heard = self._client.answer_to(self._asked.pop(0))
        response = self._make(heard)
        if not heard.has_ended:
            raise Truncated(response, types.SimpleNamespace(clean=False))
        return response

    def read_response_head(self):
        heard = self._client.responses[self._asked[0]]
        self._client.read_until_seen(lambda: heard.status or heard.reset is not None)
        if heard.status is None:
            raise Truncated(self._make(heard), types.SimpleNamespace(clean=False))
        return self._make(heard)

    def digest_body(self, head):
        body = self.read_response().body
        return len(body), hashlib.sha256(body).hexdigest()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The client of a test: a raw socket that says exactly what it is told to."""

import socket

from harness.message import MessageStream
from harness.stream import TIMEOUT_S, octets
from harness.tls import HOST, TlsSocket


def request_head(method, target, *fields):
    """An HTTP/1.1 request head with Host and the given field lines."""
    return "\r\n".join((f"{method} {target} HTTP/1.1", f"Host: {HOST}", *fields, "", ""))


class Client(MessageStream):
    """tls: the ssl.SSLContext of one that encrypts."""

    def __init__(self, port, host="127.0.0.1", sock=None, name="client", tls=None):
        sock = sock or socket.create_connection((host, port), TIMEOUT_S)
        super().__init__(TlsSocket(sock, tls) if tls else sock, name)

    @property
    def address(self):
        """The client's own address and port."""
        return self.sock.getsockname()[:2]

    def ask(self, method, target, *fields, body=None):
        """Sends a request; a body gets its Content-Length."""
        if body is not None:
            body = octets(body)
            fields = (*fields, f"Content-Length: {len(body)}")
        self.send(octets(request_head(method, target, *fields)) + (body or b""))

    def request(self, method, target, *fields, body=None):
        """Sends a request and reads the response."""
        self.ask(method, target, *fields, body=body)
        return self.read_response(to=method)

    def get(self, target, *fields):
        return self.request("GET", target, *fields)

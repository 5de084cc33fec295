# SPDX-License-Identifier: GPL-3.0-or-later
"""The upstream of a test: a listening socket that hands each connection to a script, a plain
function on a thread of its own, and keeps all that the proxy sent."""

import socket
import threading

from harness.message import MessageStream
from harness.stream import TIMEOUT_S, Ended, octets, wait_until
from harness.tls import TlsSocket


class UpstreamConnection(MessageStream):
    """What a script is given."""

    def __init__(self, sock, upstream, number):
        super().__init__(sock, f"{upstream.name} connection {number}")
        self.upstream = upstream
        self.number = number  # 1 for the first one accepted

    def read_request(self):
        request = super().read_request()
        self.upstream.requests.append(request)
        return request

    def requests(self):
        """All requests that come on this connection, until the proxy closes it between two."""
        while True:
            try:
                if not self._buffer:
                    self._fill()
            except Ended:
                return
            yield self.read_request()

    def respond(self, status=200, body=b"", *fields):
        """A response with Content-Length."""
        body = octets(body)
        lines = (f"HTTP/1.1 {status} Whatever", *fields, f"Content-Length: {len(body)}", "", "")
        self.send(octets("\r\n".join(lines)) + body)


def answer(status=200, body=b"", *fields):
    """A script that gives each request the same answer."""

    def script(conn):
        for _ in conn.requests():
            conn.respond(status, body, *fields)

    return script


class Upstream:
    """Listens at once, with TLS given an ssl.SSLContext; connections, requests (those a script has read whole) and script errors are
    kept. The port stays reserved while not listening, so that it refuses connections."""

    def __init__(self, script, host="127.0.0.1", name="upstream", make_socket=socket.socket,
                 port=0, tls=None):
        self.script = script
        self.tls = tls
        self.name = name
        self.host = host
        self.connections = []
        self.requests = []
        self.errors = []
        self._make_socket = make_socket
        self._threads = []
        self._listener = None
        self._reservation = self._bind(port)
        self.port = self._reservation.getsockname()[1]

    def _bind(self, port):
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        sock = self._make_socket(family, socket.SOCK_STREAM)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((self.host, port))
        return sock

    @property
    def label(self):
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self):
        return f"{'https' if self.tls else 'http'}://{self.label}"

    @property
    def received(self):
        """All octets the proxy ever sent, over all connections."""
        return b"".join(bytes(conn.received) for conn in list(self.connections))

    def listen(self):
        self._listener = self._bind(self.port)
        self._listener.listen(128)
        self._spawn(self._accept, self._listener)
        return self

    def stop_listening(self):
        """Refuses new connections from now on; running scripts go on."""
        listener, self._listener = self._listener, None
        if listener:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _spawn(self, function, *arguments):
        thread = threading.Thread(target=function, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener):
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            conn = UpstreamConnection(sock, self, len(self.connections) + 1)
            self.connections.append(conn)
            self._spawn(self._play, conn)

    def _play(self, conn):
        try:
            if self.tls:
                conn.sock = TlsSocket(conn.sock, self.tls, server_side=True)
        except ConnectionError:  # the other side wants no such certificate
            conn.close()
            return
        try:
            self.script(conn)
        except Exception as error:  # told to the test by finish()
            self.errors.append(error)
        finally:
            conn.close()

    def wait_for_connections(self, count):
        return wait_until(lambda: len(self.connections) >= count, f"{count} connections")

    def wait_for_requests(self, count):
        wait_until(lambda: len(self.requests) >= count, f"{self.name}: {count} requests")

    def finish(self):
        """Ends all, and raises what went wrong in a script."""
        self.stop_listening()
        self._reservation.close()
        for thread in self._threads:
            thread.join(TIMEOUT_S)
        if any(thread.is_alive() for thread in self._threads):
            raise AssertionError(f"{self.name}: a script does not end")
        if self.errors:
            raise self.errors[0]

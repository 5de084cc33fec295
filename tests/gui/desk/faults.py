# SPDX-License-Identifier: GPL-3.0-or-later
"""Something between Porchlight and Immich that is not as it should be. It takes one request a
connection; what it does to it is a function, which can be changed at any time:

    with Between(demo) as between:
        between.fault = refuse_live

An Immich refuses uploads of who is not logged in from their head alone; the demo takes them. So
that is what all uploads meet here, unless a fault comes first."""

import http.client
import socket
import threading
import time

from harness import free_port

MAX_HEAD = 65536
HEAD_END = b"\r\n\r\n"
LARGE = 10**9


class Exchange:
    """One request, not yet sent on."""

    def __init__(self, client, head):
        self.client = client
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = lines[0].split(" ", 2)
        self.fields = [line.partition(":")[::2] for line in lines[1:] if line]
        self.is_answered = False
        self.lag_s = 0

    def get(self, name):
        return next((value.strip() for key, value in self.fields if key.lower() == name), None)

    def drop(self, name):
        self.fields = [field for field in self.fields if field[0].lower() != name]

    @property
    def is_forwarded(self):
        """By Porchlight: it was not asked for here directly."""
        return self.get("x-forwarded-for") is not None

    @property
    def is_live(self):
        return self.get("upgrade") is not None

    @property
    def is_upload(self):
        """An old server gets it without /api."""
        return self.method == "POST" and self.path.removeprefix("/api").startswith("/asset")

    def answer(self, status, body="", **fields):
        self.is_answered = True
        fields = {"Content-Length": len(body), "Connection": "close", **fields}
        lines = [f"HTTP/1.1 {status} {http.client.responses[status]}",
                 *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items())]
        self.client.sendall("\r\n".join((*lines, "", body)).encode())

    def wait_for_end(self):
        """Takes all that is sent, and never answers."""
        self.is_answered = True
        while self.client.recv(MAX_HEAD):
            pass

    @property
    def head(self):
        if not self.is_live:
            self.drop("connection")
            self.fields.append(("Connection", " close"))
        lines = [f"{self.method} {self.path} HTTP/1.1",
                 *(f"{name}:{value}" for name, value in self.fields), "", ""]
        return "\r\n".join(lines).encode("latin-1")


class Between:
    """host, port: where it listens; make_socket: for one that is elsewhere."""

    def __init__(self, demo, fault=None, *, host="127.0.0.1", port=None, make_socket=socket.socket):
        self.fault = fault
        self._demo_port = demo.port
        self._make_socket = make_socket
        self._sockets = set()
        self._listener = make_socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((host, port or free_port()))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.add(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            self._pass_on(client)
        except OSError:
            pass
        finally:
            self._close(client)

    def _pass_on(self, client):
        received = b""
        while HEAD_END not in received:
            octets = client.recv(MAX_HEAD)
            if not octets:
                return
            received += octets
        head, _, body = received.partition(HEAD_END)
        exchange = Exchange(client, head)
        for judge in (self.fault, refuse_guests):
            if judge and not exchange.is_answered:
                judge(exchange)
        if exchange.is_answered:
            return
        immich = self._make_socket()
        self._sockets.add(immich)
        immich.connect(("127.0.0.1", self._demo_port))
        immich.sendall(exchange.head + body)
        threading.Thread(target=self._pump, args=(client, immich), daemon=True).start()
        # Else it would be kept for the next request, and be found closed by that.
        self._pump(immich, client, exchange.lag_s,
                   b"" if exchange.is_live else b"Connection: close\r\n")
        self._close(immich)

    @staticmethod
    def _pump(source, target, lag_s=0, field=b""):
        """lag_s: how late each piece is that comes after the head; field: a line more in that."""
        is_head = True
        try:
            while octets := source.recv(MAX_HEAD):
                end = octets.find(HEAD_END) + len(HEAD_END) if is_head else 0
                head = octets[:end]
                target.sendall(head[:-2] + field + head[-2:] if is_head else b"")
                is_head = False
                time.sleep(lag_s)
                target.sendall(octets[end:])
        except OSError:
            pass

    def _close(self, connection):
        self._sockets.discard(connection)
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        connection.close()

    def finish(self):
        self._close(self._listener)
        for connection in list(self._sockets):
            self._close(connection)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.finish()


def refuse_guests(exchange):
    """As an Immich does, from the head alone."""
    if exchange.is_upload:
        exchange.answer(401, '{"message":"Authentication required"}',
                        Content_Type="application/json")


# Faults

def answer_pings_late(exchange):
    if exchange.is_forwarded and exchange.path.endswith("/ping"):
        time.sleep(6)


def refuse_live(exchange):
    if exchange.is_live:
        exchange.answer(400, "no upgrade here")


def mute_live(exchange):
    """It opens, and then nothing comes."""
    if exchange.is_live:
        exchange.lag_s = 8


def gather_live(exchange):
    """What comes is gathered first."""
    if exchange.is_live:
        exchange.lag_s = 1.3


def lose_ranges(exchange):
    if exchange.is_forwarded:
        exchange.drop("range")


def lose_all_ranges(exchange):
    exchange.drop("range")


def gather_uploads(exchange):
    if exchange.is_upload and exchange.is_forwarded:
        exchange.wait_for_end()


def gather_all_uploads(exchange):
    if exchange.is_upload:
        exchange.wait_for_end()


def refuse_large(exchange):
    if exchange.is_upload and int(exchange.get("content-length") or 0) > LARGE:
        exchange.answer(413)


def break_uploads(exchange):
    if exchange.is_upload:
        exchange.answer(500)


def demand_https(exchange):
    if exchange.path == "/":
        exchange.answer(200, "<!doctype html><title>Immich</title>", Content_Type="text/html",
                        Content_Security_Policy="default-src 'self'; upgrade-insecure-requests")


def be_something_else(exchange):
    exchange.answer(200, "<!doctype html><title>A printer</title>", Content_Type="text/html")


def send_away(exchange):
    """With secrets."""
    exchange.answer(302, Location="http://me:do-not-tell@8.8.4.4/?key=do-not-tell")

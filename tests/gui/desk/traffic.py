# SPDX-License-Identifier: GPL-3.0-or-later
"""Visitors of an Immich, who say what phones and browsers say."""

import http.client
import json
import socket

DEVICES = {
    "android": "Immich_Android_1.135.3",
    "ios": "Immich_iOS_1.135.3",
    "firefox": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "safari": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
              "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "chrome": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
              "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "edge": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
            "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
}
BOUNDARY = "a-line-between"

# Keys of a settings file: what this computer says of whom it asks for is taken for true.
BELIEVED = ("[forwarding]", "trusted-proxies=127.0.0.1")


class Visitor:
    """One device with one connection. make_socket: for who comes from elsewhere; address: who
    one says to be, where it is BELIEVED."""

    def __init__(self, port, device="android", host="127.0.0.1", make_socket=None, secrets=None,
                 address=None):
        self.port = port
        self.host = host
        self.headers = {"User-Agent": DEVICES[device], **(secrets or {})}
        if address:
            self.headers["X-Forwarded-For"] = address
        self._make_socket = make_socket
        self._connection = http.client.HTTPConnection(host, port, timeout=20)
        if make_socket:
            self._connection.sock = make_socket()

    def connect(self):
        """A further connection of the same device."""
        if self._make_socket:
            return self._make_socket()
        return socket.create_connection((self.host, self.port), 20)

    def ask(self, method, path, body=None, **headers):
        """Returns status and body."""
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, body, {**self.headers, **fields})
        response = self._connection.getresponse()
        return response.status, response.read()

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def list_pictures(self):
        """The ids of what there is to see."""
        return [picture["id"] for picture in json.loads(self.get("/api/demo/pictures")[1])]

    def log_in(self, password="demo"):
        body = json.dumps({"email": "demo@porchlight.example", "password": password})
        return self.ask("POST", "/api/auth/login", body, Content_Type="application/json")[0]

    def upload(self, name, size):
        body = b"".join(_make_upload(name, size))
        return self.ask("POST", "/api/assets", body, Content_Type=_MULTIPART)[0]

    def begin_upload(self, name, size):
        """An upload on a connection of its own, to be sent bit by bit."""
        return Upload(self, name, size)


_MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def _make_upload(name, size):
    head = (f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="deviceAssetId"\r\n\r\n{name}\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="assetData"; '
            f'filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n').encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    return head, b"\xff" * size, tail


class Upload:
    def __init__(self, visitor, name, size):
        self._head, data, self._tail = _make_upload(name, 0)
        self.size = size
        self.sent = 0
        self._socket = visitor.connect()
        length = len(self._head) + size + len(self._tail)
        fields = {**visitor.headers, "Host": f"{visitor.host}:{visitor.port}",
                  "Content-Type": _MULTIPART, "Content-Length": length}
        lines = [f"{name}: {value}" for name, value in fields.items()]
        self._socket.sendall(
            "\r\n".join(("POST /api/assets HTTP/1.1", *lines, "", "")).encode() + self._head)

    def send(self, size):
        size = min(size, self.size - self.sent)
        self._socket.sendall(b"\xff" * size)
        self.sent += size

    def finish(self):
        """Sends the rest and returns the status."""
        self.send(self.size - self.sent)
        self._socket.sendall(self._tail)
        status = self._socket.recv(65536).split(b" ", 2)[1]
        self._socket.close()
        return int(status)

    def is_cut_off(self, timeout_s=20):
        """Whether the other side ends it, without a word."""
        self._socket.settimeout(timeout_s)
        try:
            return self._socket.recv(65536) == b""
        except ConnectionResetError:
            return True

    def give_up(self):
        self._socket.close()

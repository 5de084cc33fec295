# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS for the ends of a test: certificates made for it, and a socket that speaks TLS and tells a
clean end (close_notify) from one that nobody announced."""

import functools
import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading
from dataclasses import dataclass

HOST = "photos.lan"
NAMES = f"DNS:{HOST},DNS:localhost,IP:127.0.0.1,IP:::1"


@dataclass(frozen=True)
class Certificate:
    """Files in PEM. It is signed by itself, so it is its own authority."""

    chain: pathlib.Path
    key: pathlib.Path

    @property
    def settings(self):
        return f"[tls]\nmode=files\ncertificate={self.chain}\nkey={self.key}\n"

    def client_context(self):
        context = ssl.create_default_context(cafile=self.chain)
        context.check_hostname = False
        return context

    def server_context(self):
        """Of one that, as most that encrypt, would speak HTTP/2, too, if it were asked to."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain, self.key)
        context.set_alpn_protocols(["h2", "http/1.1"])
        return context


def make_certificate(folder, name="photos", names=NAMES, days=30):
    chain, key = (pathlib.Path(folder) / f"{name}.{part}" for part in ("pem", "key"))
    subprocess.run(
        ("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", key, "-out", chain, "-days", str(days), "-subj", f"/CN={name}",
         "-addext", f"subjectAltName={names}"), check=True, capture_output=True)
    key.chmod(0o600)
    return Certificate(chain, key)


@functools.cache
def _folder():
    return tempfile.TemporaryDirectory(prefix="wire-tls-")


@functools.cache
def usual_certificate():
    """One for all tests that need no other."""
    return make_certificate(_folder().name)


class TlsSocket:
    """A connected socket that speaks TLS. Unlike ssl.SSLSocket it can end its own side alone, an
    end without a close_notify is a ConnectionError, and one thread may receive while another sends."""

    def __init__(self, sock, context, server_side=False, server_hostname=HOST, hold=lambda: None):
        """hold: called when the server's certificate has been seen, before it is told that the
        handshake is over (TLS 1.3)."""
        self._sock = sock
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._kept = b""
        self._state = threading.Lock()    # of all that is TLS; never held while the socket waits
        self._sending = threading.Lock()  # octets leave in the order in which they were encrypted
        self.tls = context.wrap_bio(self._in, self._out, server_side,
                                    None if server_side else server_hostname)
        self._do(self._shake_hands, hold)

    def _shake_hands(self, hold):
        self.tls.do_handshake()
        hold()

    def _flush(self, patiently=True):
        """Not patiently: whoever is sending now sends this, too."""
        while self._out.pending:
            if not self._sending.acquire(blocking=patiently):
                return
            try:
                with self._state:
                    data = self._out.read()
                self._sock.sendall(data)
            finally:
                self._sending.release()

    def _fill(self):
        data = self._sock.recv(65536)
        with self._state:
            if data:
                self._in.write(data)
            else:
                self._in.write_eof()

    def _do(self, function, *arguments, patiently=True):
        while True:
            try:
                with self._state:
                    result = function(*arguments)
                self._flush(patiently)
                return result
            except ssl.SSLWantReadError:
                self._flush(patiently)
                self._fill()
            except ssl.SSLZeroReturnError:
                return b""
            except (ssl.SSLEOFError, ssl.SSLSyscallError) as error:
                raise ConnectionResetError(str(error)) from None
            except ssl.SSLError as error:
                self._say_why()
                raise ConnectionAbortedError(str(error)) from None

    def _say_why(self):
        """The alert, if the other side still listens."""
        try:
            self._flush()
        except OSError:
            pass

    def sendall(self, data):
        view = memoryview(data)
        while view:
            view = view[self._do(self.tls.write, view[:65536]):]

    def recv(self, size):
        if self._kept:
            data, self._kept = self._kept[:size], self._kept[size:]
            return data
        return self._do(self.tls.read, size, patiently=False)

    def shutdown(self, how):
        """Says that nothing more will be sent; still receives. What came before must not be there
        meanwhile: Python looks for the other side's end at once, and would take it for an error."""
        assert how == socket.SHUT_WR
        if self.tls.pending():
            self._kept += self.tls.read(self.tls.pending())
        waiting = self._in.read()
        try:
            self.tls.unwrap()
        except ssl.SSLWantReadError:
            pass
        self._in.write(waiting)
        self._flush()

    def __getattr__(self, name):
        return getattr(self._sock, name)

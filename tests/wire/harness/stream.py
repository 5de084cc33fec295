# SPDX-License-Identifier: GPL-3.0-or-later
"""One end of a connection as a test sees it: every octet that came is kept, every wait has an
end, and a clean end (FIN) is told from a broken one (RST)."""

import os
import socket
import struct
import time

TIMEOUT_S = float(os.environ.get("WIRE_TIMEOUT_S", "10"))
SILENCE_S = 0.15


class StreamError(AssertionError):
    """What the other side did instead of what the test waited for."""


class TimedOut(StreamError):
    pass


class Ended(StreamError):
    """The other side ended the connection; `clean` says whether by FIN."""

    def __init__(self, text, clean):
        super().__init__(text)
        self.clean = clean


def octets(data):
    return data.encode("latin-1") if isinstance(data, str) else bytes(data)


class Stream:
    """A connected socket. `received` is all that ever came, as it came."""

    def __init__(self, sock, name):
        sock.settimeout(TIMEOUT_S)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self.name = name
        self.received = bytearray()
        self.recording = True
        self._buffer = bytearray()

    def send(self, data):
        """Sends all of data (text is Latin-1, as in a head)."""
        try:
            self.sock.sendall(octets(data))
        except TimeoutError:
            raise TimedOut(f"{self.name}: the other side takes nothing") from None
        except (BrokenPipeError, ConnectionResetError):
            raise Ended(f"{self.name}: connection reset while sending", clean=False) from None

    def send_in_pieces(self, data, size=1):
        """Sends data a few octets at a time, each in a segment of its own."""
        data = octets(data)
        for start in range(0, len(data), size):
            self.send(data[start : start + size])

    def _fill(self, size=65536):
        """Waits for more octets and puts them in the buffer."""
        try:
            data = self.sock.recv(size)
        except TimeoutError:
            raise TimedOut(f"{self.name}: nothing came; before that: {self._tail()}") from None
        except ConnectionError:
            raise Ended(f"{self.name}: reset after {self._tail()}", clean=False) from None
        if not data:
            raise Ended(f"{self.name}: ended after {self._tail()}", clean=True)
        if self.recording:
            self.received += data
        self._buffer += data

    def _tail(self):
        return repr(bytes(self.received[-400:]))

    def _take(self, length):
        data = bytes(self._buffer[:length])
        del self._buffer[:length]
        return data

    def read_some(self, size=65536):
        """Whatever is there, at least one octet."""
        if not self._buffer:
            self._fill(size)
        return self._take(size)

    def read_exact(self, length):
        while len(self._buffer) < length:
            self._fill()
        return self._take(length)

    def read_until(self, mark):
        """Up to and including mark."""
        mark = octets(mark)
        start = 0
        while (at := self._buffer.find(mark, start)) < 0:
            start = max(0, len(self._buffer) - len(mark))
            self._fill()
        return self._take(at + len(mark))

    def read_to_end(self):
        """All that comes until a clean end; a reset is an error."""
        try:
            while True:
                self._fill()
        except Ended as end:
            if not end.clean:
                raise
            return self._take(len(self._buffer))

    def expect_end(self):
        """The other side ends cleanly and says nothing more."""
        rest = self.read_to_end()
        assert rest == b"", f"{self.name}: octets before the end: {rest!r}"

    def wait_for_end(self):
        """Waits until the connection ends, however; returns what came before and how it ended."""
        try:
            while True:
                self._fill()
        except Ended as end:
            return self._take(len(self._buffer)), end

    def expect_silence(self, seconds=SILENCE_S):
        """Nothing comes, and the connection stays."""
        assert not self._buffer, f"{self.name}: octets left over: {bytes(self._buffer)!r}"
        self.sock.settimeout(seconds)
        try:
            data = self.sock.recv(65536)
        except TimeoutError:
            return
        finally:
            self.sock.settimeout(TIMEOUT_S)
        raise StreamError(f"{self.name}: expected silence, got {data!r}")

    def receive_for(self, seconds):
        """Receives what comes in so long a time, to be read later; raises Ended at an end."""
        until = time.monotonic() + seconds
        try:
            while (left := until - time.monotonic()) > 0:
                self.sock.settimeout(left)
                self._fill()
        except TimedOut:
            pass
        finally:
            self.sock.settimeout(TIMEOUT_S)

    def shut_write(self):
        """Half-closes: says that nothing more will be sent."""
        self.sock.shutdown(socket.SHUT_WR)

    def close(self):
        self.sock.close()

    def reset(self):
        """Breaks the connection with a RST."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


def wait_until(condition, what, timeout_s=TIMEOUT_S):
    """Polls a condition of the outside world; returns its (true) value."""
    deadline = time.monotonic() + timeout_s
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimedOut(f"waited in vain: {what}")
        time.sleep(0.01)
    return value

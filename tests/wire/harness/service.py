# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for systemd: it hands sockets over, and hears what the program says of itself."""

import fcntl
import pathlib
import queue
import socket
import tempfile
import threading

from harness.stream import TIMEOUT_S

# Above all that the program is to get, so that no descriptor is overwritten before its turn.
_FIRST_SPARE = 50

# The process that systemd starts is the program: only its shell can know the number beforehand.
_HAND_OVER = r"""
number=3
for spare in $SPARES; do eval "exec $number<&$spare $spare<&-"; number=$((number + 1)); done
export LISTEN_PID=$$ LISTEN_FDS=$((number - 3))
unset SPARES
exec "$@"
"""


class ServiceManager:
    """Usage:

        with ServiceManager({"porchlightd.socket": listening_socket}) as manager:
            wire.start(manager=manager)
            manager.wait_for("READY=1")
    """

    def __init__(self, sockets=None, *, watchdog_s=None):
        self._folder = tempfile.TemporaryDirectory(prefix="porchlight-notify-")
        path = pathlib.Path(self._folder.name, "notify")
        self._ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._ear.bind(str(path))
        self._words = queue.Queue()
        self.environment = {"NOTIFY_SOCKET": str(path)}
        if watchdog_s:
            self.environment["WATCHDOG_USEC"] = str(int(watchdog_s * 1_000_000))
        self.spares = []
        self.command = ()
        if sockets:
            self._hand_over(sockets)
        threading.Thread(target=self._listen, daemon=True).start()

    def _hand_over(self, sockets):
        self.spares = [fcntl.fcntl(sock.fileno(), fcntl.F_DUPFD, _FIRST_SPARE)
                       for sock in sockets.values()]
        self.environment["SPARES"] = " ".join(map(str, self.spares))
        self.environment["LISTEN_FDNAMES"] = ":".join(sockets)
        self.command = ("bash", "-c", _HAND_OVER, "systemd")

    def _listen(self):
        while words := self._ear.recv(4096):
            for line in words.decode().splitlines():
                self._words.put(line)

    def hear(self):
        """The next line that the program says; STATUS and WATCHDOG count as any."""
        return self._words.get(timeout=TIMEOUT_S)

    def wait_for(self, beginning):
        """The next line that begins so; what comes before it is left out."""
        while not (line := self.hear()).startswith(beginning):
            pass
        return line

    def hears_nothing_of(self, beginning):
        """Whether none of the lines that have come so far begins so."""
        lines = []
        while not self._words.empty():
            lines.append(self._words.get())
        return not any(line.startswith(beginning) for line in lines)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
            mouth.sendto(b"", self.environment["NOTIFY_SOCKET"])
        self._folder.cleanup()

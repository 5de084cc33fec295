# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person sees who starts the daemon in a terminal: requests that run stand below all else, and
make room for whatever is said."""

import os
import pathlib
import pty
import signal
import subprocess
import tempfile
import threading

import pytest

from harness import ENVIRONMENT, Client, free_port, make_command, one_upstream, run_to_end, wait_until

# Up one row, and all below it away: app/log/live_log.c.
ROW_AWAY = "\x1b[1A\x1b[J"

ORDERS = {"XDG_RUNTIME_DIR": "", "RUNTIME_DIRECTORY": "", "STATE_DIRECTORY": ""}

pytestmark = [pytest.mark.linux, pytest.mark.plain]


class Terminal:
    """One in which the daemon runs."""

    def __init__(self, folder, settings):
        self.folder, self.port, self.shown = folder, free_port(), ""
        self.file = folder / "porchlight.ini"
        self.file.write_text(settings + f"[listen]\nport={self.port}\nexposure=computer\n")
        self._keyboard, screen = pty.openpty()
        self._process = subprocess.Popen(
            make_command("--config", str(self.file)), stdin=screen, stdout=screen, stderr=screen,
            cwd=folder, env={**os.environ, **ENVIRONMENT, **ORDERS, "TERM": "xterm"})
        os.close(screen)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        try:
            while octets := os.read(self._keyboard, 4096):
                self.shown += octets.decode(errors="replace")
        except OSError:
            pass  # it has ended

    def wait_for(self, words, after=0):
        """Where they begin."""
        wait_until(lambda: words in self.shown[after:], f"{words!r} in {self.shown!r}")
        return self.shown.index(words, after)

    def order(self, *words):
        assert run_to_end(self.folder, "--config", self.file, "--open", *words,
                          environment=ORDERS).returncode == 0

    def close(self):
        """At once, whatever runs."""
        self._process.send_signal(signal.SIGTERM)
        self.wait_for("once more to end now")
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(20)
        os.close(self._keyboard)


@pytest.fixture
def folder():
    """A short one in place of pytest's: an address of a socket has room for 107 octets."""
    with tempfile.TemporaryDirectory(prefix="porchlight-") as folder:
        yield pathlib.Path(folder)


@pytest.fixture
def start(folder):
    terminals = []

    def start(settings):
        terminals.append(Terminal(folder, settings))
        return terminals[-1]

    yield start
    for terminal in terminals:
        terminal.close()


def test_what_runs_makes_room_for_what_is_said(wire, start):
    @wire.upstream
    def immich(conn):
        conn.wait_for_end()

    terminal = start(one_upstream([immich.url]))
    listening = terminal.wait_for("listening on http")
    client = Client(terminal.port)
    client.send("GET /api/slow HTTP/1.1\r\nHost: a\r\n\r\n")
    running = terminal.wait_for("/api/slow", listening)

    terminal.order("exposure=network", "1h")

    said = terminal.wait_for("porchlightd: ", running)
    assert terminal.shown[:said].endswith(ROW_AWAY)
    client.close()

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says and nobody reads: a paused terminal, a stuck reader of its pipes. It goes on
serving, heeding signals and asking how Immich is, and ends in time; and names of descriptors that
cannot be opened."""

import contextlib
import os
import pty
import signal
import socket
import subprocess
import termios
import tty

import pytest

from harness import (ENVIRONMENT, answer, free_port, make_command, one_upstream,
                     wait_until)

# A long line of any log; so many that they fit nowhere on the way.
REQUEST = b"GET /" + b"x" * 2000 + b" HTTP/1.1\r\nHost: photos.lan\r\n\r\n"
N_FLOOD = 500


class Unread:
    """The program with its streams on something that is not read; get() asks for its page."""

    def __init__(self, folder, upstream, stdout, stderr, log=""):
        self.port = free_port()
        self.file = folder / "porchlight.ini"
        self.settings = (f"[listen]\nport={self.port}\nworkers=1\n" + one_upstream([upstream])
                         + f"[log]\n{log}\n")
        self.file.write_text(self.settings)
        self.process = subprocess.Popen(
            make_command("--config", str(self.file)), stdin=subprocess.DEVNULL, stdout=stdout,
            stderr=stderr, env={**os.environ, **ENVIRONMENT, "TERM": "xterm"})
        wait_until(self.answers, "an answer")

    def answers(self, port=None, n_requests=1):
        """Whether it gives so many answers, one after the other on one connection."""
        try:
            with socket.create_connection(("127.0.0.1", port or self.port), timeout=5) as client:
                for _ in range(n_requests):
                    client.sendall(REQUEST)
                    if not client.recv(1000).startswith(b"HTTP/1.1 200 "):
                        return False
            return True
        except ConnectionRefusedError:
            return False

    def reload_to_another_port(self):
        port = free_port()
        self.file.write_text(self.settings.replace(f"port={self.port}", f"port={port}"))
        self.process.send_signal(signal.SIGHUP)
        wait_until(lambda: self.answers(port), "an answer at the other port")
        self.port = port

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=8)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def paused_terminal():
    """A terminal as after Ctrl+S, whose window takes nothing any more."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)
    try:
        yield theirs, lambda: termios.tcflow(theirs, termios.TCOOFF)
    finally:
        termios.tcflow(theirs, termios.TCOON)
        os.close(ours)
        os.close(theirs)


@contextlib.contextmanager
def full_pipe():
    ours, theirs = os.pipe()
    try:
        yield theirs, lambda: None
    finally:
        os.close(ours)
        os.close(theirs)


@contextlib.contextmanager
def full_socket():
    """As systemd gives it."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield theirs.fileno(), lambda: None


@pytest.fixture
def immich(wire):
    return wire.upstream(answer(200)).url


@pytest.mark.parametrize("stream, log", [
    (paused_terminal, ""),
    (full_pipe, ""),
    (full_pipe, "access-log=-"),
    (full_socket, "access-log=/dev/stdout"),
])
def test_nobody_reads(immich, tmp_path, stream, log):
    with stream() as (descriptor, pause):
        program = Unread(tmp_path, immich, descriptor, descriptor, log)
        try:
            pause()
            assert program.answers(n_requests=N_FLOOD)
            program.reload_to_another_port()
            assert program.end() == 0
        finally:
            program.close()


def end_and_read(program, stream):
    try:
        assert program.end() == 0
    finally:
        program.close()
    return stream.recv(65536).decode()


def test_standard_output_that_is_a_socket_is_a_log(immich, tmp_path):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        program = Unread(tmp_path, immich, theirs.fileno(), subprocess.DEVNULL,
                         "access-log=/dev/stdout")
        text = end_and_read(program, ours)
    assert text.startswith("127.0.0.1 - - [")
    assert "HTTP/1.1\" 200" in text


@pytest.mark.parametrize("path", ["/dev/stderr", "/proc/self/fd/2"])
def test_standard_error_that_is_a_socket_is_a_log(immich, tmp_path, path):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        program = Unread(tmp_path, immich, subprocess.DEVNULL, theirs.fileno(),
                         f"access-log={path}")
        text = end_and_read(program, ours)
    assert "porchlightd: listening on http://127.0.0.1:" in text
    assert "HTTP/1.1\" 200" in text

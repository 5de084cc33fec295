# SPDX-License-Identifier: GPL-3.0-or-later
"""What porchlightd.exe has to do with Windows alone: folders of any name and length, its settings beside it,
consoles and their Ctrl+C, and words in UTF-8 where there is no console."""

import contextlib
import os
import pathlib
import pty
import re
import select
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

import prefix
import pytest

EXE = pathlib.Path(os.environ["PORCHLIGHTD_EXE"])
GERMAN = pathlib.Path(os.environ["PORCHLIGHT_PO"], "de/LC_MESSAGES/porchlight.mo")

PATIENCE_S = 60

# Cursor on and off, and all else that a console says to its terminal.
CONTROL = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]")


def environment(**more):
    """Windows has no LANG; names of files are Wine's to read, by LC_CTYPE."""
    plain = {name: value for name, value in prefix.environment(prefix.base()).items()
             if name != "LANG" and not name.startswith("LC_")}
    return {**plain, "LC_CTYPE": "C.UTF-8", **more}


def unpack(folder):
    folder.mkdir(parents=True)
    shutil.copy(EXE, folder)
    shutil.copytree(GERMAN.parent, folder / "share/locale/de/LC_MESSAGES")
    return folder / EXE.name


@pytest.fixture(scope="module", autouse=True)
def wine():
    shell = prefix.keep(environment())
    yield
    shell.kill()


@pytest.fixture(params=["Früchte & Co 日本", "x" * 200], ids=["name", "length"])
def program(request, tmp_path):
    if len(request.param) < 200:
        return unpack(tmp_path / request.param)
    folder = tmp_path / "long"
    while len(f"Z:{folder}") < 200:
        folder /= "y" * min(50, 200 - len(f"Z:{folder}"))
    return unpack(folder)


@pytest.fixture
def short(tmp_path):
    return unpack(tmp_path / "Früchte & Co 日本")


def run(program, *arguments, within=(), **more):
    """What it said goes into files: a pipe would be held open by what Wine starts of its own while the program
    runs (explorer.exe, rpcss.exe), and its end waited for long after the program's."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said, \
         tempfile.TemporaryFile("w+", encoding="utf-8") as warned:
        result = subprocess.run((*within, prefix.WINE, program, *arguments), env=environment(**more),
                                timeout=PATIENCE_S, stdin=subprocess.DEVNULL, stdout=said, stderr=warned,
                                check=False)
        for stream in said, warned:
            stream.seek(0)
        result.stdout, result.stderr = said.read(), warned.read()
    return result


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return str(listener.getsockname()[1])


class Console:
    """A program in a console, which is a terminal of ours."""

    def __init__(self, program, *arguments):
        self.said = ""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.execve(prefix.WINE, (prefix.WINE, program, *arguments), environment(TERM="xterm"))

    def read(self):
        if not select.select([self.terminal], [], [], 0.2)[0]:
            return True
        try:
            raw = os.read(self.terminal, 65536)
        except OSError:
            raw = b""
        self.said += CONTROL.sub("", raw.decode("utf-8", "replace"))
        return bool(raw)

    def await_words(self, words):
        end = time.monotonic() + PATIENCE_S
        while words not in self.said:
            assert time.monotonic() < end and self.read(), self.said

    def type(self, keys):
        os.write(self.terminal, keys)

    def wait(self):
        while self.read():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


@contextlib.contextmanager
def serving(program, *arguments):
    console = Console(program, *arguments)
    try:
        console.await_words("listening on")
        yield console
    finally:
        console.type(b"\x03")
        status = console.wait()
        os.close(console.terminal)
    assert status == 0, console.said


def test_works_in_any_folder(program):
    done = run(program, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("porchlightd ")


def test_keeps_its_settings_beside_itself(program):
    done = run(program, "--check")
    assert done.returncode == 0, done.stderr
    assert f"{program.parent.name}\\porchlight.ini" in done.stdout


def test_reads_its_settings_beside_itself(short):
    (short.parent / "porchlight.ini").write_text("[listen]\nport=0\n", "utf-8")
    done = run(short, "--check")
    assert done.returncode == 2
    assert "porchlight.ini: [listen] port=0 is not allowed" in done.stderr


def test_brings_its_languages_along(program):
    done = run(program, "--check", LANGUAGE="de")
    assert "porchlight.ini gibt es nicht" in done.stdout


def test_tells_how_a_path_is_written(short):
    (short.parent / "porchlight.ini").write_text("[log]\naccess-log=C:\\new\\x.log\n", "utf-8")
    assert "or with / in a path: C:/logs/x.log" in run(short, "--check").stderr


def test_says_that_it_takes_no_orders(short):
    result = run(short, "--open", "world=links", "2h")
    assert (result.returncode, result.stdout) == (1, "")
    assert "not offered on Windows" in result.stderr


def test_ends_by_ctrl_c(short):
    with serving(short, "--demo", "--port", free_port()) as console:
        pass
    assert "ending as soon as" in console.said


def test_tells_that_a_port_is_taken(short):
    port = free_port()
    with serving(short, "--demo", "--port", port):
        done = run(short, "--demo", "--port", port)
    assert done.returncode == 1
    assert f"Port {port} is taken by" in done.stderr


def test_says_help_whole_on_a_console(short):
    """A character of several octets is one: the C library writes to consoles octet by octet."""
    console = Console(short, "--help")
    assert console.wait() == 0
    assert "[OPTION…]" in console.said


@pytest.fixture
def link():
    """Makes a folder known to Windows by another name, as long as the test runs."""
    made = []

    def link(name, folder):
        made.append(prefix.base() / "dosdevices" / name)
        made[-1].parent.mkdir(parents=True, exist_ok=True)
        made[-1].unlink(missing_ok=True)
        made[-1].symlink_to(folder)

    yield link
    for path in made:
        path.unlink()


def test_works_on_a_drive_of_its_own(short, link):
    """As a folder of another computer has."""
    link("n:", short.parent)
    (short.parent / "porchlight.ini").write_text("[log]\naccess-log=/x.log\n", "utf-8")

    with serving(f"N:\\{short.name}", "--demo", "--port", free_port()):
        pass

    assert (short.parent / "x.log").exists()


def test_keeps_settings_and_log_on_another_computer(short, link, tmp_path):
    """Of which Windows knows no more than its name. The program itself is not there: Wine tells one that is
    a wrong path of itself."""
    there = tmp_path / "there"
    there.mkdir()
    (there / "settings.ini").write_text(f"[listen]\nport={free_port()}\n[log]\naccess-log=x.log\n", "utf-8")
    link("unc/server/share", there)

    with serving(short, "--demo", "--config", "\\\\server\\share\\settings.ini"):
        pass

    assert (there / "x.log").exists()
    assert not (short.parent / "porchlight.ini").exists()


READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


def test_keeps_its_settings_with_the_users_where_its_folder_is_read_only(short):
    """Files are the server's of Wine: it has to be one that sees the folder like that."""
    enter = ("unshare", "--mount", "sh", "-c", READ_ONLY, str(short.parent))
    if subprocess.run((*enter, "true"), capture_output=True, check=False).returncode != 0:
        pytest.skip("folders cannot be mounted here: it needs root")

    with prefix.another() as folder:
        done = run(short, "--check", within=enter, WINEPREFIX=str(folder))

    assert "AppData\\Roaming\\porchlight\\porchlight.ini" in done.stdout, done.stderr


def test_two_copies_do_not_meet(tmp_path):
    """Each has its settings and its port, and serves while the other does."""
    with contextlib.ExitStack() as stack:
        ports = {name: free_port() for name in ("Anna", "Zoë")}
        for name, port in ports.items():
            program = unpack(tmp_path / name)
            (program.parent / "porchlight.ini").write_text(f"[listen]\nport={port}\n", "utf-8")
            stack.enter_context(serving(program, "--demo"))
        for port in ports.values():
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/server/ping", timeout=PATIENCE_S) as answer:
                assert answer.read() == b'{"res":"pong"}'

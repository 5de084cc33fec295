# SPDX-License-Identifier: GPL-3.0-or-later
"""The programs: porchlight, started into a home of its own and judged when it ends, and the demo
that stands in for an Immich."""

import os
import pathlib
import re
import signal
import subprocess
import threading

from harness import free_port, wait_until
from harness.stream import TIMEOUT_S

from desk.session import make_home

ROOT = pathlib.Path(__file__).resolve().parents[3]

_COMPLAINTS = re.compile(
    r"ERROR: \w+Sanitizer|runtime error:|-(CRITICAL|WARNING) \*\*|\*\* ERROR")

# Every warning is an end. What GTK and fontconfig keep until the end is not ours to free.
_ENVIRONMENT = {
    "G_DEBUG": "fatal-warnings",
    "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent",
    "ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=0:abort_on_error=0",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
}


def find_program(name):
    """The variable of that name in capitals, or the newest one built in this tree."""
    variable = name.upper().replace("-", "_")
    if variable in os.environ:
        return os.environ[variable]
    built = sorted(ROOT.glob(f"build*/app/**/{name}"), key=lambda path: path.stat().st_mtime)
    assert built, f"no {name}: set {variable}, or build it first"
    return str(built[-1])


def enter(namespace):
    return ("ip", "netns", "exec", namespace) if namespace else ()


class Running:
    """A process whose words are kept."""

    def __init__(self, command, **options):
        self.lines = []
        self.process = subprocess.Popen(
            ("setpriv", "--pdeathsig", "KILL", *command), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            **options)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def words(self):
        return "\n".join(self.lines)

    @property
    def is_running(self):
        return self.process.poll() is None

    def wait(self, timeout_s=20):
        """Until it ends; returns its exit status."""
        status = self.process.wait(timeout_s)
        self._reader.join(5)
        return status

    def terminate(self):
        """Ends it, if it has not ended; returns its exit status."""
        if self.is_running:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.wait()
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.wait()
            raise AssertionError(f"did not end when asked to: {self.words}") from None


class WithSettings(Running):
    """A program that keeps its settings in `settings_file`."""

    # Until what it was asked for is in there.
    patience_s = TIMEOUT_S

    def read_setting(self, group, key):
        """A value in the settings file; None if it is not there."""
        in_group = False
        if not self.settings_file.exists():
            return None
        for line in self.settings_file.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                in_group = line == f"[{group}]"
            elif in_group and line.partition("=")[0] == key:
                return line.partition("=")[2]
        return None

    def wait_for_setting(self, group, key, value):
        wait_until(lambda: self.read_setting(group, key) == value,
                   f"[{group}] {key}={value} in the settings file", self.patience_s)


class Demo(Running):
    """A stand-in for an Immich, of today or of old."""

    def __init__(self, era="now", namespace=None, port=None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__((*enter(namespace), find_program("porchlight-demo"), "--port",
                          str(self.port), "--era", era))
        wait_until(lambda: "listening on" in self.words or not self.is_running, "the demo")
        assert self.is_running, self.words


class Porchlight(WithSettings):
    """The program under test. `settings` is the text of its settings file, None for a first start;
    PORT in it is filled in; within: a command that starts it in surroundings of its own."""

    def __init__(self, session, folder, settings=None, *, arguments=(), namespace=None,
                 environment=None, port=None, within=()):
        self.folder = pathlib.Path(folder)
        self.port = port or free_port()
        self.namespace = namespace
        self._within = within
        home = self.folder / "home"
        self._environment = {**session.environment, **_ENVIRONMENT, **_get_home(home),
                             **(environment or {})}
        self.settings_file = home / "config/porchlight/porchlight.ini"
        if settings is not None:
            self.settings_file.parent.mkdir(exist_ok=True)
            self.settings_file.write_text(fill_in(settings, PORT=self.port), encoding="utf-8")
        super().__init__(self._make_command(arguments), env=self._environment, cwd=self.folder)

    def _make_command(self, arguments):
        return (*enter(self.namespace), *self._within, find_program("porchlight"), *arguments)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start_second(self, *arguments):
        """Starts the program once more while it runs; returns exit status and words."""
        second = Running(self._make_command(arguments), env=self._environment, cwd=self.folder)
        status = second.wait()
        assert not _COMPLAINTS.search(second.words), second.words
        return status, second.words

    def finish(self):
        """Ends it and judges it: it ended well, and nothing was complained of."""
        status = self.terminate()
        assert not _COMPLAINTS.search(self.words), self.words
        assert status == 0, f"exit status {status}: {self.words}"


def _get_home(folder):
    if folder.exists():
        return {"HOME": str(folder),
                **{f"XDG_{name.upper()}_HOME": str(folder / name)
                   for name in ("config", "data", "cache", "state")}}
    return make_home(folder)


def fill_in(text, **values):
    for name, value in values.items():
        text = text.replace(name, str(value))
    return "\n".join(line.strip() for line in text.splitlines()) + "\n"

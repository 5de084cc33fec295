# SPDX-License-Identifier: GPL-3.0-or-later
"""The program under test: started with a settings file, watched, and judged when it ends."""

import contextlib
import fcntl
import functools
import json
import os
import pathlib
import random
import re
import resource
import signal
import socket
import subprocess
import tempfile
import threading

from harness.stream import TIMEOUT_S, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[3]

# What must never be seen on standard error: sanitizers' reports and GLib's complaints.
_COMPLAINTS = re.compile(
    r"ERROR: \w+Sanitizer|WARNING: ThreadSanitizer|runtime error:"
    r"|-(CRITICAL|WARNING) \*\*|\*\* ERROR")

# What was freed is held back by the sanitizer, which would look like growing where TLS takes and gives
# back buffers of its own all the time.
_HELD_BACK = ":quarantine_size_mb=8" if os.environ.get("WIRE_TLS") == "1" else ""

# English words; no system's bus, on which the tests' names would be made known in whatever network this
# computer is in; sanitizers that report all they see and do not linger at the end.
ENVIRONMENT = {
    "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent",
    "LC_ALL": "C.UTF-8",
    "ASAN_OPTIONS": "detect_leaks=1:detect_stack_use_after_return=1:abort_on_error=0"
                    + _HELD_BACK,
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
    "TSAN_OPTIONS": "atexit_sleep_ms=0:ignore_noninstrumented_modules=1",
}


def find_program():
    """PORCHLIGHTD, or the newest one built in this tree."""
    if "PORCHLIGHTD" in os.environ:
        return os.environ["PORCHLIGHTD"]
    built = sorted(ROOT.glob("build*/app/porchlightd"), key=lambda path: path.stat().st_mtime)
    assert built, "no porchlightd: set PORCHLIGHTD, or build it first"
    return str(built[-1])


def make_command(*arguments, place=lambda path: path):
    """What starts the program. WIRE_PRELOAD is for it alone: it may need what only the program is
    linked with. place: puts a file elsewhere, and says where."""
    library = os.environ.get("WIRE_PRELOAD")
    preload = ("env", f"LD_PRELOAD={place(library)}") if library else ()
    return (*preload, place(find_program()), *arguments)


def run_to_end(folder, *arguments, environment=None):
    """The program where it does not stay; folder: where it is started, and its user's settings are."""
    environment = {**os.environ, **ENVIRONMENT, "XDG_CONFIG_HOME": str(folder),
                   **(environment or {})}
    return subprocess.run(make_command(*map(str, arguments)), cwd=folder, env=environment, timeout=30,
                          capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


@functools.cache
def _claims():
    """One octet for each port: locked, it is of the tests whose process lives."""
    return open(pathlib.Path(tempfile.gettempdir(), f"porchlight-ports-{os.getuid()}"), "ab")


_claimed = set()


def _claim(port):
    """Whether nobody may take it before it is listened on: no test that runs beside these, nor, as who has a
    lock may have it again, this one, when it wants several."""
    if port in _claimed:
        return False
    try:
        fcntl.lockf(_claims(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, port)
    except OSError:
        return False
    _claimed.add(port)
    return True


def free_port():
    """A port nobody listens on, outside the range the kernel gives to outgoing connections."""
    while True:
        port = random.randrange(20000, 32000)
        if not _claim(port):
            continue
        with socket.socket() as four, socket.socket(socket.AF_INET6) as six:
            try:
                four.bind(("127.0.0.1", port))
                six.bind(("::1", port))
            except OSError:
                continue
        return port


class Daemon:
    """A running porchlightd. settings is the text of porchlight.ini without [log]; a line
    `port=PORT` in it is filled in."""

    def __init__(self, folder, settings, *, port=None, limits=None, arguments=(), environment=None,
                 max_descriptors=None, namespace=None, names=None, manager=None,
                 access_log=None):
        self.folder = pathlib.Path(folder)
        self.port = port or free_port()
        self.access_log = pathlib.Path(access_log or self.folder / "access.json")
        self.settings_file = self.folder / "porchlight.ini"
        self.write_settings(settings)
        self.stderr_lines = []
        self.stdout_lines = []
        self._judged = False
        self._process = subprocess.Popen(
            (*_enter(namespace), *(names.command if names else ()),
             *(manager.command if manager else ()),
             *make_command("--config", str(self.settings_file), *arguments)),
            env={**os.environ, **ENVIRONMENT, **_limits(limits),
                 **(manager.environment if manager else {}), **(environment or {})},
            pass_fds=manager.spares if manager else (),
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, errors="replace",
            preexec_fn=max_descriptors and (lambda: _limit_descriptors(max_descriptors)))
        self._readers = [
            self._collect(self._process.stderr, self.stderr_lines),
            self._collect(self._process.stdout, self.stdout_lines)]
        self._wait_until_ready()

    def write_settings(self, settings):
        log = f"\n[log]\naccess-log={self.access_log}\nformat=json\n"
        text = settings.replace("PORT", str(self.port))
        self.settings_file.write_text("\n".join(map(str.strip, text.split("\n"))) + log)

    def _collect(self, pipe, lines):
        def read():
            for line in pipe:
                lines.append(line.rstrip("\n"))

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread

    def _wait_until_ready(self):
        wait_until(lambda: self._says("listening on http") or self._process.poll() is not None,
                   "the ready line", 30)
        assert self._says("listening on http"), f"did not start: {self.stderr}"

    def _says(self, text):
        return any(text in line for line in self.stderr_lines)

    @property
    def pid(self):
        """The program's own: what PORCHLIGHTD names may stand in for it (tests/wine)."""
        return _find_stood_in_for(self.settings_file) or self._process.pid

    @property
    def stderr(self):
        return "\n".join(self.stderr_lines)

    def wait_for_stderr(self, text):
        wait_until(lambda: self._says(text), f"{text!r} in {self.stderr}")

    def records(self):
        """The access log: one dictionary per finished exchange. What is being written is not there yet."""
        if not self.access_log.exists():
            return []
        whole, _, _ = self.access_log.read_text().rpartition("\n")
        return [json.loads(line) for line in whole.splitlines()]

    def wait_for_records(self, count):
        wait_until(lambda: len(self.records()) >= count, f"{count} records in the log")
        return self.records()

    def reload(self, settings=None):
        """SIGHUP, after writing new settings if given; returns what the program says to it."""
        if settings is not None:
            self.write_settings(settings)
        seen = len(self.stderr_lines)

        def said():
            text = "\n".join(self.stderr_lines[seen:])
            return text if "are in use" in text or "nothing was changed" in text else None

        self._process.send_signal(signal.SIGHUP)
        return wait_until(said, "a word on the reload")

    def terminate(self):
        """SIGTERM, without waiting."""
        self._process.send_signal(signal.SIGTERM)

    def kill(self):
        """SIGKILL: there is nothing to be judged then."""
        self._judged = True
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_kb(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1])

    def count_descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))

    def count_pipes(self):
        """Those among them that are an end of a pipe."""
        return sum(link.startswith("pipe:") for link in self._read_links())

    def _read_links(self):
        folder = f"/proc/{self.pid}/fd"
        for name in os.listdir(folder):
            with contextlib.suppress(FileNotFoundError):  # closed since
                yield os.readlink(f"{folder}/{name}")

    def is_running(self):
        return self._process.poll() is None

    def wait(self, timeout_s=20):
        return self._process.wait(timeout_s)

    def finish(self):
        """Ends the program and judges it: exit status 0, nothing leaked, nothing complained of."""
        if self._judged:
            return
        self._judged = True
        if self.is_running():
            self.terminate()
        try:
            status = self.wait()
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"did not end after SIGTERM: {self.stderr}") from None
        for reader in self._readers:
            reader.join(TIMEOUT_S)
        assert not _COMPLAINTS.search(self.stderr), self.stderr
        assert status == 0, f"exit status {status}: {self.stderr}"


def _find_stood_in_for(settings_file):
    """The process of PORCHLIGHTD_EXE that has those settings; None where nothing is stood in for."""
    program = os.environ.get("PORCHLIGHTD_EXE")
    if program is None:
        return None
    wanted = [os.fsencode(part) for part in (program, "--config", settings_file)]
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cmdline").read_bytes().split(b"\0")[:3] == wanted:
                return int(folder.name)
        except OSError:
            pass  # it has just ended
    return None


def _limits(limits):
    if not limits:
        return {}
    return {"PORCHLIGHT_LIMITS": ",".join(f"{name}={value}" for name, value in limits.items())}


def _enter(namespace):
    return ("ip", "netns", "exec", namespace) if namespace else ()


def _limit_descriptors(count):
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, count))

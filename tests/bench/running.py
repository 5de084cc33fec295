# SPDX-License-Identifier: GPL-3.0-or-later

"""How proxies, and the upstream, are started for a measurement, and how it is known that they
answer."""

import http.client
import os
import random
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import certificate
import measure

# Descriptors a process may have: 10,000 idle clients need more than the 1,024 a shell gives.
FILES = 20000

TOOLS = Path(os.environ.get("BENCH_TOOLS", "build/tests/bench"))


@dataclass(frozen=True)
class Running:
    """A proxy, or the upstream, that answers."""

    port: int
    pid: int

    @property
    def pids(self):
        return measure.tree(self.pid)

    def cpu_ns(self):
        return measure.cpu_ns(self.pids)

    def memory_kb(self, *fields):
        return measure.memory_kb(self.pids, *fields)


@dataclass(frozen=True)
class Contestant:
    """A proxy that can be started. The words of @command may hold {config}, the name of a file with
    @config, {port} and {upstream}; @absent says what a table shows when the program is not there.
    Where it is @encrypted there is {folder}/certificate.pem, with its key."""

    name: str
    command: tuple
    config: str
    version_option: str = ""  # none: it has no versions
    absent: str = "not installed"
    is_ours: bool = False
    encrypted: bool = False
    bind: str = ""  # what its configuration says behind the port,
    tuning: str = ""  # of the whole program,
    option: str = ""  # of what it serves,
    rules: str = ""  # and of who may see what
    for_guests: bool = False  # shows what was shared by link alone
    only: tuple = ()  # the works it takes part in, if not in all

    def is_there(self):
        return shutil.which(self.command[0]) is not None

    def version(self):
        said = subprocess.run(
            [self.command[0], self.version_option], capture_output=True, text=True, check=False
        )
        return re.search(r"\d+\.\d+[\w.+-]*", said.stdout + said.stderr)[0]

    def takes_part(self, work):
        if (work.encrypted, work.for_guests) != (self.encrypted, self.for_guests):
            return False
        if work.is_ours_alone and not self.is_ours:
            return False
        return not self.only or work.name in self.only

    @contextmanager
    def run(self, upstream, workers=1):
        """Runs the proxy before the upstream, on the cores that are the proxy's."""
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            os.chmod(folder, 0o755)  # nginx's workers are another user when root starts it
            port = free_port()
            config = Path(folder, "config")
            values = {
                "folder": folder,
                "port": port,
                "upstream": upstream.port,
                "workers": workers,
                "files": FILES,
                "bind": self.bind.format(folder=folder),
                "tuning": self.tuning,
                "option": self.option.format(folder=folder),
                "rules": self.rules,
            }
            config.write_text(self.config.format(**values))
            if self.encrypted:
                write_certificate(folder)
            command = [word.format(config=config, **values) for word in self.command]
            cores = measure.CORES.split(workers)[0]
            with start(command, port, cores, self.encrypted) as proxy:
                yield proxy


def write_certificate(folder):
    file = os.open(Path(folder, "certificate.pem"), os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(file, "wb") as pem:
        pem.write(certificate.make_pem())


def free_port():
    """A port below those the kernel gives to clients, so that no connection can take it."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def make_client(port, encrypted):
    if not encrypted:
        return http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    context = ssl._create_unverified_context()
    return http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=context)


def answers(port, encrypted):
    client = make_client(port, encrypted)
    try:
        client.request("GET", "/bytes/2")
        return client.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def wait_until_it_answers(process, port, encrypted):
    """A port that is open is not enough: nginx opens it before it starts its workers."""
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        if answers(port, encrypted):
            return
        time.sleep(0.01)
    raise RuntimeError(f"{process.args[0]} does not answer on port {port}")


@contextmanager
def start(command, port, cores, encrypted=False):
    """Runs a program on some cores from when it answers on a port to the end of the block."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=said,
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
        )
        try:
            wait_until_it_answers(process, port, encrypted)
            yield Running(port, process.pid)
        except Exception:
            said.seek(0)
            sys.stderr.write(said.read()[-2000:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

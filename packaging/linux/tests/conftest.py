# SPDX-License-Identifier: GPL-3.0-or-later
"""The packages are tried in copies of small systems that have nothing of Porchlight."""

import contextlib
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PACKAGES = ROOT / "build-packages"

sys.path.insert(0, str(ROOT / "packaging/linux"))

import roots  # noqa: E402

ARCHITECTURES = os.environ.get("PORCHLIGHT_ARCHITECTURES", "amd64").split()


def find_package(pattern):
    """The newest file of that name; the test is left out where it is not made this time."""
    found = sorted(PACKAGES.glob(pattern), key=lambda path: path.stat().st_mtime)
    if not found:
        pytest.skip(f"{pattern} was not made")
    return found[-1]


def unpack(archive, place):
    subprocess.run(("tar", "-xf", archive, "-C", place), check=True)
    return next(pathlib.Path(place).glob("porchlight*"))


def free_port():
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as sock:
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.status, response.read()


@contextlib.contextmanager
def serving(command, port):
    """Runs what is to serve the demo at a port, and sees that it ends as it should."""
    program = subprocess.Popen((*command, "--demo", "--port", str(port)), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        began = time.monotonic()
        while "listening on" not in (line := program.stderr.readline()):
            assert program.poll() is None and time.monotonic() - began < 60, line
        yield program
    finally:
        program.terminate()
        program.communicate(timeout=60)


def chroot(root, *command):
    """A command that is the program itself, not a shell around it: signals are for that."""
    return ("chroot", str(root), "env", "-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", *command)


@pytest.fixture(scope="session")
def bare():
    """Debian 12 with nothing installed."""
    return roots.get_root("bare", "bookworm")


@pytest.fixture
def system(bare):
    """A copy of it, for one test."""
    with bare.copy() as root:
        yield root


@contextlib.contextmanager
def other_debian(name, suite):
    """A copy of another Debian; the test is left out where the mirror does not have that any more."""
    try:
        debian = roots.get_root(name, suite)
    except subprocess.CalledProcessError:
        pytest.skip(f"this computer's mirror has no {suite}")
    with debian.copy() as root:
        yield root


@pytest.fixture
def older():
    """Debian 11, whose libraries are too old for any of this."""
    with other_debian("older", "bullseye") as root:
        yield root


@pytest.fixture
def newer():
    """Debian 13, in which many libraries have packages of other names, as in Ubuntu since 24.04."""
    with other_debian("newer", "trixie") as root:
        yield root


@pytest.fixture
def smallest(tmp_path):
    """A system that is a busybox, and not even a C library."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "proc").mkdir()
    (tmp_path / "tmp").mkdir()
    shutil.copy("/bin/busybox", tmp_path / "bin/busybox")
    for name in ("sh", "dirname", "readlink", "env"):
        (tmp_path / "bin" / name).symlink_to("busybox")
    return roots.Root(tmp_path)

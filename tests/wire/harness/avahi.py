# SPDX-License-Identifier: GPL-3.0-or-later
"""Avahi as it is on a computer at home, in a network namespace: a bus of its own, and Debian's
avahi-daemon on it, which publishes names and asks for those of others."""

import contextlib
import os
import pathlib
import shutil
import subprocess

import pytest

from harness.stream import wait_until

# Where this system has them, they are not in everybody's PATH.
PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/bin"))

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow own="*"/><allow send_destination="*"/><allow receive_sender="*"/><allow user="*"/>
  </policy>
</busconfig>
"""

_SETTINGS = """[server]
host-name={host}
use-ipv4=yes
use-ipv6=yes
{server}
[publish]
{publish}
"""

# Avahi keeps the number of its one process in a folder: here each has a folder of its own.
_START = 'mkdir -p /run/avahi-daemon && mount -t tmpfs none /run/avahi-daemon && exec "$@"'


class Avahi:
    """Usage:

        with Avahi(folder, namespace, "nas") as avahi:
            wire.start(namespace=namespace, environment=avahi.environment)
            avahi.resolve("porchlight.local")
    """

    def __init__(self, folder, namespace, host, *, publish="", server=""):
        for name in ("dbus-daemon", "avahi-daemon", "avahi-resolve", "unshare"):
            if not shutil.which(name, path=PATH):
                pytest.skip(f"{name} is not installed")
        self._folder = pathlib.Path(folder) / host
        self._folder.mkdir()
        self._namespace = namespace
        socket = self._folder / "bus"
        self.environment = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={socket}"}
        (self._folder / "bus.conf").write_text(_BUS.format(path=socket))
        (self._folder / "avahi.conf").write_text(
            _SETTINGS.format(host=host, publish=publish, server=server))
        self._bus = self._avahi = None
        self._others = contextlib.ExitStack()

    def _run(self, command, **options):
        return subprocess.Popen(("ip", "netns", "exec", self._namespace, *command),
                                env={**os.environ, **self.environment, "PATH": PATH},
                                stdin=subprocess.DEVNULL, **options)

    def start_bus(self):
        self._bus = self._run(("dbus-daemon", f"--config-file={self._folder}/bus.conf", "--nofork",
                               "--nopidfile"))
        wait_until((self._folder / "bus").exists, "the bus")

    def start(self):
        with (self._folder / "avahi.log").open("ab") as log:
            self._avahi = self._run(
                ("unshare", "--mount", "sh", "-c", _START, "sh", "avahi-daemon", "--no-drop-root",
                 "--no-chroot", "--no-rlimits", "--file", self._folder / "avahi.conf"),
                stdout=log, stderr=log)
        wait_until(lambda: "Server startup complete" in self.log(), f"Avahi: {self.log()}", 30)

    def log(self):
        return (self._folder / "avahi.log").read_text()

    def stop(self):
        _end(self._avahi)
        (self._folder / "avahi.log").write_text("")

    def stop_bus(self):
        _end(self._bus)
        (self._folder / "bus").unlink(missing_ok=True)

    def resolve(self, name, family=4):
        """The address that a name leads to, as this computer sees it; None: to nobody."""
        asked = subprocess.run(
            ("ip", "netns", "exec", self._namespace, "avahi-resolve", f"-{family}", "-n", name),
            env={**os.environ, **self.environment, "PATH": PATH}, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=30, check=False)
        return asked.stdout.split()[1] if asked.stdout else None

    def services(self, kind):
        """Host and port of all services of that kind that are seen in the network."""
        asked = subprocess.run(
            ("ip", "netns", "exec", self._namespace, "avahi-browse", "-rpt", kind),
            env={**os.environ, **self.environment, "PATH": PATH}, capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=30, check=True)
        rows = (line.split(";") for line in asked.stdout.splitlines() if line.startswith("="))
        return {(row[6], int(row[8])) for row in rows}

    def claim(self, name, address):
        """Somebody on this computer publishes that name until this Avahi ends."""
        process = self._run(("avahi-publish", "-a", "-R", name, address), stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True)
        self._others.callback(_end, process)
        first = process.stdout.readline()
        assert "Established" in first, first

    def __enter__(self):
        self.start_bus()
        self.start()
        return self

    def __exit__(self, *_):
        self._others.close()
        _end(self._avahi)
        _end(self._bus)


def _end(process):
    if process is None:
        return
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

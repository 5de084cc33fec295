# SPDX-License-Identifier: GPL-3.0-or-later

"""The programs of the soak test: porchlightd, and the upstream behind it that comes and goes."""

import asyncio
import os
import pathlib
import signal
import socket
import sys

from harness import Daemon, free_port, wait_until

HERE = pathlib.Path(__file__).resolve().parent

SETTINGS = """
[listen]
port=PORT
exposure={exposure}
workers=2

[upstream immich]
urls=http://127.0.0.1:{upstream}
health-path=/api/server/ping
health-interval-s=1
response-timeout-s={response-timeout-s}

[route all]
path=/
upstream=immich
"""

# Four descriptors a client at most, so that the troubles alone exhaust them.
DESCRIPTORS = 4096


class Upstream:
    def __init__(self):
        self.port = free_port()
        self._process = None

    async def start(self):
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, HERE / "upstream.py", str(self.port), stdin=asyncio.subprocess.PIPE
        )
        await asyncio.to_thread(wait_until, self._answers, "the upstream")

    def _answers(self):
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def tell(self, mood):
        self._process.stdin.write(f"{mood}\n".encode())

    def kill(self):
        self._process.kill()

    async def end(self):
        self._process.kill()
        await self._process.wait()


class SoakDaemon(Daemon):
    def send_signal(self, number):
        os.kill(self.pid, number)

    def memory_kb(self):
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if "RssAnon" in line)


class House:
    """Both programs, the settings in force, and the clock that the daemon sees."""

    def __init__(self, folder, preload):
        self.folder = pathlib.Path(folder)
        self.access_log = str(self.folder / "access.json")
        self.settings = {
            "exposure": "computer",
            "response-timeout-s": 600,
            "access-log": self.access_log,
        }
        self.deaf = []  # (from, to): when the log could not be written
        self.clock = open(self.folder / "clock", "w+b", buffering=0)
        self.clock.write(bytes(8))
        self.clock.seek(0)
        self.upstream = Upstream()
        self._preload = preload
        self.daemon = None

    async def open(self):
        await self.upstream.start()
        self.daemon = SoakDaemon(
            self.folder, self._text(), max_descriptors=DESCRIPTORS,
            arguments=("--log-format", "json"), environment=self._environment(),
        )  # fmt: skip

    def _environment(self):
        if not self._preload:
            return {}
        sanitizer = "detect_leaks=1:verify_asan_link_order=0:quarantine_size_mb=16"
        return {
            "LD_PRELOAD": self._preload,
            "SOAK_CLOCK": str(self.folder / "clock"),
            "ASAN_OPTIONS": sanitizer,
        }

    def _text(self):
        return SETTINGS.format(upstream=self.upstream.port, **self.settings)

    async def reload(self):
        self.daemon.access_log = self.settings["access-log"]
        said = await asyncio.to_thread(self.daemon.reload, self._text())
        if "nothing was changed" in said:
            raise AssertionError(said)

    def records(self):
        self.daemon.access_log = pathlib.Path(self.access_log)
        return self.daemon.records()

    async def close(self):
        self.daemon.send_signal(signal.SIGCONT)
        await asyncio.to_thread(self.daemon.finish)
        await self.upstream.end()
        self.clock.close()

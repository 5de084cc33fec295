#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What silent WebSockets cost those who are served: idle.py [SILENT [SECONDS]]. PORCHLIGHTD answers 32 busy
connections alone and beside so many silent ones (2000), by turns; compared are the medians of requests a
second, and of the processor's time a request that the program itself took. Environment as for the wire
tests; PORCHLIGHT_REACTOR chooses the reactor."""

import asyncio
import gc
import os
import pathlib
import resource
import statistics
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "wire"))

from harness.daemon import Daemon  # noqa: E402

BUSY = 32
ROUNDS = 3
REQUEST = b"GET /api/assets HTTP/1.1\r\nHost: porch.test\r\n\r\n"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 512\r\n\r\n" + bytes(512)
UPGRADE = (b"GET /api/socket.io HTTP/1.1\r\nHost: porch.test\r\nConnection: Upgrade\r\n"
           b"Upgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
           b"Sec-WebSocket-Version: 13\r\n\r\n")
SWITCHED = (b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            b"Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n")
SETTINGS = """
[listen]
port=PORT
[upstream immich]
urls=http://127.0.0.1:{port}
health-interval-s=600
[route all]
path=/
upstream=immich
"""


async def serve(reader, writer):
    """An upstream that answers at once, or switches and is silent."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            writer.write(SWITCHED if b"websocket" in head else ANSWER)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def be_silent(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(UPGRADE)
    await reader.readuntil(b"\r\n\r\n")
    return writer


async def be_busy(port, until):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.monotonic() < until:
        writer.write(REQUEST)
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(512)
        count += 1
    writer.close()
    return count


async def measure(daemon, seconds):
    """Requests a second, and microseconds of the program's processor time for each."""
    before, until = daemon.cpu_seconds(), time.monotonic() + seconds
    count = sum(await asyncio.gather(*(be_busy(daemon.port, until) for _ in range(BUSY))))
    return count / seconds, (daemon.cpu_seconds() - before) / count * 1e6


async def be_quiet(daemon):
    """Until what was closed is forgotten: under Wine that takes a while."""
    before = -1.0
    while daemon.cpu_seconds() - before > 0.01:
        before = daemon.cpu_seconds()
        await asyncio.sleep(0.5)


async def open_silent(port, count):
    writers = []
    while len(writers) < count:
        some = min(20, count - len(writers))
        writers += await asyncio.gather(*(be_silent(port) for _ in range(some)))
    return writers


def median(figures, index):
    return statistics.median(figure[index] for figure in figures)


async def compare(folder, n_silent, seconds):
    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=1024)
    settings = SETTINGS.format(port=server.sockets[0].getsockname()[1])
    daemon = await asyncio.to_thread(Daemon, folder, settings)
    alone, beside = [], []
    await measure(daemon, seconds)
    for _ in range(ROUNDS):
        alone.append(await measure(daemon, seconds))
        writers = await open_silent(daemon.port, n_silent)
        await be_quiet(daemon)
        beside.append(await measure(daemon, seconds))
        for writer in writers:
            writer.close()
        await be_quiet(daemon)
        print("  {:.0f}/s, {:.0f} us alone; {:.0f}/s, {:.0f} us beside".format(
            *alone[-1], *beside[-1]), flush=True)
    for index, what in enumerate(("requests a second", "processor time a request")):
        ratio = median(beside, index) / median(alone, index)
        print(f"{what} beside {n_silent} silent ones: {ratio:.0%} of alone")
    await asyncio.to_thread(daemon.finish)


def main(n_silent="2000", seconds="5"):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(f"reactor: {os.environ.get('PORCHLIGHT_REACTOR', 'default')}")
    gc.disable()  # it would look through everything that is open here, and slow both sides
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(compare(folder, int(n_silent), float(seconds)))


if __name__ == "__main__":
    main(*sys.argv[1:])

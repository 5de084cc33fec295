#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What silent WebSockets cost those who are served: idle.py [SILENT [PAIRS]]. Two programs PORCHLIGHTD answer
32 busy connections by turns of a second, so that whatever else this computer does is the same for both: first
both alone, which tells how equal they are, then one of them beside so many silent connections (2000). Compared
are a request's processor time, under Wine with its server's, and requests a second, turn by turn: the
median of PAIRS (20) ratios. Environment as for the wire tests; PORCHLIGHT_REACTOR chooses the reactor."""

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
TURN_S = 1.0

# Above it, requests a second tell of other programs.
QUIET_LOAD = 1.5

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


def find_wineserver():
    """The one of this prefix: it has the sockets of programs under Wine. None where there is none."""
    mark = f"WINEPREFIX={os.environ.get('WINEPREFIX', '')}".encode()
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text().startswith("wineserver") \
                    and mark in (folder / "environ").read_bytes().split(b"\0"):
                return int(folder.name)
        except OSError:
            continue
    return None


def cpu_seconds(pid):
    """Of all its threads, by the scheduler's own count: ticks of a hundredth are too coarse for a turn."""
    tasks = pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9


class Program:
    """One of the two, and what a turn of it costs."""

    def __init__(self, folder, upstream_port):
        folder.mkdir()
        self.daemon = Daemon(folder, SETTINGS.format(port=upstream_port))
        self.pids = [self.daemon.pid, *filter(None, [find_wineserver()])]

    async def take_turn(self):
        """Requests a second, and microseconds of processor time for each."""
        before, start = sum(map(cpu_seconds, self.pids)), time.monotonic()
        count = sum(await asyncio.gather(
            *(be_busy(self.daemon.port, start + TURN_S) for _ in range(BUSY))))
        cpu = sum(map(cpu_seconds, self.pids)) - before
        return count / (time.monotonic() - start), cpu / count * 1e6


async def take_turns(one, other, n_pairs):
    """Returns the medians of what the other's turns are to the one's, rate and processor time. Who comes
    first changes, so that a slow change of everything favours nobody."""
    pairs = []
    for number in range(n_pairs):
        if number % 2:
            mine = await one.take_turn()
            yours = await other.take_turn()
        else:
            yours = await other.take_turn()
            mine = await one.take_turn()
        pairs.append((mine, yours))
    ratios = [[yours[index] / mine[index] for mine, yours in pairs] for index in (0, 1)]
    rate, cost = (statistics.median(mine[index] for mine, _ in pairs) for index in (0, 1))
    print(f"  {rate:.0f}/s and {cost:.0f} us a request; other's processor time: "
          + " ".join(f"{ratio:.0%}" for ratio in sorted(ratios[1])), flush=True)
    return [statistics.median(values) for values in ratios]


async def be_quiet(program):
    """Until what was opened is settled: under Wine that takes a while."""
    before = -1.0
    while (now := sum(map(cpu_seconds, program.pids))) - before > 0.01:
        before = now
        await asyncio.sleep(0.5)


async def open_silent(port, count):
    writers = []
    while len(writers) < count:
        some = min(20, count - len(writers))
        writers += await asyncio.gather(*(be_silent(port) for _ in range(some)))
    return writers


async def compare(folder, n_silent, n_pairs):
    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    one, other = [await asyncio.to_thread(Program, folder / name, port) for name in ("one", "other")]
    await take_turns(one, other, 2)
    alone = await take_turns(one, other, n_pairs)
    writers = await open_silent(other.daemon.port, n_silent)
    await be_quiet(other)
    beside = await take_turns(one, other, n_pairs)
    for index, what in enumerate(("requests a second", "processor time a request")):
        print(f"{what} beside {n_silent} silent ones: {beside[index] / alone[index]:.1%} of alone "
              f"({beside[index]:.1%}, before them {alone[index]:.1%})")
    for writer in writers:
        writer.close()
    for program in one, other:
        await asyncio.to_thread(program.daemon.finish)


def main(n_silent="2000", n_pairs="20"):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(f"reactor: {os.environ.get('PORCHLIGHT_REACTOR', 'default')}")
    if os.getloadavg()[0] > QUIET_LOAD:
        print("this computer is busy: believe the processor time alone")
    gc.disable()  # it would look through everything that is open here, and slow both sides
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(compare(pathlib.Path(folder), int(n_silent), int(n_pairs)))


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Immich of the soak test: `upstream.py PORT`. What it is told on standard input, a line each,
changes its mood:

    well     answers at once
    slow     thinks before each answer, and sends it in pieces
    stuck    takes requests and answers none until the mood changes
    half     ends its side in the middle of each answer, but goes on listening

It answers GET /thumb/N and /video/N (with ranges) with the octets of pattern.py, takes uploads and
says how many octets came and their SHA-1, and echoes what comes on an upgraded connection."""

import asyncio
import hashlib
import re
import sys

import pattern

SIZES = {"thumb": 20_000, "page": 900, "video": 20_000_000}
BLOCK = 64 * 1024

mood = "well"
mood_changed = asyncio.Condition()


async def follow_moods():
    global mood
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
    )
    while line := await reader.readline():
        async with mood_changed:
            mood = line.decode().strip()
            mood_changed.notify_all()
    sys.exit(0)


class Head:
    def __init__(self, octets):
        lines = octets.decode("latin-1").split("\r\n")
        self.method, self.target, _ = lines[0].split(" ")
        self.fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.fields[name.lower()] = value.strip()

    @property
    def is_upgrade(self):
        return "upgrade" in self.fields

    @property
    def has_body(self):
        return "content-length" in self.fields or "transfer-encoding" in self.fields


async def read_body(reader, head):
    """(octets, SHA-1) of a request's body."""
    digest, total = hashlib.sha1(), 0

    async def take(length):
        nonlocal total
        while length > 0:
            octets = await reader.readexactly(min(length, BLOCK))
            digest.update(octets)
            total += len(octets)
            length -= len(octets)

    if "content-length" in head.fields:
        await take(int(head.fields["content-length"]))
    elif head.has_body:
        while size := int(await reader.readline(), 16):
            await take(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
    return total, digest.hexdigest()


def answer_to(head, received):
    """(status line's end, further fields, length, function that yields octets from there)."""
    if head.target.startswith("/api/server/ping"):
        return "200 OK", [], *text(b'{"res":"pong"}')
    if head.has_body:
        return "201 Created", [], *text(b'{"bytes":%d,"sha1":"%s"}' % (received[0], received[1].encode()))
    found = re.match(r"/(thumb|page|video)/(\d+)", head.target)
    if not found:
        return "404 Not Found", [], *text(b"{}")
    whole, number = SIZES[found[1]], int(found[2])
    wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", head.fields.get("range", ""))
    if not wanted:
        return "200 OK", [], whole, lambda at, n: pattern.piece(number, at, n)
    first = int(wanted[1])
    last = min(int(wanted[2] or whole - 1), whole - 1)
    place = [f"Content-Range: bytes {first}-{last}/{whole}"]
    return "206 Partial Content", place, last - first + 1, (
        lambda at, n: pattern.piece(number, first + at, n)
    )


def text(octets):
    return len(octets), lambda at, n: octets[at : at + n]


async def send_answer(writer, status, fields, length, octets_at):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {length}", *fields, "", ""]
    writer.write("\r\n".join(lines).encode())
    end = length // 2 if mood == "half" else length
    for at in range(0, end, BLOCK):
        writer.write(octets_at(at, min(BLOCK, end - at)))
        await writer.drain()
        if mood == "slow":
            await asyncio.sleep(0.02)
    if end < length:
        writer.write_eof()
        return False
    return True


async def wait_for_the_mood():
    if mood == "slow":
        await asyncio.sleep(0.3)
    async with mood_changed:
        await mood_changed.wait_for(lambda: mood != "stuck")


async def echo(reader, writer):
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
    )
    while octets := await reader.read(BLOCK):
        writer.write(octets)
        await writer.drain()


async def serve_one(reader, writer):
    """One request; False at the connection's end."""
    head = Head((await reader.readuntil(b"\r\n\r\n"))[:-4])
    if head.is_upgrade:
        await echo(reader, writer)
        return False
    received = await read_body(reader, head)
    await wait_for_the_mood()
    return await send_answer(writer, *answer_to(head, received))


async def serve(reader, writer):
    try:
        while await serve_one(reader, writer):
            pass
        await reader.read()
    except (asyncio.IncompleteReadError, OSError):
        pass
    finally:
        writer.close()


async def main(port):
    server = await asyncio.start_server(serve, "127.0.0.1", port, backlog=1024)
    async with server:
        await follow_moods()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))

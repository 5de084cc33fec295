# SPDX-License-Identifier: GPL-3.0-or-later

"""The people of the soak test: each connects, does what a kind of client does, and books how every
request ended."""

import asyncio
import hashlib
import json
import re
import socket
import struct

import account
import pattern

PATIENCE_S = 60
BLOCK = 64 * 1024
VIDEO_BYTES = 20_000_000


class Ended(Exception):
    """The connection ended before the answer was whole."""


class Answer:
    def __init__(self, head):
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split(" ")[1])
        self.fields = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.fields[name.lower()] = value.strip()

    @property
    def length(self):
        return int(self.fields.get("content-length", 0))

    @property
    def closes(self):
        return self.fields.get("connection", "").lower() == "close"


class Connection:
    """One client's connection. Whoever leaves it in the middle resets it."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.is_open = True

    @classmethod
    async def open(cls, port, receive_buffer=None):
        sock = socket.socket()
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        sock.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
            return cls(*await asyncio.open_connection(sock=sock, limit=BLOCK))
        except BaseException:
            sock.close()
            raise

    def reset(self):
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.is_open = False
        self.writer.transport.abort()

    def close(self):
        self.is_open = False
        self.writer.close()

    def ask(self, method, target, *fields):
        lines = [f"{method} {target} HTTP/1.1", "Host: photos.lan", *fields, "", ""]
        self.writer.write("\r\n".join(lines).encode())

    async def read_answer(self):
        answer = Answer((await self.reader.readuntil(b"\r\n\r\n"))[:-4])
        if answer.closes:
            self.is_open = False
        return answer

    async def read_body(self, answer, check=None):
        """Reads it whole; @check(offset, octets) says whether they are right."""
        at, right = 0, True
        while at < answer.length:
            octets = await self.reader.read(min(BLOCK, answer.length - at))
            if not octets:
                raise Ended
            right = right and (check is None or check(at, octets))
            at += len(octets)
        return right


class People:
    """All who knock at @port, and the books of what they asked for."""

    def __init__(self, port, books, rng):
        self.port, self.books, self.rng = port, books, rng
        self.stops = asyncio.Event()

    async def live(self):
        """One person after another, until all are to stop."""
        kinds = [
            self.look_at_thumbnails, self.look_at_thumbnails, self.upload, self.upload_in_chunks,
            self.watch_video, self.talk, self.read_slowly, self.vanish_from_upload,
            self.vanish_from_download, self.end_own_side,
        ]  # fmt: skip
        while not self.stops.is_set():
            await self.be(self.rng.choice(kinds))
            await asyncio.sleep(self.rng.uniform(0, 0.05))

    async def be(self, kind):
        connection = None
        try:
            connection = await asyncio.wait_for(Connection.open(self.port), PATIENCE_S)
            await kind(connection)
        except OSError:
            await asyncio.sleep(0.2)
        finally:
            if connection and connection.is_open:
                connection.close()
            elif connection:
                connection.writer.close()

    async def book(self, kind, work):
        """Runs @work(entry), which returns an outcome and a status, and books what came of it."""
        entry = self.books.begin(kind)
        outcome, status = account.LOST, 0
        try:
            outcome, status = await asyncio.wait_for(work(entry), PATIENCE_S)
        except (Ended, asyncio.IncompleteReadError):
            outcome = account.CUT
        except TimeoutError:
            outcome = account.LOST
        except OSError:  # reset, or found to be so when the own side is ended
            outcome = account.RESET
        self.books.end(entry, outcome, status)
        return outcome

    async def take_answer(self, connection, entry, expected, check=None):
        """The outcome of an answer, whole: @expected status with octets that pass @check, or what
        the proxy said instead."""
        answer = await connection.read_answer()
        if answer.status != expected:
            await connection.read_body(answer)
            return f"answered {answer.status}", answer.status
        right = await connection.read_body(answer, check)
        return account.ANSWERED if right else account.WRONG, answer.status

    async def get(self, connection, kind, first=0, last=None):
        async def work(entry):
            place = [] if last is None else [f"Range: bytes={first}-{last}"]
            connection.ask("GET", f"/{kind}/{entry.number}?n={entry.number}", *place)
            return await self.take_answer(
                connection, entry, 200 if last is None else 206,
                lambda at, octets: octets == pattern.piece(entry.number, first + at, len(octets)),
            )  # fmt: skip

        return await self.book(kind, work)

    async def look_at_thumbnails(self, connection):
        for _ in range(self.rng.randint(1, 25)):
            outcome = await self.get(connection, self.rng.choice(("thumb", "thumb", "page")))
            if outcome != account.ANSWERED or not connection.is_open:
                return

    async def send_body(self, connection, entry, length, frame=lambda octets: octets):
        digest = hashlib.sha1()
        for at in range(0, length, BLOCK):
            octets = pattern.piece(entry.number, at, min(BLOCK, length - at))
            digest.update(octets)
            connection.writer.write(frame(octets))
            await connection.writer.drain()
        return digest.hexdigest()

    async def send_upload(self, connection, fields, frame, end):
        length = self.rng.randint(1, 3_000_000)

        async def work(entry):
            names = [field.format(length=length) for field in fields]
            connection.ask("POST", f"/api/assets?n={entry.number}", *names)
            sending = asyncio.ensure_future(self.send_body(connection, entry, length, frame))
            try:
                # An answer may come first (503, say): then there is no need to send the rest.
                answering = asyncio.ensure_future(connection.read_answer())
                await asyncio.wait({sending, answering}, return_when=asyncio.FIRST_COMPLETED)
                if sending.done() and not sending.exception():
                    connection.writer.write(end)
                answer = await answering
                body = bytearray()
                await connection.read_body(answer, lambda at, octets: body.extend(octets) or True)
                if answer.status != 201:
                    connection.is_open = False
                    return f"answered {answer.status}", answer.status
                said = json.loads(body)
                right = said == {"bytes": length, "sha1": await sending}
                return account.ANSWERED if right else account.WRONG, 201
            finally:
                sending.cancel()
                await asyncio.wait({sending})

        await self.book("upload", work)

    async def upload(self, connection):
        await self.send_upload(connection, ["Content-Length: {length}"], lambda octets: octets, b"")

    async def upload_in_chunks(self, connection):
        await self.send_upload(
            connection, ["Transfer-Encoding: chunked"],
            lambda octets: b"%x\r\n%b\r\n" % (len(octets), octets), b"0\r\n\r\n",
        )  # fmt: skip

    async def watch_video(self, connection):
        """Seeks: a range whole, then another; the last one is left in the middle."""
        for _ in range(self.rng.randint(1, 4)):
            first = self.rng.randrange(VIDEO_BYTES - 1)
            last = min(first + self.rng.randint(0, 2_000_000), VIDEO_BYTES - 1)
            if await self.get(connection, "video", first, last) != account.ANSWERED:
                return
        if connection.is_open:
            await self.leave_download(connection, "seek")

    async def talk(self, connection):
        """A WebSocket as far as a proxy can tell: an upgrade, then octets both ways."""

        async def work(entry):
            connection.ask("GET", f"/live?n={entry.number}", "Connection: Upgrade", "Upgrade: websocket")
            answer = await connection.read_answer()
            if answer.status != 101:
                await connection.read_body(answer)
                return f"answered {answer.status}", answer.status
            for turn in range(self.rng.randint(1, 20)):
                said = pattern.piece(entry.number, 16 * turn, self.rng.randint(1, 2000))
                connection.writer.write(said)
                if await connection.reader.readexactly(len(said)) != said:
                    return account.WRONG, 101
                await asyncio.sleep(self.rng.uniform(0, 0.3))
            return account.ANSWERED, 101

        await self.book("live", work)

    async def read_slowly(self, connection):
        connection.close()
        slow = await Connection.open(self.port, receive_buffer=8192)
        try:
            await self.get_slowly(slow)
        finally:
            slow.close()

    async def get_slowly(self, connection):
        async def work(entry):
            for letter in f"GET /thumb/{entry.number}?n={entry.number} HTTP/1.1\r\nHost: p\r\n\r\n":
                connection.writer.write(letter.encode())
                await asyncio.sleep(0.005)
            answer = await connection.read_answer()
            right, at = answer.status == 200, 0
            while at < answer.length:
                octets = await connection.reader.read(min(4096, answer.length - at))
                if not octets:
                    raise Ended
                right = right and octets == pattern.piece(entry.number, at, len(octets))
                at += len(octets)
                await asyncio.sleep(0.05)
            if answer.status != 200:
                return f"answered {answer.status}", answer.status
            return account.ANSWERED if right else account.WRONG, 200

        await self.book("slow", work)

    async def vanish_from_upload(self, connection):
        async def work(entry):
            connection.ask("POST", f"/api/assets?n={entry.number}", "Content-Length: 5000000")
            await self.send_body(connection, entry, self.rng.randint(0, 2_000_000))
            connection.reset()
            return account.LEFT, 0

        await self.book("upload", work)

    async def vanish_from_download(self, connection):
        await self.leave_download(connection, "vanishing")

    async def leave_download(self, connection, kind):
        async def work(entry):
            connection.ask("GET", f"/video/{entry.number}?n={entry.number}")
            answer = await connection.read_answer()
            if answer.status != 200:
                await connection.read_body(answer)
                return f"answered {answer.status}", answer.status
            await connection.reader.read(self.rng.randint(1, BLOCK))
            connection.reset()
            return account.LEFT, 0

        await self.book(kind, work)

    async def end_own_side(self, connection):
        """Asks, ends its own side as simple scripts do, and still gets its answer."""

        async def work(entry):
            connection.ask("GET", f"/thumb/{entry.number}?n={entry.number}")
            connection.writer.write_eof()
            return await self.take_answer(
                connection, entry, 200,
                lambda at, octets: octets == pattern.piece(entry.number, at, len(octets)),
            )  # fmt: skip

        await self.book("half-closed", work)
        connection.is_open = False


NUMBER = re.compile(r"[?&]n=(\d+)")


def number_of(target):
    """The number of the request whose address that is; None of any other's."""
    found = NUMBER.search(target)
    return int(found[1]) if found else None



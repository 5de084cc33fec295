# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that speaks HTTP/2 frame by frame, and says wrong things where it is told to."""

import dataclasses
import socket
import ssl

from hpack import Decoder, Encoder
from hyperframe.frame import (
    ContinuationFrame, DataFrame, Frame, GoAwayFrame, HeadersFrame, PingFrame, RstStreamFrame,
    SettingsFrame, WindowUpdateFrame)

from harness.client import HOST, Client
from harness.stream import TIMEOUT_S, octets

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
FRAME_HEAD_BYTES = 9
LARGEST_FRAME = 16384

# RFC 9113 §7.
NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR = 0, 1, 2
REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM = 7, 8, 11


def encrypt(port, sock=None):
    """A connection within TLS that agrees on HTTP/2, whoever vouches for the server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2", "http/1.1"])
    stream = context.wrap_socket(sock or socket.create_connection(("127.0.0.1", port), TIMEOUT_S))
    assert stream.selected_alpn_protocol() == "h2"
    return stream


@dataclasses.dataclass
class Http2Response:
    """What came on one stream so far."""

    status: int | None = None
    fields: list = dataclasses.field(default_factory=list)
    body: bytearray = dataclasses.field(default_factory=bytearray)
    trailers: list = dataclasses.field(default_factory=list)
    interim: list = dataclasses.field(default_factory=list)
    reset: int | None = None
    has_ended: bool = False

    def get(self, name):
        return dict(self.fields).get(name)

    def take(self, fields):
        status = dict(fields).get(":status")
        rest = [field for field in fields if field[0] != ":status"]
        if status is None:
            self.trailers = rest
        elif int(status) < 200:
            self.interim.append((int(status), rest))
        else:
            self.status, self.fields = int(status), rest


class Http2Client(Client):
    """Acknowledges settings and pings, and makes room for what comes, unless told not to."""

    def __init__(self, port, settings=None, makes_room=True, answers_pings=True, **options):
        super().__init__(port, name="http2 client", **options)
        self.recording = False
        self.encoder, self.decoder = Encoder(), Decoder()
        self.decoder.max_header_list_size = 1 << 20
        self.makes_room = makes_room
        self.answers_pings = answers_pings
        self.responses = {}
        self.settings = {}
        self.goaway = None
        self.frames = []
        self.room = {0: 65535}
        self._next_id = 1
        self._block, self._block_ends = b"", False
        self.send(PREFACE)
        self.send_frame(SettingsFrame(0, settings=settings or {}))

    def send_frame(self, *frames):
        self.send(b"".join(frame.serialize() for frame in frames))

    # Asking

    def open_stream(self):
        stream, self._next_id = self._next_id, self._next_id + 2
        self.responses[stream] = Http2Response()
        return stream

    def encode(self, method, target, *fields, authority=HOST, scheme="http"):
        pseudo = [(":method", method), (":scheme", scheme), (":authority", authority),
                  (":path", target)]
        return self.encoder.encode([*pseudo, *fields])

    def send_block(self, stream, block, *, end=True):
        """A header block, in as many frames as it needs."""
        pieces = [block[at : at + LARGEST_FRAME] for at in range(0, len(block), LARGEST_FRAME)]
        frames = [HeadersFrame(stream, pieces[0])]
        frames += [ContinuationFrame(stream, piece) for piece in pieces[1:]]
        frames[-1].flags.add("END_HEADERS")
        if end:
            frames[0].flags.add("END_STREAM")
        self.send_frame(*frames)

    def ask2(self, method, target, *fields, body=None, end=True, **options):
        """Sends a request; returns its stream. With end=False its body may go on."""
        stream = self.open_stream()
        self.send_block(stream, self.encode(method, target, *fields, **options),
                        end=end and body is None)
        if body is not None:
            self.send_data(stream, body, end=end)
        return stream

    def send_data(self, stream, data, *, end=True):
        """Octets of a body, as many at a time as there is room for."""
        data = octets(data)
        first = True
        while data or first:
            first = False
            size = min(len(data), LARGEST_FRAME, self.room_for(stream))
            while data and size == 0:
                if self.responses[stream].has_ended or self.responses[stream].reset is not None:
                    return
                self.read_frame()
                size = min(len(data), LARGEST_FRAME, self.room_for(stream))
            frame = DataFrame(stream, data[:size])
            data = data[size:]
            if end and not data:
                frame.flags.add("END_STREAM")
            self.room[0] -= size
            self.room[stream] = self.room.get(stream, self.initial_room) - size
            self.send_frame(frame)

    @property
    def initial_room(self):
        return self.settings.get(SettingsFrame.INITIAL_WINDOW_SIZE, 65535)

    def room_for(self, stream):
        return min(self.room[0], self.room.get(stream, self.initial_room))

    def send_trailers(self, stream, *fields):
        frame = HeadersFrame(stream, self.encoder.encode(fields))
        frame.flags |= {"END_HEADERS", "END_STREAM"}
        self.send_frame(frame)

    def reset_stream(self, stream, code=CANCEL):
        self.send_frame(RstStreamFrame(stream, code))

    # Hearing

    def read_frame(self):
        """The next frame, whose meaning is taken in."""
        head = self.read_exact(FRAME_HEAD_BYTES)
        frame, length = Frame.parse_frame_header(memoryview(head))
        frame.parse_body(memoryview(self.read_exact(length)))
        self.frames.append(frame)
        self._note(frame)
        return frame

    def _note(self, frame):
        if isinstance(frame, SettingsFrame) and "ACK" not in frame.flags:
            self.settings.update(frame.settings)
            self.send_frame(SettingsFrame(0, flags=["ACK"]))
        elif isinstance(frame, PingFrame) and "ACK" not in frame.flags and self.answers_pings:
            self.send_frame(PingFrame(0, frame.opaque_data, flags=["ACK"]))
        elif isinstance(frame, WindowUpdateFrame):
            room = self.room.get(frame.stream_id, self.initial_room)
            self.room[frame.stream_id] = room + frame.window_increment
        elif isinstance(frame, GoAwayFrame):
            self.goaway = frame
        elif frame.stream_id in self.responses:
            self._note_of_stream(frame, self.responses[frame.stream_id])

    def _note_of_stream(self, frame, response):
        if isinstance(frame, RstStreamFrame):
            response.reset = frame.error_code
        elif isinstance(frame, DataFrame):
            response.body += frame.data
            response.has_ended |= "END_STREAM" in frame.flags
            if self.makes_room and frame.flow_controlled_length:
                self.make_room(0, frame.flow_controlled_length)
                self.make_room(frame.stream_id, frame.flow_controlled_length)
        elif isinstance(frame, (HeadersFrame, ContinuationFrame)):
            self._take_block(frame, response)

    def _take_block(self, frame, response):
        self._block += frame.data
        self._block_ends |= "END_STREAM" in frame.flags
        if "END_HEADERS" in frame.flags:
            response.take(self.decoder.decode(self._block))
            response.has_ended = self._block_ends
            self._block, self._block_ends = b"", False

    def make_room(self, stream, size):
        self.send_frame(WindowUpdateFrame(stream, window_increment=size))

    def read_until_seen(self, condition):
        while not condition():
            self.read_frame()

    def answer_to(self, stream):
        """The response on a stream, when it has ended or was reset."""
        response = self.responses[stream]
        self.read_until_seen(lambda: response.has_ended or response.reset is not None)
        return response

    def request2(self, method, target, *fields, **options):
        return self.answer_to(self.ask2(method, target, *fields, **options))

    def goodbye(self):
        """Reads until the connection is ended; what its GOAWAY said."""
        try:
            while True:
                self.read_frame()
        except AssertionError:
            return self.goaway

# SPDX-License-Identifier: GPL-3.0-or-later
"""A film that browsers play, as small as one can be: WebM (RFC 9559) whose every picture is the same key frame of VP8, 16 by 16 dots
of blue. What players pass over makes it large, so that they ask for what comes later only when they are sent there."""

import struct

PICTURE = bytes.fromhex("7001009d012a100010000cc0ce25a0027401400000feda26957abcca6d2208000000")
PICTURES_A_SECOND = 10
SECOND_BYTES = 500_000


def _element(identity, *parts):
    """Its length takes eight octets, whatever it is."""
    body = b"".join(part.encode() if isinstance(part, str) else part for part in parts)
    return bytes.fromhex(identity) + (1 << 56 | len(body)).to_bytes(8, "big") + body


def _number(identity, value):
    return _element(identity, value.to_bytes(8, "big"))


def _make_start(seconds):
    information = _element("1549a966", _number("2ad7b1", 1_000_000), _element("4489", struct.pack(">d", seconds * 1000)),
                           _element("4d80", "tests"), _element("5741", "tests"))
    track = _element("ae", _number("d7", 1), _number("73c5", 1), _number("83", 1), _element("86", "V_VP8"),
                     _element("e0", _number("b0", 16), _number("ba", 16)))
    return information + _element("1654ae6b", track)


def _make_second(number):
    step_ms = 1000 // PICTURES_A_SECOND
    pictures = [_element("a3", struct.pack(">BhB", 0x81, picture * step_ms, 0x80), PICTURE) for picture in range(PICTURES_A_SECOND)]
    return _element("1f43b675", _number("e7", number * 1000), *pictures, _element("ec", bytes(SECOND_BYTES)))


def _make_index(places):
    return _element("1c53bb6b", *[
        _element("bb", _number("b3", number * 1000), _element("b7", _number("f7", 1), _number("f1", place)))
        for number, place in enumerate(places)])


def make_film(seconds):
    start, every = _make_start(seconds), [_make_second(number) for number in range(seconds)]
    first = len(start) + len(_make_index([0] * seconds))
    index = _make_index([first + number * len(every[0]) for number in range(seconds)])
    head = _element("1a45dfa3", _number("4286", 1), _number("42f7", 1), _number("42f2", 4), _number("42f3", 8),
                    _element("4282", "webm"), _number("4287", 2), _number("4285", 2))
    return head + _element("18538067", start, index, *every)

# SPDX-License-Identifier: GPL-3.0-or-later

"""What bodies are made of: octets that say whose they are and where, so that one from another request,
or from another place of the same, is noticed."""

WORD = 16


def piece(number, offset, length):
    """@length octets from @offset on of the endless body of request @number."""
    first = offset // WORD
    last = (offset + length + WORD - 1) // WORD
    text = b"".join(b"%07d.%08d" % (number, word) for word in range(first, last))
    return text[offset - first * WORD :][:length]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what a program or a library of Windows (PE32+) says of itself.

Of the format only what is needed: https://learn.microsoft.com/windows/win32/debug/pe-format"""

import struct

IMPORTS, DELAYED_IMPORTS = 1, 13


class PeError(Exception):
    """Not a 64-bit program or library of Windows."""


class Image:
    """A file of 64-bit Windows."""

    def __init__(self, path):
        self.path = path
        self.data = path.read_bytes()
        (header,) = self._unpack("<I", 0x3C) if self.data[:2] == b"MZ" else (0,)
        if not header or self.data[header : header + 4] != b"PE\0\0":
            raise PeError(f"{path} is no program of Windows")
        (sections,) = self._unpack("<H", header + 6)
        (optional_size,) = self._unpack("<H", header + 20)
        self.optional = header + 24
        if self._unpack("<H", self.optional) != (0x20B,):
            raise PeError(f"{path} is not for 64 bits")
        start = self.optional + optional_size
        self.sections = [self._section(start + 40 * number) for number in range(sections)]

    def _unpack(self, format, offset):
        return struct.unpack_from(format, self.data, offset)

    def _section(self, offset):
        """Where it is in memory, how long it is there, and where in the file."""
        virtual_size, address, raw_size, raw = self._unpack("<IIII", offset + 8)
        return address, max(virtual_size, raw_size), raw

    def _offset(self, address):
        for start, size, raw in self.sections:
            if start <= address < start + size:
                return raw + address - start
        raise PeError(f"{self.path}: address {address:#x} is in no section")

    def _directory(self, number):
        address, _size = self._unpack("<II", self.optional + 112 + 8 * number)
        return self._offset(address) if address else None

    def _names(self, directory, entry_size, name_at):
        offset = self._directory(directory)
        while offset is not None:
            (address,) = self._unpack("<I", offset + name_at)
            if not address:
                return
            start = self._offset(address)
            yield self.data[start : self.data.index(b"\0", start)].decode("ascii")
            offset += entry_size

    def imports(self):
        """The names of the libraries it cannot start without, or asks for later."""
        return [*self._names(IMPORTS, 20, 12), *self._names(DELAYED_IMPORTS, 32, 4)]

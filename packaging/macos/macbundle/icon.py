# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon of the bundle: an .icns is a row of PNGs, each behind a name for its size and its length."""

import struct
import subprocess

# By the side in pixels; those named twice are for screens with two pixels a point.
SIZES = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"icp6": 64, b"ic12": 64, b"ic07": 128, b"ic08": 256, b"ic13": 256,
    b"ic09": 512, b"ic14": 512, b"ic10": 1024,
}


def icns_of(pictures):
    """pictures: PNGs by their side in pixels, one for each size."""
    entries = b"".join(
        name + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
        for name, size in SIZES.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def draw(svg, size):
    return subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), str(svg)], check=True,
                          capture_output=True).stdout


def icns_from(svg):
    return icns_of({size: draw(svg, size) for size in sorted(set(SIZES.values()))})

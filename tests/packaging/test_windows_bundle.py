# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes into the zip for Windows: packaging/windows/bundler."""

import configparser
import os
import struct
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = ROOT / "resources/windows"
sys.path.insert(0, str(ROOT / "packaging/windows"))

from bundler import archive, libraries, materials, pe  # noqa: E402
from scripts import load  # noqa: E402

bundle = load(ROOT / "packaging/windows/bundle")
pictures = load(WINDOWS / "make-pictures")

ADDRESS, RAW = 0x1000, 0x200


def program(path, imports, delayed=()):
    """Writes the least that Windows would call a program which asks for these libraries."""
    tables, names = [], b""
    start = 20 * (len(imports) + 1) + 32 * (len(delayed) + 1)
    for name in (*imports, *delayed):
        tables.append(ADDRESS + start + len(names))
        names += name.encode() + b"\0"
    body = b"".join(struct.pack("<12xII", address, 1) for address in tables[: len(imports)])
    body += bytes(20)
    delayed_at = ADDRESS + len(body)
    body += b"".join(struct.pack("<4xI24x", address) for address in tables[len(imports) :]) + bytes(32)
    optional = bytearray(112 + 16 * 8)
    struct.pack_into("<H", optional, 0, 0x20B)
    struct.pack_into("<II", optional, 112 + 8 * pe.IMPORTS, ADDRESS, 20)
    struct.pack_into("<II", optional, 112 + 8 * pe.DELAYED_IMPORTS, delayed_at, 32)
    content = body + names
    head = b"MZ" + bytes(0x3A) + struct.pack("<I", 0x40) + b"PE\0\0"
    head += struct.pack("<HHIIIHH", 0x8664, 1, 7, 0, 0, len(optional), 0) + optional
    head += struct.pack("<8sIIII16x", b".idata", len(content), ADDRESS, len(content), RAW)
    path.write_bytes(head.ljust(RAW, b"\0") + content)
    return path


def test_imports_are_read(tmp_path):
    image = pe.Image(program(tmp_path / "a.exe", ["KERNEL32.dll", "libx.dll"], ["late.dll"]))
    assert image.imports() == ["KERNEL32.dll", "libx.dll", "late.dll"]


def test_what_is_no_program_is_named(tmp_path):
    (tmp_path / "a.exe").write_text("#!/bin/sh")
    with pytest.raises(pe.PeError, match="no program of Windows"):
        pe.Image(tmp_path / "a.exe")


def test_libraries_of_libraries_are_needed(tmp_path):
    for name, imports in (("libX.dll", ["liby.dll", "msvcrt.dll"]), ("liby.dll", ["libx.dll"]),
                          ("unused.dll", [])):  # fmt: skip
        program(tmp_path / name, imports)
    asking = program(tmp_path / "a.exe", ["LIBX.DLL", "ucrtbase.dll", "api-ms-win-crt-heap-l1-1-0.dll"])
    assert [path.name for path in libraries.needed_by([asking], [tmp_path])] == ["libX.dll", "liby.dll"]


def test_a_library_that_is_nowhere_ends_it(tmp_path):
    asking = program(tmp_path / "a.exe", ["libz.dll"])
    with pytest.raises(libraries.MissingLibrary, match="a.exe asks for libz.dll"):
        libraries.needed_by([asking], [tmp_path])


def test_a_zip_knows_nothing_of_when_it_was_made(tmp_path):
    zips = []
    for number, when in enumerate((1_000_000_000, 1_700_000_000)):
        folder = tmp_path / str(number) / "Porchlight"
        folder.mkdir(parents=True)
        for name in ("b", "a") if number else ("a", "b"):
            (folder / name).write_text(name)
            os.utime(folder / name, (when, when))
        (folder / "a").chmod(0o600 if number else 0o755)
        zips.append(tmp_path / f"{number}.zip")
        assert archive.write(folder, zips[-1], 1_600_000_001) == 2
    assert zips[0].read_bytes() == zips[1].read_bytes()


def test_the_names_of_icons_are_found_in_the_sources(tmp_path):
    (tmp_path / "a.ui").write_text('<property name="icon-name">edit-find-symbolic</property>')
    (tmp_path / "a.c").write_text('"go-up-symbolic"')
    (tmp_path / "a.txt").write_text("go-down-symbolic")
    names = pictures.names_in(pictures.sources_in([tmp_path]))
    assert {"edit-find-symbolic", "go-up-symbolic"} <= names and "go-down-symbolic" not in names


def test_what_gtk_shows_by_itself_is_taken_from_the_theme(tmp_path):
    pictures.take_from_theme(Path("/usr/share/icons/Adwaita"), pictures.NAMES_OF_GTK, tmp_path)
    for size in pictures.SYMBOLIC_SIZES:
        found = {path.name.removesuffix(".symbolic.png") for path in (tmp_path / f"{size}x{size}").iterdir()}
        assert found == pictures.NAMES_OF_GTK


def test_the_theme_has_a_folder_for_each_size():
    theme = configparser.ConfigParser()
    theme.read(WINDOWS / "index.theme", "utf-8")
    folders = theme["Icon Theme"]["Directories"].split(",")
    sizes = {*pictures.COLOUR_SIZES, *pictures.SYMBOLIC_SIZES}
    assert {f"{size}x{size}" for size in sizes} == {name for name in folders if "/" not in name}
    assert set(folders) == set(theme.sections()) - {"Icon Theme"}
    # GTK ends the program where it finds no picture for one that is missing.
    assert "16x16/status" in folders
    assert all(theme[name]["Size"] == name.partition("x")[0] for name in folders)


def test_no_file_is_deeper_than_windows_unpacks(tmp_path):
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / ("x" * 39)).touch()
    bundle.check_lengths(tmp_path)
    (tmp_path / "share" / ("x" * 40)).touch()
    with pytest.raises(bundle.TooLong, match="has 46 characters; 45 are allowed"):
        bundle.check_lengths(tmp_path)


def test_the_bill_tells_of_missing_patches_and_is_the_same_each_time(tmp_path):
    (tmp_path / "a.dll").write_bytes(b"a")
    made = materials.Material("made", "1.0-1", "MIT", "pkg:deb/debian/made@1.0-1", [],
                              {"made.tar": "00"}, ["made.debian.tar.xz"], ["our.patch"])  # fmt: skip
    bill = materials.bill([made], tmp_path, "0.1.0", 1_600_000_001)
    assert bill == materials.bill([made], tmp_path, "0.1.0", 1_600_000_001)
    properties = [(item["name"], item["value"]) for item in bill["components"][0]["properties"]]
    assert ("porchlight:debian-patches-missing", "made.debian.tar.xz") in properties
    assert bill["components"][1]["name"] == "a.dll"
    assert bill["metadata"]["timestamp"] == "2020-09-13T12:26:41Z"

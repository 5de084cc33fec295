# SPDX-License-Identifier: GPL-3.0-or-later
"""What of the bundle for macOS needs no Mac: its Info.plist, its icon, and the walk over libraries."""

import plistlib
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "packaging/macos"))

from macbundle import icon, info, libraries  # noqa: E402

PNG = b"\x89PNG\r\n\x1a\n"


def test_info_plist_names_what_is_there():
    plist = plistlib.loads(info.info_plist("1.2.3", ["de", "he"]))

    assert plist["CFBundleIdentifier"] == "app.porchlight.Porchlight"
    assert (plist["CFBundleShortVersionString"], plist["CFBundleVersion"]) == ("1.2.3", "1.2.3")
    assert plist["CFBundleLocalizations"] == ["en", "de", "he"]
    assert plist["CFBundleExecutable"].endswith("Porchlight")
    assert (SOURCE / f"resources/{plist['CFBundleIdentifier']}.desktop").exists()


def test_the_launcher_starts_what_is_put_into_the_bundle():
    launcher = (SOURCE / "packaging/macos/launcher.sh").read_text("utf-8")
    package = (SOURCE / "packaging/macos/package").read_text("utf-8")

    for name in ("porchlight-window", "gdk-pixbuf-query-loaders"):
        assert f"$macos/{name}" in launcher
        assert f"MacOS/{name}" in package
    assert f'$macos/{info.EXECUTABLE}"' in launcher
    subprocess.run(["sh", "-n", str(SOURCE / "packaging/macos/launcher.sh")], check=True)


def entries_of(icns):
    """Names and contents; the lengths have to come out even."""
    assert icns[:4] == b"icns" and struct.unpack(">I", icns[4:8])[0] == len(icns)
    at, entries = 8, {}
    while at < len(icns):
        length = struct.unpack(">I", icns[at + 4:at + 8])[0]
        entries[icns[at:at + 4]] = icns[at + 8:at + length]
        at += length
    return entries


def side_of(png):
    assert png.startswith(PNG)
    return struct.unpack(">II", png[16:24])


@pytest.mark.skipif(not shutil.which("rsvg-convert"), reason="rsvg-convert is not there")
def test_the_icon_has_each_size(tmp_path):
    icns = icon.icns_from(SOURCE / "resources/icons/hicolor/scalable/apps/app.porchlight.Porchlight.svg")
    entries = entries_of(icns)

    assert {name: side_of(png) for name, png in entries.items()} == {
        name: (size, size) for name, size in icon.SIZES.items()}
    if shutil.which("icns2png"):
        (tmp_path / "icon.icns").write_bytes(icns)
        listed = subprocess.run(["icns2png", "-l", "icon.icns"], cwd=tmp_path, check=True,
                                capture_output=True, text=True).stdout
        for name in ("ic07", "ic08", "ic09", "ic10"):
            assert name in listed


OTOOL = """\
{file}:
\t/opt/homebrew/opt/glib/lib/libglib-2.0.0.dylib (compatibility version 8001.0.0, current version 8001.0.0)
\t@rpath/libsoup-3.0.0.dylib (compatibility version 0.0.0, current version 0.0.0)
\t/usr/lib/libSystem.B.dylib (compatibility version 1.0.0, current version 1345.0.0)
\t/System/Library/Frameworks/Cocoa.framework/Versions/A/Cocoa (compatibility version 1.0.0, current version 24.0.0)
"""


def test_names_are_read_from_what_otool_says():
    assert libraries.names_in(OTOOL.format(file="/a/porchlight")) == [
        "/opt/homebrew/opt/glib/lib/libglib-2.0.0.dylib",
        "@rpath/libsoup-3.0.0.dylib",
        "/usr/lib/libSystem.B.dylib",
        "/System/Library/Frameworks/Cocoa.framework/Versions/A/Cocoa",
    ]


@pytest.fixture
def brew(tmp_path):
    """Homebrew's ways: a file in the cellar, and a link to it where others look."""
    (tmp_path / "cellar").mkdir()
    (tmp_path / "lib").mkdir()
    for name in ("libglib.dylib", "libintl.dylib", "libsoup.dylib"):
        (tmp_path / "cellar" / name).touch()
        (tmp_path / "lib" / name).symlink_to(tmp_path / "cellar" / name)
    (tmp_path / "porchlight").touch()
    return tmp_path


def walk(brew, needs):
    def list_names(file):
        lines = [f"\t{name} (compatibility version 1.0.0, current version 1.0.0)"
                 for name in needs.get(file.name, [])]
        return "\n".join([f"{file}:", *lines, ""])

    return libraries.walk([brew / "porchlight"], [brew / "lib"], list_names)


def test_what_libraries_need_is_found_by_whatever_name(brew):
    found = walk(brew, {
        "porchlight": [f"{brew}/lib/libglib.dylib", "@rpath/libsoup.dylib", "/usr/lib/libz.1.dylib"],
        "libsoup.dylib": [f"{brew}/lib/libsoup.dylib", "@loader_path/libglib.dylib"],
        "libglib.dylib": [f"{brew}/cellar/libintl.dylib"],
    })

    assert {file.name for file in found} == {
        "porchlight", "libglib.dylib", "libsoup.dylib", "libintl.dylib"}
    assert all(file.parent.name != "lib" for file in found)
    soup = found[brew / "cellar/libsoup.dylib"]
    assert libraries.changes_of(soup) == [
        "-change", "@loader_path/libglib.dylib", "@executable_path/../Frameworks/libglib.dylib"]


def test_a_library_that_is_nowhere_is_named(brew):
    with pytest.raises(SystemExit, match="libnone.dylib"):
        walk(brew, {"porchlight": ["@rpath/libnone.dylib"]})

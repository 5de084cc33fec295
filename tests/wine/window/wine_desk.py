# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows desktop for tests: a folder of Wine's that is this test's own, and the program unzipped into
it. Windows has no accessibility bus: what is asked of the window is typed, and what comes of it is seen in
the settings file, on the wire and in the clipboard."""

import atexit
import functools
import gettext
import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import time
import zipfile

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

from desk.program import WithSettings, enter  # noqa: E402
from desk.session import Session  # noqa: E402
from harness import wait_until  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
COMPILER = "x86_64-w64-mingw32-gcc"

# Wine's own fonts have no letters of Hebrew, which Windows' have.
FONT_FILES = {"DejaVu Sans": "DejaVuSans.ttf", "DejaVu Sans Bold": "DejaVuSans-Bold.ttf"}
FONTS = pathlib.Path("/usr/share/fonts/truetype/dejavu")
FONTS_KEY = r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\Fonts"

# The font that Windows has for messages, which GTK takes, as a LOGFONTW: 9 points.
METRICS_KEY = r"HKCU\Control Panel\Desktop\WindowMetrics"
MESSAGE_FONT = struct.pack("<5l8x64s", -12, 0, 0, 0, 400, "DejaVu Sans".encode("utf-16-le")).hex()

LAYOUTS_KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\Keyboard Layouts"

# Whoever has such a folder is not to notice.
FOLDER_NAME = "Früchte & Co"

PROGRAM = "Porchlight.exe"

# Under Wine everything takes longer, most of all the first time.
PATIENCE_S = 30


def find_bundle():
    """The folder that is in the zip BUNDLE, or in a folder of that name; None where nobody says."""
    bundle = os.environ.get("BUNDLE")
    if not bundle:
        return None
    if bundle.endswith(".zip"):
        bundle = _extract(bundle)
    found = sorted(pathlib.Path(bundle).rglob(PROGRAM))
    return found[0].parent.resolve() if found else None


@functools.cache
def _extract(bundle):
    """Once for all tests; returns the folder, which is gone with them."""
    folder = tempfile.mkdtemp(prefix="porchlight-bundle-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    zipfile.ZipFile(bundle).extractall(folder)
    return folder


def compile_for_windows(source, target, *options):
    """A file of this folder."""
    subprocess.run((COMPILER, "-O2", *options, "-o", str(target), str(HERE / source)), check=True)


class Windows(Session):
    """A display with a window manager, as for Linux, and Windows on it. All of it is in a network
    namespace, where the server of Wine is started, too: it has all sockets."""

    def __init__(self, namespace=None, size=(1280, 900)):
        self.namespace = namespace
        super().__init__(size)
        try:
            self._make_windows()
        except BaseException:
            self.finish()
            raise

    def _make_windows(self):
        self.prefix = self.folder / "windows"
        self.windows_environment = {
            **self.environment, "WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all",
            # No web browser, no .NET: neither is asked for. GTK finds tablets by a library whose window, with
            # Wine's, says no to the end of a session.
            "WINEDLLOVERRIDES": "mscoree,mshtml,wintab32="}
        # Those are of Linux, and would be believed.
        for name in ("DBUS_SESSION_BUS_ADDRESS", "GDK_BACKEND", "XDG_RUNTIME_DIR", "TZ"):
            self.windows_environment.pop(name, None)
        for name in [name for name in self.windows_environment if name.startswith("XDG_")]:
            self.windows_environment.pop(name)
        self.wine("wineboot", "--init")
        self._add_fonts()
        self._add_keyboard()

    def _add_fonts(self):
        fonts = self.prefix / "drive_c/windows/Fonts"
        for name, file in FONT_FILES.items():
            shutil.copy(FONTS / file, fonts)
            self.wine("reg", "add", FONTS_KEY, "/v", f"{name} (TrueType)", "/d", file, "/f")
        self.wine("reg", "add", METRICS_KEY, "/v", "MessageFont", "/t", "REG_BINARY", "/d", MESSAGE_FONT,
                  "/f")

    def _add_keyboard(self):
        library = self.prefix / "drive_c/windows/system32/kbdus.dll"
        compile_for_windows("keyboard_windows.c", library, "-shared")
        self.wine("reg", "add", rf"{LAYOUTS_KEY}\00000409", "/v", "Layout File", "/d", library.name,
                  "/f")

    def wine(self, *command, timeout_s=120):
        """Runs a program of Windows to its end; returns what it said, and how it ended."""
        return subprocess.run((*enter(self.namespace), "wine", *command), env=self.windows_environment,
                              stdin=subprocess.DEVNULL, text=True, errors="replace",
                              capture_output=True, timeout=timeout_s, check=False)

    def press_keys(self, *keys):
        """One after the other, as a person does."""
        for key in keys:
            self.run("xdotool", "key", "--clearmodifiers", key)
            time.sleep(0.15)

    def type(self, text):
        self.run("xdotool", "type", "--delay", "30", text)

    def find_windows(self, title):
        """Those in sight, of a title that is a regular expression."""
        return self.run("xdotool", "search", "--onlyvisible", "--name", title).stdout.split()

    def wait_for_window(self, title):
        return wait_until(lambda: self.find_windows(title), f"a window {title}", PATIENCE_S)[-1]

    def wait_until_gone(self, title):
        wait_until(lambda: not self.find_windows(title), f"no window {title}", PATIENCE_S)

    def get_active_title(self):
        return self.run("xdotool", "getactivewindow", "getwindowname").stdout.strip()

    def find_files(self, name):
        """Of that name, in the folders of its users."""
        return sorted(self.prefix.glob(f"drive_c/users/**/{name}"))

    def begin_session_end(self):
        """As when a person logs out."""
        subprocess.Popen((*enter(self.namespace), "wine", "wineboot", "--end-session"),
                         env=self.windows_environment, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def look_at(self, number, path):
        """A window's picture."""
        self.take_picture(path, "-window", number)
        return GdkPixbuf.Pixbuf.new_from_file(str(path))

    def list_processes(self):
        """The command lines of programs of ours, and of those that come with them."""
        mark = f"WINEPREFIX={self.prefix}".encode()
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue
        return [line for line in found if re.match(r"\S.*\b(Porchlight|gdbus|gspawn\S*)\.exe\b", line)
                and not re.match(r"\S*explorer", line)]

    def end_windows(self):
        """All programs, with the desktop; the next one starts it anew."""
        subprocess.run((*enter(self.namespace), "wineserver", "-k"), env=self.windows_environment,
                       check=False, timeout=60)

    def finish(self):
        if hasattr(self, "windows_environment"):
            self.end_windows()
        super().finish()


def find_lamp(picture):
    """Where in a picture the lamp is, which is brown and amber as nothing else: the middle of such
    pixels; None: it is not there."""
    octets, row = picture.get_pixels(), picture.get_rowstride()
    channels = picture.get_n_channels()
    found = [(x, y) for y in range(picture.get_height()) for x in range(picture.get_width())
             if _is_brown(octets[y * row + x * channels:][:3])]
    if len(found) < 8:
        return None
    return tuple(sorted(values)[len(found) // 2] for values in zip(*found))


def _is_brown(pixel):
    red, green, blue = pixel
    return red > 100 and red > green + 30 and green > blue + 15


def unzip(bundle, folder):
    """As a person would: the whole folder, to a place of theirs."""
    target = folder / FOLDER_NAME
    subprocess.run(("cp", "-r", "--reflink=auto", str(bundle), str(target)), check=True)
    return target


def to_windows(path):
    """What Wine calls a file of this system."""
    return "Z:" + str(path).replace("/", "\\")


class Porchlight(WithSettings):
    """The program, in a folder of its own; settings: the text of the file beside it, None for a first
    start; within: a program of Windows that starts it."""

    patience_s = PATIENCE_S

    def __init__(self, windows, folder, settings=None, *, arguments=(), within=()):
        self.windows = windows
        self.program_folder = folder
        self.settings_file = folder / "porchlight.ini"
        if settings is not None:
            self.settings_file.write_text(settings, encoding="utf-8")
        path = to_windows(folder / PROGRAM)
        self._command = (*enter(windows.namespace), "wine", path)
        self._has_desktop = bool(within)
        if within:
            # What starts it does not take a path with a space.
            link = windows.prefix / "drive_c/porchlight"
            link.unlink(missing_ok=True)
            link.symlink_to(folder)
            path = rf"C:\porchlight\{PROGRAM}"
        command = (*enter(windows.namespace), "wine", *within, path, *arguments)
        super().__init__(command, env=windows.windows_environment, cwd=folder)

    def wait(self, timeout_s=PATIENCE_S):
        """As Running, but that what it started may have its streams for a while longer."""
        return self.process.wait(timeout_s)

    def start_second(self, *arguments):
        """Starts the program once more while it runs; returns its exit status."""
        return self.start_beside(*arguments).wait(PATIENCE_S)

    def start_beside(self, *arguments):
        """The same, of which nobody waits for the end."""
        return subprocess.Popen((*self._command, *arguments), env=self.windows.windows_environment,
                                cwd=self.program_folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start_by_click(self, *arguments):
        """As Explorer does, which gives it neither streams nor a console."""
        subprocess.run((*self._command[:-1], "start", self._command[-1], *arguments),
                       env=self.windows.windows_environment, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE_S,
                       check=True)

    def kill(self):
        """As the Task Manager ends it: without a word."""
        self.process.kill()

    def translate(self, language, words):
        """The words of the window in another language, from the catalogue beside the program."""
        return gettext.translation("porchlight", self.program_folder / "share/locale",
                                   [language]).gettext(words)

    def get_mnemonic(self, language, words):
        """The key that activates what says so."""
        return self.translate(language, words).partition("_")[2][0].lower()

    def quit(self):
        """Ends it as a person would; returns its exit status."""
        assert self.start_second("--quit") == 0
        return self.wait()

    def finish(self):
        """Whatever has become of it."""
        if self._has_desktop:
            # A second start would be in another desktop, where it finds no window of this one's.
            self.windows.end_windows()
        elif self.is_running:
            self.start_second("--quit")
        try:
            self.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError(f"did not end when asked to: {self.words}") from None

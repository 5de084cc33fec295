# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of one's own: a display, a session bus, a window manager, and a home that is empty."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

from desk.accessibility import Bus
from harness import wait_until
from needs import PATH

_GTK_SETTINGS = "[Settings]\ngtk-enable-animations=false\ngtk-theme-name=Adwaita\n"


class Session:
    """environment is what programs of the session need; what it lacks they do not get from here."""

    def __init__(self, size=(1280, 900)):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="porchlight-desk-"))
        self.environment = self._make_environment()
        self._processes = []
        try:
            self._start(size)
        except BaseException:
            self.finish()
            raise

    def _make_environment(self):
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700)
        return {**make_home(self.folder / "home"), "XDG_RUNTIME_DIR": str(runtime),
                "XDG_DATA_DIRS": str(_link_data(self.folder / "share")),
                "LC_ALL": "C.UTF-8", "TZ": "UTC", "USER": "tester", "SHELL": "/bin/sh",
                "GSETTINGS_BACKEND": "memory", "GDK_BACKEND": "x11", "GIO_USE_VFS": "local",
                "PATH": PATH}

    def _start(self, size):
        self.environment["DISPLAY"] = ":" + self._start_telling(
            "-displayfd", "Xvfb", "-screen", "0", "{}x{}x24".format(*size), "-dpi", "96",
            "-nolisten", "tcp", "-noreset")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.start_bus("bus")
        self.spawn("openbox", "--sm-disable")
        self._wait_for_window_manager()
        self.accessibility = Bus(self.environment["DBUS_SESSION_BUS_ADDRESS"])

    def start_bus(self, name):
        """At a path, where others may come to from a network namespace of their own. Returns its
        address."""
        return self._start_telling("--print-address", "dbus-daemon", "--session", "--nofork",
                                   f"--address=unix:path={self.folder}/{name}")

    def _start_telling(self, option, program, *arguments):
        """Starts a server that tells where it is on a descriptor it is given."""
        reader, writer = os.pipe()
        try:
            mark = f"={writer}" if option.startswith("--") else str(writer)
            option = [option + mark] if option.startswith("--") else [option, mark]
            self.spawn(program, *arguments, *option, pass_fds=(writer,))
        finally:
            os.close(writer)
        with open(reader, encoding="ascii") as told:
            line = told.readline().strip()
        assert line, f"{program} did not start; see {self.folder}/{program}.log"
        return line

    def _wait_for_window_manager(self):
        def is_there():
            return self.run("xdotool", "get_num_desktops").returncode == 0

        wait_until(is_there, "openbox")

    def spawn(self, program, *arguments, **options):
        """Starts a program that ends with the session, at the latest."""
        with open(self.folder / f"{program}.log", "ab") as log:
            process = subprocess.Popen(
                ("setpriv", "--pdeathsig", "KILL", program, *arguments), stdin=subprocess.DEVNULL,
                stdout=log, stderr=log,
                env=self.environment, start_new_session=True, **options)
        self._processes.append(process)
        return process

    def run(self, *command):
        """Runs a program of the session to its end; returns what it said, and how it ended."""
        return subprocess.run(command, env=self.environment, stdin=subprocess.DEVNULL, text=True,
                              capture_output=True, timeout=20, check=False)

    def press_keys(self, *keys):
        """Into the window that has the focus."""
        self.run("xdotool", "key", "--clearmodifiers", *keys)

    def click(self, control, button=1):
        """With the mouse, in the middle of a control in sight."""
        x, y, width, height = control.place
        self.run("xdotool", "mousemove", str(x + width // 2), str(y + height // 2),
                 "click", str(button))

    def read_clipboard(self):
        """What was copied last, as a paste would bring it."""
        return self.run("xclip", "-out", "-selection", "clipboard", "-target", "UTF8_STRING").stdout

    def wait_for_copy(self, pattern):
        """Text that the pattern is found in; returns it."""
        def look():
            text = self.read_clipboard()
            return text if re.search(pattern, text) else None

        return wait_until(look, f"{pattern} in the clipboard")

    def take_picture(self, path, *options):
        self.run("import", *(options or ("-window", "root")), str(path))

    def end(self, process):
        if process in self._processes:
            self._processes.remove(process)
        _end(process)

    def finish(self):
        if hasattr(self, "accessibility"):
            self.accessibility.close()
        while self._processes:
            _end(self._processes.pop())
        shutil.rmtree(self.folder, ignore_errors=True)


def _link_data(folder):
    """All that the system shares but its programs for kinds of files: which of them this computer
    has must not matter."""
    folder.mkdir()
    for path in pathlib.Path("/usr/share").iterdir():
        if path.name != "applications":
            (folder / path.name).symlink_to(path)
    return folder


def make_home(folder):
    """An empty home; returns the variables that make it one's own."""
    for name in ("config/gtk-3.0", "data", "cache", "state"):
        (folder / name).mkdir(parents=True)
    (folder / "config/gtk-3.0/settings.ini").write_text(_GTK_SETTINGS, encoding="ascii")
    return {"HOME": str(folder),
            **{f"XDG_{name.upper()}_HOME": str(folder / name)
               for name in ("config", "data", "cache", "state")}}


def _end(process):
    """The whole group: a bus starts services of its own."""
    try:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    except ProcessLookupError:
        process.wait()

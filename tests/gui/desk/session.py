# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of one's own: a display, a session bus, a window manager, and a home that is empty."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from harness import wait_until

# What a test session needs, and the Debian package that has it.
NEEDED = {
    "Xvfb": "xvfb", "dbus-daemon": "dbus", "openbox": "openbox", "xdotool": "xdotool",
    "import": "imagemagick"}

_GTK_SETTINGS = "[Settings]\ngtk-enable-animations=false\ngtk-theme-name=Adwaita\n"


def find_missing():
    """The Debian packages that are needed and not there."""
    path = "/usr/sbin:/usr/bin:/sbin:/bin:" + os.environ.get("PATH", "")
    missing = [package for program, package in NEEDED.items()
               if not shutil.which(program, path=path)]
    if not pathlib.Path("/usr/libexec/at-spi-bus-launcher").exists():
        missing.append("at-spi2-core")
    if not pathlib.Path("/usr/lib/python3/dist-packages/pyatspi").exists():
        missing.append("python3-pyatspi")
    return missing


class Session:
    """Made with start(); its environment is then that of this process too, so that the
    accessibility library, which knows one bus in its life, finds it."""

    def __init__(self, size=(1280, 900)):
        self.size = size
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="porchlight-desk-"))
        self._processes = []

    def start(self):
        os.environ.update(self._make_environment())
        for name in ("WAYLAND_DISPLAY", "GTK_MODULES", "GTK_THEME", "AT_SPI_BUS_ADDRESS",
                     "NO_AT_BRIDGE", "XDG_CURRENT_DESKTOP", "DESKTOP_SESSION"):
            os.environ.pop(name, None)
        os.environ["DISPLAY"] = ":" + self._start_telling(
            "-displayfd", "Xvfb", "-screen", "0", "{}x{}x24".format(*self.size), "-dpi", "96",
            "-nolisten", "tcp", "-noreset")
        # A path, where others may come to from a network namespace of their own.
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self._start_telling(
            "--print-address", "dbus-daemon", "--session", "--nofork",
            f"--address=unix:path={self.folder}/bus")
        self.spawn("openbox", "--sm-disable")
        self._wait_for_window_manager()
        return self

    def _make_environment(self):
        home = make_home(self.folder / "home")
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700)
        return {**home, "XDG_RUNTIME_DIR": str(runtime), "LC_ALL": "C.UTF-8", "LANGUAGE": "",
                "GSETTINGS_BACKEND": "memory", "GDK_BACKEND": "x11", "NO_AT_BRIDGE": "0",
                "XDG_SESSION_TYPE": "x11", "GIO_USE_VFS": "local",
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin:" + os.environ.get("PATH", "")}

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
            asked = subprocess.run(("xdotool", "get_num_desktops"), capture_output=True, check=False)
            return asked.returncode == 0 and not asked.stderr

        wait_until(is_there, "openbox")

    def spawn(self, program, *arguments, **options):
        """Starts a program that ends with the session, at the latest."""
        with open(self.folder / f"{program}.log", "ab") as log:
            process = subprocess.Popen(
                ("setpriv", "--pdeathsig", "KILL", program, *arguments), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, **options)
        self._processes.append(process)
        return process

    def end(self, process):
        if process in self._processes:
            self._processes.remove(process)
        _end(process)

    def finish(self):
        while self._processes:
            _end(self._processes.pop())
        shutil.rmtree(self.folder, ignore_errors=True)


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

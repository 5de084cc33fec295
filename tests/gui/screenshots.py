#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of README.md: the program as it is, in a home of its own with a network of its
own (which needs root), on an evening when all look at photos."""

import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "wire")]

from desk import Stage, settings_for, tray, wait_until  # noqa: E402
from desk.evening import PORT, Evening, make_network  # noqa: E402
from desk.session import Session, make_home  # noqa: E402

IMAGES = HERE.parents[1] / "docs/images"
IMMICH_PORT = 2283
SETTINGS = settings_for(f"http://127.0.0.1:{IMMICH_PORT}", exposure="network")

_WALL = "#5c7f9f"
_ASIDE = ("1399", "999")

# Without a compositor GTK puts a frame in place of the shadow, which is drawn here.
_NO_FRAME = "decoration, .solid-csd decoration { border: none; padding: 0; margin: 0;" \
            " border-radius: 0; box-shadow: none; background: none; }\n"
_GTK_SETTINGS = """[Settings]
gtk-theme-name=Adwaita
gtk-font-name=Cantarell 11
gtk-enable-animations=false
gtk-application-prefer-dark-theme={is_dark}
"""
_CORNER = 8
_SHADOW = "45x10+0+6"

# For the graph to have something to show.
EVENING_S = 180


class Photographer:
    """One run of the program, in light or dark."""

    def __init__(self, network, folder, is_dark):
        self._network = network
        self._is_dark = is_dark
        self.session = Session((1400, 1000))
        self.stage = Stage(self.session, folder)
        make_home(folder / "home")
        for home in (self.session.folder, folder):
            self._dress(home / "home/config/gtk-3.0")
        self.session.run("xsetroot", "-solid", _WALL)
        self.session.run("xdotool", "mousemove", *_ASIDE)

    def _dress(self, folder):
        settings = _GTK_SETTINGS.format(is_dark=int(self._is_dark))
        (folder / "settings.ini").write_text(settings, encoding="ascii")
        (folder / "gtk.css").write_text(_NO_FRAME, encoding="ascii")

    def start(self, settings=None, **options):
        """Immich, and the program before it; returns its window, if it has one."""
        self.stage.demo(namespace=self._network.house, port=IMMICH_PORT)
        self.stage.start(settings, namespace=self._network.house, port=PORT, **options)
        return self.stage.window

    def click(self, control):
        """As a hand does it, which rests before and goes away."""
        x, y, width, height = control.place
        self.session.run("xdotool", "mousemove", str(x + width // 2), str(y + height // 2))
        time.sleep(0.5)
        self.session.run("xdotool", "click", "1", "mousemove", *_ASIDE)

    def scroll_down(self, control):
        """The page that it is on."""
        self.session.run("xdotool", "mousemove", *(str(at) for at in control.place[:2]), "click",
                         "--repeat", "20", "5", "mousemove", *_ASIDE)

    def take(self, name):
        """Of the window that has the focus."""
        window = wait_until(self._find_active_window, "a window with the focus")
        path = self._snap(name, "-window", window)
        _give_shadow(path)

    def _find_active_window(self):
        return self.session.run("xdotool", "getactivewindow").stdout.strip()

    def take_corner(self, name, width, height):
        """Of the desktop, at the top left."""
        path = self._snap(name, "-window", "root", "-crop", f"{width}x{height}+0+0", "+repage")
        _convert(path)

    def _snap(self, name, *options):
        time.sleep(0.5)
        path = IMAGES / f"{name}-{'dark' if self._is_dark else 'light'}.png"
        self.session.take_picture(path, *options)
        return path

    def finish(self):
        self.stage.finish()
        self.session.finish()


def _give_shadow(path):
    size = subprocess.run(("identify", "-format", "%w %h", path), check=True,
                          capture_output=True, text=True).stdout.split()
    right, bottom = (int(length) - 1 for length in size)
    _convert(path, "-alpha", "set", "(", "+clone", "-alpha", "transparent", "-fill", "white", "-draw",
             f"roundrectangle 0,0 {right},{bottom} {_CORNER},{_CORNER}", ")",
             "-compose", "DstIn", "-composite", "-compose", "Over",
             "(", "+clone", "-background", "black", "-shadow", _SHADOW, ")",
             "+swap", "-background", "none", "-layers", "merge", "+repage")


def _convert(path, *options):
    subprocess.run(("/usr/bin/convert", path, *options, "-strip", "-define",
                    "png:compression-level=9", path), check=True)


# The pictures


def show_pages(photographer, network):
    window = photographer.start(SETTINGS)
    evening = Evening(network)
    begin = time.monotonic()
    try:
        photographer.stage.show("Settings")
        photographer.take("settings")
        show_requests(photographer, evening)
        photographer.stage.show("Home")
        time.sleep(max(0, EVENING_S - (time.monotonic() - begin)))
        photographer.take("home")
        photographer.scroll_down(window.find("label", "Connect a phone"))
        photographer.take("now")
        photographer.stage.show("Check-up")
        window.find("push button", "Run Again", timeout_s=60)
        photographer.take("checkup")
    finally:
        evening.end()


def show_requests(photographer, evening):
    photographer.stage.show("Requests")
    with evening.calm():
        time.sleep(1)
        live = evening.look_in()
        evening.bring_photos()
        time.sleep(1)
        wait_until(lambda: open_details(photographer), "the details of a request", 30)
        photographer.take("requests")
    live.close()


def open_details(photographer):
    """A row may move away under the hand; returns whether it was hit."""
    window = photographer.stage.window
    photographer.click(window.all("table cell", "401")[-1])
    time.sleep(1)
    return window.has("filler", "Details of the request")


def show_assistant(photographer, _network):
    window = photographer.start()
    window.read("Immich 1.135")
    photographer.take("assistant")


def show_tray(photographer, _network):
    notifier = tray.Notifier(photographer.session)
    panel = tray.start_panel(photographer.session)
    wait_until(notifier.has_watcher, "the panel's tray", 20)
    try:
        photographer.start(SETTINGS, arguments=["--hidden"], has_window=False)
        notifier.find_item().wait_for_icon("porchlight-network")
        time.sleep(2)
        photographer.session.run("xdotool", "mousemove", "20", "20", "click", "1")
        photographer.take_corner("tray", 420, 420)
    finally:
        notifier.finish()
        photographer.session.end(panel)


def show_all(network, is_dark):
    for show in (show_tray, show_assistant, show_pages):
        with tempfile.TemporaryDirectory(prefix="porchlight-pictures-") as folder:
            photographer = Photographer(network, pathlib.Path(folder), is_dark)
            try:
                show(photographer, network)
            finally:
                photographer.finish()


def take_all(is_dark):
    network = make_network()
    try:
        network.build()
        show_all(network, is_dark)
    finally:
        network.remove()


def main():
    """An evening takes minutes, so the one of the light pictures and the one of the dark ones are played
    at once, each by a run of this program of its own, whose network is named for it."""
    if len(sys.argv) > 1:
        take_all(sys.argv[1] == "dark")
        return
    IMAGES.mkdir(exist_ok=True)
    runs = [subprocess.Popen((sys.executable, __file__, theme)) for theme in ("light", "dark")]
    sys.exit(max([run.wait() for run in runs]))


if __name__ == "__main__":
    main()

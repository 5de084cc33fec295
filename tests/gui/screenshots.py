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

from desk import Stage, settings_for  # noqa: E402
from desk.evening import PORT, Evening, make_network  # noqa: E402
from desk.session import Session, make_home  # noqa: E402

IMAGES = HERE.parents[1] / "docs/images"
IMMICH_PORT = 2283

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
EVENING_S = 150


class Photographer:
    """One run of the program, in light or dark."""

    def __init__(self, network, folder, is_dark):
        self.is_dark = is_dark
        self.session = Session((1400, 1000))
        self.folder = folder
        make_home(folder / "home")
        settings = folder / "home/config/gtk-3.0"
        (settings / "settings.ini").write_text(_GTK_SETTINGS.format(is_dark=int(is_dark)))
        (settings / "gtk.css").write_text(_NO_FRAME)
        self.network = network
        self.stage = Stage(self.session, folder)
        self.stage.demo(namespace=network.house, port=IMMICH_PORT)

    def start(self, settings=None):
        self.stage.start(settings, namespace=self.network.house, port=PORT)
        return self.stage.window

    def take(self, name):
        """A picture of the window that has the focus."""
        window = self.session.run("xdotool", "getactivewindow").stdout.strip()
        path = IMAGES / f"{name}-{'dark' if self.is_dark else 'light'}.png"
        self.session.run("xdotool", "mousemove", "1", "1")
        time.sleep(0.5)
        self.session.take_picture(path, "-window", window)
        _give_shadow(path)

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


def show_pages(photographer):
    window = photographer.start(settings_for(f"http://127.0.0.1:{IMMICH_PORT}", exposure="network"))
    evening = Evening(photographer.network)
    begin = time.monotonic()
    try:
        photographer.stage.show("Check-up")
        window.find("push button", "Run Again", timeout_s=60)
        photographer.take("checkup")
        photographer.stage.show("Settings")
        photographer.take("settings")
        show_requests(photographer, evening)
        photographer.stage.show("Home")
        time.sleep(max(0, EVENING_S - (time.monotonic() - begin)))
        photographer.take("home")
    finally:
        evening.end()


def show_requests(photographer, evening):
    photographer.stage.show("Requests")
    with evening.calm():
        time.sleep(1)
        live = evening.look_in()
        evening.bring_photos()
        time.sleep(1)
        photographer.session.click(photographer.stage.window.all("table cell", "401")[-1])
        photographer.take("requests")
    live.close()


def show_assistant(photographer):
    window = photographer.start()
    window.find("push button", "Next")
    window.read("Immich 1.135")
    photographer.take("assistant")


def main():
    IMAGES.mkdir(exist_ok=True)
    network = make_network()
    network.build()
    try:
        for is_dark in (False, True):
            for show in (show_pages, show_assistant):
                with tempfile.TemporaryDirectory(prefix="porchlight-pictures-") as folder:
                    photographer = Photographer(network, pathlib.Path(folder), is_dark)
                    try:
                        show(photographer)
                    finally:
                        photographer.finish()
    finally:
        network.remove()


if __name__ == "__main__":
    main()

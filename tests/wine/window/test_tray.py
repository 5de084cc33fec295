# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in the notification area, in a desktop of Wine's with a taskbar: there the tray is Windows' own."""

import time

import pytest

from desk import settings_for
from harness import wait_until
from test_window import HOUSE, PORT, House
from wine_desk import PATIENCE_S, find_lamp

SIZE = (1000, 700)
EXPLORER = ("explorer", "/desktop=shell,{}x{}".format(*SIZE))

# Where the taskbar has its icons: at the end, above the edge.
AREA = (300, 30)

# How far above the icon each item of the menu is, and how far to its left each menu goes that is as
# narrow as any. Wine lets no key into a menu of an icon.
ITEMS = {"Copy Address": 215, "This Computer": 155, "Pause": 95, "Resume": 95, "Quit": 27}
NARROW = 60


class Tray:
    def __init__(self, windows, path):
        self.windows = windows
        self.path = path
        self.place = None
        self.number = windows.wait_for_window("shell - Wine desktop")
        windows.run("xdotool", "windowmove", "--sync", self.number, "0", "0")
        windows.run("xdotool", "windowactivate", "--sync", self.number)

    def look(self):
        """The end of the taskbar, and where on the screen it is."""
        place = dict(line.split("=") for line in self.windows.run(
            "xdotool", "getwindowgeometry", "--shell", self.number).stdout.split())
        x = int(place["X"]) + int(place["WIDTH"]) - AREA[0]
        y = int(place["Y"]) + int(place["HEIGHT"]) - AREA[1]
        whole = self.windows.look_at("root", self.path)
        return whole.new_subpixbuf(x, y, *AREA), x, y

    def find_icon(self):
        """The middle of the lamp on the screen; None: it is not there."""
        picture, x, y = self.look()
        found = find_lamp(picture)
        return (x + found[0], y + found[1]) if found else None

    def wait_for_icon(self):
        """Where it is, which it is when it has no colour, too."""
        if not self.place:
            self.place = wait_until(self.find_icon, "the lamp in the taskbar", PATIENCE_S)
        return self.place

    def click(self, button):
        x, y = self.wait_for_icon()
        self.windows.run("xdotool", "mousemove", str(x), str(y), "click", str(button))
        time.sleep(1)

    def choose(self, item):
        """From the menu, with the mouse."""
        self.click(3)
        x, y = self.wait_for_icon()
        self.windows.run("xdotool", "mousemove", str(x - NARROW), str(y - ITEMS[item]))
        time.sleep(0.5)
        self.windows.run("xdotool", "click", "1")
        time.sleep(0.5)


@pytest.fixture
def tray(start, windows, network, demo, tmp_path):
    settings = settings_for(demo.url, exposure="network").replace("PORT", str(PORT))
    start(settings, arguments=["--hidden"], within=EXPLORER)
    House(network).wait_until_there()
    return Tray(windows, tmp_path / "taskbar.png")


def test_the_menu_has_the_actions(tray, network):
    house = House(network)
    assert house.admits()

    tray.choose("This Computer")

    house.wait_until_admits(False)
    assert house.is_there()


def test_pause_and_resume(tray, network):
    house = House(network)
    assert house.admits()

    tray.choose("Pause")
    house.wait_until_admits(False)

    tray.choose("Resume")
    house.wait_until_admits(True)


def test_the_address_is_copied(tray, windows):
    tray.choose("Copy Address")

    wait_until(lambda: windows.read_clipboard() == f"http://{HOUSE}:{PORT}", "the address in the clipboard",
               PATIENCE_S)


def test_the_program_goes_on_while_the_menu_is_open(tray, windows, network):
    house = House(network)
    tray.click(3)
    for _ in range(3):
        assert house.is_there()
        time.sleep(0.5)


def test_a_click_opens_the_window(tray, windows):
    before, *_ = tray.look()

    tray.click(1)

    wait_until(lambda: tray.look()[0].get_pixels() != before.get_pixels(), "the window in the taskbar",
               PATIENCE_S)


def test_quit(tray, windows):
    assert windows.list_processes()

    tray.choose("Quit")

    wait_until(lambda: not [line for line in windows.list_processes() if "Porchlight.exe" in line],
               "the end", PATIENCE_S)

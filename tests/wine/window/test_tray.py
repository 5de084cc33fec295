# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in the notification area, in a desktop of Wine's with a taskbar: there the tray is Windows' own."""

import time

import pytest

from desk import settings_for
from harness import wait_until
from test_window import HOUSE, MAIN, PORT, House
from wine_desk import PATIENCE_S, find_lamp

SIZE = (1000, 700)
EXPLORER = ("explorer", "/desktop=shell,{}x{}".format(*SIZE))

# Where the taskbar has its icons: at the end, above the edge.
AREA = (300, 30)

# The lines of words in the menu, from above. Wine lets no key into a menu of an icon.
LINES = ["The state", "Open Immich in the Browser", "Copy Address", "Show QR Code",
         "Who may come in", "This Computer", "My Network", "The Internet", "For an Hour",
         "Until Midnight", "Pause", "Requests", "Open Porchlight", "Quit"]

# How high the taskbar is, which the menu stands on, and how far to the left of the icon each menu goes.
TASKBAR = 20
NARROW = 60

# For so long a busy machine may take before a click has an effect. Then it is done again.
CLICK_S = 8


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

    def click_until(self, button, condition, what, place=None):
        """On the icon, or there, until that has come of it."""
        def look():
            x, y = place or self.wait_for_icon()
            self.windows.run("xdotool", "mousemove", str(x), str(y))
            time.sleep(0.5)
            self.windows.run("xdotool", "click", str(button))
            end = time.monotonic() + CLICK_S
            while not (met := condition()) and time.monotonic() < end:
                time.sleep(0.2)
            return met

        return wait_until(look, what, 2 * PATIENCE_S)

    def read_lines(self):
        """Of the menu: where on the screen the middle of each is; none: it is not open."""
        right = self.wait_for_icon()[0] - 12
        picture = self.windows.look_at("root", self.path)
        is_light = find_light(picture)
        edge = next(y for y in range(picture.get_height() - 1, 0, -1) if is_light(right, y))
        bottom = edge - TASKBAR - 3
        left = next((x for x in range(right, 0, -1) if not is_light(x, bottom)), 0)
        if right - left < NARROW:
            return []
        top = next(y for y in range(bottom, 0, -1) if not is_light(left + 2, y))
        dark = {y for y in range(top + 4, bottom)
                if not all(is_light(x, y) for x in range(left + 12, left + NARROW))}
        starts = sorted(y for y in dark if not {y - 1, y - 2} & dark)
        ends = sorted(y for y in dark if not {y + 1, y + 2} & dark)
        return [(start + end) // 2 for start, end in zip(starts, ends) if end - start > 3]

    def open_menu(self):
        """Returns its lines, once all of them are there."""
        def look():
            lines = self.read_lines()
            return lines if len(lines) == len(LINES) else None

        return self.click_until(3, look, "the menu")

    def choose(self, item):
        """From the menu, with the mouse. For some seconds the icon's words may lie over its end."""
        y = self.open_menu()[LINES.index(item)]
        self.click_until(1, lambda: not self.read_lines(), "no menu",
                         (self.wait_for_icon()[0] - NARROW, y))


def find_light(picture):
    """Returns what tells whether a place in it is light."""
    octets, row, step = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
    return lambda x, y: min(octets[y * row + x * step + i] for i in range(3)) > 200


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


def test_it_is_opened_for_a_while(tray, network):
    house = House(network)
    tray.choose("This Computer")
    house.wait_until_admits(False)

    tray.choose("For an Hour")

    house.wait_until_admits(True)


def test_pause_and_resume(tray, network):
    house = House(network)
    assert house.admits()

    tray.choose("Pause")
    house.wait_until_admits(False)

    tray.choose("Pause")  # where Resume is now
    house.wait_until_admits(True)


def test_the_address_is_copied(tray, windows):
    tray.choose("Copy Address")

    wait_until(lambda: windows.read_clipboard() == f"http://{HOUSE}:{PORT}", "the address in the clipboard",
               PATIENCE_S)


def test_the_program_goes_on_while_the_menu_is_open(tray, windows, network):
    house = House(network)
    tray.open_menu()
    for _ in range(3):
        assert house.is_there()
        time.sleep(0.5)
    assert tray.read_lines()


def test_a_click_opens_the_window(tray, windows):
    assert not windows.find_windows(MAIN)

    tray.click_until(1, lambda: windows.find_windows(MAIN), "the window")


def test_quit(tray, windows):
    assert windows.list_processes()

    tray.choose("Quit")

    wait_until(lambda: not [line for line in windows.list_processes() if "Porchlight.exe" in line],
               "the end", PATIENCE_S)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices are people's: turned away and let in again from their row, over restarts, and known by the name they
were given."""

import re

import pytest

from desk import BELIEVED, Visitor, settings_for, wait_until

PHONE, TABLET = "192.168.1.23", "192.168.1.24"


class Devices:
    def __init__(self, stage, *keys):
        self.stage = stage
        self.demo = stage.demo()
        self.program = stage.start(settings_for(self.demo.url, *BELIEVED, *keys))

    @property
    def window(self):
        return self.stage.window

    def visit(self, address=PHONE, device="ios"):
        """The status that a device at that address gets."""
        return Visitor(self.program.port, device, address=address).get("/api/server/ping")[0]

    def wait_for(self, status, address=PHONE):
        """What runs at the very moment in which a device is turned away is cut off."""
        def is_so():
            try:
                return self.visit(address) == status
            except ConnectionError:
                return False

        wait_until(is_so, f"a status of {status}")

    def row(self, name):
        """When it has its place: focus scrolls to where that is."""
        row = self.window.find("list item", name, hidden=True)
        wait_until(lambda: row.place[3] > 10, f"a place for {name}")
        return row

    def press_button(self, name):
        """The one that opens a row's menu."""
        button = self.row(name).find("toggle button", "What can be done with this device", hidden=True)
        button.focus().press()

    def choose(self, name, item):
        """An item of a row's menu, by the keyboard."""
        self.row(name).focus()
        self.stage.session.press_keys("shift+F10")
        self.window.find("menu item", item).press()

    def restart(self):
        self.program.finish()
        self.program = self.stage.start(port=self.program.port)


@pytest.fixture(name="devices")
def make_devices(stage):
    return Devices(stage)


def test_a_device_is_turned_away_and_let_in_again(devices):
    assert devices.visit() == devices.visit(TABLET, "firefox") == 200

    devices.choose("Immich app (iOS)", "Turn Away This Device")

    assert devices.row("Immich app (iOS), turned away").find("label", "turned away", hidden=True)
    devices.program.wait_for_setting("door", "turned-away", PHONE)
    devices.wait_for(403)
    assert devices.visit(TABLET, "firefox") == 200
    status, body = Visitor(devices.program.port, "ios", address=PHONE).get("/api/server/about")
    assert status == 403 and b"This device was turned away" in body

    devices.restart()
    assert devices.visit() == 403
    devices.choose("Immich app (iOS), turned away", "Let In Again")

    assert devices.row("Immich app (iOS)")
    devices.wait_for(200)
    wait_until(lambda: devices.program.read_setting("door", "turned-away") is None, "an empty list")


def test_its_menu_has_a_button(devices):
    """Once for each device, and the row is not pressed along with it."""
    assert devices.visit() == devices.visit(TABLET, "firefox") == 200
    assert devices.row("Firefox on Windows"), "it comes above the other"

    devices.press_button("Immich app (iOS)")
    devices.window.find("push button", "Rename…").press()
    devices.window.find("text", "Name of this device; empty: as before").type("Anna’s phone")
    devices.window.find("push button", "Rename").press()
    devices.press_button("Anna’s phone")

    assert devices.window.find("push button", "Show Its Requests")
    assert not devices.window.has("push button", "Let In Again")
    devices.window.find("push button", "Turn Away This Device").press()
    devices.wait_for(403)
    assert devices.visit(TABLET, "firefox") == 200
    assert devices.window.find("radio button", "Home").is_("checked")


def test_an_upload_of_it_ends(devices):
    upload = Visitor(devices.program.port, "ios", address=PHONE).begin_upload("IMG_1.MOV", 5_000_000)
    upload.send(100_000)

    devices.choose("Immich app (iOS)", "Turn Away This Device")

    assert upload.is_cut_off()


def test_this_computer_cannot_be_turned_away(devices):
    assert devices.visit("127.0.0.1", "firefox") == 200
    devices.row("This computer").focus()
    devices.stage.session.press_keys("shift+F10")
    assert devices.window.find("menu item", "Rename…")
    assert not devices.window.has("menu item", "Turn Away This Device")
    assert not devices.window.has("menu item", "Let In Again")


def test_who_was_turned_away_is_listed_though_nothing_else_is_known_of_it(stage):
    devices = Devices(stage, "[door]", f"turned-away={PHONE};192.168.7.0/24")
    assert devices.row(f"{PHONE}, turned away").find("label", "turned away", hidden=True)

    assert devices.visit() == 403
    assert devices.visit("192.168.7.9") == 403
    devices.choose("Immich app (iOS), turned away", "Let In Again")

    devices.program.wait_for_setting("door", "turned-away", "192.168.7.0/24")
    devices.wait_for(200)
    assert devices.row("Immich app (iOS)")


def test_the_days_of_a_device_are_told(devices):
    visitor = Visitor(devices.program.port, "ios", address=PHONE)
    assert visitor.upload("IMG_2041.JPG", 2_000_000) == 201
    label = devices.row("Immich app (iOS)").find("label", "2.0 MB", hidden=True)
    assert re.match(r"^Today 2\.0 MB, in the last 7 days 2\.0 MB, in all 2\.0 MB$", label.description)


def test_its_name_stands_wherever_it_is_spoken_of(devices):
    assert devices.visit() == 200
    upload = Visitor(devices.program.port, "ios", address=PHONE).begin_upload("IMG_1.MOV", 5_000_000)
    upload.send(100_000)
    assert devices.window.find("progress bar", hidden=True)

    devices.choose("Immich app (iOS)", "Rename…")
    devices.window.find("text", re.compile("^Name of this device")).type("Anna’s phone")
    devices.stage.session.press_keys("Return")

    assert devices.row("Anna’s phone")
    wait_until(lambda: len(devices.window.all("label", "Anna’s phone", hidden=True)) == 2,
               "the name at its upload and in its row")
    assert not devices.window.all("label", "Immich app (iOS)", hidden=True)
    upload.give_up()
    devices.stage.show("Requests")
    devices.window.find("table cell", re.compile("ping")).focus()
    devices.stage.session.press_keys("Return")
    assert devices.window.read(r"^Anna’s phone\nImmich app \(iOS\)\n192\.168\.1\.23\n")


def test_what_the_check_up_tries_is_no_device(devices):
    devices.stage.show("Check-up")
    devices.window.find("push button", "Run Again", timeout_s=90)
    devices.stage.show("Home")
    assert devices.visit() == 200

    assert devices.row("Immich app (iOS)")
    assert len(devices.window.all("label", "now", hidden=True)) == 1
    assert not devices.window.all("list item", "This computer", hidden=True)


def test_names_and_days_are_kept_when_the_program_is_killed(devices):
    visitor = Visitor(devices.program.port, "ios", address=PHONE)
    assert visitor.upload("IMG_2041.JPG", 2_000_000) == 201
    devices.choose("Immich app (iOS)", "Rename…")
    devices.window.find("text", re.compile("^Name of this device")).type("Anna’s phone")
    devices.stage.session.press_keys("Return")
    kept = devices.stage.folder / "home/data/porchlight/devices"
    wait_until(lambda: "Anna" in kept.read_text(encoding="utf-8"), "the name on the disk")

    devices.program.process.kill()
    devices.program.wait()
    devices.program = devices.stage.start(port=devices.program.port)

    label = devices.row("Anna’s phone").find("label", "2.0 MB", hidden=True)
    assert label.description.startswith("Today 2.0 MB, ")

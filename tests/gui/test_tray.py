# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in the tray: as a StatusNotifierItem in a panel, as an icon of X11 in another, and
without any tray."""

import collections
import http.client
import shutil
import time

import gi
import pytest

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf, GLib  # noqa: E402

from desk import settings_for, tray, wait_until  # noqa: E402
from desk.services import offer_watcher  # noqa: E402
from desk.session import Session  # noqa: E402

# What leads to Immich.
LEADING = ("Open Immich in the Browser", "Copy Address", "Show QR Code")

EXPOSURES = ("This Computer", "My Network", "The Internet")

FIRST_HEALTH = ("[upstream immich]", "health-interval-s=1")


@pytest.fixture(scope="module")
def session():
    """Of its own: panels begin things that stay."""
    missing = [package for program, package in tray.NEEDED.items() if not shutil.which(program)]
    if missing:
        pytest.skip(f"Debian packages missing: {' '.join(missing)}")
    session = Session()
    yield session
    session.finish()


@pytest.fixture
def notifier(session):
    notifier = tray.Notifier(session)
    yield notifier
    notifier.finish()


@pytest.fixture
def panel(session, notifier):
    panel = tray.start_panel(session)
    wait_until(notifier.has_watcher, "the panel's tray", 20)
    yield panel
    session.end(panel)
    wait_until(lambda: not notifier.has_watcher(), "the panel's end", 20)


@pytest.fixture
def trayer(session):
    trayer = tray.start_trayer(session)
    wait_until(lambda: find_trayer(session), "the tray of X11")
    yield trayer
    session.end(trayer)


def find_trayer(session):
    return session.run("xdotool", "search", "--class", "trayer").stdout.split()


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/api/server/ping")
    return connection.getresponse().status


# StatusNotifierItem

@pytest.fixture
def item(stage, panel, notifier):
    """Of which the program knows that somebody shows it, too."""
    stage.start(settings_for(stage.demo().url, *FIRST_HEALTH))
    item = notifier.find_item()
    notifier.wait_until_heard()
    return item


def test_a_panel_shows_the_item(stage, item, session):
    item.wait_for_icon("porchlight-computer")

    assert item.status == "Active"
    assert item.words == "Your photos can be opened on this computer"
    assert item.icon_file.exists()
    wait_until(lambda: len(find_drawn(take_strip(session, stage))) > 50, "an icon in the panel")


def test_the_menu(item):
    assert list_visible(item) == [
        "Your photos can be opened on this computer", "Open Immich in the Browser", "Copy Address",
        "Show QR Code", "Who may come in", *EXPOSURES, "Open to My Network for an Hour",
        "Open to My Network until Midnight", "Pause", "Requests", "Open Porchlight", "Quit"]
    state = item.read_menu()["Your photos can be opened on this computer"][1]
    assert state["enabled"] is False
    assert {item.read_menu()[name][1]["toggle-type"] for name in EXPOSURES} == {"radio"}
    assert [item.is_checked(name) for name in EXPOSURES] == [True, False, False]


def test_the_network_is_let_in_and_out(stage, item):
    item.choose("My Network")

    item.wait_for_icon("porchlight-network")
    assert [item.is_checked(name) for name in EXPOSURES] == [False, True, False]
    assert item.words == "Your photos can be reached from your network"
    assert item.list_entries()[0] == item.words
    stage.program.wait_for_setting("listen", "exposure", "network")

    item.choose("This Computer")

    item.wait_for_icon("porchlight-computer")
    assert [item.is_checked(name) for name in EXPOSURES] == [True, False, False]
    stage.program.wait_for_setting("listen", "exposure", "computer")


def test_the_internet_is_asked_about_here_too_and_can_be_shut_out(stage, item):
    item.choose("The Internet")
    question = stage.window.find("alert")
    assert [item.is_checked(name) for name in EXPOSURES] == [True, False, False]
    question.find("push button", "Let the Internet In").press()
    item.wait_for_icon("porchlight-internet")
    assert [item.is_checked(name) for name in EXPOSURES] == [False, False, True]

    item.choose("My Network")

    item.wait_for_icon("porchlight-network")
    stage.program.wait_for_setting("listen", "exposure", "network")


def list_visible(item):
    return [label for label, (_, properties) in item.read_menu().items()
            if properties.get("visible", True)]


def test_it_is_opened_for_a_while(stage, item):
    item.choose("Open to My Network for an Hour")

    item.wait_for_icon("porchlight-network")
    assert [item.is_checked(name) for name in EXPOSURES] == [False, True, False]
    assert stage.window.read("^Open to your network until .* left; then to this computer only$")
    assert not [label for label in list_visible(item) if label.startswith("Open to ")]
    close, = (label for label in list_visible(item) if label.startswith("Close Now"))

    item.choose(close)

    item.wait_for_icon("porchlight-computer")
    assert not [label for label in list_visible(item) if label.startswith("Close Now")]

    item.choose("My Network")
    item.wait_for_icon("porchlight-network")
    item.choose("Open to the Internet until Midnight")
    question = stage.window.find("alert")
    question.find("push button", "Let the Internet In").press()
    item.wait_for_icon("porchlight-internet")
    assert "Close Now (open until midnight)" in list_visible(item)
    stage.program.wait_for_setting("listen", "exposure", "network")


def test_pause_and_resume(stage, item):
    item.choose("Pause")

    item.wait_for_icon("porchlight-paused")
    assert item.list_entries()[0] == "Paused: nobody can open your photos"
    for name in LEADING:
        assert item.read_menu()[name][1]["enabled"] is False
    with pytest.raises(OSError):
        ask(stage.program.port)

    item.choose("Resume")

    item.wait_for_icon("porchlight-computer")
    assert ask(stage.program.port) == 200
    for name in LEADING:
        assert item.read_menu()[name][1].get("enabled", True)


def test_each_state_has_an_icon_of_its_own(stage, panel, notifier):
    demo = stage.demo()
    stage.start(settings_for(demo.url, *FIRST_HEALTH))
    item = notifier.find_item()
    seen = {}

    def see(name):
        item.wait_for_icon(name)
        seen[name] = item.icon_file.read_bytes()

    see("porchlight-computer")
    stage.program.start_second("--exposure", "network")
    see("porchlight-network")
    stage.program.start_second("--exposure", "internet")
    see("porchlight-internet")
    item.choose("Pause")
    see("porchlight-paused")
    item.choose("Resume")
    demo.terminate()
    see("porchlight-fault")

    assert item.words == "Your photos cannot be reached"
    assert len(set(seen.values())) == 5


def test_entries_lead_to_pages(stage, item):
    item.choose("Requests")
    assert stage.window.read("No requests yet")

    item.choose("Copy Address")
    wait_until(lambda: stage.session.read_clipboard() == stage.program.url, "the address copied")


@pytest.mark.parametrize("method", ["Activate", "SecondaryActivate"])
def test_a_click_opens_the_window(stage, item, method):
    stage.window.find("push button", "Close").press()
    wait_until(lambda: not stage.window.all("frame"), "a closed window")

    item.click(method)

    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")


def test_the_window_comes_back_where_it_was(stage, item, session):
    number = session.run("xdotool", "search", "--onlyvisible", "--name",
                         "^Porchlight$").stdout.split()[-1]
    session.run("xdotool", "windowmove", number, "60", "90")
    place = wait_until(lambda: (where := stage.window.find("frame").place)[0] < 100 and where,
                       "the window at its new place")
    stage.window.find("push button", "Close").press()
    wait_until(lambda: not stage.window.all("frame"), "a closed window")

    item.click()

    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")
    assert stage.window.find("frame").place == place


def test_with_an_icon_closing_is_no_matter(stage, item):
    """Nothing is said: the icon is there to come back by."""
    stage.window.find("push button", "Close").press()

    wait_until(lambda: not stage.window.all("frame"), "a closed window")
    assert not stage.window.all("alert")
    assert ask(stage.program.port) == 200


def test_quit(stage, item, notifier):
    item.choose("Quit")

    assert stage.program.wait() == 0
    notifier.wait_until_empty()


def test_the_panel_goes_and_comes_back(stage, session, notifier):
    stage.start(settings_for(stage.demo().url))
    assert not notifier.has_watcher()

    for _ in range(2):
        panel = tray.start_panel(session)
        try:
            notifier.find_item().wait_for_icon("porchlight-computer")
        finally:
            session.end(panel)
        wait_until(lambda: not notifier.has_watcher(), "the panel's end", 20)

    notifier.wait_until_heard()
    assert ask(stage.program.port) == 200
    stage.window.find("push button", "Close").press()
    assert stage.window.find("alert").find("push button", "Close the Window")


# X11

def take_strip(session, stage, size="200x40"):
    """The place where the tray is, in a picture."""
    path = stage.folder / "strip.png"
    session.take_picture(path, "-window", "root", "-crop", f"{size}+0+0", "+repage")
    return GdkPixbuf.Pixbuf.new_from_file(str(path))


def get_pixels(picture):
    octets, row, channels = picture.get_pixels(), picture.get_rowstride(), picture.get_n_channels()
    return [tuple(octets[y * row + x * channels:][:3])
            for y in range(picture.get_height()) for x in range(picture.get_width())]


def find_drawn(picture):
    """Where there is something other than the background."""
    pixels = get_pixels(picture)
    background, _ = collections.Counter(pixels).most_common(1)[0]
    return [divmod(number, picture.get_width())[::-1] for number, pixel in enumerate(pixels)
            if sum(abs(one - other) for one, other in zip(pixel, background)) > 120]


class Embedded:
    """The icon in the tray of X11."""

    def __init__(self, stage):
        self.stage = stage

    def look(self):
        return take_strip(self.stage.session, self.stage, tray.TRAYER_SIZE)

    def is_there(self):
        return len(find_drawn(self.look())) > 50

    def click(self, button):
        places = find_drawn(self.look())
        x, y = places[len(places) // 2]
        self.stage.session.run("xdotool", "mousemove", str(x), str(y), "click", str(button))


@pytest.fixture
def embedded(stage, trayer):
    stage.start(settings_for(stage.demo().url, *FIRST_HEALTH))
    embedded = Embedded(stage)
    wait_until(embedded.is_there, "an icon in the tray", 20)
    return embedded


def test_the_icon_of_x11_shows_the_state(stage, embedded):
    def look():
        return get_pixels(embedded.look())

    seen = [look()]
    for arguments in (["--exposure", "network"], ["--exposure", "internet"]):
        stage.program.start_second(*arguments)
        wait_until(lambda: look() not in seen, "another picture")
        seen.append(look())
    stage.window.find("push button", "Pause").press()
    wait_until(lambda: look() not in seen, "another picture")


def test_a_click_on_the_icon_of_x11_opens_the_window(stage, embedded):
    stage.window.find("push button", "Close").press()
    wait_until(lambda: not stage.window.all("frame"), "a closed window")
    assert not stage.window.all("alert")

    embedded.click(1)

    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")


def test_the_icon_of_x11_has_the_menu(stage, embedded):
    embedded.click(3)

    menu = stage.window.find("menu")
    assert [entry.name for entry in menu.all("menu item")][:2] == [
        "Your photos can be opened on this computer", "Open Immich in the Browser"]
    menu.find("check menu item", "My Network").press()
    stage.program.wait_for_setting("listen", "exposure", "network")


def test_a_watcher_that_comes_has_the_icon(session, embedded):
    """And when it goes, the tray of X11 has it again."""
    with offer_watcher(session.environment["DBUS_SESSION_BUS_ADDRESS"]) as watcher:
        watcher.wait_for("RegisterStatusNotifierItem")
        wait_until(lambda: not embedded.is_there(), "an empty tray")

    wait_until(embedded.is_there, "the icon in the tray", 20)


def test_a_watcher_without_a_host_has_it_not(session, embedded):
    """As some sessions leave one running without a panel; hosts come and go."""
    with offer_watcher(session.environment["DBUS_SESSION_BUS_ADDRESS"], has_host=False) as watcher:
        watcher.set("IsStatusNotifierHostRegistered", GLib.Variant("b", False),
                    "StatusNotifierHostUnregistered")
        time.sleep(1)
        assert embedded.is_there()
        assert not watcher.get_calls("RegisterStatusNotifierItem")

        watcher.set("IsStatusNotifierHostRegistered", GLib.Variant("b", True),
                    "StatusNotifierHostRegistered")
        watcher.wait_for("RegisterStatusNotifierItem")
        wait_until(lambda: not embedded.is_there(), "an empty tray")

        watcher.set("IsStatusNotifierHostRegistered", GLib.Variant("b", False),
                    "StatusNotifierHostUnregistered")
        wait_until(embedded.is_there, "the icon in the tray", 20)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Open for a while: chosen beside the switch, counted down, and gone back from by itself."""

import datetime
import re
import time

from gi.repository import Gio, GLib

from desk import wait_until
from desk.accessibility import connect
from desk.house import LAN, LINKS, PUBLIC

FOR_GUESTS = "/api/server/config"

PROGRAM = "app.porchlight.Porchlight", "/app/porchlight/Porchlight"

HOUR = r"Open to your network until [^;]*\d\d:\d\d|Open to your network until midnight"
LEFT = r", (1 h|59 min) left; then to this computer only$"


def ask(house):
    """The popover, which is asked for beside the switch."""
    house.window.find("toggle button", "Open for…").press()
    return house.window.find("push button", "Open")


def get_file(house):
    return house.program.settings_file.with_name(house.program.settings_file.name + ".opening")


def test_the_network_is_let_in_for_an_hour_and_out_at_once(house):
    before = house.program.settings_file.read_bytes()
    button = ask(house)
    assert house.window.find("radio button", "My network")
    assert house.window.read(rf"^({HOUR}), 1 h left; then to this computer only$")
    button.press()

    assert house.window.read(rf"^({HOUR}){LEFT}")
    assert house.window.read("^Your photos can be reached from your network$")
    wait_until(lambda: house.admits(LAN), "the network to be let in")
    assert not house.admits(PUBLIC)
    assert house.program.settings_file.read_bytes() == before
    wait_until(get_file(house).exists, "what is open to be kept")

    house.window.find("push button", "Pause").press()
    assert house.window.read(rf"^When resumed: ({HOUR}){LEFT}")
    assert not house.admits(LAN)
    house.window.find("push button", "Resume").press()
    assert house.window.read(rf"^({HOUR}){LEFT}")
    wait_until(lambda: house.admits(LAN), "the network to be let in again")

    house.window.find("push button", "Close Now").press()

    assert house.window.read("^Your photos can be opened on this computer$")
    house.window.wait_until_gone("push button", "Close Now")
    assert not house.admits(LAN) and house.admits_itself()
    assert house.program.settings_file.read_bytes() == before
    assert not get_file(house).exists()


def test_the_internet_is_asked_about_before_it_is_let_in_for_a_while(house):
    house.open_to("My network")
    house.program.wait_for_setting("listen", "exposure", "network")
    ask(house)
    house.window.find("radio button", "Until midnight").press()
    house.window.find("push button", "Open").press()

    question = house.window.find("alert")
    assert question.read("Until midnight; then all is as it is now")
    question.find("push button", "Not Now").press()
    house.window.wait_until_gone("alert")
    assert house.ask(PUBLIC, FOR_GUESTS) is None

    ask(house).press()
    question = house.window.find("alert")
    assert question.find("radio button", LINKS).is_("checked")
    question.find("push button", "Let the Internet In").press()

    assert house.window.read("^Open to the internet until .* left; then to your network only$")
    assert house.ask(PUBLIC, FOR_GUESTS) == 200
    assert house.ask(PUBLIC, "/api/server/ping") == 404
    assert house.program.read_setting("listen", "exposure") == "network"
    assert house.program.read_setting("door", "world") is None

    assert house.window.read("From outside only links open")

    # What it sees meanwhile can be another thing, for that while.
    house.window.find("radio button", "Everything").press()
    assert house.window.read("^All of Immich is open to the internet until ")
    assert house.window.read("Outside, your router’s public address or your own domain takes its place")
    assert house.admits(PUBLIC)
    assert house.program.read_setting("door", "world") is None

    # The switch decides for good, and there is no question any more.
    house.open_to("My network")
    house.window.wait_until_gone("push button", "Close Now")
    assert house.ask(PUBLIC, FOR_GUESTS) is None
    assert house.admits(LAN)
    ask(house).press()
    assert house.window.read("^Open to the internet until ")
    assert not house.window.has("alert")


def test_a_question_that_is_answered_too_late_opens_nothing(house, bus):
    activate(bus, "open-until", GLib.Variant("(sux)", ("internet", 1, int(time.time()) + 3)))
    question = house.window.find("alert")
    time.sleep(4)

    question.find("push button", "Let the Internet In").press()

    assert house.window.read("^That time is over already$")
    assert house.window.read("^Your photos can be opened on this computer$")
    assert house.ask(PUBLIC, FOR_GUESTS) is None


def activate(bus, action, parameter):
    """As the tray does it."""
    connect(bus).call_sync(*PROGRAM, "org.gtk.Actions", "Activate",
                           GLib.Variant("(sava{sv})", (action, [parameter], {})), None,
                           Gio.DBusCallFlags.NONE, -1, None)


def test_what_is_open_for_a_while_is_opened_for_good_in_the_settings(house):
    ask(house).press()
    assert house.window.read(rf"^({HOUR}){LEFT}")
    house.stage.show("Settings")
    house.window.find("combo box", "Who may come in", hidden=True).choose("My network")
    house.program.wait_for_setting("listen", "exposure", "network")
    house.stage.show("Home")
    house.window.wait_until_gone("push button", "Close Now")
    assert house.window.read("^Your photos can be reached from your network$")
    assert house.admits(LAN)


def test_a_day_is_chosen_and_one_that_is_over_is_none(house):
    ask(house)
    house.window.find("radio button", "Until a day and time").press()
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    assert house.window.read(rf"^Open to your network until {tomorrow.day} [A-Z][a-z]+, 22:00, .* left")
    hour = house.window.find("spin button", "Hour")
    hour.focus()
    assert house.window.find("spin button", "Minute")
    house.window.find("push button", "Open").press()
    assert house.window.read(rf"^Open to your network until {tomorrow.day} [A-Z][a-z]+, 22:00, .* left")
    house.program.finish()

    # It is still so after the next start.
    house.stage.start(namespace=house.network.house)
    assert house.stage.window.read(rf"^Open to your network until {tomorrow.day} [A-Z][a-z]+, 22:00, .* left")


def test_in_a_low_window_the_day_is_brought_into_sight(house):
    house.stage.session.run("xdotool", "getactivewindow", "windowsize", "900", "640")
    wait_until(lambda: house.window.find("frame").place[3] < 700, "a low window")
    ask(house)

    house.window.find("radio button", "Until a day and time").press()

    words = house.window.find("label", re.compile("^Open to your network until .* left"))
    hour = house.window.find("spin button", "Hour")
    wait_until(lambda: sum(hour.place[1::2]) <= words.place[1], "all of the time in sight")


def test_what_is_over_goes_back_by_itself(house):
    ask(house).press()
    assert house.window.read(rf"^({HOUR}){LEFT}")
    path = get_file(house)
    wait_until(path.exists, "what is open to be kept")
    house.program.finish()
    text = path.read_text()
    begun, until = (int(re.search(rf"{key}-s=(\d+)", text)[1]) for key in ("begun", "until"))
    path.write_text(text.replace(f"begun-s={begun}", f"begun-s={begun - 3580}")
                    .replace(f"until-s={until}", f"until-s={until - 3580}"))

    program = house.stage.start(namespace=house.network.house)
    window = house.stage.window
    assert window.find("radio button", "My network").is_("checked")
    wait_until(lambda: window.find("radio button", "This computer").is_("checked"), "its end", 60)
    window.wait_until_gone("push button", "Close Now")
    assert window.read("^Your photos can be opened on this computer$")
    assert not path.exists()
    assert program.read_setting("listen", "exposure") == "computer"


def test_nothing_is_wider_than_everything(house):
    house.open_to("The internet")
    question = house.window.find("alert")
    question.find("push button", "Let the Internet In").press()
    assert house.window.read("^The internet may open")
    ask(house)
    assert house.window.read("^The internet, which then sees everything$")
    assert house.window.read("^All of Immich is open to the internet until .*then for what you shared by link only$")
    house.window.find("push button", "Open").press()
    assert house.window.read("^The internet may reach all of Immich")
    house.window.find("push button", "Close Now").press()
    assert house.window.read("^The internet may open")

    house.window.find("radio button", "Everything").press()
    house.program.wait_for_setting("door", "world", "everything")
    house.window.wait_until_gone("toggle button", "Open for…")

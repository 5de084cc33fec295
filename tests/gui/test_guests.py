# SPDX-License-Identifier: GPL-3.0-or-later
"""Guests and strangers: who has a link sees what was shared by it, who guesses passwords waits, and
the window says so and lets them in again."""

import re
import time

import pytest

from browser import running_browser
from desk import BELIEVED, Visitor, settings_for, wait_until
from desk.house import LAN, LINKS, PUBLIC, House
from desk.services import click_first, wait_for_titles
from harness.network import NETWORKS

PUBLIC_IPV6 = list(NETWORKS)[3]
STRANGER = NETWORKS[PUBLIC][1].split("/")[0]
ALBUM = "/api/shared-links/me?slug=summer"
GUESS = "/api/shared-links/me?slug=grandparents&password=wrong"
RIGHT = "/api/shared-links/me?slug=grandparents&password=demo"
ROW = re.compile(rf"^Somebody at {re.escape(STRANGER)} is guessing passwords of links: \d+ tries$")
HINT = re.compile("^Who is turned away at the door appears here")


@pytest.fixture
def internet(house):
    """A house that shows the internet what was shared by link."""
    house.open_to("The internet")
    house.window.find("alert").find("push button", "Let the Internet In").press()
    assert house.window.read("^The internet may open what you shared by link")
    return house


def test_the_section_is_for_those_who_have_guests(house):
    assert house.window.find("label", "Devices", hidden=True)
    assert not house.window.all("label", HINT, hidden=True)

    house.open_to("The internet")
    house.window.find("alert").find("push button", "Let the Internet In").press()
    assert house.window.find("label", HINT, hidden=True)

    house.open_to("This computer")
    wait_until(lambda: not house.window.all("label", HINT, hidden=True), "no section")


def test_who_guesses_is_shown_and_let_in_again(internet):
    window = internet.window
    assert internet.ask(PUBLIC, ALBUM) == 200
    assert internet.ask(PUBLIC, "/api/albums") == 404
    assert window.read(f"^1 caller from outside was turned away today .{STRANGER}.$", hidden=True)
    answers = [internet.ask(PUBLIC, GUESS) for _ in range(10)]
    assert answers == [401] * 5 + [429] * 5
    assert internet.ask(PUBLIC, RIGHT) == 429

    assert window.read(f"^Somebody at {re.escape(STRANGER)} is guessing passwords of links: 11 tries$", hidden=True)
    assert window.read(r"^Since \d\d:\d\d · The next try has to wait for \d+ s$", hidden=True)
    assert window.read("^Somebody outside is guessing passwords, and has to wait$")
    assert internet.ask(LAN, RIGHT) == 200
    window.find("push button", "Show Who").press()
    wait_until(lambda: window.find("list item", ROW, hidden=True).is_("focused"), "the focus there")
    assert window.find("label", "Guests and strangers")
    window.find("push button", "Let In Again", hidden=True).press()
    window.wait_until_gone("label", re.compile("^Somebody outside is guessing"))

    wait_until(lambda: not window.all("label", ROW, hidden=True), "nobody who waits")
    assert not window.all("push button", "Show Who", hidden=True)
    assert window.read(f"^{re.escape(STRANGER)} may try again$")
    assert internet.ask(PUBLIC, RIGHT) == 200
    assert internet.ask(PUBLIC, ALBUM) == 200


def test_of_many_a_few_are_shown_at_first(stage):
    """Who may say who asks is believed: eight strangers."""
    program = stage.start(settings_for(stage.demo().url, *BELIEVED, "[door]", "world=links", exposure="internet"))
    stage.window.read("^The internet may open")
    for host in range(1, 9):
        guesser = Visitor(program.port, "firefox", address=f"203.0.113.{host}")
        assert [guesser.get(GUESS)[0] for _ in range(5)] == [401] * 5
    row = re.compile("^Somebody at .* is guessing passwords of links")

    def wait_for_rows(count):
        wait_until(lambda: len(stage.window.all("label", row, hidden=True)) == count, f"{count} rows")

    wait_for_rows(6)
    assert stage.window.read("^Somebody outside is guessing passwords")
    stage.window.find("push button", "Show All", hidden=True).press()
    wait_for_rows(8)
    stage.window.find("push button", "Show Fewer", hidden=True).press()
    wait_for_rows(6)


def test_a_wait_passes_by_itself(internet):
    """At home it is short; the third lasts eight seconds."""
    home = NETWORKS[LAN][1].split("/")[0]
    row = re.compile(f"^Somebody at {re.escape(home)} is guessing")
    assert [internet.ask(LAN, GUESS) for _ in range(5)] == [401] * 5
    for _ in range(2):
        wait_until(lambda: internet.ask(LAN, GUESS) == 401, "the end of a wait")

    assert internet.window.find("label", row, hidden=True)
    assert internet.window.read(r"^Since .* has to wait for \d s$", hidden=True)
    wait_until(lambda: not internet.window.all("label", row, hidden=True), "nobody who waits")
    assert internet.window.find("label", HINT, hidden=True)


class Guest:
    """A browser beyond the house's own network."""

    def __init__(self, browser, program):
        self._browser = browser
        self._begin = f"http://{NETWORKS[PUBLIC][0].split('/')[0]}:{program.port}"

    def visit(self, path):
        self._browser.open(self._begin + path)

    def sees_pictures(self, count):
        self._browser.wait_for("[...document.querySelectorAll('#grid img')].filter(image => image.naturalWidth).length"
                               f" === {count}")

    def sees(self, words):
        self._browser.wait_for(f"document.body?.innerText.includes('{words}')")

    def try_password(self, password):
        """Returns what the page says to it."""
        self._browser.wait_for("document.getElementById('door')?.hidden === false")
        self._browser.evaluate(f"document.getElementById('password').value = '{password}';"
                               "document.getElementById('door-outcome').textContent = '';"
                               "document.querySelector('#door button').click()")
        outcome = "document.getElementById('door-outcome').textContent"
        self._browser.wait_for(f"{outcome} || document.getElementById('door').hidden")
        return self._browser.evaluate(outcome)


@pytest.fixture
def window(first_start, stage):
    """Of somebody who has just come, has no Immich, and lets the internet in."""
    assistant = first_start()
    assistant.press("I have none yet: show me the demo")
    assistant.choose("This computer")
    assistant.press("Done")
    assistant.wait_until_gone()
    assert stage.window.read("^Your photos can be opened on this computer$")
    stage.window.find("radio button", "The internet").press()
    question = stage.window.find("alert")
    assert question.find("radio button", LINKS).is_("checked")
    question.find("push button", "Let the Internet In").press()
    assert stage.window.read("^The internet may open what you shared by link · not tried yet$")
    return stage.window


@pytest.fixture
def guest(window, stage, network, tmp_path):
    network.settle()
    with running_browser(tmp_path, within=("ip", "netns", "exec", network.guest)) as browser:
        yield Guest(browser, stage.program)


def test_from_the_first_start_to_a_guest_who_sees_the_album_and_waits_after_guessing(window, guest):
    guest.visit("/s/summer")
    guest.sees_pictures(12)
    assert window.read("^The internet may open what you shared by link$")
    assert window.read("^The internet has found the way in")
    for path in ("/", "/photos", "/auth/login"):
        guest.visit(path)
        guest.sees("private photo server")
    assert window.read(f"^1 caller from outside was turned away today .{STRANGER}.$", hidden=True)

    guest.visit("/s/grandparents")
    answers = [guest.try_password("wrong") for _ in range(10)] + [guest.try_password("demo")]
    assert answers[:5] == ["That is not the password."] * 5
    assert all(answer.startswith("Too many wrong passwords. Try again in ") for answer in answers[5:]), answers
    assert window.read(ROW.pattern, hidden=True)

    window.find("push button", "Let In Again", hidden=True).press()
    assert window.read(f"^{re.escape(STRANGER)} may try again$")
    assert guest.try_password("demo") == ""
    guest.sees_pictures(8)


# Notifications

def start_hidden(stage, network, *keys):
    """Before the eyes of the internet; who has the window before them is told nothing."""
    house = House(stage, network, "[door]", "world=links", "[window]", "notify-device=false", *keys,
                  exposure="internet", has_window=False, arguments=["--hidden"])
    wait_until(lambda: house.ask(PUBLIC, ALBUM) == 200, "an open door")
    return house


def guess_until_refused(house, network):
    assert [house.ask(network, GUESS) for _ in range(6)] == [401] * 5 + [429]


def break_settings(house):
    """Which is told, too: so it is known what was not told before."""
    house.program.settings_file.write_text("[listen]\nport=many\n", encoding="utf-8")


def test_each_guesser_is_told_of_once(stage, notifications, network):
    """And not one right after the other, nor those at home, who mistype."""
    house = start_hidden(stage, network)
    guess_until_refused(house, LAN)
    time.sleep(1.5)
    guess_until_refused(house, PUBLIC)

    wait_for_titles(notifications, "Somebody is guessing passwords")
    assert re.match(rf"^Somebody at {re.escape(STRANGER)} is guessing passwords of links: [56] tries$",
                    notifications.get_calls("Notify")[0][4])
    assert house.ask(PUBLIC, GUESS) == 429
    guess_until_refused(house, PUBLIC_IPV6)
    time.sleep(1.5)
    break_settings(house)
    wait_for_titles(notifications, "Somebody is guessing passwords", "The settings cannot be used")


def test_a_notification_leads_to_who_guesses(stage, notifications, network):
    house = start_hidden(stage, network)
    guess_until_refused(house, PUBLIC)
    wait_for_titles(notifications, "Somebody is guessing passwords")

    click_first(notifications)

    stage.find_window()
    wait_until(lambda: stage.window.find("list item", ROW, hidden=True).is_("focused"), "the focus there")
    assert stage.window.find("label", "Guests and strangers")
    assert not stage.window.has("radio button", "This computer"), "it lies far above"


def test_guessers_switched_off_are_not_told_of(stage, notifications, network):
    house = start_hidden(stage, network, "notify-guesser=false")
    guess_until_refused(house, PUBLIC)
    time.sleep(1.5)
    break_settings(house)

    wait_for_titles(notifications, "The settings cannot be used")

# SPDX-License-Identifier: GPL-3.0-or-later
"""The switch at the door: who may come in, and how it is said. Guests come over a cable between
two network namespaces."""

import re

import pytest

from desk import Visitor, settings_for, wait_until
from desk.house import HOUSE, LAN, LINKS, PUBLIC
from harness.network import NETWORKS

FOR_GUESTS = "/api/server/config"  # what a page of a shared link asks for


def test_at_first_it_is_for_this_computer(house):
    assert house.window.read("^Your photos can be opened on this computer$")
    assert house.window.find("radio button", "This computer").is_("checked")

    assert house.admits_itself()
    assert not house.admits(LAN)


def test_the_network_is_let_in_and_out_again(house):
    house.open_to("My network")

    assert house.window.read("^Your photos can be reached from your network$")
    assert house.window.read(rf"^http://{re.escape(HOUSE)}:{house.program.port}$")
    assert house.window.find("push button", "Show the code larger")
    assert house.admits(LAN)
    assert not house.admits(PUBLIC)
    stranger = NETWORKS[PUBLIC][1].split("/")[0]
    assert house.window.read(f"^1 caller from outside was turned away today .{stranger}.$", hidden=True)
    house.stage.show("Requests")
    assert house.window.read(f"^1 caller from outside was turned away today .{stranger}.$")
    house.stage.show("Home")
    house.program.wait_for_setting("listen", "exposure", "network")

    house.open_to("This computer")

    assert house.window.read("^Your photos can be opened on this computer$")
    assert not house.admits(LAN)
    assert house.admits_itself()
    house.program.wait_for_setting("listen", "exposure", "computer")


def test_the_internet_is_asked_about_once(house):
    house.open_to("The internet")
    question = house.window.find("alert")
    assert question.find("radio button", LINKS).is_("checked")
    assert question.read("nothing is encrypted") and question.read("on your own phone")
    question.find("radio button", "Everything").press()
    assert question.read("login page.*nothing is encrypted.*Tailscale")
    question.find("radio button", LINKS).press()
    assert question.read("whoever has a link of yours")
    question.find("push button", "Not Now").press()

    house.window.wait_until_gone("alert")
    assert house.window.find("radio button", "This computer").is_("checked")
    assert not house.window.has("radio button", LINKS)
    assert house.ask(PUBLIC, FOR_GUESTS) is None
    assert house.program.read_setting("door", "world") is None

    house.open_to("The internet")
    house.window.find("alert").find("push button", "Let the Internet In").press()
    assert house.window.read("^The internet may open what you shared by link · not tried yet$")
    house.program.wait_for_setting("door", "world", "links")
    assert house.ask(PUBLIC, FOR_GUESTS) == 200
    assert house.ask(PUBLIC, "/api/server/ping") == 404
    assert house.window.read("^The internet may open what you shared by link$")
    assert house.admits(LAN)

    house.open_to("My network")
    assert house.window.read("^Your photos can be reached from your network$")
    assert house.ask(PUBLIC, FOR_GUESTS) is None
    house.open_to("The internet")
    assert house.window.read("^The internet may open what you shared by link$")
    assert not house.window.has("alert")


def test_what_the_internet_may_see_can_be_changed_beside_the_switch(house):
    house.open_to("The internet")
    question = house.window.find("alert")
    question.find("radio button", "Everything").press()
    question.find("push button", "Let the Internet In").press()
    assert house.window.read("^The internet may reach all of Immich · not tried yet$")
    assert house.admits(PUBLIC)
    house.program.wait_for_setting("door", "world", "everything")
    assert house.window.find("radio button", "Everything").is_("checked")
    assert house.window.read("^Whoever finds your address has Immich’s login page")

    house.window.find("radio button", LINKS).press()

    assert house.window.read("^The internet may open what you shared by link$")
    assert house.window.read("^Whoever has a link of yours sees what you shared by it, and nothing else")
    house.program.wait_for_setting("door", "world", "links")
    assert not house.admits(PUBLIC)

    house.stage.show("Settings")
    house.window.find("combo box", "The internet may see", hidden=True).choose("Everything")
    house.program.wait_for_setting("door", "world", "everything")
    house.stage.show("Home")
    assert house.window.find("radio button", "Everything").is_("checked")


def test_being_reachable_is_said_as_far_as_it_is_known(house):
    """Nobody is told that it works before somebody was here."""
    way_in = re.compile("^The internet has found the way in: a caller from outside was here at ..:.. .203.0.113.5..$")
    house.open_to("The internet")
    house.window.find("alert").find("push button", "Let the Internet In").press()
    assert house.window.read(f"^Porchlight listens on port {house.program.port}.$")
    assert house.window.read("^Whether your router lets the internet in is not known")
    assert house.window.read("^Nothing is encrypted: on the way, others can read links and photos")
    assert house.window.read("^Whoever has a link of yours sees what you shared by it, and nothing else")
    assert [icon.name for icon in house.window.find("panel", re.compile("^Whether it can")).all("icon")] == [
        "known to be so", "not known", "to look at", "known to be so"]
    house.admits(LAN)
    assert not house.window.has("label", way_in)

    assert house.ask(PUBLIC, "/wp-login.php") == 404  # who is turned away has found it, too
    assert house.window.find("label", way_in)
    assert not house.window.has("label", re.compile("is not known"))

    house.window.find("push button", "Pause").press()
    assert house.window.read("^Porchlight is paused: it listens to nobody until you resume.$")
    assert house.window.read("^When resumed: Whoever has a link of yours")
    assert house.window.find("label", way_in)
    house.open_to("My network")
    house.window.wait_until_gone("label", way_in)

    # Who was here is known after the next start, though it is no device.
    house.program.finish()
    house.stage.start(namespace=house.network.house)
    house.stage.window.find("radio button", "The internet").press()
    assert house.stage.window.find("label", way_in)
    assert house.stage.window.read("^1 caller from outside was turned away today", hidden=True)


@pytest.mark.parametrize("button, world", [("Keep It So", "links"),
                                           ("Show It Everything", "everything")])
def test_settings_from_before_are_told_of_once(stage, button, world):
    program = stage.start(settings_for(stage.demo().url, exposure="internet"))
    assert stage.window.read("^The internet now sees only what you shared by link")

    stage.window.find("push button", button).press()

    stage.window.wait_until_gone("label", re.compile("^The internet now sees"))
    program.wait_for_setting("door", "world", world)
    program.finish()
    stage.start()
    assert stage.window.read("^The internet may ")
    assert not stage.window.has("label", re.compile("^The internet now sees"))


def test_who_was_let_in_before_a_pause_is_turned_away_too(house):
    house.open_to("My network")
    assert house.window.read("reached from your network")
    phone = Visitor(house.program.port, "ios", host=HOUSE,
                    make_socket=lambda: house.network.connect_from_guest(LAN, house.program.port))
    upload = phone.begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)
    assert house.window.find("progress bar", hidden=True)
    house.window.find("push button", "Pause").press()
    assert house.window.read("^Paused: nobody can open your photos$")
    house.window.find("push button", "Resume").press()
    assert house.window.read("reached from your network")

    house.open_to("This computer")

    assert upload.is_cut_off()


def test_pause_shuts_everybody_out(house):
    house.open_to("My network")
    assert house.window.read("reached from your network")
    assert house.admits(LAN)

    house.window.find("push button", "Pause").press()
    assert house.window.read("^Paused: nobody can open your photos$")
    assert not house.admits(LAN)
    assert not house.admits_itself()

    house.window.find("push button", "Resume").press()
    assert house.window.read("reached from your network")
    assert house.admits(LAN)


def test_a_guest_becomes_a_device(house):
    house.open_to("My network")
    assert house.window.read("reached from your network")
    assert house.admits(LAN)

    assert house.window.read("^1 device today, all well$")
    assert house.window.read(r"^Immich app \(iOS\)", hidden=True)
    assert house.window.read(re.escape(NETWORKS[LAN][1].split("/")[0]), hidden=True)


def test_the_code_can_be_enlarged(house):
    house.open_to("My network")

    house.window.find("push button", "Show the code larger").press()

    code = house.window.find("dialog")
    assert code.find("label", re.compile(re.escape(HOUSE)))


def test_where_there_is_no_code_the_network_is_let_in(house):
    house.window.find("toggle button", "Menu").press()
    house.window.find("push button", "Show QR Code").press()
    dialog = house.window.find("dialog")
    assert dialog.read("^No other device can come in now")

    dialog.find("push button", "Let My Network In").press()

    assert dialog.find("label", re.compile(re.escape(HOUSE)))
    house.program.wait_for_setting("listen", "exposure", "network")


def test_each_address_says_what_it_is_for_and_the_code_follows(house):
    house.open_to("My network")
    home, public, other = (f"http://{address.split('/')[0]}:{house.program.port}" for address in
                           (NETWORKS[LAN][0], NETWORKS[PUBLIC][0], "[fd77::1]"))
    house.window.read(re.escape(home))

    for words in ("At home", "Public", "IPv6"):
        assert house.window.find("label", words)
    code_button = house.window.find("push button", "Show the code larger")
    assert code_button.description == home
    house.window.find("radio button", other).press()

    wait_until(lambda: code_button.description == other, "another code")
    code_button.press()
    code = house.window.find("dialog")
    assert code.find("label", other)
    assert public not in [label.name for label in code.all("label")]


def test_immich_going_and_coming_back_is_seen(stage):
    demo = stage.demo()
    stage.start(settings_for(demo.url, "[upstream immich]", "health-interval-s=1"))
    assert stage.window.read("healthy")

    demo.terminate()
    assert stage.window.read("^Your photos cannot be reached$", timeout_s=20)

    stage.demo(port=demo.port)
    assert stage.window.read("^Your photos can be opened on this computer$", timeout_s=20)
    wait_until(lambda: stage.window.all("label", re.compile("healthy")), "a healthy Immich")


def test_the_check_up_says_what_the_internet_may_see(house):
    house.open_to("The internet")
    house.window.find("alert").find("push button", "Let the Internet In").press()
    assert house.window.read("^The internet may open")

    house.stage.show("Check-up")

    assert house.window.read("^As it is set, whoever has a link of yours", hidden=True)
    assert house.window.read("only a phone can tell", hidden=True)
    assert not house.window.all("label", re.compile("^Nobody answers at"), hidden=True)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant, from a first start to a phone that is let in."""

import re
import socket
import ssl

import pytest

from desk import wait_until
from desk.assistant import ADDRESS, HOUSE, LAN, PORT


def test_from_the_first_start_to_the_first_phone(first_start, immich):
    assistant = first_start()

    found = assistant.find("list item", re.compile(r"^Immich [\d.]+ on this computer, port 2283$"))
    assert found.is_("selected")
    assistant.go_on()

    assert assistant.read("^Who may come in")
    assert assistant.find("radio button", "My network").is_("checked")
    assistant.go_on()

    assert assistant.read("^Encrypt the way to your photos")
    assert assistant.find("radio button", "Not now").is_("checked")
    assistant.go_on()

    assert assistant.read("^Now take your phone$")
    assert assistant.read(f"^{re.escape(ADDRESS)}$")
    code = assistant.find("image", re.compile(re.escape(ADDRESS)))
    assert min(code.place[2:]) > 100
    assert assistant.read("^Waiting for your phone")
    assistant.press("Copy")
    assert assistant.stage.session.wait_for_copy("http") == ADDRESS
    assert assistant.find("push button", "Copied")

    assert assistant.visit_from(LAN) == 200
    assert assistant.read(r"^Immich app \(Android\) is here: it works\.$")
    assert not assistant.has("notification", re.compile("^Waiting"))

    assistant.press("Done")
    assistant.wait_until_gone()
    assert assistant.stage.window.read("^Your photos can be reached from your network$")
    assistant.program.wait_for_setting("listen", "exposure", "network")
    assistant.program.wait_for_setting("upstream immich", "urls", "http://127.0.0.1:2283")


def test_who_types_https_is_told_what_to_type(first_start, immich):
    assistant = first_start()
    assistant.go_on()
    assistant.choose("My network")
    assert assistant.read("^Waiting for your phone")

    with assistant.network.connect_from_guest(LAN, PORT) as phone:
        with pytest.raises(OSError):
            ssl.create_default_context().wrap_socket(phone, server_hostname="photos")

    assert assistant.read(r"^The device at [\d.]+ tried https://\. Type http:// for now")
    assert assistant.visit_from(LAN) == 200
    assert assistant.read("is here: it works")


def test_its_own_computer_is_no_arrival(first_start, immich):
    assistant = first_start()
    assistant.go_on()
    assistant.choose("My network")
    assert assistant.read("^Waiting for your phone")

    assert assistant.ask_at_home("/")[0] == 200
    assert assistant.stage.window.find("label", re.compile("^Firefox"), hidden=True)

    assert assistant.read("^Waiting for your phone")


def test_where_none_can_come_in_no_phone_is_waited_for(first_start, stage, immich):
    note = stage.install_opener("x-scheme-handler/http")
    assistant = first_start()
    assistant.go_on()
    assistant.choose("This computer")
    assert assistant.read("^You are done$")

    assistant.press("Open Immich")
    wait_until(lambda: note.exists() and note.read_text("utf-8") == f"http://127.0.0.1:{PORT}\n", "the browser")

    assistant.press("Done")
    assistant.wait_until_gone()
    assert stage.window.find("push button", "Let My Network In", hidden=True)
    assert not stage.window.all("notification", re.compile("^Waiting"), hidden=True)


def test_a_taken_port_is_got_round_on_the_spot(first_start, stage, network, immich):
    with network.socket_in_house(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("0.0.0.0", PORT))
        other.listen()
        assistant = first_start()
        assistant.go_on()
        assistant.choose("My network")
        assert assistant.read("^Something is in the way$")
        assert assistant.read(f"^Port {PORT} is taken")

        assistant.find("push button", re.compile(r"^Use \d+$")).press()

    assert assistant.read("^Now take your phone$")
    assert assistant.find("image", re.compile(re.escape(f"http://{HOUSE}:")))
    assert assistant.read("^Waiting for your phone")


def test_skipped_it_does_not_come_again(first_start, stage, immich):
    assistant = first_start()
    assistant.press("Skip")
    assistant.wait_until_gone()
    wait_until(assistant.program.settings_file.exists, "a settings file")
    stage.program.finish()

    again = first_start()

    assert stage.window.read("^Your photos can be opened on this computer$")
    assert not again.is_there


def test_enter_leads_through_it(first_start, stage, immich):
    assistant = first_start()
    wait_until(lambda: assistant.is_("active"), "the assistant in front")
    assert assistant.find("list item", re.compile("port 2283$")).is_("selected")

    stage.session.press_keys("Return")
    assert assistant.read("^Who may come in")
    stage.session.press_keys("Return")
    assert assistant.read("^Encrypt the way to your photos")
    stage.session.press_keys("Return")
    assert assistant.read("^Now take your phone$")
    stage.session.press_keys("Return")

    assistant.wait_until_gone()
    assert stage.window.read("^Your photos can be reached from your network$")


def test_escape_skips_it(first_start, stage):
    assistant = first_start()
    wait_until(lambda: assistant.is_("active"), "the assistant in front")

    stage.session.press_keys("Escape")

    assistant.wait_until_gone()


def test_without_an_immich_nothing_alarms_until_somebody_has_looked(first_start, stage):
    assert first_start().is_there
    assert stage.window.read("^Let us find your Immich$")
    assert stage.window.read("^None was found yet", hidden=True)
    assert not stage.window.has("label", re.compile("^not well"))

    stage.session.press_keys("Escape")

    assert stage.window.read("^Your photos cannot be reached$")
    assert stage.window.read("^not well")

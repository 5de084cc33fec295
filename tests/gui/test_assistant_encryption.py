# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant's third step: whether the way is encrypted, and by what."""

import re

import pytest

from desk import wait_until
from desk.assistant import ADDRESS, HOUSE, LAN
from harness.tls import make_certificate

SECURE = ADDRESS.replace("http", "https")
OFF, OWN, FILES, ACME = ("Not now", "By this computer’s own authority", "By certificates of your own",
                         "By an authority on the internet")


@pytest.fixture
def asked(first_start, immich):
    """At the third step, with the door open to the network."""
    assistant = first_start()
    assistant.go_on()
    assistant.go_on()
    assert assistant.read("^Encrypt the way to your photos")
    return assistant


def is_recommended(assistant, name):
    return assistant.find("radio button", name).description.startswith("Recommended")


def test_it_is_offered_and_can_be_left_out(asked):
    assert asked.find("radio button", OFF).is_("checked")
    assert is_recommended(asked, OWN) and not is_recommended(asked, FILES)

    asked.find("radio button", OWN).press()
    asked.go_on()
    assert asked.read(f"^{re.escape(SECURE)}$")
    assert asked.read("^A phone that trusts this computer uses this address")
    asked.program.wait_for_setting("tls", "mode", "local")

    asked.press("Back")
    assert asked.find("radio button", OWN).is_("checked")
    asked.find("radio button", OFF).press()
    asked.go_on()
    assert asked.read(f"^{re.escape(ADDRESS)}$")
    wait_until(lambda: asked.program.read_setting("tls", "mode") in (None, "off"), "none")
    asked.press("Done")
    asked.wait_until_gone()


def test_it_is_chosen_and_left_with_the_keyboard(asked):
    session = asked.stage.session
    wait_until(lambda: asked.find("radio button", OFF).is_("focused"), "the focus on what is")
    session.press_keys("Down")
    wait_until(lambda: asked.find("radio button", OWN).is_("checked"), "the next one chosen")
    session.press_keys("Up")
    wait_until(lambda: asked.find("radio button", OFF).is_("checked"), "the first one chosen")
    session.press_keys("alt+o")
    wait_until(lambda: asked.find("radio button", OWN).is_("checked"), "the one of that letter")
    session.press_keys("alt+w")
    wait_until(lambda: asked.find("radio button", OFF).is_("checked"), "the one of that letter")
    session.press_keys("alt+n")
    assert asked.read(f"^{re.escape(ADDRESS)}$")


def test_files_must_fit_before_it_goes_on(asked, tmp_path):
    pairs = [make_certificate(tmp_path, name, names=f"IP:{HOUSE}") for name in ("one", "two")]
    assert not asked.has("text", "Certificate")
    asked.find("radio button", FILES).press()

    asked.press("Next")
    assert asked.read("^No certificate is named")
    asked.find("text", "Certificate").type(str(pairs[0].chain))
    asked.find("text", "Key").type(str(pairs[1].key))
    asked.press("Next")
    assert asked.read("does not belong to the certificate")
    asked.find("text", "Key").type(str(pairs[0].key))
    asked.go_on()

    assert asked.read(f"^{re.escape(SECURE)}$")
    asked.program.wait_for_setting("tls", "mode", "files")


def test_with_tailscale_its_certificates_are_recommended(asked, network):
    network.add_in_house("100.101.102.103/32")
    try:
        wait_until(lambda: is_recommended(asked, FILES), "another recommendation")
        assert not is_recommended(asked, OWN)
        assert asked.read("run “tailscale cert”")
    finally:
        network.remove_in_house("100.101.102.103/32")


def test_for_this_computer_alone_nothing_is_recommended(asked):
    asked.press("Back")
    asked.find("radio button", "This computer").press()
    asked.go_on()

    assert asked.read("it is not needed")
    assert not any(is_recommended(asked, name) for name in (OWN, FILES, ACME))
    assert not asked.admits(LAN)


def test_for_the_internet_an_authority_there_is_recommended(asked):
    asked.press("Back")
    asked.find("radio button", "The internet").press()
    asked.press("Next")
    asked.stage.window.find("alert").find("push button", "Let the Internet In").press()
    asked.stage.window.wait_until_gone("alert")
    assert is_recommended(asked, ACME) and not is_recommended(asked, OWN)

    asked.find("radio button", ACME).press()
    asked.find("text", "Names").type("photos.lan")
    asked.press("Next")
    assert asked.read("photos.lan")
    assert asked.read("^Step 3 of 4$")

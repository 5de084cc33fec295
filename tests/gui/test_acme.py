# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate from an authority on the internet, as somebody at the window has one made: by pebble,
which asks whether the name leads here as Let's Encrypt does, or by nobody."""

import pathlib
import re
import socket
import ssl
import sys

import pytest

from desk import settings_for, wait_until
from harness import free_port

sys.path.append(str(pathlib.Path(__file__).parents[1] / "wire/peers"))

from pebble import Pebble  # noqa: E402

NAME = "photos.example"
TITLE = "A certificate from an authority on the internet"
PATIENCE_S = 60


class Form:
    """The form in Settings, and what goes on below it."""

    def __init__(self, stage, *keys, port):
        self.stage = stage
        self.program = stage.start(settings_for(stage.demo().url, *keys), port=port)
        self.window = stage.window
        stage.show("Settings")
        if not keys:
            self.window.find("toggle button", TITLE, hidden=True).press()

    def type(self, name, text):
        self.window.find("text", name, hidden=True).type(str(text))

    def press(self, name):
        self.window.find("push button", name, hidden=True).press()

    def name_authority(self, pebble):
        self.window.find("toggle button", "Another authority, or a proof by DNS", hidden=True).press()
        self.type("Authority", pebble.directory)
        self.type("Trusted by", pebble.authority)

    @property
    def mode(self):
        return self.window.find("combo box", "Encryption", hidden=True)

    def is_trusted_by(self, root):
        """As a browser that trusts the authority and comes to the name."""
        context = ssl.create_default_context(cafile=root)
        try:
            with socket.create_connection(("127.0.0.1", self.program.port), timeout=20) as plain:
                context.wrap_socket(plain, server_hostname=NAME).close()
        except ssl.SSLError:
            return False
        return True


@pytest.fixture
def pebble(tmp_path):
    folder = tmp_path / "pebble"
    folder.mkdir()
    return Pebble(folder)


def test_an_authority_makes_one_from_start_to_end(stage, pebble):
    port = free_port()
    form = Form(stage, port=port)
    with pebble.running(http_port=port, tls_port=port):
        form.type("Names", NAME)
        form.name_authority(pebble)
        form.press("Get a Certificate")

        form.program.wait_for_setting("tls", "mode", "acme")
        wait_until(lambda: form.is_trusted_by(pebble.root), "its certificate", PATIENCE_S)
        form.window.read(f"certificate is from Pebble.* It is for {NAME}", hidden=True)
        assert not form.window.all("push button", "Try Now", hidden=True)
        assert form.mode.chosen == "By an authority on the internet"
        stage.show("Home")
        form.window.read(f"certificate is from Pebble.* It is for {NAME}", hidden=True)


def test_what_keeps_it_from_being_made_is_said_and_tried_again(stage, pebble):
    port = free_port()
    form = Form(stage, port=port)
    with pebble.running():
        form.type("Names", NAME)
        form.name_authority(pebble)
        form.press("Get a Certificate")
        form.window.read("It is tried again at", hidden=True, timeout_s=PATIENCE_S)
        form.window.read("this computer’s own stands in", hidden=True)
        stage.show("Home")
        form.window.read("It is tried again at", hidden=True)
        assert form.window.find("push button", "Try Now", hidden=True).is_("sensitive")
        stage.show("Settings")

    with pebble.running(http_port=port, tls_port=port):
        form.press("Try Now")
        wait_until(lambda: form.is_trusted_by(pebble.root), "its certificate", PATIENCE_S)
        wait_until(lambda: not form.window.all("push button", "Try Now", hidden=True), "no more to do")


def test_it_is_given_up_by_leaving_the_mode(stage, pebble):
    form = Form(stage, "[tls]", *pebble.settings(NAME), port=free_port())
    form.window.read("It is tried again at", hidden=True, timeout_s=PATIENCE_S)

    form.mode.choose("Off")

    form.window.read("^Connections are not encrypted", hidden=True)
    wait_until(lambda: not form.window.all("notification", re.compile("tried again"), hidden=True),
               "no words of it")
    assert not form.window.all("push button", "Try Now", hidden=True)


@pytest.mark.parametrize("name, words", [
    ("photos.lan", "^“photos.lan” cannot be used: it leads here from home alone"),
    ("192.168.1.2", "^A name such as photos.example, not an address"),
])
def test_a_name_that_no_authority_vouches_for_is_refused_at_the_form(stage, name, words):
    form = Form(stage, port=free_port())

    form.type("Names", name)
    form.press("Get a Certificate")

    said = form.window.read(words, hidden=True)
    assert said == form.window.find("text", "Names", hidden=True).description
    assert form.program.read_setting("tls", "mode") in (None, "off")


def test_what_is_missing_is_said_at_the_choice(stage):
    stage.start(settings_for(stage.demo().url))
    stage.show("Settings")
    mode = stage.window.find("combo box", "Encryption", hidden=True)
    mode.choose("By an authority on the internet")
    stage.window.read("^Name what the certificate is to be for", hidden=True)
    stage.window.find("text", "Names")
    assert mode.chosen == "Off"

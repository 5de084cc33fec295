# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether there is a newer version: nothing is asked until somebody wants to know, nobody but the makers is
believed, and where the build has nobody to ask nothing is offered. UPDATE_URL: where this build asks."""

import os
import re
import subprocess
import urllib.parse
from pathlib import Path

import pytest

from desk import settings_for, wait_until

SOURCE = Path(__file__).resolve().parents[2]
KEY = SOURCE / "tests/gui/update-key.pem"
PAGE = "https://example.org/porchlight"
WISHED = "[window]\nlook-for-updates=true"
SENTENCE = r"^There is a newer version: Porchlight 99\.0\. You have "

URL = urllib.parse.urlsplit(os.environ.get("UPDATE_URL", ""))

offered = pytest.mark.skipif(not URL.port, reason="this build has nobody to ask for a newer version")
not_offered = pytest.mark.skipif(bool(URL.port), reason="this build has somebody to ask")


def announce(version, key=KEY):
    return subprocess.run([SOURCE / "packaging/announce", version, PAGE, key], check=True,
                          capture_output=True, text=True).stdout


class Makers:
    """Where the program asks."""

    def __init__(self, stage):
        self.stage = stage
        self.body, self.status = announce("99.0"), 200
        self.server = stage.upstream(self.serve, port=URL.port)

    def serve(self, conn):
        for _ in conn.requests():
            conn.respond(self.status, self.body)

    def count(self):
        return len(self.server.requests)


@pytest.fixture
def makers(stage):
    return Makers(stage)


def start(stage, *keys, **options):
    return stage.start(settings_for(stage.demo().url, *keys), **options)


def ask(stage):
    stage.window.find("toggle button", "Menu").press()
    stage.window.find("push button", "Look for a Newer Version").press()


@offered
def test_nothing_is_asked_unless_somebody_wishes_it(stage, makers):
    start(stage)
    stage.show("Requests")
    stage.window.read("^No requests yet$")

    assert makers.count() == 0
    assert not stage.window.all("label", re.compile(SENTENCE))


@offered
def test_asked_from_the_menu_it_is_said_and_its_page_opened(stage, makers):
    start(stage)
    note = stage.install_opener("x-scheme-handler/https")

    ask(stage)

    assert stage.window.read(SENTENCE)
    assert makers.server.requests[0].get("User-Agent").startswith("Porchlight/")
    stage.window.find("push button", "Open Its Page").press()
    wait_until(lambda: note.exists() and note.read_text("utf-8") == PAGE + "\n", "the browser")


@offered
def test_sent_away_it_comes_back_when_asked_for(stage, makers):
    start(stage, WISHED)
    assert stage.window.read(SENTENCE)

    stage.window.find("push button", "Not Now").press()
    wait_until(lambda: not stage.window.all("label", re.compile(SENTENCE)), "the bar's end")
    ask(stage)

    assert stage.window.read(SENTENCE)


@offered
def test_who_waits_is_told_so(stage, makers):
    makers.server.script = lambda conn: conn.wait_for_end()
    start(stage)

    ask(stage)

    assert stage.window.read("^Looking for a newer version…$")


@offered
def test_asked_from_the_menu_the_newest_is_said_to_be_that(stage, makers):
    makers.body = announce("0.0.1")
    start(stage)

    ask(stage)

    assert stage.window.read(r"^Porchlight [\d.]+ is the newest version$")
    assert not stage.window.all("label", re.compile(SENTENCE))


@offered
def test_wished_in_the_settings_it_is_asked_by_itself(stage, makers):
    start(stage, WISHED)

    assert stage.window.read(SENTENCE)
    assert makers.count() == 1


@offered
def test_the_switch_asks_at_once(stage, makers):
    program = start(stage)
    stage.show("Settings")

    stage.window.find("toggle button", "Look for newer versions", hidden=True).press()

    assert stage.window.read(SENTENCE)
    program.wait_for_setting("window", "look-for-updates", "true")


@offered
@pytest.mark.parametrize("body, status, words", [
    ("<title>hello</title>", 200, "what answered was not said by Porchlight's makers"),
    ('{"announcement": "e30=", "signature": "e30="}', 200, "not said by"),
    ("gone", 404, "404"),
])
def test_what_others_say_is_not_believed(stage, makers, body, status, words):
    makers.body, makers.status = body, status
    start(stage, WISHED)
    wait_until(makers.count, "the question")

    ask(stage)

    assert stage.window.read(f"^Whether there is a newer version could not be found out: .*{words}")
    assert not stage.window.all("label", re.compile(SENTENCE))


@offered
def test_another_key_is_not_believed(stage, makers, tmp_path):
    other = tmp_path / "other.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", other], check=True)
    makers.body = announce("99.0", other)
    start(stage)

    ask(stage)

    assert stage.window.read("not said by Porchlight")


@not_offered
def test_where_nobody_is_to_be_asked_nothing_is_offered(stage):
    start(stage, WISHED)

    stage.window.find("toggle button", "Menu").press()
    assert stage.window.find("push button", "About Porchlight")
    assert not stage.window.all("push button", "Look for a Newer Version")
    stage.show("Settings")
    assert stage.window.find("toggle button", "Start at login", hidden=True)
    assert not stage.window.all("toggle button", "Look for newer versions", hidden=True)

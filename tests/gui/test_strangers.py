# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is turned away at the door, as the page of requests tells it: by which rule, and what can be allowed."""

import re

import pytest

from desk import BELIEVED, Visitor
from desk.requests import Page

ID = "2b3c4d5e-0123-4567-89ab-cdef01234567"
LINK = "key=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01Q"
LINKS_ALONE = "^guests may see what was shared by link"


@pytest.fixture
def page(stage):
    return Page(stage, *BELIEVED)


@pytest.fixture(name="stranger")
def make_stranger(page):
    page.resize(1260, 860)
    return Visitor(page.program.port, "firefox", address="203.0.113.9")


def agree(page, details, button, answer):
    """To what the button of the details asks."""
    details.find("push button", button).press()
    page.window.find("alert").find("push button", answer).press()


def decline(page, details, button, asked):
    details.find("push button", button).press()
    question = page.window.find("alert")
    assert question.find("label", asked)
    question.find("push button", "Cancel").press()
    page.window.wait_until_gone("alert")


def test_who_was_turned_away_is_told_by_which_rule(page, stranger):
    rules = {"/api/users/me": LINKS_ALONE,
             f"/api/assets/{ID}": "^a guest asked for this without the link",
             "/api/server/config?apiKey=x": "^the address a guest asked for held a login",
             "/api//server/config": LINKS_ALONE,
             "/theme/day.css": LINKS_ALONE}
    for path in rules:
        assert stranger.get(path)[0] == 404
    page.wait_for(len(rules))
    assert {row[2] for row in page.rows()} == {"404"}

    details = page.open("users/me")
    for path, rule in rules.items():
        assert details.find("label", re.compile(re.escape(path.removesuffix("x"))))
        assert details.read(rule) and details.read("^turned away at the door$")
        assert not details.has("push button", "Allow It…")
        page.stage.session.press_keys("Down")
    assert page.window.read("^1 caller from outside was turned away today .203.0.113.9.$")
    page.stage.show("Home")
    assert page.window.read("^1 caller from outside was turned away today .203.0.113.9.$", hidden=True)
    assert page.window.read("^All well; no other device was here today$")


def test_what_a_newer_share_page_needs_can_be_allowed(page, stranger):
    assert stranger.get(f"/api/assets/{ID}/tiles?{LINK}")[0] == 404
    assert stranger.get(f"/api/assets/{ID}/others?{LINK}")[0] == 404
    page.wait_for(2)
    details = page.open("tiles")
    assert details.read(LINKS_ALONE)
    assert details.read("^This looks like something a share page needs")

    decline(page, details, "Allow It…", "GET /api/assets/{id}/tiles")
    assert page.program.read_setting("door", "also-links") is None

    agree(page, details, "Allow It…", "Allow")
    page.program.wait_for_setting("door", "also-links", "GET /api/assets/{id}/tiles")
    details.wait_until_gone("push button", "Allow It…")
    assert not details.has("label", re.compile("^This looks like"))

    stranger.get(f"/api/assets/{ID}/tiles?{LINK}&again=1")
    assert stranger.get(f"/api/assets/{ID}/tiles")[0] == 404
    page.wait_for(4)
    assert page.open("again").read("^there is no such thing$")
    details = page.open("others")
    assert details.read(LINKS_ALONE)
    agree(page, details, "Allow It…", "Allow")
    page.program.wait_for_setting("door", "also-links",
                                  "GET /api/assets/{id}/tiles;GET /api/assets/{id}/others")


def test_a_proxy_of_ones_own_can_be_trusted(stage):
    """A tunnel on this computer, say: until its word is believed, all whom it brings see what was shared by link."""
    page = Page(stage)
    page.resize(1260, 860)
    tunnel = Visitor(page.program.port, "firefox", address="192.168.1.23")
    assert tunnel.get("/api/server/ping")[0] == 404
    page.wait_for(1)
    details = page.open("server/ping")
    assert details.read("^it came by another proxy, on whose word nobody is known")
    assert details.read("^If that proxy is yours, say so")
    assert not details.has("push button", "Allow It…")

    decline(page, details, "Trust This Proxy…", "127.0.0.1")
    assert page.program.read_setting("forwarding", "trusted-proxies") is None

    agree(page, details, "Trust This Proxy…", "Trust It")
    page.program.wait_for_setting("forwarding", "trusted-proxies", "127.0.0.1")
    details.wait_until_gone("push button", "Trust This Proxy…")
    assert tunnel.get("/api/server/ping")[0] == 200
    assert tunnel.get("/api/server/ping", X_Forwarded_For="203.0.113.9")[0] == 404


def test_a_file_of_a_newer_share_page_can_be_allowed(page, stranger):
    stranger.get("/theme/night.css", Referer=f"{page.program.url}/share/{LINK[4:]}")
    page.wait_for(1)

    agree(page, page.open("night"), "Allow It…", "Allow")

    page.program.wait_for_setting("door", "also-links", "GET /theme/night.css")
    assert stranger.get("/theme/night.css")[0] == page.browser.get("/theme/night.css")[0]
    page.wait_for(3)
    assert not page.window.has("label", re.compile("turned away today"))

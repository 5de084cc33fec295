# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of requests: they come, are searched, filtered and looked into."""

import re
import shlex
import socket
import time

import pytest

from desk import BELIEVED, wait_until
from desk.requests import Page


@pytest.fixture
def page(stage):
    return Page(stage, *BELIEVED)


def test_requests_appear_as_they_happen(page):
    page.visit()

    devices = ["Immich app (Android)"] * 3 + ["Firefox on Windows"] * 3
    assert [row[0] for row in page.rows()] == devices
    assert [row[2] for row in page.rows()] == ["200", "200", "201", "200", "401", "404"]
    assert page.rows()[1][1].startswith("thumbnail ")
    assert page.window.read(r"^6 requests$")


def test_the_details_keep_their_share_of_the_window(page):
    """Below the list where there is little room, else beside it."""
    page.visit()
    page.open("401")
    share = page.share_of_details()

    page.resize(640, 560)
    wait_until(page.are_details_below, "the details below the list")
    assert page.window.find("filler", "Details of the request").place[3] > 100
    page.resize(1100, 800)
    wait_until(lambda: not page.are_details_below(), "the details beside the list")

    wait_until(lambda: abs(page.share_of_details() - share) < 0.05, f"{share:.0%} for the details")


def test_a_running_upload_shows_how_far_it_is(page):
    upload = page.phone.begin_upload("IMG_2041.MOV", 4_000_000)

    upload.send(1_000_000)
    page.window.find("table cell", "25 %")
    upload.send(1_000_000)
    page.window.find("table cell", "50 %")

    assert upload.finish() == 201
    page.window.find("table cell", "201")


def test_the_details_go_on_while_nothing_moves(page):
    upload = page.phone.begin_upload("IMG_2041.MOV", 4_000_000)
    upload.send(1_000_000)
    details = page.open("25 %")

    def waited_s():
        words = [label.name for label in details.all("label")]
        return max(float(time[:-2]) for time in words if re.match(r"[0-9.]+ s$", time))

    wait_until(lambda: waited_s() > 4, "a wait that lasts")
    upload.give_up()


def test_search(page):
    page.visit()
    search = page.window.find("text", "Search the requests")

    search.type("login")
    page.wait_for(1)
    assert page.window.read("^1 of 6 requests")
    search.type("firefox 404")
    page.wait_for(1)
    search.type("of this there is none")
    page.wait_for(0)
    search.type("")
    page.wait_for(6)


def test_escape_leaves_the_search(page):
    page.visit()
    page.window.find("table", "Requests").focus()

    page.stage.session.press_keys("ctrl+f")
    search = page.window.find("text", "Search the requests")
    wait_until(lambda: search.is_("focused"), "focus in the search")
    search.type("login")
    page.wait_for(1)
    page.stage.session.press_keys("Escape")

    page.wait_for(6)
    assert search.text == ""


def test_chips_filter_by_kind(page):
    page.visit()

    page.press_chip("Errors")
    page.wait_for(2)
    page.press_chip("Uploads")
    page.wait_for(3)
    page.press_chip("Errors")
    page.wait_for(1)
    assert page.rows()[0][1].startswith("POST upload")
    page.press_chip("Uploads")
    page.press_chip("Pages")
    page.wait_for(1)


def test_one_device_alone(page):
    page.visit()

    page.press_chip("All Devices")
    page.window.find("radio button", re.compile("^Firefox on Windows")).press()

    page.wait_for(3)
    assert page.window.find("toggle button", re.compile("^Firefox on Windows"))
    page.window.find("radio button", "All Devices").press()
    page.window.find("toggle button", "All Devices")
    page.wait_for(6)


def test_hold_keeps_new_ones_out_of_sight(page):
    page.visit()

    page.window.find("toggle button", "Hold the list").press()
    page.phone.list_pictures()
    assert page.window.read("1 waiting")
    assert len(page.rows()) == 6

    page.window.find("toggle button", "Hold the list").press()
    page.wait_for(7)


def test_clear(page):
    page.visit()

    page.window.find("push button", "Clear the list").press()

    page.window.read("No requests yet")
    page.phone.list_pictures()
    page.wait_for(1)


def test_clearing_can_be_taken_back(page):
    page.visit()
    page.window.find("push button", "Clear the list").press()
    page.window.read("No requests yet")
    page.phone.list_pictures()
    page.wait_for(1)

    page.window.find("notification", "Cleared")
    page.window.find("push button", "Undo").press()

    page.wait_for(7)
    assert page.rows()[4][2] == "401"


def test_addresses_are_shown_as_they_are_read(page):
    page.phone.get("/%E6%97%A5%E6%9C%AC/%F0%9F%93%B7%E2%80%AE.jpg")
    page.phone.get("/api/server/ping")
    page.wait_for(2)
    assert page.rows()[0][1] == "page  \u2066/日本/📷%E2%80%AE.jpg\u2069"

    page.window.find("text", "Search the requests").type("日本")
    page.wait_for(1)
    page.open("日本")
    assert page.window.read("^GET /日本/📷%E2%80%AE.jpg$")
    page.window.find("push button", "Copy Address", hidden=True).press()
    assert page.stage.session.wait_for_copy("^http").endswith(
        "/%E6%97%A5%E6%9C%AC/%F0%9F%93%B7%E2%80%AE.jpg")


def test_who_asked_is_there_to_the_last(page):
    """The size and how long it took make room first."""
    page.visit()
    titles = lambda: [button.name for button in page.window.all("table column header")]
    assert titles() == ["Time", "Device", "Request", "Status", "Size", "Took"]

    page.resize(640, 480)
    wait_until(lambda: titles() == ["Time", "Device", "Request", "Status", "Took"], f"{titles()}")


def test_details_explain_and_mask(page):
    page.visit()
    details = page.open("^page ")

    assert details.read(r"Firefox/128\.0$")
    assert details.read(r"^X-Forwarded-For: 192\.168\.1\.24", hidden=True)
    assert details.read(r"^Cookie: •+$", hidden=True)
    assert not details.all("label", re.compile("do-not-tell"), hidden=True)

    details.find("toggle button", "Reveal Cookie", hidden=True).press()
    assert details.read("^Cookie: .*do-not-tell$", hidden=True)
    details.find("toggle button", "Hide Cookie", hidden=True).press()
    assert details.read("^Cookie: •+$", hidden=True)


def test_details_open_without_a_mouse(page):
    page.visit()

    page.window.find("table cell", re.compile("^page ")).press("Activate")

    details = page.window.find("filler", "Details of the request")
    assert details.read(r"Firefox/128\.0$")


def test_details_say_why_it_ended(page):
    upload = page.phone.begin_upload("IMG_2041.MOV", 4_000_000)
    upload.send(1_000_000)
    page.window.find("table cell", "25 %")
    details = page.open("^POST upload")

    upload.give_up()

    assert details.read("device|client|phone")
    assert details.read("1.0 MB")


def test_copies_have_no_secrets(page):
    page.visit()
    details = page.open("/api/nowhere")
    session = page.stage.session

    details.find("push button", re.compile("cURL"), hidden=True).press()
    command = shlex.split(session.wait_for_copy("^curl"))
    assert command[0] == "curl"
    assert any(word.startswith(f"http://127.0.0.1:{page.program.port}/api/nowhere")
               for word in command)
    assert "do-not-tell" not in " ".join(command)

    details.find("push button", re.compile("Copy [Aa]ddress|Copy URL"), hidden=True).press()
    assert "do-not-tell" not in session.wait_for_copy("^http")


def test_a_copy_of_a_long_address_says_what_is_missing(page):
    page.phone.get("/" + 1500 * "x")
    details = page.open("x{40}")

    details.find("push button", re.compile("Copy [Aa]ddress|Copy URL"), hidden=True).press()

    page.window.find("notification", re.compile("^Copied, but .* only the beginning is known$"))
    assert len(page.stage.session.wait_for_copy("^http")) < 1500


def test_heads_of_a_failure_are_there_though_nobody_looked(page):
    page.stage.show("Home")
    page.window.wait_until_gone("table", "Requests")
    page.browser.get("/api/nowhere?key=do-not-tell")
    page.browser.get("/api/server/ping")
    page.stage.show("Requests")
    page.wait_for(2)

    details = page.open("/api/nowhere")
    assert details.read(r"^Cookie: •+$", hidden=True)
    assert not details.all("toggle button", "Reveal Cookie", hidden=True)
    details = page.open("ping")
    assert details.read("^Headers are kept while this page is open", hidden=True)


def test_who_speaks_tls_is_told_what_to_type(page):
    with socket.create_connection(("127.0.0.1", page.program.port), 20) as connection:
        connection.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100))
        page.wait_for(1)
    wait_until(lambda: "(tried https://; type http:// for now)" in page.rows()[0][1],
               "the words of the row, which are made when it is drawn")

    details = page.open("tried https")
    assert details.read("^the device tried https://; type http:// for now, or turn encryption on$")
    assert details.read("^There was no head to keep", hidden=True)


def test_follows_the_end_until_scrolled_up(page):
    for _ in range(40):
        page.phone.get("/api/server/ping")
    page.wait_for(40)
    page.window.find("table", "Requests").focus()
    first = page.window.find("table cell")
    assert first.is_scrolled_away

    page.stage.session.press_keys("Page_Up", "Home")
    wait_until(lambda: not first.is_scrolled_away, "the first request in sight")
    for _ in range(3):
        page.phone.list_pictures()
    page.wait_for(43)
    assert not first.is_scrolled_away

    page.window.find("push button", "3 new").press()
    wait_until(lambda: first.is_scrolled_away, "the last requests in sight")
    page.window.wait_until_gone("push button", "3 new")

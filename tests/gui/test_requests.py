# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of requests: they come, are searched, filtered, looked into, and exported."""

import csv
import json
import os
import pathlib
import re
import shlex
import shutil
import socket
import subprocess
import time

import pytest

from desk import BELIEVED, Visitor, settings_for, wait_until
from desk.services import offer_file_manager
from harness.packages import install_packages

IMPORTERS = pathlib.Path(__file__).resolve().parent / "importers"
HAR_SCHEMA = pathlib.Path("/usr/share/nodejs/har-schema/lib")
SECRETS = {"Cookie": "immich_access_token=do-not-tell"}


class Page:
    """The page, with one visitor's phone and another's browser before it."""

    def __init__(self, stage, *settings):
        self.stage = stage
        self.demo = stage.demo()
        self.program = stage.start(settings_for(self.demo.url, *settings))
        self.window = stage.window
        stage.show("Requests")
        self.window.read("No requests yet")
        self.phone = Visitor(self.program.port, "android", address="192.168.1.23")
        self.browser = Visitor(self.program.port, "firefox", secrets=SECRETS,
                               address="192.168.1.24")

    def rows(self):
        """The requests in sight, without the time."""
        cells = [cell.name for cell in self.window.all("table cell")]
        return [tuple(cells[start + 1 : start + 4]) for start in range(0, len(cells), 6)]

    def wait_for(self, count):
        wait_until(lambda: len(self.rows()) == count, f"{count} rows; there are {self.rows()}")

    def open(self, name):
        """The details of a request that has such a cell, which is clicked when it has come to rest: rows
        move while a window takes its size."""
        cell = self.window.find("table cell", re.compile(name))
        places = []

        def is_at_rest():
            places.append(cell.place)
            return places[-10:] == places[-1:] * 10

        wait_until(is_at_rest, f"{name} at rest")
        self.stage.session.click(cell)
        return self.window.find("filler", "Details of the request")

    def resize(self, width, height):
        self.stage.session.run("xdotool", "getactivewindow", "windowsize", str(width), str(height))

    def are_details_below(self):
        details = self.window.find("filler", "Details of the request")
        return details.place[0] == self.window.find("table", "Requests").place[0]

    def share_of_details(self):
        """Of the width."""
        details = self.window.find("filler", "Details of the request")
        return details.place[2] / self.window.find("frame").place[2]

    def press_chip(self, name):
        self.window.find("toggle button", name).press()

    def visit(self):
        """A few requests of different kinds."""
        picture = self.phone.list_pictures()[0]
        assert self.phone.get(f"/api/assets/{picture}/thumbnail")[0] == 200
        assert self.phone.upload("IMG_2041.JPG", 20000) == 201
        assert self.browser.get("/", Accept="text/html")[0] == 200
        assert self.browser.log_in("wrong") == 401
        assert self.browser.get("/api/nowhere?key=do-not-tell")[0] == 404
        self.wait_for(6)


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


def export(page, kind, name):
    """Saves what is shown by way of the menu and the file chooser."""
    path = page.stage.folder / name
    page.window.find("toggle button", "Export the requests shown").press()
    page.window.find("push button", re.compile(kind)).press()
    chooser = page.window.find("file chooser")
    chooser.find("text", "Name:").type(str(path))
    chooser.find("push button", "Save").press()
    page.window.find("notification", f"Saved as {name}")
    return path.read_bytes().decode()


def test_what_was_saved_is_shown_in_its_folder(page):
    page.visit()

    with offer_file_manager(page.stage.session.environment["DBUS_SESSION_BUS_ADDRESS"]) as files:
        export(page, "^CSV", "log.csv")
        page.window.find("push button", "Show in Folder").press()
        files.wait_for("ShowItems")
        assert files.get_calls("ShowItems")[0][0] == [(page.stage.folder / "log.csv").as_uri()]

    export(page, "^CSV", "again.csv")
    page.window.find("push button", "Show in Folder").press()
    page.window.find("notification", "No program shows folders here.")


def test_har_is_valid(page):
    jsonschema = pytest.importorskip(
        "jsonschema", reason="Debian package missing: python3-jsonschema")
    if not HAR_SCHEMA.exists():
        pytest.skip("Debian package missing: node-har-schema")
    page.visit()

    text = export(page, "^HAR", "log.har")

    archive = json.loads(text)
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8"))
               for path in HAR_SCHEMA.glob("*.json")}
    resolver = jsonschema.RefResolver("", schemas["har.json"], store={
        **schemas, **{f"{name}#": schema for name, schema in schemas.items()}})
    jsonschema.Draft6Validator(schemas["har.json"], resolver=resolver).validate(archive)
    entries = archive["log"]["entries"]
    assert archive["log"]["version"] == "1.2"
    assert [entry["response"]["status"] for entry in entries] == [200, 200, 201, 200, 401, 404]
    assert entries[3]["request"]["method"] == "GET"
    assert all(entry["time"] >= 0 for entry in entries)
    assert "do-not-tell" not in text


def test_export_is_what_is_shown(page):
    page.visit()
    page.press_chip("Errors")
    page.wait_for(2)

    rows = list(csv.reader(export(page, "^CSV", "log.csv").splitlines()))

    assert len(rows) == 3
    assert len(set(map(len, rows))) == 1
    assert [row[rows[0].index("status")] for row in rows[1:]] == ["401", "404"]
    assert "do-not-tell" not in str(rows)


def test_har_is_read_by_an_importer(page):
    """One that does not forgive what the format lets be left out."""
    program = shutil.which("node")
    if not program:
        pytest.skip("node is not installed")
    modules = install_packages(IMPORTERS)
    page.visit()

    export(page, "^HAR", "imported.har")

    said = subprocess.run([program, IMPORTERS / "pagexray.js", page.stage.folder / "imported.har"],
                          env={**os.environ, "NODE_PATH": str(modules)}, check=True, text=True,
                          stdout=subprocess.PIPE, timeout=60)
    pages = json.loads(said.stdout)
    assert len(pages) == 1
    assert pages[0]["requests"] == 6
    assert pages[0]["responseCodes"] == {"200": 3, "201": 1, "401": 1, "404": 1}
    assert all(asset["timings"]["connect"] >= 0 for asset in pages[0]["assets"])


def test_an_upload_is_no_wait(page):
    upload = page.phone.begin_upload("IMG_2041.MOV", 2_000_000)
    upload.send(1_000_000)
    time.sleep(1.2)
    details = page.open("^POST upload")
    upload.give_up()
    details.read("1.0 MB")

    archive = json.loads(export(page, "^HAR", "upload.har"))
    timings = archive["log"]["entries"][-1]["timings"]
    assert timings["send"] > 1000
    assert timings["wait"] + timings["receive"] + timings["connect"] < 500


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
    assert "(tried https://; type http:// for now)" in page.rows()[0][1]

    details = page.open("tried https")
    assert details.read("^the device tried https://; type http:// for now, or turn encryption on$")
    assert details.read("^There was no head to keep", hidden=True)


def test_combined_log(page):
    page.visit()

    lines = export(page, "Combined", "access.log").splitlines()

    pattern = re.compile(r'^192\.168\.1\.2[34] - - \[[^]]+ [+-]\d{4}\] "(GET|POST) \S+ HTTP/1\.1" '
                         r'\d{3} \d+ "[^"]*" "[^"]*"$')
    assert len(lines) == 6
    assert all(pattern.match(line) for line in lines), lines
    assert "do-not-tell" not in str(lines)


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


ID = "2b3c4d5e-0123-4567-89ab-cdef01234567"
LINK = "key=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01Q"
LINKS_ALONE = "^guests may see what was shared by link"


@pytest.fixture(name="stranger")
def make_stranger(page):
    page.resize(1260, 860)
    return Visitor(page.program.port, "firefox", address="203.0.113.9")


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

    details.find("push button", "Allow It…").press()
    question = page.window.find("alert")
    assert question.find("label", "GET /api/assets/{id}/tiles")
    question.find("push button", "Cancel").press()
    page.window.wait_until_gone("alert")
    assert page.program.read_setting("door", "also-links") is None

    details.find("push button", "Allow It…").press()
    page.window.find("alert").find("push button", "Allow").press()
    page.program.wait_for_setting("door", "also-links", "GET /api/assets/{id}/tiles")
    details.wait_until_gone("push button", "Allow It…")
    assert not details.has("label", re.compile("^This looks like"))

    stranger.get(f"/api/assets/{ID}/tiles?{LINK}&again=1")
    assert stranger.get(f"/api/assets/{ID}/tiles")[0] == 404
    page.wait_for(4)
    assert page.open("again").read("^there is no such thing$")
    details = page.open("others")
    assert details.read(LINKS_ALONE)
    details.find("push button", "Allow It…").press()
    page.window.find("alert").find("push button", "Allow").press()
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

    details.find("push button", "Trust This Proxy…").press()
    question = page.window.find("alert")
    assert question.find("label", "127.0.0.1")
    question.find("push button", "Cancel").press()
    page.window.wait_until_gone("alert")
    assert page.program.read_setting("forwarding", "trusted-proxies") is None

    details.find("push button", "Trust This Proxy…").press()
    page.window.find("alert").find("push button", "Trust It").press()
    page.program.wait_for_setting("forwarding", "trusted-proxies", "127.0.0.1")
    details.wait_until_gone("push button", "Trust This Proxy…")
    assert tunnel.get("/api/server/ping")[0] == 200
    assert tunnel.get("/api/server/ping", X_Forwarded_For="203.0.113.9")[0] == 404


def test_a_file_of_a_newer_share_page_can_be_allowed(page, stranger):
    stranger.get("/theme/night.css", Referer=f"{page.program.url}/share/{LINK[4:]}")
    page.wait_for(1)

    page.open("night").find("push button", "Allow It…").press()
    page.window.find("alert").find("push button", "Allow").press()

    page.program.wait_for_setting("door", "also-links", "GET /theme/night.css")
    assert stranger.get("/theme/night.css")[0] == page.browser.get("/theme/night.css")[0]
    page.wait_for(3)
    assert not page.window.has("label", re.compile("turned away today"))

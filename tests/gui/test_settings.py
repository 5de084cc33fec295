# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of settings: what is changed there is in the file and in use at once, and the other way
round."""

import contextlib
import re
import socket

import pytest
from gi.repository import GLib

from desk import Visitor, find_application, settings_for, wait_until
from desk.program import fill_in
from desk.session import make_home
from harness import free_port


class Page:
    """The page, with all that is folded unfolded."""

    def __init__(self, stage, *keys, **options):
        self.stage = stage
        self.demo = stage.demo()
        self.text = settings_for(self.demo.url, *keys)
        self.program = stage.start(self.text, **options)
        self.window = stage.window
        stage.show("Settings")
        self.window.read("^Where settings are stored", hidden=True)
        for expander in self.window.all("toggle button", "Advanced", hidden=True):
            expander.press()
        for expander in self.window.all("toggle button", re.compile(" goes to "), hidden=True):
            expander.press()

    def enter(self, name, text):
        """Types a value and presses Enter."""
        field = self.window.find("text", name, hidden=True)
        field.type(text).press("Activate")
        return field

    def choose(self, name, choice):
        self.window.find("combo box", name, hidden=True).choose(choice)

    def switch(self, name):
        self.window.find("toggle button", name, hidden=True).press()

    def edit_file(self, text):
        """As somebody with an editor does."""
        self.program.settings_file.write_text(fill_in(text, PORT=self.program.port))

    def visit(self, port=None):
        return Visitor(port or self.program.port).get("/api/server/ping")[0]


@pytest.fixture
def page(stage):
    return Page(stage)


def test_each_kind_of_control_changes_the_file(page):
    expect = page.program.wait_for_setting

    page.enter("Requests to remember", "250")
    expect("log", "keep", "250")
    page.enter("Health address", "/api/server/version")
    expect("upstream immich", "health-path", "/api/server/version")
    page.enter("Address of Immich", f"{page.demo.url};http://localhost:{page.demo.port}")
    expect("upstream immich", "urls", f"{page.demo.url};http://localhost:{page.demo.port}")
    page.enter("Trusted proxies", "192.168.1.2/32")
    expect("forwarding", "trusted-proxies", "192.168.1.2/32")
    page.window.find("toggle button", "/ goes to immich", hidden=True)
    page.enter("Path", "/photos")
    expect("route all", "path", "/photos")
    page.window.find("toggle button", "/photos goes to immich", hidden=True)

    page.choose("With several addresses", "The first that answers")
    expect("upstream immich", "balance", "first")
    page.choose("Language", "English")
    expect("window", "language", "en")

    page.switch("Keep the computer awake")
    expect("window", "keep-awake", "false")
    page.switch("Take the path off")
    expect("route all", "strip-prefix", "true")


def test_a_change_is_in_use_at_once(page):
    log = page.program.folder / "access.json"
    other = free_port()
    assert page.visit() == 200

    page.choose("Format of the access log", "JSON, a line each")
    page.enter("Access log", str(log))
    page.program.wait_for_setting("log", "access-log", str(log))
    page.enter("Port", str(other))
    page.program.wait_for_setting("listen", "port", str(other))

    assert page.visit(other) == 200
    wait_until(lambda: log.exists() and "/api/server/ping" in log.read_text(), "a line in the log")
    with pytest.raises(ConnectionRefusedError):
        page.visit()


def test_who_may_come_in_is_one_thing_on_all_pages(page):
    page.choose("Who may come in", "My network")

    page.program.wait_for_setting("listen", "exposure", "network")
    page.stage.show("Home")
    assert page.window.find("radio button", "My network").is_("checked")


def test_the_internet_is_asked_about_here_too(page):
    page.choose("Who may come in", "The internet")

    page.window.find("alert").find("push button", "Not Now").press()

    page.window.wait_until_gone("alert")
    assert page.window.find("combo box", "Who may come in", hidden=True).chosen == "This computer"
    assert page.program.read_setting("listen", "exposure") == "computer"


def test_another_language_needs_another_start_which_is_offered(page):
    assert not page.window.has("push button", "Restart Now")
    page.choose("Language", "Deutsch")
    page.window.find("push button", "Restart Now")
    page.choose("Language", "The system’s")
    page.window.wait_until_gone("push button", "Restart Now")
    page.choose("Language", "Deutsch")

    page.window.find("push button", "Restart Now").press()

    page.window = wait_until(lambda: find_window_with(page.stage, "Einstellungen"),
                             "a German window", 20)
    assert page.window.find("combo box", "Sprache", hidden=True).chosen == "Deutsch"
    assert page.visit() == 200


def find_window_with(stage, title):
    """It is the same process, and another program."""
    with contextlib.suppress(GLib.Error, AssertionError):
        shown = find_application(stage.session.accessibility, stage.program.process.pid)
        return shown if shown.all("radio button", title) else None


def test_what_is_half_typed_is_no_wish(page):
    page.window.find("text", "Port", hidden=True).focus()
    page.stage.session.press_keys("ctrl+a", "9", "0")
    wait_until(lambda: page.window.find("text", "Port", hidden=True).text == "90", "what is typed")

    page.edit_file(page.text + f"\n[upstream web]\nurls={page.demo.url}\n"
                   "[route web]\npath=/web\nupstream=web\n")

    page.window.find("text", "Address of Immich (web)", hidden=True)
    assert page.window.find("text", "Port", hidden=True).text == str(page.program.port)
    assert page.visit() == 200


def test_an_editor_changes_the_page(page):
    page.edit_file(page.text + "\n[log]\nkeep=321\n[window]\nkeep-awake=false\n")

    field = page.window.find("text", "Requests to remember", hidden=True)
    wait_until(lambda: field.text == "321", "the file's value on the page")
    awake = page.window.find("toggle button", "Keep the computer awake", hidden=True)
    assert not awake.is_("checked")

    page.edit_file(page.text + "\n[upstream second]\nurls=http://127.0.0.1:9\n"
                   "[route second]\npath=/2\nupstream=second\n")
    assert get_text(page, "Address of Immich (second)") == "http://127.0.0.1:9"
    wait_until(lambda: get_text(page, "Requests to remember") == "5000", "the first value again")


def get_text(page, name):
    return page.window.find("text", name, hidden=True).text


@pytest.mark.parametrize("name, text, words, group, key", [
    ("Requests to remember", "99", "^A whole number from 100 to 1000000", "log", "keep"),
    ("Port", "70000", "^A whole number from 1 to 65535", "listen", "port"),
    ("Connection time-out", "soon", r"from 1 to 300 \(seconds\)", "upstream immich",
     "connect-timeout-s"),
    ("Address of Immich", "my nas", "^This is not an address yet", "upstream immich", "urls"),
    ("Address of Immich", "nas:99999", "^A port is a number from", "upstream immich", "urls"),
    ("Goes to", "nowhere", "nowhere", "route all", "upstream"),
])
def test_what_is_not_allowed_is_said_at_the_field(page, name, text, words, group, key):
    before = page.program.settings_file.read_text()
    value = get_text(page, name)

    field = page.enter(name, text)

    assert page.window.read(words, hidden=True)
    assert re.search(words, field.description)
    assert field.text == text
    assert page.visit() == 200
    assert page.program.settings_file.read_text() == before

    page.enter(name, value)
    wait_until(lambda: not page.window.all("alert", hidden=True), "no fault")
    assert page.program.settings_file.read_text() == before


URLS = ("upstream immich", "urls")


def test_an_address_is_taken_as_people_say_it(page):
    page.enter("Address of Immich", f"localhost:{page.demo.port}/photos")

    page.program.wait_for_setting(*URLS, f"http://localhost:{page.demo.port}")
    assert get_text(page, "Address of Immich") == f"http://localhost:{page.demo.port}"
    assert page.visit() == 200


def test_porchlight_is_not_taken_for_its_immich(page):
    page.enter("Address of Immich", str(page.program.port))

    assert page.window.read("^This address leads back to Porchlight itself", hidden=True)
    assert not page.window.all("push button", "Use It All the Same", hidden=True)
    assert page.program.read_setting(*URLS) == page.demo.url
    assert page.visit() == 200


def test_who_does_not_answer_is_taken_on_demand_alone(page):
    port = free_port()

    page.enter("Address of Immich", str(port))

    assert page.window.read("^No answer: nobody answers there", hidden=True)
    assert page.program.read_setting(*URLS) == page.demo.url
    page.window.find("push button", "Use It All the Same", hidden=True).press()
    page.program.wait_for_setting(*URLS, f"http://127.0.0.1:{port}")
    wait_until(lambda: not page.window.all("alert", hidden=True), "no fault")


def test_asked_once_more_it_looks_once_more(page):
    port = free_port()
    page.enter("Address of Immich", str(port))
    assert page.window.read("^No answer: nobody answers there", hidden=True)

    page.stage.demo(port=port)
    page.window.find("text", "Address of Immich", hidden=True).press("Activate")

    page.program.wait_for_setting(*URLS, f"http://127.0.0.1:{port}")


def test_a_port_that_is_taken_is_said_at_the_field(page):
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]

        page.enter("Port", str(taken))

        assert page.window.read(f"^Port {taken} is taken", hidden=True)
    assert page.visit() == 200
    assert page.program.read_setting("listen", "port") == str(page.program.port)


def test_defaults_come_back_but_immich_stays(page):
    page.enter("Requests to remember", "250")
    page.switch("Immich is down or back")
    page.program.wait_for_setting("window", "notify-immich", "false")
    page.program.wait_for_setting("log", "keep", "250")

    page.window.find("toggle button", "Restore Defaults…", hidden=True).focus().press()
    assert page.window.read("^All settings become what they were at first")
    assert page.program.read_setting("log", "keep") == "250"
    page.window.find("push button", "Restore Defaults").press()

    wait_until(lambda: get_text(page, "Requests to remember") == "5000", "the default")
    assert page.window.find("toggle button", "Immich is down or back", hidden=True).is_("checked")
    wait_until(lambda: page.program.read_setting("log", "keep") in (None, "5000"), "it in the file")
    assert page.program.read_setting("upstream immich", "urls") == page.demo.url
    page.enter("Port", str(page.program.port))
    page.program.wait_for_setting("listen", "port", str(page.program.port))
    assert page.visit() == 200


def test_it_says_where_settings_are_stored_and_opens_them(stage):
    opened = stage.folder / "opened"
    install_editor(stage.folder / "home", opened)
    page = Page(stage)
    path = str(page.program.settings_file)

    assert page.window.find("label", "Settings file", hidden=True).text == path
    page.window.find("push button", "Open the Settings File", hidden=True).press()

    wait_until(opened.exists, "an editor with the file")
    wait_until(lambda: opened.read_text() == path, "its path")


def install_editor(home, opened):
    """One that only notes what it was asked to open."""
    make_home(home)
    folder = home / "data/applications"
    folder.mkdir()
    kinds = ("text/plain", "application/octet-stream", "application/x-wine-extension-ini",
             "x-scheme-handler/file")
    (folder / "editor.desktop").write_text(
        "[Desktop Entry]\nType=Application\nName=Editor\nMimeType=" + ";".join(kinds)
        + f";\nExec=/bin/sh -c 'printf %%s \"$0\" >{opened}' %f\n")
    (home / "config/mimeapps.list").write_text(
        "[Default Applications]\n" + "".join(f"{kind}=editor.desktop\n" for kind in kinds))


def test_start_at_login_is_an_entry_of_the_desktop(page):
    entry = page.stage.folder / "home/config/autostart/app.porchlight.Porchlight.desktop"
    program = page.program.process.args[-1]

    page.switch("Start at login")
    wait_until(entry.exists, "the entry")
    page.program.wait_for_setting("window", "start-at-login", "true")
    assert f'Exec="{program}"' in entry.read_text().splitlines()

    page.switch("Start at login")
    wait_until(lambda: not entry.exists(), "no entry")


def test_a_started_one_can_stay_hidden(stage):
    Page(stage).switch("Start hidden")
    stage.program.wait_for_setting("window", "start-hidden", "true")
    text = stage.program.settings_file.read_text()
    stage.program.finish()

    stage.start(text, port=stage.program.port, has_window=False)

    wait_until(lambda: answers(stage.program.port), "the door to be open")
    shown = find_application(stage.session.accessibility, stage.program.process.pid)
    assert not shown.all("frame")


def answers(port):
    try:
        return Visitor(port).get("/api/server/ping")[0] == 200
    except OSError:
        return False

# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant, from a first start to a phone that is let in. It looks for Immich at fixed places,
so all of it happens in a house of its own: a network namespace."""

import re
import socket
import ssl

import pytest

from desk import Visitor, settings_for
from harness import free_port, wait_until
from harness.network import NETWORKS

LAN, PUBLIC = list(NETWORKS)[:2]
HOUSE, PHONE = (address.split("/")[0] for address in NETWORKS[LAN])
PORT = 8080
ADDRESS = f"http://{HOUSE}:{PORT}"

PING = '{"res":"pong"}'
CHOICES = {"This computer": "computer", "My network": "network", "The internet": "internet"}
TITLE = re.compile("^(Welcome to Porchlight|Choose Your Immich)$")


class Assistant:
    """The program after a start without settings, or with those given."""

    def __init__(self, stage, network, settings=None):
        self.stage, self.network = stage, network
        self.program = stage.start(settings, namespace=network.house, port=PORT)

    def __getattr__(self, name):
        """It is used as a control: that of its own window."""
        return getattr(self.stage.window.find("frame", TITLE), name)

    @property
    def is_there(self):
        return self.stage.window.has("frame", TITLE)

    def wait_until_gone(self):
        self.stage.window.wait_until_gone("frame", TITLE)

    def press(self, name):
        self.find("push button", name).press()

    def go_on(self):
        """To the next step, which is then there."""
        wait_until(lambda: self.find("push button", "Next").is_("sensitive"), "something chosen")
        step = self.read("^Step . of 3$")
        self.press("Next")
        wait_until(lambda: self.read("^Step . of 3$") != step, "the next step")

    def choose(self, name):
        """In the second step."""
        self.find("radio button", name).press()
        self.go_on()

    def type(self, address):
        self.find("text", "Address of Immich").type(address)

    def visit_from(self, network, device="android"):
        """The status a guest's phone gets."""
        visitor = Visitor(PORT, device, host=HOUSE, make_socket=lambda: (
            self.network.connect_from_guest(network, PORT)))
        return visitor.get("/api/server/ping")[0]

    def admits(self, network):
        try:
            return self.visit_from(network) == 200
        except OSError:
            return False

    def ask_at_home(self, path):
        """What this computer's own browser gets."""
        visitor = Visitor(PORT, "firefox", make_socket=lambda: self.network.connect_in_house(PORT))
        return visitor.get(path)


@pytest.fixture
def first_start(stage, network):
    return lambda settings=None: Assistant(stage, network, settings)


@pytest.fixture
def immich(stage, network):
    """Where Immich is when nobody changed it."""
    return stage.demo(namespace=network.house, port=2283)


def pages(known):
    """The script of a web server that has these pages."""
    def script(connection):
        for request in connection.requests():
            body = known.get(request.target)
            connection.respond(404 if body is None else 200, body or "no such page")

    return script


def test_encryption_is_offered_and_can_be_left_out(first_start, immich):
    assistant = first_start()
    assistant.go_on()
    assistant.go_on()
    offer = assistant.find("check box", "Encrypt connections (https)")
    assert not offer.is_("checked")
    offer.press()
    secure = ADDRESS.replace("http", "https")
    assert assistant.read(f"^{re.escape(secure)}$")
    assert assistant.read("^A phone that trusts this computer uses this address")
    offer.press()
    assert assistant.read(f"^{re.escape(ADDRESS)}$")
    offer.press()
    assert assistant.read(f"^{re.escape(secure)}$")
    assistant.press("Done")
    assistant.program.wait_for_setting("tls", "mode", "local")


def test_from_the_first_start_to_the_first_phone(first_start, immich):
    assistant = first_start()

    found = assistant.find("list item", re.compile(r"^Immich [\d.]+ on this computer, port 2283$"))
    assert found.is_("selected")
    assistant.go_on()

    assert assistant.read("^Who may come in")
    assert assistant.find("radio button", "My network").is_("checked")
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
    assert not assistant.has("label", re.compile("^Waiting"))

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

    assert assistant.read(r"^This device tried https://\. Type http:// for now\.$")
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


def test_an_immich_of_two_parts_gets_its_routes(first_start, stage, network):
    server = stage.upstream(pages({
        "/server-info/ping": PING, "/server-info/version": '{"major":1,"minor":82,"patch":1}',
        "/asset": "server"}), name="server", make_socket=network.socket_in_house, port=3001)
    web = stage.upstream(pages({"/.well-known/immich": '{"api":{"endpoint":"/api"}}', "/": "web"}),
                         name="web", make_socket=network.socket_in_house, port=3000)
    assistant = first_start()

    assistant.find("list item",
                   "Immich 1.82 on this computer, server and web apart: we will route for it")
    assistant.go_on()

    assert assistant.ask_at_home("/api/asset") == (200, b"server")
    assert assistant.ask_at_home("/") == (200, b"web")
    program = assistant.program
    program.wait_for_setting("upstream server", "urls", server.url)
    program.wait_for_setting("upstream web", "urls", web.url)
    assert program.read_setting("upstream server", "health-path") == "/server-info/ping"
    routes = {program.read_setting(f"route {name}", "path") for name in ("server", "web", "api")}
    assert {"/", "/api"} <= routes


def test_the_old_demo_is_found_and_served(first_start, stage, network):
    stage.demo("split", namespace=network.house, port=3001)
    assistant = first_start()

    assistant.find("list item", re.compile("server and web apart"))
    assistant.go_on()

    assert assistant.ask_at_home("/api/server-info/ping")[0] == 200
    assert assistant.ask_at_home("/")[0] == 200


@pytest.mark.parametrize("typed, words", [
    ("not an address", "^This is not an address yet"),
    ("127.0.0.1:9", "^No answer: nobody answers there"),
    ("192.168.77.77:2283", "^No answer: "),
    ("ftp://photos.example", "begins with http://"),
    (f"127.0.0.1:{PORT}", "^This address leads back to Porchlight itself"),
    (f"{PORT}", "^This address leads back to Porchlight itself"),
    ("127.0.0.1:99999", "^A port is a number from 1 to 65535"),
])
def test_a_typed_address_that_leads_nowhere(first_start, typed, words):
    assistant = first_start()

    assistant.type(typed)

    assert assistant.read(words)
    assert not assistant.find("push button", "Next").is_("sensitive")


def test_a_typed_address_of_something_else(first_start, stage, network):
    router = stage.upstream(pages({"/": "<html><title>Router login</title></html>"}),
                            make_socket=network.socket_in_house)
    assistant = first_start()

    assistant.type(router.label)

    assert assistant.read("^Something answers there, but it is no Immich: “Router login”")
    assert not assistant.find("push button", "Next").is_("sensitive")


def test_a_typed_address_of_an_immich(first_start, stage, network):
    demo = stage.demo(namespace=network.house)
    assistant = first_start()

    assistant.type(f"localhost:{demo.port}")

    assert assistant.read(rf"^Immich \d+\.\d+ on this computer, port {demo.port}$")
    assistant.go_on()
    assert assistant.read("^Who may come in")
    assert assistant.ask_at_home("/api/server/ping")[0] == 200
    assistant.program.wait_for_setting("upstream immich", "urls", f"http://localhost:{demo.port}")


def test_what_is_typed_goes_before_what_was_found(first_start, immich):
    assistant = first_start()
    found = assistant.find("list item", re.compile("port 2283$"))

    assistant.type("127.0.0.1:9")
    assert assistant.read("^No answer")
    assert not found.is_("selected")
    assert not assistant.find("push button", "Next").is_("sensitive")

    assistant.type("")
    wait_until(lambda: not assistant.has("label", re.compile("^No answer")), "no verdict")
    wait_until(lambda: found.is_("selected"), "the found one chosen again")

    assistant.type("127.0.0.1:9")
    assert assistant.read("^No answer")
    assistant.stage.session.click(found)
    wait_until(lambda: found.is_("selected"), "the found one to be chosen")
    assert assistant.find("text", "Address of Immich").text == ""
    assistant.go_on()
    assert assistant.read("^Who may come in")


def test_return_is_heard_when_the_answer_comes(first_start, stage, network):
    demo = stage.demo(namespace=network.house)
    assistant = first_start()

    assistant.find("text", "Address of Immich").type(f":{demo.port}").press("Activate")

    assert assistant.read("^Who may come in")
    assistant.program.wait_for_setting("upstream immich", "urls", f"http://127.0.0.1:{demo.port}")


def test_an_immich_in_maintenance_is_found(first_start, stage, network):
    stage.upstream(pages({"/api/server/config": '{"maintenanceMode":true}',
                          "/api/server/version": '{"major":2,"minor":5,"patch":6}'}),
                   make_socket=network.socket_in_house, port=2283)
    assistant = first_start()

    assistant.find("list item", "Immich 2.5 on this computer, port 2283: in maintenance; "
                                "its admin can end it there")
    assistant.go_on()
    assert assistant.read("^Who may come in")


def test_the_search_can_be_stopped(first_start):
    assistant = first_start()
    assert assistant.read("^No Immich was found")

    assistant.press("Look in My Network")
    assert assistant.read(r"^Looking for Immich: \d+ of \d\d\d addresses asked$")
    assert 0 <= assistant.find("progress bar", "Progress of the search").value < 1
    assistant.press("Stop")

    assert assistant.read(r"^The search was stopped\.$")
    assert not assistant.has("progress bar")
    assert not assistant.has("push button", "Stop")


def test_the_network_is_searched_when_asked(first_start, stage, network):
    page = pages({"/api/server/ping": PING,
                  "/api/server/version": '{"major":1,"minor":135,"patch":3}'})
    stage.upstream(page, host=PHONE, make_socket=network.socket_of_guest, port=2283)
    assistant = first_start()
    assert assistant.read("^No Immich was found")

    assistant.press("Look in My Network")

    found = assistant.find("list item", f"Immich 1.135 at {PHONE}, port 2283", timeout_s=30)
    assert found.is_("selected")
    assistant.go_on()
    assistant.program.wait_for_setting("upstream immich", "urls", f"http://{PHONE}:2283")


def test_looking_again_finds_what_was_started_meanwhile(first_start, stage, network):
    assistant = first_start()
    assert assistant.read("^No Immich was found")

    stage.demo(namespace=network.house, port=2283)
    assistant.press("Look Again")

    assert assistant.find("list item", re.compile("port 2283$"))


def test_without_an_immich_the_demo_is_shown(first_start):
    assistant = first_start()

    assistant.press("I have none yet: show me the demo")

    assert assistant.read("^Who may come in")
    assistant.choose("This computer")
    assert assistant.read("^You are done$")
    assert assistant.read(rf"^http://(127\.0\.0\.1|localhost):{PORT}$")
    wait_until(lambda: assistant.ask_at_home("/api/server/ping")[0] == 200, "the demo's answer")
    assistant.program.wait_for_setting("window", "demo", "true")


def test_each_choice_of_who_may_come_in(first_start, immich):
    assistant = first_start()
    assistant.go_on()

    for name, exposure in CHOICES.items():
        if exposure == "internet":
            choose_internet(assistant)
        else:
            assistant.choose(name)
        assistant.program.wait_for_setting("listen", "exposure", exposure)
        assert assistant.read("^Now take your phone$|^You are done$|^The internet may reach")
        assert assistant.admits(LAN) == (exposure != "computer")
        assert assistant.admits(PUBLIC) == (exposure == "internet")
        assistant.press("Back")


def choose_internet(assistant):
    """It is asked about as on Home."""
    assistant.find("radio button", "The internet").press()
    assistant.press("Next")
    question = assistant.stage.window.find("alert")
    question.find("radio button", "Everything").press()
    question.find("push button", "Let the Internet In").press()
    assistant.stage.window.wait_until_gone("alert")


def test_the_internet_is_asked_about_and_nothing_is_claimed(first_start, immich):
    assistant = first_start()
    assistant.go_on()
    assistant.find("radio button", "The internet").press()
    assistant.press("Next")

    assistant.stage.window.find("alert").find("push button", "Not Now").press()
    assistant.stage.window.wait_until_gone("alert")
    assert assistant.read("^Who may come in")
    assert assistant.program.read_setting("listen", "exposure") in (None, "computer")

    choose_internet(assistant)
    assert assistant.read("^The internet may reach all of Immich · not tried yet$")
    assert assistant.read("Your router must pass port")
    assert assistant.read(f"^{re.escape(ADDRESS)}$")
    assert not assistant.has("image", re.compile(re.escape(ADDRESS)))
    assert not assistant.has("label", re.compile("^Waiting"))


def test_a_taken_port_is_got_round_on_the_spot(first_start, stage, network, immich):
    with network.socket_in_house(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("0.0.0.0", PORT))
        other.listen()
        assistant = first_start()
        assistant.go_on()
        assistant.go_on()
        assert assistant.read("^Something is in the way$")
        assert assistant.read(f"^Port {PORT} is taken")

        assistant.find("push button", re.compile(r"^Use \d+$")).press()

    assert assistant.read("^Now take your phone$")
    assert assistant.find("image", re.compile(re.escape(f"http://{HOUSE}:")))


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


def test_repeated_from_the_menu_it_begins_with_what_is(first_start, stage, network):
    demo = stage.demo(namespace=network.house, port=free_port())
    assistant = first_start(settings_for(demo.url, exposure="network"))
    assert stage.window.read("reached from your network")
    assert not assistant.is_there

    repeat(stage)

    assert assistant.read("^Where is Immich")
    assistant.go_on()
    assert assistant.find("radio button", "My network").is_("checked")
    assistant.choose("This computer")
    assistant.press("Done")
    assistant.wait_until_gone()
    assert stage.window.read("^Your photos can be opened on this computer$")
    assert assistant.program.read_setting("upstream immich", "urls") == demo.url


def test_repeated_it_leaves_what_is_set_where_another_is_found(first_start, stage, network, immich):
    demo = stage.demo(namespace=network.house, port=free_port())
    assistant = first_start(settings_for(demo.url))
    repeat(stage)
    found = assistant.find("list item", re.compile("port 2283$"))
    wait_until(lambda: not assistant.all("progress bar"), "the end of the search")
    present = assistant.find("list item", "In use now")
    assert present.is_("selected") and not found.is_("selected")
    assert assistant.read(f"^{re.escape(demo.url[7:])}$")

    assistant.go_on()

    assert assistant.program.read_setting("upstream immich", "urls") == demo.url


def test_repeated_it_says_that_what_is_set_was_found(first_start, stage, network, immich):
    assistant = first_start(settings_for(immich.url))
    repeat(stage)

    present = assistant.find("list item", re.compile(
        r"^In use now: Immich [\d.]+ on this computer, port 2283$"))
    assert present.is_("selected")
    assert len(assistant.all("list item")) == 1


def test_what_does_not_work_gives_way_to_the_only_one_that_does(first_start, stage, network, immich):
    assistant = first_start(settings_for("http://127.0.0.1:9"))
    assert stage.window.read("^Your photos cannot be reached")
    repeat(stage)

    assert assistant.find("list item", "In use now: does not answer")
    found = assistant.find("list item", re.compile("port 2283$"))
    wait_until(lambda: found.is_("selected"), "the one that works")
    assistant.go_on()
    assistant.program.wait_for_setting("upstream immich", "urls", immich.url)


def test_what_does_not_work_is_not_gone_on_with_unasked(first_start, stage, network):
    assistant = first_start(settings_for("http://127.0.0.1:9"))
    assert stage.window.read("^Your photos cannot be reached")
    repeat(stage)
    assert assistant.read("^No Immich was found on this computer")

    present = assistant.find("list item", "In use now: does not answer")
    assert not assistant.find("push button", "Next").is_("sensitive")
    stage.session.click(present)
    assistant.go_on()
    assert assistant.read("^Who may come in")


def test_repeated_it_can_be_cancelled(first_start, stage, immich):
    assistant = first_start(settings_for(immich.url))
    repeat(stage)
    assert assistant.name == "Choose Your Immich"
    assert not assistant.has("push button", "Skip")

    assistant.press("Cancel")

    assistant.wait_until_gone()
    assert assistant.program.read_setting("upstream immich", "urls") == immich.url


def test_repeated_in_its_first_run_it_proposes_what_was_chosen(first_start, stage, immich):
    assistant = first_start()
    assistant.go_on()
    assistant.choose("This computer")
    assistant.press("Done")
    assistant.wait_until_gone()

    repeat(stage)

    assistant.go_on()
    assert assistant.find("radio button", "This computer").is_("checked")


def repeat(stage):
    stage.window.find("toggle button", "Menu").press()
    stage.window.find("push button", "Set Up Again…").press()

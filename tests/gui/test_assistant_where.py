# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant's first step: Immich is found, or its address typed."""

import re

import pytest

from desk import wait_until
from desk.assistant import PHONE, PORT

PING = '{"res":"pong"}'


def pages(known):
    """The script of a web server that has these pages."""
    def script(connection):
        for request in connection.requests():
            body = known.get(request.target)
            connection.respond(404 if body is None else 200, body or "no such page")

    return script


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

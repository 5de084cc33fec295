# SPDX-License-Identifier: GPL-3.0-or-later
"""Encryption as somebody at the window meets it: one choice, and a phone that is told to trust."""

import hashlib
import re
import socket
import ssl
import subprocess

from desk import settings_for

PORT = 8080
OWN = "By this computer’s own authority"
TRUST = "Trust on a Phone…"


def ask(program, authorities):
    """The status of the page, asked for over TLS by who trusts those authorities."""
    context = ssl.create_default_context(cafile=authorities)
    with socket.create_connection(("127.0.0.1", program.port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as stream:
            stream.sendall(b"GET /api/server/ping HTTP/1.1\r\nHost: localhost\r\n"
                           b"Connection: close\r\n\r\n")
            return stream.recv(12).decode()


def test_one_choice_turns_it_on(stage):
    program = stage.start(settings_for(stage.demo().url))
    stage.show("Settings")
    stage.window.read("^Connections are not encrypted", hidden=True)
    stage.window.find("combo box", "Encryption", hidden=True).choose(OWN)
    program.wait_for_setting("tls", "mode", "local")
    stage.window.read("^Connections can be encrypted by https.*renewed by itself", hidden=True)
    authority = program.settings_file.parent / "certificates" / "authority.pem"
    assert ask(program, authority) == "HTTP/1.1 200"
    stage.window.find("combo box", "Encryption", hidden=True).choose("Off")
    stage.window.read("^Connections are not encrypted", hidden=True)


def test_what_is_missing_is_said_at_the_choice(stage):
    program = stage.start(settings_for(stage.demo().url))
    stage.show("Settings")
    stage.window.find("combo box", "Encryption", hidden=True).choose("By certificates of your own")
    stage.window.read("^No certificate is named", hidden=True)
    assert "mode=files" not in program.settings_file.read_text()


def test_a_phone_is_told_where_to_trust_and_what_to_compare(stage, network):
    stage.demo(namespace=network.house, port=2283)
    text = settings_for("http://127.0.0.1:2283", "[tls]", "mode=local", exposure="network")
    stage.start(text, namespace=network.house, port=PORT)
    stage.window.read("^https://192", hidden=True)
    stage.window.find("push button", TRUST, hidden=True).press()
    dialog = stage.window.find("dialog")
    shown = dialog.read("^([0-9A-F]{2}:)+").replace("\n", "")
    url = dialog.read("^http://.*/.porchlight/trust$")
    der = subprocess.run(["ip", "netns", "exec", network.house, "curl", "-s", url + "/ca.crt"],
                         check=True, capture_output=True).stdout
    assert shown == ":".join(re.findall("..", hashlib.sha256(der).hexdigest().upper()))


def test_the_internet_is_warned_of_until_it_is_on(stage):
    program = stage.start(settings_for(stage.demo().url))
    stage.window.find("radio button", "The internet").press()
    question = stage.window.find("alert")
    question.read("nothing is encrypted")
    question.find("push button", "Not Now").press()
    stage.window.wait_until_gone("alert")
    stage.show("Settings")
    stage.window.find("combo box", "Encryption", hidden=True).choose(OWN)
    program.wait_for_setting("tls", "mode", "local")
    stage.window.read("^Connections can be encrypted by https", hidden=True)
    stage.show("Home")
    stage.window.find("radio button", "The internet").press()
    question = stage.window.find("alert")
    question.read("Only encrypted connections")
    question.find("push button", "Let the Internet In").press()
    stage.window.read("^From outside your home.*Only encrypted connections")

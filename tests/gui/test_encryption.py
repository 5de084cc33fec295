# SPDX-License-Identifier: GPL-3.0-or-later
"""Encryption as somebody at the window meets it: one choice, and a phone that is told to trust."""

import hashlib
import re
import socket
import ssl
import subprocess

import pytest

from desk import settings_for, wait_until
from harness.tls import make_certificate

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
    stage.window.find("text", "Certificate").type("/nowhere.pem")
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
    stage.window.read("^From outside only encrypted connections", hidden=True)


class Files:
    """The form for certificates of one's own."""

    def __init__(self, stage, *keys):
        self.stage = stage
        self.program = stage.start(settings_for(stage.demo().url, *keys))
        self.window = stage.window
        stage.show("Settings")
        if not keys:
            self.window.find("toggle button", "Certificates of your own", hidden=True).press()
        wait_until(lambda: self.field("Certificate").place[2] > 1, "the form to be laid out")

    def field(self, name):
        return self.window.find("text", name, hidden=True)

    def enter(self, certificate, key):
        self.field("Certificate").type(str(certificate))
        self.field("Key").type(str(key))

    def press(self, name):
        self.window.find("push button", name, hidden=True).press()

    def pick(self, button, path):
        """Out of the file chooser."""
        self.window.find("push button", button, hidden=True).focus().press()
        chooser = self.window.find("file chooser")
        wait_until(lambda: chooser.is_("active"), "the file chooser in front")
        self.stage.session.press_keys("ctrl+l")
        chooser.find("text").type(str(path))
        wait_until(lambda: chooser.find("push button", "Open").is_("sensitive"), "a file there is")
        chooser.find("push button", "Open").press()
        self.window.wait_until_gone("file chooser")

    @property
    def shown(self):
        """The certificate that is shown to who comes."""
        return ssl.get_server_certificate(("127.0.0.1", self.program.port)).strip()


@pytest.fixture
def pairs(tmp_path):
    return [make_certificate(tmp_path, name) for name in ("first", "second")]


def test_files_are_picked_and_used_together(stage, pairs):
    files = Files(stage)
    use = files.window.find("push button", "Use These Files", hidden=True)
    assert not use.is_("sensitive")

    files.pick("Choose the certificate", pairs[0].chain)
    assert files.field("Certificate").text == str(pairs[0].chain)
    files.pick("Choose the key", pairs[0].key)
    assert "mode=files" not in files.program.settings_file.read_text()
    use.press()

    files.program.wait_for_setting("tls", "mode", "files")
    assert files.program.read_setting("tls", "key") == str(pairs[0].key)
    assert files.shown == pairs[0].chain.read_text().strip()
    assert not use.is_("sensitive")
    chosen = files.window.find("combo box", "Encryption", hidden=True)
    wait_until(lambda: chosen.chosen == "By certificates of your own", "the mode")


def test_a_pair_makes_way_for_another(stage, pairs):
    files = Files(stage, pairs[0].settings)
    assert files.shown == pairs[0].chain.read_text().strip()

    files.enter(pairs[1].chain, pairs[1].key)
    assert files.shown == pairs[0].chain.read_text().strip()
    files.field("Key").press("Activate")

    files.program.wait_for_setting("tls", "certificate", str(pairs[1].chain))
    assert files.shown == pairs[1].chain.read_text().strip()


def test_what_does_not_fit_is_said_and_the_old_serves_on(stage, pairs):
    files = Files(stage, pairs[0].settings)
    before = files.program.settings_file.read_text()

    for key, words in ((pairs[0].key, "second.pem|first.key"),
                       ("/nowhere/key.pem", "there is no such file")):
        files.enter(pairs[1].chain, key)
        files.press("Use These Files")
        assert files.window.read(words, hidden=True)
        assert re.search(words, files.field("Key").description)
        assert not files.window.all("push button", "Use Them All the Same", hidden=True)

    assert files.shown == pairs[0].chain.read_text().strip()
    assert files.program.settings_file.read_text() == before
    files.field("Key").focus()
    files.stage.session.press_keys("Escape")
    wait_until(lambda: files.field("Key").text == str(pairs[0].key), "what is in use")


def test_what_browsers_refuse_is_used_on_demand_alone(stage, pairs, tmp_path):
    nameless = make_certificate(tmp_path, "nameless", names="email:nobody@photos.lan")
    files = Files(stage, pairs[0].settings)

    files.enter(nameless.chain, nameless.key)
    files.press("Use These Files")
    assert files.window.read("^The certificate names no host", hidden=True)
    assert files.shown == pairs[0].chain.read_text().strip()
    files.press("Use Them All the Same")

    files.program.wait_for_setting("tls", "certificate", str(nameless.chain))
    assert files.shown == nameless.chain.read_text().strip()


def test_one_file_with_a_password(stage, pairs, tmp_path):
    bag, password = tmp_path / "bag.p12", tmp_path / "password"
    password.write_text("correct horse\n")
    subprocess.run(("openssl", "pkcs12", "-export", "-in", pairs[0].chain, "-inkey", pairs[0].key,
                    "-passout", f"file:{password}", "-out", bag), check=True)
    bag.chmod(0o600)
    files = Files(stage)

    files.enter(bag, "")
    files.press("Use These Files")
    assert files.window.read("bag.p12.*password", hidden=True)
    files.pick("Choose the file with the password", password)
    files.press("Use These Files")

    files.program.wait_for_setting("tls", "password-file", str(password))
    assert files.shown == pairs[0].chain.read_text().strip()

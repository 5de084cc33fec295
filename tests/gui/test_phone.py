# SPDX-License-Identifier: GPL-3.0-or-later
"""How a phone is connected: the card on the first page says whether it is here, or what was seen of
it instead. Phones come over a cable between two network namespaces, and ask as the app does."""

import re
import ssl
import subprocess
import time

import pytest

from desk import Visitor, settings_for, wait_until
from desk.house import HOUSE, LAN, PUBLIC, House
from harness.network import NETWORKS
from harness.tls import make_certificate

PHONE = NETWORKS[LAN][1].split("/")[0]
STRANGER = NETWORKS[PUBLIC][1].split("/")[0]
APP = r"^Immich app \(Android\)"
HELLO = bytes.fromhex("16030100c8010000c40303") + bytes(100)


class Card(House):
    """A house whose network is let in, before anybody came."""

    def __init__(self, stage, network, *keys, upstream=None):
        self.stage, self.network = stage, network
        url = upstream or stage.demo(namespace=network.house).url
        self.program = stage.start(settings_for(url, *keys, exposure="network"), namespace=network.house)
        self.window = stage.window

    def read(self, pattern, **options):
        return self.window.read(pattern, hidden=True, **options)

    def press(self, name):
        self.window.find("push button", name, hidden=True).press()

    def connect(self, network=LAN):
        return self.network.connect_from_guest(network, self.program.port)

    def phone(self, device="android", network=LAN):
        return Visitor(self.program.port, device, host=HOUSE, make_socket=lambda: self.connect(network))

    def arrive(self, device="android"):
        assert self.phone(device).get("/api/server/ping") == (200, b'{"res":"pong"}')


@pytest.fixture
def card(stage, network):
    return Card(stage, network)


def test_a_phone_arrives_and_is_given_a_name(card):
    assert card.read("^Waiting for your phone")
    card.arrive()

    assert card.read(APP + r" is here: it works\.$")
    card.press("Give It a Name…")
    entry = card.window.find("text", hidden=True)
    wait_until(lambda: entry.is_("focused"), "focus on the question")
    entry.type("Anna’s phone")
    card.stage.session.press_keys("Return")
    assert card.read("^Anna’s phone is here: it works\\.$")
    assert card.window.find("list item", "Anna’s phone", hidden=True)


def test_another_phone_is_waited_for(card):
    kept = card.phone()
    kept.get("/api/server/ping")
    assert card.read(APP)

    card.press("Connect Another Phone")
    assert card.read("^Waiting for your phone")
    kept.get("/api/server/ping")  # it is known, and on a connection that was kept
    kept.get("/api/assets/5eed0000-0000-4000-8000-000000000001/thumbnail")
    time.sleep(1)
    assert card.read("^Waiting for your phone")
    card.press("Stop Waiting")
    card.window.wait_until_gone("notification", re.compile("^Waiting"))

    card.press("Connect Another Phone")
    card.arrive()
    assert card.read(APP + r" is here: it works\.$")


def test_the_network_is_let_in_by_one_button(stage, network):
    house = House(stage, network)
    house.window.read("^Your photos can be opened on this computer$")
    assert not house.window.has("notification", re.compile("^Waiting"))

    house.window.find("push button", "Let My Network In", hidden=True).press()

    assert house.window.read("^Your photos can be reached from your network$")
    assert house.window.read("^Waiting for your phone", hidden=True)
    assert not house.window.all("push button", "Let My Network In", hidden=True)
    house.program.wait_for_setting("listen", "exposure", "network")
    house.open_to("This computer")
    house.window.wait_until_gone("notification", re.compile("^Waiting"))


def test_nothing_comes_for_a_minute_or_not_far_enough(card):
    assert card.read("^Waiting for your phone")

    assert card.read("^Nothing has come from your phone yet.*same Wi-Fi", timeout_s=75)
    assert not card.admits(PUBLIC)
    assert card.read(f"^The device at {re.escape(STRANGER)} came from outside and was not let in")
    assert card.phone().get("/api/no-such-thing")[0] == 404
    assert card.read(APP + f" at {re.escape(PHONE)} has been here, but has not opened Immich yet")
    card.arrive()
    assert card.read(APP + r" is here: it works\.$")


def test_https_where_nothing_is_encrypted(card):
    with card.connect() as connection:
        connection.sendall(HELLO)
        connection.recv(100)

    assert card.read(f"^The device at {re.escape(PHONE)} tried https://. Type http:// for now")
    card.arrive()
    assert card.read(APP + r" is here: it works\.$")


def test_a_login_is_refused(card):
    phone = card.phone()
    phone.get("/api/server/ping")
    assert phone.log_in("wrong") == 401

    assert card.read(APP + f" at {re.escape(PHONE)} got to Immich, which refused the login")
    assert phone.log_in() == 201
    assert card.read(APP + r" is here: it works\.$")


def test_an_address_that_goes_on_too_far(card):
    card.phone().get("/immich/api/server/ping")

    assert card.read(APP + f" at {re.escape(PHONE)} used an address with “/immich” at its end")


def test_immich_does_not_answer(stage, network):
    card = Card(stage, network, upstream="http://127.0.0.1:9")
    assert card.phone().get("/api/server/ping")[0] == 503

    assert card.read(APP + f" at {re.escape(PHONE)} got here, but Immich does not answer")


@pytest.fixture
def certificate(tmp_path):
    return make_certificate(tmp_path, names=f"DNS:photos.lan,IP:{HOUSE}")


def test_a_certificate_that_is_not_trusted(stage, network, certificate):
    card = Card(stage, network, certificate.settings)
    assert card.read("^Waiting for your phone")
    with card.connect() as connection, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(connection, server_hostname=HOUSE)

    assert card.read(f"^The device at {re.escape(PHONE)} does not trust this computer’s certificate yet")
    assert not card.window.all("list item", re.compile(re.escape(PHONE)), hidden=True)


def test_no_encryption_where_it_is_asked_for(stage, network, certificate):
    card = Card(stage, network, certificate.settings + "plain=refuse")
    assert card.phone().get("/api/server/ping")[0] == 426

    assert card.read(f" at {re.escape(PHONE)} did not encrypt.* Type https://")


def test_encryption_is_broken_off(stage, network, certificate):
    card = Card(stage, network, certificate.settings)
    with card.connect() as connection:
        connection.sendall(HELLO[:20])

    assert card.read(f"^The device at {re.escape(PHONE)} broke off before encryption was agreed on")


def test_what_does_not_trust_this_computer_is_told_to(stage, network):
    """Which makes certificates of its own."""
    card = Card(stage, network, "[tls]", "mode=local")
    with card.connect() as connection, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(connection, server_hostname=HOUSE)
    assert card.read("does not trust")

    card.window.all("push button", "Trust on a Phone…", hidden=True)[0].press()

    assert card.window.find("dialog").find("label", re.compile(re.escape(HOUSE)))


def test_a_clock_that_is_wrong(stage, network, certificate):
    """The phone’s is a year ahead."""
    card = Card(stage, network, certificate.settings)
    subprocess.run(
        ("ip", "netns", "exec", network.guest, "openssl", "s_client", "-connect", f"{HOUSE}:{card.program.port}",
         "-bind", PHONE, "-CAfile", certificate.chain, "-verify_return_error", "-attime", str(int(time.time()) + 31536000)),
        stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)

    assert card.read(f"^The device at {re.escape(PHONE)} takes this computer’s certificate for expired")


def test_too_many_wrong_passwords(card):
    phone = card.phone()
    for _ in range(12):
        if phone.log_in("wrong") == 429:
            break

    assert card.read(APP + f" at {re.escape(PHONE)} tried too many wrong passwords")


def test_one_that_was_turned_away(stage, network):
    card = Card(stage, network, "[door]", f"turned-away={PHONE}")
    assert card.phone().get("/api/server/ping")[0] == 403

    assert card.read(f" at {re.escape(PHONE)} is one that you have turned away")


def test_one_that_is_turned_away_once_it_is_here(card):
    card.arrive()
    assert card.read(APP + r" is here: it works\.$")
    row = card.window.find("list item", "Immich app (Android)", hidden=True)
    wait_until(lambda: row.place[3] > 10, "a place for its row")
    row.focus()
    card.stage.session.press_keys("shift+F10")
    card.window.find("menu item", "Turn Away This Device").press()

    assert card.read(f" at {re.escape(PHONE)} is one that you have turned away")
    card.press("Connect Another Phone")
    assert card.read("^Waiting for your phone")


def test_one_that_may_see_links_alone(stage, network):
    card = Card(stage, network, "[door]", "home=links")
    assert card.phone().get("/api/users/me")[0] == 404

    assert card.read(f" at {re.escape(PHONE)} may open only what you shared by link")


def test_another_proxy_is_in_between(card):
    assert card.phone().get("/api/users/me", X_Forwarded_For=PHONE)[0] == 404

    assert card.read(f" at {re.escape(PHONE)} came by another proxy")


def test_two_addresses_are_for_one_phone(stage, network, tmp_path):
    name = "photos.example.org"
    certificate = make_certificate(tmp_path, names=f"DNS:{name},IP:{HOUSE}")
    card = Card(stage, network, certificate.settings)
    home = f"https://{HOUSE}:{card.program.port}"
    code = card.window.find("push button", "Show the code larger", hidden=True)
    assert code.description == home
    card.window.find("toggle button", re.compile("^One address at home"), hidden=True).press()
    assert card.read(f"^Local network: .* {re.escape(home)}$")

    assert card.program.start_second("--exposure", "internet") == (0, "")
    outside = f"https://{name}:{card.program.port}"
    assert card.read("^External network: leave it empty. The internet sees only what you shared by link")
    card.window.find("radio button", "Everything", hidden=True).press()
    assert card.read(f"^External network › Add endpoint: {re.escape(outside)}$")
    assert card.window.find("label", "Name · for outside", hidden=True)
    card.window.find("radio button", outside, hidden=True).press()
    wait_until(lambda: code.description == outside, "the other address in the code")


def test_what_is_said_is_reached_with_keys(card):
    """Buttons and the steps for two addresses, in the order in which they stand."""
    card.arrive()
    assert card.read(APP)
    button = card.window.find("push button", "Give It a Name…", hidden=True)
    button.focus()
    card.stage.session.press_keys("Tab")
    wait_until(lambda: card.window.find("push button", "Connect Another Phone").is_("focused"), "the next button")
    assert not card.window.has("label", re.compile("^Local network"))
    card.stage.session.press_keys("Tab", "space")
    assert card.read(f"^Local network: .* http://{re.escape(HOUSE)}:{card.program.port}$")
    assert card.read("^External network: nobody outside can come in yet")

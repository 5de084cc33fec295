# SPDX-License-Identifier: GPL-3.0-or-later
"""The name by which devices at home find this computer: published by Debian's Avahi in the house, asked
for by another one at the other end of the cable."""

import ssl

import pytest

from harness import answer, one_upstream, wait_until
from harness.avahi import Avahi
from harness.network import NETWORKS, built_network

LAN, _, ULA, _ = NETWORKS
HOUSE, GUEST = (address.split("/")[0] for address in NETWORKS[LAN])
HOUSE_IPV6 = NETWORKS[ULA][0].split("/")[0]
NAME = "porchlight.local"
TAKEN = f"Another device in your network is called {NAME}, so this computer is porchlight-2.local."

# Avahi asks around for a second, and asks again what was not heard.
PATIENCE_S = 30

pytestmark = pytest.mark.linux


@pytest.fixture
def network():
    with built_network({LAN: NETWORKS[LAN], ULA: NETWORKS[ULA]}) as network:
        yield network


@pytest.fixture
def house(tmp_path, network):
    with Avahi(tmp_path, network.house, "nas") as avahi:
        yield avahi


@pytest.fixture
def phone(tmp_path, network):
    with Avahi(tmp_path, network.guest, "phone") as avahi:
        yield avahi


@pytest.fixture
def start(wire, network):
    """Starts the daemon in the house: with the bus of that Avahi, and these keys of [listen]."""
    def start(avahi, *keys):
        wire.upstream(answer(200, "welcome"), make_socket=network.socket_in_house)
        wire.start(listen=keys or ["exposure=network"], namespace=network.house,
                   environment=avahi.environment)

    return start


def wait_for_name(wire, name=NAME, scheme="http"):
    """Until the daemon says that the name leads here: only then anything may be claimed."""
    wait_until(lambda: count_lines(wire, f"also {scheme}://{name}:{wire.daemon.port}"),
               f"{name} in {wire.daemon.stderr_lines}", PATIENCE_S)


def wait_for_address(phone, address, name, *family):
    wait_until(lambda: phone.resolve(name, *family) == address, f"{name} to lead to {address}", PATIENCE_S)


def wait_for_service(phone, kind, expected):
    """expected: host and port of all there are."""
    wait_until(lambda: phone.services(kind) == expected, f"{expected} among {kind}", PATIENCE_S)


def wait_for_nobody(phone):
    """A name that was withdrawn is remembered for a second more (RFC 6762 §10.1)."""
    wait_until(lambda: phone.resolve(NAME) is None, "the name to lead to nobody", PATIENCE_S)


def count_lines(wire, text):
    return sum(text in line for line in wire.daemon.stderr_lines)


def test_a_phone_finds_the_house_by_its_name(wire, network, house, phone, start):
    start(house)
    wait_for_name(wire)

    wait_for_address(phone, HOUSE, NAME)
    wait_for_address(phone, HOUSE_IPV6, NAME, 6)
    wait_for_service(phone, "_http._tcp", {(NAME, wire.daemon.port)})
    assert phone.services("_https._tcp") == set()
    client = wire.client(sock=network.connect(GUEST, HOUSE, wire.daemon.port))
    client.send(f"GET / HTTP/1.1\r\nHost: {NAME}:{wire.daemon.port}\r\n\r\n".encode())
    assert client.read_response().body == b"welcome"


def test_the_name_may_be_another_one(wire, house, phone, start):
    start(house, "exposure=network", "local-name=Photos")
    wait_for_name(wire, "photos.local")

    wait_for_address(phone, HOUSE, "photos.local")
    assert phone.resolve(NAME) is None


def test_a_computer_of_that_name_keeps_it(wire, tmp_path, network, phone, start):
    with Avahi(tmp_path, network.house, "porchlight") as house:
        start(house)
        wait_for_name(wire)

        wait_for_address(phone, HOUSE, NAME)


def test_who_has_the_name_already_keeps_it(wire, house, phone, start):
    phone.claim(NAME, GUEST)
    start(house)
    wait_for_name(wire, "porchlight-2.local")

    wait_for_address(phone, HOUSE, "porchlight-2.local")
    wait_for_address(phone, GUEST, NAME)
    wire.daemon.wait_for_stderr(TAKEN)


def test_nobody_is_led_here_who_is_not_let_in(wire, house, phone, start):
    start(house, "exposure=computer")
    upstream = one_upstream([wire.upstreams[0].url])
    assert phone.resolve(NAME) is None

    wire.reload(upstream, listen=["exposure=network"])
    wait_for_name(wire)
    wait_for_address(phone, HOUSE, NAME)

    wire.reload(upstream, listen=["exposure=computer"])
    wait_for_nobody(phone)
    wire.reload(upstream, listen=["exposure=network"])
    wait_until(lambda: count_lines(wire, f"also http://{NAME}") == 2, "the name to be told of anew", PATIENCE_S)

    wire.reload(upstream, listen=["exposure=network", "local-name="])
    wait_for_nobody(phone)
    assert phone.services("_http._tcp") == set()


def test_the_end_withdraws_it_before_what_runs_is_done(wire, network, house, phone, start):
    start(house)
    wait_for_name(wire)
    wait_for_address(phone, HOUSE, NAME)
    idle = wire.client(sock=network.connect(GUEST, HOUSE, wire.daemon.port))
    idle.send(b"GET / HTTP/1.1\r\n")

    wire.daemon.terminate()
    wire.daemon.wait_for_stderr("ending as soon as")

    wait_for_nobody(phone)
    assert wire.daemon.is_running()
    idle.close()


def test_a_killed_program_leaves_no_name_behind(wire, house, phone, start):
    start(house)
    wait_for_name(wire)
    wait_for_address(phone, HOUSE, NAME)

    wire.daemon.kill()

    wait_for_nobody(phone)


def test_other_addresses_are_followed(wire, network, house, phone, start):
    start(house)
    wait_for_name(wire)
    wait_for_address(phone, HOUSE, NAME)

    network.remove_in_house(NETWORKS[LAN][0])
    network.add_in_house("192.168.77.9/24")

    wait_for_address(phone, "192.168.77.9", NAME)
    assert "does not lead here" not in wire.daemon.stderr


def test_avahi_may_come_and_go(wire, house, phone, start):
    house.stop()
    start(house)
    house.start()
    wait_for_name(wire)

    house.stop()
    wire.daemon.wait_for_stderr(f"http://{NAME}:{wire.daemon.port} does not lead here any more")
    house.start()

    wait_until(lambda: count_lines(wire, f"also http://{NAME}") == 2, "the name to lead here again", PATIENCE_S)
    wait_for_address(phone, HOUSE, NAME)


def test_the_bus_may_come_and_go(wire, house, phone, start):
    house.stop()
    house.stop_bus()
    start(house)
    house.start_bus()
    house.start()
    wait_for_name(wire)

    house.stop()
    house.stop_bus()
    wire.daemon.wait_for_stderr(f"http://{NAME}:{wire.daemon.port} does not lead here any more")
    house.start_bus()
    house.start()

    wait_until(lambda: count_lines(wire, f"also http://{NAME}") == 2, "the name to lead here again", PATIENCE_S)
    wait_for_address(phone, HOUSE, NAME)


def test_an_avahi_that_publishes_nothing_is_told_of(wire, tmp_path, network, phone, start):
    with Avahi(tmp_path, network.house, "nas", publish="disable-user-service-publishing=yes") as house:
        start(house)

        wire.daemon.wait_for_stderr(f"This computer cannot be called {NAME}: its system does not")
        assert f"also http://{NAME}" not in wire.daemon.stderr
        assert phone.resolve(NAME) is None


def test_where_there_is_no_avahi_nothing_is_said(wire, network):
    wire.upstream(answer(200, "welcome"), make_socket=network.socket_in_house)
    wire.start(listen=["exposure=network"], namespace=network.house)
    client = wire.client(sock=network.connect(GUEST, HOUSE, wire.daemon.port))

    assert client.get("/").body == b"welcome"
    assert ".local" not in wire.daemon.stderr


@pytest.mark.plain
def test_the_own_certificate_is_for_the_name(wire, network, house, phone):
    """Also for one that could not be known before, and where nobody is served without encryption."""
    phone.claim(NAME, GUEST)
    wire.upstream(answer(200, "welcome"), make_socket=network.socket_in_house)
    wire.start(one_upstream([wire.upstreams[0].url]) + "[tls]\nmode=local\nplain=refuse\n",
               listen=["exposure=network"], namespace=network.house, environment=house.environment)
    port = wire.daemon.port
    wait_for_name(wire, "porchlight-2.local", "https")

    context = ssl.create_default_context(cafile=wire.daemon.folder / "certificates/authority.pem")
    wait_for_address(phone, HOUSE, "porchlight-2.local")
    raw = network.connect(GUEST, HOUSE, port)
    with context.wrap_socket(raw, server_hostname="porchlight-2.local") as encrypted:
        assert ("DNS", "porchlight-2.local") in encrypted.getpeercert()["subjectAltName"]
    wait_for_service(phone, "_https._tcp", {("porchlight-2.local", port)})
    assert phone.services("_http._tcp") == set()
    assert "also http://" not in wire.daemon.stderr


@pytest.mark.plain
def test_the_page_for_trust_is_found_by_the_name(wire, network, house, phone):
    wire.upstream(answer(200, "welcome"), make_socket=network.socket_in_house)
    wire.start(one_upstream([wire.upstreams[0].url]) + "[tls]\nmode=local\n",
               listen=["exposure=network"], namespace=network.house, environment=house.environment)
    port = wire.daemon.port
    wait_for_name(wire, NAME, "https")
    wait_for_address(phone, HOUSE, NAME)
    client = wire.client(sock=network.connect(GUEST, HOUSE, port))

    client.send(f"GET /.porchlight/trust HTTP/1.1\r\nHost: {NAME}:{port}\r\n\r\n".encode())
    page = client.read_response()

    assert page.status == 200
    assert b"/.porchlight/trust/mac" in page.body


def test_a_name_that_nobody_hears_is_not_claimed(wire, tmp_path, network, start):
    """Avahi takes it, but speaks in none of the networks that it is for."""
    with Avahi(tmp_path, network.house, "nas", server="deny-interfaces=porch,lo") as house:
        start(house)

        wait_until(lambda: count_lines(wire, f"{NAME} was made known in the network, but does not lead here."),
                   "a word of it", 60)
        assert f"also http://{NAME}" not in wire.daemon.stderr

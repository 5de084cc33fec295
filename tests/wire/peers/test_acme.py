# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate from an authority that asks whether the name leads here, as Let's Encrypt does: pebble."""

import contextlib
import socket
import ssl
import threading

import pytest

from harness import answer, one_upstream, run_to_end, wait_until
from harness.tls import make_certificate
from pebble import Pebble
from programs import curl

NAME = "photos.example"
PATIENCE_S = 60


@pytest.fixture
def pebble(tmp_path):
    folder = tmp_path / "pebble"
    folder.mkdir()
    return Pebble(folder)


@pytest.fixture
def house(wire):
    """A daemon that does not encrypt yet, and has a port by which an authority can be told of it."""
    wire.upstream(answer(200, "hello"))
    wire.start(settings(wire, "mode=off"))
    return wire


def settings(wire, *keys):
    return one_upstream([upstream.url for upstream in wire.upstreams]) + "\n".join(("[tls]", *keys, ""))


def ask_for_certificate(house, pebble, *keys, names=(NAME,)):
    said = house.reload(settings(house, *pebble.settings(*names), *keys))
    assert "are in use" in said, said


def open_page(house, pebble, name=NAME):
    """As a browser that trusts pebble's certificates and reaches that name here; what it says of
    itself."""
    port = house.daemon.port
    return curl("--cacert", pebble.root, "--resolve", f"{name}:{port}:127.0.0.1", "-w",
                " %{http_version}", f"https://{name}:{port}/").stdout


def wait_for(house, text):
    wait_until(lambda: text in house.daemon.stderr, f"{text!r} in {house.daemon.stderr}", PATIENCE_S)


def state(house):
    return house.daemon.folder / "certificates" / "acme"


def start_again(house, pebble, names=(NAME,)):
    port = house.daemon.port
    house.daemon.finish()
    house.start(settings(house, *pebble.settings(*names)), port=port)


def said_of_failure(house):
    return [line for line in house.daemon.stderr_lines if "It is tried again at" in line][-1]


def check(folder, keys):
    file = folder / "porchlight.ini"
    file.write_text(one_upstream(["http://127.0.0.1:1"]) + "\n".join(("[tls]", "mode=acme", *keys)))
    return run_to_end(folder, "--config", file, "--check")


def shown(house, name=NAME):
    """The certificate that is shown to who asks for that name."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", house.daemon.port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname=name) as stream:
            return stream.getpeercert(binary_form=True)


@contextlib.contextmanager
def requests_all_the_while(house):
    """Somebody looks at photos meanwhile, over a connection that is kept and over new ones; not one
    request may fail."""
    done, faults, served = threading.Event(), [], []

    def look():
        kept = house.client()
        while not done.is_set():
            for client in (kept, house.client()):
                try:
                    assert client.get("/").body == b"hello"
                    served.append(client)
                except Exception as fault:
                    faults.append(fault)
                    return

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    assert not faults, faults
    assert len(served) > 10


def make_hook(folder, pebble):
    """A program that writes DNS records, and a list of what it was called with."""
    hook, calls = folder / "hook", folder / "calls"
    hook.write_text(f"""#!/usr/bin/python3
import json, sys, urllib.request
what, name, value = sys.argv[1:]
with open({str(calls)!r}, "a") as calls:
    print(what, name, file=calls)
path = "/set-txt" if what == "add" else "/clear-txt"
body = json.dumps({{"host": name + ".", "value": value}}).encode()
opener = urllib.request.build_opener(urllib.request.ProxyHandler({{}}))
opener.open({pebble.dns_url!r} + path, body, timeout=20)
""")
    hook.chmod(0o755)
    return hook, calls


def test_a_certificate_comes_by_a_handshake_while_photos_are_looked_at(house, pebble):
    with pebble.running(tls_port=house.daemon.port):
        with requests_all_the_while(house):
            ask_for_certificate(house, pebble)
            wait_for(house, f"certificate for {NAME}, from Pebble")
        assert open_page(house, pebble) == "hello 2"
    assert {"account.pem", "certificate.pem", "state.ini"} \
        <= {file.name for file in state(house).iterdir()}
    assert "PRIVATE" not in house.daemon.stderr


def test_a_certificate_comes_by_a_page_that_nobody_else_is_refused(house, pebble):
    """Without encryption nobody is served, but for the authority that asks."""
    with pebble.running(http_port=house.daemon.port):
        ask_for_certificate(house, pebble, "plain=refuse")
        wait_for(house, f"certificate for {NAME}, from Pebble")
        assert open_page(house, pebble) == "hello 2"
    client = house.client()
    assert client.get("/.well-known/acme-challenge/other").status == 426
    assert any("/.well-known/acme-challenge/" in record["target"] and record["status"] == 200
               for record in house.daemon.records())


def test_a_certificate_for_all_names_comes_by_a_program_for_dns(house, pebble, tmp_path):
    hook, calls = make_hook(tmp_path, pebble)
    with pebble.running():
        ask_for_certificate(house, pebble, f"dns-hook={hook}", names=("*.photos.example", NAME))
        wait_for(house, "from Pebble")
        assert open_page(house, pebble, "a.photos.example") == "hello 2"
        assert open_page(house, pebble) == "hello 2"
    called = calls.read_text().split("\n")
    assert called.count(f"add _acme-challenge.{NAME}") == 2
    assert called.count(f"remove _acme-challenge.{NAME}") == 2


def test_an_end_meanwhile_takes_away_what_was_written_for_the_authority(house, pebble, tmp_path):
    hook, calls = make_hook(tmp_path, pebble)
    with pebble.running():
        ask_for_certificate(house, pebble, f"dns-hook={hook}")
        wait_until(lambda: calls.exists() and "add" in calls.read_text(), "the first call",
                   PATIENCE_S)
        house.daemon.finish()
    assert sorted(calls.read_text().split()) == sorted(
        ["add", f"_acme-challenge.{NAME}", "remove", f"_acme-challenge.{NAME}"])


def test_it_comes_though_the_authority_refuses_good_nonces(house, pebble):
    with pebble.running(tls_port=house.daemon.port, nonces_refused=40):
        ask_for_certificate(house, pebble)
        wait_for(house, f"certificate for {NAME}, from Pebble")


def test_one_that_is_about_to_end_is_renewed_while_photos_are_looked_at(house, pebble):
    with pebble.running(tls_port=house.daemon.port, life_s=20):
        ask_for_certificate(house, pebble)
        wait_for(house, f"certificate for {NAME}, from Pebble")
        first = shown(house)
        with requests_all_the_while(house):
            wait_until(lambda: shown(house) != first, "another certificate", PATIENCE_S)
        assert open_page(house, pebble) == "hello 2"


def test_what_is_stored_is_used_and_the_authority_is_left_alone(house, pebble):
    with pebble.running(tls_port=house.daemon.port):
        ask_for_certificate(house, pebble)
        wait_for(house, f"certificate for {NAME}, from Pebble")
    account = (state(house) / "account.pem").read_bytes()
    first = shown(house)
    start_again(house, pebble)
    assert shown(house) == first
    assert open_page(house, pebble) == "hello 2"
    assert (state(house) / "account.pem").read_bytes() == account
    assert "The certificate authority" not in house.daemon.stderr
    assert "does not know the authority" in house.daemon.stderr


def test_who_cannot_be_reached_is_told_why_and_keeps_what_there_is(house, pebble):
    with pebble.running(tls_port=house.daemon.port):
        ask_for_certificate(house, pebble)
        wait_for(house, f"certificate for {NAME}, from Pebble")
    first, root = shown(house), pebble.root.read_bytes()
    with pebble.running():
        ask_for_certificate(house, pebble, names=(NAME, "other.example"))
        wait_for(house, "It is tried again at")
        assert shown(house) == first
        pebble.root.write_bytes(root)
        assert open_page(house, pebble) == "hello 2"
        assert ".example" in said_of_failure(house)

        # A program that starts over and over asks no more often.
        asked = pebble.log.read_text().count("order-plz")
        start_again(house, pebble, names=(NAME, "other.example"))
        wait_for(house, "It is tried again at")
        assert pebble.log.read_text().count("order-plz") == asked

        # But whoever has the settings read again may have put it right.
        told = house.daemon.stderr.count("It is tried again at")
        ask_for_certificate(house, pebble, names=(NAME, "other.example"))
        wait_until(lambda: house.daemon.stderr.count("It is tried again at") > told,
                   "another failure", PATIENCE_S)
        assert pebble.log.read_text().count("order-plz") > asked
        assert shown(house) == first


def test_one_that_breaks_off_is_told_of_at_once(house, tmp_path):
    """Though it would speak HTTP/2: of an end in the midst of that libsoup tells nobody."""
    def authority(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
        conn.reset()

    certificate = make_certificate(tmp_path, "authority")
    said = settings(house, "mode=acme", f"names={NAME}", f"directory-ca-file={certificate.chain}")
    upstream = house.upstream(authority, tls=certificate.server_context())
    house.reload(said + f"directory={upstream.url}/dir\n")
    house.daemon.wait_for_stderr("the connection broke off")


def test_until_there_is_one_the_own_authority_stands_in(house, pebble):
    ask_for_certificate(house, pebble)
    wait_for(house, "is not there yet")
    wait_for(house, "It is tried again at")
    certificates = state(house).parent
    page = curl("--cacert", certificates / "authority.pem",
                f"https://127.0.0.1:{house.daemon.port}/").stdout
    assert page == "hello"


def test_what_is_kept_is_for_its_owner_alone(house, pebble):
    ask_for_certificate(house, pebble)
    wait_for(house, "It is tried again at")
    folder = state(house)
    assert {file.name for file in folder.iterdir()} == {"account.pem", "state.ini"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in (folder, *folder.iterdir()))


@pytest.mark.parametrize("keys, words", [
    ((), "name what the certificate is to be for"),
    (("names=192.168.1.20",), "not an address"),
    (("names=https://photos.example.org",), "the name alone"),
    (("names=photos",), "leads here from home alone"),
    (("names=photos.local",), "leads here from home alone"),
    (("names=*.example.org",), "by DNS alone"),
    (("names=photos.example.org", "directory=http://ca.lan/"), "begins with https://"),
    (("names=photos.example.org", "dns-hook=nobody"), "no such file"),
    (("names=photos.example.org", "dns-hook=porchlight.ini"), "no program that can be run"),
    (("names=photos.example.org", "directory-ca-file=nobody"), "no such file"),
    (("names=photos.example.org", "eab-id=kid-1"), "belong together"),
])
def test_what_is_wrong_is_said_by_check(tmp_path, keys, words):
    run = check(tmp_path, keys)
    assert run.returncode == 2, run.stderr
    assert words in run.stderr


def test_check_asks_no_authority_and_says_what_would_be_asked(tmp_path):
    run = check(tmp_path, ("names=Photos.example.org", "directory=https://localhost:1/dir"))
    assert run.returncode == 0, run.stderr
    assert "a certificate for photos.example.org would be asked of https://localhost:1/dir" in run.stdout
    assert "port 443, then at port 80" in run.stdout
    assert "nobody comes in from the internet" in run.stderr
    assert not (tmp_path / "certificates").exists()

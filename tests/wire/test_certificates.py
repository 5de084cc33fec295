# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates: an authority of the computer's own, and files that somebody else keeps."""

import os
import socket
import ssl
import subprocess
import threading

import pytest
from harness import answer, one_upstream, run_to_end, wait_until
from harness.tls import make_certificate

HOST = "photos.example"


def make_pair(folder, name=HOST, *, days=90, stem="pair"):
    """A certificate for a name, signed by itself, and its key."""
    certificate, key = folder / f"{stem}.pem", folder / f"{stem}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-keyout", key, "-out", certificate, "-days", str(days), "-subj", f"/CN={name}",
         "-addext", f"subjectAltName=DNS:{name}"],
        check=True, capture_output=True)
    return certificate, key


def look(port, authorities, name):
    """Shakes hands as a client that trusts those authorities and calls that name; the names that the
    certificate is for."""
    context = ssl.create_default_context(cafile=authorities)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as plain:
        with context.wrap_socket(plain, server_hostname=name) as stream:
            stream.sendall(f"GET / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n".encode())
            answer = b""
            while octets := stream.recv(4096):
                answer += octets
            assert answer.startswith(b"HTTP/1.1 200 ")
            return [value for _, value in stream.getpeercert()["subjectAltName"]]


def settings(wire, *keys):
    urls = [upstream.url for upstream in wire.upstreams]
    return one_upstream(urls) + "\n".join(("[tls]", *keys, ""))


@pytest.fixture
def house(wire):
    wire.upstream(answer(200, "hello"))
    return wire


def test_the_own_authority_vouches_for_this_computer(house):
    daemon = house.start(settings(house, "mode=local"))
    authority = daemon.folder / "certificates" / "authority.pem"
    for name in ("localhost", "127.0.0.1"):
        assert "localhost" in look(daemon.port, authority, name)
    assert house.client().get("/").status == 200
    assert "listening on https://127.0.0.1:" in daemon.stderr
    with pytest.raises(ssl.SSLCertVerificationError):
        look(daemon.port, None, "localhost")


@pytest.mark.linux
def test_its_keys_are_for_its_owner_alone(house):
    folder = house.start(settings(house, "mode=local")).folder / "certificates"
    assert {file.name for file in folder.iterdir()} == {"authority.pem", "certificate.pem"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in (folder, *folder.iterdir()))


def test_the_next_start_shows_the_same(house, tmp_path):
    daemon = house.start(settings(house, "mode=local"))
    before = (daemon.folder / "certificates" / "certificate.pem").read_bytes()
    daemon.finish()
    daemon = house.start(settings(house, "mode=local"))
    assert (daemon.folder / "certificates" / "certificate.pem").read_bytes() == before


def test_files_are_shown_and_taken_up_when_they_change(house, tmp_path):
    certificate, key = make_pair(tmp_path)
    daemon = house.start(settings(house, "mode=files", f"certificate={certificate}", f"key={key}"))
    assert look(daemon.port, certificate, HOST) == [HOST]
    daemon.wait_for_stderr("certificate for photos.example")

    make_pair(tmp_path, "other.example")
    daemon.wait_for_stderr("certificate for other.example")
    assert look(daemon.port, certificate, "other.example") == ["other.example"]


def test_settings_that_cannot_be_leave_the_certificate_as_it_was(house, tmp_path):
    """Others are wished for, on a port that somebody has: those from before are shown, and followed."""
    certificate, key = make_pair(tmp_path)
    other = make_pair(tmp_path, "other.example", stem="other")
    daemon = house.start(settings(house, "mode=files", f"certificate={certificate}", f"key={key}"))
    port = daemon.port
    with socket.create_server(("127.0.0.1", 0)) as owner:
        daemon.port = owner.getsockname()[1]
        said = house.reload(settings(house, "mode=files", f"certificate={other[0]}", f"key={other[1]}"))
    daemon.port = port
    assert "nothing was changed" in said and "other.example" not in daemon.stderr
    assert look(port, certificate, HOST) == [HOST]

    make_pair(tmp_path, "renewed.example")
    daemon.wait_for_stderr("certificate for renewed.example")
    assert look(port, certificate, "renewed.example") == ["renewed.example"]


def test_settings_that_cannot_be_ask_no_authority(house):
    daemon = house.start()
    with socket.create_server(("127.0.0.1", 0)) as owner, \
            socket.create_server(("127.0.0.1", 0)) as authority:
        daemon.port = owner.getsockname()[1]
        directory = f"directory=https://127.0.0.1:{authority.getsockname()[1]}/directory"
        said = house.reload(settings(house, "mode=acme", "names=photos.example.org", directory))
        assert str(daemon.port) in said and "nothing was changed" in said
        authority.settimeout(1)
        with pytest.raises(TimeoutError):
            authority.accept()


def test_of_several_the_one_that_fits_the_name_is_shown(house, tmp_path):
    pairs = [make_pair(tmp_path, name, stem=name) for name in ("one.example", "two.example")]
    daemon = house.start(settings(house, "mode=files",
                                  "certificate=" + ";".join(str(pair[0]) for pair in pairs),
                                  "key=" + "; ".join(str(pair[1]) for pair in pairs)))
    for certificate, _ in pairs:
        assert look(daemon.port, certificate, certificate.stem) == [certificate.stem]


def test_a_sealed_file_is_opened_with_its_password(house, tmp_path):
    certificate, key = make_pair(tmp_path)
    sealed, password = tmp_path / "pair.p12", tmp_path / "password"
    password.write_text("abrakadabra\n")
    subprocess.run(["openssl", "pkcs12", "-export", "-in", certificate, "-inkey", key, "-out", sealed,
                    "-passout", "pass:abrakadabra"], check=True, capture_output=True)
    daemon = house.start(settings(house, "mode=files", f"certificate={sealed.name}",
                                  f"password-file={password.name}"))
    assert look(daemon.port, certificate, HOST) == [HOST]
    assert "abrakadabra" not in daemon.stderr


@pytest.mark.linux
def test_a_key_that_everybody_may_read_is_said_and_used(house, tmp_path):
    certificate, key = make_pair(tmp_path)
    key.chmod(0o644)
    daemon = house.start(settings(house, "mode=files", f"certificate={certificate}", f"key={key}"))
    daemon.wait_for_stderr(f"can read the key in “{key}”")
    assert look(daemon.port, certificate, HOST) == [HOST]


@pytest.mark.linux
def test_links_that_lead_elsewhere_are_followed(house, tmp_path):
    """As certbot renews: new files, then links that are replaced."""
    live = {}
    for number, name in enumerate(("one.example", "two.example")):
        live[name] = make_pair(tmp_path, name, stem=f"archive{number}")
    links = tmp_path / "fullchain.pem", tmp_path / "privkey.pem"
    for link, file in zip(links, live["one.example"]):
        link.symlink_to(file)
    daemon = house.start(settings(house, "mode=files", f"certificate={links[0]}", f"key={links[1]}"))
    assert look(daemon.port, live["one.example"][0], "one.example") == ["one.example"]
    for link, file in zip(links, live["two.example"]):
        link.unlink()
        link.symlink_to(file)
    daemon.wait_for_stderr("certificate for two.example")
    assert look(daemon.port, live["two.example"][0], "two.example") == ["two.example"]


def test_what_is_replaced_while_it_is_read_is_seen(house, tmp_path):
    """The key is read behind the certificate, and comes when both have been replaced."""
    certificate, key = make_pair(tmp_path, "one.example")
    first_key, others = key.read_bytes(), make_pair(tmp_path, "two.example", stem="other")
    key.unlink()
    os.mkfifo(key, 0o600)

    def renew():
        with open(key, "wb") as pipe:
            for other, file in zip(others, (certificate, key)):
                other.replace(file)
            pipe.write(first_key)

    threading.Thread(target=renew, daemon=True).start()
    daemon = house.start(settings(house, "mode=files", f"certificate={certificate}", f"key={key}"))
    daemon.wait_for_stderr("certificate for one.example")
    daemon.wait_for_stderr("certificate for two.example")


def test_it_is_said_where_is_listened_though_no_address_is_served(house, tmp_path):
    certificate, key = make_pair(tmp_path)
    daemon = house.start(settings(house, "mode=files", f"certificate={certificate}", f"key={key}",
                                  "plain=refuse"))
    assert "listening on http://127.0.0.1:" in daemon.stderr
    assert look(daemon.port, certificate, HOST) == [HOST]


def test_what_cannot_be_used_replaces_nothing(house, tmp_path):
    certificate, key = make_pair(tmp_path)
    daemon = house.start(settings(house, "mode=files", f"certificate={certificate}", f"key={key}"))
    trusted = tmp_path / "trusted.pem"
    trusted.write_bytes(certificate.read_bytes())

    certificate.write_text("nonsense")
    daemon.wait_for_stderr("There is no certificate in it")
    assert look(daemon.port, trusted, HOST) == [HOST]


def test_a_reload_looks_at_the_files(house, tmp_path):
    certificate, key = make_pair(tmp_path)
    rules = settings(house, "mode=files", f"certificate={certificate}", f"key={key}")
    daemon = house.start(rules)
    house.reload(settings(house, "mode=off"))
    with pytest.raises((ssl.SSLError, ConnectionError)):
        look(daemon.port, certificate, HOST)
    make_pair(tmp_path, "other.example")
    house.reload(rules)
    wait_until(lambda: look(daemon.port, certificate, "other.example"), "the other certificate")


@pytest.mark.parametrize("fault, words", [
    ("mismatch", "does not belong to the certificate"),
    ("missing", "cannot be read"),
    ("no key", "no private key"),
    ("nothing named", "No certificate is named"),
])
def test_what_is_wrong_is_said_at_the_start_and_by_check(tmp_path, fault, words):
    certificate, key = make_pair(tmp_path)
    _, other = make_pair(tmp_path, stem="other")
    keys = {
        "mismatch": [f"certificate={certificate}", f"key={other}"],
        "missing": [f"certificate={tmp_path}/none.pem", f"key={key}"],
        "no key": [f"certificate={certificate}"],
        "nothing named": [],
    }[fault]
    file = tmp_path / "porchlight.ini"
    file.write_text(one_upstream(["http://127.0.0.1:1"]) + "\n".join(("[tls]", "mode=files", *keys)))
    for arguments in (["--check"], []):
        run = run_to_end(tmp_path, "--config", file, *arguments)
        assert run.returncode == 2, run.stderr
        assert words in run.stderr
        assert "PRIVATE" not in run.stderr.replace("-----BEGIN PRIVATE KEY-----", "")


def test_of_several_the_gravest_remark_is_told_first(tmp_path):
    soon = make_pair(tmp_path, days=3)
    nameless = make_certificate(tmp_path, "nameless", "email:nobody@photos.lan")
    file = tmp_path / "porchlight.ini"
    file.write_text(one_upstream(["http://127.0.0.1:1"]) + "\n".join(
        ("[tls]", "mode=files", f"certificate={soon[0]};{nameless.chain}",
         f"key={soon[1]};{nameless.key}")))
    said = run_to_end(tmp_path, "--config", file, "--check").stderr
    assert -1 < said.find("names no host") < said.find("Renew it before")


def test_check_judges_what_can_be_used(tmp_path):
    certificate, key = make_pair(tmp_path, days=3)
    file = tmp_path / "porchlight.ini"
    file.write_text(one_upstream(["http://127.0.0.1:1"]) + "\n".join(
        ("[tls]", "mode=files", f"certificate={certificate}", f"key={key}")))
    run = run_to_end(tmp_path, "--config", file, "--check")
    assert run.returncode == 0, run.stderr
    assert "signed by itself alone" in run.stderr
    assert "Renew it before" in run.stderr

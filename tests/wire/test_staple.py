# SPDX-License-Identifier: GPL-3.0-or-later
"""What an authority says of a certificate (OCSP), in a file beside it, is handed to those who ask."""

import subprocess

import pytest

from harness import answer, one_upstream, wait_until

NAMES = ("photos.example", "other.example")


def openssl(folder, *arguments):
    return subprocess.run(("openssl", *arguments), cwd=folder, check=True, capture_output=True, text=True,
                          stdin=subprocess.DEVNULL)


class Authority:
    """Signs certificates, and says of them what its index says."""

    def __init__(self, folder):
        self.folder = folder
        self.index = {}
        openssl(folder, "req", "-x509", *self._new_key("authority"), "-out", "authority.pem", "-days", "30",
                "-subj", "/CN=authority")

    @staticmethod
    def _new_key(stem):
        return ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{stem}.key")

    def issue(self, name):
        serial = len(self.index) + 1
        openssl(self.folder, "req", *self._new_key(name), "-out", "request.pem", "-subj", f"/CN={name}",
                "-addext", f"subjectAltName=DNS:{name}")
        openssl(self.folder, "x509", "-req", "-in", "request.pem", "-copy_extensions", "copy",
                "-CA", "authority.pem", "-CAkey", "authority.key", "-days", "20",
                "-set_serial", f"0x{serial:02X}", "-out", f"{name}.pem")
        self.index[name] = ("V", serial)
        with open(self.folder / f"{name}.pem", "a", encoding="ascii") as chain:
            chain.write((self.folder / "authority.pem").read_text())

    def say(self, name, state="V", of=None, days=1):
        """Puts a response beside the certificate of that name."""
        serial = self.index[of or name][1]
        revoked = "270101000000Z,keyCompromise" if state == "R" else ""
        (self.folder / "index").write_text(
            f"{state}\t491231235959Z\t{revoked}\t{serial:02X}\tunknown\t/CN={of or name}\n")
        openssl(self.folder, "ocsp", "-issuer", "authority.pem", "-cert", f"{of or name}.pem",
                "-no_nonce", "-reqout", "request.der")
        openssl(self.folder, "ocsp", "-index", "index", "-CA", "authority.pem", "-rsigner",
                "authority.pem", "-rkey", "authority.key", "-reqin", "request.der",
                *(("-ndays", str(days)) if days else ()), "-respout", "response.der")
        (self.folder / f"{name}.pem.ocsp").write_bytes((self.folder / "response.der").read_bytes())


@pytest.fixture
def authority(tmp_path):
    made = Authority(tmp_path)
    for name in NAMES:
        made.issue(name)
    return made


@pytest.fixture
def start(wire, authority):
    def start():
        immich = wire.upstream(answer(200, "photo"))
        files = [authority.folder / f"{name}.pem" for name in NAMES]
        keys = [authority.folder / f"{name}.key" for name in NAMES]
        wire.start(one_upstream([immich.url]) + "[tls]\nmode=files\n"
                   f"certificate={';'.join(map(str, files))}\nkey={';'.join(map(str, keys))}\n")

    return start


def ask(wire, authority, name, *options):
    """What a client sees of it that asks."""
    return openssl(authority.folder, "s_client", "-connect", f"127.0.0.1:{wire.daemon.port}", "-status",
                   "-servername", name, "-CAfile", "authority.pem", *options).stdout


@pytest.mark.parametrize("version", ["-tls1_2", "-tls1_3"])
def test_what_is_said_is_shown_with_the_certificate_it_is_about(wire, authority, start, version):
    for name in NAMES:
        authority.say(name)
    start()
    for name in NAMES:
        said = ask(wire, authority, name, version)
        assert "OCSP Response Status: successful" in said and "Cert Status: good" in said
        assert f"Serial Number: {authority.index[name][1]:02X}" in said
        assert "Verify return code: 0 (ok)" in said
    assert "not handed to browsers" not in wire.daemon.stderr


def test_without_a_file_nothing_is_shown(wire, authority, start):
    authority.say(NAMES[1])
    start()
    assert "OCSP response: no response sent" in ask(wire, authority, NAMES[0])
    assert "Cert Status: good" in ask(wire, authority, NAMES[1])


def test_a_file_that_comes_later_is_taken_up(wire, authority, start):
    start()
    assert "no response sent" in ask(wire, authority, NAMES[0])
    authority.say(NAMES[0])
    wait_until(lambda: "Cert Status: good" in ask(wire, authority, NAMES[0]), "what was said to be shown")


@pytest.mark.parametrize("options, words", [
    ({"state": "R"}, "revoked"),
    ({"of": NAMES[1]}, "about another certificate"),
    ({"days": 0}, "until when"),
])
def test_what_browsers_would_mind_is_said_and_not_shown(wire, authority, start, options, words):
    authority.say(NAMES[0], **options)
    start()
    wire.daemon.wait_for_stderr("not handed to browsers")
    assert words in wire.daemon.stderr
    assert "no response sent" in ask(wire, authority, NAMES[0])


def test_a_stranger_cannot_say_anything(wire, authority, start, tmp_path):
    (tmp_path / "stranger").mkdir()
    stranger = Authority(tmp_path / "stranger")
    stranger.issue(NAMES[0])
    stranger.say(NAMES[0])
    (stranger.folder / f"{NAMES[0]}.pem.ocsp").replace(tmp_path / f"{NAMES[0]}.pem.ocsp")
    start()
    wire.daemon.wait_for_stderr("not signed by who signed the certificate")
    assert "no response sent" in ask(wire, authority, NAMES[0])

# SPDX-License-Identifier: GPL-3.0-or-later
"""What is below /.porchlight: pages by which devices learn to trust this computer. Never sent on."""

import hashlib
import plistlib
import re
import ssl

import pytest
from harness import answer, one_upstream

TRUST = "/.porchlight/trust"
AGENTS = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1": "Safari",
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/137.0 Mobile": "Install anyway",
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0": "Tick",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/137.0": "Install Certificate",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Safari/605.1.15": "Always Trust",
    "Mozilla/5.0 (X11; Linux x86_64) Chrome/137.0": "update-ca-certificates",
    "curl/8.0": "Safari",
}


def start(wire, *keys):
    immich = wire.upstream(answer(200, "hello"))
    wire.start(one_upstream([immich.url]) + "\n".join(("[tls]", *keys, "")))
    return immich


@pytest.mark.parametrize("agent", AGENTS)
def test_the_page_knows_the_device(wire, agent):
    immich = start(wire, "mode=local")
    page = wire.client().get(TRUST, f"User-Agent: {agent}")
    assert (page.status, page.get("Content-Type")) == (200, "text/html; charset=utf-8")
    text = page.body.decode()
    assert AGENTS[agent] in text
    assert re.search(r"(?:[0-9A-F]{2}:){31}[0-9A-F]{2}", text)
    assert immich.received == b""


def test_a_page_can_only_be_read(wire):
    start(wire, "mode=local")
    answered = wire.client().request("DELETE", TRUST)
    assert (answered.status, answered.get("Allow")) == (405, "GET, HEAD")


def test_the_authority_is_there_in_all_forms(wire):
    start(wire, "mode=local")
    client = wire.client()
    der = client.get(TRUST + "/ca.crt")
    assert der.get("Content-Type") == "application/x-x509-ca-cert"
    fingerprint = hashlib.sha256(der.body).hexdigest().upper()
    assert ":".join(re.findall("..", fingerprint)) in client.get(TRUST).body.decode()

    pem = client.get(TRUST + "/ca.pem").body.decode()
    assert ssl.PEM_cert_to_DER_cert(pem) == der.body
    assert "KEY" not in pem

    profile = client.get(TRUST + "/ca.mobileconfig")
    assert profile.get("Content-Type") == "application/x-apple-aspen-config"
    payload, = plistlib.loads(profile.body)["PayloadContent"]
    assert (payload["PayloadType"], payload["PayloadContent"]) == ("com.apple.security.root", der.body)


def test_every_page_leads_to_all_others(wire):
    start(wire, "mode=local")
    client = wire.client()
    found, left = set(), [TRUST]
    while left:
        path = left.pop()
        found.add(path)
        page = client.get(path)
        assert page.status == 200, path
        if page.get("Content-Type").startswith("text/html"):
            left += set(re.findall(r'href="([^"]+)"', page.body.decode())) - found - set(left)
    assert len(found) == 1 + 6 + 3


LANGUAGES = {"de-DE,de;q=0.9,en;q=0.8": ("de", "Diesem Computer vertrauen"),
             "he": ("he", None), "fr-FR,en;q=0.5": ("en", "Trust this computer"),
             "fr": (None, "Trust this computer")}


@pytest.mark.parametrize("accept", LANGUAGES)
def test_the_page_speaks_the_language_of_who_opens_it(wire, accept):
    start(wire, "mode=local")
    language, words = LANGUAGES[accept]
    page = wire.client().get(TRUST, f"Accept-Language: {accept}")
    text = page.body.decode()
    if language not in (None, "en") and f'lang="{language}"' not in text:
        pytest.skip("the catalogues were not built")
    assert page.get("Vary") == "User-Agent, Accept-Language"
    assert (f'<html lang="{language}">' if language else "<html>") in text
    assert words is None or words in text
    assert '<code dir="ltr">' in text


def test_it_is_served_plain_where_nothing_else_is(wire):
    start(wire, "mode=local", "plain=refuse")
    client = wire.client()
    assert client.get("/").status == 426
    assert "can let devices at home come without encryption" in wire.client().get(
        TRUST + "/android").body.decode()


@pytest.mark.parametrize("mode, path", [
    ("local", "/.porchlight/elsewhere"), ("off", TRUST), ("off", TRUST + "/ca.crt")])
def test_what_is_not_there_is_not_asked_of_immich(wire, mode, path):
    immich = start(wire, f"mode={mode}")
    assert wire.client().get(path).status == 404
    assert immich.received == b""

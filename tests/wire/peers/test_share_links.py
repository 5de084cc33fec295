# SPDX-License-Identifier: GPL-3.0-or-later
"""A stranger who was sent a link: a browser beyond the house's own network opens it, looks, plays, downloads,
and finds nothing else."""

import contextlib
import re

import pytest

from browser import running_browser
from film import make_film
from harness import StreamError, one_upstream, wait_until
from harness.network import NETWORKS, built_network

_, PUBLIC, _, _ = NETWORKS
HOUSE = NETWORKS[PUBLIC][0].split("/")[0]
SUMMER = "09SXrDXokWH_s9FBfxMgwbQLs5Jz6F8aW_fH9jpCPDW0ETzy_coHdB6kKOVq9fGuVao"
PICTURES = "[...document.querySelectorAll('#grid img')].filter(image => image.naturalWidth).length"
SAYS_PRIVATE = "document.body?.innerText.includes('private photo server')"


@pytest.fixture
def network():
    with built_network({PUBLIC: NETWORKS[PUBLIC]}) as network:
        network.settle()
        yield network


@contextlib.contextmanager
def running_stranger(wire, network, folder):
    with running_browser(folder, within=("ip", "netns", "exec", network.guest)) as browser:
        browser.visit = lambda path: browser.open(f"http://{HOUSE}:{wire.daemon.port}{path}")
        yield browser


@pytest.fixture
def stranger(wire, network, tmp_path):
    wire.start("[door]\nworld=links\n", arguments=("--demo",), listen=["exposure=internet"], namespace=network.house)
    with running_stranger(wire, network, tmp_path) as browser:
        yield browser


def says(browser, words):
    browser.wait_for(f"document.getElementById('outcome').textContent.includes('{words}')")


def test_a_stranger_sees_what_was_shared_and_nothing_else(wire, stranger):
    stranger.visit(f"/share/{SUMMER}")
    stranger.wait_for(f"{PICTURES} === 12")
    assert stranger.evaluate("document.title") == "A summer by the lake"
    stranger.evaluate("document.querySelector('#grid button').click()")
    stranger.wait_for("document.getElementById('viewer-image').naturalWidth === 1600")
    stranger.evaluate("document.getElementById('close').click(); document.getElementById('seek').click()")
    says(stranger, "206, 1000 bytes")
    stranger.evaluate("document.getElementById('all').click()")
    says(stranger, "12 pictures")
    refused = [record for record in wire.daemon.records() if record["status"] >= 400]
    assert [record["target"] for record in refused if "favicon" not in record["target"]] == []

    for path in ("/", "/photos", "/auth/login", f"/share/{SUMMER}/../../photos", "/share/nothing"):
        stranger.visit(path)
        stranger.wait_for(SAYS_PRIVATE)
    assert stranger.evaluate("document.body.innerText.includes('Immich')") is False


def test_a_link_with_a_password_asks_for_it(stranger):
    stranger.visit("/s/grandparents")
    stranger.wait_for("document.getElementById('door')?.hidden === false")
    for password, opened in (("wrong", "'That is not the password.'"), ("demo", "''")):
        stranger.evaluate(f"document.getElementById('password').value = '{password}';"
                          "document.querySelector('#door button').click()")
        stranger.wait_for(f"document.getElementById('door-outcome').textContent === {opened}")
    stranger.wait_for(f"{PICTURES} === 8")
    stranger.visit("/s/grandparents")  # the cookie was taken, and came back
    stranger.wait_for(f"{PICTURES} === 8")


SEND = """const file = new DataTransfer();
    file.items.add(new File([new Uint8Array(1000)], 'party.jpg'));
    document.getElementById('file').files = file.files;
    document.getElementById('file').onchange(); 'sent'"""


def test_guests_pictures_come_where_they_may(wire, stranger):
    stranger.visit("/s/party")
    stranger.wait_for(f"{PICTURES} === 4")
    stranger.evaluate(SEND)
    says(stranger, "It was not taken")
    wait_until(lambda: any(record["reason"] == "share-upload-refused" for record in wire.daemon.records()),
               "a word on it in the log")

    wire.reload("[door]\nguest-uploads=true\n", listen=["exposure=internet"])
    stranger.visit("/s/party")
    stranger.wait_for(f"{PICTURES} === 4")
    stranger.evaluate(SEND)
    says(stranger, "it has arrived")


FILM_S = 40
FILM_PATH = "/api/assets/2b3c4d5e-0123-4567-89ab-cdef01234567/video/playback"
FILM_PAGE = f"<!DOCTYPE html><video id=film muted src='{FILM_PATH}?key={SUMMER}'></video>"


def film_server():
    """The page of a link, and its film from wherever it is asked for."""
    film = make_film(FILM_S)

    def answer(conn):
        for request in conn.requests():
            if not request.target.startswith(FILM_PATH):
                conn.respond(200, FILM_PAGE, "Content-Type: text/html")
                continue
            begin = int(re.match(r"bytes=(\d+)-", request.get("range"))[1])
            try:
                conn.respond(206, film[begin:], "Content-Type: video/webm", "Accept-Ranges: bytes",
                             f"Content-Range: bytes {begin}-{len(film) - 1}/{len(film)}")
            except StreamError:  # who looks elsewhere hangs up
                return

    return answer, len(film)


def test_a_stranger_plays_a_film_and_goes_on_elsewhere_in_it(wire, network, tmp_path):
    script, film_bytes = film_server()
    immich = wire.upstream(script, make_socket=network.socket_in_house)
    wire.start(one_upstream([immich.url]), listen=["exposure=internet"], namespace=network.house)
    with running_stranger(wire, network, tmp_path) as browser:
        browser.visit(f"/share/{SUMMER}")
        browser.wait_for("document.getElementById('film')?.readyState >= 2")
        assert browser.evaluate("film.duration") == FILM_S
        browser.evaluate("film.play(); 'plays'")
        browser.wait_for("film.currentTime > 0.3 && film.videoWidth === 16")
        browser.evaluate(f"film.currentTime = {FILM_S - 5}; 'sent'")
        browser.wait_for(f"!film.seeking && film.currentTime > {FILM_S - 5}.3")

    begins = [int(re.match(r"bytes=(\d+)-", request.get("range"))[1]) for request in immich.requests if "range" in request]
    assert begins[0] == 0 and max(begins) > film_bytes // 2
    assert {request.target for request in immich.requests} <= {f"/share/{SUMMER}", f"{FILM_PATH}?key={SUMMER}", "/favicon.ico"}

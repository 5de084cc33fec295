# SPDX-License-Identifier: GPL-3.0-or-later
"""What a newcomer does first: unzip, start it on the demo, and look at the pictures in a browser of this
computer; through the window and through the daemon, each as it is handed out."""

import contextlib

import pytest

from browser import running_browser
from desk.program import Running, enter
from harness import wait_until
from wine_desk import PATIENCE_S, find_bundle, to_windows, unzip

PORT = 8080
PICTURES = "[...document.querySelectorAll('#grid img')].filter(image => image.naturalWidth).length"
IS_LIVE = "document.getElementById('live-word').textContent === 'Live'"

# A browser, Wine and what serves it share what processor there is.
BROWSER_PATIENCE_S = 120

# As a player asks who is sent to the middle of a film.
SEEK = """fetch(document.getElementById('whole').href, {headers: {Range: 'bytes=300000000-300000999'}})
    .then(answer => answer.arrayBuffer().then(octets => {
      window.sought = [answer.status, octets.byteLength, answer.headers.get('Content-Range')].join(' ');
    })); 'asked'"""


@pytest.fixture
def browser(tmp_path, network):
    with running_browser(tmp_path, within=enter(network.house)) as browser:
        yield browser


@contextlib.contextmanager
def daemon(windows, folder, *arguments):
    """porchlightd.exe, until its Windows ends."""
    path = to_windows(unzip(find_bundle(), folder) / "porchlightd.exe")
    program = Running((*enter(windows.namespace), "wine", path, *arguments),
                      env=windows.windows_environment, cwd=folder)
    try:
        yield program
    finally:
        windows.end_windows()


def look_at_the_demo(browser):
    browser.open(f"http://127.0.0.1:{PORT}/")
    browser.wait_for(f"{PICTURES} >= 20", BROWSER_PATIENCE_S)
    browser.wait_for(IS_LIVE, BROWSER_PATIENCE_S)
    browser.evaluate(SEEK)
    browser.wait_for("window.sought", BROWSER_PATIENCE_S)
    assert browser.evaluate("window.sought").startswith("206 1000 bytes 300000000-300000999/")


def test_through_the_daemon(windows, browser, tmp_path):
    with daemon(windows, tmp_path, "--demo", "--port", str(PORT)) as program:
        wait_until(lambda: "listening on http://" in program.words or not program.is_running,
                   "the ready line", PATIENCE_S)
        look_at_the_demo(browser)
        assert program.is_running, program.words


def test_through_the_window(windows, start, browser):
    start(arguments=["--demo"])
    windows.wait_for_window("^Porchlight$")

    look_at_the_demo(browser)

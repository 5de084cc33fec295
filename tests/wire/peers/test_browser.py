# SPDX-License-Identifier: GPL-3.0-or-later
"""What a newcomer does first: the demo's page in a browser, through the proxy."""

import pytest

from browser import running_browser

PICTURES = "[...document.querySelectorAll('#grid img')].filter(image => image.naturalWidth).length"


@pytest.fixture
def browser(tmp_path):
    with running_browser(tmp_path) as browser:
        yield browser


def test_the_demos_page_shows_its_pictures_and_is_live(wire, browser):
    wire.start("", arguments=("--demo",))

    browser.open(f"http://127.0.0.1:{wire.daemon.port}/")

    browser.wait_for(f"{PICTURES} >= 20")
    browser.wait_for("document.getElementById('live-word').textContent === 'Live'")
    assert "Porchlight" in browser.evaluate("document.title")

    records = wire.daemon.wait_for_records(21)
    assert {record["status"] for record in records} <= {200, 304}

# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people at one computer, both with a session of Windows, each with a copy of the program."""

import contextlib
import urllib.request

import pytest

from desk import settings_for
from harness import wait_until
from harness.network import within
from wine_desk import PATIENCE_S, Windows

DEMO_URL = "http://127.0.0.1:2283"


@pytest.fixture
def start_for_another(network, start_on):
    """Windows of somebody else: what is of one session is unknown to the other."""
    windows = Windows(network.house)
    yield lambda settings: start_on(windows, settings)
    windows.finish()


def answers(network, port):
    def ask():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/server/ping", timeout=5) as answer:
            return answer.status == 200

    with contextlib.suppress(OSError):
        return within(network.house, ask)
    return False


def settings(port):
    return settings_for(DEMO_URL).replace("PORT", str(port))


def test_each_has_a_program_settings_and_a_port(network, start, start_for_another, demo):
    first = start(settings(8080))
    second = start_for_another(settings(8081))
    for port in (8080, 8081):
        wait_until(lambda: answers(network, port), f"an answer at port {port}", PATIENCE_S)
    second.windows.wait_for_window("^Porchlight$")

    assert second.quit() == 0

    assert not answers(network, 8081)
    assert first.is_running and answers(network, 8080)

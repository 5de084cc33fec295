# SPDX-License-Identifier: GPL-3.0-or-later
"""The name by which devices at home find this computer: first among the addresses once it leads here, and
gone with the open door. Avahi is Debian's, on a bus of its own."""

import re

import pytest

from desk import settings_for, wait_until
from harness.avahi import Avahi
from harness.network import NETWORKS

HOUSE = list(NETWORKS.values())[0][0].split("/")[0]


@pytest.fixture
def start(stage, network, tmp_path):
    def start(avahi, *keys, exposure="network"):
        demo = stage.demo(namespace=network.house)
        stage.start(settings_for(demo.url, *keys, exposure=exposure), namespace=network.house,
                    environment=avahi.environment)
        return stage

    return start


@pytest.fixture
def avahi(network, tmp_path):
    with Avahi(tmp_path, network.house, "nas") as avahi:
        yield avahi


def addresses(stage):
    """Those that Home shows, from above."""
    return [label.name for label in stage.window.all("label", re.compile("^https?://"), hidden=True)]


def test_the_name_comes_first_and_goes_with_the_door(start, avahi):
    stage = start(avahi)
    name, number = (f"http://{host}:{stage.program.port}" for host in ("porchlight.local", HOUSE))

    wait_until(lambda: addresses(stage)[:2] == [name, number], "the name before the address", 30)
    assert avahi.resolve("porchlight.local") == HOUSE
    assert stage.window.find("label", "Name at home", hidden=True)

    stage.window.find("radio button", "This computer").press()
    wait_until(lambda: name not in addresses(stage), "no name", 30)
    wait_until(lambda: avahi.resolve("porchlight.local") is None, "a name that leads to nobody", 30)


def test_the_check_up_says_what_has_become_of_it(start, avahi):
    stage = start(avahi)
    url = f"http://porchlight.local:{stage.program.port}"
    wait_until(lambda: url in addresses(stage), "the name", 30)

    stage.show("Check-up")

    assert stage.window.find("list item", "pass: Name at home", hidden=True, timeout_s=90)
    assert stage.window.read(f"^Devices at home find this computer at {url},", hidden=True)


def test_who_waits_for_an_old_phone_hears_of_numbers(start, avahi):
    stage = start(avahi)
    wait_until(lambda: stage.window.all("label", re.compile("porchlight.local"), hidden=True), "the name", 30)

    assert stage.window.read("^Nothing has come from your phone yet", hidden=True, timeout_s=75)
    assert stage.window.read(r"An older Android finds no address that ends in \.local", hidden=True)

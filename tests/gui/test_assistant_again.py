# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant once more, from the menu: it begins with what is."""

import re

from desk import settings_for, wait_until
from harness import free_port


def test_repeated_from_the_menu_it_begins_with_what_is(first_start, stage, network):
    demo = stage.demo(namespace=network.house, port=free_port())
    assistant = first_start(settings_for(demo.url, exposure="network"))
    assert stage.window.read("reached from your network")
    assert not assistant.is_there

    repeat(stage)

    assert assistant.read("^Where is Immich")
    assistant.go_on()
    assert assistant.find("radio button", "My network").is_("checked")
    assistant.choose("This computer")
    assistant.press("Done")
    assistant.wait_until_gone()
    assert stage.window.read("^Your photos can be opened on this computer$")
    assert assistant.program.read_setting("upstream immich", "urls") == demo.url


def test_repeated_it_leaves_what_is_set_where_another_is_found(first_start, stage, network, immich):
    demo = stage.demo(namespace=network.house, port=free_port())
    assistant = first_start(settings_for(demo.url))
    repeat(stage)
    found = assistant.find("list item", re.compile("port 2283$"))
    wait_until(lambda: not assistant.all("progress bar"), "the end of the search")
    present = assistant.find("list item", "In use now")
    assert present.is_("selected") and not found.is_("selected")
    assert assistant.read(f"^{re.escape(demo.url[7:])}$")

    assistant.go_on()

    assert assistant.program.read_setting("upstream immich", "urls") == demo.url


def test_repeated_it_says_that_what_is_set_was_found(first_start, stage, network, immich):
    assistant = first_start(settings_for(immich.url))
    repeat(stage)

    present = assistant.find("list item", re.compile(
        r"^In use now: Immich [\d.]+ on this computer, port 2283$"))
    assert present.is_("selected")
    assert len(assistant.all("list item")) == 1


def test_what_does_not_work_gives_way_to_the_only_one_that_does(first_start, stage, network, immich):
    assistant = first_start(settings_for("http://127.0.0.1:9"))
    assert stage.window.read("^Your photos cannot be reached")
    repeat(stage)

    assert assistant.find("list item", "In use now: does not answer")
    found = assistant.find("list item", re.compile("port 2283$"))
    wait_until(lambda: found.is_("selected"), "the one that works")
    assistant.go_on()
    assistant.program.wait_for_setting("upstream immich", "urls", immich.url)


def test_what_does_not_work_is_not_gone_on_with_unasked(first_start, stage, network):
    assistant = first_start(settings_for("http://127.0.0.1:9"))
    assert stage.window.read("^Your photos cannot be reached")
    repeat(stage)
    assert assistant.read("^No Immich was found on this computer")

    present = assistant.find("list item", "In use now: does not answer")
    assert not assistant.find("push button", "Next").is_("sensitive")
    stage.session.click(present)
    assistant.go_on()
    assert assistant.read("^Who may come in")


def test_repeated_it_can_be_cancelled(first_start, stage, immich):
    assistant = first_start(settings_for(immich.url))
    repeat(stage)
    assert assistant.name == "Choose Your Immich"
    assert not assistant.has("push button", "Skip")

    assistant.press("Cancel")

    assistant.wait_until_gone()
    assert assistant.program.read_setting("upstream immich", "urls") == immich.url


def test_repeated_in_its_first_run_it_proposes_what_was_chosen(first_start, stage, immich):
    assistant = first_start()
    assistant.go_on()
    assistant.choose("This computer")
    assistant.press("Done")
    assistant.wait_until_gone()

    repeat(stage)

    assistant.go_on()
    assert assistant.find("radio button", "This computer").is_("checked")


def repeat(stage):
    stage.window.find("toggle button", "Menu").press()
    stage.window.find("push button", "Set Up Again…").press()

# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant's second step: who may come in."""

import re

from desk.assistant import ADDRESS, LAN, PUBLIC

CHOICES = {"This computer": "computer", "My network": "network", "The internet": "internet"}


def test_each_choice_of_who_may_come_in(first_start, immich):
    assistant = first_start()
    assistant.go_on()

    for name, exposure in CHOICES.items():
        if exposure == "internet":
            choose_internet(assistant)
            assistant.go_on()
        else:
            assistant.choose(name)
        assistant.program.wait_for_setting("listen", "exposure", exposure)
        assert assistant.read("^Now take your phone$|^You are done$|^The internet may reach")
        assert assistant.admits(LAN) == (exposure != "computer")
        assert assistant.admits(PUBLIC) == (exposure == "internet")
        go_back(assistant)


def go_back(assistant):
    for words in ("^Encrypt the way to your photos", "^Who may come in"):
        assistant.press("Back")
        assert assistant.read(words)


def choose_internet(assistant):
    """It is asked about as on Home."""
    assistant.find("radio button", "The internet").press()
    assistant.press("Next")
    question = assistant.stage.window.find("alert")
    question.find("radio button", "Everything").press()
    question.find("push button", "Let the Internet In").press()
    assistant.stage.window.wait_until_gone("alert")


def test_the_internet_is_asked_about_and_nothing_is_claimed(first_start, immich):
    assistant = first_start()
    assistant.go_on()
    assistant.find("radio button", "The internet").press()
    assistant.press("Next")

    assistant.stage.window.find("alert").find("push button", "Not Now").press()
    assistant.stage.window.wait_until_gone("alert")
    assert assistant.read("^Who may come in")
    assert assistant.program.read_setting("listen", "exposure") in (None, "computer")

    choose_internet(assistant)
    assert assistant.read("^On the way from the internet, passwords and photos can be read")
    assistant.go_on()
    assert assistant.read("^The internet may reach all of Immich · not tried yet$")
    assert assistant.read("Your router must pass port")
    assert assistant.read(f"^{re.escape(ADDRESS)}$")
    assert not assistant.has("image", re.compile(re.escape(ADDRESS)))
    assert not assistant.has("label", re.compile("^Waiting"))

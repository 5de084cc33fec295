# SPDX-License-Identifier: GPL-3.0-or-later
"""Every control has a name that a screen reader can say, on every page and in every dialog."""

import re

import pytest

from desk import Visitor, settings_for

# What is operated, or says something by itself.
NAMED = ("push button", "toggle button", "radio button", "check box", "combo box", "text",
         "spin button", "list item", "list box", "menu item", "check menu item", "progress bar",
         "chart", "image", "icon", "table", "tree table", "dialog", "alert", "frame")


# What says by its own name what is pictured in it.
SPEAKS = ("push button", "toggle button", "radio button", "list item", "menu item", "text")
WORDS = ("label", "notification")


def find_nameless(control, path=(), is_said=False):
    """Descriptions of all in it that have no name, with where they are. is_said: a picture in it
    only repeats words."""
    path = (*path, f"{control.role} {control.name!r}")
    is_said = is_said or control.role in SPEAKS
    children = [child for child in control.children if child.is_("visible")]
    has_words = any(child.role in WORDS and child.name for child in children)
    for child in children if control.role != "table" else ():
        if child.role == "icon" and (is_said or has_words or not child.has_picture):
            continue
        if child.role in NAMED and not child.name.strip():
            yield " / ".join((*path, child.role))
        yield from find_nameless(child, path, is_said)


def expect_names(window):
    nameless = list(find_nameless(window))
    assert not nameless, "\n".join(nameless)


@pytest.fixture
def visited(stage):
    """A program that has something to show everywhere."""
    demo, other = stage.demo(), stage.demo()
    stage.start(settings_for(f"{demo.url};{other.url}"))
    visitor = Visitor(stage.program.port)
    visitor.upload("IMG_2041.JPG", 20000)
    stage.upload = visitor.begin_upload("IMG_2042.MOV", 4_000_000)
    stage.upload.send(1_000_000)
    stage.window.read("^Immich app", hidden=True)
    yield stage
    stage.upload.give_up()


def test_home(visited):
    assert visited.window.find("progress bar", hidden=True)
    expect_names(visited.window)


def test_requests(visited):
    visited.show("Requests")
    cell = visited.window.find("table cell", re.compile("^POST upload"))
    expect_names(visited.window)

    visited.session.click(cell)
    visited.window.find("filler", "Details of the request")
    expect_names(visited.window)


def test_checkup(visited):
    visited.show("Check-up")
    visited.window.find("push button", re.compile("^Run"), hidden=True)
    expect_names(visited.window)

    visited.window.find("push button", re.compile("^Run")).press()
    visited.window.find("list item")
    expect_names(visited.window)


def test_settings(visited):
    visited.show("Settings")
    visited.window.read("^Where settings are stored", hidden=True)
    for expander in visited.window.all("toggle button", "Advanced", hidden=True):
        expander.press()
    expect_names(visited.window)


def test_menu(visited):
    visited.window.find("toggle button", "Menu").press()
    visited.window.find("push button", "Quit")

    expect_names(visited.window)


@pytest.mark.parametrize("item, opened", [
    ("Show QR Code", "dialog"), ("About Porchlight", "dialog"), ("Set Up Again…", "frame")])
def test_dialogs(visited, item, opened):
    visited.window.find("toggle button", "Menu").press()
    visited.window.find("push button", item).press()

    visited.window.find(opened)
    expect_names(visited.window)


def test_questions(visited):
    visited.window.find("radio button", "The internet").press()
    visited.window.find("alert")
    expect_names(visited.window)
    visited.window.find("push button", "Not Now").press()
    visited.window.wait_until_gone("alert")

    visited.window.find("push button", "Close").press()
    visited.window.find("alert")
    expect_names(visited.window)


def test_all_steps_of_the_assistant(visited):
    visited.window.find("toggle button", "Menu").press()
    visited.window.find("push button", "Set Up Again…").press()

    for headline in ("^Where is Immich", "^Who may come in", "^Encrypt the way",
                     "^You are done|^Now take"):
        assert visited.window.read(headline)
        expect_names(visited.window)
        visited.window.find("push button", re.compile("^(Next|Done)$")).press()

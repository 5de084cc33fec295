# SPDX-License-Identifier: GPL-3.0-or-later
"""One program at a time: a second start raises the window of the first, or tells it what to do."""

import concurrent.futures
import http.client
import signal

import pytest
from gi.repository import GLib

from desk import Visitor, find_application, settings_for, wait_until
from desk.services import Service


@pytest.fixture
def running(stage):
    stage.start(settings_for(stage.demo().url))
    return stage


def get_frame(stage):
    return stage.window.find("frame")


def wait_until_active(stage):
    wait_until(lambda: get_frame(stage).is_("active"), "the window in front")


def test_a_second_start_raises_the_first(running):
    wait_until_active(running)
    running.session.run("xdotool", "getactivewindow", "windowminimize")
    wait_until(lambda: get_frame(running).is_("iconified"), "a window out of sight")

    assert running.program.start_second() == (0, "")

    wait_until_active(running)
    assert running.program.is_running


def test_closed_it_goes_on_and_comes_back(running):
    running.window.find("push button", "Close").press()
    told = running.window.find("alert")
    told.find("push button", "Close the Window").press()
    wait_until(lambda: not running.window.all("frame"), "a closed window")
    assert ask(running.program.port) == 200

    running.program.start_second()
    wait_until_active(running)

    running.window.find("push button", "Close").press()
    wait_until(lambda: not running.window.all("frame"), "a window closed without a word")


def ask(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/api/server/ping")
    return connection.getresponse().status


def test_words_on_the_command_line_reach_the_running_one(running):
    assert running.program.start_second("--show", "requests")[0] == 0
    assert running.window.read("No requests yet")

    assert running.program.start_second("--exposure", "network")[0] == 0
    assert running.program.start_second("--show", "home")[0] == 0
    assert running.window.find("radio button", "My network").is_("checked")
    assert running.program.read_setting("listen", "exposure") != "network"

    assert running.program.start_second("--quit")[0] == 0
    assert running.program.wait() == 0


def test_what_cannot_be_is_said(running):
    status, words = running.program.start_second("--show", "attic")
    assert status == 2
    assert "home, requests, checkup or settings" in words

    status, words = running.program.start_second("--exposure", "galaxy")
    assert status == 2
    assert "computer, network or internet" in words
    assert running.program.is_running


def test_quit_without_a_running_one_starts_nothing(stage):
    stage.start(settings_for("http://127.0.0.1:9"), has_window=False, arguments=["--quit"])

    assert stage.program.wait() == 0


def test_while_it_ends_nothing_is_in_sight(running):
    upload = Visitor(running.program.port).begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)
    assert running.window.find("progress bar", hidden=True)
    running.window.find("toggle button", "Menu").press()
    running.window.find("push button", "Set Up Again…").press()
    running.window.find("frame", "Choose Your Immich")

    running.program.start_second("--quit")

    wait_until(lambda: not running.window.all("frame"), "windows out of sight")
    assert running.program.is_running
    upload.give_up()


def test_started_again_while_it_ends_it_comes_back(running):
    first = running.program
    upload = Visitor(first.port).begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)
    assert running.window.find("progress bar", hidden=True)
    assert first.start_second("--quit") == (0, "")
    wait_until(lambda: not running.window.all("frame"), "a window out of sight")
    assert first.is_running

    running.start(first.settings_file.read_text(), port=first.port,
                  arguments=["--show", "requests"])

    assert running.window.read("No requests yet")
    assert first.wait() == 0
    first.finish()
    upload.give_up()
    assert ask(first.port) == 200


def listen_to_starts(session):
    """Returns the file in which stands what programs that are started from now on tell the one that runs."""
    log = session.folder / "dbus-monitor.log"
    session.spawn("dbus-monitor", "interface='org.gtk.Application',member='CommandLine'")
    wait_until(lambda: log.exists() and "member=NameLost" in log.read_text("utf-8"), "a monitor of the bus")
    return log


def test_ended_once_more_it_does_not_come_back(running):
    upload = Visitor(running.program.port).begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)
    assert running.window.find("progress bar", hidden=True)
    running.program.start_second("--quit")
    bus = listen_to_starts(running.session)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        again = pool.submit(running.program.start_second)
        wait_until(lambda: "member=CommandLine" in bus.read_text("utf-8"), "a start that asks the first one", 20)
        with pytest.raises(concurrent.futures.TimeoutError):
            again.result(1)

        running.program.start_second("--quit")

        assert again.result(10) == (0, "")
    assert running.program.is_running
    upload.give_up()
    assert running.program.wait() == 0


def test_what_goes_without_a_word_is_not_waited_for(stage):
    """The one that runs has left its main loop, but not yet the bus."""
    def go():
        running.leave()
        return GLib.Variant("(a{s(bgav)})", ({},))

    running = Service(
        stage.session.environment["DBUS_SESSION_BUS_ADDRESS"], "app.porchlight.Porchlight",
        "/app/porchlight/Porchlight", "<node><interface name='org.gtk.Actions'>"
        "<method name='DescribeAll'><arg type='a{s(bgav)}' direction='out'/></method>"
        "</interface></node>", {"DescribeAll": go})

    stage.start(settings_for(stage.demo().url))

    running.wait_for("DescribeAll")
    assert ask(stage.program.port) == 200


def test_hidden_it_waits_for_a_second_start(stage):
    stage.start(settings_for(stage.demo().url), has_window=False, arguments=["--hidden"])
    wait_until(lambda: can_ask(stage.program.port), "the door to be open")
    stage.window = find_application(stage.session.accessibility, stage.program.process.pid)
    assert not stage.window.all("frame")

    stage.program.start_second()

    wait_until_active(stage)


def can_ask(port):
    try:
        return ask(port) == 200
    except OSError:
        return False


def test_ended_by_a_signal_it_ends_well(running):
    running.program.process.send_signal(signal.SIGINT)

    assert running.program.wait() == 0


def test_the_window_comes_back_as_large_as_it_was(stage):
    settings = settings_for(stage.demo().url)
    stage.start(settings)
    wait_until_active(stage)
    stage.session.run("xdotool", "getactivewindow", "windowsize", "800", "600")
    wait_until(lambda: get_frame(stage).place[2:] != (960, 720), "another size")
    size = wait_until(lambda: get_frame(stage).place[2:], "a size")
    stage.program.finish()

    stage.start(settings)

    wait_until(lambda: get_frame(stage).place[2:] == size, f"the size {size}")


@pytest.mark.parametrize("keys, seen", [
    ("ctrl+2", "No requests yet"), ("ctrl+4", "^Where settings are stored$"),
    ("ctrl+comma", "^Where settings are stored$"), ("ctrl+l", "No requests yet")])
def test_keys_go_to_pages(running, keys, seen):
    wait_until_active(running)

    running.session.press_keys(keys)

    assert running.window.read(seen, hidden=True)


def test_keys_and_menu_show_shortcuts_about_and_the_end(running):
    wait_until_active(running)
    running.session.press_keys("F1")
    wait_until(lambda: len(running.window.all("frame") + running.window.all("dialog")) > 1,
               "the shortcuts")
    running.session.press_keys("Escape")
    wait_until_active(running)

    running.window.find("toggle button", "Menu").press()
    running.window.find("push button", "About Porchlight").press()
    about = running.window.find("dialog")
    about.find("push button", "Close").press()
    running.window.wait_until_gone("dialog")

    running.session.press_keys("ctrl+q")
    assert running.program.wait() == 0

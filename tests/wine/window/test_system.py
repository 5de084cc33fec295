# SPDX-License-Identifier: GPL-3.0-or-later
"""What Windows asks of the program with a window, and what that asks of Windows."""

import re

import gi
import pytest

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

from desk import settings_for
from harness import wait_until
from test_window import DEMO_URL, MAIN, PORT, House, press_until
from wine_desk import PATIENCE_S, PROGRAM, compile_for_windows, find_lamp, to_windows

RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
ID = "app.porchlight.Porchlight"


def settings(*keys, **options):
    return settings_for(DEMO_URL, *keys, **options).replace("PORT", str(PORT))


@pytest.fixture
def house(network):
    return House(network)


def test_the_end_of_the_session(start, windows, house, demo):
    """What is under way comes to its end, nothing new begins, and all is kept as after Quit."""
    program = start(settings("[log]", "access-log=log.txt"))
    house.wait_until_there()
    windows.wait_for_window(MAIN)
    for path in windows.find_files("window.ini"):
        path.unlink()
    upload = house.make_browser().begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)

    windows.begin_session_end()
    wait_until(lambda: not house.is_there(), "a door that is shut", PATIENCE_S)
    assert program.is_running
    assert upload.finish() == 201

    assert program.wait() == 0
    log = (program.program_folder / "log.txt").read_text()
    assert log.count("POST /api/assets") == 1
    assert "width=960" in windows.find_files("window.ini")[0].read_text()


def test_a_session_ends_whatever_is_under_way(start, windows, house, demo):
    program = start(settings())
    house.wait_until_there()
    upload = house.make_browser().begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)

    windows.begin_session_end()

    assert program.wait(15) == 0
    assert not windows.list_processes()
    upload.give_up()


def test_the_computer_is_kept_awake_during_a_transfer(start, windows, house, demo):
    """Wine says of itself that it cannot."""
    program = start(settings())
    house.wait_until_there()
    assert "kept awake" not in program.words

    upload = house.make_browser().begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)

    wait_until(lambda: "kept awake" in program.words, "Windows was asked to stay awake", PATIENCE_S)
    upload.give_up()


def read_run_key(windows):
    """What Windows starts at the login; None: nothing of ours."""
    file = windows.prefix / "drive_c/run.reg"
    file.unlink(missing_ok=True)
    windows.wine("reg", "export", RUN_KEY, rf"C:\{file.name}")
    lines = file.read_text("utf-16").splitlines() if file.exists() else []
    found = next((line for line in lines if line.startswith(f'"{ID}"=')), None)
    return found and re.sub(r"\\(.)", r"\1", found.partition("=")[2][1:-1])


def get_command(program):
    return f'"{to_windows(program.program_folder / PROGRAM)}"'


def test_the_switch_for_the_start_at_login(start, windows, house, demo):
    program = start(settings())
    house.wait_until_there()
    assert read_run_key(windows) is None
    number = windows.wait_for_window(MAIN)
    windows.run("xdotool", "windowactivate", "--sync", number)
    windows.press_keys("ctrl+4")

    press_until(windows, ["alt+s"], lambda: read_run_key(windows) == get_command(program),
                "the command in the registry")
    program.wait_for_setting("window", "start-at-login", "true")
    press_until(windows, ["alt+s"], lambda: read_run_key(windows) is None, "no command there")


def test_the_program_is_moved_and_still_starts_at_login(start, windows, house, demo):
    """Each start writes the command anew, with the place of today."""
    windows.wine("reg", "add", RUN_KEY, "/v", ID, "/d", r"C:\before\Porchlight.exe", "/f")

    program = start(settings("[window]", "start-at-login=true"), arguments=["--hidden"])

    wait_until(lambda: read_run_key(windows) == get_command(program), "the command in the registry",
               PATIENCE_S)


@pytest.fixture
def taskbar(windows):
    """Does what Wine's taskbar does not do by itself."""
    tool = windows.prefix / "drive_c/taskbar.exe"
    compile_for_windows("taskbar_windows.c", tool)

    def taskbar(what):
        assert windows.wine(rf"C:\{tool.name}", what).returncode == 0

    return taskbar


def test_a_click_on_a_balloon_opens_the_window(start, windows, house, demo, taskbar):
    start(settings(), arguments=["--hidden"])
    house.wait_until_there()
    before = set(windows.find_windows(".*"))

    demo.terminate()
    wait_until(lambda: set(windows.find_windows(".*")) - before, "a balloon", PATIENCE_S)
    assert not windows.find_windows(MAIN)
    taskbar("click")

    windows.wait_for_window(MAIN)


def test_the_lamp_is_there_again_in_a_new_taskbar(start, windows, house, demo, taskbar, tmp_path):
    start(settings(exposure="network"), arguments=["--hidden"])
    house.wait_until_there()

    def has_lamp():
        areas = windows.find_windows("Wine System Tray")
        return bool(areas and find_lamp(windows.look_at(areas[-1], tmp_path / "tray.png")))

    wait_until(has_lamp, "the lamp", PATIENCE_S)
    taskbar("forget")
    wait_until(lambda: not has_lamp(), "no lamp", PATIENCE_S)

    taskbar("tell")

    wait_until(has_lamp, "the lamp", PATIENCE_S)


def test_requests_are_saved_and_shown_in_their_folder(start, windows, house, demo):
    """By the Save dialog of Windows, and by its Explorer."""
    saved = windows.prefix / "drive_c/saved.har"
    start(settings())
    house.wait_until_there()
    windows.run("xdotool", "windowactivate", "--sync", windows.wait_for_window(MAIN))
    windows.press_keys("ctrl+2")

    press_until(windows, ["alt+x", "Return"], lambda: windows.find_windows("Save requests"), "a Save dialog")
    windows.run("xdotool", "windowactivate", "--sync", windows.wait_for_window("Save requests"))
    windows.press_keys("ctrl+a")
    windows.type(rf"C:\{saved.name}")
    press_until(windows, ["Return"], saved.exists, "the file")
    wait_until(lambda: "/api/server/ping" in saved.read_text("utf-8"), "its requests", PATIENCE_S)

    press_until(windows, ["alt+s"], lambda: windows.find_windows("C:"), "its folder")


def test_hebrew_is_laid_out_from_right_to_left(start, windows, house, demo, tmp_path):
    start(settings("[window]", "language=he", exposure="network"))
    house.wait_until_there()
    number = windows.wait_for_window(MAIN)

    def is_lamp_at_the_right():
        picture = windows.look_at(number, tmp_path / "window.png")
        small = picture.new_subpixbuf(0, 0, picture.get_width(), 250).scale_simple(
            200, 50, GdkPixbuf.InterpType.NEAREST)
        lamp = find_lamp(small)
        return lamp and lamp[0] > 100

    wait_until(is_lamp_at_the_right, "the lamp at the right", PATIENCE_S)

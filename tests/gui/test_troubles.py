# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong is said, with what to do about it, and what is offered helps. And what is told
the desktop: notifications, and that it must not go to sleep."""

import http.client
import os
import pathlib
import re
import socket
import subprocess

import pytest

from desk import Visitor, services, settings_for, wait_until
from desk.services import read_titles, wait_for_titles
from harness import free_port

OFTEN = ("[upstream immich]", "health-interval-s=1")
BROKEN = "[listen]\nport=many\n"


def ask(port):
    try:
        return Visitor(port).get("/api/server/ping")[0]
    except (OSError, http.client.HTTPException):
        return None


def read_trouble(stage, pattern):
    return stage.window.find("info bar").read(pattern)


def press_remedy(stage, name):
    stage.window.find("info bar").find("push button", name).press()


def wait_until_well(stage):
    stage.window.wait_until_gone("info bar")


def wait_for_answer(port):
    wait_until(lambda: ask(port) == 200, f"an answer at port {port}")


# The port

@pytest.fixture
def taken():
    """A port that this process has. Not one of those the system gives to connections: there the
    next one may be such a connection's."""
    with socket.create_server(("127.0.0.1", free_port())) as listener:
        yield listener


def get_port(listener):
    return listener.getsockname()[1]


def test_a_taken_port_and_the_next_free_one(stage, taken):
    port = get_port(taken)
    stage.start(settings_for(stage.demo().url), port=port)

    words = read_trouble(stage, rf"^Port {port} is taken by \S+ \(process {os.getpid()}\)\. ")
    assert words.endswith("Use another one, or end that program.")
    assert stage.window.read("^Your photos cannot be reached$")
    offer = stage.window.find("info bar").find("push button", re.compile(r"^Use \d+$"))
    other = int(offer.name.split()[1])
    assert port < other < port + 100
    offer.press()

    wait_until_well(stage)
    assert stage.window.read("^Your photos can be opened on this computer$")
    wait_for_answer(other)
    stage.program.wait_for_setting("listen", "port", str(other))


def test_words_keep_their_room_in_a_narrow_window(stage, taken):
    """What can be done about it then stands below them."""
    stage.start(settings_for(stage.demo().url), port=get_port(taken))
    bar = stage.window.find("info bar")
    words = bar.find("label", re.compile("is taken"))
    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")
    assert words.place[2] < bar.place[2] * 0.8

    stage.session.run("xdotool", "getactivewindow", "windowsize", "640", "480")

    wait_until(lambda: words.place[2] > bar.place[2] * 0.8, "words as wide as the bar")


def test_a_taken_port_that_becomes_free(stage, taken):
    port = get_port(taken)
    stage.start(settings_for(stage.demo().url), port=port)
    read_trouble(stage, f"^Port {port} is taken")

    taken.close()
    press_remedy(stage, "Try Again")

    wait_until_well(stage)
    wait_for_answer(port)


def test_another_port_can_be_chosen(stage, taken):
    stage.start(settings_for(stage.demo().url), port=get_port(taken))
    read_trouble(stage, "is taken")

    press_remedy(stage, "Choose…")
    entry = stage.window.find("text", "Port", hidden=True)
    other = free_port()
    entry.type(str(other)).press()

    wait_until_well(stage)
    wait_for_answer(other)


def test_a_taken_port_is_refused_while_it_runs(stage, taken):
    """What ran goes on, and the fault is shown at the field."""
    stage.start(settings_for(stage.demo().url))
    stage.show("Settings")
    stage.window.find("text", "Port", hidden=True).type(str(get_port(taken))).press()

    assert stage.window.read("(?i)taken|in use", hidden=True)
    assert ask(stage.program.port) == 200
    assert stage.program.read_setting("listen", "port") == str(stage.program.port)


# Immich

def test_immich_refuses(stage):
    port = free_port()
    stage.start(settings_for(f"http://127.0.0.1:{port}", *OFTEN))

    assert read_trouble(stage, "^Immich does not answer") == (
        f"Immich does not answer at 127.0.0.1:{port}. It may be starting; trying again every few "
        "seconds.")
    assert ask(stage.program.port) == 503
    stage.demo(port=port)

    wait_until_well(stage)
    assert ask(stage.program.port) == 200


def test_where_immich_is_can_be_changed(stage):
    stage.start(settings_for(f"http://127.0.0.1:{free_port()}", *OFTEN))
    read_trouble(stage, "^Immich does not answer")

    press_remedy(stage, "Change…")

    assert stage.window.read("^Where is Immich")


# The settings file

GOOD = ".last-good"


def get_good_file(stage):
    return stage.program.settings_file.with_name(stage.program.settings_file.name + GOOD)


def test_settings_broken_at_the_start(stage):
    stage.start(BROKEN)

    words = read_trouble(stage, "^The settings file cannot be used")
    assert "port" in words and "many" in words
    assert not stage.window.has("push button", "Use the Last Good Ones")
    assert stage.window.read("^Where Immich is stands in the settings", hidden=True)
    assert stage.program.settings_file.read_text("utf-8") == BROKEN


def test_settings_broken_at_the_start_are_restored(stage):
    stage.start(settings_for(stage.demo().url))
    good = stage.program.settings_file.read_text("utf-8")
    port = stage.program.port
    wait_until(get_good_file(stage).exists, "a copy of the settings")
    stage.program.finish()

    stage.start(BROKEN, port=port)
    read_trouble(stage, "^The settings file cannot be used")
    assert ask(port) is None
    press_remedy(stage, "Use the Last Good Ones")

    wait_until_well(stage)
    wait_for_answer(port)
    wait_until(lambda: "many" not in stage.program.settings_file.read_text("utf-8"),
               "settings restored")
    assert stage.program.read_setting("listen", "port") == str(port)
    assert stage.program.read_setting("upstream immich", "urls") in good
    broken = stage.program.settings_file.with_name("porchlight.ini.broken")
    assert broken.read_text("utf-8") == BROKEN


def test_settings_broken_while_it_runs(stage):
    """What ran goes on; and when the file is mended, it holds."""
    stage.start(settings_for(stage.demo().url))
    good = stage.program.settings_file.read_text("utf-8")

    stage.program.settings_file.write_text(good.replace("exposure=computer", "exposure=galaxy"),
                                           encoding="utf-8")
    words = read_trouble(stage, "^The settings file cannot be used")
    assert "galaxy" in words and "computer, network" in words
    assert stage.window.read("^Your photos can be opened on this computer$")
    assert ask(stage.program.port) == 200

    stage.program.settings_file.write_text(good.replace("exposure=computer", "exposure=network"),
                                           encoding="utf-8")
    wait_until_well(stage)
    assert stage.window.find("radio button", "My network").is_("checked")


def test_a_broken_file_is_not_written_over(stage):
    stage.start(settings_for(stage.demo().url))
    stage.program.settings_file.write_text(BROKEN, encoding="utf-8")
    read_trouble(stage, "^The settings file cannot be used")

    stage.window.find("radio button", "My network").press()
    assert stage.window.read("^Your photos can be reached from your network$")
    stage.program.finish()

    assert stage.program.settings_file.read_text("utf-8") == BROKEN


def test_a_broken_file_can_be_opened(stage):
    stage.start(settings_for(stage.demo().url))
    note = stage.install_opener("text/plain", "application/octet-stream")
    stage.program.settings_file.write_text(BROKEN, encoding="utf-8")
    read_trouble(stage, "^The settings file cannot be used")

    press_remedy(stage, "Open the File")

    path = f"{stage.program.settings_file}\n"
    wait_until(lambda: note.exists() and note.read_text("utf-8") == path, "the file opened")
    assert stage.program.settings_file.read_text("utf-8") == BROKEN


# The disk

class FullDisk:
    """A small disk that is full, seen by the program alone: in a mount namespace, which needs
    root. Put over the folder of the settings, as the program starts."""

    def __init__(self, folder):
        self.folder = folder
        self.within = ("unshare", "--mount", "sh", "-ec",
                       'settings=$(cat "$0/porchlight.ini"); mount -t tmpfs -o size=64k none "$0"; '
                       'echo "$settings" >"$0/porchlight.ini"; '
                       'cat /dev/zero >"$0/filling" 2>/dev/null || true; exec "$@"', str(folder))

    def get_path(self, program, name):
        return pathlib.Path(f"/proc/{program.process.pid}/root{self.folder}") / name

    def make_room(self, program):
        self.get_path(program, "filling").unlink()


@pytest.fixture
def full_disk(tmp_path):
    trial = ("unshare", "--mount", "mount", "-t", "tmpfs", "none", str(tmp_path))
    if subprocess.run(trial, capture_output=True, check=False).returncode != 0:
        pytest.skip("mount namespaces cannot be made here (they need root)")
    return FullDisk(tmp_path / "home/config/porchlight")


def start_on(full_disk, stage, *keys):
    stage.start(settings_for(stage.demo().url, *keys), within=full_disk.within)
    wait_for_answer(stage.program.port)


def test_settings_cannot_be_written_to_a_full_disk(stage, full_disk):
    start_on(full_disk, stage)
    file = full_disk.get_path(stage.program, "porchlight.ini")

    stage.window.find("radio button", "My network").press()

    assert read_trouble(stage, "^The disk is full: your settings hold until the program ends")
    assert stage.window.read("^Your photos can be reached from your network$")
    assert "exposure=computer" in file.read_text("utf-8")

    full_disk.make_room(stage.program)
    press_remedy(stage, "Try Again")

    wait_until_well(stage)
    wait_until(lambda: "exposure=network" in file.read_text("utf-8"), "settings written")


def test_the_access_log_cannot_be_written_to_a_full_disk(stage, full_disk):
    log = full_disk.folder / "access.log"
    start_on(full_disk, stage, "[log]", f"access-log={log}")

    assert read_trouble(stage, r"access\.log cannot be written: No space left on device")
    assert ask(stage.program.port) == 200
    full_disk.make_room(stage.program)
    assert ask(stage.program.port) == 200

    wait_until_well(stage)
    file = full_disk.get_path(stage.program, "access.log")
    wait_until(lambda: "/api/server/ping" in file.read_text("utf-8"), "a line in the log")


# Notifications

def start_hidden(stage, *keys, **options):
    """Who has the window before them is told nothing."""
    stage.start(has_window=False, arguments=["--hidden"], **options)


def test_immich_down_and_back_is_told_once(stage, notifications):
    demo = stage.demo()
    start_hidden(stage, settings=settings_for(demo.url, *OFTEN))
    wait_for_answer(stage.program.port)
    assert read_titles(notifications) == []

    demo.terminate()
    wait_for_titles(notifications, "Immich is down")
    assert f"127.0.0.1:{demo.port}" in notifications.get_calls("Notify")[0][4]
    again = stage.demo(port=demo.port)
    wait_for_titles(notifications, "Immich is down", "Immich is back")

    again.terminate()
    stage.program.start_second("--show", "home")
    stage.find_window()
    assert read_trouble(stage, "^Immich does not answer")
    assert read_titles(notifications) == ["Immich is down", "Immich is back"]


def test_a_taken_port_is_told(stage, notifications, taken):
    start_hidden(stage, settings=settings_for(stage.demo().url), port=get_port(taken))

    wait_for_titles(notifications, "Nobody can come in")
    assert f"Port {get_port(taken)} is taken" in notifications.get_calls("Notify")[0][4]


def test_broken_settings_are_told(stage, notifications):
    start_hidden(stage, settings=BROKEN)

    wait_for_titles(notifications, "The settings cannot be used")


def test_the_first_visit_of_a_device_is_told(stage, notifications, network):
    port = free_port()
    start_hidden(stage, settings=settings_for(f"http://127.0.0.1:{port}", *OFTEN,
                                              exposure="network"), namespace=network.house)
    wait_for_titles(notifications, "Immich is down")
    stage.demo(namespace=network.house, port=port)
    wait_for_titles(notifications, "Immich is down", "Immich is back")

    visitor = come_from_guest(stage, network, "ios")

    wait_for_titles(notifications, "Immich is down", "Immich is back", "A new device came in")
    assert notifications.get_calls("Notify")[2][4] == "Immich app (iOS) at 192.168.77.5"
    visitor.get("/api/server/ping")
    come_from_guest(stage, network, "ios")
    come_from_guest(stage, network, "android")
    wait_until(lambda: knows_device(stage, "Android"), "the second device")
    assert len(read_titles(notifications)) == 3, "not one right after the other"


def knows_device(stage, name):
    return name in (stage.folder / "home/data/porchlight/devices").read_text("utf-8")


def come_from_guest(stage, network, device):
    lan = "192.168.77.0"
    wait_until(lambda: can_connect(stage, network, lan), "an open door")
    visitor = Visitor(stage.program.port, device, host="192.168.77.1",
                      make_socket=lambda: network.connect_from_guest(lan, stage.program.port))
    assert visitor.get("/api/server/ping")[0] == 200
    return visitor


def can_connect(stage, network, lan):
    try:
        network.connect_from_guest(lan, stage.program.port).close()
    except OSError:
        return False
    return True


def test_immich_switched_off_is_not_told(stage, notifications):
    demo = stage.demo()
    start_hidden(stage, settings=settings_for(demo.url, *OFTEN, "[window]", "notify-immich=false"))
    wait_for_answer(stage.program.port)

    demo.terminate()
    wait_until(lambda: ask(stage.program.port) == 503, "Immich missed")
    stage.program.settings_file.write_text(BROKEN, encoding="utf-8")

    wait_for_titles(notifications, "The settings cannot be used")


def test_trouble_switched_off_is_not_told(stage, notifications):
    demo = stage.demo()
    start_hidden(stage, settings=settings_for(demo.url, *OFTEN, "[window]", "notify-trouble=false"))
    wait_for_answer(stage.program.port)

    stage.program.settings_file.write_text(BROKEN, encoding="utf-8")
    stage.program.start_second("--show", "home")
    stage.find_window()
    read_trouble(stage, "^The settings file cannot be used")
    close_window(stage)
    demo.terminate()

    wait_for_titles(notifications, "Immich is down")


def close_window(stage):
    stage.window.find("push button", "Close").press()
    stage.window.find("alert").find("push button", "Close the Window").press()
    wait_until(lambda: not stage.window.all("frame"), "a closed window")


def test_whoever_has_closed_the_window_is_told(stage, notifications):
    demo = stage.demo()
    stage.start(settings_for(demo.url, *OFTEN))
    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")
    close_window(stage)

    demo.terminate()

    wait_for_titles(notifications, "Immich is down")


def test_devices_switched_off_are_not_told(stage, notifications, network):
    demo = stage.demo(namespace=network.house)
    start_hidden(stage, namespace=network.house,
                 settings=settings_for(demo.url, *OFTEN, "[window]", "notify-device=false",
                                       exposure="network"))
    come_from_guest(stage, network, "ios")

    demo.terminate()
    wait_for_titles(notifications, "Immich is down")


def test_whoever_has_the_window_before_them_is_told_nothing(stage, notifications):
    demo = stage.demo()
    stage.start(settings_for(demo.url, *OFTEN))
    wait_until(lambda: stage.window.find("frame").is_("active"), "the window in front")

    demo.terminate()
    read_trouble(stage, "^Immich does not answer")

    assert read_titles(notifications) == []


def test_without_anybody_to_tell_it_goes_on(stage, bus):
    """What is wrong is told as soon as there is somebody."""
    start_hidden(stage, settings=settings_for(f"http://127.0.0.1:{free_port()}", *OFTEN))
    wait_until(lambda: ask(stage.program.port) == 503, "an answer")

    with services.offer_notifications(bus) as notifications:
        wait_for_titles(notifications, "Immich is down")


# Sleep

def begin_transfer(stage):
    upload = Visitor(stage.program.port).begin_upload("IMG_2041.MOV", 4_000_000)
    upload.send(1_000_000)
    return upload


def test_uploads_keep_the_computer_awake(stage, bus):
    """Where KDE's, Xfce's or LXQt's power manager runs."""
    with services.offer_power_management(bus) as power:
        stage.start(settings_for(stage.demo().url))
        upload = begin_transfer(stage)

        assert power.wait_for("Inhibit") == ("Porchlight", "Photos are being transferred")
        assert power.get_calls("UnInhibit") == []
        assert upload.finish() == 201
        stage.program.finish()
        assert power.wait_for("UnInhibit") == (77,)


def test_uploads_keep_the_computer_awake_in_gnome(stage, bus):
    with services.offer_session_manager(bus) as manager:
        stage.start(settings_for(stage.demo().url))
        upload = begin_transfer(stage)

        _, _, reason, what = manager.wait_for("Inhibit")
        assert reason == "Photos are being transferred"
        assert what == 4, "only sleep is kept away"
        assert upload.finish() == 201
        stage.program.finish()
        assert manager.wait_for("Uninhibit") == (77,)


def test_kept_awake_only_if_allowed(stage, bus):
    with services.offer_power_management(bus) as power:
        stage.start(settings_for(stage.demo().url, "[window]", "keep-awake=false"))
        upload = begin_transfer(stage)
        assert stage.window.read(r"IMG_2041\.MOV|uploading", hidden=True)
        assert power.calls == []

        stage.show("Settings")
        stage.window.find("toggle button", "Keep the computer awake", hidden=True).press()
        power.wait_for("Inhibit")
        stage.window.find("toggle button", "Keep the computer awake", hidden=True).press()
        power.wait_for("UnInhibit")
        upload.give_up()

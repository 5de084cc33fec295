# SPDX-License-Identifier: GPL-3.0-or-later
"""The window on Windows, from the first start to the end, by keyboard: what came of it is on the wire, in
the settings beside the program and in the clipboard."""

import hashlib
import re
import subprocess
import time

import pytest

from desk import Visitor, settings_for
from harness import Upstream, wait_until
from harness.network import NETWORKS
from wine_desk import FOLDER_NAME, PATIENCE_S, to_windows

LAN, PUBLIC = list(NETWORKS)[:2]
HOUSE = NETWORKS[LAN][0].split("/")[0]
PORT = 8080
DEMO_URL = "http://127.0.0.1:2283"
MAIN, WELCOME = "^Porchlight$", "^Welcome to Porchlight$"


def settings(*keys, **options):
    return settings_for(DEMO_URL, *keys, **options).replace("PORT", str(PORT))


@pytest.fixture
def house(network):
    return House(network)


class House:
    """What others get at the door."""

    def __init__(self, network):
        self.network = network

    def make_phone(self, network=LAN, device="android"):
        return Visitor(PORT, device, host=HOUSE,
                       make_socket=lambda: self.network.connect_from_guest(network, PORT))

    def make_browser(self):
        return Visitor(PORT, "firefox", make_socket=lambda: self.network.connect_in_house(PORT))

    def admits(self, network=LAN):
        try:
            return self.make_phone(network).get("/api/server/ping")[0] == 200
        except OSError:
            return False

    def is_there(self):
        try:
            return self.make_browser().get("/api/server/ping")[0] == 200
        except OSError:
            return False

    def wait_until_there(self):
        wait_until(self.is_there, "somebody at the door", PATIENCE_S)

    def wait_until_admits(self, admits, network=LAN):
        wait_until(lambda: self.admits(network) == admits, "another answer at the door", PATIENCE_S)


def press_until(windows, keys, condition, what):
    """A key that comes before a button is ready does nothing: it is pressed again."""
    def look():
        if condition():
            return True
        windows.press_keys(*keys)
        time.sleep(1)
        return condition()

    wait_until(look, what, PATIENCE_S)


def copy_until(windows, keys, pattern):
    """Presses keys that copy, until the clipboard has what the pattern is found in; returns that."""
    def has_it():
        return re.search(pattern, windows.read_clipboard(), re.DOTALL)

    press_until(windows, keys, has_it, f"{pattern} in the clipboard")
    return windows.read_clipboard()


@pytest.fixture
def show(windows):
    """Puts the window in front."""
    def show(title=MAIN):
        number = windows.wait_for_window(title)
        windows.run("xdotool", "windowactivate", "--sync", number)
        return number

    return show


def test_from_the_first_start_to_the_first_phone(start, windows, house, demo, show):
    program = start()

    show(WELCOME)
    press_until(windows, ["alt+n"], house.admits, "a door that is open to the network")
    assert not house.admits(PUBLIC)
    assert house.make_phone().get("/api/server/ping")[0] == 200
    press_until(windows, ["alt+n", "alt+d"], lambda: not windows.find_windows(WELCOME),
                "the assistant's end")

    program.wait_for_setting("listen", "exposure", "network")
    program.wait_for_setting("upstream immich", "urls", DEMO_URL)
    assert windows.find_windows(MAIN)


def test_the_switch(start, windows, house, demo, show):
    program = start(settings())
    house.wait_until_there()
    show()
    assert not house.admits()

    press_until(windows, ["alt+w"], house.admits, "a door that is open to the network")
    program.wait_for_setting("listen", "exposure", "network")
    assert not house.admits(PUBLIC)

    press_until(windows, ["alt+c"], lambda: not house.admits(), "a door that is shut")
    program.wait_for_setting("listen", "exposure", "computer")
    assert house.is_there()


def test_the_internet_is_asked_about(start, windows, house, demo, show):
    program = start(settings(exposure="network"))
    house.wait_until_there()
    show()

    windows.press_keys("alt+i")
    time.sleep(2)
    assert not house.admits(PUBLIC)
    press_until(windows, ["alt+e", "alt+l"], lambda: house.admits(PUBLIC), "a door that is open to all")

    program.wait_for_setting("listen", "exposure", "internet")
    program.wait_for_setting("door", "world", "everything")


def test_requests_are_listed_as_they_come(start, windows, house, demo, show):
    start(settings(exposure="network"))
    house.wait_until_there()
    show()
    windows.press_keys("ctrl+2")

    for number in range(2):
        house.make_phone().get(f"/api/nowhere/{number}?key=do-not-tell")
        windows.press_keys("ctrl+f", "Escape", "End")
        address = copy_until(windows, ["ctrl+c"], f"nowhere/{number}")
        assert address.startswith(f"http://{HOUSE}:{PORT}/api/nowhere/{number}")
        assert "do-not-tell" not in address


def test_the_check_up(start, windows, house, demo, show):
    start(settings(exposure="network"))
    house.wait_until_there()
    show()

    windows.press_keys("ctrl+3")
    report = copy_until(windows, ["alt+r"], "WebSocket")

    assert "Immich answers" in report
    assert f"http://{HOUSE}:{PORT}" in report


@pytest.fixture(params=[0, 200], ids=["near", "far-down"])
def place(request, tmp_path):
    """Where it is unzipped to; the program's folder has so long a path at least."""
    place = tmp_path
    while (rest := request.param - len(to_windows(place / FOLDER_NAME))) > 1:
        place /= "x" * min(50, rest - 1)
    place.mkdir(parents=True, exist_ok=True)
    return place


def test_german(start, windows, house, demo, show, place):
    """With all that is found beside the program."""
    program = start(settings("[window]", "language=de"), place=place)
    house.wait_until_there()
    show()

    windows.press_keys("ctrl+3")
    copy_until(windows, [f"alt+{program.get_mnemonic('de', 'Copy _Report')}"], "Prüfung .* in Ordnung")


def test_a_second_start_raises_the_first(start, windows, house, demo, show):
    program = start(settings())
    house.wait_until_there()
    show()
    windows.press_keys("ctrl+w")
    windows.wait_until_gone(MAIN)

    assert program.start_second() == 0

    wait_until(lambda: windows.get_active_title() == "Porchlight", "the window in front", PATIENCE_S)
    assert len(windows.find_windows(MAIN)) == 1


def test_a_second_start_hands_on_what_it_is_told(start, windows, house, demo):
    program = start(settings(), arguments=["--hidden"])
    house.wait_until_there()
    assert not windows.find_windows(MAIN)

    assert program.start_second("--exposure", "network") == 0

    house.wait_until_admits(True)


def test_a_second_start_with_other_settings_is_refused(start, windows, house, demo):
    program = start(settings(), arguments=["--hidden"])
    house.wait_until_there()
    other = program.program_folder / "Größe 2.ini"
    other.write_text(settings(exposure="network"), encoding="utf-8")

    assert program.start_second("--config", other.name) == 1
    assert program.start_second("--config", program.settings_file.name, "--hidden") == 0

    assert not windows.find_windows(MAIN)
    assert not house.admits()


def test_words_that_nobody_could_read_have_a_window(start, windows, house, demo):
    program = start(settings(), arguments=["--hidden"])
    house.wait_until_there()
    assert not windows.find_windows(MAIN)

    program.start_by_click("--config", "other.ini")

    windows.wait_for_window(MAIN)
    press_until(windows, ["Return"], lambda: not windows.find_windows(MAIN), "the end of the words")
    assert len(windows.list_processes()) == 1


@pytest.fixture
def busy(start, windows, house, demo):
    """A program that is told to end in the middle of an upload, which it waits for."""
    program = start(settings(), arguments=["--hidden"])
    house.wait_until_there()
    upload = house.make_browser().begin_upload("IMG_2041.MOV", 1_000_000)
    upload.send(1000)
    assert program.start_second("--quit") == 0
    assert program.is_running
    yield program
    upload.give_up()


def test_started_again_while_it_ends_it_comes_back(windows, house, busy, show):
    second = busy.start_beside()

    assert busy.wait() == 0
    show()
    house.wait_until_there()
    assert second.poll() is None
    assert busy.start_second("--quit") == 0
    assert second.wait(PATIENCE_S) == 0


def test_ended_once_more_it_does_not_come_back(windows, busy):
    second = busy.start_beside()
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(1.5)

    assert busy.start_second("--quit") == 0

    assert second.wait(PATIENCE_S) == 0
    assert busy.wait() == 0
    assert not windows.list_processes()


def test_whoever_waits_takes_the_place_of_one_that_was_killed(windows, house, busy, show):
    second = busy.start_beside()
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(1.5)

    busy.kill()

    show()
    house.wait_until_there()
    assert busy.start_second("--quit") == 0
    assert second.wait(PATIENCE_S) == 0


def test_to_end_what_does_not_run_nothing_is_started(start, windows, house, demo):
    program = start(settings())
    house.wait_until_there()
    assert program.quit() == 0

    assert program.start_second("--quit") == 0

    assert not windows.list_processes()


def test_it_ends_when_it_is_told_to(start, windows, house, demo):
    """And nothing that it brought along stays: the folder could be deleted."""
    program = start(settings())
    house.wait_until_there()
    assert windows.list_processes()

    assert program.quit() == 0

    assert not house.is_there()
    assert not windows.list_processes()


def test_settings_and_window_come_back(start, windows, house, demo, show):
    """What was changed is there at the next start, beside the program."""
    program = start(settings())
    house.wait_until_there()
    show()
    press_until(windows, ["alt+w"], house.admits, "a door that is open to the network")
    assert program.quit() == 0

    program.__init__(windows, program.program_folder)

    house.wait_until_admits(True)


THEME_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"


def get_brightness(windows, number, folder):
    """Of the window: from 0, black, to 1."""
    windows.take_picture(folder / "window.png", "-window", number)
    return float(windows.run("convert", str(folder / "window.png"), "-format", "%[fx:mean]",
                             "info:").stdout)


def test_light_and_dark_as_windows_is(start, windows, house, demo, show, tmp_path):
    start(settings())
    house.wait_until_there()
    number = show()
    wait_until(lambda: get_brightness(windows, number, tmp_path) > 0.6, "a light window", PATIENCE_S)

    for is_light in (0, 1):
        windows.wine("reg", "add", THEME_KEY, "/v", "AppsUseLightTheme", "/t", "REG_DWORD", "/d",
                     str(is_light), "/f")
        wait_until(lambda: (get_brightness(windows, number, tmp_path) > 0.5) == bool(is_light),
                   "the other theme", PATIENCE_S)


GB = 1_000_000_000
PIECE = 1_000_000


def take_in(connection, received):
    """Reads one request piece by piece, notes the hash of its body, and answers."""
    connection.recording = False
    head = connection.read_until("\r\n\r\n").decode()
    length = re.search(r"(?i)content-length: (\d+)", head)
    if length:
        received.append(hash_body(connection, int(length.group(1))))
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")


def hash_body(connection, length):
    digest = hashlib.sha1()
    while length > 0:
        piece = connection.read_some(min(length, PIECE))
        digest.update(piece)
        length -= len(piece)
    return digest.hexdigest()


def send_upload(phone):
    """A gigabyte in which no place looks like another; returns its hash."""
    digest = hashlib.sha1()
    head = f"POST /api/assets HTTP/1.1\r\nHost: photos\r\nContent-Length: {GB}\r\n\r\n"
    phone.sendall(head.encode())
    for number in range(GB // PIECE):
        piece = number.to_bytes(4, "big") * (PIECE // 4)
        digest.update(piece)
        phone.sendall(piece)
    return digest.hexdigest()


def test_an_upload_of_a_gigabyte(start, windows, house, network):
    """Through the window's own engine: each octet of it."""
    received = []
    upstream = Upstream(lambda connection: take_in(connection, received),
                        make_socket=network.socket_in_house, port=2284).listen()
    start(settings_for(upstream.url).replace("PORT", str(PORT)))
    house.wait_until_there()

    with network.connect_in_house(PORT) as phone:
        phone.settimeout(PATIENCE_S)
        sent = send_upload(phone)
        assert phone.recv(65536).startswith(b"HTTP/1.1 200")

    assert received == [sent]

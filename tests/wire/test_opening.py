# SPDX-License-Identifier: GPL-3.0-or-later
"""Open for a while, by order to the daemon that runs: who may come in meanwhile, what is said, and
who may give orders."""

import hashlib
import os
import pathlib
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import threading

import pytest

from harness import ENVIRONMENT, Ended, answer, free_port, make_command, one_upstream, run_to_end, wait_until
from harness.network import NETWORKS, built_network

LAN, PUBLIC = list(NETWORKS)[:2]

# What a page of a shared link asks for, and what nobody but a user may.
FOR_GUESTS, FOR_USERS = "/api/server/config", "/api/users/me"

pytestmark = pytest.mark.linux


@pytest.fixture
def tmp_path():
    """A short one in place of pytest's: an address of a socket has room for 107 octets."""
    with tempfile.TemporaryDirectory(prefix="porchlight-") as folder:
        yield pathlib.Path(folder)


@pytest.fixture(scope="module")
def network():
    with built_network() as network:
        yield network


class House:
    """A daemon whose orders go through a socket beside its settings."""

    environment = {"XDG_RUNTIME_DIR": "", "RUNTIME_DIRECTORY": "", "STATE_DIRECTORY": ""}

    def __init__(self, wire, network, exposure="computer", script=answer(200, "welcome")):
        self.wire, self.network = wire, network
        self.upstream = wire.upstream(script, make_socket=network.socket_in_house)
        self.listen = [f"exposure={exposure}"]
        self.start()

    @property
    def settings(self):
        return one_upstream([self.upstream.url]) + "[door]\nworld=links\n"

    def start(self):
        self.wire.start(self.settings, listen=self.listen, namespace=self.network.house,
                        environment=self.environment)

    @property
    def daemon(self):
        return self.wire.daemon

    @property
    def file(self):
        return self.daemon.settings_file.with_name("porchlight.ini.opening")

    @property
    def socket(self):
        found, = self.daemon.folder.glob("porchlight-control-*")
        return found

    def order(self, *words):
        return run_to_end(self.daemon.folder, "--config", self.daemon.settings_file, "--open", *words,
                          environment=self.environment)

    def ask(self, source, path="/"):
        """The status that somebody from there gets; None: nobody lets them in."""
        try:
            client = self.wire.client(sock=self.network.connect_from_guest(source, self.daemon.port))
            return client.get(path).status
        except (OSError, Ended):
            return None


@pytest.fixture
def house(wire, network):
    return House(wire, network)


def test_the_network_is_let_in_for_a_while(house):
    before = house.daemon.settings_file.read_bytes()
    assert house.ask(LAN) is None

    done = house.order("exposure=network", "2h")

    assert (done.returncode, done.stderr) == (0, "")
    words = done.stdout.strip()
    assert re.fullmatch(r"Open to your network until .*, 2 h left; then to this computer only", words)
    house.daemon.wait_for_stderr(words)
    assert house.ask(LAN) == 200 and house.ask(PUBLIC) is None
    assert house.file.exists() and house.daemon.settings_file.read_bytes() == before

    done = house.order("off")

    assert (done.returncode, done.stdout) == (0, "Open to this computer only, again\n")
    house.daemon.wait_for_stderr("Open to this computer only, again")
    assert house.ask(LAN) is None
    assert not house.file.exists() and house.daemon.settings_file.read_bytes() == before
    assert house.order("off").stdout == "Nothing is open for a while\n"


def test_the_internet_sees_what_it_is_to_see(wire, network):
    house = House(wire, network, "network")
    assert house.order("world=links", "2h").returncode == 0
    assert house.ask(PUBLIC, FOR_GUESTS) == 200 and house.ask(PUBLIC, FOR_USERS) == 404
    assert house.order("world=everything", "30m").stdout.startswith("All of Immich is open to the internet until")
    assert house.ask(PUBLIC, FOR_USERS) == 200
    assert house.order("exposure=internet", "1d").returncode == 0
    assert house.ask(PUBLIC, FOR_GUESTS) == 200 and house.ask(PUBLIC, FOR_USERS) == 404
    assert house.order("off").returncode == 0
    assert house.ask(PUBLIC, FOR_GUESTS) is None and house.ask(LAN) == 200


def test_it_ends_by_itself(house):
    assert house.order("exposure=network", "8s").returncode == 0
    assert house.ask(LAN) == 200

    wait_until(lambda: "Open to this computer only, again" in house.daemon.stderr, "its end", 30)

    assert house.ask(LAN) is None
    assert not house.file.exists()


def test_who_is_let_in_no_more_is_cut_off(house):
    assert house.order("exposure=network", "2h").returncode == 0
    kept = house.wire.client(sock=house.network.connect_from_guest(LAN, house.daemon.port))
    assert kept.get("/").status == 200

    assert house.order("off").returncode == 0

    with pytest.raises((OSError, Ended)):
        kept.get("/")


def test_who_is_let_in_no_more_is_cut_off_while_the_program_ends(wire, network):
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
        conn.wait_for_end()

    house = House(wire, network, script=immich)
    assert house.order("exposure=network", "8s").returncode == 0
    guest = wire.client(sock=network.connect_from_guest(LAN, house.daemon.port))
    guest.ask("GET", "/video")
    guest.read_response_head()
    assert guest.read_exact(5) == b"first"

    house.daemon.terminate()

    guest.wait_for_end()
    assert house.daemon.wait() == 0
    assert "Open to this computer only, again" in house.daemon.stderr
    assert [record["reason"] for record in house.daemon.records()] == ["not-admitted"]


@pytest.mark.parametrize("end", ["kill", "finish"])
def test_it_is_so_after_a_restart_and_over_when_it_is(house, end):
    assert house.order("exposure=network", "2h").returncode == 0
    getattr(house.daemon, end)()

    house.start()
    house.daemon.wait_for_stderr("Open to your network until ")
    assert house.ask(LAN) == 200
    getattr(house.daemon, end)()
    text = house.file.read_text()
    begun, until = (int(re.search(rf"{key}-s=(\d+)", text)[1]) for key in ("begun", "until"))
    house.file.write_text(text.replace(str(begun), str(begun - 7200)).replace(str(until), str(until - 7200)))

    house.start()
    assert house.ask(LAN) is None
    assert not house.file.exists()
    house.daemon.wait_for_stderr("what was open for a while is over")
    assert "Open to your network" not in house.daemon.stderr


def test_settings_that_say_anew_who_may_come_in_end_it(house):
    assert house.order("world=everything", "2h").returncode == 0
    assert house.ask(PUBLIC) == 200

    house.wire.reload(house.settings, listen=[*house.listen, "workers=2"])
    assert house.ask(PUBLIC) == 200
    house.wire.reload(house.settings, listen=["exposure=network"])

    house.daemon.wait_for_stderr("what was open for a while is over")
    assert house.ask(PUBLIC) is None and house.ask(LAN) == 200
    assert not house.file.exists()

    # Also while the program does not run.
    assert house.order("world=everything", "2h").returncode == 0
    house.daemon.finish()
    house.listen = ["exposure=computer"]
    house.start()
    assert house.ask(PUBLIC) is None and house.ask(LAN) is None
    house.daemon.wait_for_stderr("what was open for a while is over")


@pytest.mark.parametrize("words, answer_words", [
    (("world=links",), "whom to let in and for how long"),
    (("2h",), "whom to let in and for how long"),
    (("world=nothing", "2h"), "world=nothing 2h"),
    (("world=links", "2h", "3h"), "whom to let in"),
    (("exposure=computer", "2h"), "whom to let in"),
    (("world=links", "until", "2020-01-01"), "over already"),
    (("world=links", "1000d"), "longer than a year"),
    (("world=links 2h\nworld=everything 3h",), "whom to let in"),
    (("x" * 2000,), "whom to let in"),
])
def test_what_makes_no_sense_is_refused(house, words, answer_words):
    refused = house.order(*words)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert answer_words in refused.stderr and refused.stderr.startswith("porchlightd: ")
    assert house.ask(LAN) is None and not house.file.exists()


def test_who_may_come_in_anyway_is_not_let_in_for_a_while(wire, network):
    house = House(wire, network, "internet")
    refused = house.order("world=links", "2h")
    assert refused.returncode == 2 and "by the settings" in refused.stderr


def test_without_an_argument_nothing_is_ordered(house):
    assert house.order().returncode == 2


def test_where_no_daemon_runs_it_is_said(tmp_path):
    file = tmp_path / "porchlight.ini"
    file.write_text("[listen]\n")
    refused = run_to_end(tmp_path, "--config", file, "--open", "world=links", "2h", environment=House.environment)
    assert refused.returncode == 1
    assert f"no porchlightd that runs with the settings at {file} takes orders" in refused.stderr


def test_an_answer_is_no_order_to_the_terminal(tmp_path):
    """Where the settings are another user's, the one who answers may be no porchlightd."""
    file = tmp_path / "porchlight.ini"
    file.write_text("[listen]\n")
    number = hashlib.sha256(str(file).encode()).hexdigest()[:16]

    def tell(other):
        with other:
            other.recv(512)
            other.sendall(b"done \x1b]0;mine\x07 is so\xc2\x9b2J\r\xff \xc3\xbc\n")

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / f"porchlight-control-{number}"))
        server.listen()
        thread = threading.Thread(target=lambda: tell(server.accept()[0]))
        thread.start()
        done = run_to_end(tmp_path, "--config", file, "--open", "off", environment=House.environment)
        thread.join()
    assert done.returncode == 0
    assert done.stdout.strip() == "?]0;mine? is so?2J?\ufffd \u00fc"


def test_an_opening_that_cannot_be_kept_is_told_so(house):
    house.file.mkdir()
    done = house.order("exposure=network", "2h")
    assert done.returncode == 0
    assert "After a restart that is forgotten: " in done.stdout
    assert house.ask(LAN) == 200


# The socket


def talk(path, octets, *, ends=True):
    """All that comes back."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(10)
        sock.connect(str(path))
        sock.sendall(octets)
        if ends:
            sock.shutdown(socket.SHUT_WR)
        received = b""
        try:
            while chunk := sock.recv(4096):
                received += chunk
        except ConnectionResetError:
            pass
        return received


@pytest.mark.parametrize("octets, ends", [
    (b"", True), (b"\n", False), (b"\0\n", False), (b"\xff\xfe world=links 2h\n", False), (b"%s%n%d\n", False),
    (b"off off\n", False), (b"x" * 100000, False), (b"world=links 2h", False), (b"GET / HTTP/1.1\r\n\r\n", False),
], ids=range(9))
def test_nonsense_changes_nothing_and_harms_nobody(house, octets, ends):
    received = talk(house.socket, octets, ends=ends)

    assert received.startswith(b"not-allowed ") or received == b""
    assert house.ask(LAN) is None and not house.file.exists()
    assert house.order("off").returncode == 0


def test_silent_visitors_keep_nobody_out_for_long(house):
    silent = [socket.socket(socket.AF_UNIX) for _ in range(30)]
    try:
        for sock in silent:
            sock.connect(str(house.socket))
        wait_until(lambda: house.order("off").returncode == 0, "a place for an order", 20)
    finally:
        for sock in silent:
            sock.close()


def test_a_dead_socket_is_put_aside_and_a_living_one_is_not(house):
    path = house.socket
    house.daemon.kill()
    assert stat.S_ISSOCK(path.stat().st_mode)

    house.start()
    assert house.order("off").returncode == 0
    first = house.daemon

    house.start()
    second = house.daemon
    second.wait_for_stderr("another Porchlight with these settings listens at")
    second.finish()
    assert path.exists()
    first.finish()
    assert not path.exists()


def test_what_is_no_socket_stays(house):
    path = house.socket
    house.daemon.finish()
    path.write_text("mine")
    house.start()
    house.daemon.wait_for_stderr("porchlightd --open cannot be used: ")
    assert path.read_text() == "mine"


def test_the_socket_is_where_the_service_manager_says(house, tmp_path):
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    house.daemon.finish()
    house.environment = {**House.environment, "RUNTIME_DIRECTORY": f"{runtime}:/nowhere"}
    house.start()

    found, = runtime.glob("porchlight-control-*")
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    assert house.order("exposure=network", "2h").returncode == 0


@pytest.fixture
def public_folder():
    """Where every user may look, as below /run."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="porchlight-opening-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


ORDER = """
import socket, sys
sock = socket.socket(socket.AF_UNIX)
try:
    sock.connect(sys.argv[1])
    sock.sendall(b"exposure=network 2h\\n")
    print("heard", sock.recv(1000))
except OSError as error:
    print(type(error).__name__)
"""


def order_as_stranger(path):
    done = subprocess.run((sys.executable, "-c", ORDER, path), user=65534, group=65534, extra_groups=[],
                          cwd="/", capture_output=True, text=True, check=True, timeout=30)
    return done.stdout.strip()


@pytest.mark.skipif(os.geteuid() != 0, reason="wants another user")
def test_other_users_give_no_orders(house, public_folder):
    house.daemon.finish()
    house.environment = {**House.environment, "RUNTIME_DIRECTORY": str(public_folder)}
    house.start()
    path, = public_folder.glob("porchlight-control-*")

    assert order_as_stranger(path) == "PermissionError"
    command = make_command("--config", house.daemon.settings_file, "--open", "off",
                           place=lambda path: shutil.copy(path, public_folder))
    refused = subprocess.run(command, user=65534, group=65534, extra_groups=[], cwd="/",
                             capture_output=True, text=True, check=False, timeout=30,
                             env={**os.environ, **ENVIRONMENT, **house.environment})
    assert refused.returncode == 1
    assert refused.stderr == "porchlightd: the porchlightd that runs takes no orders from this user\n"
    path.chmod(0o666)  # whatever its rights are
    assert order_as_stranger(path) in ("heard b''", "ConnectionResetError", "BrokenPipeError")
    assert house.ask(LAN) is None and not house.file.exists()


def test_a_folder_that_is_not_there_is_passed_over(house, tmp_path):
    house.daemon.finish()
    house.environment = {**House.environment, "RUNTIME_DIRECTORY": str(tmp_path / "gone")}
    house.start()
    assert house.socket.parent == house.daemon.folder
    assert house.order("off").returncode == 0


def test_orders_are_taken_before_there_are_settings(tmp_path):
    port = free_port()
    environment = {**House.environment, "XDG_CONFIG_HOME": str(tmp_path / "new")}
    daemon = subprocess.Popen(make_command("--upstream", "http://127.0.0.1:1", "--port", str(port)),
                              env={**os.environ, **ENVIRONMENT, **environment}, cwd=tmp_path,
                              stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        wait_until(lambda: list(tmp_path.glob("new/porchlight/porchlight-control-*")), "the socket")
        assert stat.S_IMODE((tmp_path / "new/porchlight").stat().st_mode) == 0o700
        assert run_to_end(tmp_path, "--open", "off", environment=environment).returncode == 0
    finally:
        daemon.terminate()
        said = daemon.communicate(timeout=30)[1]
    assert "--open" not in said


@pytest.mark.skipif(os.geteuid() != 0, reason="wants another user")
def test_there_is_no_socket_where_others_may_write(house, public_folder):
    house.daemon.finish()
    public_folder.chmod(0o777)
    house.daemon.settings_file.parent.chmod(0o777)
    house.environment = {**House.environment, "RUNTIME_DIRECTORY": str(public_folder)}
    house.start()
    house.daemon.wait_for_stderr("can be written to by other users")
    assert not list(public_folder.glob("*")) and not list(house.daemon.folder.glob("porchlight-control-*"))

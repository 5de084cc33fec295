# SPDX-License-Identifier: GPL-3.0-or-later
"""The program itself: command line, start and end, signals, and what happens when the computer
has nothing left to give."""

import os
import signal
import socket
import subprocess
import time

import pytest

from harness import (ENVIRONMENT, answer, free_port, make_command, one_upstream, run_to_end,
                     wait_until)

GOOD = "[listen]\nport=18080\n" + one_upstream(["http://127.0.0.1:3001"])


def test_version(tmp_path):
    result = run_to_end(tmp_path, "--version")
    assert (result.returncode, result.stdout.split()[0]) == (0, "porchlightd")


def test_check_says_that_good_settings_are_good(tmp_path):
    file = tmp_path / "porchlight.ini"
    file.write_text(GOOD)
    assert run_to_end(tmp_path, "--config", str(file), "--check").returncode == 0


@pytest.mark.parametrize("change, words", [
    (("port=18080", "port=99999"), ["[listen]", "port", "99999", "65535"]),
    (("port=18080", "exposure=world"), ["[listen]", "exposure", "world", "network"]),
    (("urls=http://127.0.0.1:3001", "urls=gopher://x"), ["[upstream immich]", "urls", "gopher"]),
    (("upstream=immich", "upstream=nobody"), ["[route all]", "upstream", "nobody"]),
    (("[route all]", "[tls]\nmode=vpn\n[route all]"), ["[tls]", "mode", "vpn", "files"]),
])
def test_check_names_what_is_wrong_and_what_is_allowed(tmp_path, change, words):
    file = tmp_path / "porchlight.ini"
    file.write_text(GOOD.replace(*change))

    result = run_to_end(tmp_path, "--config", str(file), "--check")

    assert result.returncode != 0
    for word in words:
        assert word in result.stderr


@pytest.mark.parametrize("arguments", [
    ("--upstream", "http://127.0.0.1:1", "--demo"),
    ("--upstream", "http://a", "--server", "http://b", "--web", "http://c"),
    ("--server", "http://127.0.0.1:1"),
    ("--port", "0"),
    ("--exposure", "world"),
    ("--log-format", "xml"),
    ("--no-such-option",),
    ("stray",),
])
def test_a_command_line_that_makes_no_sense_is_refused(tmp_path, arguments):
    result = run_to_end(tmp_path, *arguments)
    assert result.returncode == 2
    assert result.stderr.startswith("porchlightd: ")


@pytest.mark.linux
def test_a_taken_port_is_told_with_its_owner(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as owner:
        port = owner.getsockname()[1]
        result = run_to_end(tmp_path, "--upstream", "http://127.0.0.1:1", "--port", str(port))

    assert result.returncode == 1
    assert str(port) in result.stderr
    assert str(os.getpid()) in result.stderr or "python" in result.stderr


def test_an_address_to_listen_on_that_this_computer_has_not_is_told(tmp_path):
    file = tmp_path / "porchlight.ini"
    file.write_text(GOOD.replace("[listen]", "[listen]\nbind=127.0.0.1;2001:db8::1"))

    result = run_to_end(tmp_path, "--config", str(file))

    assert result.returncode == 1
    assert "[2001:db8::1]:18080" in result.stderr and "listening" not in result.stderr


def test_a_standard_stream_that_is_closed_is_no_number_for_a_socket(tmp_path):
    arguments = ("--upstream", "http://127.0.0.1:1", "--port", str(free_port()))
    with subprocess.Popen(make_command(*arguments), text=True,
                          env={**os.environ, **ENVIRONMENT, "XDG_CONFIG_HOME": str(tmp_path)},
                          stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          preexec_fn=lambda: os.close(1)) as program:
        try:
            while "listening on" not in program.stderr.readline():
                assert program.poll() is None
            assert os.readlink(f"/proc/{program.pid}/fd/1") == os.devnull
        finally:
            program.kill()  # how it ends is not the question


def test_upstream_on_the_command_line(wire):
    immich = wire.upstream(answer(200, "hello"))
    wire.start("", arguments=("--upstream", immich.url))

    assert wire.client().get("/api/x").body == b"hello"
    assert "/api/x" in [request.target for request in immich.requests]


@pytest.mark.parametrize("form", ["{port}", ":{port}", "127.0.0.1:{port}", "LOCALHOST:{port}",
                                  " http://127.0.0.1:{port}/photos?x=1"])
def test_an_address_is_taken_as_people_say_it(wire, form):
    immich = wire.upstream(answer(200, "hello"))
    wire.start("", arguments=("--upstream", form.format(port=immich.port)))

    assert wire.client().get("/api/x").body == b"hello"


@pytest.mark.parametrize("address, words", [
    ("nas:99999", "from 1 to 65535"),
    ("ftp://nas", "begins with http:// or https://"),
    ("192.168.1", "not an address"),
    ("user@nas", "no user name"),
])
@pytest.mark.parametrize("door", ["option", "file"])
def test_what_is_no_address_is_told_in_the_same_words(tmp_path, address, words, door):
    file = tmp_path / "porchlight.ini"
    file.write_text(GOOD.replace("http://127.0.0.1:3001", address if door == "file" else "nas"))
    option = ("--upstream", address) if door == "option" else ()

    result = run_to_end(tmp_path, "--config", str(file), "--check", *option)

    assert result.returncode == 2
    assert words in result.stderr


def test_check_looks_who_is_there(tmp_path, wire):
    immich = wire.upstream(answer(200, '{"res":"pong"}'))
    router = wire.upstream(answer(200, "<title>Router</title>"))

    found = run_to_end(tmp_path, "--check", "--upstream", immich.label)
    other = run_to_end(tmp_path, "--check", "--upstream", router.label)
    nobody = run_to_end(tmp_path, "--check", "--upstream", str(free_port()))

    assert found.returncode == other.returncode == nobody.returncode == 0
    assert f"{immich.url}: Immich" in found.stdout and not found.stderr
    assert f"{router.url}: Something answers there, but it is no Immich: “Router”" in other.stderr
    assert "No answer: nobody answers there" in nobody.stderr


@pytest.mark.parametrize("address", ["127.0.0.1:18080", "18080", "localhost:18080", "127.9.9.9:18080",
                                     "[::1]:18080"])
def test_check_refuses_an_address_that_leads_back(tmp_path, address):
    file = tmp_path / "porchlight.ini"
    file.write_text(GOOD.replace("http://127.0.0.1:3001", address))

    result = run_to_end(tmp_path, "--config", str(file), "--check")

    assert result.returncode == 2
    assert "leads back to Porchlight" in result.stderr and "fine" not in result.stdout


def test_an_address_that_leads_back_is_told_at_the_start(wire):
    port = free_port()
    wire.start(one_upstream([f"localhost:{port}"]), port=port)
    wire.daemon.wait_for_stderr(f"localhost:{port} leads back to Porchlight")


def test_with_an_option_it_is_told_once(wire):
    port = free_port()
    wire.start("", arguments=("--upstream", f"localhost:{port}"), port=port)
    wire.daemon.wait_for_stderr("leads back to Porchlight")
    assert wire.client().get("/").status == 508
    assert wire.daemon.stderr.count("leads back") == 1


def test_server_and_web_on_the_command_line(wire):
    server, web = wire.upstream(answer(200, "server")), wire.upstream(answer(200, "web"))
    wire.start("", arguments=("--server", server.url, "--web", web.url))

    assert wire.client().get("/api/x").body == b"server"
    assert wire.client().get("/x").body == b"web"
    assert [request.target for request in server.requests if "ping" not in request.target] == ["/x"]


def test_the_demo_shows_a_page_with_pictures(wire):
    wire.start("", arguments=("--demo",))

    client = wire.client()
    page = client.get("/")
    assert page.status == 200 and page.get("content-type").startswith("text/html")
    assert b"<img" in page.body or b"thumbnail" in page.body
    assert client.get("/api/server/ping").body.replace(b" ", b"") == b'{"res":"pong"}'


@pytest.mark.linux
def test_a_burst_of_connections_waits_for_the_demo(wire):
    """Over HTTP/2 a browser asks for all pictures at once, however long the demo is busy."""
    daemon = wire.start("", arguments=("--demo",))
    wire.client().get("/")
    port = int(wire.record()["upstream"].rpartition(":")[2])
    os.kill(daemon.pid, signal.SIGSTOP)
    try:
        burst = [socket.create_connection(("127.0.0.1", port), 3) for _ in range(128)]
    finally:
        os.kill(daemon.pid, signal.SIGCONT)
    for connection in burst:
        connection.close()
    wire.client().get("/")
    wire.daemon.wait_for_records(2)  # each thread goes on: the signal to end finds the one that listens for it


def test_only_the_loopback_addresses_are_listened_on_by_default(wire):
    wire.upstream(answer(200, "in"))

    assert wire.client().get("/").body == wire.client(host="::1").get("/").body == b"in"
    with pytest.raises(OSError):
        wire.client(host="127.0.0.2")


@pytest.mark.parametrize("workers", [1, 4])
def test_idle_clients_make_room_when_descriptors_run_out(wire, workers):
    immich = wire.upstream(answer(200, "ok"))
    wire.start(one_upstream([immich.url]), listen=(f"workers={workers}",), max_descriptors=64)

    for _ in range(100):  # each stays connected
        assert wire.client().get("/").status == 200


def test_more_busy_clients_than_descriptors_do_not_make_it_spin(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == "/long":
                conn.wait_for_end()
            else:
                conn.respond(200, "ok")

    wire.start(one_upstream([immich.url]), max_descriptors=64)
    clients = [wire.client() for _ in range(100)]
    for client in clients:
        client.ask("GET", "/long")
    time.sleep(0.3)
    before = wire.daemon.cpu_seconds()
    time.sleep(0.7)
    assert wire.daemon.cpu_seconds() - before < 0.2, "it spins"

    for client in clients:
        client.reset()
    wait_until(lambda: wire.client().get("/").status == 200, "a free descriptor")


def test_the_live_log_is_plain_where_there_is_no_terminal(wire):
    wire.upstream(answer(200, "hello"))
    wire.client().get("/photos?key=SECRET", "User-Agent: Immich_Android_1.94")

    line = wait_until(lambda: wire.daemon.stdout_lines, "a line of the live log")[0]
    assert "127.0.0.1" in line and "200" in line and "GET /photos?key=***" in line
    assert "\033" not in line


def test_connections_are_dealt_to_all_workers(wire):
    immich = wire.upstream(answer(200))
    wire.start(one_upstream([immich.url]), listen=("workers=3",))

    clients = [wire.client() for _ in range(6)]
    for client in clients:
        client.get("/")
    records = wire.daemon.wait_for_records(6)

    # The upper part of an id is the worker's.
    assert sorted(record["id"] >> 48 for record in records) == [0, 0, 1, 1, 2, 2]


def test_descriptors_are_given_back(wire):
    wire.upstream(answer(200, "ok", "Connection: close"))
    wire.client().get("/")
    before = wire.daemon.count_descriptors()

    for _ in range(50):
        client = wire.client()
        client.get("/")
        client.close()
    wait_until(lambda: wire.daemon.count_descriptors() <= before, "descriptors to be given back")


def test_several_workers_share_the_work(wire):
    immich = wire.upstream(answer(200, "ok"))
    wire.start(one_upstream([immich.url]), listen=["workers=4"])

    clients = [wire.client() for _ in range(16)]
    for _ in range(5):
        for client in clients:
            client.ask("GET", "/")
        assert [client.read_response().body for client in clients] == [b"ok"] * 16
    wire.daemon.wait_for_records(80)
    assert 1 < len(immich.connections) <= 16

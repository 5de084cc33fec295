# SPDX-License-Identifier: GPL-3.0-or-later
"""The program as a service of systemd: what it says of itself, and sockets it is handed over."""

import os
import socket
import subprocess
import time

import pytest

from harness import (ENVIRONMENT, Client, answer, free_port, listen_section, make_command,
                     one_upstream)
from harness.service import ServiceManager

pytestmark = pytest.mark.linux


def listening(address="127.0.0.1", port=0):
    """A socket as systemd opens it: blocking, and on one port for both families if it is [::]."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    sock.bind((address, port))
    sock.listen()
    return sock


def port_of(sock):
    return sock.getsockname()[1]


def test_a_start_a_reload_and_an_end_are_told(wire):
    immich = wire.upstream(answer(200, "hello"))
    with ServiceManager() as manager:
        daemon = wire.start(manager=manager)
        assert manager.hear() == f"STATUS=open at http://127.0.0.1:{daemon.port}"
        manager.wait_for("READY=1")

        wire.reload(one_upstream([immich.url]))
        manager.wait_for("RELOADING=1")
        told_us = int(manager.wait_for("MONOTONIC_USEC=").split("=")[1])
        assert abs(time.monotonic_ns() // 1000 - told_us) < 10_000_000
        manager.wait_for("READY=1")

        daemon.terminate()
        manager.wait_for("STOPPING=1")


def test_a_reload_that_is_refused_is_over_as_well(wire):
    wire.upstream(answer(200, "hello"))
    with ServiceManager() as manager:
        wire.start(manager=manager)
        manager.wait_for("READY=1")
        wire.reload("this is no settings file\n")
        manager.wait_for("RELOADING=1")
        manager.wait_for("READY=1")
        assert wire.client().get("/").body == b"hello"


def test_an_immich_that_is_not_well_is_in_the_status(wire):
    immich = wire.upstream(answer(200, "hello"), listening=False)
    with ServiceManager() as manager:
        wire.start(one_upstream([immich.url], "health-path=/ping", "health-interval-s=1"),
                   manager=manager)
        words = manager.wait_for("STATUS=open at http://127.0.0.1")
        while "immich at" not in words:
            words = manager.wait_for("STATUS=")
        assert words.endswith(f"immich at {immich.url.removeprefix('http://')} is not well")


def test_signs_of_life_come_at_half_the_interval(wire):
    wire.upstream(answer(200, "hello"))
    with ServiceManager(watchdog_s=0.4) as manager:
        wire.start(manager=manager)
        manager.wait_for("READY=1")
        began = time.monotonic()
        for _ in range(5):
            manager.wait_for("WATCHDOG=1")
        assert 0.7 < time.monotonic() - began < 4


def test_without_a_watchdog_there_are_no_signs_of_life(wire):
    wire.upstream(answer(200, "hello"))
    with ServiceManager() as manager:
        wire.start(manager=manager)
        manager.wait_for("READY=1")
        time.sleep(0.5)
        assert manager.hears_nothing_of("WATCHDOG")


def test_a_socket_is_taken_over_and_what_waits_there_is_answered(wire):
    """It outlives the program, and who calls while that starts again waits."""
    wire.upstream(answer(200, "hello"))
    with listening() as sock, ServiceManager({"porchlightd.socket": sock}) as manager:
        early = Client(port_of(sock))
        early.ask("GET", "/")
        daemon = wire.start(manager=manager, port=port_of(sock))
        assert early.read_response().body == b"hello"
        daemon.finish()

        between = Client(port_of(sock))
        between.ask("GET", "/")
        wire.start(manager=manager, port=port_of(sock))
        assert between.read_response().body == b"hello"


def test_a_socket_for_all_addresses_stands_for_every_exposure(wire):
    immich = wire.upstream(answer(200, "hello"))
    with listening("::") as sock, ServiceManager({"porchlightd.socket": sock}) as manager:
        wire.start(manager=manager, port=port_of(sock))
        for exposure in ("network", "computer", "network"):
            said = wire.reload(one_upstream([immich.url]), listen=(f"exposure={exposure}",))
            assert "are in use" in said
            for host in ("127.0.0.1", "::1"):
                assert wire.client(host=host).get("/").body == b"hello"


def test_a_port_of_the_settings_is_open_beside_one_that_was_given(wire):
    wire.upstream(answer(200, "hello"))
    with listening() as sock, ServiceManager({"porchlightd.socket": sock}) as manager:
        daemon = wire.start(manager=manager)
        assert daemon.port != port_of(sock)
        assert wire.client().get("/").body == b"hello"
        assert Client(port_of(sock)).get("/").body == b"hello"


def test_what_cannot_be_listened_on_is_named(tmp_path):
    settings = tmp_path / "porchlight.ini"
    settings.write_text((listen_section() + one_upstream(["http://127.0.0.1:1"]))
                        .replace("PORT", str(free_port())))
    with socket.socket(type=socket.SOCK_DGRAM) as sock, \
            ServiceManager({"wrong.socket": sock}) as manager:
        result = subprocess.run(
            (*manager.command, *make_command("--config", str(settings))),
            env={**os.environ, **ENVIRONMENT, **manager.environment}, pass_fds=manager.spares,
            capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=30, check=False)
        assert result.returncode == 1
        assert "wrong.socket" in result.stderr and "listens for TCP" in result.stderr
        assert manager.hears_nothing_of("READY")

# SPDX-License-Identifier: GPL-3.0-or-later
"""porchlightd --ping: whether the one that runs answers, asked without a trace."""

import os
import signal
import socket
import subprocess
import threading

import pytest

from harness import ENVIRONMENT, answer, free_port, make_command, one_upstream


def ping(daemon, *arguments):
    return subprocess.run(
        make_command("--config", str(daemon.settings_file), "--ping", *arguments),
        env={**os.environ, **ENVIRONMENT}, timeout=30, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False)


def test_one_that_runs_answers_and_nothing_is_logged(wire):
    immich = wire.upstream(answer(200, "ok"))
    daemon = wire.start()

    result = ping(daemon)

    assert (result.returncode, result.stderr) == (0, "")
    assert f"127.0.0.1:{daemon.port}" in result.stdout
    assert wire.client().get("/").status == 200
    assert len(daemon.wait_for_records(1)) == 1
    assert len(immich.connections) == 1


def test_one_whose_immich_is_down_answers(wire):
    daemon = wire.start(one_upstream([f"http://127.0.0.1:{free_port()}"]))
    assert ping(daemon).returncode == 0


@pytest.mark.parametrize("bind", ["127.0.0.1", "0.0.0.0", "::1", "::"])
def test_it_is_asked_where_it_listens(wire, bind):
    wire.upstream(answer(200, "ok"))
    daemon = wire.start(listen=[f"bind={bind}"])

    result = ping(daemon)

    assert (result.returncode, result.stderr) == (0, "")
    assert ("[::1]" if ":" in bind else "127.0.0.1") + f":{daemon.port}" in result.stdout


def test_one_that_has_ended_does_not_answer(wire):
    wire.upstream(answer(200, "ok"))
    daemon = wire.start()
    daemon.terminate()
    daemon.wait()

    result = ping(daemon)

    assert (result.returncode, result.stdout) == (1, "")
    assert f"does not answer at 127.0.0.1:{daemon.port}" in result.stderr


def test_one_that_hangs_does_not_answer(wire):
    wire.upstream(answer(200, "ok"))
    daemon = wire.start()
    os.kill(daemon.pid, signal.SIGSTOP)
    try:
        assert ping(daemon).returncode == 1
    finally:
        os.kill(daemon.pid, signal.SIGCONT)
    assert ping(daemon).returncode == 0


def test_another_that_speaks_first_is_no_porchlight(wire):
    wire.upstream(answer(200, "ok"))
    daemon = wire.start()
    with socket.create_server(("127.0.0.1", 0)) as other:
        def greet():
            connection, _ = other.accept()
            with connection:
                connection.sendall(b"SSH-2.0-other\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        result = ping(daemon, "--port", str(other.getsockname()[1]))
        thread.join()

    assert result.returncode == 1
    assert "no Porchlight" in result.stderr

# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit under a real systemd, which boots in a container of its own. Left out, and said so, where no
container can be booted."""

import pathlib
import shutil
import subprocess

import pytest

import roots
from conftest import find_package
from test_debs import install

HERE = pathlib.Path(__file__).resolve().parent
BAD_GATEWAY = ("HTTP/1.1 502", "HTTP/1.1 503")

_TRIAL_UNIT = """[Unit]
After=porchlightd.service

[Service]
ExecStart=/trial.sh

[Install]
WantedBy=multi-user.target
"""


def boot(root):
    """Boots the system, which switches itself off when its trial is over."""
    return subprocess.run(
        ("systemd-nspawn", "--quiet", "--boot", "--register=no", "--keep-unit", "--private-network",
         "--console=pipe", "--link-journal=no", "--resolv-conf=off", f"--directory={root.path}"),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def trial():
    """What was seen: {name: value}, and all of it as text."""
    booted = roots.get_root("booted", "bookworm",
                            packages=["systemd", "systemd-sysv", "dbus", "iproute2", "procps"])
    with booted.copy() as root:
        install(root, find_package("porchlightd_*_amd64.deb"))
        shutil.copy(HERE / "trial.sh", root.path / "trial.sh")
        (root.path / "trial.sh").chmod(0o755)
        (root.path / "etc/systemd/system/trial.service").write_text(_TRIAL_UNIT)
        root.run("systemctl", "enable", "--quiet", "trial.service")
        result = boot(root)
        log = root.path / "trial.log"
        if not log.exists():
            pytest.skip(f"no container can be booted here: {result.stdout[-500:]}{result.stderr[-500:]}")
        text = log.read_text()
    print(text)
    return {line.split(": ", 1)[0]: line.split(": ", 1)[1]
            for line in text.splitlines() if ": " in line}


def test_it_starts_by_itself_and_says_when_it_is_ready(trial):
    assert trial["start"] == "active running main"
    assert trial["status"].startswith("open at http://127.0.0.1:8080")
    assert trial["answer"].startswith(BAD_GATEWAY)


def test_it_has_a_user_and_a_state_folder_of_its_own(trial):
    assert trial["user"] == "porchlight"
    assert trial["state-folder"] == "700"


def test_its_user_may_ask_for_a_name_at_home(trial):
    """By the system's bus, which lets in nobody whom systemd has made up."""
    assert trial["bus"] == "s"


def test_a_reload_changes_the_settings_and_nothing_else(trial):
    assert trial["reload"] == "done"
    assert trial["reloaded"] == "1"
    assert trial["same-process"] == "yes"
    assert trial["after-a-mistake"].startswith(BAD_GATEWAY)


def test_root_opens_it_for_a_while_and_nobody_else(trial):
    assert trial["runtime-folder"] == "700"
    assert trial["opened"].startswith("All of Immich is open to the internet until ")
    assert trial["opened-by-a-stranger"] == "1"
    assert trial["still-open"] == "/var/lib/private/porchlight/porchlight.ini.opening"
    assert trial["closed"] == "Open to your network only, again"


def test_it_may_write_an_access_log(trial):
    assert int(trial["access-log"]) >= 1


def test_the_watchdog_lets_it_live_and_starts_it_again_when_it_hangs(trial):
    assert trial["lives-under-the-watchdog"] == "0"
    assert trial["restarted-by-the-watchdog"] == "1 1"
    assert trial["answers-again"].startswith(BAD_GATEWAY)


def test_the_socket_wakes_it_at_a_port_that_is_not_its_to_open(trial):
    assert trial["wakes-by-its-port"].startswith(BAD_GATEWAY)
    assert trial["is-awake"] == "active"
    assert trial["listeners"] == "*:80"
    assert trial["while-it-restarts"].startswith(BAD_GATEWAY)


def test_it_ends_as_it_should(trial):
    assert trial["stop"] == "inactive success 0"


def test_the_sandbox_is_what_the_unit_says(trial):
    assert float(trial["exposure"].split(": ")[1].split()[0]) <= 2.0

# SPDX-License-Identifier: GPL-3.0-or-later
"""What packaging/linux/debian says of the programs, against what they say themselves. The packages are tried
by `./dev package linux`."""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
DEBIAN = SOURCE / "packaging/linux/debian"
UNIT = DEBIAN / "porchlightd.service"
SETTINGS = DEBIAN / "porchlight.ini"


def run(*arguments):
    return subprocess.run((os.environ["PORCHLIGHTD"], *arguments), env={**os.environ, "LC_ALL": "C.UTF-8"},
                          capture_output=True, text=True, timeout=60, check=False)


def options_of(manual):
    """Those a page of the manual explains: each begins a paragraph."""
    text = (DEBIAN / manual).read_text().replace("\\-", "-")
    return set(re.findall(r"--[a-z-]+", text.split(".SH OPTIONS")[1].split(".SH ")[0]))


def test_the_manual_of_the_daemon_has_every_option():
    told = set(re.findall(r"--[a-z-]+", run("--help").stdout)) - {"--help"}
    assert told and options_of("porchlightd.1") == told


def test_the_manual_of_the_window_has_every_option():
    source = (SOURCE / "gui/application/command_line.c").read_text()
    told = {f"--{name}" for name in re.findall(r'^ +\{ "([a-z-]+)", 0', source, re.M)}
    assert told and options_of("porchlight.1") == told


def test_the_settings_to_begin_with_are_good_and_let_nobody_else_in():
    result = run("--config", str(SETTINGS), "--check")
    assert result.returncode == 0, result.stderr
    settings = configparser.ConfigParser()
    settings.read(SETTINGS)
    assert settings["listen"]["exposure"] == "computer"


def test_the_socket_is_the_port_of_the_settings():
    settings = configparser.ConfigParser()
    settings.read(SETTINGS)
    socket = (DEBIAN / "porchlightd.socket").read_text()
    assert f"\nListenStream={settings['listen']['port']}\n" in socket


def test_the_user_of_the_unit_is_made_by_the_package():
    user = re.search(r"^User=(\S+)$", UNIT.read_text(), re.M)[1]
    made = re.findall(r"^u (\S+) ", (DEBIAN / "porchlightd.sysusers").read_text(), re.M)
    assert made == [user]
    assert "\n\tdh_installsysusers\n" in (DEBIAN / "rules").read_text()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze")
def test_the_unit_can_do_little():
    """Of 100, as systemd counts what a service could do."""
    result = subprocess.run(("systemd-analyze", "security", "--offline=true", "--threshold=20",
                             "--no-pager", UNIT), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("script", ["porchlight.sh", "porchlightd.sh"])
def test_the_scripts_are_plain_shell(script):
    subprocess.run(("dash", "-n", SOURCE / "packaging/linux/portable" / script), check=True)

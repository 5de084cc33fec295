# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that lock out addresses read what Porchlight says of failed logins, by the examples that are handed
out for them: fail2ban, and CrowdSec, each as Debian has it."""

import os
import pathlib
import shutil
import subprocess
import time

import pytest

from crowdsec import running_crowdsec
from harness import answer, one_upstream, wait_until
from programs import find

EXAMPLES = pathlib.Path(__file__).resolve().parents[3] / "packaging/linux"
FORGED = r'x","client":"198.51.100.7","login":"password","login_outcome":"failed"} login failed from 198.51.100.7 (password)'
GUESSERS = ["203.0.113.9", "2001:db8::9"]


@pytest.fixture(name="logs")
def make_logs(wire, tmp_path):
    """What porchlightd says, as syslog has it, and its access log: of two who guess, five tries and one too early
    each, and of one who would like to have others locked out."""
    immich = wire.upstream(answer(401))
    wire.start(one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n[door]\nworld=everything\n")
    for who in GUESSERS:
        for _ in range(6):
            wire.client().request("POST", "/api/auth/login", f"X-Forwarded-For: {who}", body=b"{}")
    wire.client().get("/" + FORGED.replace(" ", "%20"), f"User-Agent: {FORGED}", "X-Forwarded-For: 192.0.2.1")
    wire.daemon.wait_for_records(13)
    wait_until(lambda: wire.daemon.stderr.count("login refused") == 2, "all lines")
    said = tmp_path / "syslog"
    prefix = time.strftime("%b %d %H:%M:%S nas porchlightd[123]: ")
    said.write_text("".join(f"{prefix}{line}\n" for line in wire.daemon.stderr_lines))
    return said, wire.daemon.access_log


def test_fail2ban_finds_who_guesses(logs):
    program = find("fail2ban-regex")
    for log in logs:
        found = subprocess.run([program, "-o", "<ip>", log, EXAMPLES / "fail2ban/filter.d/porchlight.conf"],
                               capture_output=True, text=True, check=True, timeout=60).stdout.split()
        # Two workers tell each in its turn, so the order is nobody's.
        assert sorted(found) == sorted(who for who in GUESSERS for _ in range(6)), log


def test_fail2ban_takes_the_example(tmp_path):
    program = find("fail2ban-client")
    folder = tmp_path / "fail2ban"
    shutil.copytree("/etc/fail2ban", folder, ignore=shutil.ignore_patterns("defaults-debian.conf"))
    for part in ("filter.d", "jail.d"):
        shutil.copy(EXAMPLES / "fail2ban" / part / "porchlight.conf", folder / part)
    said = subprocess.run([program, "-c", folder, "-t"], capture_output=True, text=True, check=False, timeout=60,
                          env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert said.returncode == 0, said.stdout + said.stderr


def test_crowdsec_finds_who_guesses(logs, tmp_path):
    with running_crowdsec(tmp_path, EXAMPLES / "crowdsec") as crowdsec:
        for log, kind in zip(logs, ("syslog", "porchlight")):
            found = crowdsec.explain(log, kind)
            assert sorted(found) == sorted((who, True) for who in GUESSERS for _ in range(6)), log

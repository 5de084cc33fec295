# SPDX-License-Identifier: GPL-3.0-or-later
"""testssl.sh, which tries what is known against servers that speak TLS: nothing it finds is graver than
low. It mostly waits, so its groups of checks run at once. It asks nobody but the server."""

import contextlib
import json
import subprocess

from harness import answer, one_upstream
from programs import find

GROUPS = {
    "versions": ("--protocols", "--server-preference", "--server-defaults"),
    "suites": ("--std", "--pfs", "--grease"),
    "faults": ("--vulnerable",),
}

# Of each group one that tells that it was tried.
TRIED = {"TLS1_3", "cipher_order", "cert_chain_of_trust", "cipherlist_NULL", "PFS", "heartbleed", "ROBOT",
         "secure_client_renego", "GREASE"}

HARMLESS = {"OK", "INFO", "LOW", "DEBUG"}

EXPECTED = {
    "cert_revocation": "an authority of one's own has nothing to revoke: its certificate is made anew",
}


# What testssl.sh cannot see for sure: with nothing to say its first client may be gone before the ticket has
# come that the second was to bring. Resumption is seen in test_tls.py.
UNSURE = {"sessionresumption_ticket": "check failed because of connect problem"}


def ask(wire, folder, group):
    report = folder / f"{group}.json"
    program = subprocess.Popen(
        (find("testssl"), "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none",
         "--ip", "127.0.0.1", "--add-ca", wire.daemon.folder / "certificates" / "authority.pem",
         "--jsonfile", report, *GROUPS[group], f"https://localhost:{wire.daemon.port}"),
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return program, report


def test_nothing_graver_than_low_is_found(wire, tmp_path):
    immich = wire.upstream(answer(200, "photo"))
    wire.start(one_upstream([immich.url]) + "[tls]\nmode=local\n", listen=("workers=2",))
    findings = []
    with contextlib.ExitStack() as programs:
        for program, report in [ask(wire, tmp_path, group) for group in GROUPS]:
            programs.callback(program.kill)
            said, _ = program.communicate(timeout=570)
            assert report.exists(), said
            findings += json.loads(report.read_text())

    seen = {finding["id"] for finding in findings}
    assert not TRIED - seen, f"not tried: {TRIED - seen}; of {sorted(seen)}"
    grave = [finding for finding in findings if finding["severity"] not in HARMLESS
             and UNSURE.get(finding["id"]) != finding["finding"]]
    assert {finding["id"] for finding in grave} == set(EXPECTED), grave

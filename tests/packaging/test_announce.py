# SPDX-License-Identifier: GPL-3.0-or-later
"""The announcement of a version, verified by openssl itself; that the program reads it is seen in tests/gui."""

import base64
import json
import subprocess
from pathlib import Path

import pytest

ANNOUNCE = Path(__file__).resolve().parents[2] / "packaging/announce"
PAGE = "https://example.org/porchlight"

# The beginning of every public Ed25519 key in DER (RFC 8410).
DER_BEGINNING = bytes.fromhex("302a300506032b6570032100")


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", path], check=True)
    return path


def announce(*arguments):
    return subprocess.run([ANNOUNCE, *arguments], capture_output=True, text=True, check=False)


def test_the_key_that_is_printed_verifies_what_is_signed(key, tmp_path):
    document = json.loads(announce("1.2.3", PAGE, key).stdout)
    public = base64.b64decode(announce("--key", key).stdout)
    for name, data in {"key.der": DER_BEGINNING + public,
                       "message": base64.b64decode(document["announcement"]),
                       "signature": base64.b64decode(document["signature"])}.items():
        (tmp_path / name).write_bytes(data)

    subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key.der", "-rawin",
                    "-in", "message", "-sigfile", "signature"], cwd=tmp_path, check=True)
    assert json.loads((tmp_path / "message").read_text()) == {
        "product": "porchlight", "version": "1.2.3", "page": PAGE}


@pytest.mark.parametrize("version, page, words", [
    ("1.2-rc1", PAGE, "no version"),
    ("1.2.3.4.5", PAGE, "no version"),
    ("1.2", "http://example.org", "https://"),
])
def test_what_programs_would_not_believe_is_not_signed(key, version, page, words):
    result = announce(version, page, key)
    assert (result.returncode, result.stdout) == (1, "")
    assert words in result.stderr

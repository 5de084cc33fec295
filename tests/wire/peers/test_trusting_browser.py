# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device does that is told to trust this computer: it opens the page for that, takes the
certificate, and from then on the browser encrypts without a warning."""

import subprocess

from browser import running_browser
from programs import curl, find

PICTURES = "[...document.querySelectorAll('#grid img')].filter(image => image.naturalWidth).length"
IS_LIVE = "document.getElementById('live-word')?.textContent === 'Live'"
PROTOCOL = "performance.getEntriesByType('navigation')[0].nextHopProtocol"

# As a player asks who is sent to the middle of a film; and an upload as the app's.
SEEK = """fetch(document.getElementById('whole').href, {headers: {Range: 'bytes=300000000-300000999'}})
    .then(answer => answer.arrayBuffer().then(octets => {
      window.sought = answer.status + ' ' + octets.byteLength; })); 'asked'"""
UPLOAD = """const form = new FormData();
    form.append('assetData', new Blob([new Uint8Array(3000000)]), 'big.jpg');
    for (const name of ['deviceAssetId', 'deviceId']) form.append(name, 'a');
    for (const name of ['fileCreatedAt', 'fileModifiedAt'])
      form.append(name, '2026-01-01T00:00:00.000Z');
    fetch('/api/assets', {method: 'POST', body: form})
      .then(answer => { window.uploaded = answer.status; }); 'sent'"""


def trust(home, pem):
    """As the browser's settings do."""
    store = home / ".pki/nssdb"
    store.mkdir(parents=True)
    certutil = find("certutil")
    subprocess.run([certutil, "-d", f"sql:{store}", "-N", "--empty-password"], check=True)
    subprocess.run([certutil, "-d", f"sql:{store}", "-A", "-t", "C,,", "-n", "porch", "-i", pem],
                   check=True)


def test_a_browser_that_was_told_encrypts_without_a_warning(wire, tmp_path):
    find("certutil")
    wire.start("[tls]\nmode=local\n", arguments=("--demo",))
    plain, secure = (f"{scheme}://localhost:{wire.daemon.port}" for scheme in ("http", "https"))

    stranger = tmp_path / "stranger"
    stranger.mkdir()
    with running_browser(stranger) as browser:
        browser.open(secure + "/")
        assert wire.record()["reason"] == "tls-untrusted"
        browser.open(plain + "/.porchlight/trust")
        browser.wait_for("document.querySelector('a.button')?.href.includes('/ca.')")

    friend, pem = tmp_path / "friend", tmp_path / "ca.pem"
    curl("-o", pem, plain + "/.porchlight/trust/ca.pem")
    trust(friend, pem)
    with running_browser(friend) as browser:
        browser.open(secure + "/")
        browser.wait_for(f"{PICTURES} >= 20")
        browser.wait_for(IS_LIVE)
        assert browser.evaluate(PROTOCOL) == "h2"
        assert browser.evaluate("isSecureContext && location.protocol") == "https:"
        browser.evaluate(SEEK)
        browser.wait_for("window.sought")
        assert browser.evaluate("window.sought") == "206 1000"
        browser.evaluate(UPLOAD)
        browser.wait_for("window.uploaded")
        assert browser.evaluate("window.uploaded") == 201

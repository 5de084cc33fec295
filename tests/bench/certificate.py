# SPDX-License-Identifier: GPL-3.0-or-later

"""The certificate that every contestant shows, and what every client insists on."""

import functools
import subprocess

SUITE = "TLS_AES_128_GCM_SHA256"

# For programs that have no option for it: OpenSSL reads it from the file that OPENSSL_CONF names.
CLIENT_CONF = f"""
openssl_conf = programs
[programs]
ssl_conf = ssl
[ssl]
system_default = clients
[clients]
MinProtocol = TLSv1.3
Ciphersuites = {SUITE}
Groups = X25519
"""


@functools.cache
def make_pem():
    """A key of EC P-256 and its certificate, the same for all of a run."""
    return subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt"]
        + ["ec_paramgen_curve:P-256", "-subj", "/CN=photos.example", "-days", "30"]
        + ["-addext", "subjectAltName=DNS:photos.example,IP:127.0.0.1", "-keyout", "-"],
        capture_output=True,
        check=True,
    ).stdout

# SPDX-License-Identifier: GPL-3.0-or-later
"""pebble, a small certificate authority that speaks ACME (RFC 8555) for tests, and the name server it
asks, for which every name leads to this computer."""

import contextlib
import json
import os
import socket
import ssl
import subprocess
import urllib.request

from harness import free_port, wait_until
from harness.tls import make_certificate
from programs import find, running


class Pebble:
    """Attributes: directory, its address; authority, the file it is to be trusted by itself; root, what
    those trust who trust its certificates; dns_url, where records of the name server are written."""

    def __init__(self, folder):
        self.folder = folder
        self.port, self.management, self.dns, self.records = (free_port() for _ in range(4))
        server = make_certificate(folder, "pebble")
        self.authority, self._key = server.chain, server.key
        self.directory = f"https://localhost:{self.port}/dir"
        self.dns_url = f"http://127.0.0.1:{self.records}"
        self.root = folder / "root.pem"
        self.log = folder / "pebble.log"

    def _configure(self, http_port, tls_port, life_s):
        file = self.folder / "pebble.json"
        file.write_text(json.dumps({"pebble": {
            "listenAddress": f"127.0.0.1:{self.port}",
            "managementListenAddress": f"127.0.0.1:{self.management}",
            "certificate": str(self.authority), "privateKey": str(self._key),
            "httpPort": http_port, "tlsPort": tls_port, "ocspResponderURL": "",
            "externalAccountBindingRequired": False,
            "certificateValidityPeriod": life_s}}))
        return file

    @contextlib.contextmanager
    def running(self, *, http_port=None, tls_port=None, nonces_refused=0, life_s=90 * 86400):
        """Asks at these ports whether a name leads to whoever wants a certificate for it; None: where
        nobody answers. nonces_refused: how many of a hundred, though they are good."""
        http_port, tls_port = (port or free_port() for port in (http_port, tls_port))
        environment = {**os.environ, "PEBBLE_VA_NOSLEEP": "1", "PEBBLE_AUTHZREUSE": "0",
                       "PEBBLE_WFE_NONCEREJECT": str(nonces_refused)}
        names = [find("pebble-challtestsrv"), "-dns01", f"127.0.0.1:{self.dns}",
                 "-management", f"127.0.0.1:{self.records}", "-http01", "", "-https01", "",
                 "-tlsalpn01", "", "-defaultIPv4", "127.0.0.1", "-defaultIPv6", ""]
        authority = [find("pebble"), "-config", self._configure(http_port, tls_port, life_s),
                     "-dnsserver", f"127.0.0.1:{self.dns}"]
        with (open(self.log, "a") as log,
              running(names, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL),
              running(authority, env=environment, stdout=log, stderr=log)):
            for port in (self.records, self.port, self.management):
                wait_until(lambda port=port: _answers(port), f"somebody at port {port}")
            self.root.write_bytes(self._get("/roots/0"))
            yield self

    def _get(self, path):
        context = ssl.create_default_context(cafile=self.authority)
        url = f"https://localhost:{self.management}{path}"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                             urllib.request.HTTPSHandler(context=context))
        with opener.open(url, timeout=20) as answer:
            return answer.read()

    def settings(self, *names):
        return ("mode=acme", "names=" + ";".join(names), f"directory={self.directory}",
                f"directory-ca-file={self.authority}")


def _answers(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True

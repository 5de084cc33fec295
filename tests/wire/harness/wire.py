# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of a test: upstreams, one porchlightd before them, clients before it."""

import os
import threading

from harness.client import Client
from harness.daemon import Daemon
from harness.tls import usual_certificate
from harness.upstream import Upstream


def encrypts():
    """Whether all clients of a stage encrypt, which changes nothing of what most tests say."""
    return os.environ.get("WIRE_TLS") == "1"


SCHEME = "https" if encrypts() else "http"


def tls_section(settings):
    return usual_certificate().settings if encrypts() and "[tls]" not in settings else ""


def door_section(settings):
    """Most tests are about what everybody may see, whoever a proxy says has asked."""
    return "" if "[door]" in settings else "[door]\nworld=everything\n"


def listen_section(*keys):
    workers = os.environ.get("WIRE_WORKERS", "1")
    if any(key.startswith("workers=") for key in keys):
        return "\n".join(("[listen]", "port=PORT", *keys, ""))
    return "\n".join(("[listen]", "port=PORT", f"workers={workers}", *keys, ""))


def one_upstream(urls, *keys):
    """Settings that send everything to one upstream with these addresses."""
    return "\n".join(("[upstream immich]", "urls=" + ";".join(urls), *keys,
                      "[route all]", "path=/", "upstream=immich", ""))


def two_parts(server, web):
    """Settings for an Immich of before 1.88: /api, stripped of that, for the one address, the rest for the
    other."""
    return "\n".join(("[upstream server]", f"urls={server}", "[upstream web]", f"urls={web}",
                      "[route api]", "path=/api", "strip-prefix=true", "upstream=server",
                      "[route web]", "path=/", "upstream=web", ""))


def speaks_http2():
    """WIRE_CLIENT=http2: what is told of clients of HTTP/1 is tried over HTTP/2."""
    return os.environ.get("WIRE_CLIENT") == "http2"


class Wire:
    """Usage:

        @wire.upstream
        def immich(conn):
            request = conn.read_request()
            conn.respond(200, "hello")

        response = wire.client().get("/")

    The daemon starts with wire.start(), or else with the first client, with one route to all
    upstreams made so far. finish() judges everybody.
    """

    def __init__(self, folder):
        self.folder = folder
        self.daemon = None
        self.upstreams = []
        self.is_left_out = False  # in the middle: what upstreams still wait for never comes
        self._clients = []
        self._gates = []

    def upstream(self, script, *, listening=True, **options):
        """Starts an upstream; also a decorator of its script."""
        upstream = Upstream(script, name=getattr(script, "__name__", "upstream"), **options)
        self.upstreams.append(upstream)
        return upstream.listen() if listening else upstream

    def start(self, settings=None, *, listen=(), **options):
        """Starts the daemon; settings without [listen] and [log], listen: keys of [listen]."""
        if settings is None:
            settings = one_upstream([upstream.url for upstream in self.upstreams])
        settings = listen_section(*listen) + settings + door_section(settings) + tls_section(settings)
        self.daemon = Daemon(self.folder, settings, **options)
        return self.daemon

    def reload(self, settings, *, listen=()):
        return self.daemon.reload(
            listen_section(*listen) + settings + door_section(settings) + tls_section(settings))

    def client(self, **options):
        if not self.daemon:
            self.start()
        client = self._make_client(options)
        self._clients.append(client)
        return client

    def _make_client(self, options):
        if not speaks_http2():
            if encrypts():
                options.setdefault("tls", usual_certificate().client_context())
            return Client(self.daemon.port, **options)
        from harness.over_http2 import OverHttp2

        return OverHttp2(self, **options)

    def gate(self):
        """An event that others wait for; set at the end, so that nobody waits for a test that failed."""
        self._gates.append(threading.Event())
        return self._gates[-1]

    def record(self, count=1):
        """The count-th finished exchange in the access log; waits for it."""
        return self.daemon.wait_for_records(count)[count - 1]

    def finish(self):
        """Clients leave, the daemon ends, then the upstreams; the daemon's faults come first."""
        for gate in self._gates:
            gate.set()
        for client in self._clients:
            client.close()
        faults = []
        for player in [self.daemon, *self.upstreams]:
            try:
                if player:
                    player.finish()
            except Exception as fault:
                if not (self.is_left_out and player in self.upstreams):
                    faults.append(fault)
        if faults:
            raise faults[0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.finish()

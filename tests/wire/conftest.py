# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the wire tests: a stage of one's own for each test, or one for a whole module."""

import os

import pytest

pytest.register_assert_rewrite("harness", "smuggling_stage")

from harness import Wire, find_program, one_upstream  # noqa: E402
from harness.wire import encrypts, speaks_http2  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "linux: wants what Linux alone tells")
    config.addinivalue_line("markers", "plain: says nothing of clients that encrypt")


def leave_out(items, choose_reason):
    for item in items:
        if why := choose_reason(item):
            item.add_marker(pytest.mark.skip(reason=why))


def pytest_collection_modifyitems(items):
    if encrypts():
        leave_out(items, lambda item: item.get_closest_marker("plain")
                  and "for clients that do not encrypt")
    if speaks_http2():
        from harness.over_http2 import EXCEPTIONS

        leave_out(items, lambda item: EXCEPTIONS.get(item.originalname))


def pytest_report_header():
    reactor = os.environ.get("PORCHLIGHT_REACTOR", "default")
    clients = "encrypt" if encrypts() else "are plain"
    protocol = "HTTP/2" if speaks_http2() else "HTTP/1"
    return (f"porchlightd: {find_program()}, reactor: {reactor}, "
            f"clients {clients} and speak {protocol}")


@pytest.fixture
def wire(tmp_path):
    """A stage for one test."""
    with Wire(tmp_path) as stage:
        yield stage


@pytest.fixture(scope="module")
def shared_wire(tmp_path_factory):
    """A stage for all tests of a module: for tables of cases that leave nothing behind."""
    with Wire(tmp_path_factory.mktemp("wire")) as stage:
        yield stage


@pytest.fixture(params=["plain", "tls"])
def connect2(wire, request):
    """Makes clients of HTTP/2; the daemon starts with the first."""
    from harness.http2 import Http2Client, encrypt

    clients = []
    is_tls = request.param == "tls"

    def make(**options):
        if not wire.daemon:
            urls = [upstream.url for upstream in wire.upstreams]
            wire.start(one_upstream(urls) + ("[tls]\nmode=local\n" if is_tls else ""))
        sock = encrypt(wire.daemon.port) if is_tls else None
        clients.append(Http2Client(wire.daemon.port, sock=sock, **options))
        return clients[-1]

    yield make
    for client in clients:
        client.close()

# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that are to come on a new connection: those who were shown certificates that are no more,
and those of workers that are too many. Nothing that runs is cut off for it, and nothing is lost."""

import contextlib
import socket
import subprocess
import threading

import pytest
from hyperframe.frame import GoAwayFrame

from harness import Client, answer, one_upstream, wait_until
from harness.http2 import NO_ERROR, Http2Client, encrypt
from harness.tls import TlsSocket, make_certificate
from harness.tunnel import SWITCHING, open_tunnel

ANY_STREAM = 2**31 - 1


@pytest.fixture
def renew(tmp_path):
    """Makes another certificate at the same place; its section of settings is renew.settings."""
    certificate = make_certificate(tmp_path)

    def renew(wire, name):
        made = make_certificate(tmp_path, name, f"DNS:{name}")
        certificate.key.write_bytes(made.key.read_bytes())
        certificate.chain.write_bytes(made.chain.read_bytes())
        wire.daemon.wait_for_stderr(f"certificate for {name}")

    renew.certificate = certificate
    renew.settings = certificate.settings
    return renew


@pytest.fixture
def start(wire, renew):
    def start(script=None, **options):
        upstream = wire.upstream(script or answer(200, "photo"))
        wire.start(one_upstream([upstream.url]) + renew.settings, **options)
        return upstream

    return start


@pytest.fixture
def connect(wire):
    clients = []

    def connect():
        clients.append(Http2Client(wire.daemon.port, sock=encrypt(wire.daemon.port)))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


def test_http2_goes_over_to_a_new_certificate(wire, start, renew, connect):
    gate = threading.Event()

    def immich(conn):
        conn.read_request()
        gate.wait(10)
        conn.respond(200, "photo")

    upstream = start(immich, limits={"linger-timeout-ms": 500})
    client = connect()
    first = client.ask2("GET", "/first")
    upstream.wait_for_requests(1)
    renew(wire, "new.example")
    client.read_until_seen(lambda: client.goaway)
    assert (client.goaway.last_stream_id, client.goaway.error_code) == (ANY_STREAM, NO_ERROR)

    on_its_way = client.ask2("GET", "/second")
    gate.set()
    assert client.answer_to(first).body == b"photo"
    assert client.answer_to(on_its_way).body == b"photo"
    said = client.goodbye()
    assert (said.last_stream_id, said.error_code) == (on_its_way, NO_ERROR)
    assert connect().request2("GET", "/").body == b"photo"


def test_a_long_stream_is_finished(wire, start, renew, connect):
    gate = threading.Event()

    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
        gate.wait(10)
        conn.send("later")

    start(immich, limits={"linger-timeout-ms": 100})
    client = connect()
    stream = client.ask2("GET", "/")
    client.read_until_seen(lambda: client.responses[stream].body)
    renew(wire, "new.example")
    client.read_until_seen(lambda: client.goaway and client.goaway.last_stream_id == stream)
    gate.set()
    assert client.answer_to(stream).body == b"firstlater"
    assert client.goodbye().last_stream_id == stream


def test_a_client_without_a_request_is_left_with_a_word(wire, start, renew, connect):
    start(limits={"linger-timeout-ms": 100})
    client = connect()
    client.request2("GET", "/")
    renew(wire, "new.example")
    assert client.goodbye().error_code == NO_ERROR
    said = [frame.last_stream_id for frame in client.frames if isinstance(frame, GoAwayFrame)]
    assert (said[0], said[-1]) == (ANY_STREAM, 1)


def wait_until_told(client):
    """That certificates were changed is said before each worker has come round to it."""
    wait_until(lambda: client.get("/").get("connection") == "close", "being told to leave")


def test_http1_is_told_by_an_answer(wire, start, renew):
    def immich(conn):
        if conn.read_request().get("upgrade") is None:
            conn.respond(200, "photo")
            return
        conn.send(SWITCHING)
        conn.send(conn.read_exact(4))

    start(immich)
    context = renew.certificate.client_context()
    client, talker = (Client(wire.daemon.port, tls=context) for _ in range(2))
    plain = Client(wire.daemon.port)
    open_tunnel(talker)
    for each in (client, plain):
        assert each.get("/").get("connection") is None

    renew(wire, "new.example")
    wait_until_told(client)
    client.wait_for_end()
    talker.send("talk")
    assert talker.read_exact(4) == b"talk"
    assert plain.get("/").get("connection") is None, "it was shown no certificate"
    for each in (client, talker, plain):
        each.close()


@pytest.fixture
def connect_meanwhile(wire, renew):
    """A connection that was shown the certificate, which is replaced before the server is told that
    the handshake is over."""
    socks = []

    def connect_meanwhile(*protocols):
        context = renew.certificate.client_context()
        context.set_alpn_protocols(protocols)
        socks.append(socket.create_connection(("127.0.0.1", wire.daemon.port), 10))
        return TlsSocket(socks[-1], context, hold=lambda: renew(wire, "new.example"))

    yield connect_meanwhile
    for sock in socks:
        sock.close()


def test_http1_during_its_handshake(wire, start, connect_meanwhile):
    start()
    client = Client(wire.daemon.port, sock=connect_meanwhile("http/1.1"))
    wait_until_told(client)
    client.wait_for_end()


def test_http2_during_its_handshake(wire, start, connect_meanwhile):
    start(limits={"linger-timeout-ms": 500})
    client = Http2Client(wire.daemon.port, sock=connect_meanwhile("h2"))
    stream = client.ask2("GET", "/")
    assert client.answer_to(stream).body == b"photo"
    assert client.goodbye().last_stream_id == stream


def test_what_changes_no_certificate_changes_no_connection(wire, start, renew, connect):
    start(limits={"linger-timeout-ms": 100})
    client = connect()
    client.request2("GET", "/")
    new = wire.upstream(answer(200, "new"))
    wire.reload(one_upstream([new.url]) + renew.settings)
    wait_until(lambda: client.request2("GET", "/").body == b"new", "the new route")
    assert client.goaway is None


def test_encryption_that_is_turned_off_is_over_before_long(wire, start, connect):
    upstream = start(limits={"linger-timeout-ms": 100})
    client = connect()
    client.request2("GET", "/")
    wire.reload(one_upstream([upstream.url]))
    assert client.goodbye().error_code == NO_ERROR


def test_workers_that_are_too_many_are_left(wire, connect):
    immich = wire.upstream(answer(200, "photo"))
    settings = one_upstream([immich.url])
    wire.start(settings, listen=("workers=4",))
    clients = [wire.client() for _ in range(4)]
    for client in clients:
        assert client.get("/").get("connection") is None
    wire.reload(settings, listen=("workers=1",))
    wait_until(lambda: sum(_is_left(client) for client in clients) == 3, "three to be left")


def _is_left(client):
    """Asks, unless it was told to go by what it heard last."""
    if getattr(client, "is_left", False):
        return True
    client.is_left = client.get("/").get("connection") == "close"
    return client.is_left


@contextlib.contextmanager
def _coming(port, most=200):
    """Those who connect and ask meanwhile, one after the other."""
    clients, is_over = [], threading.Event()

    def come():
        while not is_over.is_set() and len(clients) < most:
            client = Client(port)
            client.ask("GET", "/")
            clients.append(client)

    threads = [threading.Thread(target=come) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield clients
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def test_who_is_dealt_to_a_worker_that_is_too_many_is_told(wire):
    immich = wire.upstream(answer(200, "photo"))
    settings = one_upstream([immich.url])
    wire.start(settings, listen=("workers=4",))
    untold = set()
    for turn in range(3):
        wire.reload(settings, listen=("workers=4",))
        with _coming(wire.daemon.port) as clients:
            wire.reload(settings, listen=("workers=1",))
        stay = [client for client in clients if client.read_response().get("connection") is None]
        for number, client in enumerate(stay):
            target = f"/{turn}/{number}"
            if client.get(target).get("connection") is None:
                untold.add(target)
        for client in clients:
            client.close()

    def records():
        return [record for record in wire.daemon.records() if record["target"] in untold]

    wait_until(lambda: len(records()) == len(untold), "the records of those who stay")
    assert {record["id"] >> 48 for record in records()} <= {0}, "who stays is with the first worker"


def test_curl_loses_nothing_while_certificates_change(wire, start, renew):
    def immich(conn):
        conn.read_request()
        conn.respond(200, b"x" * 20000)

    start(immich, listen=("workers=2",))
    curl = subprocess.Popen(
        ("curl", "-sk", "--http2", "--noproxy", "*", "-Z", "--parallel-max", "20", "-w", "%{http_code}\n",
         "-o", "/dev/null", f"https://127.0.0.1:{wire.daemon.port}/[1-900]"),
        stdout=subprocess.PIPE, text=True)
    for number in range(3):
        wire.daemon.wait_for_records(200 * (number + 1))
        renew(wire, f"new{number}.example")
    said, _ = curl.communicate(timeout=120)
    assert curl.returncode == 0 and said.split() == ["200"] * 900

# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS on the port that plain HTTP is spoken on: what clients agree on, how connections end, who is
told what. What is said within TLS is tried by the other tests, with WIRE_TLS=1."""

import hashlib
import os
import socket
import ssl
import subprocess
import threading

import pytest

from harness import HOST, Client, StreamError, answer, one_upstream, request_head, run_to_end
from harness.tls import TlsSocket, make_certificate, usual_certificate

MB = 1024 * 1024
PAGE = "Accept: text/html"


@pytest.fixture
def start(wire):
    """Starts the daemon with the usual certificate; keys of [tls] and [listen] may follow."""

    def start(*keys, script=None, workers=1, settings="", **options):
        upstream = wire.upstream(script or answer(200, "photo"))
        tls = usual_certificate().settings + "\n".join((*keys, ""))
        wire.start(one_upstream([upstream.url]) + settings + tls,
                   listen=[f"workers={workers}"], **options)
        return upstream

    return start


def context(**changes):
    made = usual_certificate().client_context()
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def connect(wire, tls=None, **options):
    return wire.client(tls=tls or context(), **options)


def plain(wire):
    """Not by wire.client(), which encrypts where all clients do."""
    return Client(wire.daemon.port)


def test_both_on_one_port(wire, start):
    upstream = start()
    tls = context()
    tls.set_alpn_protocols(["http/1.1"])
    assert connect(wire, tls).get("/a").body == b"photo"
    assert plain(wire).get("/b").body == b"photo"
    assert [(request.target, request.get("x-forwarded-proto")) for request in upstream.requests] == [
        ("/a", "https"), ("/b", "http")]
    encrypted, open_ = wire.daemon.wait_for_records(2)
    assert encrypted["tls_version"] == "TLSv1.3"
    assert encrypted["tls_cipher"].startswith("TLS_")
    assert encrypted["tls_protocol"] == "http/1.1"
    assert (open_["tls_version"], open_["tls_cipher"], open_["tls_protocol"]) == ("", "", "")


def test_tls_1_2(wire, start):
    start()
    client = connect(wire, context(maximum_version=ssl.TLSVersion.TLSv1_2))
    assert client.get("/").status == 200
    assert wire.record()["tls_version"] == "TLSv1.2"


@pytest.mark.parametrize("offered, chosen", [
    (["http/1.1"], "http/1.1"), (["h2", "http/1.1"], "h2"), (["http/1.1", "h2"], "h2"), ([], None)])
def test_the_protocol_is_agreed_on(wire, start, offered, chosen):
    start()
    tls = context()
    if offered:
        tls.set_alpn_protocols(offered)
    sock = TlsSocket(socket.create_connection(("127.0.0.1", wire.daemon.port), 10), tls)
    assert sock.tls.selected_alpn_protocol() == chosen
    sock.close()


def test_a_protocol_that_nobody_speaks(wire, start):
    start()
    tls = context()
    tls.set_alpn_protocols(["gopher"])
    with pytest.raises(ConnectionError, match="no application protocol"):
        connect(wire, tls)
    assert wire.record()["reason"] == "tls-failed"


def test_a_client_that_is_too_old(wire, start):
    start()
    run = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{wire.daemon.port}", "-tls1_1",
         "-cipher", "DEFAULT:@SECLEVEL=0"], stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=20)
    assert "alert protocol version" in run.stderr
    assert wire.record()["reason"] == "tls-too-old"


def test_a_client_that_does_not_trust_it(wire, start):
    start()
    with pytest.raises(ConnectionError, match="CERTIFICATE_VERIFY_FAILED"):
        connect(wire, ssl.create_default_context())
    record = wire.record()
    assert (record["reason"], record["status"], record["target"]) == ("tls-untrusted", 0, "")


def test_no_renegotiation(wire, start):
    start()
    with subprocess.Popen(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{wire.daemon.port}", "-tls1_2"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        output = run.communicate("R\n", timeout=20)[0]
    assert "no renegotiation" in output


def test_a_hello_that_trickles(wire, start):
    """Octet by octet, with what reads it waiting in between."""
    start()
    raw = socket.create_connection(("127.0.0.1", wire.daemon.port), 10)
    raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context().wrap_bio(incoming, outgoing, server_hostname=HOST)
    with pytest.raises(ssl.SSLWantReadError):
        tls.do_handshake()
    for octet in outgoing.read():
        raw.sendall(bytes([octet]))
    while True:
        try:
            tls.do_handshake()
            break
        except ssl.SSLWantReadError:
            incoming.write(raw.recv(65536))
    raw.close()


@pytest.mark.parametrize("hello", [b"\x16", b"\x16\x03\x01\x02\x00\x01"])
def test_a_hello_that_never_ends(wire, start, hello):
    start(limits={"tls-handshake-timeout-ms": 200})
    client = plain(wire)
    client.send(hello)
    client.wait_for_end()
    assert wire.record()["reason"] == "tls-timeout"


def test_sessions_are_resumed_by_any_worker(wire, start):
    start(workers=4)
    tls = context(maximum_version=ssl.TLSVersion.TLSv1_2)
    first = connect(wire, tls)
    assert first.get("/").status == 200
    session = first.sock.tls.session
    for _ in range(8):
        raw = socket.create_connection(("127.0.0.1", wire.daemon.port), 10)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        again = tls.wrap_bio(incoming, outgoing, server_hostname=HOST, session=session)
        while True:
            try:
                again.do_handshake()
                break
            except ssl.SSLWantReadError:
                raw.sendall(outgoing.read())
                incoming.write(raw.recv(65536))
        assert again.session_reused
        raw.close()


def test_a_ticket_brings_the_next(wire, start):
    """Clients of TLS 1.3 use a ticket but once."""
    start()
    tls = context(minimum_version=ssl.TLSVersion.TLSv1_3)
    session = None
    for _ in range(5):
        raw = socket.create_connection(("127.0.0.1", wire.daemon.port), 10)
        with tls.wrap_socket(raw, server_hostname=HOST, session=session) as client:
            assert client.session_reused == (session is not None)
            client.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
            assert client.recv(4096).startswith(b"HTTP/1.1 200")
            assert client.session != session
            session = client.session


# Bodies


def test_long_bodies_both_ways(wire, start):
    body = bytes(range(251)) * (8 * MB // 251)

    def immich(conn):
        for request in conn.requests():
            conn.respond(200, request.body)

    start(script=immich)
    client = connect(wire)
    for _ in range(2):
        response = client.request("POST", "/", body=body)
        assert hashlib.sha256(response.body).digest() == hashlib.sha256(body).digest()


def test_the_end_is_announced(wire, start):
    """A body that ends with the connection is whole only if that end was signed for."""

    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\n\r\nall of it")

    start(script=immich)
    client = connect(wire)
    client.send(request_head("GET", "/", "Connection: close"))
    assert client.read_to_end().endswith(b"all of it")


def test_a_body_cut_short_is_told_from_one_that_ended(wire, start):
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")

    start(script=immich)
    client = connect(wire)
    client.ask("GET", "/")
    _, end = client.wait_for_end()
    assert not end.clean


def test_an_upload_whose_end_nobody_announced(wire, start):
    def immich(conn):
        try:
            conn.read_request()
        except StreamError:
            pass

    start(script=immich)
    client = connect(wire)
    client.send(request_head("POST", "/", "Content-Length: 100") + "half of it")
    client.sock._sock.shutdown(socket.SHUT_WR)
    client.wait_for_end()
    assert wire.record()["reason"] == "client-gone"


# Who does not encrypt


def test_pages_are_sent_on(wire, start):
    start("plain=redirect")
    answer_ = plain(wire).get("/a?b=c", PAGE)
    assert (answer_.status, answer_.get("location")) == (308, f"https://{HOST}/a?b=c")
    assert plain(wire).get("/api/b").status == 200
    assert plain(wire).request("POST", "/", PAGE, body=b"upload").status == 200
    assert connect(wire).get("/", PAGE).status == 200


def test_plain_is_refused(wire, start):
    start("plain=refuse")
    client = plain(wire)
    response = client.request("POST", "/", body=b"upload")
    assert (response.status, response.get("upgrade")) == (426, "TLS/1.2, HTTP/1.1")
    assert wire.record()["reason"] == "plain-refused"
    assert connect(wire).get("/").status == 200


def test_from_the_internet_nothing_is_served_plain(wire, start):
    start(settings="[forwarding]\ntrusted-proxies=127.0.0.1\n")
    far = "X-Forwarded-For: 203.0.113.9"
    assert plain(wire).get("/", PAGE, far).status == 308
    assert plain(wire).get("/", far).status == 426
    assert plain(wire).get("/", far, "X-Forwarded-Proto: https").status == 200


def test_hsts_is_said_to_who_encrypts(wire, start):
    start("hsts=true")
    assert connect(wire).get("/").get("strict-transport-security") == "max-age=31536000"
    assert "strict-transport-security" not in plain(wire).get("/")


# Changes


def test_certificates_are_changed_under_load(wire, start, tmp_path):
    """No handshake fails meanwhile, and no request is lost. Whoever was shown the old ones learns with
    an answer that it is the last."""
    upstream = start(workers=2)
    both = [usual_certificate(), make_certificate(tmp_path, "other")]
    tls = context()
    tls.load_verify_locations(both[1].chain)
    kept, faults, stop = connect(wire, tls), [], wire.gate()

    def come_and_go():
        while not stop.is_set():
            try:
                client = Client(wire.daemon.port, tls=tls)
                assert client.get("/").status == 200
                client.close()
            except Exception as fault:
                faults.append(fault)

    clients = [threading.Thread(target=come_and_go) for _ in range(3)]
    for client in clients:
        client.start()
    for turn in range(6):
        wire.daemon.reload("[listen]\nport=PORT\nworkers=2\n" + one_upstream([upstream.url])
                           + both[(turn + 1) % 2].settings)
        last = kept.get("/")
        assert (last.status, last.get("connection")) == (200, "close")
        kept = connect(wire, tls)
    stop.set()
    for client in clients:
        client.join()
    assert not faults


# Immich behind TLS


@pytest.fixture
def ask_encrypted(wire):
    """What a client is told when the upstream encrypts; keys of [upstream] may follow."""

    def ask(*keys, certificate=None, script=None, **options):
        certificate = certificate or usual_certificate()
        upstream = wire.upstream(script or answer(200, "photo"), tls=certificate.server_context())
        wire.start(one_upstream([upstream.url], *keys), **options)
        return wire.client().get("/")

    return ask


def test_an_upstream_that_is_vouched_for(wire, ask_encrypted):
    assert ask_encrypted(f"ca-file={usual_certificate().chain}").body == b"photo"
    for _ in range(3):
        assert wire.client().get("/").status == 200
    assert len(wire.upstreams[0].connections) <= int(os.environ.get("WIRE_WORKERS", "1"))


def test_an_upstream_that_nobody_vouches_for(wire, ask_encrypted):
    assert ask_encrypted().status == 502
    assert wire.record()["reason"] == "upstream-untrusted"


def test_an_upstream_with_the_name_of_another(wire, ask_encrypted, tmp_path):
    other = make_certificate(tmp_path, "other", "DNS:other.example")
    assert ask_encrypted(f"ca-file={other.chain}", certificate=other).status == 502
    assert wire.record()["reason"] == "upstream-untrusted"


def test_an_upstream_that_is_not_asked_who_it_is(wire, ask_encrypted):
    assert ask_encrypted("verify-tls=false").status == 200
    assert "may pretend to be it" in wire.daemon.stderr


def test_an_upstream_that_does_not_encrypt(wire):
    def immich(conn):
        conn.read_some()
        conn.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    upstream = wire.upstream(immich)
    wire.start(one_upstream([upstream.url.replace("http", "https")]))
    assert wire.client().get("/").status == 502
    assert wire.record()["reason"] == "upstream-no-tls"


def test_long_bodies_to_and_from_an_upstream(wire, ask_encrypted):
    body = bytes(range(251)) * (8 * MB // 251)

    def immich(conn):
        for request in conn.requests():
            conn.respond(200, request.body)

    ask_encrypted(f"ca-file={usual_certificate().chain}", script=immich)
    assert wire.client().request("POST", "/", body=body).body == body


@pytest.mark.parametrize("keys, is_well", [
    (["verify-tls=false"], True), ([f"ca-file={usual_certificate().chain}"], True), ([], False)],
    ids=["unverified", "vouched for", "unknown"])
def test_health_is_asked_the_same_way(wire, ask_encrypted, keys, is_well):
    # The library by which libsoup encrypts is more than LeakSanitizer can look through.
    ask_encrypted("health-path=/api/server/ping", "health-interval-s=1", *keys,
                  environment={"ASAN_OPTIONS": "detect_leaks=0"},
                  script=answer(200, '{"res":"pong"}', "Content-Type: application/json"))
    wire.daemon.wait_for_stderr("is well" if is_well else "is not to be trusted")


@pytest.mark.parametrize("keys, words", [
    (["verify-tls=false"], "Immich 1.2"), ([f"ca-file={usual_certificate().chain}"], "Immich 1.2"),
    ([], "its certificate is not one that this computer trusts")],
    ids=["unverified", "vouched for", "unknown"])
def test_a_look_before_the_start_is_the_same_way(wire, tmp_path, keys, words):
    def immich(conn):
        for request in conn.requests():
            conn.respond(200, '{"res":"pong"}' if request.target.endswith("ping")
                         else '{"major":1,"minor":200,"patch":0}', "Content-Type: application/json")

    upstream = wire.upstream(immich, tls=usual_certificate().server_context())
    file = tmp_path / "look.ini"
    file.write_text(one_upstream([upstream.url], *keys))
    run = run_to_end(tmp_path, "--config", file, "--check",
                     environment={"ASAN_OPTIONS": "detect_leaks=0"})
    assert words in run.stdout + run.stderr


def test_an_authority_that_is_none(wire, tmp_path):
    (tmp_path / "empty.pem").write_text("")
    upstream = wire.upstream(answer(200))
    wire.start(one_upstream([upstream.url]))
    said = wire.reload(one_upstream([upstream.url.replace("http", "https")],
                                    f"ca-file={tmp_path}/empty.pem"))
    assert "nothing was changed" in said
    assert "There is no certificate of an authority in it" in wire.daemon.stderr

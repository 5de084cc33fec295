# SPDX-License-Identifier: GPL-3.0-or-later
"""One record per exchange: who, what, where to, how much, how long, and how it ended."""

import json
import time
from datetime import datetime, timezone

import pytest

from harness import answer, one_upstream, wait_until


def test_a_record_tells_the_whole_story(wire):
    immich = wire.upstream(answer(201, "12345"))

    before = datetime.now(timezone.utc)
    wire.client().request("POST", "/api/assets?x=1", "User-Agent: Immich_Android_1.94",
                          "Referer: http://photos.lan/albums", body="0123456789")
    record = wire.record()

    assert record["client"] == "127.0.0.1"
    assert (record["method"], record["target"]) == ("POST", "/api/assets?x=1")
    assert (record["protocol"], record["tunnel"]) == ("HTTP/1.1", False)
    assert (record["host"], record["route"]) == ("photos.lan", "all")
    assert record["upstream"] == immich.label
    assert (record["status"], record["reason"], record["fault"]) == (201, "done", "nobody")
    assert record["detail"] == ""
    assert (record["bytes_up"], record["bytes_down"]) == (10, 5)
    assert record["user_agent"] == "Immich_Android_1.94"
    assert record["referer"] == "http://photos.lan/albums"
    assert 0 <= record["connect_us"] <= record["first_byte_us"] <= record["duration_us"]
    assert abs((datetime.fromisoformat(record["time"]) - before).total_seconds()) < 5


def test_each_exchange_leaves_exactly_one(wire):
    wire.upstream(answer(200))

    client = wire.client()
    for number in range(50):
        client.get(f"/{number}")
    wire.daemon.wait_for_records(50)
    client.close()
    wire.daemon.finish()

    records = wire.daemon.records()
    assert [record["target"] for record in records] == [f"/{number}" for number in range(50)]
    assert len({record["id"] for record in records}) == 50


def test_secrets_are_masked(wire):
    wire.upstream(answer(200))

    client = wire.client()
    client.get("/share?key=SECRET1&size=1&apiKey=SECRET2&s%6Cug=SECRET3", "Cookie: SECRET4",
               "Authorization: Bearer SECRET5", "x-api-key: SECRET6",
               "Referer: http://photos.lan/share?key=SECRET7")

    record = wire.record()
    assert record["target"].startswith("/share?key=***&size=1&apiKey=***")
    assert record["referer"] == "http://photos.lan/share?key=***"
    assert "SECRET" not in wire.daemon.access_log.read_text()
    client.close()
    wire.daemon.finish()
    assert "SECRET" not in wire.daemon.stderr + "\n".join(wire.daemon.stdout_lines)


FORGED = '"}\n{"id":1,"target":"/forged"}\n'

# Octets that a terminal or a reader of lines would heed, wherever a client can put some.
FORGERIES = {
    "in the target, escaped": "GET /%0d%0aforged%1b[2J%22 HTTP/1.1\r\nHost: a\r\n\r\n",
    "in the target, LF": f"GET /{FORGED} HTTP/1.1\r\nHost: a\r\n\r\n",
    "in the target, CR": "GET /\rforged HTTP/1.1\r\nHost: a\r\n\r\n",
    "in the target, ESC": "GET /\x1b[2J HTTP/1.1\r\nHost: a\r\n\r\n",
    "in the target, NUL": "GET /\0forged HTTP/1.1\r\nHost: a\r\n\r\n",
    "in the target, C1": "GET /\x9b2J HTTP/1.1\r\nHost: a\r\n\r\n",
    "in the method": f"GET{FORGED} / HTTP/1.1\r\nHost: a\r\n\r\n",
    "in the Host": f"GET / HTTP/1.1\r\nHost: a{FORGED}\r\n\r\n",
    "in a field, LF": f"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: a{FORGED}\r\n\r\n",
    "in a field, ESC": "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: \x1b]0;forged\x07\r\n\r\n",
    "in a field, C1 and TAB": "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: \x9b2J\t\x85\"\\\r\n\r\n",
    "in the Referer": "GET / HTTP/1.1\r\nHost: a\r\nReferer: \x9b2J\t\x85\"\\\r\n\r\n",
    "a line alone": FORGED,
}


@pytest.mark.parametrize("form", ["json", "combined"])
def test_control_characters_cannot_forge_a_line(wire, form):
    immich = wire.upstream(answer(200))
    wire.start(one_upstream([immich.url]), arguments=("--log-format", form))

    for text in FORGERIES.values():
        client = wire.client()
        client.send(text)
        client.read_response_head()
        client.close()
    log = wire.daemon.access_log
    wait_until(lambda: log.exists() and log.read_bytes().count(b"\n") >= len(FORGERIES), "all lines")

    lines = log.read_bytes().split(b"\n")
    assert lines.pop() == b"" and len(lines) == len(FORGERIES)
    for line in lines:
        assert all(0x20 <= octet < 0x7f for octet in line), line
        assert json.loads(line)["client"] == "127.0.0.1" if form == "json" \
            else line.startswith(b"127.0.0.1 - - [")


def test_a_refused_request_is_recorded(wire):
    wire.upstream(answer(200))

    client = wire.client()
    client.send("GET /x HTTP/1.1\r\n\r\n")
    assert client.read_response().status == 400

    record = wire.record()
    assert (record["status"], record["reason"]) == (400, "request-malformed")
    assert (record["fault"], record["detail"]) == ("client", "the Host header is missing")
    assert record["upstream"] == ""


def test_a_client_believed_through_a_trusted_proxy_is_the_one_recorded(wire):
    immich = wire.upstream(answer(200))
    wire.start(one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.1\n")

    wire.client().get("/", "X-Forwarded-For: 203.0.113.9")
    assert wire.record()["client"] == "203.0.113.9"


def test_head_and_not_modified_count_no_body(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            conn.send("HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n")

    wire.client().request("GET", "/")
    assert (wire.record()["status"], wire.record()["bytes_down"]) == (304, 0)


def test_times_are_those_of_this_request(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            time.sleep(0.2)
            conn.respond(200, "x")

    client = wire.client()
    client.get("/1")
    client.expect_silence(0.3)
    client.get("/2")
    for record in wire.daemon.wait_for_records(2):
        assert 200_000 <= record["first_byte_us"] < 450_000


def test_http_1_0_is_recorded_as_such(wire):
    wire.upstream(answer(200))

    client = wire.client()
    client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n")
    client.read_response()
    assert wire.record()["protocol"] == "HTTP/1.0"


def test_the_log_is_opened_anew_on_reload(wire):
    immich = wire.upstream(answer(200))
    wire.start()
    log = wire.daemon.access_log

    wire.client().get("/before")
    wire.daemon.wait_for_records(1)
    log.rename(log.with_suffix(".1"))
    wire.daemon.reload()
    wire.client().get("/after")

    assert wire.record()["target"] == "/after"
    assert "/before" in log.with_suffix(".1").read_text()
    assert len(immich.requests) == 2


def test_a_full_disk_is_told_once_and_hurts_nobody(wire):
    immich = wire.upstream(answer(200, "ok"))
    wire.start(one_upstream([immich.url]), access_log="/dev/full")

    client = wire.client()
    for _ in range(5):
        assert client.get("/").body == b"ok"
        client.expect_silence(0.06)  # each record in a batch of its own
    wait_until(lambda: "/dev/full" in wire.daemon.stderr, "a word on the full disk")
    assert sum("/dev/full" in line for line in wire.daemon.stderr_lines) == 1


def test_the_combined_form_is_one_line_a_request(wire):
    immich = wire.upstream(answer(200, "hello"))
    wire.start(one_upstream([immich.url]), arguments=("--log-format", "combined"))

    wire.client().get("/x?key=1", 'User-Agent: say "hi"')
    log = wire.daemon.access_log
    line = wait_until(lambda: log.exists() and log.read_text(), "a line")

    assert line.startswith("127.0.0.1 - - [")
    assert '"GET /x?key=*** HTTP/1.1" 200 5 "-" "say \\x22hi\\x22"\n' in line

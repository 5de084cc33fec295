# SPDX-License-Identifier: GPL-3.0-or-later
"""curl, and so most scripts and many phone apps: ranges, resumed downloads, big uploads."""

import hashlib
import json
import random
import subprocess

import pytest

from harness import one_upstream, wait_until
from nginx import running_nginx
from programs import curl, find

MB = 1024 * 1024
VIDEO = random.Random(4).randbytes(20 * MB)
SHA1_OF_2_GB_OF_ZEROS = "91d50642dd930e9542c39d36f0516d45f4e1af0d"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    with running_nginx(tmp_path_factory.mktemp("nginx"), "") as nginx:
        (nginx.www / "video").write_bytes(VIDEO)
        (nginx.www / "ping").write_text("pong")
        yield nginx


@pytest.fixture
def files(wire, nginx):
    """The URL of files that are served through the proxy."""
    wire.start(one_upstream([nginx.url]))
    return f"http://127.0.0.1:{wire.daemon.port}"


@pytest.fixture
def demo(wire):
    """The URL of a proxy that has brought its own Immich along."""
    wire.start("", arguments=("--demo",))
    return f"http://127.0.0.1:{wire.daemon.port}"


def upload(url, path, *options):
    said = curl("-F", "deviceAssetId=1", "-F", f"assetData=@{path};filename=a.mp4", *options,
                f"{url}/api/assets")
    return json.loads(said.stdout), said.stderr


def test_an_interrupted_download_is_resumed(files, tmp_path):
    part = tmp_path / "video"
    download = subprocess.Popen(
        [find("curl"), "-s", "--noproxy", "*", "--limit-rate", "8M", "-o", part, f"{files}/video"])
    try:
        wait_until(lambda: part.exists() and part.stat().st_size > MB, "the first part")
    finally:
        download.kill()
        download.wait()
    assert MB < part.stat().st_size < len(VIDEO)

    curl("-C", "-", "-o", part, f"{files}/video")
    assert hashlib.sha1(part.read_bytes()).digest() == hashlib.sha1(VIDEO).digest()


def test_a_part_is_fetched(files, tmp_path):
    part = tmp_path / "part"
    curl("-r", "1000000-2999999", "-o", part, f"{files}/video")
    assert part.read_bytes() == VIDEO[1000000:3000000]


def test_two_addresses_go_over_one_connection(files):
    said = curl("-w", " %{num_connects}\n", f"{files}/ping", f"{files}/ping")
    assert said.stdout == "pong 1\npong 0\n"


def test_http_1_0_is_served(files, tmp_path):
    copy = tmp_path / "video"
    said = curl("-0", "-w", "%{http_code}", "-o", copy, f"{files}/video")
    assert said.stdout == "200"
    assert copy.read_bytes() == VIDEO


def test_an_upload_that_asks_first_is_told_to_go_on(demo, tmp_path):
    """curl does so by itself from one megabyte on."""
    photo = tmp_path / "photo"
    photo.write_bytes(VIDEO[:2 * MB])

    answer, said = upload(demo, photo, "-v")
    assert "> Expect: 100-continue" in said and "< HTTP/1.1 100 Continue" in said
    assert (answer["size"], answer["sha1"]) == (2 * MB, hashlib.sha1(VIDEO[:2 * MB]).hexdigest())


def test_an_upload_in_chunks_arrives_whole(demo, tmp_path):
    photo = tmp_path / "photo"
    photo.write_bytes(VIDEO)

    answer, said = upload(demo, photo, "-v", "-H", "Transfer-Encoding: chunked")
    assert "> Transfer-Encoding: chunked" in said and "> Content-Length" not in said
    assert (answer["size"], answer["sha1"]) == (len(VIDEO), hashlib.sha1(VIDEO).hexdigest())


def test_an_upload_from_a_pipe_is_chunked(wire):
    """`-T -` does not know how much will come."""
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert request.get("transfer-encoding") == "chunked"
        conn.respond(201, hashlib.sha1(request.body).hexdigest())

    wire.start()
    said = curl("-T", "-", f"http://127.0.0.1:{wire.daemon.port}/photo", input="photo" * 200_000)
    assert said.stdout == hashlib.sha1(b"photo" * 200_000).hexdigest()


def test_2_gb_go_up(demo, wire, tmp_path):
    """A file of holes: it takes no room on the disk, and all of it goes over the wire."""
    video = tmp_path / "video"
    with open(video, "wb") as file:
        file.truncate(2048 * MB)

    answer, _ = upload(demo, video)
    assert (answer["size"], answer["sha1"]) == (2048 * MB, SHA1_OF_2_GB_OF_ZEROS)
    assert wire.record()["bytes_up"] > 2048 * MB


def test_a_known_file_is_not_sent_at_all(demo, tmp_path):
    """The server answers before the body is read, and curl sees the answer, no broken pipe."""
    photo = tmp_path / "photo"
    photo.write_bytes(VIDEO)
    checksum = hashlib.sha1(VIDEO).hexdigest()

    first, _ = upload(demo, photo)
    again, _ = upload(demo, photo, "-H", f"x-immich-checksum: {checksum}")
    assert (first["status"], again["status"], again["id"]) == ("created", "duplicate", first["id"])

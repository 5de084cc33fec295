# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders that run where they are unpacked, on systems that have nothing for them."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import threading

import pytest

from conftest import (ARCHITECTURES, ROOT, chroot, fetch, find_package, free_port, serving, unpack)

# What of tests/wire is enough to see a program of another processor at work. It takes its time, so that one of
# them, in which others ask as fast as they can meanwhile, gets a log too long for a test to read.
SMOKE = ("tests/wire/test_basics.py", "tests/wire/test_reload.py", "tests/wire/test_service.py",
         "--deselect=tests/wire/test_reload.py::test_no_request_is_lost_over_many_reloads")


def put(archive, root):
    """Unpacks a folder in a system; returns its path there."""
    place = root.path / "opt"
    place.mkdir(exist_ok=True)
    return f"/opt/{unpack(archive, place).name}"


@pytest.mark.parametrize("kind", ["older", "smallest"])
def test_the_daemon_needs_nothing_of_the_system(kind, request):
    root = request.getfixturevalue(kind)
    folder = put(find_package("porchlightd-*-linux-x64.tar.xz"), root)
    port = free_port()
    subprocess.run(("mount", "--bind", "/proc", root.path / "proc"), check=True)
    try:
        with serving(chroot(root.path, f"{folder}/porchlightd"), port) as program:
            assert fetch(f"http://127.0.0.1:{port}/")[0] == 200
            assert fetch(f"http://127.0.0.1:{port}/api/server/ping")[0] == 200
        assert program.returncode == 0
    finally:
        subprocess.run(("umount", root.path / "proc"), check=True)


def test_the_daemon_has_its_settings_and_language_beside_it(tmp_path):
    folder = unpack(find_package("porchlightd-*-linux-x64.tar.xz"), tmp_path)
    (folder / "porchlight.ini").write_text("[listen]\nport=99999\n")
    link = tmp_path / "elsewhere"
    link.symlink_to(folder / "porchlightd")
    result = subprocess.run((link, "--check"), capture_output=True, text=True, check=False,
                            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANGUAGE": "de",
                                 "LC_ALL": "C.UTF-8"})
    assert result.returncode == 2
    assert "99999" in result.stderr
    assert (folder / "locale/de/LC_MESSAGES/porchlight.mo").exists()


def test_the_daemon_uses_no_library_of_the_system(tmp_path):
    folder = unpack(find_package("porchlightd-*-linux-x64.tar.xz"), tmp_path)
    port = free_port()
    with serving((str(folder / "porchlightd"),), port) as program:
        with open(f"/proc/{program.pid}/maps") as maps:
            files = {line.split()[5] for line in maps if ".so" in line}
        with open(f"/proc/{program.pid}/comm") as comm:
            assert comm.read().strip() == "porchlightd"
    assert files and all(file.startswith(str(folder)) for file in files)


@pytest.fixture
def encrypted(tmp_path):
    """The address of whoever has a certificate that nobody vouches for."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-keyout", key, "-out", certificate, "-subj", "/CN=immich", "-addext",
                    "subjectAltName=IP:127.0.0.1"), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def greet():
        with contextlib.suppress(OSError):
            while True:
                visitor = listener.accept()[0]
                with contextlib.suppress(OSError):
                    context.wrap_socket(visitor, server_side=True).close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=greet, daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def test_the_daemon_speaks_https(encrypted, tmp_path):
    """With what it brings along: it gets as far as to judge a certificate."""
    folder = unpack(find_package("porchlightd-*-linux-x64.tar.xz"), tmp_path)
    (folder / "porchlight.ini").write_text(
        f"[upstream immich]\nurls={encrypted}\n[route all]\npath=/\nupstream=immich\n")
    result = subprocess.run((folder / "porchlightd", "--check"), capture_output=True, text=True, check=False,
                            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"})
    assert "certificate" in result.stderr and "glib-networking" not in result.stderr


def test_the_window_says_what_is_missing_and_runs_when_that_is_there(system):
    folder = put(find_package("porchlight-*-linux-x64.tar.xz"), system)
    refused = system.run(f"{folder}/porchlight", "--version", check=False, capture_output=True,
                         text=True)
    assert refused.returncode == 1
    command = next(line for line in refused.stderr.splitlines() if line.startswith("sudo apt install"))
    packages = command.split()[3:]
    assert {"libgtk-3-0", "libsoup-3.0-0", "libqrencode4"} <= set(packages)
    system.apt("install", *packages)
    assert system.read(f"{folder}/porchlight", "--version").startswith("porchlight ")


@pytest.mark.parametrize("os_release, begins, names", [
    ("ID=fedora", "sudo dnf install ", "'libgtk-3.so.0()(64bit)'"),
    ("ID=manjaro\nID_LIKE=arch", "sudo pacman -S ", "qrencode"),
    ('ID=opensuse-tumbleweed\nID_LIKE="opensuse suse"', "sudo zypper install ", "'libsoup-3.0.so.0()(64bit)'"),
    ("ID=linuxmint\nID_LIKE='ubuntu debian'", "sudo apt install ", "libayatana-appindicator3-1"),
    ("ID=void", "lib", "libgtk-3.so.0"),
])
def test_the_window_knows_other_systems(system, os_release, begins, names):
    folder = put(find_package("porchlight-*-linux-x64.tar.xz"), system)
    (system.path / "etc/os-release").unlink()
    (system.path / "etc/os-release").write_text(os_release + "\n")
    said = system.run(f"{folder}/porchlight", check=False, capture_output=True, text=True).stderr
    command = said.splitlines()[-1]
    assert command.startswith(begins)
    assert names in command.split()


def test_what_the_window_says_is_missing_is_right_for_the_next_debian(newer):
    folder = put(find_package("porchlight-*-linux-x64.tar.xz"), newer)
    said = newer.run(f"{folder}/porchlight", check=False, capture_output=True, text=True).stderr
    newer.apt("install", *said.splitlines()[-1].split()[3:])
    assert newer.read(f"{folder}/porchlight", "--version").startswith("porchlight ")


def test_the_window_says_that_a_system_is_too_old(older):
    """Rather than to name packages that this one does not have."""
    folder = put(find_package("porchlight-*-linux-x64.tar.xz"), older)
    said = older.run(f"{folder}/porchlight", check=False, capture_output=True, text=True).stderr
    assert "too old" in said and "porchlightd" in said
    assert "apt install" not in said


@pytest.mark.skipif("arm64" not in ARCHITECTURES, reason="arm64 was not made")
def test_the_daemon_of_arm64_passes_the_wire_tests_that_matter(tmp_path):
    folder = unpack(find_package("porchlightd-*-linux-arm64.tar.xz"), tmp_path)
    program = tmp_path / "porchlightd"
    program.write_text(
        f"#!/bin/sh\nexport PORCHLIGHT_LAUNCHER={folder}/porchlightd\n"
        f"exec {shutil.which('qemu-aarch64-static')} {folder}/lib/porchlightd "
        f'--library-path {folder}/lib {folder}/lib/program "$@"\n')
    program.chmod(0o755)
    result = subprocess.run(
        ("/usr/bin/pytest-3", "-q", "-p", "no:cacheprovider", *SMOKE), cwd=ROOT,
        env={**os.environ, "PORCHLIGHTD": str(program)}, capture_output=True, text=True,
        check=False)
    print(result.stdout[-3000:])
    assert result.returncode == 0

# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's packages: installed, upgraded, removed and purged, and looked through by Debian's own tools."""

import pathlib
import shutil
import subprocess

import pytest

from conftest import ARCHITECTURES, PACKAGES, chroot, fetch, find_package, free_port, serving

SETTINGS = "etc/porchlight/porchlight.ini"
UNIT = "lib/systemd/system/porchlightd.service"


def install(root, *packages):
    for package in packages:
        shutil.copy(package, root.path / "tmp" / package.name)
    root.apt("install", *(f"/tmp/{package.name}" for package in packages),
             "-o", "Dpkg::Options::=--force-confold")


def is_installed(root, package):
    status = root.run("dpkg-query", "-W", "-f", "${db:Status-Status}", package, check=False,
                      capture_output=True, text=True).stdout
    return status == "installed"


def make_newer(package, place):
    """The same with a higher version, and with other settings to begin with."""
    folder = place / "newer"
    subprocess.run(("dpkg-deb", "-R", package, folder), check=True)
    control = folder / "DEBIAN/control"
    lines = [line + "+newer" if line.startswith("Version: ") else line
             for line in control.read_text().splitlines()]
    control.write_text("\n".join(lines) + "\n")
    with open(folder / SETTINGS, "a") as settings:
        settings.write("# Newer.\n")
    newer = place / "porchlightd-newer.deb"
    subprocess.run(("dpkg-deb", "-b", folder, newer), check=True, stdout=subprocess.DEVNULL)
    return newer


def test_lintian_has_nothing_to_say():
    files = [path for architecture in ARCHITECTURES
             for path in PACKAGES.glob(f"porchlight*_{architecture}.deb")]
    files += PACKAGES.glob("porchlight_*.dsc")
    result = subprocess.run(("lintian", "--allow-root", "--tag-display-limit", "0", *files),
                            capture_output=True, text=True, check=False)
    assert result.stdout + result.stderr == ""
    assert result.returncode == 0


def test_the_daemon_is_installed_and_serves(system):
    install(system, find_package("porchlightd_*_amd64.deb"))
    assert not is_installed(system, "libgtk-3-0")
    assert (system.path / UNIT).exists()
    check = system.run("porchlightd", "--config", f"/{SETTINGS}", "--check", capture_output=True,
                       text=True)
    assert "is fine" in check.stdout
    port = free_port()
    with serving(chroot(system.path, "/usr/bin/porchlightd"), port) as program:
        assert fetch(f"http://127.0.0.1:{port}/")[0] == 200
    assert program.returncode == 0


def test_the_daemon_speaks_german_by_itself(system):
    install(system, find_package("porchlightd_*_amd64.deb"))
    system.run("mkdir", "-p", "/usr/lib/locale")
    system.apt("install", "locales-all")
    said = system.run("porchlightd", "--help", environment={"LC_ALL": "de_DE.UTF-8"},
                      capture_output=True, text=True).stdout
    assert "Einstellungsdatei" in said


def test_an_upgrade_keeps_the_settings_and_a_purge_leaves_nothing(system, tmp_path):
    package = find_package("porchlightd_*_amd64.deb")
    install(system, package)
    settings = system.path / SETTINGS
    settings.write_text(settings.read_text().replace("port=8080", "port=8090"))

    install(system, make_newer(package, tmp_path))
    assert "+newer" in system.read("dpkg-query", "-W", "-f", "${Version}", "porchlightd")
    assert "port=8090" in settings.read_text()

    system.apt("remove", "porchlightd")
    assert settings.exists()
    assert not (system.path / "usr/bin/porchlightd").exists()
    assert not (system.path / UNIT).exists()

    kept = system.path / "var/lib/private/porchlight/certificate"
    kept.parent.mkdir(parents=True)
    kept.touch()
    system.apt("purge", "porchlightd")
    left = system.read("find", "/etc", "/usr", "/var/lib/private", "/var/log", "-iname",
                       "*porchlight*")
    assert left == ""


def test_the_window_is_installed_beside_the_daemon(system):
    install(system, find_package("porchlight_*_amd64.deb"),
            find_package("porchlightd_*_amd64.deb"))
    assert system.read("porchlight", "--version").startswith("porchlight ")
    assert (system.path / "usr/share/applications/app.porchlight.Porchlight.desktop").exists()
    system.apt("purge", "porchlight", "porchlightd")
    assert not (system.path / "usr/bin/porchlight").exists()


def test_both_are_good_for_the_next_debian(newer):
    install(newer, find_package("porchlight_*_amd64.deb"), find_package("porchlightd_*_amd64.deb"))
    assert newer.read("porchlight", "--version").startswith("porchlight ")
    port = free_port()
    with serving(chroot(newer.path, "/usr/bin/porchlightd"), port) as program:
        assert fetch(f"http://127.0.0.1:{port}/api/server/ping")[0] == 200
    assert program.returncode == 0


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_unit_can_do_little(architecture, tmp_path):
    """Of 10, as systemd counts what a service could do."""
    subprocess.run(("dpkg-deb", "-x", find_package(f"porchlightd_*_{architecture}.deb"), tmp_path),
                   check=True)
    result = subprocess.run(
        ("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager",
         tmp_path / UNIT), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_the_programs_are_of_the_processor(architecture, tmp_path):
    machines = {"amd64": "X86-64", "arm64": "AArch64"}
    for name in ("porchlight", "porchlightd"):
        folder = tmp_path / name
        subprocess.run(("dpkg-deb", "-x", find_package(f"{name}_*_{architecture}.deb"), folder),
                       check=True)
        head = subprocess.run(("readelf", "-h", pathlib.Path(folder, "usr/bin", name)), check=True,
                              capture_output=True, text=True).stdout
        assert machines[architecture] in head

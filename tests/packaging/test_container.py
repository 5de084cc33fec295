# SPDX-License-Identifier: GPL-3.0-or-later
"""The image: what its archive holds, that it is the same each time, and that both ways to make it agree."""

import gzip
import hashlib
import importlib.machinery
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
FOLDER = SOURCE / "packaging/container"
sys.path.insert(0, str(FOLDER))

import contents  # noqa: E402
import oci  # noqa: E402


def load_package():
    loader = importlib.machinery.SourceFileLoader("container_package", str(FOLDER / "package"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


FILES = {"usr/bin/porchlightd": (b"program", 0o755), "etc/passwd": (b"root", 0o644)}


def make(files=None):
    return oci.image_archive(
        oci.tar_of(files or FILES, 1000), config={"User": "65532"}, architecture="arm64",
        created=("1970-01-01T00:16:40Z", 1000), tags=["porchlight:1", "porchlight:latest"])


def read(archive):
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def blob_of(parts, descriptor):
    data = parts["blobs/" + descriptor["digest"].replace(":", "/")]
    assert len(data) == descriptor["size"]
    assert "sha256:" + hashlib.sha256(data).hexdigest() == descriptor["digest"]
    return data


def test_each_part_is_named_by_what_is_in_it():
    parts = read(make())
    listed = json.loads(parts["index.json"])["manifests"][0]
    manifest = json.loads(blob_of(parts, listed))
    image = json.loads(blob_of(parts, manifest["config"]))
    layer = gzip.decompress(blob_of(parts, manifest["layers"][0]))

    assert image["rootfs"]["diff_ids"] == ["sha256:" + hashlib.sha256(layer).hexdigest()]
    assert (image["architecture"], image["config"]["User"]) == ("arm64", "65532")


def test_an_old_docker_finds_the_same():
    parts = read(make())
    [for_docker] = json.loads(parts["manifest.json"])
    layer = gzip.decompress(parts[for_docker["Layers"][0]])

    assert for_docker["RepoTags"] == ["porchlight:1", "porchlight:latest"]
    assert json.loads(parts[for_docker["Config"]])["os"] == "linux"
    assert read(layer) == {name: data for name, (data, _) in FILES.items()}


def test_all_belongs_to_root_and_folders_come_before_what_is_in_them():
    with tarfile.open(fileobj=io.BytesIO(oci.tar_of(FILES, 1000))) as tar:
        members = tar.getmembers()

    assert {(member.uid, member.gid, member.mtime) for member in members} == {(0, 0, 1000)}
    assert [member.name for member in members] == [
        "etc", "usr", "usr/bin", "etc/passwd", "usr/bin/porchlightd"]
    assert {member.name: member.mode for member in members}["usr/bin/porchlightd"] == 0o755


def test_the_folder_of_the_settings_is_the_programs_own():
    files = {f"{contents.SETTINGS_FOLDER}/porchlight.ini": (b"", 0o644)}
    with tarfile.open(fileobj=io.BytesIO(oci.tar_of(files, 1000, owners=contents.OWNERS))) as tar:
        owners = {member.name: (member.uid, member.gid) for member in tar}

    user = int(load_package().config_of("1")["User"].split(":")[0])
    assert owners == {"etc": (0, 0), "etc/porchlight": (user, user), "etc/porchlight/porchlight.ini": (0, 0)}


def test_the_order_of_files_makes_no_difference():
    assert make(dict(reversed(FILES.items()))) == make()


def instructions():
    """What the last stage of the Containerfile says, by instruction."""
    text = (FOLDER / "Containerfile").read_text("utf-8").split("FROM scratch")[1]
    return dict(line.split(" ", 1) for line in text.strip().splitlines())


@pytest.mark.parametrize("instruction, member", [("ENTRYPOINT", "Entrypoint"), ("USER", "User"),
                                                 ("WORKDIR", "WorkingDir"), ("STOPSIGNAL", "StopSignal")])
def test_the_containerfile_says_what_the_script_says(instruction, member):
    said, config = instructions()[instruction], load_package().config_of("1")[member]
    assert (json.loads(said) if said.startswith("[") else said) == config


def test_the_containerfile_has_the_same_environment_volume_and_port():
    said, config = instructions(), load_package().config_of("1")

    assert said["ENV"].split() == config["Env"]
    assert [said["VOLUME"]] == list(config["Volumes"])
    assert [said["EXPOSE"] + "/tcp"] == list(config["ExposedPorts"])


def test_the_containerfile_has_the_same_health_check():
    said, check = instructions()["HEALTHCHECK"], load_package().config_of("1")["Healthcheck"]
    seconds = {name: int(number) * 10**9 for name, number in re.findall(r"--([\w-]+)=(\d+)s", said)}

    assert ["CMD", *json.loads(said.split("CMD ")[1])] == check["Test"]
    assert seconds == {"interval": check["Interval"], "timeout": check["Timeout"],
                       "start-period": check["StartPeriod"]}
    assert check["Retries"] == 3  # what holds where nothing is said


@pytest.fixture
def settings(tmp_path):
    """The settings the image brings along, in a file."""
    file = tmp_path / "porchlight.ini"
    file.write_text(contents.SETTINGS)
    return file


@pytest.mark.skipif("PORCHLIGHTD" not in os.environ, reason="PORCHLIGHTD does not say where the program is")
def test_the_settings_it_brings_along_are_allowed(settings):
    """Nobody answers at the port, which is told by another status than a mistake in them."""
    command = [os.environ["PORCHLIGHTD"], "--config", settings, "--port", "1", "--ping"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 1, result.stderr


@pytest.mark.skipif("PORCHLIGHTD" not in os.environ, reason="PORCHLIGHTD does not say where the program is")
def test_it_speaks_https_and_knows_whom_everybody_trusts():
    """libsoup finds what it speaks HTTPS with when it runs: nothing that is linked tells of it."""
    program = Path(os.environ["PORCHLIGHTD"])
    files, packages = contents.files_of(contents.Made(program, {}), Path("/"), SOURCE / "LICENSE")
    folder = f"usr/lib/{contents.machine_of(program)[0]}"

    assert files[f"{folder}/gio/modules/libgiognutls.so"][0].startswith(b"\x7fELF")
    assert any(name.startswith(f"{folder}/libgnutls.so.") for name in files)
    assert "glib-networking" in {package.split(":")[0] for package in packages}
    for place in ("etc/ssl/certs/ca-certificates.crt", "usr/lib/ssl/cert.pem"):
        assert b"BEGIN CERTIFICATE" in files[place][0]


INSTALL = (SOURCE / "docs/install.md").read_text("utf-8")


def test_what_people_are_told_to_write_fits_the_image(settings):
    port = re.search(r"^port=(\d+)$", settings.read_text(), re.MULTILINE)[1]
    upstream = re.search(r"^urls=http://(\S+)$", settings.read_text(), re.MULTILINE)[1]
    config = load_package().config_of("1")

    assert list(config["ExposedPorts"]) == [f"{port}/tcp"]
    assert f"- '2283:{port}'" in INSTALL
    assert f"`{upstream}`" in INSTALL
    assert f"./porchlight:{list(config['Volumes'])[0]}\n" in INSTALL
    assert f"user {config['User'].split(':')[0]}" in INSTALL


def test_each_variable_people_are_told_of_is_read():
    told = set(re.findall(r"PORCHLIGHT_[A-Z_]+", INSTALL))
    read = (SOURCE / "app/daemon/options.c").read_text("utf-8")

    assert told
    assert all(f'"{variable}"' in read for variable in told)

# SPDX-License-Identifier: GPL-3.0-or-later
"""Of what the zip is made: the origin of each file, the licences, and the bill of materials.

A prefix tells by notes of its own (packaging/windows/sysroot) or by pacman (MSYS2)."""

import hashlib
import json
import subprocess
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

NAMESPACE = uuid.UUID("6a2ef50f-5c4e-4f57-9d3e-0f0a4d2f7f5e")


class UnknownOrigin(Exception):
    """A file goes into the zip of which nothing says where it is from."""


@dataclass
class Material:
    """A package of which something is in the zip. `missing` names patches of Debian's that the mirror
    did not have; `files` are its source archives with their SHA-256."""

    name: str
    version: str
    licence: str
    purl: str
    texts: list
    files: dict = field(default_factory=dict)
    missing: list = field(default_factory=list)
    own_patches: list = field(default_factory=list)


def debian_purl(source, version, release):
    return f"pkg:deb/debian/{source}@{quote(version, safe='')}?arch=source&distro={release}"


def of_notes(note, prefix):
    texts = sorted((prefix / "share/licenses" / note["name"]).iterdir())
    return Material(
        note["name"], note["version"], note["licence"],
        debian_purl(note["source"], note["version"], note["release"].replace(" ", "-")),
        texts, note["files"], note["missing"], note["own_patches"],
    )  # fmt: skip


def of_debian_package(package, licence):
    """A package of this computer of which files are taken as they are."""
    fields = "${source:Package} ${source:Version}"
    output = subprocess.run(
        ["dpkg-query", "-W", "-f", fields, package], capture_output=True, text=True, check=True
    ).stdout
    source, version = output.split()
    texts = [Path("/usr/share/doc") / package / "copyright"]
    return Material(package, version, licence, debian_purl(source, version, "bookworm"), texts)


class SysrootOrigins:
    """For the prefix of packaging/windows/sysroot."""

    def __init__(self, prefix):
        self.prefix = prefix
        folder = prefix / "share/porchlight-sysroot"
        self.notes = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]

    def linked_in(self):
        """What is in every program though it is no file of its own: the start-up code, and libgcc."""
        return [
            of_debian_package("mingw-w64-x86-64-dev", "ZPL-2.1 AND LicenseRef-public-domain"),
            of_debian_package("gcc-mingw-w64-base", "GPL-3.0-or-later WITH GCC-exception-3.1"),
        ]

    def of(self, path):
        if path.name.startswith("libgcc_s"):
            return of_debian_package("gcc-mingw-w64-base", "GPL-3.0-or-later WITH GCC-exception-3.1")
        if path.is_relative_to("/usr/share/icons"):
            return of_debian_package("adwaita-icon-theme", "LGPL-3.0-only OR CC-BY-SA-3.0")
        for note in self.notes:
            if path.name in note["binaries"]:
                return of_notes(note, self.prefix)
        raise UnknownOrigin(f"nothing says where {path} is from")


def pacman(*words):
    return subprocess.run(["pacman", *words], capture_output=True, text=True, check=True).stdout


class PacmanOrigins:
    """For a prefix of MSYS2."""

    def __init__(self, prefix):
        self.prefix = prefix

    def linked_in(self):
        return []

    def of(self, path):
        package, version = pacman("-Qo", path.as_posix()).split()[-2:]
        fields = dict(
            (part.strip() for part in line.split(":", 1))
            for line in pacman("-Qi", package).splitlines()
            if " : " in line
        )
        folder = package.removeprefix("mingw-w64-ucrt-x86_64-")
        texts = [text for text in (self.prefix / "share/licenses" / folder).rglob("*") if text.is_file()]
        licence = fields["Licenses"].removeprefix("spdx:")
        return Material(package, version, licence, f"pkg:alpm/msys2/{package}@{version}", sorted(texts))


def origins_of(prefix):
    has_notes = (prefix / "share/porchlight-sysroot").is_dir()
    return SysrootOrigins(prefix) if has_notes else PacmanOrigins(prefix)


def gathered(origins, paths):
    """The materials of all the files and of what is linked into them, each once."""
    found = {material.name: material for material in origins.linked_in()}
    for path in paths:
        material = origins.of(path)
        found[material.name] = material
    return [found[name] for name in sorted(found)]


def component(material):
    properties = [{"name": "porchlight:source-file", "value": f"{name} sha256:{hash}"}
                  for name, hash in sorted(material.files.items())]  # fmt: skip
    properties += [{"name": "porchlight:debian-patches-missing", "value": name}
                   for name in material.missing]  # fmt: skip
    properties += [{"name": "porchlight:own-patch", "value": name} for name in material.own_patches]
    return {
        "type": "library",
        "bom-ref": material.purl,
        "name": material.name,
        "version": material.version,
        "licenses": [{"expression": material.licence}],
        "purl": material.purl,
        "properties": properties,
    }


def file_component(path, folder):
    return {
        "type": "file",
        "name": path.relative_to(folder).as_posix(),
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}],
    }


def bill(materials, folder, version, epoch):
    """CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json): what there is in the zip, and of what."""
    programs = sorted([*folder.rglob("*.exe"), *folder.rglob("*.dll")])
    components = [component(material) for material in materials]
    components += [file_component(path, folder) for path in programs]
    serial = uuid.uuid5(NAMESPACE, json.dumps(components, sort_keys=True))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch)),
            "component": {
                "type": "application",
                "bom-ref": "porchlight",
                "name": "Porchlight",
                "version": version,
                "licenses": [{"expression": "GPL-3.0-or-later"}],
            },
        },
        "components": components,
    }

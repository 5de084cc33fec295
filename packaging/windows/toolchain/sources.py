# SPDX-License-Identifier: GPL-3.0-or-later
"""Chooses, fetches and unpacks the source of a package, and writes down what was taken."""

import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .debian import DebianError, installed_version


@dataclass
class Taken:
    """What was taken for a package. `missing` names the files of Debian's that could not be had."""

    version: str
    release: str
    files: dict = field(default_factory=dict)
    missing: list = field(default_factory=list)

    def upstream_version(self):
        """Without epoch and without Debian's own part."""
        return re.sub(r"^\d+:|-[^-]*$", "", self.version)

    def is_patched(self):
        return not self.missing


def sha256_of(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Sources:
    """The sources of all packages in a folder of the cache."""

    def __init__(self, folder, releases):
        self.folder = folder
        self.releases = releases

    def taken(self, package, refresh=False):
        """What is taken for the package, fetched. Once chosen it stays, until the recipe's list
        changes or it is asked to look again."""
        taken = None if refresh and not package.installed else self.remembered(package)
        if taken:
            return taken
        if package.installed:
            raise DebianError(f"the Debian package {package.installed} is needed")
        taken = self._choose(package)
        content = {"asked": self._asked(package), "taken": asdict(taken)}
        self._note(package).write_text(json.dumps(content, indent=2) + "\n", "utf-8")
        return taken

    def remembered(self, package):
        """What was taken before and is still here, or None; asks no mirror."""
        if package.installed:
            version = installed_version(package.installed)
            return Taken(version, "this computer's") if version else None
        note = self._note(package)
        if not note.exists():
            return None
        saved = json.loads(note.read_text("utf-8"))
        is_here = saved["asked"] == self._asked(package)
        return Taken(**saved["taken"]) if is_here and self._has_all(package, saved["taken"]["files"]) else None

    def _note(self, package):
        return self.folder / package.name / "taken.json"

    def _asked(self, package):
        return [package.debian] + [f"{c.release} {c.pattern}" for c in package.candidates]

    def _has_all(self, package, files):
        return all(Path(self.folder, package.name, name).exists() for name in files)

    def _choose(self, package):
        bare = None
        for candidate in package.candidates:
            release = self.releases[candidate.release]
            release.update()
            version = release.newest(package.debian, candidate.pattern)
            taken = version and self._fetch(package, release, version)
            if taken and taken.is_patched():
                return taken
            bare = bare or taken
        if not bare:
            words = ", ".join(f"{c.release} {c.pattern}" for c in package.candidates)
            raise DebianError(f"{package.debian}: the mirror has none of these: {words}")
        return bare

    def _fetch(self, package, release, version):
        """The upstream archive at least, else None."""
        folder = self.folder / package.name
        taken = Taken(version, release.name)
        files = release.files(package.debian, version)
        for file in sorted(files, key=lambda file: not file.is_upstream()):
            if not (file.is_upstream() or file.is_patches()):
                continue
            if release.fetch(file, folder):
                taken.files[file.name] = file.hash
            elif file.is_upstream():
                return None
            else:
                taken.missing.append(file.name)
        return taken if taken.files else None

    def unpack(self, package, taken, target):
        """The source tree, with Debian's patches and ours. The archives are looked at once more: the
        cache may be older than the index that vouched for them."""
        target.mkdir(parents=True)
        folder = self.folder / package.name
        for name, hash in sorted(taken.files.items(), key=lambda item: ".orig." not in item[0]):
            if sha256_of(folder / name) != hash:
                (folder / name).unlink()
                raise DebianError(f"{name} in the cache is not what it was; start again")
            if ".orig." in name:
                run(["tar", "-xf", folder / name, "-C", target, "--strip-components=1"])
            elif name.endswith(".diff.gz"):
                patch(target, subprocess.run(["gzip", "-dc", folder / name], capture_output=True).stdout)
            else:
                shutil.rmtree(target / "debian", ignore_errors=True)
                run(["tar", "-xf", folder / name, "-C", target])
        self._apply_series(target)
        for path in package.patches_for(taken.upstream_version()):
            patch(target, path.read_bytes())

    def _apply_series(self, target):
        series = target / "debian/patches/series"
        lines = series.read_text("utf-8").splitlines() if series.exists() else []
        for line in lines:
            name = line.split("#")[0].split()
            if name:
                patch(target, (target / "debian/patches" / name[0]).read_bytes())


def run(command):
    subprocess.run([str(word) for word in command], check=True)


def patch(tree, content):
    result = subprocess.run(
        ["patch", "-p1", "--quiet", "--forward", "--no-backup-if-mismatch", "-d", str(tree)],
        input=content, capture_output=True,
    )  # fmt: skip
    if result.returncode != 0:
        raise DebianError("a patch does not apply:\n" + result.stdout.decode("utf-8", "replace"))

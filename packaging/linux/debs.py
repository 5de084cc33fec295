# SPDX-License-Identifier: GPL-3.0-or-later
"""Debian's packages, by debhelper: packaging/linux/debian becomes debian/ of an exported source, which is
built in a root, for this processor or, crosswise, for another."""

import email.utils
import re
import shutil
import subprocess

import roots

SUITE = "bookworm"

# What Debian's packages are built with; what Porchlight needs besides stands in debian/control.
_TOOLS = ("build-essential", "debhelper", "dpkg-dev")

_CHANGELOG = """porchlight ({version}-1) {suite}; urgency=medium

  * Porchlight {version}, as its own project packages it.

 -- {maintainer}  {date}
"""


class Source:
    """A commit, exported, with what Debian wants to find in it.

    version: Porchlight's; time: of the commit, in seconds; folder: the source, beside the archive
    that Debian calls orig"""

    def __init__(self, repository, commit, place):
        self.version = re.search(
            r"version: '([^']+)'", self._git(repository, "show", f"{commit}:meson.build").decode())[1]
        self.time = int(self._git(repository, "log", "-1", "--format=%ct", commit))
        self.name = f"porchlight-{self.version}"
        self.folder = place / self.name
        self._export(repository, commit, place)
        self._add_debian()

    @staticmethod
    def _git(repository, *arguments):
        return subprocess.run(("git", "-C", str(repository), *arguments), check=True,
                              stdout=subprocess.PIPE).stdout

    def _export(self, repository, commit, place):
        archive = place / f"porchlight_{self.version}.orig.tar"
        archive.write_bytes(self._git(repository, "archive", f"--prefix={self.name}/", commit))
        subprocess.run(("tar", "-xf", archive), cwd=place, check=True)
        subprocess.run(("xz", "-T1", archive), check=True)

    def _add_debian(self):
        debian = self.folder / "debian"
        shutil.copytree(self.folder / "packaging/linux/debian", debian)
        maintainer = re.search(r"^Maintainer: (.*)$", (debian / "control").read_text(), re.M)[1]
        (debian / "changelog").write_text(_CHANGELOG.format(
            version=self.version, suite=SUITE, maintainer=maintainer,
            date=email.utils.formatdate(self.time)))

    @property
    def environment(self):
        return {"SOURCE_DATE_EPOCH": str(self.time), "DEB_BUILD_OPTIONS": "noautodbgsym"}


def get_build_root(source, architecture):
    """One for each: what two of them need cannot all be there at once."""
    foreign = None if _is_native(architecture) else architecture
    crosswise = (f"crossbuild-essential-{foreign}",) if foreign else ()
    return roots.get_root(f"build-{architecture}", SUITE, packages=(*_TOOLS, *crosswise),
                          foreign=foreign, build_of=source.folder)


def _is_native(architecture):
    return architecture == subprocess.run(("dpkg", "--print-architecture"), check=True, text=True,
                                          stdout=subprocess.PIPE).stdout.strip()


def build(source, root, architecture, output):
    """Returns the paths of the packages, and of the source where it was made with them."""
    work = root.path / "work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(source.folder.parent, work, symlinks=True)
    # The source comes with the packages of this computer's own kind.
    is_native = _is_native(architecture)
    command = ["dpkg-buildpackage", "--no-sign", "--host-arch", architecture]
    command += [] if is_native else ["-B", "-Pcross,nocheck"]
    log = output / f"porchlight_{architecture}.build"
    try:
        with open(log, "wb") as stream:
            root.run("nice", *command, folder=f"/work/{source.name}",
                     environment=source.environment, stdout=stream, stderr=subprocess.STDOUT)
    except subprocess.CalledProcessError:
        raise SystemExit(f"package: the build failed; {log} says why") from None
    log.unlink()
    kinds = {".deb", ".dsc", ".xz"} if is_native else {".deb"}
    made = sorted(path for path in work.iterdir() if path.suffix in kinds)
    for path in made:
        shutil.copy(path, output)
    return [output / path.name for path in made]

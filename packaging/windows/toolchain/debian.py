# SPDX-License-Identifier: GPL-3.0-or-later
"""Source packages of several releases of Debian, by an apt configuration of its own for each.

The mirrors are those this computer takes its own packages from; /etc stays as it is. apt checks the
index by Debian's key and each file by the hash the index has for it, so a source package is known to be
Debian's though its .dsc is never looked at."""

import os
import re
import subprocess
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cmp_to_key

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
HELPER = "/usr/lib/apt/apt-helper"
URI_LINE = re.compile(r"^'(?P<uri>[^']+)' (?P<name>\S+) (?P<size>\d+) SHA256:(?P<hash>[0-9a-f]{64})$")


class DebianError(Exception):
    """This computer's apt has not what is needed."""


@dataclass(frozen=True)
class SourceFile:
    """A file of a source package as the signed index names it."""

    uri: str
    name: str
    size: int
    hash: str

    def is_upstream(self):
        return re.search(r"\.orig\.tar\.\w+$", self.name) is not None

    def is_patches(self):
        return re.search(r"\.(debian\.tar\.\w+|diff\.gz)$", self.name) is not None


def apt_output(config, *command):
    environment = dict(os.environ, LC_ALL="C.UTF-8", **({"APT_CONFIG": str(config)} if config else {}))
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    return result.stdout if result.returncode == 0 else ""


def mirrors():
    """The main archive's and the security archive's address, as this computer has them. Those count whose
    index was never fetched, too: a new system has not looked at its security archive yet."""
    listing = apt_output(
        None, "apt-get", "indextargets", "--no-release-info", "--format",
        "$(SITE) $(RELEASE) $(COMPONENT)",
    )  # fmt: skip
    found = mirrors_in(listing)
    if "main" not in found:
        raise DebianError("this computer's apt knows no mirror of Debian; see /etc/apt/sources.list")
    return found


def mirrors_in(listing):
    """From lines of site, release and component."""
    found = {}
    for line in listing.splitlines():
        site, release, component = line.rsplit(" ", 2)
        kind = "security" if release.endswith("-security") else "main"
        if component == "main" and "debian" in site and "-updates" not in release:
            found.setdefault(kind, site)
    return found


def lines_of_sources(release, sites):
    suites = [("main", release)]
    if release != "sid":
        suites += [("main", f"{release}-updates"), ("security", f"{release}-security")]
    return [
        f"deb-src [signed-by={KEYRING}] {sites[kind]} {suite} main\n"
        for kind, suite in suites
        if kind in sites
    ]


class Release:
    """One release's index of sources."""

    def __init__(self, name, folder):
        self.name = name
        self.folder = folder / name
        self.config = self.folder / "apt.conf"
        self.is_updated = False

    def _write_config(self):
        for part in ("lists/partial", "cache"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        (self.folder / "sources.list").write_text("".join(lines_of_sources(self.name, mirrors())))
        self.config.write_text(
            f'Dir::Etc::sourcelist "{self.folder}/sources.list";\n'
            'Dir::Etc::sourceparts "-";\n'
            f'Dir::State::lists "{self.folder}/lists";\n'
            f'Dir::Cache "{self.folder}/cache";\n'
            'APT::Sandbox::User "";\n'
            "#clear APT::Update::Post-Invoke-Success;\n"
            "#clear APT::Update::Post-Invoke;\n"
        )

    def update(self):
        """Fetches the index, once in the life of this object."""
        if self.is_updated:
            return
        self._write_config()
        environment = dict(os.environ, APT_CONFIG=str(self.config))
        result = subprocess.run(
            ["apt-get", "-qq", "update"], env=environment, capture_output=True, text=True
        )
        if result.returncode != 0:
            raise DebianError(f"the index of {self.name} could not be fetched:\n{result.stderr.strip()}")
        self.is_updated = True

    def newest(self, package, pattern):
        """The newest version that matches, or None."""
        listing = apt_output(self.config, "apt-cache", "showsrc", "--only-source", package)
        versions = set(re.findall(r"^Version: (\S+)$", listing, re.MULTILINE))
        matching = [version for version in versions if fnmatch(version, pattern)]
        return max(matching, key=cmp_to_key(compare_versions), default=None)

    def files(self, package, version):
        """What the signed index says a source package consists of."""
        listing = apt_output(
            self.config, "apt-get", "source", "-qq", "--only-source", "--print-uris",
            f"{package}={version}",
        )  # fmt: skip
        matches = filter(None, map(URI_LINE.match, listing.splitlines()))
        return [SourceFile(m["uri"], m["name"], int(m["size"]), m["hash"]) for m in matches]

    def fetch(self, file, folder):
        """Puts a file into the folder, checked by its hash; tells whether it could be had."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / file.name
        if target.exists():
            return True
        partial = folder / (file.name + ".partial")
        partial.unlink(missing_ok=True)
        result = subprocess.run(
            [HELPER, "download-file", file.uri, str(partial), f"SHA256:{file.hash}"],
            env=dict(os.environ, APT_CONFIG=str(self.config)),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        if result.returncode != 0 or not partial.exists():
            partial.unlink(missing_ok=True)
            return False
        partial.rename(target)
        return True


def compare_versions(a, b):
    if a == b:
        return 0
    return 1 if subprocess.run(["dpkg", "--compare-versions", a, "gt", b]).returncode == 0 else -1


def installed_version(package):
    """The version of a package of this computer; an empty word where it is not installed."""
    return apt_output(None, "dpkg-query", "-W", "-f", "${Version}", package)

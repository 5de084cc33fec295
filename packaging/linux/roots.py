# SPDX-License-Identifier: GPL-3.0-or-later
"""Small Debian systems in folders ("roots"), in which packages are built and tried, so that this computer's
own packages stay what they are. Each is made once, by debootstrap from where this computer's apt gets its
packages, and kept in the user's cache folder for as long as what it is made of stays the same."""

import contextlib
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache",
                     "porchlight", "linux")

# Nothing that is installed may start: a root has no services, and shares this computer's network.
_POLICY = "#!/bin/sh\nexit 101\n"

_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LC_ALL": "C.UTF-8",
                "DEBIAN_FRONTEND": "noninteractive", "TZ": "UTC"}


def say(text):
    print(f"package: {text}", flush=True)


@contextlib.contextmanager
def timed(what):
    """Says what is done, and how long it took."""
    say(what)
    began = time.monotonic()
    yield
    say(f"  {what}: {time.monotonic() - began:.0f} s")


def _apt_targets():
    """Where apt of this computer finds Debian: {release: address}."""
    lines = subprocess.run(
        ("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)",
         "Created-By: Packages"), capture_output=True, text=True, check=True).stdout.splitlines()
    found = (line.split(" ") for line in lines)
    return {release: address for address, release, component, *origin in found
            if component == "main" and origin == ["Debian"]}


def _apt_ways():
    """Proxies and the like, as this computer's apt is set up."""
    dump = subprocess.run(("apt-config", "dump"), capture_output=True, text=True, check=True).stdout
    return "".join(f"{line}\n" for line in dump.splitlines()
                   if re.match(r"Acquire::(http|https)::", line))


class Root:
    """A Debian in a folder."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    def run(self, *command, folder="/", environment=None, check=True, **options):
        """Runs a command inside, with processes and mounts of its own."""
        return subprocess.run(
            ("unshare", "--mount", "--pid", "--fork", "--kill-child",
             f"--mount-proc={self.path}/proc", "chroot", str(self.path),
             "sh", "-c", 'cd "$0" && exec "$@"', folder, *command),
            env={**_ENVIRONMENT, **(environment or {})}, stdin=subprocess.DEVNULL, check=check,
            **options)

    def apt(self, *arguments, **options):
        """Says nothing, unless it fails."""
        result = self.run("apt-get", "-qq", "-y", "-o", "Dpkg::Use-Pty=0",
                          "--no-install-recommends", *arguments, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, **options)
        if result.returncode != 0:
            raise SystemExit(f"{result.stdout}\napt-get {' '.join(arguments)} failed in {self.path}")

    def read(self, *command):
        return self.run(*command, capture_output=True, text=True).stdout

    @contextlib.contextmanager
    def copy(self):
        """A root that is like this one, and gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="porchlight-root-") as folder:
            upper, work, merged = (pathlib.Path(folder, name) for name in ("upper", "work", "root"))
            for path in (upper, work, merged):
                path.mkdir()
            subprocess.run(("mount", "-t", "overlay", "overlay", "-o",
                            f"lowerdir={self.path},upperdir={upper},workdir={work}", merged),
                           check=True)
            try:
                yield Root(merged)
            finally:
                subprocess.run(("umount", "-l", merged), check=True)


def _bootstrap(path, suite, variant_packages):
    targets = _apt_targets()
    main = targets.get(suite) or next(address for release, address in targets.items()
                                      if "-" not in release)
    subprocess.run(("debootstrap", "--variant=minbase",
                    f"--include={','.join(variant_packages)}", suite, path, main),
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
    lines = [f"deb {address} {release} main\n" for release, address in targets.items()
             if release.split("-")[0] == suite] or [f"deb {main} {suite} main\n"]
    (path / "etc/apt/sources.list").write_text("".join(lines))
    (path / "etc/apt/apt.conf.d/90root").write_text(_apt_ways())
    # A root that was cut short is made anew: nothing is to be waited for to reach the disk.
    (path / "etc/dpkg/dpkg.cfg.d/90root").write_text("force-unsafe-io\n")
    policy = path / "usr/sbin/policy-rc.d"
    policy.write_text(_POLICY)
    policy.chmod(0o755)
    shutil.copy("/etc/resolv.conf", path / "etc/resolv.conf")


def get_root(name, suite, *, packages=(), foreign=None, build_of=None):
    """The root of that name; made if there is none, or if it is made of something else.

    packages: what to install; foreign: another architecture whose packages can be installed too;
    build_of: a source folder whose needs for building are installed, of the foreign one if there is one"""
    control = (build_of / "debian/control").read_text() if build_of else ""
    key = hashlib.sha256(repr((suite, sorted(packages), foreign, control)).encode()).hexdigest()
    root = Root(CACHE / name)
    stamp = root.path / "porchlight-key"
    if stamp.exists() and stamp.read_text() == key:
        return root
    with timed(f"a root with Debian's {suite}, “{name}”, in {CACHE}"):
        shutil.rmtree(root.path, ignore_errors=True)
        root.path.mkdir(parents=True)
        _bootstrap(root.path, suite, ["ca-certificates"])
        if foreign:
            root.run("dpkg", "--add-architecture", foreign)
        root.apt("update")
        root.apt("dist-upgrade")
        if packages:
            root.apt("install", *packages)
        if build_of:
            _install_build_needs(root, build_of, foreign)
        stamp.write_text(key)
    return root


# libsoup's files for developers depend on a tool that cannot be there for two kinds of processors, and is
# of no use to C: an empty package stands in for it.
_STAND_IN = """Package: porchlight-stand-in
Version: 1
Provides: gobject-introspection (= {version})
Conflicts: gobject-introspection
Architecture: all
Multi-Arch: foreign
Maintainer: nobody <nobody@localhost>
Description: stands in for the real one
"""


def _install_stand_in(root):
    record = root.read("apt-cache", "show", "--no-all-versions", "gobject-introspection")
    version = re.search(r"^Version: (.+)$", record, re.M)[1]
    folder = root.path / "tmp/stand-in"
    (folder / "DEBIAN").mkdir(parents=True)
    (folder / "DEBIAN/control").write_text(_STAND_IN.format(version=version))
    root.run("dpkg-deb", "-b", "/tmp/stand-in", "/tmp/stand-in.deb", stdout=subprocess.DEVNULL)
    root.run("dpkg", "-i", "/tmp/stand-in.deb", stdout=subprocess.DEVNULL)


def _install_build_needs(root, source, foreign):
    inside = root.path / "needs/debian"
    shutil.copytree(source / "debian", inside)
    crosswise = ("-a", foreign, "-P", "cross,nocheck") if foreign else ()
    if foreign:
        _install_stand_in(root)
    root.apt("build-dep", *crosswise, "./", folder="/needs")
    shutil.rmtree(inside.parent)

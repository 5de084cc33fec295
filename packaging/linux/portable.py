# SPDX-License-Identifier: GPL-3.0-or-later
"""Folders that run where they are unpacked, made of the programs in Debian's packages.

The daemon's brings its libraries and the loader along: Debian's own files, which are what it is tested
with. A static program would be one file instead, but GLib's libraries come static for one C library and
libsoup for none, so nine libraries would have to be built, and kept up with, for that; and a static
glibc could look up no names."""

import pathlib
import re
import shutil
import subprocess
import tempfile


# By which libsoup speaks HTTPS. It is found when the program runs, not linked; porchlightd.sh says where.
_TLS_MODULE = "libgiognutls.so"

_NAMES = {"amd64": "x64", "arm64": "arm64"}
_TRIPLETS = {"amd64": "x86_64-linux-gnu", "arm64": "aarch64-linux-gnu"}


def _read_dynamic(path, what):
    text = subprocess.run(("readelf", "-ldW", path), check=True, capture_output=True,
                          text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout
    return re.findall(what, text)


def _needed(path):
    return _read_dynamic(path, r"\(NEEDED\).*\[(.+)\]")


def _loader(path):
    """The program that the system starts this one with."""
    return _read_dynamic(path, r"program interpreter: (.+)\]")[0]


class _Libraries:
    """Those of a root for one kind of processor."""

    def __init__(self, root, architecture):
        self._root = root
        self._architecture = architecture
        self._folder = root.path / "usr/lib" / _TRIPLETS[architecture]

    def find(self, name):
        return self._folder / ("gio/modules" if name == _TLS_MODULE else "") / name

    def close(self, *programs):
        """The names of all that programs need, and of all that these need."""
        names, ahead = set(), [*programs]
        while ahead:
            for name in _needed(ahead.pop()):
                if name not in names:
                    names.add(name)
                    ahead.append(self.find(name))
        return sorted(names)

    def find_packages(self, names):
        """[(package, version, its statement of copyright)]"""
        lines = self._root.read("dpkg", "-S", *(f"*/{name}" for name in names)).splitlines()
        packages = {line.split(": ")[0] for line in lines
                    if line.split(": ")[0].endswith(f":{self._architecture}")
                    and "-dev" not in line.split(": ")[0]
                    and f"/{_TRIPLETS[self._architecture]}/" in line
                    and line.rsplit("/", 1)[1] in names}
        versions = self._root.read("dpkg-query", "-W", "-f", "${binary:Package} ${Version}\n",
                                   *sorted(packages)).splitlines()
        for line in sorted(versions):
            package, version = line.split(" ")
            package = package.split(":")[0]
            yield package, version, self._root.path / "usr/share/doc" / package / "copyright"


def _unpack(package, folder):
    subprocess.run(("dpkg-deb", "-x", package, folder), check=True)
    return folder


def _begin(source, name, folder):
    """What each of them has: how it is started, what it is, and its licence."""
    folder.mkdir(parents=True)
    shutil.copy(source.folder / f"packaging/linux/portable/{name}.sh", folder / name)
    (folder / name).chmod(0o755)
    shutil.copy(source.folder / f"packaging/linux/portable/{name}.txt", folder / "README.txt")
    shutil.copy(source.folder / "LICENSE", folder / "LICENSE.txt")
    (folder / "lib").mkdir()


def _fill_daemon(source, libraries, content, folder):
    program = content / "usr/bin/porchlightd"
    names = libraries.close(program, libraries.find(_TLS_MODULE))
    _begin(source, "porchlightd", folder)
    shutil.copy(program, folder / "lib/program")
    shutil.copytree(content / "usr/share/porchlightd/locale", folder / "locale")
    for name in names:
        shutil.copy(libraries.find(name), folder / "lib" / name)
    loader = pathlib.Path(_loader(program)).name
    (folder / "lib" / loader).unlink(missing_ok=True)
    shutil.copy(libraries.find(loader), folder / "lib/porchlightd")
    (folder / "lib/porchlightd").chmod(0o755)
    (folder / "lib/gio").mkdir()
    shutil.copy(libraries.find(_TLS_MODULE), folder / "lib/gio" / _TLS_MODULE)
    _add_bill(libraries.find_packages([*names, _TLS_MODULE]), folder)


def _add_bill(packages, folder):
    (folder / "licences").mkdir()
    lines = ["Of Debian, with the version; the source of each: https://sources.debian.org\n\n"]
    for package, version, statement in packages:
        lines.append(f"{package} {version}\n")
        shutil.copy(statement, folder / "licences" / f"{package}.txt")
    (folder / "bill-of-materials.txt").write_text("".join(lines))


def _fill_window(source, content, folder):
    _begin(source, "porchlight", folder)
    shutil.copy(content / "usr/bin/porchlight", folder / "lib/porchlight")
    shutil.copytree(content / "usr/share/locale", folder / "locale")


def _pack(source, folder, output):
    """An archive that is the same for the same content."""
    path = output / f"{folder.name}.tar.xz"
    path.unlink(missing_ok=True)
    tar = subprocess.run(
        ("tar", "--sort=name", f"--mtime=@{source.time}", "--owner=0", "--group=0",
         "--numeric-owner", "--mode=u+rwX,go+rX,go-w", "--format=gnu", "-c", folder.name),
        cwd=folder.parent, check=True, stdout=subprocess.PIPE).stdout
    packed = subprocess.run(("xz", "-9", "-T1", "-c"), input=tar, check=True,
                            stdout=subprocess.PIPE).stdout
    path.write_bytes(packed)
    return path


def build(source, root, architecture, packages, output):
    """Returns the paths of the archives."""
    made = []
    libraries = _Libraries(root, architecture)
    by_name = {path.name.split("_")[0]: path for path in packages if path.suffix == ".deb"}
    end = f"{source.version}-linux-{_NAMES[architecture]}"
    with tempfile.TemporaryDirectory(prefix="porchlight-portable-") as place:
        place = pathlib.Path(place)
        daemon = place / f"porchlightd-{end}"
        _fill_daemon(source, libraries, _unpack(by_name["porchlightd"], place / "d"), daemon)
        made.append(_pack(source, daemon, output))
        if architecture == "amd64":
            window = place / f"porchlight-{end}"
            _fill_window(source, _unpack(by_name["porchlight"], place / "w"), window)
            made.append(_pack(source, window, output))
    return made

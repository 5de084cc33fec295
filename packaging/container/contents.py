# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in the image: porchlightd, the libraries it loads and the loader, from the system it was built on;
words, time zones, whom everybody trusts and the few files of /etc that the C library reads; and whose all that is. No shell and no
package manager: there is nothing in it to break into or to keep up to date but what the program uses."""

import re
import subprocess
from pathlib import Path

PROGRAM = "usr/bin/porchlightd"
SETTINGS_FOLDER = "etc/porchlight"

# Nobody's number on any distribution.
USER = 65532

# There the program keeps what it may have to write: the socket for orders, what is open for a while, and the
# keys of its own certificates. A volume is given the owner of the folder it is put over.
OWNERS = {SETTINGS_FOLDER: USER}

# By which libsoup speaks HTTPS, to authorities and to an Immich that is encrypted. It is found, not linked.
TLS_MODULE = "gio/modules/libgiognutls.so"

# Whom everybody trusts, where GnuTLS and OpenSSL look for that.
TRUSTED = "etc/ssl/certs/ca-certificates.crt"
TRUSTED_BY_OPENSSL = "usr/lib/ssl/cert.pem"

LIBRARY_FOLDERS = ["lib/{triplet}", "usr/lib/{triplet}", "lib", "usr/lib"]

# By the machine of an ELF file: what Debian calls its libraries' folder, and containers the machine.
MACHINES = {
    "Advanced Micro Devices X86-64": ("x86_64-linux-gnu", "amd64"),
    "AArch64": ("aarch64-linux-gnu", "arm64"),
}

ETC = {
    "etc/passwd": f"root:x:0:0::/:/\nporchlight:x:{USER}:{USER}::/etc/porchlight:/\n",
    "etc/group": f"root:x:0:\nporchlight:x:{USER}:\n",
    "etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
}

# With an Immich of Docker's beside it, nothing needs to be changed.
SETTINGS = """\
# What holds in the container until it is changed: beside an Immich that Docker runs, nothing needs to be.
# Network: devices of your home; nobody outside.
[listen]
port=8080
exposure=network

[upstream immich]
urls=http://immich-server:2283
health-path=/api/server/ping

[route everything]
path=/
upstream=immich
"""


def readelf(*arguments):
    return subprocess.run(["readelf", *arguments], check=True, capture_output=True, text=True,
                          env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout


def machine_of(program):
    name = re.search(r"Machine:\s+(.+)", readelf("-h", str(program)))[1].strip()
    return MACHINES[name]


def loader_of(program):
    return re.search(r"program interpreter: /(\S+)\]", readelf("-lW", str(program)))[1]


def needed_by(file):
    return re.findall(r"\(NEEDED\).*\[(.+)\]", readelf("-dW", str(file)))


def find_library(root, triplet, name):
    for folder in LIBRARY_FOLDERS:
        path = root / folder.format(triplet=triplet) / name
        if path.exists():
            return path
    raise SystemExit(f"package: {name} is nowhere in the library folders of {root}")


def libraries_of(programs, root):
    """Files of root by the name they are loaded by: all that the programs need, and what that needs."""
    triplet, _ = machine_of(programs[0])
    found, waiting = {}, [name for program in programs for name in needed_by(program)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = find_library(root, triplet, name)
            waiting += needed_by(found[name])
    return found


def dpkg_query(root, *arguments, **options):
    return subprocess.run(["dpkg-query", "--admindir", str(root / "var/lib/dpkg"), *arguments],
                          capture_output=True, text=True, **options).stdout


def packages_of(paths, root):
    """The Debian packages that files of root came with. Its database may have a file where it was before
    /lib became a link to /usr/lib, so both names are asked for, and one is not known."""
    names = ["/" + str(path.resolve().relative_to(root.resolve())) for path in paths]
    answer = dpkg_query(root, "-S", *names, *(name.removeprefix("/usr") for name in names), check=False)
    return sorted({line.split(": ")[0].split(",")[0] for line in answer.splitlines()})


def papers_of(packages, root):
    """What is known of the packages: their licences, and for scanners of known holes their entries in
    Debian's database, a file each as in images without a package manager."""
    papers = {}
    for package in packages:
        name = package.split(":")[0]
        status = dpkg_query(root, "-s", package, check=True)
        licence = root / "usr/share/doc" / name / "copyright"
        papers[f"usr/share/doc/{name}/copyright"] = licence.read_bytes()
        papers[f"var/lib/dpkg/status.d/{name}"] = status.encode()
    return papers


def zones_of(root):
    """The time zones, which the times in a log are told in; TZ chooses one."""
    folder = root / "usr/share/zoneinfo"
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"posix", "right"} & set(path.relative_to(folder).parts)
    }


def locale_of(root):
    """C.UTF-8, without which the C library has neither letters beyond ASCII nor translations."""
    folder = root / "usr/lib/locale/C.utf8"
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Made:
    """What was made of Porchlight's source: the program, and its words by their place in the image."""

    def __init__(self, program, words):
        self.program, self.words = program, words

    @classmethod
    def of_build(cls, folder):
        """A build folder."""
        words = {f"usr/share/locale/{path.relative_to(folder / 'po')}": path
                 for path in (folder / "po").rglob("*.mo")}
        return cls(folder / "app/porchlightd", words)

    @classmethod
    def of_package(cls, deb, folder):
        """A .deb, which is unpacked into a folder."""
        subprocess.run(["dpkg-deb", "-x", str(deb), str(folder)], check=True)
        words = {str(path.relative_to(folder)): path for path in folder.rglob("*.mo")}
        return cls(folder / PROGRAM, words)


def files_of(made, root, licence):
    """All files of the image: contents and mode, by name; and the Debian packages they came with."""
    triplet, _ = machine_of(made.program)
    module = find_library(root, triplet, TLS_MODULE)
    libraries = libraries_of([made.program, module], root)
    loader = loader_of(made.program)
    packages = packages_of([module, *libraries.values()], root)
    trusted = (root / TRUSTED).read_bytes()
    plain = {
        **{name: text.encode() for name, text in ETC.items()},
        f"{SETTINGS_FOLDER}/porchlight.ini": SETTINGS.encode(),
        "usr/share/doc/porchlightd/copyright": licence.read_bytes(),
        TRUSTED: trusted,
        TRUSTED_BY_OPENSSL: trusted,
        **papers_of([*packages, "ca-certificates", "libc-bin", "tzdata"], root),
        **locale_of(root),
        **zones_of(root),
        **{name: path.read_bytes() for name, path in made.words.items()},
    }
    loaded = {f"usr/lib/{triplet}/{name}": path for name, path in libraries.items()}
    run = {PROGRAM: made.program, loader: root / loader, **loaded,
           f"usr/lib/{triplet}/{TLS_MODULE}": module}
    files = {name: (data, 0o644) for name, data in plain.items()}
    files.update({name: (path.read_bytes(), 0o755) for name, path in run.items()})
    return files, packages

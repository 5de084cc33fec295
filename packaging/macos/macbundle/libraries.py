# SPDX-License-Identifier: GPL-3.0-or-later
"""Which libraries go into the bundle, and how they find each other there. A Mach-O file names each library it
loads by a path, so each name is rewritten to lead into the bundle."""

import re
import subprocess
from pathlib import Path

# What every Mac has.
SYSTEM = ("/usr/lib/", "/System/")

# From the program in Contents/MacOS, whatever file it is that loads.
PLACE = "@executable_path/../Frameworks/"


def names_in(text):
    """The libraries of `otool -L`, which indents them below the file's own name."""
    return re.findall(r"^\s+(\S+) \(compatibility", text, re.MULTILINE)


def otool(path):
    return subprocess.run(["otool", "-L", str(path)], check=True, capture_output=True, text=True).stdout


def resolve(name, loader, folders):
    """The file a name leads to. @rpath stands for folders that the loader names, for Homebrew's here."""
    if name.startswith("@loader_path/"):
        return (loader.parent / name.removeprefix("@loader_path/")).resolve()
    if not name.startswith("@rpath/"):
        return Path(name).resolve()
    for folder in folders:
        path = folder / name.removeprefix("@rpath/")
        if path.exists():
            return path.resolve()
    raise SystemExit(f"package: {name}, which {loader} needs, is not in {', '.join(map(str, folders))}")


def walk(files, folders, list_names=otool):
    """Which names each file loads, by file, of those given and all that these need: for each name the file
    it leads to. What every Mac has is left out, and so is a library's own name."""
    found, waiting = {}, [Path(file).resolve() for file in files]
    while waiting:
        file = waiting.pop()
        if file in found:
            continue
        names = [name for name in names_in(list_names(file)) if not name.startswith(SYSTEM)]
        targets = {name: resolve(name, file, folders) for name in names}
        found[file] = {name: target for name, target in targets.items() if target != file}
        waiting += found[file].values()
    return found


def changes_of(names):
    """Arguments of install_name_tool by which a file finds these libraries in the bundle."""
    return [part for name, target in sorted(names.items())
            for part in ("-change", name, PLACE + target.name)]


def move_in(original, copy, names):
    """Makes a copied file load from the bundle, and signs it: a changed file without a signature does not
    start on Apple's own processors. The signature is nobody's (“-”)."""
    subprocess.run(["install_name_tool", "-id", PLACE + original.name, *changes_of(names), str(copy)],
                   check=True)
    subprocess.run(["codesign", "--force", "--sign", "-", str(copy)], check=True)

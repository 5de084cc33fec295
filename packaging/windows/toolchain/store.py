# SPDX-License-Identifier: GPL-3.0-or-later
"""Packages that were built, each kept as an image under a key over all that it was made of, and the
prefix that is put together from them."""

import hashlib
import json
import os
import shutil
from pathlib import Path

from .builders import GENERATION
from .cross import LINK_ARGS

# What is of no use to who builds or runs Porchlight.
LEFT_OUT = ("share/doc", "share/man", "share/info", "share/gtk-doc", "share/aclocal", "share/bash-completion")
LICENCE_NAMES = ("COPYING*", "LICENSE*", "LICENCE*", "Copyright", "COPYRIGHT")


def key_of(package, taken, toolchain, prefix, patches, keys_of_needs):
    """What a package was made of, as one word: the same key, the same package."""
    inputs = {
        "entry": package.build_inputs(),
        "version": taken.version,
        "files": taken.files,
        "patches": [hashlib.sha256(path.read_bytes()).hexdigest() for path in patches],
        "toolchain": toolchain,
        "generation": GENERATION,
        "link_args": LINK_ARGS,
        "prefix": str(prefix),
        "needs": keys_of_needs,
    }
    text = json.dumps(inputs, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def licence_texts(package, source):
    """The files that say under which terms a package may be passed on."""
    if package.texts:
        return [source / name for name in package.texts]
    found = [path for pattern in LICENCE_NAMES for path in sorted(source.glob(pattern))]
    return [path for path in found if path.is_file()]


class Store:
    """`packages` has the images, `prefix` a hard link of each file of those that are installed."""

    def __init__(self, folder, prefix):
        self.folder = folder
        self.prefix = prefix
        self.notes = prefix / "share/porchlight-sysroot"

    def image(self, package, key):
        return self.folder / f"{package.name}-{key}"

    def has(self, package, key):
        return self.image(package, key).is_dir()

    def keep(self, package, key, taken, job):
        """Takes what was built into the store, with its licence and a note of its origin."""
        for name in LEFT_OUT:
            shutil.rmtree(job.image / name, ignore_errors=True)
        for path in job.image.rglob("*.la"):
            path.unlink()
        texts = job.image / "share/licenses" / package.name
        texts.mkdir(parents=True)
        for path in licence_texts(package, job.source):
            shutil.copy(path, texts / path.name)
        if not any(texts.iterdir()):
            raise FileNotFoundError(f"{package.name}: no licence text was found; name it by `texts`")
        self._write_note(package, key, taken, job.image)
        target = self.image(package, key)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        job.image.rename(target)

    def _write_note(self, package, key, taken, image):
        libraries = sorted(path.name for path in image.rglob("*") if path.suffix in (".dll", ".exe"))
        patches = [path.name for path in package.patches_for(taken.upstream_version())]
        note = image / "share/porchlight-sysroot" / f"{package.name}.json"
        note.parent.mkdir(parents=True)
        content = {
            "name": package.name,
            "source": package.debian or package.installed,
            "version": taken.version,
            "release": taken.release,
            "licence": package.licence,
            "files": taken.files,
            "missing": taken.missing,
            "own_patches": patches,
            "binaries": libraries,
            "key": key,
        }
        note.write_text(json.dumps(content, indent=2) + "\n", "utf-8")

    def installed_key(self, package):
        note = self.notes / f"{package.name}.json"
        return json.loads(note.read_text("utf-8"))["key"] if note.exists() else None

    def install(self, package, key):
        """Puts an image into the prefix, in place of the one that was there."""
        if self.installed_key(package) == key:
            return
        self._remove(package)
        image = self.image(package, key)
        note = Path("share/porchlight-sysroot") / f"{package.name}.json"
        for path in sorted(image.rglob("*")):
            relative = path.relative_to(image)
            if (path.is_file() or path.is_symlink()) and relative != note:
                self._link(path, self.prefix / relative)
        # Last: what has its note is whole.
        self._link(image / note, self.prefix / note)

    def _link(self, path, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        os.link(path, target, follow_symlinks=False)

    def _remove(self, package):
        key = self.installed_key(package)
        image = self.image(package, key) if key else None
        if image and image.is_dir():
            (self.notes / f"{package.name}.json").unlink()
            for path in image.rglob("*"):
                target = self.prefix / path.relative_to(image)
                if target.is_symlink() or target.is_file():
                    target.unlink()

    def forget_others(self, keys):
        """Removes the images that no package of the recipe has any more; `keys` are by name."""
        kept = {f"{name}-{key}" for name, key in keys.items()}
        names = set(keys)
        for path in self.folder.glob("*-*"):
            if path.name.rpartition("-")[0] in names and path.name not in kept:
                shutil.rmtree(path)

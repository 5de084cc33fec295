# SPDX-License-Identifier: GPL-3.0-or-later
"""The recipe, read: what each package is, and in which order a target wants them."""

import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
PATCHES = FOLDER / "patches"


class RecipeError(Exception):
    """The recipe says what cannot be."""


@dataclass(frozen=True)
class Candidate:
    """Where a source package may be taken from: a release of Debian and a pattern of its version."""

    release: str
    pattern: str


@dataclass
class Package:
    """One entry of the recipe. What each field means stands at the recipe's top."""

    name: str
    licence: str
    build: str
    debian: str = ""
    candidates: list = field(default_factory=list)
    installed: str = ""
    folder: str = "."
    options: list = field(default_factory=list)
    c_args: list = field(default_factory=list)
    needs: list = field(default_factory=list)
    steps: list = field(default_factory=list)
    make: list = field(default_factory=lambda: [""])
    install: list = field(default_factory=lambda: ["install"])
    texts: list = field(default_factory=list)
    patches: dict = field(default_factory=dict)

    def patches_for(self, version):
        """Our own patches for an upstream version, in order."""
        return [
            PATCHES / name
            for pattern, names in self.patches.items()
            if fnmatch(version, pattern)
            for name in names
        ]

    def build_inputs(self):
        """All of the entry that what is built depends on; where it came from is known by its hashes."""
        fields = ("build", "folder", "options", "c_args", "steps", "make", "install", "texts", "licence")
        return {name: getattr(self, name) for name in fields}


def package_from(name, entry):
    entry = dict(entry)
    candidates = [Candidate(*words.split(" ", 1)) for words in entry.pop("from", [])]
    try:
        return Package(name=name, candidates=candidates, **entry)
    except TypeError as error:
        raise RecipeError(f"recipe.toml: package.{name}: {error}") from error


@dataclass
class Recipe:
    packages: dict
    targets: dict

    @classmethod
    def read(cls, path=FOLDER / "recipe.toml"):
        data = tomllib.loads(path.read_text("utf-8"))
        packages = {name: package_from(name, entry) for name, entry in data["package"].items()}
        return cls(packages, data["targets"])

    def ordered(self, target):
        """The packages a target (or one package) needs, each behind those that it needs itself."""
        done = {}

        def visit(name, asked_by):
            if name not in self.packages:
                raise RecipeError(f"recipe.toml: {asked_by} needs “{name}”, which has no entry")
            if name not in done:
                for need in self.packages[name].needs:
                    visit(need, name)
                done[name] = self.packages[name]

        for name in self.targets.get(target, [target]):
            visit(name, target)
        return list(done.values())

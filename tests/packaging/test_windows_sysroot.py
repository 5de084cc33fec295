# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sysroot for Windows is made of, and from where: packaging/windows/toolchain."""

import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest

WINDOWS = Path(__file__).resolve().parents[2] / "packaging/windows"
sys.path.insert(0, str(WINDOWS))

from scripts import load  # noqa: E402
from toolchain import debian, recipe, sources, store  # noqa: E402

sysroot = load(WINDOWS / "sysroot")


def package(**entry):
    return recipe.package_from("made", {"licence": "MIT", "build": "steps", "debian": "made", **entry})


def test_recipe_is_whole():
    book = recipe.Recipe.read()
    for target in book.targets:
        assert book.ordered(target)
    assert {name for target in book.targets for name in (p.name for p in book.ordered(target))} == set(
        book.packages
    )


def test_needs_come_first():
    names = [package.name for package in recipe.Recipe.read().ordered("window")]
    assert names.index("glib") < names.index("libsoup")
    assert names.index("libpng") < names.index("cairo") < names.index("pango") < names.index("gtk")


def test_a_need_without_entry_is_named():
    book = recipe.Recipe({"made": package(needs=["nothing"])}, {})
    with pytest.raises(recipe.RecipeError, match="made needs “nothing”"):
        book.ordered("made")


def test_a_word_the_recipe_has_not_is_refused():
    with pytest.raises(recipe.RecipeError, match="package.made"):
        package(optoins=[])


def test_patches_are_used_and_say_what_for():
    entries = recipe.Recipe.read().packages.values()
    named = {name for entry in entries for names in entry.patches.values() for name in names}
    assert named == {path.name for path in recipe.PATCHES.iterdir()}
    for name in named:
        assert not (recipe.PATCHES / name).read_text("utf-8").startswith(("---", "diff"))


class Mirror:
    """A release with some versions, of which some files cannot be had."""

    def __init__(self, name, versions, holes=()):
        self.name, self.versions, self.holes = name, versions, holes

    def update(self):
        pass

    def newest(self, _package, pattern):
        return next((v for v in self.versions if debian.fnmatch(v, pattern)), None)

    def files(self, _package, version):
        upstream = version.partition("-")[0]
        names = (f"made_{upstream}.orig.tar.xz", f"made_{version}.debian.tar.xz", f"made_{version}.dsc")
        return [debian.SourceFile("", name, 1, "0" * 64) for name in names]

    def fetch(self, file, folder):
        folder.mkdir(parents=True, exist_ok=True)
        if file.name in self.holes:
            return False
        (folder / file.name).write_text(self.name)
        return True


def choose(folder, *mirrors):
    releases = {mirror.name: mirror for mirror in mirrors}
    entry = package(**{"from": [f"{mirror.name} *" for mirror in mirrors]})
    return sources.Sources(folder, releases).taken(entry)


def test_the_first_that_is_whole_is_taken(tmp_path):
    hole = Mirror("one", ["1.0-1"], ["made_1.0-1.debian.tar.xz"])
    taken = choose(tmp_path, hole, Mirror("two", ["2.0-1"]))
    assert (taken.version, taken.release, taken.is_patched()) == ("2.0-1", "two", True)
    assert "made_2.0-1.dsc" not in taken.files


def test_without_patches_where_none_is_whole(tmp_path):
    hole = Mirror("one", ["1.0-1"], ["made_1.0-1.debian.tar.xz"])
    nothing = Mirror("two", ["2.0-1"], ["made_2.0.orig.tar.xz"])
    taken = choose(tmp_path, nothing, hole)
    assert (taken.version, taken.missing) == ("1.0-1", ["made_1.0-1.debian.tar.xz"])
    assert taken.upstream_version() == "1.0"


def test_nothing_at_all_is_said(tmp_path):
    with pytest.raises(debian.DebianError, match="the mirror has none of these: one"):
        choose(tmp_path, Mirror("one", ["1.0-1"], ["made_1.0.orig.tar.xz"]))


def test_what_was_taken_stays(tmp_path):
    entry = package(**{"from": ["one *"]})
    first = sources.Sources(tmp_path, {"one": Mirror("one", ["1.0-1"])}).taken(entry)
    newer = sources.Sources(tmp_path, {"one": Mirror("one", ["1.1-1"])})
    assert newer.taken(entry) == first
    assert newer.taken(entry, refresh=True).version == "1.1-1"


def test_a_changed_archive_is_not_unpacked(tmp_path):
    archive = tmp_path / "made/made_1.0.orig.tar.xz"
    archive.parent.mkdir()
    archive.write_text("something else")
    taken = sources.Taken("1.0-1", "one", {archive.name: "0" * 64})
    with pytest.raises(debian.DebianError, match="is not what it was"):
        sources.Sources(tmp_path, {}).unpack(package(), taken, tmp_path / "tree")
    assert not archive.exists()


def test_mirrors_are_those_of_this_computer():
    listing = """http://other.example/tool stable main
http://mirror.example/debian bookworm main
http://mirror.example/debian bookworm-updates main
http://mirror.example/debian-security bookworm-security main
http://third.example/debian bookworm contrib"""
    found = debian.mirrors_in(listing)
    assert found == {
        "main": "http://mirror.example/debian",
        "security": "http://mirror.example/debian-security",
    }
    suites = [line.split()[-2] for line in debian.lines_of_sources("trixie", found)]
    assert suites == ["trixie", "trixie-updates", "trixie-security"]
    assert [line.split()[-2] for line in debian.lines_of_sources("sid", found)] == ["sid"]


def key(entry, **changes):
    inputs = {"taken": sources.Taken("1.0-1", "one", {"a": "1"}), "toolchain": {"gcc": "12"},
              "prefix": "/prefix", "patches": [], "keys_of_needs": {"zlib": "1"}}  # fmt: skip
    return store.key_of(entry, **(inputs | changes))


def test_a_package_is_built_anew_when_anything_changed():
    same = key(package(steps=["true"]))
    assert key(package(steps=["true"], **{"from": ["two *"]})) == same
    others = [
        key(package(steps=["false"])),
        key(package(steps=["true"]), taken=sources.Taken("1.0-1", "one", {"a": "2"})),
        key(package(steps=["true"]), toolchain={"gcc": "13"}),
        key(package(steps=["true"]), keys_of_needs={"zlib": "2"}),
        key(package(steps=["true"]), patches=[WINDOWS / "patches/atk-without-libxml.patch"]),
    ]
    assert len({same, *others}) == len(others) + 1


def make_image(target, entry, key, names):
    image = target.image(entry, key)
    note = image / "share/porchlight-sysroot" / f"{entry.name}.json"
    note.parent.mkdir(parents=True)
    note.write_text(f'{{"key": "{key}"}}')
    for name in names:
        (image / name).parent.mkdir(parents=True, exist_ok=True)
        (image / name).write_text(key)


def test_a_new_build_replaces_the_old_one(tmp_path):
    target, entry = store.Store(tmp_path / "packages", tmp_path / "prefix"), package()
    make_image(target, entry, "old", ["bin/both.dll", "bin/old.dll"])
    make_image(target, entry, "new", ["bin/both.dll"])
    target.install(entry, "old")
    target.install(entry, "new")
    assert [path.name for path in (tmp_path / "prefix/bin").iterdir()] == ["both.dll"]
    assert target.installed_key(entry) == "new"
    target.forget_others({"made": "new"})
    assert not target.has(entry, "old") and target.has(entry, "new")


class Halfway(sysroot.Sysroot):
    """A sysroot of three packages, of which the first is built."""

    def __init__(self):
        self.cross = self.store = mock.Mock()
        self.built = ["first"]
        self.store.has = lambda package, _key: package.name in self.built

    def fetch(self, packages):
        return {package.name: None for package in packages}

    def keys(self, _packages, taken):
        return taken

    def build_one(self, package, *_):
        self.built.append(package.name)


THREE = [recipe.package_from(name, {"licence": "MIT", "build": "steps"}) for name in ("first", "second", "third")]


def test_what_is_not_there_yet_is_built():
    halfway = Halfway()
    assert halfway.make(THREE) and halfway.built == ["first", "second", "third"]


def test_when_time_is_up_no_package_is_begun(capsys):
    halfway = Halfway()
    assert not halfway.make(THREE, until=time.monotonic() - 1)
    assert halfway.built == ["first"]
    assert "1 of 3 are built" in capsys.readouterr().err
    assert halfway.make(THREE[:1], until=time.monotonic() - 1)


def test_versions_are_compared_as_debian_does():
    assert debian.compare_versions("1.0-1", "1.0~rc1-1") == 1
    assert debian.compare_versions("1.0-1", "1.0-10") == -1


@pytest.mark.parametrize("script", ["sysroot", "bundle"])
def test_scripts_explain_themselves(script):
    result = subprocess.run([WINDOWS / script, "--help"], capture_output=True, text=True)
    assert result.returncode == 0 and "usage" in result.stdout

# SPDX-License-Identifier: GPL-3.0-or-later
"""The manifest of the Flatpak, as flatpak-builder reads it. Nothing is fetched or built."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]
ID = "app.porchlight.Porchlight"
MANIFEST = SOURCE / f"packaging/linux/flatpak/{ID}.yml"

pytestmark = pytest.mark.skipif(not shutil.which("flatpak-builder"), reason="flatpak-builder is not there")


@pytest.fixture(scope="module")
def manifest(tmp_path_factory):
    """What flatpak-builder makes of it, a module of Flathub's being stood in for."""
    folder = tmp_path_factory.mktemp("a") / "b" / "c"
    module = folder / "shared-modules/libayatana-appindicator/libayatana-appindicator-gtk3.json"
    module.parent.mkdir(parents=True)
    module.write_text(json.dumps({"name": "libayatana-appindicator", "buildsystem": "simple",
                                  "build-commands": ["true"]}))
    shutil.copy(MANIFEST, folder)
    result = subprocess.run(["flatpak-builder", "--show-manifest", MANIFEST.name], cwd=folder,
                            capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "Unknown property" not in result.stderr, result.stderr
    return json.loads(result.stdout)


def test_it_is_the_program_of_the_desktop_entry(manifest):
    entry = (SOURCE / f"resources/{ID}.desktop").read_text("utf-8")

    assert manifest["id"] == ID
    assert f"Exec={manifest['command']}\n" in entry


def test_it_is_built_from_this_source(manifest):
    own = next(module for module in manifest["modules"] if module["name"] == "porchlight")

    assert own["buildsystem"] == "meson"
    assert (MANIFEST.parent / own["sources"][0]["path"]).resolve() == SOURCE


def test_all_else_is_named_by_its_hash(manifest):
    sources = [source for module in manifest["modules"] if module["name"] != "porchlight"
               for source in module.get("sources", [])]

    assert sources
    assert all(len(source["sha256"]) == 64 and source["url"].startswith("https://") for source in sources)


def test_no_file_of_the_user_is_asked_for(manifest):
    files = [arg for arg in manifest["finish-args"] if arg.startswith("--filesystem")]
    assert files == ["--filesystem=xdg-run/porchlight:create"]

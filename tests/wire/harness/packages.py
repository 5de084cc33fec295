# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests take from npm's registry: installed once, outside of the sources."""

import hashlib
import os
import pathlib
import shutil
import subprocess

import pytest


def _cache_folder(lock):
    home = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return pathlib.Path(home) / "porchlight-tests" / f"npm-{digest[:16]}"


def _npm(folder, *arguments):
    program = shutil.which("npm")
    if not program:
        pytest.skip("npm is not installed")
    return subprocess.run([program, *arguments, "--fetch-retries=1",
                           "--fetch-retry-mintimeout=1000"], cwd=folder,
                          stdin=subprocess.DEVNULL, timeout=300, check=False)


def install_packages(listed_in):
    """What the package-lock.json of a folder lists; the test is skipped where the registry cannot
    be reached. Returns the folder of modules."""
    folder = _cache_folder(listed_in / "package-lock.json")
    if folder.exists():
        return folder / "node_modules"
    fresh = folder.with_suffix(f".new-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(listed_in / name, fresh)
    ended = _npm(fresh, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund")
    if ended.returncode != 0 and _npm(fresh, "ping").returncode != 0:
        shutil.rmtree(fresh)
        pytest.skip("the npm registry cannot be reached")
    ended.check_returncode()
    fresh.rename(folder)
    return folder / "node_modules"

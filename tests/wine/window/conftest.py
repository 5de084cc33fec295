# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the window's tests under Wine. BUNDLE is the package, or a folder with it unzipped. One
Windows, and one house with a guest on its cable, for each module."""

import functools
import os
import pathlib
import shutil
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
TESTS = HERE.parents[1]
sys.path[:0] = [str(HERE), str(TESTS / "gui"), str(TESTS / "wire"), str(TESTS / "wire/peers")]
pytest.register_assert_rewrite("harness", "desk")

from harness.network import built_network  # noqa: E402
from needs import find_missing  # noqa: E402

# How meson knows tests that were skipped.
SKIPPED = 77

MISSING = find_missing() + [package for program, package in {
    "wine": "wine", "ip": "iproute2", "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64"}.items()
                            if not shutil.which(program)]
if not MISSING:
    from desk import Demo
    from wine_desk import Porchlight, Windows, find_bundle, unzip


def pytest_configure():
    if MISSING:
        pytest.exit(f"left out: Debian packages missing: {' '.join(MISSING)}", SKIPPED)
    if find_bundle() is None:
        pytest.exit("left out: BUNDLE is no package with Porchlight.exe in it", SKIPPED)
    if "PORCHLIGHT_DEMO" not in os.environ and not list(TESTS.parent.glob("build*/app/demo/porchlight-demo")):
        pytest.exit("left out: no porchlight-demo of Linux, which ./dev build makes", SKIPPED)


@pytest.fixture(scope="module")
def network():
    with built_network() as network:
        yield network


@pytest.fixture(scope="module")
def windows(network):
    windows = Windows(network.house)
    yield windows
    windows.finish()


@pytest.fixture
def demo(network):
    """An Immich where it is when nobody changed it."""
    demo = Demo(namespace=network.house, port=2283)
    yield demo
    demo.terminate()


@pytest.fixture
def start_on(tmp_path_factory):
    """Starts the program on some Windows, from a folder of its own, which it is unzipped to (place: where that
    is to be); nothing of it is left."""
    started = []

    def start(windows, settings=None, *, place=None, **options):
        folder = unzip(find_bundle(), place or tmp_path_factory.mktemp("program"))
        started.append(Porchlight(windows, folder, settings, **options))
        return started[-1]

    yield start
    for program in started:
        program.finish()


@pytest.fixture
def start(windows, start_on):
    return functools.partial(start_on, windows)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """What was to be seen when a test failed."""
    report = (yield).get_result()
    windows = item.funcargs.get("windows")
    if report.when != "call" or not report.failed or not windows:
        return
    folder = pathlib.Path(os.environ.get("GUI_TEST_PICTURES", "/tmp"))
    picture = folder / f"wine-{item.name}.png"
    windows.take_picture(picture)
    report.sections.append(("picture", str(picture)))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the window's tests: a session for each module, a stage for each test."""

import os
import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "wire")]
pytest.register_assert_rewrite("harness", "desk")

gi = pytest.importorskip("gi", reason="left out: Debian package missing: python3-gi")

from desk import Stage  # noqa: E402
from desk.session import Session, find_missing  # noqa: E402

# How meson knows tests that were skipped.
SKIPPED = 77


def pytest_configure():
    missing = find_missing()
    if missing:
        pytest.exit(f"left out: Debian packages missing: {' '.join(missing)}", SKIPPED)


@pytest.fixture(scope="module")
def session():
    session = Session()
    yield session
    session.finish()


@pytest.fixture
def stage(session, tmp_path):
    with Stage(session, tmp_path) as made:
        yield made


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """What was to be seen when a test failed."""
    report = (yield).get_result()
    stage = item.funcargs.get("stage")
    if report.when != "call" or not report.failed or not stage or not stage.program:
        return
    folder = pathlib.Path(os.environ.get("GUI_TEST_PICTURES", "/tmp"))
    picture = folder / f"{item.module.__name__}-{item.name}.png"
    stage.session.take_picture(picture)
    report.sections.append(("picture", str(picture)))
    report.sections.append(("the program's words", stage.program.words))
    if stage.window and stage.program.is_running:
        report.sections.append(("in sight", stage.window.dump()))

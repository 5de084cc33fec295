# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the window's tests. All of a run are in one session of their own, made here; the
build gives each module a run of its own."""

import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "wire")]
pytest.register_assert_rewrite("harness", "desk")

from desk.session import Session, find_missing  # noqa: E402

# How meson knows a test that was skipped.
SKIPPED = 77

_sessions = []


def pytest_configure():
    missing = find_missing()
    if missing:
        pytest.exit(f"left out: Debian packages are missing: {' '.join(missing)}", SKIPPED)
    _sessions.append(Session().start())


def pytest_unconfigure():
    while _sessions:
        _sessions.pop().finish()


@pytest.fixture(scope="session")
def session():
    return _sessions[0]


@pytest.fixture
def stage(tmp_path):
    """A stage for one test."""
    from desk import Stage

    with Stage(tmp_path) as made:
        yield made


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """What was to be seen when a test failed."""
    report = (yield).get_result()
    if report.when != "call" or not report.failed:
        return
    folder = pathlib.Path(os.environ.get("GUI_TEST_PICTURES", _sessions[0].folder.parent))
    picture = folder / f"{item.module.__name__}-{item.name}.png"
    subprocess.run(("import", "-window", "root", str(picture)), check=False, timeout=20)
    report.sections.append(("picture", str(picture)))
    stage = item.funcargs.get("stage")
    if stage and stage.program:
        report.sections.append(("the program's words", stage.program.words))
        if stage.window and stage.program.is_running:
            report.sections.append(("in sight", stage.window.dump()))

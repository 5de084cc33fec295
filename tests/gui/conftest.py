# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the window's tests: a session for each module, a stage for each test."""

import os
import pathlib
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "wire"), str(HERE.parent / "wire/peers")]
pytest.register_assert_rewrite("harness", "desk")

from harness.network import built_network  # noqa: E402
from needs import find_missing  # noqa: E402

MISSING = find_missing()
if not MISSING:
    from desk import Stage, services
    from desk.assistant import Assistant
    from desk.house import House
    from desk.session import Session

# How meson knows tests that were skipped.
SKIPPED = 77


def pytest_configure():
    if MISSING:
        pytest.exit(f"left out: Debian packages missing: {' '.join(MISSING)}", SKIPPED)


@pytest.fixture(scope="module")
def session():
    session = Session()
    yield session
    session.finish()


@pytest.fixture(scope="module")
def network():
    """A house, and a guest on its cable: two network namespaces."""
    with built_network() as network:
        yield network


@pytest.fixture
def stage(session, tmp_path):
    with Stage(session, tmp_path) as made:
        yield made


@pytest.fixture
def first_start(stage, network):
    """Starts without settings, or with those given, and has the assistant."""
    return lambda settings=None: Assistant(stage, network, settings)


@pytest.fixture
def house(stage, network):
    return House(stage, network)


@pytest.fixture
def bus(session):
    return session.environment["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def notifications(bus):
    with services.offer_notifications(bus) as made:
        yield made


@pytest.fixture
def immich(stage, network):
    """Where Immich is when nobody changed it."""
    return stage.demo(namespace=network.house, port=2283)


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

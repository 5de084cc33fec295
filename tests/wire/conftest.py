# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the wire tests: a stage of one's own for each test, or one for a whole module."""

import os

import pytest

pytest.register_assert_rewrite("harness", "smuggling_stage")

from harness import Wire, find_program  # noqa: E402
from harness.wire import encrypts  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "linux: wants what Linux alone tells")
    config.addinivalue_line("markers", "plain: says nothing of clients that encrypt")


def pytest_collection_modifyitems(items):
    if encrypts():
        for item in items:
            if item.get_closest_marker("plain"):
                item.add_marker(pytest.mark.skip(reason="for clients that do not encrypt"))


def pytest_report_header():
    reactor = os.environ.get("PORCHLIGHT_REACTOR", "default")
    clients = "encrypt" if encrypts() else "are plain"
    return f"porchlightd: {find_program()}, reactor: {reactor}, clients {clients}"


@pytest.fixture
def wire(tmp_path):
    """A stage for one test."""
    with Wire(tmp_path) as stage:
        yield stage


@pytest.fixture(scope="module")
def shared_wire(tmp_path_factory):
    """A stage for all tests of a module: for tables of cases that leave nothing behind."""
    with Wire(tmp_path_factory.mktemp("wire")) as stage:
        yield stage

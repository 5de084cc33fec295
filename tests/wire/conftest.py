# SPDX-License-Identifier: GPL-3.0-or-later
"""Fixtures of the wire tests: a stage of one's own for each test, or one for a whole module."""

import os

import pytest

pytest.register_assert_rewrite("harness", "smuggling_stage")

from harness import Wire, find_program  # noqa: E402


def pytest_configure(config):
    config.addinivalue_line("markers", "linux: wants what Linux alone tells")


def pytest_report_header():
    reactor = os.environ.get("PORCHLIGHT_REACTOR", "default")
    return f"porchlightd: {find_program()}, reactor: {reactor}"


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

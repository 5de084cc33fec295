# SPDX-License-Identifier: GPL-3.0-or-later
"""A plug-in of pytest: skips what skips.toml names, and finds fault with a name that is nobody's."""

import pathlib
import tomllib

import pytest

LIST = pathlib.Path(__file__).parent / "skips.toml"


def _is_of(item, name):
    """Whether a test is the one named `file::test`, or is of that file, or is one set of its parameters."""
    full = f"{item.path.name}::{item.nodeid.partition('::')[2]}"
    return full == name or full.startswith((name + "::", name + "["))


def pytest_collection_modifyitems(config, items):
    is_whole = not config.option.keyword and not any("::" in argument for argument in config.args)
    files = {item.path.name for item in items}
    for name, reason in tomllib.loads(LIST.read_text("utf-8")).items():
        skipped = [item for item in items if _is_of(item, name)]
        for item in skipped:
            item.add_marker(pytest.mark.skip(reason=reason))
        if is_whole and name.partition("::")[0] in files and not skipped:
            raise pytest.UsageError(f"{LIST.name}: there is no test {name}")

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tests that meson calls by their names, one by one: whoever adds a file and forgets its name has a
test that never runs. Usage: listed.py SOURCE-ROOT"""

import pathlib
import re
import sys

# Where they are, and what around a name meson adds itself.
KINDS = [("tests/gui", "test_*.py", "test_", ".py"),
         ("tests/gui", "**/*-test.c", "", "-test.c"),
         ("tests/unit", "**/*-test.c", "", "-test.c")]


def is_listed(path, prefix, suffix):
    name = path.name.removeprefix(prefix).removesuffix(suffix)
    build = (path.parent / "meson.build").read_text(encoding="utf-8")
    return re.search(f"'({re.escape(name)}|{re.escape(path.name)})'", build)


def main(root):
    forgotten = [str(path.relative_to(root))
                 for folder, pattern, *around in KINDS
                 for path in sorted((root / folder).glob(pattern))
                 if not is_listed(path, *around)]
    for path in forgotten:
        print(f"{path}: not named in the meson.build beside it, so that it never runs")
    return 1 if forgotten else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))

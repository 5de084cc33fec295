# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs of ours as modules, to be tried part by part."""

import importlib.machinery
import importlib.util


def load(path):
    """What is in the program at a path, of which nothing is run."""
    name = path.name.replace("-", "_")
    loader = importlib.machinery.SourceFileLoader(name, str(path))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(name, loader))
    loader.exec_module(module)
    return module

# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop for tests: the program in a session of its own, and hands and eyes to use it."""

from desk.controls import Control, find_application, wait_until
from desk.program import Demo, Porchlight
from desk.stage import Stage, settings_for
from desk.traffic import BELIEVED, Visitor

__all__ = ["BELIEVED", "Control", "Demo", "Porchlight", "Stage", "Visitor", "find_application", "settings_for",
           "wait_until"]

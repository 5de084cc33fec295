# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window's tests need, and the Debian packages that have it. Imports nothing of it."""

import importlib.util
import shutil

PATH = "/usr/sbin:/usr/bin:/sbin:/bin:/usr/libexec"

_PROGRAMS = {
    "Xvfb": "xvfb", "dbus-daemon": "dbus", "openbox": "openbox", "xdotool": "xdotool",
    "xclip": "xclip", "import": "imagemagick", "at-spi-bus-launcher": "at-spi2-core"}
_MODULES = {"gi": "python3-gi"}


def find_missing():
    """The packages that are needed and not there."""
    return [*(package for program, package in _PROGRAMS.items()
              if not shutil.which(program, path=PATH)),
            *(package for module, package in _MODULES.items()
              if not importlib.util.find_spec(module))]

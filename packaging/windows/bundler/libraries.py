# SPDX-License-Identifier: GPL-3.0-or-later
"""Which libraries the programs need, from their own words."""

from .pe import Image

# What Windows 10 itself has, of what is asked for. A name that is neither here nor in the prefix ends
# the bundling: the zip would not start.
OF_WINDOWS = frozenset(
    f"{name}.dll"
    for name in (
        "advapi32 bcrypt bcryptprimitives cfgmgr32 combase comctl32 comdlg32 crypt32 cryptbase dnsapi "
        "dwmapi dwrite gdi32 gdiplus hid hhctrl imm32 iphlpapi kernel32 msimg32 msvcrt ncrypt ntdll "
        "ole32 oleaut32 opengl32 powrprof propsys psapi rpcrt4 sechost secur32 setupapi shcore shell32 "
        "shlwapi ucrtbase user32 userenv usp10 uxtheme version windowscodecs winhttp winmm "
        "winspool ws2_32 wtsapi32"
    ).split()
) | {"winspool.drv"}


class MissingLibrary(Exception):
    """A library that is asked for is nowhere."""


def is_of_windows(name):
    return name.lower() in OF_WINDOWS or name.lower().startswith(("api-ms-win-", "ext-ms-win-"))


class Folders:
    """Where libraries are looked for, by name regardless of case, the first folder first."""

    def __init__(self, folders):
        self.paths = {}
        for folder in reversed(folders):
            self.paths |= {path.name.lower(): path for path in folder.glob("*.dll")}

    def find(self, name, asked_by):
        if name.lower() not in self.paths:
            raise MissingLibrary(f"{asked_by.name} asks for {name}, which is neither here nor Windows' own")
        return self.paths[name.lower()]


def needed_by(programs, folders):
    """All libraries that the programs ask for, and those ask for, in the order of their names."""
    available = Folders(folders)
    found, waiting = {}, list(programs)
    while waiting:
        asking = waiting.pop()
        for name in Image(asking).imports():
            if not is_of_windows(name) and name.lower() not in found:
                found[name.lower()] = available.find(name, asking)
                waiting.append(found[name.lower()])
    return [found[name] for name in sorted(found)]

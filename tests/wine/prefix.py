# SPDX-License-Identifier: GPL-3.0-or-later
"""Wine for the tests: where its files are (a prefix of our own, made once), and its environment."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

WINE = "/usr/lib/wine/wine64"
WINESERVER = "/usr/lib/wine/wineserver64"

# Wine's own lines would be taken for the program's.
QUIET = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe="}

# In a prefix that is whole.
MADE = "made-for-tests"


def base():
    """The prefix that all share; WINEPREFIX names another."""
    cache = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(os.environ.get("WINEPREFIX") or pathlib.Path(cache, "porchlight", "wine"))


def environment(prefix):
    return {**os.environ, **QUIET, "WINEPREFIX": str(prefix)}


def _is_made():
    """One that WINEPREFIX names may be anybody's, and is taken as it is."""
    return (base() / MADE).exists() or ("WINEPREFIX" in os.environ and (base() / "system.reg").exists())


def make():
    """Makes the shared prefix unless it was made to its end: half a minute, once. It is made beside its place:
    Wine cannot go on with one that was broken off. What an earlier run has left running is ended."""
    fresh = base().with_name(base().name + "-new")
    for folder in filter(pathlib.Path.exists, (base(), fresh)):
        end(folder)
    if _is_made():
        return
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    subprocess.run((WINE, "wineboot", "--init"), env=environment(fresh), check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run((WINESERVER, "--wait"), env=environment(fresh), check=True)
    (fresh / MADE).touch()
    if "WINEPREFIX" not in os.environ:
        shutil.rmtree(base(), ignore_errors=True)
    fresh.rename(base())


def keep(environment):
    """Returns a program under Wine that runs until it is ended, and with it what Wine starts beside the
    first one, which takes a second. The desktop comes with the first program that asks for it, and would
    keep the output of a test open: here something is asked that is nobody's."""
    shell = subprocess.Popen((WINE, "cmd.exe"), env=environment, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    shell.stdout.readline()  # it greets when it runs
    subprocess.run((WINE, "rundll32.exe", "user32.dll,GetDesktopWindow"), env=environment, check=False,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return shell


def end(prefix):
    """Ends what Wine keeps running for a prefix."""
    subprocess.run((WINESERVER, "--kill"), env=environment(prefix), check=False)


def _is_at_home():
    """Whether this is the network that the tests were started in: sockets are the wineserver's, so
    each network needs one of its own, and each of those a prefix."""
    ours = os.environ.get("WINE_NETWORK")
    return ours is None or ours == os.readlink("/proc/self/ns/net")


@contextlib.contextmanager
def another():
    """A prefix that is as good as the shared one, with a server of its own, as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="wine-", ignore_cleanup_errors=True) as folder:
        for path in base().glob("*.reg"):
            shutil.copy(path, folder)
        shutil.copytree(base() / "dosdevices", pathlib.Path(folder, "dosdevices"), symlinks=True)
        pathlib.Path(folder, "drive_c").symlink_to(base() / "drive_c")
        shutil.copy(base() / ".update-timestamp", folder)
        try:
            yield pathlib.Path(folder)
        finally:
            end(folder)


@contextlib.contextmanager
def for_this_network():
    """The shared prefix; in another network one that is as good."""
    if _is_at_home():
        yield base()
        return
    with another() as folder:
        yield folder

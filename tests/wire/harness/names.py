# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that a test may move: an /etc/hosts that the daemon alone sees, in a mount namespace of its
own. Needs root, and changes no file but its own."""

import pathlib
import shutil
import subprocess

_ENTER = 'mount --bind "$0" /etc/hosts && exec "$@"'


class Names:
    def __init__(self, folder):
        self._file = pathlib.Path(folder) / "hosts"
        self._file.write_text("")
        self._addresses = {}

    @property
    def command(self):
        """What goes before a command that is to see these names."""
        return ("unshare", "--mount", "sh", "-c", _ENTER, str(self._file))

    def are_possible(self):
        return bool(shutil.which("unshare")) and subprocess.run(
            (*self.command, "true"), capture_output=True, check=False).returncode == 0

    def point(self, name, address):
        """From now on name is at address."""
        self._addresses[name] = address
        lines = (f"{address:<40}{name}\n" for name, address in self._addresses.items())
        # In place, since the file itself is mounted; and with lines of one length, so that at no
        # moment there is half a file to be seen.
        with self._file.open("r+") as file:
            file.write("".join(lines))

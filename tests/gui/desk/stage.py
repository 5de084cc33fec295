# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of a test: demos, one porchlight before them, and its window."""

from desk.controls import find_application
from desk.program import Demo, Porchlight
from harness import Upstream


def settings_for(url, *keys, exposure="computer", ping="/api/server/ping"):
    """A settings file that sends everything to one address; keys: further lines."""
    return "\n".join(("[listen]", "port=PORT", f"exposure={exposure}", "[upstream immich]",
                      f"urls={url}", f"health-path={ping}", "[route all]", "path=/",
                      "upstream=immich", *keys))


class Stage:
    def __init__(self, session, folder):
        self.session = session
        self.folder = folder
        self.program = None
        self.window = None
        self._demos = []
        self._upstreams = []

    def demo(self, era="now", **options):
        demo = Demo(era, **options)
        self._demos.append(demo)
        return demo

    def upstream(self, script, **options):
        """Something else that answers; script and options as harness.Upstream."""
        upstream = Upstream(script, **options).listen()
        self._upstreams.append(upstream)
        return upstream

    def start(self, settings=None, *, has_window=True, **options):
        """Starts the program; its window is then `window`."""
        self.program = Porchlight(self.session, self.folder, settings, **options)
        if has_window:
            self.find_window()
        return self.program

    def find_window(self):
        self.window = find_application(self.session.accessibility, self.program.process.pid)
        self.window.find("frame", timeout_s=20)

    def show(self, page):
        """Goes to a page by the switcher."""
        self.window.find("radio button", page).press()

    def install_opener(self, *types):
        """A program for what is of these types; returns the file where it notes what it opens."""
        note, script = self.folder / "opened", self.folder / "opener.sh"
        script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >>{note}\n', encoding="utf-8")
        script.chmod(0o755)
        folder = self.folder / "home/data/applications"
        folder.mkdir(parents=True)
        (folder / "opener.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Opener\nExec={script} %u\n"
            f"MimeType={';'.join(types)};\n", encoding="utf-8")
        (folder / "mimeapps.list").write_text(
            "[Default Applications]\n" + "".join(f"{kind}=opener.desktop\n" for kind in types),
            encoding="utf-8")
        return note

    def finish(self):
        """The program's faults come first."""
        try:
            if self.program:
                self.program.finish()
        finally:
            for demo in self._demos:
                demo.terminate()
            for upstream in self._upstreams:
                upstream.finish()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.finish()

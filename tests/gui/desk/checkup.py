# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the check-up, and its lines by their titles."""

import pathlib
import re
from dataclasses import dataclass

SOURCE = pathlib.Path(__file__).parents[3] / "app/checkup/checks.c"
TITLES = re.findall(r'N_ \("([^"]+)"\)', SOURCE.read_text(encoding="utf-8"))
ANSWER, LAYOUT, LIVE, DELAY, PARTS, EARLY, SIZE, HOST, PAGES, TIMES, LOCK, SHOWN, ONWARD, CLOCK, \
    DOOR, NAME, WORLD, LINKS, PAST, SLEEP = TITLES

# Longer than all time-outs of a check-up in which nothing answers.
LONGEST_S = 90


@dataclass
class Line:
    state: str
    words: str
    advice: str
    remedy: str


class Page:
    def __init__(self, stage):
        self.stage = stage
        self.window = stage.window
        stage.show("Check-up")
        self.list = self.window.find("list box", "Checks")

    def wait(self):
        """Until it is through; the lines by their titles."""
        self.window.find("push button", "Run Again", timeout_s=LONGEST_S)
        return dict(map(read_line, self.list.children))

    def run_again(self):
        self.window.find("push button", "Run Again").press()
        return self.wait()

    def copy_report(self):
        self.window.find("push button", "Copy Report").press()
        self.window.find("push button", "Copied")
        return self.stage.session.read_clipboard()


def read_line(row):
    """The title, and what stands there beside it."""
    state, title = row.name.split(": ", 1)
    labels = [label.name for label in row.all("label", hidden=True)]
    buttons = [button.name for button in row.all("push button", hidden=True)]
    assert labels[0] == title
    shown = labels[1:] + ["", ""]
    return title, Line(state, row.description, shown[1] if row.description else shown[0],
                       "".join(buttons))

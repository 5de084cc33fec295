# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person with a screen reader has of a window: controls with a role and a name, that can be
read and pressed. Everything is asked for anew each time, nothing is remembered."""

import contextlib
import re

from gi.repository import GLib

from desk.accessibility import LABELLED_BY, ON_SCREEN, STATES
from harness.stream import TIMEOUT_S
from harness.stream import wait_until as poll_until

# The roles of what is only to be read.
WORDS = ("label", "heading", "notification", "alert")

# The cells of a long table tell little.
MAX_DUMPED = 40


def wait_until(condition, what, timeout_s=TIMEOUT_S):
    """Polls a condition of what is shown, which may go while it is looked at; returns its (true) value."""
    def look():
        with contextlib.suppress(GLib.Error):
            return condition()
        return None

    return poll_until(look, what, timeout_s)


class Control:
    def __init__(self, bus, where):
        self._bus = bus
        self._where = tuple(where)

    def __repr__(self):
        try:
            return f"<{self.role} {self.name!r}>"
        except GLib.Error:
            return "<a control that is gone>"

    def __eq__(self, other):
        return self._where == other._where

    def _call(self, interface, method, signature=None, *arguments):
        variant = GLib.Variant(signature, arguments) if signature else None
        return self._bus.call(self._where, f"org.a11y.atspi.{interface}", method, variant)

    def _get(self, interface, name):
        return self._bus.call(self._where, "org.freedesktop.DBus.Properties", "Get",
                              GLib.Variant("(ss)", (f"org.a11y.atspi.{interface}", name)))

    # What it is

    @property
    def name(self):
        """Its own name, or that of the label beside it. A combo box calls itself what is chosen."""
        name, role = self._get("Accessible", "Name"), self.role
        if name and role != "combo box" or role in ("label", "filler"):
            return name
        for kind, targets in self._call("Accessible", "GetRelationSet"):
            if kind == LABELLED_BY:
                return Control(self._bus, targets[0]).name
        return name

    @property
    def role(self):
        return self._call("Accessible", "GetRoleName")

    @property
    def description(self):
        return self._get("Accessible", "Description")

    @property
    def text(self):
        """What stands in it."""
        return self._call("Text", "GetText", "(ii)", 0, -1)

    @property
    def value(self):
        """Of a bar, a scale or a spin button."""
        return self._get("Value", "CurrentValue")

    @property
    def has_picture(self):
        """Of an icon: it may be there for one to come."""
        return self._call("Image", "GetImageSize")[0] > 0

    @property
    def chosen(self):
        """Of a combo box."""
        return Control(self._bus, self._call("Selection", "GetSelectedChild", "(i)", 0)).name

    def is_(self, *states):
        """Whether it has all of these states."""
        low, high = self._call("Accessible", "GetState")
        return all((low | high << 32) >> STATES[state] & 1 for state in states)

    @property
    def place(self):
        """x, y, width and height on the screen."""
        return self._call("Component", "GetExtents", "(u)", ON_SCREEN)

    @property
    def text_place(self):
        """Of what is written in it."""
        return self._call("Text", "GetRangeExtents", "(iiu)", 0, len(self.name), ON_SCREEN)

    @property
    def is_scrolled_away(self):
        """Cells of a table say they are showing wherever they are."""
        return self.place[0] < -10000

    @property
    def children(self):
        return [Control(self._bus, where) for where in self._call("Accessible", "GetChildren")]

    # What is in it

    def all(self, role, name=None, *, hidden=False):
        """Those in it now, in their order. role: or several. name: equal to it, or a pattern that
        it contains.
        hidden: those too that are scrolled out of sight, or on another page."""
        roles = (role,) if isinstance(role, str) else role
        states = ("visible",) if hidden else ("showing",)
        found = [Control(self._bus, where)
                 for where in self._bus.find_matches(self._where, roles, states)]
        return [control for control in found if control._is_called(name)]

    def find(self, role, name=None, *, hidden=False, timeout_s=10):
        """The first of them, which is waited for."""
        return wait_until(lambda: self.all(role, name, hidden=hidden), f"{role} {name!r}", timeout_s)[0]

    def has(self, role, name=None):
        return bool(self.all(role, name))

    def wait_until_gone(self, role, name=None):
        wait_until(lambda: not self.has(role, name), f"no {role} {name!r}")

    def read(self, pattern, **options):
        """Words in it that contain the pattern, which are waited for; returns all of them."""
        return self.find(WORDS, re.compile(pattern), **options).name

    def _is_called(self, name):
        if name is None:
            return True
        try:
            own = self.name
        except GLib.Error:
            return False
        return bool(name.search(own)) if isinstance(name, re.Pattern) else own == name

    # What can be done to it

    def press(self, action=None):
        """Does its first action, or the one of that name."""
        assert self.is_("sensitive"), f"{self!r} cannot be pressed now"
        names = [name for name, _, _ in self._call("Action", "GetActions")]
        number = names.index(action) if action else 0
        assert self._call("Action", "DoAction", "(i)", number), f"{self!r} was not pressed"
        return self

    def type(self, text):
        """Puts the text in place of what stands there."""
        assert self.is_("sensitive"), f"{self!r} takes no text now"
        assert self._call("EditableText", "SetTextContents", "(s)", text)
        return self

    def choose(self, name):
        """Of a combo box."""
        names = [item.name for item in self.children[0].children]
        assert self._call("Selection", "SelectChild", "(i)", names.index(name))

    def focus(self):
        """Which also brings it into sight."""
        assert self._call("Component", "GrabFocus"), f"{self!r} takes no focus"
        wait_until(lambda: self.is_("focused"), f"focus on {self!r}")
        return self

    def dump(self, depth=0):
        """The tree of what is in sight, for who looks for a name."""
        lines = ["  " * depth + repr(self)]
        shown = [child for child in self.children if child.is_("showing")]
        lines += [child.dump(depth + 1) for child in shown[:MAX_DUMPED]]
        return "\n".join(lines)


def find_application(bus, pid):
    """The windows of a program, as soon as it shows itself."""
    where = wait_until(lambda: bus.find_application(pid), "the program's controls", 30)
    return Control(bus, where)

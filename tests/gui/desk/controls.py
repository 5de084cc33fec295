# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person with a screen reader has of a window: controls with a role and a name, that can be
read and pressed. Everything is asked for anew each time, nothing is remembered."""

import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from harness import wait_until  # noqa: E402

_ROLES = {Atspi.role_get_name(getattr(Atspi.Role, name)): getattr(Atspi.Role, name)
          for name in dir(Atspi.Role) if name.isupper()}
_ALL, _ANY = Atspi.CollectionMatchType.ALL, Atspi.CollectionMatchType.ANY

Atspi.set_timeout(8000, 8000)


def find_application(pid):
    """The program's windows, as soon as it shows itself to screen readers."""
    def look():
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == pid:
                return child
        return None

    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.NONE)
    application = wait_until(_careful(look), "the program on the accessibility bus", 30)
    application.set_cache_mask(Atspi.Cache.NONE)
    return Control(application)


class Control:
    def __init__(self, accessible):
        self._accessible = accessible

    def __repr__(self):
        try:
            return f"<{self.role} {self.name!r}>"
        except GLib.Error:
            return "<a control that is gone>"

    # What it is

    @property
    def name(self):
        """Its own name, or that of the label beside it."""
        name = self._accessible.get_name()
        if name:
            return name
        for relation in self._accessible.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                return relation.get_target(0).get_name()
        return ""

    @property
    def role(self):
        return self._accessible.get_role_name()

    @property
    def description(self):
        return self._accessible.get_description()

    @property
    def text(self):
        """What stands in it."""
        return Atspi.Text.get_text(self._accessible, 0, -1)

    def _has(self, *states):
        held = self._accessible.get_state_set()
        return all(held.contains(state) for state in states)

    @property
    def is_showing(self):
        return self._has(Atspi.StateType.SHOWING)

    @property
    def is_sensitive(self):
        return self._has(Atspi.StateType.SENSITIVE)

    @property
    def is_checked(self):
        return self._has(Atspi.StateType.CHECKED)

    @property
    def is_pressed(self):
        return self._has(Atspi.StateType.PRESSED) or self.is_checked

    @property
    def is_active(self):
        return self._has(Atspi.StateType.ACTIVE)

    @property
    def is_focused(self):
        return self._has(Atspi.StateType.FOCUSED)

    @property
    def place(self):
        """x, y, width and height on the screen."""
        box = Atspi.Component.get_extents(self._accessible, Atspi.CoordType.SCREEN)
        return box.x, box.y, box.width, box.height

    # What is in it

    def all(self, role, name=None, states=(Atspi.StateType.SHOWING,)):
        """Those in it now, in their order. name: equal to it, or a pattern that it contains."""
        rule = Atspi.MatchRule.new(Atspi.StateSet.new(list(states)), _ALL, {}, _ALL,
                                   [_ROLES[role]], _ANY, [], _ALL, False)
        found = Atspi.Collection.get_matches(
            self._accessible, rule, Atspi.CollectionSortOrder.CANONICAL, 0, True)
        return [control for control in map(Control, found) if _fits(control, name)]

    def find(self, role, name=None, *, hidden=False, timeout_s=10):
        """The one, which is waited for. hidden: it may be scrolled out of sight."""
        states = (Atspi.StateType.VISIBLE,) if hidden else (Atspi.StateType.SHOWING,)
        found = wait_until(_careful(lambda: self.all(role, name, states)),
                           f"{role} {name!r}", timeout_s)
        return found[0]

    def has(self, role, name=None):
        return bool(self.all(role, name))

    def wait_until_gone(self, role, name=None):
        wait_until(_careful(lambda: not self.has(role, name)), f"no {role} {name!r}")

    def words(self):
        """All labels in sight."""
        return [label.name for label in self.all("label")]

    def read(self, pattern, timeout_s=10):
        """A label in it that contains the pattern, which is waited for; returns its text."""
        return self.find("label", re.compile(pattern), timeout_s=timeout_s).name

    # What can be done to it

    def press(self, action=0):
        assert self.is_sensitive, f"{self!r} cannot be pressed now"
        assert Atspi.Action.do_action(self._accessible, action), f"{self!r} was not pressed"
        return self

    def type(self, text):
        """Puts the text in place of what stands there."""
        assert self.is_sensitive, f"{self!r} takes no text now"
        assert Atspi.EditableText.set_text_contents(self._accessible, text)
        return self

    def choose(self, name):
        """Of a combo box."""
        items = self.all("menu item", states=())
        names = [item.name for item in items]
        assert Atspi.Selection.select_child(self._accessible, names.index(name))

    def focus(self):
        assert Atspi.Component.grab_focus(self._accessible), f"{self!r} takes no focus"
        wait_until(lambda: self.is_focused, f"focus on {self!r}")
        return self

    def dump(self, depth=0):
        """The tree of what is in sight, for who looks for a name."""
        lines = ["  " * depth + repr(self)]
        for index in range(self._accessible.get_child_count()):
            child = self._accessible.get_child_at_index(index)
            if child and Control(child).is_showing:
                lines.append(Control(child).dump(depth + 1))
        return "\n".join(lines)


def _fits(control, name):
    if name is None:
        return True
    try:
        own = control.name
    except GLib.Error:
        return False
    return name.search(own) is not None if isinstance(name, re.Pattern) else own == name


def _careful(look):
    """What is looked at may go meanwhile."""
    def try_look():
        try:
            return look()
        except GLib.Error:
            return None

    return try_look

# SPDX-License-Identifier: GPL-3.0-or-later
"""AT-SPI, the bus on which programs show their controls to screen readers, as plain method calls.
libatspi, which others use for this, remembers what it saw, and can wait for itself for ever."""

from gi.repository import Gio, GLib

TIMEOUT_MS = 10000

# Numbers of the protocol.
ROLES = {
    "alert": 2, "chart": 80, "check box": 7, "check menu item": 8, "combo box": 11, "dialog": 16,
    "filler": 20, "file chooser": 19, "frame": 23, "heading": 83, "icon": 26, "image": 27,
    "info bar": 102, "label": 29, "list box": 98, "list item": 32, "menu": 33, "menu item": 35,
    "notification": 101, "panel": 39, "progress bar": 42, "push button": 43, "radio button": 44,
    "scroll bar": 48, "spin button": 52, "table": 55, "table cell": 56, "table column header": 57,
    "text": 61, "toggle button": 62, "tree table": 66,
}
STATES = {"active": 1, "checked": 4, "focused": 12, "iconified": 15, "pressed": 20,
          "selected": 23, "sensitive": 24, "showing": 25, "visible": 30}
LABELLED_BY = 2
ALL, ANY = 1, 2
CANONICAL_ORDER = 1
ON_SCREEN = 0

_ROOT = "/org/a11y/atspi/accessible/root"


class Bus:
    """The accessibility bus of a session."""

    def __init__(self, session_address):
        self._session = connect(session_address)
        address, = self._session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None,
            Gio.DBusCallFlags.NONE, TIMEOUT_MS, None).unpack()
        self._connection = connect(address)

    def call(self, where, interface, method, arguments=None):
        """where: the name and path of an object; returns what the method returns."""
        reply = self._connection.call_sync(
            where[0], where[1], interface, method, arguments, None,
            Gio.DBusCallFlags.NONE, TIMEOUT_MS, None).unpack()
        return reply[0] if len(reply) == 1 else reply

    def find_application(self, pid):
        """The root of a program's controls; None while it shows none."""
        desktop = ("org.a11y.atspi.Registry", _ROOT)
        for where in self.call(desktop, "org.a11y.atspi.Accessible", "GetChildren"):
            owner = self.call(("org.freedesktop.DBus", "/org/freedesktop/DBus"),
                              "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                              GLib.Variant("(s)", (where[0],)))
            if owner == pid:
                return where
        return None

    def find_matches(self, where, roles, states):
        """All in it that have one of the roles and all the states, however deep, in their order."""
        rule = (_make_bits([STATES[state] for state in states], 2), ALL, {}, ALL,
                _make_bits([ROLES[role] for role in roles], 4), ANY, [], ALL, False)
        return self.call(where, "org.a11y.atspi.Collection", "GetMatches",
                         GLib.Variant("((aiia{ss}iaiiasib)uib)", (rule, CANONICAL_ORDER, 0, True)))

    def close(self):
        self._connection.close_sync(None)
        self._session.close_sync(None)


def connect(address):
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


def _make_bits(numbers, n_words):
    words = [0] * n_words
    for number in numbers:
        words[number // 32] |= 1 << number % 32
    return [word - (1 << 32) if word >= 1 << 31 else word for word in words]

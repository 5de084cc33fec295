# SPDX-License-Identifier: GPL-3.0-or-later
"""Trays: a panel that shows StatusNotifierItems, one for icons of X11 (XEmbed), and what is in
them. needed: programs, and the Debian packages that have them."""

import pathlib
import re

from gi.repository import Gio, GLib

from desk.accessibility import connect
from harness import wait_until

NEEDED = {"xfce4-panel": "xfce4-panel", "trayer": "trayer"}

TRAYER_SIZE = "48x32"

WATCHER = ("org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher")
PROGRAM = ("app.porchlight.Porchlight", "/app/porchlight/Porchlight")
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"

_PANEL_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="40"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="systray">
      <property name="symbolic-icons" type="bool" value="false"/>
    </property>
  </property>
</channel>
"""


def start_panel(session):
    """Xfce's, with nothing but its tray, at the top of the screen."""
    folder = pathlib.Path(session.environment["XDG_CONFIG_HOME"])
    settings = folder / "xfce4/xfconf/xfce-perchannel-xml/xfce4-panel.xml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(_PANEL_SETTINGS, encoding="ascii")
    return session.spawn("xfce4-panel", "--disable-wm-check")


def start_trayer(session):
    """In the corner of the screen, so large."""
    width, height = TRAYER_SIZE.split("x")
    return session.spawn("trayer", "--edge", "top", "--align", "left", "--widthtype", "pixel",
                         "--width", width, "--heighttype", "pixel", "--height", height)


class Notifier:
    """The bus as a panel sees it."""

    def __init__(self, session):
        self._bus = connect(session.environment["DBUS_SESSION_BUS_ADDRESS"])

    def call(self, where, interface, method, arguments=None):
        reply = self._bus.call_sync(*where, interface, method, arguments, None,
                                    Gio.DBusCallFlags.NONE, 10000, None).unpack()
        return reply[0] if len(reply) == 1 else reply

    def get(self, where, interface, name):
        return self.call(where, "org.freedesktop.DBus.Properties", "Get",
                         GLib.Variant("(ss)", (interface, name)))

    def has_watcher(self):
        return self.call(("org.freedesktop.DBus", "/org/freedesktop/DBus"), "org.freedesktop.DBus",
                         "NameHasOwner", GLib.Variant("(s)", (WATCHER[0],)))

    def list_items(self):
        """The names and paths of those that are registered."""
        try:
            items = self.get(WATCHER, WATCHER[0], "RegisteredStatusNotifierItems")
        except GLib.Error:
            return []
        return [re.match(r"([^/]+)(/.*)", item).groups() for item in items]

    def find_item(self):
        items = wait_until(self.list_items, "an item in the tray", 20)
        assert len(items) == 1
        return Item(self, items[0])

    def wait_until_empty(self):
        wait_until(lambda: not self.list_items(), "no item in the tray", 20)

    def wait_until_heard(self):
        """Until the program has taken in all that the bus told it so far: a question comes behind that, and
        is answered by the same loop."""
        self.call(PROGRAM, "org.gtk.Actions", "List")

    def finish(self):
        self._bus.close_sync(None)


class Item:
    """One icon, and its menu."""

    def __init__(self, notifier, where):
        self._notifier = notifier
        self._where = where

    def _get(self, name):
        return self._notifier.get(self._where, ITEM, name)

    @property
    def icon(self):
        return self._get("IconName")

    @property
    def icon_file(self):
        return pathlib.Path(self._get("IconThemePath")) / f"{self.icon}.svg"

    @property
    def words(self):
        """For the tooltip, and for screen readers."""
        return self._get("Title")

    @property
    def status(self):
        return self._get("Status")

    def wait_for_icon(self, name):
        wait_until(lambda: self.icon == name, f"the icon {name}")

    def click(self, method="Activate"):
        self._notifier.call(self._where, ITEM, method, GLib.Variant("(ii)", (10, 10)))

    # Its menu

    @property
    def _menu(self):
        return self._where[0], self._get("Menu")

    def read_menu(self):
        """The entries by their label, without the mark of the mnemonic: number and properties."""
        _, (_, _, children) = self._notifier.call(
            self._menu, MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))
        return {properties.get("label", "").replace("_", ""): (number, properties)
                for number, properties, _ in children if properties.get("type") != "separator"}

    def list_entries(self):
        return list(self.read_menu())

    def choose(self, label):
        number, properties = self.read_menu()[label]
        assert properties.get("enabled", True), f"{label} cannot be chosen"
        self._notifier.call(self._menu, MENU, "Event",
                            GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0)))

    def is_checked(self, label):
        return self.read_menu()[label][1].get("toggle-state") == 1

# SPDX-License-Identifier: GPL-3.0-or-later
"""Services of a desktop, made up: they do nothing, and remember what they were asked for."""

import threading

from gi.repository import Gio, GLib

from desk.accessibility import connect
from harness import wait_until

_NAME_FLAG_DO_NOT_QUEUE = 4


class Service:
    """One name on a bus, with one object. answers: by method: what it returns, or a function of
    the arguments; properties: by name."""

    def __init__(self, bus_address, name, path, xml, answers=None, properties=None):
        self.calls = []
        self._answers = answers or {}
        self._properties = properties or {}
        self._context = GLib.MainContext()
        self._loop = GLib.MainLoop.new(self._context, False)
        self._bus = connect(bus_address)
        self._path = path
        self._interface = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()
        self._thread.start()
        self._ready.wait(10)
        self._own(name)

    def _run(self):
        self._context.push_thread_default()
        self._bus.register_object(self._path, self._interface, self._call_cb, self._get_cb, None)
        self._ready.set()
        self._loop.run()
        self._context.pop_thread_default()

    def _own(self, name):
        answer, = self._bus.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
            GLib.Variant("(su)", (name, _NAME_FLAG_DO_NOT_QUEUE)), None, Gio.DBusCallFlags.NONE,
            5000, None).unpack()
        assert answer == 1, f"{name} is taken"

    def _call_cb(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        answer = self._answers.get(method)
        invocation.return_value(answer(*arguments.unpack()) if callable(answer) else answer)
        self.calls.append((method, *arguments.unpack()))

    def _get_cb(self, _bus, _sender, _path, _interface, name):
        return self._properties[name]

    def get_calls(self, method):
        """The arguments of each so far."""
        return [call[1:] for call in self.calls if call[0] == method]

    def wait_for(self, method, count=1):
        """Until there are so many; returns the arguments of the last."""
        wait_until(lambda: len(self.get_calls(method)) >= count,
                   f"{count} calls of {method}; there are {self.calls}", 20)
        return self.get_calls(method)[count - 1]

    def set(self, name, value, signal):
        """Another value of a property, told by a signal of the interface's own."""
        self._properties[name] = value
        self._bus.emit_signal(None, self._path, self._interface.name, signal, None)

    def emit(self, signal, value):
        """A signal of the interface's own, to whoever listens."""
        self._bus.emit_signal(None, self._path, self._interface.name, signal, value)

    def leave(self):
        """Goes from the bus, whoever waits for an answer."""
        self._bus.close_sync(None)

    def finish(self):
        self._bus.flush_sync(None)
        self.leave()
        self._context.invoke_full(GLib.PRIORITY_DEFAULT, lambda *_: self._loop.quit())
        self._thread.join(10)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.finish()


def offer_notifications(bus_address):
    """Calls of Notify: name, id, icon, title, text, actions, hints, duration."""
    numbers = iter(range(1, 1000))
    name, path = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    return Service(bus_address, name, path, """
        <node><interface name="org.freedesktop.Notifications">
          <method name="Notify">
            <arg type="s" direction="in"/><arg type="u" direction="in"/>
            <arg type="s" direction="in"/><arg type="s" direction="in"/>
            <arg type="s" direction="in"/><arg type="as" direction="in"/>
            <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
            <arg type="u" direction="out"/>
          </method>
          <method name="CloseNotification"><arg type="u" direction="in"/></method>
          <method name="GetCapabilities"><arg type="as" direction="out"/></method>
          <method name="GetServerInformation">
            <arg type="s" direction="out"/><arg type="s" direction="out"/>
            <arg type="s" direction="out"/><arg type="s" direction="out"/>
          </method>
          <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
          <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
        </interface></node>""", {
            "Notify": lambda *_: GLib.Variant("(u)", (next(numbers),)),
            "GetCapabilities": GLib.Variant("(as)", (["actions", "body"],)),
            "GetServerInformation": GLib.Variant("(ssss)", ("a test", "", "1", "1.2"))})


def click_first(notifications):
    """As who reads it does."""
    notifications.emit("ActionInvoked", GLib.Variant("(us)", (1, "default")))


def read_titles(notifications):
    """Of what was told so far."""
    return [call[3] for call in notifications.get_calls("Notify")]


def wait_for_titles(notifications, *titles):
    wait_until(lambda: read_titles(notifications) == list(titles),
               f"{titles}; there are {read_titles(notifications)}", 20)


def offer_power_management(bus_address):
    """That of KDE, Xfce and LXQt."""
    return Service(bus_address, "org.freedesktop.PowerManagement",
                   "/org/freedesktop/PowerManagement/Inhibit", """
        <node><interface name="org.freedesktop.PowerManagement.Inhibit">
          <method name="Inhibit">
            <arg type="s" direction="in"/><arg type="s" direction="in"/>
            <arg type="u" direction="out"/>
          </method>
          <method name="UnInhibit"><arg type="u" direction="in"/></method>
        </interface></node>""", {"Inhibit": GLib.Variant("(u)", (77,))})


def offer_session_manager(bus_address):
    """That of GNOME."""
    return Service(bus_address, "org.gnome.SessionManager", "/org/gnome/SessionManager", """
        <node><interface name="org.gnome.SessionManager">
          <method name="RegisterClient">
            <arg type="s" direction="in"/><arg type="s" direction="in"/>
            <arg type="o" direction="out"/>
          </method>
          <method name="UnregisterClient"><arg type="o" direction="in"/></method>
          <method name="Inhibit">
            <arg type="s" direction="in"/><arg type="u" direction="in"/>
            <arg type="s" direction="in"/><arg type="u" direction="in"/>
            <arg type="u" direction="out"/>
          </method>
          <method name="Uninhibit"><arg type="u" direction="in"/></method>
          <property name="SessionIsActive" type="b" access="read"/>
        </interface></node>""", {
            "RegisterClient": GLib.Variant("(o)", ("/org/gnome/SessionManager/Client1",)),
            "Inhibit": GLib.Variant("(u)", (77,))},
        {"SessionIsActive": GLib.Variant("b", True)})


def offer_file_manager(bus_address):
    """A program that shows files in their folders."""
    return Service(bus_address, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1", """
        <node><interface name="org.freedesktop.FileManager1">
          <method name="ShowItems">
            <arg type="as" direction="in"/><arg type="s" direction="in"/>
          </method>
        </interface></node>""")


def offer_login(bus_address, action, after_us):
    """The system's login service, which says what an idle computer does."""
    return Service(bus_address, "org.freedesktop.login1", "/org/freedesktop/login1", """
        <node><interface name="org.freedesktop.login1.Manager">
          <property name="IdleAction" type="s" access="read"/>
          <property name="IdleActionUSec" type="t" access="read"/>
        </interface></node>""", properties={
            "IdleAction": GLib.Variant("s", action), "IdleActionUSec": GLib.Variant("t", after_us)})


def offer_watcher(bus_address, has_host=True):
    """Of items in a tray, which it shows nobody; has_host: it says that somebody does."""
    return Service(bus_address, "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", """
        <node><interface name="org.kde.StatusNotifierWatcher">
          <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
          <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
          <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
          <property name="ProtocolVersion" type="i" access="read"/>
          <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
          <signal name="StatusNotifierHostRegistered"/>
          <signal name="StatusNotifierHostUnregistered"/>
        </interface></node>""", properties={
            "IsStatusNotifierHostRegistered": GLib.Variant("b", has_host),
            "ProtocolVersion": GLib.Variant("i", 0),
            "RegisteredStatusNotifierItems": GLib.Variant("as", [])})

# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium, spoken to in its DevTools protocol: JSON messages that end with NUL, over
two pipes that the browser has as its descriptors 3 and 4."""

import contextlib
import json
import os

from harness import wait_until
from programs import find, running

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-extensions", "--no-first-run", "--no-proxy-server", "--mute-audio",
    "--window-size=1280,2400", "--remote-debugging-pipe")


class Browser:
    """One page."""

    def __init__(self, to_browser, from_browser):
        self._to_browser = to_browser
        self._from_browser = from_browser
        self._rest = b""
        self._last_id = 0
        self._session = None
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        attached = self._call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]

    def _read_message(self):
        while b"\0" not in self._rest:
            octets = os.read(self._from_browser, 65536)
            assert octets, "the browser went away"
            self._rest += octets
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def _call(self, method, **parameters):
        self._last_id += 1
        request = {"id": self._last_id, "method": method, "params": parameters}
        if self._session:
            request["sessionId"] = self._session
        os.write(self._to_browser, json.dumps(request).encode() + b"\0")
        while (message := self._read_message()).get("id") != self._last_id:
            pass  # an event
        assert "error" not in message, message
        return message["result"]

    def open(self, url):
        self._call("Page.navigate", url=url)

    def evaluate(self, expression):
        """The value of an expression of JavaScript."""
        result = self._call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def wait_for(self, expression, timeout_s=30):
        """Waits until an expression is true."""
        wait_until(lambda: self.evaluate(expression), expression, timeout_s)


def _to_descriptors_3_and_4(reads, writes):
    """In the browser-to-be; first out of the way, since one may be where the other belongs."""
    reads = os.dup2(reads, 103, inheritable=False)
    writes = os.dup2(writes, 104, inheritable=False)
    os.dup2(reads, 3)
    os.dup2(writes, 4)


@contextlib.contextmanager
def running_browser(folder, within=()):
    """A browser whose files are in `folder`; within: a command that starts it in surroundings of its own."""
    program = find("chromium")
    for_browser, to_browser = os.pipe()
    from_browser, of_browser = os.pipe()
    command = [*within, program, *_FLAGS, f"--user-data-dir={folder}/profile"]
    with open(folder / "chromium.log", "w") as log, running(
            command, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)},
            close_fds=False, preexec_fn=lambda: _to_descriptors_3_and_4(for_browser, of_browser)):
        os.close(for_browser)
        os.close(of_browser)
        try:
            yield Browser(to_browser, from_browser)
        finally:
            os.close(to_browser)
            os.close(from_browser)

# SPDX-License-Identifier: GPL-3.0-or-later
"""An evening at home, played before the program for its pictures: phones and computers of a network
like most look at photos, bring some, and make a mistake or two."""

import contextlib
import math
import random
import threading
import time

from desk.traffic import DEVICES, Visitor
from harness.network import Network

LAN = "192.168.1.0"
HOUSE = "192.168.1.20"
GUESTS = ("192.168.1.23", "192.168.1.31", "192.168.1.40", "192.168.1.52", "192.168.1.64")
PORT = 8080

MEGABYTE = 1_000_000

# Sends and reads so much at once, some times a second.
STEP_S = 0.1

_SECRETS = {"Cookie": "immich_access_token=5XQm0bq2hT9xw1; immich_auth_type=password"}


def make_network():
    return Network({LAN: tuple(f"{address}/24" for address in (HOUSE, *GUESTS))})


def _picture(number):
    return f"/api/assets/5eed0000-0000-4000-8000-{number % 48:012x}"


class Evening:
    """Each guest is a thread, until `end`."""

    def __init__(self, network):
        self._network = network
        self._over = threading.Event()
        self._lively = threading.Event()
        self._lively.set()
        self._acts = [threading.Thread(target=self._play, args=(act,), daemon=True)
                      for act in (self._bring_videos, self._bring_one, self._scroll, self._watch,
                                  self._read)]
        for act in self._acts:
            act.start()

    def visit(self, number, device, **options):
        return Visitor(PORT, device, HOUSE, lambda: self._network.connect_from_guest(LAN, PORT, number),
                       **options)

    @contextlib.contextmanager
    def calm(self):
        """Meanwhile the guests begin nothing by themselves."""
        self._lively.clear()
        yield
        self._lively.set()

    def end(self):
        self._over.set()
        self._lively.set()
        for act in self._acts:
            act.join(20)

    def _play(self, act):
        """The program may end first."""
        try:
            act(random.Random(act.__name__))
        except OSError:
            pass

    def _rest(self, seconds):
        """Returns whether the evening goes on."""
        return not self._over.wait(seconds)

    def _bring_videos(self, chance):
        phone = self.visit(0, "android")
        while self._rest(chance.uniform(2, 9)):
            self._bring(phone.begin_upload("IMG_2041.MOV", 800 * MEGABYTE), chance, 8)

    def _bring_one(self, chance):
        self._bring(self.visit(2, "ios").begin_upload("IMG_0117.MOV", 640 * MEGABYTE), chance, 2.4)

    def _bring(self, upload, chance, megabytes_a_second):
        second = 0
        while self._rest(STEP_S) and upload.sent < upload.size:
            second += STEP_S
            speed = megabytes_a_second * (1 + 0.3 * math.sin(second / 9) + chance.uniform(-0.1, 0.1))
            upload.send(int(speed * MEGABYTE * STEP_S))
        if self._over.is_set():
            upload.give_up()
        else:
            upload.finish()

    def _scroll(self, chance):
        """Through the timeline, with a look at a picture now and then."""
        phone = self.visit(2, "ios")
        phone.get("/api/server/ping")
        number = 0
        while self._rest(chance.uniform(0.3, 2.5)):
            self._lively.wait()
            for _ in range(chance.randrange(6, 24)):
                phone.get(f"{_picture(number)}/thumbnail?size=thumbnail")
                number += 1
                if not self._rest(chance.uniform(0.01, 0.06)):
                    return
            if chance.random() < 0.4:
                phone.get(f"{_picture(number)}/original")

    def _watch(self, chance):
        """A video, in ranges, as browsers ask for one."""
        browser = self.visit(4, "chrome", secrets=_SECRETS)
        browser.get("/", Accept="text/html")
        start = 0
        while self._rest(chance.uniform(0.5, 3)):
            self._lively.wait()
            size = chance.randrange(4, 14) * MEGABYTE
            browser.get(f"{_picture(7)}/video/playback", Range=f"bytes={start}-{start + size - 1}")
            start = (start + size) % (400 * MEGABYTE)
            if chance.random() < 0.2:
                browser.get(f"{_picture(start)}/thumbnail?size=preview")

    def _read(self, chance):
        tablet = self.visit(3, "safari", secrets=_SECRETS)
        while self._rest(chance.uniform(4, 9)):
            self._lively.wait()
            tablet.get("/api/server/version")
            for number in range(chance.randrange(1, 6)):
                tablet.get(f"{_picture(20 + number)}/thumbnail?size=preview")

    # What is looked at closer

    def look_in(self):
        """A person at a computer, who mistypes the password; returns the live connection."""
        browser = self.visit(1, "firefox")
        browser.get("/", Accept="text/html")
        browser.get("/api/server/config")
        browser.log_in("dmeo")
        browser.log_in()
        for number in range(5):
            browser.get(f"{_picture(number)}/thumbnail?size=thumbnail")
        return self._keep_a_live_connection()

    def _keep_a_live_connection(self):
        live = self.visit(1, "firefox").connect()
        live.sendall((
            "GET /api/socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
            f"Host: {HOUSE}:{PORT}\r\nUser-Agent: {DEVICES['firefox']}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Cookie: {_SECRETS['Cookie']}\r\n\r\n").encode())
        live.recv(4096)
        return live

    def bring_photos(self):
        """A phone brings two, and goes away in the middle of the third."""
        phone = self.visit(0, "android", secrets=_SECRETS)
        phone.upload("IMG_2038.JPG", 4 * MEGABYTE)
        phone.upload("IMG_2039.JPG", 5 * MEGABYTE)
        upload = phone.begin_upload("IMG_2040.MOV", 86 * MEGABYTE)
        for _ in range(6):
            upload.send(MEGABYTE)
            time.sleep(STEP_S)
        upload.give_up()

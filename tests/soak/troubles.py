# SPDX-License-Identifier: GPL-3.0-or-later

"""What happens to a computer in a month, within minutes: each trouble is a coroutine that makes it,
waits, and puts things right again."""

import asyncio
import resource
import signal
import struct
import time

DAY_S = 86400


class Troubles:
    def __init__(self, house, rng):
        self.house, self.rng = house, rng
        self.counts = {}

    async def happen(self, until):
        """One after another, each kind as often as another, until it is that late. The calm between
        two is what shows that a trouble is over."""
        kinds = [
            self.kill_upstream, self.slow_upstream, self.stick_upstream, self.half_close_upstream,
            self.reload, self.change_exposure, self.exhaust_descriptors, self.fill_disk,
            self.step_clock, self.put_to_sleep,
        ]  # fmt: skip
        due = []
        while time.monotonic() < until:
            due = due or self.rng.sample(kinds, len(kinds))
            trouble = due.pop()
            self.counts[trouble.__name__] = self.counts.get(trouble.__name__, 0) + 1
            await trouble()
            await asyncio.sleep(self.rng.uniform(0.5, 2))

    async def last(self, least, most):
        await asyncio.sleep(self.rng.uniform(least, most))

    async def kill_upstream(self):
        self.house.upstream.kill()
        await self.last(0.2, 4)
        await self.house.upstream.start()

    async def mood(self, name):
        self.house.upstream.tell(name)
        await self.last(1, 4)
        self.house.upstream.tell("well")

    async def slow_upstream(self):
        await self.mood("slow")

    async def stick_upstream(self):
        await self.mood("stuck")

    async def half_close_upstream(self):
        await self.mood("half")

    async def reload(self):
        self.house.settings["response-timeout-s"] = self.rng.randint(60, 600)
        await self.house.reload()

    async def change_exposure(self):
        for exposure in ("network", "computer"):
            self.house.settings["exposure"] = exposure
            await self.house.reload()
            await self.last(0, 1)

    async def exhaust_descriptors(self):
        pid = self.house.daemon.pid
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        room = self.house.daemon.count_descriptors() + self.rng.randint(0, 4)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (room, before[1]))
        await self.last(1, 3)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)

    async def fill_disk(self):
        """The access log goes to where there is never room, and comes back."""
        began = time.monotonic()
        self.house.settings["access-log"] = "/dev/full"
        await self.house.reload()
        await self.last(1, 3)
        self.house.settings["access-log"] = self.house.access_log
        await self.house.reload()
        self.house.deaf.append((began, time.monotonic() + 1))

    async def step_clock(self):
        """A day ahead, a day back, and right again."""
        for offset in (DAY_S, -DAY_S, 0):
            self.house.clock.write(struct.pack("q", offset))
            self.house.clock.seek(0)
            await self.last(0.2, 1)

    async def put_to_sleep(self):
        self.house.daemon.send_signal(signal.SIGSTOP)
        await self.last(0.5, 3)
        self.house.daemon.send_signal(signal.SIGCONT)

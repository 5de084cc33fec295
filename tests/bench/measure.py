# SPDX-License-Identifier: GPL-3.0-or-later

"""Reads what processes cost from /proc."""

import os
import platform
import re
from pathlib import Path


def tree(pid):
    """The process and its descendants: nginx works in a child of the one that was started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid] + [member for child in children for member in tree(int(child))]


def cpu_ns(pids):
    """CPU time of all threads. schedstat counts nanoseconds; the ticks of /proc/PID/stat are too
    coarse for a second of work. What ksoftirqd does in a proxy's stead is not in it: below 1.5 % of
    the proxy's own time, but 2 to 8 % where it splices."""
    return sum(
        int(path.read_text().split()[0])
        for pid in pids
        for path in Path(f"/proc/{pid}/task").glob("*/schedstat")
    )


def memory_kb(pids, *fields):
    """The sum of fields of /proc/PID/status, as VmHWM or RssAnon."""
    total = 0
    for pid in pids:
        status = Path(f"/proc/{pid}/status").read_text()
        total += sum(int(re.search(rf"^{field}:\s+(\d+)", status, re.M)[1]) for field in fields)
    return total


def accepted_connections():
    """TCP connections accepted since boot, by everybody in this network namespace."""
    lines = Path("/proc/net/snmp").read_text().splitlines()
    names, values = (line.split() for line in lines if line.startswith("Tcp:"))
    return int(values[names.index("PassiveOpens")])


class Cores:
    """Who runs where. The proxy has a core for itself, and the load and the upstream another, so
    that every contestant meets the same: the kernel charges the work of a loopback packet to
    whoever happens to run on its core."""

    def __init__(self):
        self.all = sorted(os.sched_getaffinity(0))
        if len(self.all) < 2:
            raise SystemExit("bench: two cores are needed, one for the proxy and one for the load")

    def split(self, workers):
        """The cores (of the proxy, of the load). Two workers on less than four cores share all."""
        if workers == 1:
            return {self.all[0]}, {self.all[1]}
        if len(self.all) >= 2 * workers:
            return set(self.all[:workers]), set(self.all[workers : 2 * workers])
        return set(self.all), set(self.all)


CORES = Cores()


def machine():
    """One line on what the figures were taken on."""
    model = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(), re.M)
    congestion = Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip()
    return (
        f"{model[1].strip() if model else platform.machine()}, {len(CORES.all)} cores, "
        f"Linux {platform.release()}, TCP {congestion}"
    )

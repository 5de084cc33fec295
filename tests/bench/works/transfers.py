# SPDX-License-Identifier: GPL-3.0-or-later

"""Big bodies, one at a time."""

import time

import load
from works.work import Figure, Work

GB = 10**9


def transfer(send):
    def cpu_and_speed(contestant, effort):
        with load.arena(contestant) as proxy:
            send(proxy.port, GB // 100)
            before = proxy.cpu_ns()
            began = time.monotonic()
            send(proxy.port, GB)
            took = time.monotonic() - began
            return (proxy.cpu_ns() - before) / 1e9, GB / took / 1e6

    return cpu_and_speed


def upload_memory(contestant, effort):
    """Peak resident memory, shared libraries and all; and by how much it rose after the first
    gigabyte, which is what tells a relay from a buffer."""
    with load.arena(contestant) as proxy:
        load.upload(proxy.port, GB)
        early = proxy.memory_kb("VmHWM")
        load.upload(proxy.port, effort.upload_gb * GB)
        peak = proxy.memory_kb("VmHWM")
    return peak / 1024, (peak - early) / 1024


def transfer_figures(ratio_limit):
    return Figure("CPU s", 2, ratio_limit=ratio_limit), Figure("MB/s", 0)


JUDGED = (
    Work("download-1g", "1 GB download", transfer_figures(0.85), transfer(load.download)),
    Work("upload-1g", "1 GB upload", transfer_figures(0.85), transfer(load.upload)),
)

ALSO = (
    Work(
        "upload-memory",
        "upload of {upload_gb} GB",
        (
            Figure("peak resident MB", 1, own_limit=24),
            Figure("MB more than after the first GB", 1, own_limit=1),
        ),
        upload_memory,
        rounds_at_most=1,
    ),
)

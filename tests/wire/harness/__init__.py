# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients, upstreams and the daemon between them, for tests that read as a short story."""

from harness.client import HOST, Client, request_head
from harness.daemon import (ENVIRONMENT, Daemon, find_program, free_port, make_command,
                            run_to_end)
from harness.message import Malformed, Truncated
from harness.stream import Ended, Stream, StreamError, TimedOut, wait_until
from harness.upstream import Upstream, answer
from harness.wire import SCHEME, Wire, listen_section, one_upstream, two_parts

__all__ = [
    "ENVIRONMENT", "HOST", "SCHEME", "Client", "Daemon", "Ended", "Malformed", "Stream",
    "StreamError", "TimedOut", "Truncated", "Upstream", "Wire", "answer", "find_program", "free_port",
    "listen_section", "make_command", "one_upstream", "request_head",
    "run_to_end", "two_parts", "wait_until",
]

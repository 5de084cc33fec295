# SPDX-License-Identifier: GPL-3.0-or-later

"""The words in which the works are written down."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One number a work yields: a row of the table. Less is better where there is a limit."""

    name: str
    digits: int = 1
    ratio_limit: float | None = None  # of ours / the best peer's
    floor_limit: float | None = None  # of ours / the bare relay's
    own_limit: float | None = None  # of ours


@dataclass(frozen=True)
class Effort:
    """How much work goes into a measurement."""

    rounds: int
    seconds: int
    upload_gb: int  # of the upload whose memory is watched


@dataclass(frozen=True)
class Work:
    """Something the proxies are made to do. @measure takes a contestant and the effort, starts the
    contestant afresh and returns a value for each figure."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    measure: Callable
    rounds_at_most: int = 99  # fewer where a measurement is long, or exact
    encrypted: bool = False  # by TLS, between the client and the proxy
    for_guests: bool = False  # who asks may see what was shared by link alone
    is_ours_alone: bool = False  # no peer takes part

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refuses an include that points up or across. Includes are written from the root, so an include
line shows which layer it crosses; docs/architecture.md says why each may use what it uses."""

import re
import sys
from pathlib import Path

# For each folder what of ours it may include beside itself: folders (with what is below them) and
# single headers. The longest entry that fits a file is its own.
MAY_USE = {
    "net/i18n.h": [],
    "net/http": [],
    "net/route": ["net/http", "net/i18n.h"],
    "net/io": ["net/http", "net/route/address.h"],
    "net/upstream": ["net/http", "net/route", "net/io", "net/i18n.h"],
    "net/exchange": ["net/http", "net/route", "net/io", "net/upstream"],
    "net/client": ["net/http", "net/route", "net/exchange"],
    "net/proxy": [
        "net/route",
        "net/io",
        "net/upstream",
        "net/exchange",
        "net/client",
        "net/i18n.h",
    ],
    "app/i18n.h": [],
    "app/system": ["app/i18n.h"],
    "app/demo": ["app/i18n.h"],
    "app/model": ["app/system", "app/i18n.h", "net/proxy/proxy.h", "net/http/mask.h"],
    "app": ["app", "net/proxy/proxy.h", "net/route/loop.h"],
    "gui/application": ["app", "gui"],
    "gui": [
        "app/model",
        "app/engine/engine.h",
        "app/export",
        "app/settings",
        "app/finder",
        "app/checkup",
        "app/i18n.h",
    ],
    "tests": ["net", "app", "gui", "tests"],
}

# Libraries that belong to some folders alone: the beginning of the header's name, and where.
LIBRARIES = {
    "gtk/": ["gui", "tests"],
    "gdk/": ["gui", "tests"],
    "libsoup/": ["net/upstream", "app/demo", "app/finder", "app/checkup", "tests"],
    "json-glib/": ["net/upstream", "app", "tests"],
    "gio/": ["net/route", "net/io", "net/upstream", "net/proxy", "app", "gui", "tests"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def is_in(path, place):
    """Whether a path is that place, or below it."""
    return path == place or path.startswith(place + "/")


def layer_of(path):
    return max((place for place in MAY_USE if is_in(path, place)), key=len, default=None)


def fault_of_own(path, layer, header):
    """What is wrong with an include of one of our headers; None if nothing is."""
    if header.startswith(".") or "/../" in header:
        return "is not written from the root"
    if layer_of(header) is None:
        return "is of no known folder"
    if not any(is_in(header, place) for place in [layer, *MAY_USE[layer]]):
        return f"is not for {layer}"
    return None


def fault_of_library(path, header):
    for beginning, places in LIBRARIES.items():
        if header.startswith(beginning) and not any(is_in(path, place) for place in places):
            return f"is for {', '.join(places)} alone"
    return None


def faults_of(path, text):
    """The faults of a file, as lines to show; path is relative to the root."""
    layer = layer_of(path)
    if layer is None:
        yield f"{path}: of no known folder: see MAY_USE in {Path(__file__).name}"
        return
    for match in INCLUDE.finditer(text):
        own, library = match.groups()
        fault = fault_of_own(path, layer, own) if own else fault_of_library(path, library)
        if fault:
            line = text.count("\n", 0, match.start(0)) + 1
            yield f"{path}:{line}: {own or library} {fault}"


# What must be refused, so that a check which refuses nothing is noticed; and what must not.
REFUSED = [
    ("net/http/head.c", '#include "net/io/stream.h"'),
    ("net/http/head.c", "#include <gio/gio.h>"),
    ("net/http/head.c", '#include "../io/stream.h"'),
    ("net/http/head.c", '#include "stream.h"'),
    ("net/route/table.c", '#include "net/proxy/config.h"'),
    ("net/io/relay.c", '#include "net/upstream/endpoint.h"'),
    ("net/io/relay.c", '#include "net/route/rewrite.h"'),
    ("net/exchange/reply.c", '#include "net/client/http1/session.h"'),
    ("net/exchange/exchange.h", '#include "net/proxy/worker.h"'),
    ("net/client/http1/session.c", '#include "net/proxy/worker.h"'),
    ("net/io/relay.c", "#  include <libsoup/soup.h>"),
    ("net/proxy/proxy.c", '#include "app/model/device.h"'),
    ("net/proxy/proxy.c", "#include <gtk/gtk.h>"),
    ("app/demo/api.c", '#include "net/http/head.h"'),
    ("app/daemon/daemon.c", '#include "net/proxy/worker.h"'),
    ("app/daemon/daemon.c", '#include "gui/home.h"'),
    ("app/settings/build.c", "#include <gtk/gtk.h>"),
    ("gui/home.c", '#include "net/proxy/proxy.h"'),
    ("gui/application/application.c", '#include "net/proxy/proxy.h"'),
    ("elsewhere/new.c", ""),
]
ALLOWED = [
    ("net/http/head.c", '#include "net/http/head.h"\n#include <glib.h>\n#include <string.h>'),
    ("net/client/http1/session.c", '#include "net/exchange/exchange.h"'),
    ("net/proxy/proxy.c", '#include "net/upstream/health.h"'),
    ("app/daemon/daemon.c", '#include "net/proxy/proxy.h"\n#include "app/demo/demo.h"'),
    ("app/model/device.c", '#include "net/proxy/proxy.h"'),
    ("gui/home.c", '#include "app/model/device.h"\n#include <gtk/gtk.h>'),
]


def check_oneself():
    for path, text in REFUSED:
        assert list(faults_of(path, text)), f"{path} with {text} was not refused"
    for path, text in ALLOWED:
        assert not list(faults_of(path, text)), f"{path} with {text} was refused"


def main(root):
    check_oneself()
    folders = [root / name for name in ("net", "app", "gui", "tests") if (root / name).is_dir()]
    files = sorted(f for folder in folders for f in folder.rglob("*.[ch]"))
    faults = [
        fault
        for file in files
        for fault in faults_of(file.relative_to(root).as_posix(), file.read_text("utf-8"))
    ]
    print("\n".join(faults) or f"{len(files)} files include only what their folders may use")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))

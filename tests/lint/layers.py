#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Refuses an include that points up or across, what one system alone has outside the files for it, and
circles. Includes are written from the root, so an include line shows which layer it crosses;
docs/architecture.md says why each may use what it uses."""

import re
import sys
from pathlib import Path

# For each folder what of ours it may include beside itself: folders (with what is below them) and
# single headers. The longest entry that fits a file is its own.
MAY_USE = {
    "net/i18n.h": [],
    "net/http": [],
    "net/route": ["net/http", "net/i18n.h"],
    "net/guard": ["net/http", "net/route"],
    "net/io": ["net/http", "net/route/address.h", "net/i18n.h"],
    "net/upstream": ["net/http", "net/route", "net/io", "net/i18n.h"],
    "net/exchange": ["net/http", "net/route", "net/guard", "net/io", "net/upstream"],
    "net/client": ["net/http", "net/route", "net/guard", "net/io", "net/exchange"],
    "net/proxy": [
        "net/route",
        "net/guard",
        "net/io",
        "net/upstream",
        "net/exchange",
        "net/client",
        "net/i18n.h",
    ],
    "app/i18n.h": [],
    "app/system": ["app/i18n.h"],
    "app/certificates": ["app/system", "app/i18n.h"],
    "app/demo": ["app/i18n.h"],
    "app/model": ["app/system", "app/i18n.h", "net/proxy/proxy.h", "net/http/mask.h"],
    "app": ["app", "net/proxy/proxy.h", "net/route/loop.h"],
    "app/finder": [
        "app",
        "net/proxy/proxy.h",
        "net/route/loop.h",
        "net/upstream/http1.h",
        "net/upstream/trust.h",
    ],
    "gui/application": [
        "app/model",
        "app/engine",
        "app/log/spool.h",
        "app/settings",
        "app/system",
        "app/update",
        "app/i18n.h",
        "gui",
    ],
    "gui": [
        "app/model",
        "app/engine/engine.h",
        "app/opening",
        "app/export",
        "app/settings",
        "app/finder",
        "app/checkup",
        "app/update/update.h",
        "app/i18n.h",
    ],
    "tests": ["net", "app", "gui", "tests"],
}

# Libraries that belong to some folders alone: the beginning of the header's name, and where.
LIBRARIES = {
    "gtk/": ["gui", "tests"],
    "gdk/": ["gui", "tests"],
    "libsoup/": ["net/upstream", "app/acme", "app/demo", "app/finder", "app/checkup", "tests"],
    "openssl/": ["net/io", "app/acme", "app/certificates", "app/update", "tests"],
    "nghttp2/": ["net/client/http2", "tests"],
    "json-glib/": ["net/upstream", "app", "tests"],
    "gio/": ["net/route", "net/io", "net/upstream", "net/proxy", "app", "gui", "tests"],
}

# What one system alone has: its headers, and the files they may stand in. The name says which systems a
# file is for; the platform of Linux has names of its own.
LINUX_FILES = r"|net/io/(linux_connection|platform_epoll)\.c"
SYSTEMS = [
    (r"fcntl\.h", r".*_(unix|posix|linux|systemd|macos|windows)\.c|tests/.*" + LINUX_FILES),
    (
        r"(unistd|poll|pwd|grp|signal|ifaddrs|termios|netdb|glib-unix)\.h|gio/g(unix|desktop).*"
        r"|(sys|net|netinet|arpa|linux)/.*",
        r".*_(unix|posix|linux|systemd|macos)\.c|tests/.*" + LINUX_FILES,
    ),
    (
        r"(windows|winsock2|ws2tcpip|mswsock|mstcpip|winternl|iphlpapi|shellapi|shlobj|knownfolders"
        r"|powrprof|winreg|io|netfw|aclapi|tlhelp32)\.h|gio/gwin32.*",
        r".*_windows\.[ch]",
    ),
    (r"(mach|IOKit|CoreFoundation)/.*|mach-o/.*|libproc\.h", r".*_macos\.c"),
]

# Nothing of ours asks the compiler which system it builds for: meson chooses files. The one #ifndef
# left is for a macro that GLib may have.
CONDITION = re.compile(r"^\s*#\s*(?:el)?if(?:n?def)?\b(?!\s+N_$).*", re.MULTILINE)

# Files that know each other in a circle, a header and its .c being one, and why that is better than
# none. What is not here is refused, and so is what is here no more.
CIRCLES = {
    ("net/io/deadline", "net/io/reactor"): "deadlines queue tasks, and the reactor wakes for them",
    ("net/io/relay", "net/io/relay_chunk", "net/io/relay_gather", "net/io/relay_vet"): (
        "parts of the relay, which has their state"
    ),
    ("net/exchange/exchange", "net/exchange/exchange_state", "net/exchange/reply"): (
        "the driver and its state; the reply is a step of it"
    ),
    ("app/model/header_diff", "app/model/header_words"): "the words are of what the other one finds",
    (
        "app/demo/api",
        "app/demo/demo",
        "app/demo/live",
        "app/demo/maintenance",
        "app/demo/media",
        "app/demo/routes",
        "app/demo/share",
        "app/demo/share_links",
        "app/demo/site",
        "app/demo/upload",
    ): "the site is made of its pages, which all look up what it has",
    ("app/engine/engine", "app/engine/engine_private"): "the inside of a class, for its files",
    ("gui/settings/languages", "gui/settings/words"): (
        "choices are rows of words, those of languages made while the program runs"
    ),
    ("gui/application/actions", "gui/application/application", "gui/application/command_line"): (
        "actions are the application's; the command line names some of them"
    ),
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


def fault_of_system(path, header):
    for headers, files in SYSTEMS:
        if re.fullmatch(headers, header) and not re.fullmatch(files, path):
            return f"is for files named {files} alone"
    return None


def faults_of_conditions(path, text):
    if is_in(path, "tests"):
        return
    for match in CONDITION.finditer(text):
        line = text.count("\n", 0, match.start(0)) + 1
        yield f"{path}:{line}: {match.group(0).strip()}: a file a system, chosen by meson, instead"


def fault_of_system(path, header):
    for headers, files in SYSTEMS:
        if re.fullmatch(headers, header) and not re.fullmatch(files, path):
            return "is of one system: it stands in a file for that alone"
    return None


def faults_of_conditions(path, text):
    if is_in(path, "tests"):
        return
    for match in CONDITION.finditer(text):
        line = text.count("\n", 0, match.start(0)) + 1
        yield f"{path}:{line}: {match.group(0).strip()}: a file a system, chosen by meson, instead"


def faults_of(path, text):
    """The faults of a file, as lines to show; path is relative to the root."""
    layer = layer_of(path)
    if layer is None:
        yield f"{path}: of no known folder: see MAY_USE in {Path(__file__).name}"
        return
    for match in INCLUDE.finditer(text):
        own, library = match.groups()
        if own:
            fault = fault_of_own(path, layer, own)
        else:
            fault = fault_of_library(path, library) or fault_of_system(path, library)
        if fault:
            line = text.count("\n", 0, match.start(0)) + 1
            yield f"{path}:{line}: {own or library} {fault}"
    yield from faults_of_conditions(path, text)


def graph_of(texts, name_of):
    """Who includes whom, from a dictionary of paths and texts, by the names that name_of() gives."""
    graph = {}
    for path, text in texts.items():
        uses = graph.setdefault(name_of(path), set())
        uses |= {name_of(own) for own, _ in INCLUDE.findall(text) if own}
        uses.discard(name_of(path))
    return graph


def reach_of(graph, start):
    """All that is got to from there; itself only if it is in a circle."""
    reached, next_ones = set(), list(graph.get(start, ()))
    while next_ones:
        name = next_ones.pop()
        if name not in reached:
            reached.add(name)
            next_ones += graph.get(name, ())
    return reached


def circles_of(graph):
    """Sets of names that all lead to each other, sorted."""
    reach = {name: reach_of(graph, name) for name in graph}
    return {
        tuple(sorted(other for other in reach[name] if name in reach.get(other, ())))
        for name in graph
        if name in reach[name]
    }


def faults_of_circles(texts, known):
    texts = {path: text for path, text in texts.items() if not is_in(path, "tests")}
    for circle in sorted(circles_of(graph_of(texts, lambda path: path.rpartition("/")[0]))):
        yield f"folders in a circle: {', '.join(circle)}"
    circles = circles_of(graph_of(texts, lambda path: path.rpartition(".")[0]))
    for circle in sorted(circles - set(known)):
        yield f"files in a circle that CIRCLES gives no reason for: {', '.join(circle)}"
    for circle in sorted(set(known) - circles):
        yield f"CIRCLES has one that is none any more, or another one: {', '.join(circle)}"


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
    ("app/log/output.c", "#include <unistd.h>"),
    ("app/log/output.c", "#include <sys/stat.h>"),
    ("app/daemon/daemon.c", "#include <glib-unix.h>"),
    ("app/system/process_windows.c", "#include <unistd.h>"),
    ("app/system/process_unix.c", "#include <windows.h>"),
    ("net/io/gsocket.c", "#include <netinet/in.h>"),
    ("net/io/gsocket.c", "#ifdef TCP_KEEPIDLE"),
    ("net/io/gsocket.c", "#  if defined(__linux__)"),
    ("gui/tray/tray.c", "#ifdef G_OS_UNIX"),
]
ALLOWED = [
    ("net/http/head.c", '#include "net/http/head.h"\n#include <glib.h>\n#include <string.h>'),
    ("net/client/http1/session.c", '#include "net/exchange/exchange.h"'),
    ("net/proxy/proxy.c", '#include "net/upstream/health.h"'),
    ("app/daemon/daemon.c", '#include "net/proxy/proxy.h"\n#include "app/demo/demo.h"'),
    ("app/model/device.c", '#include "net/proxy/proxy.h"'),
    ("gui/home.c", '#include "app/model/device.h"\n#include <gtk/gtk.h>'),
    ("app/system/process_unix.c", "#include <unistd.h>\n#include <sys/resource.h>"),
    ("app/system/clock_linux.c", "#include <time.h>"),
    ("net/io/platform_epoll.c", "#include <sys/epoll.h>"),
    ("net/io/vanished_windows.c", "#include <winsock2.h>"),
    ("tests/unit/io/fixture.c", "#include <unistd.h>\n#ifdef __linux__"),
    ("net/i18n.h", "#ifndef N_"),
]
ROUND_TRIP = {"net/io/a.c": '#include "net/io/b.h"', "net/io/b.h": '#include "net/io/a.h"'}
WRONG_CIRCLES = [
    (ROUND_TRIP, {}),
    ({"net/io/a.c": '#include "net/io/a.h"'}, {("net/io/a", "net/io/b"): "of before"}),
    ({"net/io/a.c": '#include "net/b/b.h"', "net/b/c.c": '#include "net/io/d.h"'}, {}),
]


def check_oneself():
    for path, text in REFUSED:
        assert list(faults_of(path, text)), f"{path} with {text} was not refused"
    for path, text in ALLOWED:
        assert not list(faults_of(path, text)), f"{path} with {text} was refused"
    for texts, known in WRONG_CIRCLES:
        assert len(list(faults_of_circles(texts, known))) == 1, f"{texts} was not refused"
    assert not list(faults_of_circles(ROUND_TRIP, {("net/io/a", "net/io/b"): "a reason"}))


def main(root):
    check_oneself()
    folders = [root / name for name in ("net", "app", "gui", "tests") if (root / name).is_dir()]
    files = sorted(f for folder in folders for f in folder.rglob("*.[ch]"))
    texts = {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in files}
    faults = [fault for path, text in texts.items() for fault in faults_of(path, text)]
    faults += faults_of_circles(texts, CIRCLES)
    print("\n".join(faults) or f"{len(files)} files include only what their folders may use")
    for circle, reason in CIRCLES.items():
        print(f"in a circle: {', '.join(circle)}: {reason}")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()))

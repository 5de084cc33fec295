# SPDX-License-Identifier: GPL-3.0-or-later

"""What strangers may see of Immich (net/route/share_table.c), said to nginx and HAProxy as whoever knows
them best would: what is one path is looked up, only the rest are patterns. It is made easy for them:
they do not look at methods, nor at the key of a link."""

import re
from pathlib import Path

TABLE = Path(__file__).parents[2] / "net/route/share_table.c"

PATTERNS = {
    "{id}": "[0-9A-Fa-f-]{36}",
    "{key}": "[A-Za-z0-9_-]{67}",
    "{slug}": "[^/]+",
    "{name}": "[A-Za-z0-9_~.-]+",
    "{names}": "[A-Za-z0-9_~./-]+",
}

# Nobody serves that but the upstream of the benchmark, by which it is known that a proxy answers.
ALSO = ["/bytes/2"]

ANSWER = '{"error":"Not Found","reason":"not-shared"}'


def read_table():
    """(paths, patterns), as many as there are rows in ours."""
    found = re.findall(r'^  ROW \("[A-Z]+", "([^"]+)", "([^"]*)"', TABLE.read_text(), re.M)
    rows = [fixed + rest for fixed, rest in found]
    if len(rows) < 50:
        raise SystemExit(f"bench: {TABLE} is not what it was")
    paths = [row for row in rows if "{" not in row]
    patterns = [re.escape(row).replace("\\{", "{").replace("\\}", "}") for row in rows if "{" in row]
    for word, pattern in PATTERNS.items():
        patterns = [row.replace(word, pattern) for row in patterns]
    return [*dict.fromkeys(paths + ALSO)], [*dict.fromkeys(patterns)]


def nginx_map():
    paths, patterns = read_table()
    lines = [f"{path} 1;" for path in paths] + [f'"~^{pattern}$" 1;' for pattern in patterns]
    return "\n        ".join(["map $uri $is_shown {", "default 0;", *lines]) + "\n    }"


def nginx_rule():
    return f"default_type application/json;\n        if ($is_shown = 0) {{ return 404 '{ANSWER}'; }}"


def haproxy_rules():
    paths, patterns = read_table()
    acls = [f"acl shown path {' '.join(paths)}"] + [f"acl shown path_reg ^{row}$" for row in patterns]
    answer = ANSWER.replace('"', '\\"')
    refusal = f'http-request return status 404 content-type application/json string "{answer}" if !shown'
    return "\n    ".join([*acls, refusal])

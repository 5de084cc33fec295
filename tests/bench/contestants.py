# SPDX-License-Identifier: GPL-3.0-or-later

"""The proxies compared, each with the configuration a person would give it for Immich, and with what
makes it fastest at the work."""

import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import measure

# As Immich's documentation sets it up, with Debian's defaults around it. Three changes in nginx's
# favour: its connections to the upstream are kept (the documented "Connection: upgrade" ends each),
# there is room for the idle connections the benchmark opens, and {option} is what is best for a work.
NGINX_CONF = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes {workers};
worker_rlimit_nofile {files};
events {{ worker_connections {files}; }}
http {{
    sendfile on;
    tcp_nopush on;
    types_hash_max_size 2048;
    gzip off;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;

    map $http_upgrade $connection_upgrade {{
        default upgrade;
        ''      '';
    }}
    map $http_x_forwarded_proto $forwarded_protocol {{
        default $scheme;
        http    http;
        https   https;
    }}
    upstream server {{
        server 127.0.0.1:{upstream};
        keepalive 64;
    }}
    server {{
        listen 127.0.0.1:{port};
        client_max_body_size 50000M;
        proxy_request_buffering off;
        client_body_buffer_size 1024k;
        {option}
        proxy_read_timeout 600s;
        proxy_send_timeout 600s;
        send_timeout 600s;
        proxy_http_version 1.1;
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        proxy_set_header Host $http_host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $forwarded_protocol;
        location / {{ proxy_pass http://server; }}
    }}
}}
"""

# HAProxy stops keeping connections to the upstream when a quarter of its descriptors is in use; the
# benchmark's idle clients are not meant to cause that.
HAPROXY_CFG = """
global
    nbthread {workers}
    maxconn 12000
    ulimit-n {files}
    no strict-limits
    tune.pool-low-fd-ratio 90
    tune.pool-high-fd-ratio 95

defaults
    mode http
    {option}
    http-reuse always
    timeout connect 5s
    timeout client 600s
    timeout server 600s
    timeout tunnel 1h
    timeout http-keep-alive 75s

frontend client
    bind 127.0.0.1:{port}
    option forwardfor
    http-request set-header X-Real-IP %[src]
    http-request set-header X-Forwarded-Proto http
    http-request set-header X-Forwarded-Host %[req.hdr(Host)]
    default_backend immich

backend immich
    server server 127.0.0.1:{upstream}
"""

PORCHLIGHT_INI = """
[listen]
port={port}
exposure=computer
workers={workers}

[upstream immich]
urls=http://127.0.0.1:{upstream}

[route all]
path=/
upstream=immich
"""

# Descriptors a process may have: 10,000 idle clients need more than the 1,024 a shell gives.
FILES = 20000

PORCHLIGHTD = os.environ.get("PORCHLIGHTD", "build/app/porchlightd")
TOOLS = Path(os.environ.get("BENCH_TOOLS", "build/tests/bench"))


@dataclass(frozen=True)
class Running:
    """A proxy, or the upstream, that answers."""

    port: int
    pid: int

    @property
    def pids(self):
        return measure.tree(self.pid)

    def cpu_ns(self):
        return measure.cpu_ns(self.pids)

    def memory_kb(self, *fields):
        return measure.memory_kb(self.pids, *fields)


@dataclass(frozen=True)
class Contestant:
    """A proxy that can be started. The words of @command may hold {config}, the name of a file with
    @config, {port} and {upstream}; @absent says what a table shows when the program is not there."""

    name: str
    command: tuple
    config: str
    version_option: str = ""  # none: it has no versions
    absent: str = "not installed"
    option: str = ""
    only: tuple = ()  # the works it takes part in, if not in all

    def is_there(self):
        return shutil.which(self.command[0]) is not None

    def version(self):
        said = subprocess.run(
            [self.command[0], self.version_option], capture_output=True, text=True, check=False
        )
        return re.search(r"\d+\.\d+[\w.+-]*", said.stdout + said.stderr)[0]

    def takes_part(self, work):
        return not self.only or work in self.only

    @contextmanager
    def run(self, upstream, workers=1):
        """Runs the proxy before the upstream, on the cores that are the proxy's."""
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            os.chmod(folder, 0o755)  # nginx's workers are another user when root starts it
            port = free_port()
            config = Path(folder, "config")
            values = {
                "folder": folder,
                "port": port,
                "upstream": upstream.port,
                "workers": workers,
                "files": FILES,
                "option": self.option,
            }
            config.write_text(self.config.format(**values))
            command = [word.format(config=config, **values) for word in self.command]
            with start(command, port, measure.CORES.split(workers)[0]) as proxy:
                yield proxy


PORCHLIGHT = Contestant(
    "Porchlight",
    (PORCHLIGHTD, "--config", "{config}"),
    PORCHLIGHT_INI,
    "--version",
    absent="not built",
)

# nginx relays as it receives, which is what Immich's bundled one did, or gathers answers in large
# buffers (never in files); HAProxy copies or splices. Neither way is best at everything.
NGINX = Contestant(
    "nginx",
    ("/usr/sbin/nginx", "-c", "{config}"),
    NGINX_CONF,
    "-v",
    option="proxy_buffering off; proxy_buffer_size 16k; proxy_buffers 64 4k; "
    "proxy_busy_buffers_size 24k;",
)
NGINX_BUFFERING = Contestant(
    "nginx, buffering",
    NGINX.command,
    NGINX_CONF,
    NGINX.version_option,
    option="proxy_buffer_size 16k; proxy_buffers 16 256k; proxy_busy_buffers_size 1m; "
    "proxy_max_temp_file_size 0;",
    only=("get-1k-64", "get-20k-32", "download-1g"),
)
HAPROXY = Contestant("HAProxy", ("/usr/sbin/haproxy", "-db", "-f", "{config}"), HAPROXY_CFG, "-v")
HAPROXY_SPLICING = Contestant(
    "HAProxy, splicing",
    HAPROXY.command,
    HAPROXY_CFG,
    HAPROXY.version_option,
    option="option splice-request\n    option splice-response",
    only=("get-1k-64", "get-20k-32", "get-1k-new", "download-1g", "upload-1g"),
)

# No peer: what nobody who stands between can be cheaper than.
BARE_RELAY = Contestant(
    "bare relay",
    (f"{TOOLS}/bench-relay", "{port}", "{upstream}"),
    "",
    absent="not built",
    only=("get-1k-64", "get-20k-32"),
)

PEERS = (NGINX, NGINX_BUFFERING, HAPROXY, HAPROXY_SPLICING)
ALL = (PORCHLIGHT, *PEERS, BARE_RELAY)


def free_port():
    """A port below those the kernel gives to clients, so that no connection can take it."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def answers(port):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        client.request("GET", "/bytes/2")
        return client.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def wait_until_it_answers(process, port):
    """A port that is open is not enough: nginx opens it before it starts its workers."""
    deadline = time.monotonic() + 10
    while process.poll() is None and time.monotonic() < deadline:
        if answers(port):
            return
        time.sleep(0.01)
    raise RuntimeError(f"{process.args[0]} does not answer on port {port}")


@contextmanager
def start(command, port, cores):
    """Runs a program on some cores from when it answers on a port to the end of the block."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=said,
            preexec_fn=lambda: os.sched_setaffinity(0, cores),
        )
        try:
            wait_until_it_answers(process, port)
            yield Running(port, process.pid)
        except Exception:
            said.seek(0)
            sys.stderr.write(said.read()[-2000:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

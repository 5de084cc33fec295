# SPDX-License-Identifier: GPL-3.0-or-later

"""The proxies compared, each with the configuration a person would give it for Immich, and with what
makes it fastest at the work."""

import os
from dataclasses import replace

import guests
from running import TOOLS, Contestant

# As Immich's documentation sets it up, with Debian's defaults around it. Three changes in nginx's
# favour: its connections to the upstream are kept (the documented "Connection: upgrade" ends each),
# there is room for the idle connections the benchmark opens, and {option} is what is best for a work.
NGINX_CONF = """
daemon off;
pcre_jit on;
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
    {tuning}
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
        keepalive 512;
    }}
    server {{
        listen 127.0.0.1:{port}{bind};
        client_max_body_size 50000M;
        proxy_request_buffering off;
        client_body_buffer_size 1024k;
        {option}
        {rules}
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
    {tuning}
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
    bind 127.0.0.1:{port}{bind}
    {rules}
    option forwardfor
    http-request set-header X-Real-IP %[src]
    http-request set-header X-Forwarded-Proto %[ssl_fc,iif(https,http)]
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
{option}
{rules}
"""

PORCHLIGHTD = os.environ.get("PORCHLIGHTD", "build/app/porchlightd")

PORCHLIGHT = Contestant(
    "Porchlight",
    (PORCHLIGHTD, "--config", "{config}"),
    PORCHLIGHT_INI,
    "--version",
    absent="not built",
    is_ours=True,
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

# And all of them encrypted. They never end a connection by themselves, since the next handshake
# would be charged to the requests.
PORCHLIGHT_TLS = replace(
    PORCHLIGHT,
    encrypted=True,
    option="[tls]\nmode=files\n"
    "certificate={folder}/certificate.pem\nkey={folder}/certificate.pem\n",
)

NGINX_OPTION_TLS = """
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/certificate.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_session_cache shared:sessions:16m;
        keepalive_requests 1000000000;
"""
NGINX_TLS = replace(
    NGINX, encrypted=True, bind=" ssl http2", option=NGINX_OPTION_TLS + NGINX.option
)
NGINX_BUFFERING_TLS = replace(
    NGINX_BUFFERING,
    encrypted=True,
    bind=" ssl http2",
    option=NGINX_OPTION_TLS + NGINX_BUFFERING.option,
    only=("tls-get-1k-64", "tls-download-1g", "h2-get-20k"),
)

HAPROXY_TLS = replace(
    HAPROXY, encrypted=True, bind=" ssl crt {folder}/certificate.pem alpn h2,http/1.1"
)
HAPROXY_LARGE_TLS = replace(
    HAPROXY_TLS,
    name="HAProxy, large buffers",
    tuning="tune.bufsize 131072",
    only=("tls-get-1k-64", "tls-download-1g", "tls-upload-1g", "h2-get-20k"),
)

# And where strangers may see what was shared by link. Who asks is a stranger by what a proxy says that
# is trusted, which the others need not know.
PORCHLIGHT_GUESTS = replace(
    PORCHLIGHT,
    for_guests=True,
    rules="[forwarding]\ntrusted-proxies=127.0.0.0/8\n[door]\nworld=links\n",
)
NGINX_GUESTS = replace(
    NGINX, for_guests=True, tuning=guests.nginx_map(), rules=guests.nginx_rule()
)
HAPROXY_GUESTS = replace(HAPROXY, for_guests=True, rules=guests.haproxy_rules())

PLAIN_PEERS = (NGINX, NGINX_BUFFERING, HAPROXY, HAPROXY_SPLICING)
TLS_PEERS = (NGINX_TLS, NGINX_BUFFERING_TLS, HAPROXY_TLS, HAPROXY_LARGE_TLS)
GUESTS_PEERS = (NGINX_GUESTS, HAPROXY_GUESTS)
PEERS = PLAIN_PEERS + TLS_PEERS + GUESTS_PEERS
ALL = (
    *(PORCHLIGHT, *PLAIN_PEERS, BARE_RELAY),
    *(PORCHLIGHT_TLS, *TLS_PEERS),
    *(PORCHLIGHT_GUESTS, *GUESTS_PEERS),
)

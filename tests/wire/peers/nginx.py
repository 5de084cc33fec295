# SPDX-License-Identifier: GPL-3.0-or-later
"""An nginx of a test's own: one process, all its files in one folder."""

import contextlib
import pathlib
import socket

from harness import free_port, wait_until
from programs import find, running

_CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    access_log off;
    default_type application/octet-stream;
    types {{ text/plain txt; image/jpeg jpg; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/www;
        {server}
    }}
}}
"""


class Nginx:
    def __init__(self, folder, port):
        self.www = folder / "www"
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def accepts(self):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


@contextlib.contextmanager
def running_nginx(folder, server):
    """nginx with the directives of one server, of files in .www."""
    folder = pathlib.Path(folder)
    nginx = Nginx(folder, free_port())
    nginx.www.mkdir(parents=True)
    config = folder / "nginx.conf"
    config.write_text(_CONFIG.format(folder=folder, port=nginx.port, server=server))
    command = [find("nginx"), "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(config)]
    with running(command):
        wait_until(nginx.accepts, "nginx to listen")
        yield nginx

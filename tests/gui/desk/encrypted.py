# SPDX-License-Identifier: GPL-3.0-or-later
"""An Immich that speaks HTTPS: something that encrypts, in front of a demo."""

import contextlib
import socket
import threading

from harness.tls import TlsSocket


@contextlib.contextmanager
def encrypt(demo, certificate):
    """Where the demo can be asked over https."""
    context = certificate.server_context()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, context, demo.port), daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener, context, port):
    with contextlib.suppress(OSError):
        while True:
            client, _ = listener.accept()
            threading.Thread(target=_serve, args=(client, context, port), daemon=True).start()


def _serve(client, context, port):
    with contextlib.suppress(OSError):
        near = TlsSocket(client, context, server_side=True)
        with client, socket.create_connection(("127.0.0.1", port)) as far:
            threading.Thread(target=_pass_on, args=(far, near), daemon=True).start()
            _pass_on(near, far)


def _pass_on(source, sink):
    with contextlib.suppress(OSError):
        while octets := source.recv(65536):
            sink.sendall(octets)
        sink.shutdown(socket.SHUT_WR)

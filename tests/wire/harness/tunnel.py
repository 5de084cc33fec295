# SPDX-License-Identifier: GPL-3.0-or-later
"""Both parts of a WebSocket's handshake, for tests of what comes after it."""

WEBSOCKET = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
             "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
SWITCHING = ("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")


def open_tunnel(client, *fields):
    """The client's part; the fields may ask for another protocol."""
    client.ask("GET", "/api/socket.io/?transport=websocket", *(fields or WEBSOCKET))
    head = client.read_response_head()
    assert head.status == 101
    return head


def switch(conn):
    """The upstream's part."""
    request = conn.read_request()
    conn.send(SWITCHING)
    return request

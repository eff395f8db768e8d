#!/usr/bin/env python3
"""Prints what alerts say. Needs nothing but Python.

    listen.py 9000                                    be the server that a ws node's "url" names
    listen.py ws://127.0.0.1:8080/ws/alerts/alerts    be a client of a ws node that says "inbound: true"
"""
import base64
import hashlib
import os
import socketserver
import socket
import struct
import sys
from urllib.parse import urlsplit

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def head(stream):
    """The lines of a handshake, up to the empty one."""
    return [line.strip() for line in iter(stream.readline, b"\r\n") if line.strip()]


def frames(stream, write, mask):
    """Yields the texts that come in, whole, and answers pings."""
    text = b""
    while True:
        start = stream.read(2)
        if len(start) < 2:
            return
        kind, size = start[0] & 15, start[1] & 127
        if size == 126:
            size = struct.unpack("!H", stream.read(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", stream.read(8))[0]
        key = stream.read(4) if start[1] & 128 else bytes(4)
        data = bytes(byte ^ key[at % 4] for at, byte in enumerate(stream.read(size)))
        if kind in (8, 9):  # a close is answered with a close, a ping with a pong
            ours = os.urandom(4) if mask else b""
            body = bytes(byte ^ ours[at % 4] for at, byte in enumerate(data)) if mask else data
            write(bytes([128 | (8 if kind == 8 else 10), len(data) | (128 if mask else 0)]) + ours + body)
            if kind == 8:
                return
        elif kind < 3:
            text += data
            if start[0] & 128:
                yield text.decode()
                text = b""


class Server(socketserver.StreamRequestHandler):
    def handle(self):
        fields = dict(line.decode().split(": ", 1) for line in head(self.rfile) if b": " in line)
        key = {name.lower(): value for name, value in fields.items()}["sec-websocket-key"]
        accept = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
        self.wfile.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: " + accept + "\r\n\r\n").encode())
        for text in frames(self.rfile, self.wfile.write, False):
            print(text, flush=True)


def client(url):
    where = urlsplit(url)
    line = socket.create_connection((where.hostname, where.port or 80))
    target = where.path + ("?" + where.query if where.query else "")
    key = base64.b64encode(os.urandom(16)).decode()
    line.sendall(("GET " + target + " HTTP/1.1\r\nHost: " + where.netloc + "\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n\r\n").encode())
    stream = line.makefile("rb")
    answer = head(stream)[0].decode()
    if " 101 " not in answer + " ":
        sys.exit(answer)
    for text in frames(stream, line.sendall, True):
        print(text, flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        if sys.argv[1].isdigit():
            socketserver.ThreadingTCPServer.allow_reuse_address = True
            with socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Server) as server:
                server.daemon_threads = True
                server.serve_forever()
        else:
            client(sys.argv[1])
    except KeyboardInterrupt:
        pass

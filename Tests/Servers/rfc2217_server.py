#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Serves a terminal over TCP by RFC 2217, with the port manager of pyserial, and prints the port it listens on.

usage: rfc2217_server.py TERMINAL        (ends when its standard input does)
"""
import os
import socket
import sys
import threading

import serial
import serial.rfc2217


class Terminal(serial.Serial):
    """A pseudo-terminal, which has no modem lines to ask for."""

    cts = dsr = ri = cd = property(lambda self: False)


class Connection:
    def __init__(self, client):
        self.client = client
        self.lock = threading.Lock()

    def write(self, data):
        with self.lock:
            self.client.sendall(data)


def serve(client, terminal):
    connection = Connection(client)
    manager = serial.rfc2217.PortManager(terminal, connection)
    alive = True

    def to_client():
        while alive:
            data = terminal.read(terminal.in_waiting or 1)
            if data:
                try:
                    connection.write(b"".join(manager.escape(data)))
                except OSError:
                    return

    reader = threading.Thread(target=to_client, daemon=True)
    reader.start()
    try:
        while data := client.recv(1024):
            terminal.write(b"".join(manager.filter(data)))
    except OSError:
        pass
    alive = False
    reader.join()
    client.close()


def main():
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    terminal = Terminal(sys.argv[1], 1200, timeout=0.05)
    while True:
        client, _ = listener.accept()
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        serve(client, terminal)


main()

#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""In the guest: runs the shell commands that come over the virtio-serial port, one JSON line each way."""
import json
import subprocess

PORT = "/dev/virtio-ports/hall"

with open(PORT, "r+b", buffering=0) as port:
    waiting = b""
    while True:
        waiting += port.read(4096) or b""
        while b"\n" in waiting:
            line, waiting = waiting.split(b"\n", 1)
            asked = json.loads(line)
            try:
                done = subprocess.run(
                    ["bash", "-c", asked["run"]], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT, timeout=asked["timeout"])
                answer = {"code": done.returncode, "out": done.stdout.decode(errors="replace")}
            except subprocess.TimeoutExpired as error:
                answer = {"code": 124, "out": (error.stdout or b"").decode(errors="replace")}
            port.write(json.dumps({"id": asked["id"]} | answer).encode() + b"\n")

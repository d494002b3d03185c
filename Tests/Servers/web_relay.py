#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A web process with pads behind it, written from WebAPI.md and Devices.md and from nothing else.

It shares no line and no language with the gateway. Its pads are state machines of this process: each logs in, submits
ratings one after the other, sends each again until it is thanked for it, and answers each prompt that it gets. At the
end it prints what its pads remember as one line of JSON.
"""
import argparse
import json
import selectors
import socket
import sys
import time

IN_FLIGHT = 8  # WebAPI.md, "Limits"


class Gateway:
    """The socket: lines out and in, and who waits for which answer."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.partial = b""
        self.last = 0
        self.waiting = {}

    def ask(self, method, params, answered):
        self.last += 1
        self.waiting[self.last] = answered
        request = {"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}
        self.socket.sendall(json.dumps(request).encode() + b"\n")

    def take(self, pads):
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the gateway hung up")
        *lines, self.partial = (self.partial + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "id" in message:
                self.waiting.pop(message["id"])(message.get("result"), message.get("error"))
                continue
            pad = pads.get(message["params"]["connection"])
            if pad is None:
                raise ValueError(f"a notification for a connection that was never named: {line}")
            if message["method"] == "pad.send":
                pad.heard(json.loads(message["params"]["text"]))
            elif message["method"] == "pad.close":
                pad.closed = message["params"]["reason"]
            else:
                raise ValueError(f"an unknown notification: {line}")


class Pad:
    """A pad on this side of its WebSocket."""

    def __init__(self, gateway, name, key, window, ratings):
        self.gateway, self.name, self.key, self.window = gateway, name, key, window
        self.connection = None
        self.queue, self.in_flight = [], 0
        self.unsent = [f"{name}-{number}" for number in range(ratings)]
        self.open = {}
        self.thanked, self.refused, self.prompted, self.errors = [], 0, [], []
        self.closed = None
        self.logged_in = False

    def connect(self, pads):
        def answered(result, error):
            if error:
                self.errors.append(error["data"]["code"])
                self.closed = "refused"
                return
            self.connection = result["connection"]
            pads[self.connection] = self
            self.say("Login", {"winNum": self.window, "userCode": "0042"})
        self.gateway.ask("pad.connect", {
            "pad": self.name, "key": self.key, "address": "192.0.2.1", "agent": "web_relay.py"}, answered)

    def say(self, method, param):
        self.post({"method": method, "param": param})

    def post(self, message):
        self.queue.append(json.dumps(message, ensure_ascii=False))
        self.flush()

    def flush(self):
        while self.queue and self.in_flight < IN_FLIGHT and self.closed is None:
            self.in_flight += 1
            self.gateway.ask("pad.message", {"connection": self.connection, "text": self.queue.pop(0)}, self.taken)

    def taken(self, _, error):
        self.in_flight -= 1
        if error:
            self.errors.append(error["data"]["code"])
        self.flush()

    def heard(self, message):
        if message.get("method") == "RateQuest":
            self.prompted.append(message["param"])
            self.post({"request": "RateQuest", "code": 0, "result": None})
            self.submit(message["param"]["rateId"])
        elif message.get("request") == "Login":
            self.logged_in = message["code"] == 0
            self.next()
        elif message.get("request") == "RateSubmit" and self.open:
            # Answers name no rating: a pad has one under way at a time.
            rate_id = next(iter(self.open))
            del self.open[rate_id]
            if message["code"] == 0:
                self.thanked.append(rate_id)
            else:
                self.refused += 1
            self.next()

    def submit(self, rate_id):
        if self.open:
            self.unsent.insert(0, rate_id)
            return
        self.open[rate_id] = time.monotonic()
        self.say("RateSubmit", {"rateId": rate_id, "attitude": 4, "quality": 5, "efficiency": 5, "honest": 5})

    def next(self):
        if self.unsent and not self.open:
            self.submit(self.unsent.pop(0))

    def resend(self):
        for rate_id, since in list(self.open.items()):
            if time.monotonic() - since > 2:
                del self.open[rate_id]
                self.submit(rate_id)

    def is_done(self, prompts):
        return self.closed is not None or (
            self.logged_in and not self.unsent and not self.open and len(self.prompted) >= prompts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("socket")
    parser.add_argument("pads", help="name:key:winNum, with commas between")
    parser.add_argument("--ratings", type=int, default=1)
    parser.add_argument("--prompts", type=int, default=0, help="how many prompts each pad waits for")
    parser.add_argument("--seconds", type=float, default=30)
    arguments = parser.parse_args()
    gateway = Gateway(arguments.socket)
    pads, known = {}, [
        Pad(gateway, *words.split(":"), arguments.ratings) for words in arguments.pads.split(",")]
    for pad in known:
        pad.connect(pads)
    selector = selectors.DefaultSelector()
    selector.register(gateway.socket, selectors.EVENT_READ)
    end = time.monotonic() + arguments.seconds
    told = False
    while time.monotonic() < end and not all(pad.is_done(arguments.prompts) for pad in known):
        if selector.select(0.2):
            gateway.take(pads)
        for pad in known:
            pad.resend()
        if not told and all(pad.logged_in or pad.closed for pad in known):
            told = True
            print("ready", flush=True)
    print(json.dumps({pad.name: {
        "thanked": pad.thanked, "refused": pad.refused, "prompted": pad.prompted, "errors": pad.errors,
        "closed": pad.closed, "open": list(pad.open)} for pad in known}, ensure_ascii=False), flush=True)
    sys.exit(0 if all(pad.is_done(arguments.prompts) for pad in known) else 1)


main()

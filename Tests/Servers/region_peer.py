#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A region of somebody else's making: the calls of StandInRegion.md, written from that document alone.

usage: region_peer.py CERTIFICATE KEY [HOST [PORT]]

Prints the port it listens on. Obeys lines on its standard input and answers each with a JSON line: `counts` tells what
it holds, `answer STATUS` answers every call so from then on (0: as it should), `hangup` ends every connection. Ends when
its standard input does.
"""
import http.server
import json
import re
import socket
import ssl
import sys
import threading
import time

REQUIRED = ("projectNo", "serviceNumber", "pf", "satisfaction", "assessTime", "assessNumber")


class Region:
    def __init__(self):
        self.lock = threading.Lock()
        self.ratings = {}
        self.keys = {}
        self.repeats = 0
        self.refused = 0
        self.starts = []
        self.status = 0

    def evaluate(self, ratings):
        """Takes each rating once, by its id and by the region's own key."""
        with self.lock:
            self.starts.append(time.monotonic())
            return [self.take(rating) for rating in ratings]

    def take(self, rating):
        word, message = self.judge(rating)
        if word == "duplicate":
            self.repeats += 1
        if word == "rejected":
            self.refused += 1
        return {"id": rating["id"], "result": word, "message": message}

    def judge(self, rating):
        for field in REQUIRED:
            if not str(rating.get(field, "")):
                return "rejected", "缺少必填项 " + field
        if not re.fullmatch(r"[1-5]", rating["satisfaction"]):
            return "rejected", "satisfaction"
        if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", rating["assessTime"]):
            return "rejected", "assessTime"
        if rating["satisfaction"] in "12" and not (rating.get("evalDetail") or rating.get("writingEvaluation")):
            return "rejected", "差评须有评价详情或文字评价"
        if rating["id"] in self.ratings:
            return "duplicate", "评价已接收"
        key = (rating["projectNo"], rating["serviceNumber"], str(rating["assessNumber"]))
        if key in self.keys:
            return "duplicate", "评价数据不可重复"
        self.ratings[rating["id"]] = rating
        self.keys[key] = rating["id"]
        return "accepted", ""

    def counts(self):
        with self.lock:
            most = max((sum(a <= b < a + 1 for b in self.starts) for a in self.starts), default=0)
            return {
                "received": len(self.ratings),
                "repeats": self.repeats,
                "refused": self.refused,
                "batches": len(self.starts),
                "mostInASecond": most,
                "seconds": self.starts[-1] - self.starts[0] if self.starts else 0,
            }


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    region = Region()

    def reply(self, status, value):
        body = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        self.reply(self.region.status or 200, {"success": self.region.status == 0})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.region.status:
            return self.reply(self.region.status, {"success": False, "message": "系统维护中"})
        try:
            ratings = json.loads(body)["evaluate"]
        except (ValueError, KeyError):
            return self.reply(400, {"success": False, "message": "报文无法解析"})
        self.reply(200, {"success": True, "results": self.region.evaluate(ratings)})

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, address, context):
        super().__init__(address, Handler)
        self.context = context
        self.connections = set()

    def finish_request(self, request, address):
        """Speaks TLS on the connection's own thread, so that one silent client holds up nobody."""
        request.settimeout(60)
        try:
            with self.context.wrap_socket(request, server_side=True) as secured:
                self.connections.add(secured)
                super().finish_request(secured, address)
                self.connections.discard(secured)
        except OSError:
            pass

    def hang_up(self):
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def main():
    certificate, key, host, port = (sys.argv[1:] + ["127.0.0.1", "0"][len(sys.argv) - 3 :])[:4]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    server = Server((host, int(port)), context)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    for line in sys.stdin:
        word, *arguments = line.split()
        if word == "answer":
            Handler.region.status = int(arguments[0])
        if word == "hangup":
            server.hang_up()
        print(json.dumps(Handler.region.counts()), flush=True)


main()

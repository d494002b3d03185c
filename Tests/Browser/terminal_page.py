# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A stand-in for the terminal of another maker: its own page, which shows another in a frame, and the page that it comes back to."""
import http.server
import threading
import urllib.parse

PAGE = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>自助终端</title>
<style>body {{ margin: 0; font: 24px sans-serif }} h1 {{ margin: 16px }} iframe {{ border: 0; width: 100%; height: 620px }}</style>
<h1>{title}</h1>{body}</html>"""


class Terminal:
    """It has an origin of its own."""

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                address = urllib.parse.urlsplit(self.path)
                words = dict(urllib.parse.parse_qsl(address.query))
                if address.path == "/":
                    text = PAGE.format(title="自助终端", body=f'<iframe src="{words.get("show", "about:blank")}"></iframe>')
                elif address.path == "/done":
                    text = PAGE.format(title="办理完成", body=f'<p id="visit">{words.get("visit", "")}</p>')
                else:
                    return self.send_error(404)
                body = text.encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                # What the page that led here tells besides the address.
                terminal.referrers.append(self.headers["Referer"])

            def log_message(self, *_):
                pass

        terminal = self
        self.referrers = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def page(self, address):
        """The terminal's page with that address in its frame."""
        return self.origin + "/?" + urllib.parse.urlencode({"show": address})

    def back(self, visit):
        return f"{self.origin}/done?visit={visit}&step=2"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(20)

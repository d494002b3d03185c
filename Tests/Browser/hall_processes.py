# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A whole hall of the programs that ship: the gateway, its web process and a stand-in region, on loopback."""
import json
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import urllib.error
import urllib.request

from hall_pages import wait

SCREEN_KEY = "8d21c6f0a4be7735"
DESK_KEY = "c3b4f0917d2e6a58"
KIOSK_KEY = "64a1e98b0c35d27f"
PAD_KEY = "3b1f7c09d2aa4e58"
BUSINESS_KEY = "5f0c2d1e9a7b48364e21"
CONFIGURATION = """
hall: {{name: 土默特左旗政务服务大厅}}
journal: {{directory: {path}/journal}}
control:
  socket: {path}/operator.sock
  web_socket: {path}/web.sock
  business_socket: {path}/business.sock
  business_clients: [{{name: queue, key_file: {path}/queue.key}}]
windows: [{{id: A01, name: 3号综合窗口}}{windows}]
web: {{listen: "127.0.0.1:{web}", limits: {web_limits}}}
pages:
  public_url: http://127.0.0.1:{web}
  qr: {qr}
  show_code_for: {show_code_for}
  thanks_for: {thanks_for}
  screens: [{{id: counter, window: A01, key_file: {path}/screen.key, staff: shown}}]
  desks: [{{window: A01, key_file: {path}/desk.key}}]
  kiosks: [{{id: hall-1, key_file: {path}/kiosk.key}}]{pages}
devices:
  - {{driver: websocket, line: web, pad: pad-1, key_file: {path}/pad.key, window: A01, window_number: "1",
      score: attitude, best: 5}}{devices}
uplinks:
  - name: region
    kind: https
    profile: national
    url: https://localhost:{region}/api/evaluate
    ca: {path}/ca.pem
    retry: {{first: 50ms, most: 1s}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def does_listen(port):
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


class Hall:
    """The three processes, each of which can be killed and started again on its port."""

    def __init__(
            self, qr="{source: local}", show_code_for="10m", thanks_for="20s", questionnaire=None, more="",
            web_limits="{}", sources=None, region=(), windows=(), pages=(), devices=()):
        """`windows`, `pages` and `devices` are more items and lines of their sections; `region` are more options of the
        stand-in region."""
        self.programs = pathlib.Path(os.environ["HALLGATE_LAB"]).parent
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="hallgate-whole-"))
        self.running = {}
        self.region_options = region
        self.web, self.region = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.web}"
        self.region_url = f"https://localhost:{self.region}"
        try:
            (self.path / "journal").mkdir()
            for name, key in [
                    ("queue", BUSINESS_KEY), ("screen", SCREEN_KEY), ("desk", DESK_KEY), ("kiosk", KIOSK_KEY),
                    ("pad", PAD_KEY), *(sources or {}).items()]:
                (self.path / f"{name}.key").write_text(key)
                (self.path / f"{name}.key").chmod(0o600)
            self.make_certificates()
            (self.path / "hallgate.yaml").write_text(CONFIGURATION.format(
                path=self.path, web=self.web, region=self.region, show_code_for=show_code_for, web_limits=web_limits,
                thanks_for=thanks_for, windows="".join(f", {window}" for window in windows),
                pages="".join(f"\n  {line}" for line in pages),
                devices="".join(f"\n  - {device}" for device in devices).replace("PATH", str(self.path)),
                qr=qr.replace("REGION", self.region_url)) + more.replace("PATH", str(self.path)))
            if questionnaire:
                (self.path / "questionnaire.yaml").write_text(questionnaire)
                with open(self.path / "hallgate.yaml", "a") as file:
                    file.write(f"questionnaires: [{{file: {self.path}/questionnaire.yaml, after_rating: offered}}]\n")
            self.start_region()
            self.start_gateway()
            self.start_web()
        except BaseException:
            self.stop()
            raise

    def make_certificates(self):
        """A throw-away authority and the region's certificate."""
        def openssl(*arguments):
            subprocess.run(["openssl", *arguments], cwd=self.path, check=True, capture_output=True)
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        openssl("req", "-x509", *curve, "-days", "2", "-subj", "/CN=authority", "-keyout", "ca.key", "-out", "ca.pem")
        (self.path / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        openssl("req", *curve, "-subj", "/CN=region", "-keyout", "region.key", "-out", "region.csr")
        openssl("x509", "-req", "-in", "region.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days",
                "2", "-extfile", "names", "-out", "region.pem")

    # What runs.

    def start(self, name, program, *arguments):
        with open(self.path / f"{name}.log", "ab") as log:
            self.running[name] = subprocess.Popen(
                [self.programs / program, *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def start_region(self):
        self.start("region", "hallgate-lab", "region", "serve", "--listen", f"127.0.0.1:{self.region}", "--store",
                   self.path / "region.db", "--certificate", self.path / "region.pem", "--key", self.path / "region.key",
                   *self.region_options)
        self.until("region", lambda: does_listen(self.region))

    def start_gateway(self):
        self.start("gateway", "hallgate", "run", "--config", self.path / "hallgate.yaml")
        self.until("gateway", lambda: self.ask("operator", ("status", {})))

    def start_web(self):
        """It is ready once it serves and has found the gateway."""
        self.start("web", "hallgate-web", "--config", self.path / "hallgate.yaml")
        self.until("web", self.is_well)

    def until(self, name, condition):
        def try_it():
            if self.running[name].poll() is not None:
                raise RuntimeError(f"the {name} has ended")
            try:
                return condition()
            except OSError:
                return False
        try:
            wait(try_it, 60)
        except (AssertionError, RuntimeError) as failure:
            raise RuntimeError(f"the {name} did not start: {self.log(name)[-3000:]}") from failure

    def kill(self, name, how=signal.SIGKILL):
        process = self.running.pop(name)
        process.send_signal(how)
        process.wait(30)

    def stop(self):
        for process in self.running.values():
            process.kill()
            process.wait(30)
        shutil.rmtree(self.path)

    # What is asked of it.

    def log(self, name):
        return (self.path / f"{name}.log").read_text(errors="replace")

    def is_well(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=20) as answer:
                return answer.status == 200
        except urllib.error.HTTPError:
            return False

    def ask(self, name, *requests):
        """Makes requests of JSON-RPC one by one; the last one's result."""
        with socket.socket(socket.AF_UNIX) as line, line.makefile("r", encoding="utf-8") as answers:
            line.settimeout(30)
            line.connect(str(self.path / f"{name}.sock"))
            for number, (method, parameters) in enumerate(requests, 1):
                request = {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}
                line.sendall(json.dumps(request).encode() + b"\n")
                answer = json.loads(answers.readline())
                if "result" not in answer:
                    raise AssertionError(f"{method}: {answer}")
        return answer["result"]

    def business(self, method, **words):
        """A request of the business system."""
        return self.ask("business", ("authenticate", {"client": "queue", "key": BUSINESS_KEY}), (method, words))

    def open_session(self, case, **words):
        """The business system has served a case and asks for a rating at A01."""
        return self.business("session.open", **{"window": "A01", "projectNumber": case, "serviceNumber": "1", **words})

    def result(self, session):
        """What the business system is told of a session."""
        return self.business("session.result", session=session)["result"]

    def responses(self):
        """The responses to questionnaires that the region holds: id, channel, questionnaire, version, answers."""
        with sqlite3.connect(self.path / "region.db") as store:
            return store.execute("SELECT id, pf, questionnaire, version, answers FROM responses ORDER BY id").fetchall()

    def why(self, number):
        """What `hallgate why` says of a record."""
        return subprocess.run(
            [self.programs / "hallgate", "why", number, "--socket", self.path / "operator.sock"], check=True,
            capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout

    def held(self, case):
        """What the region holds of a case: the ratings as they came, those counted beside them too."""
        with sqlite3.connect(self.path / "region.db") as store:
            rows = [row for table in ("receipts", "competing")
                    for row in store.execute(f"SELECT body FROM {table} WHERE projectNo = ?", (case,))]
        return [json.loads(body) for body, in rows]

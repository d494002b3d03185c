# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""The hall in the virtual machine: what is installed there, and pads as processes on this computer."""
import json
import os
import shutil
import subprocess
import threading
import time

CONFIGURATION = """
hall: {name: 虚拟大厅}
control:
  business_socket: /run/hallgate/business.sock
  business_clients: [{name: queue, key_file: /etc/hallgate/queue.key}]
session: {correction_window: 200ms}
pages: {public_url: "http://hall"}
windows: [{id: W1}, {id: W2}, {id: W3}, {id: W4}, {id: W5}, {id: W6}]
devices:
  - {match: {serial: PAD0001}, driver: native, window: W1}
  - {match: {port: "%(port3)s"}, driver: native, window: W2}
  - {match: {port: "%(port4)s"}, driver: native, window: W3}
  - {match: {serial: ACM0001}, driver: native, window: W4}
  - {path: /dev/hallgate-test/hid, driver: hid, window: W5,
     offset: 0, keys: [%(keys)s]}
  - {path: /dev/hallgate-test/keyboard, driver: keyboard, window: W6, keys: [%(keys)s]}
uplinks:
  - {name: region, kind: https, profile: national, url: "https://localhost:8443/api/evaluate", ca: /etc/hallgate/ca.pem}
"""
KEYS = ", ".join(
    f"{{value: {value}, level: {level}}}" for value, level in enumerate(
        ("very_satisfied", "satisfied", "basically_satisfied", "dissatisfied", "very_dissatisfied"), 1))

# What an operator adds for hardware that the shipped rules do not name: the mark, before they are read.
LOCAL_RULES = """
SUBSYSTEM=="hidraw", KERNELS=="0003:1209:0001.*", ENV{HALLGATE}="1", SYMLINK+="hallgate-test/hid"
SUBSYSTEM=="input", KERNEL=="event*", ATTRS{name}=="Hall keyboard pad", ENV{HALLGATE}="1", SYMLINK+="hallgate-test/keyboard"
SUBSYSTEM=="tty", ATTRS{idVendor}=="1209", ATTRS{idProduct}=="0003", ENV{HALLGATE}="1"
"""

BUSINESS_KEY = "5f0c2d1e9a7b48364e21"

INSTALL = """
set -e
mount -o ro /dev/vdb /mnt
install -m 0755 /mnt/hallgate /mnt/hallgate-web /mnt/hallgate-lab /usr/bin/
install -D -m 0644 -t /usr/lib/systemd/system /mnt/hallgate.service /mnt/hallgate-web.service /mnt/hallgate-*.socket
install -D -m 0644 -t /usr/share/hallgate/frames /mnt/frames/*.yaml
install -D -m 0644 /mnt/hallgate.sysusers /usr/lib/sysusers.d/hallgate.conf
install -D -m 0644 /mnt/hallgate.tmpfiles /usr/lib/tmpfiles.d/hallgate.conf
install -D -m 0644 /mnt/hallgate.modules-load /usr/lib/modules-load.d/hallgate.conf
install -m 0644 /mnt/*-hallgate*.rules /usr/lib/udev/rules.d/
install -D -m 0644 /mnt/local.rules /etc/udev/rules.d/69-hall-test.rules
systemd-sysusers hallgate.conf
systemd-tmpfiles --create hallgate.conf
mkdir -p /etc/systemd/system/hallgate.service.d /srv/region
printf '[Service]\\nIPAddressAllow=localhost\\n' >/etc/systemd/system/hallgate.service.d/region.conf
cd /srv/region
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=CA -keyout ca.key -out ca.pem 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr 2>/dev/null
printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' >san
openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile san -out server.pem 2>/dev/null
install -m 0640 -g hallgate ca.pem /etc/hallgate/ca.pem
install -m 0640 -g hallgate /mnt/hallgate.yaml /etc/hallgate/hallgate.yaml
(umask 027; echo %(key)s >/etc/hallgate/queue.key; chgrp hallgate /etc/hallgate/queue.key)
for person in operator business; do useradd --system --groups hallgate-$person person-$person; done
systemd-run --quiet --unit=region hallgate-lab region serve --listen 127.0.0.1:8443 --store /srv/region/region.db \
  --certificate /srv/region/server.pem --key /srv/region/server.key
systemctl restart systemd-modules-load
modprobe -a uhid uinput
udevadm control --reload
systemctl daemon-reload
hallgate check --config /etc/hallgate/hallgate.yaml
systemctl --quiet enable --now hallgate
""" % {"key": BUSINESS_KEY}


def payload(out, program_folder, repository, port_of):
    """Makes the disk with everything that is installed; `port_of(n)` is udev's ID_PATH of the controller's port n."""
    folder = f"{out}/payload"
    os.makedirs(folder)
    for name in ("hallgate", "hallgate-web", "hallgate-lab"):
        subprocess.run(["strip", "-o", f"{folder}/{name}", f"{program_folder}/{name}"], check=True)
    for name in ("hallgate.service", "hallgate-web.service", "hallgate.sysusers", "hallgate.tmpfiles", "hallgate.modules-load"):
        shutil.copy(f"{repository}/systemd/{name}", folder)
    for name in os.listdir(f"{repository}/systemd"):
        if name.endswith(".socket"):
            shutil.copy(f"{repository}/systemd/{name}", folder)
    for name in os.listdir(f"{repository}/udev-rules"):
        shutil.copy(f"{repository}/udev-rules/{name}", folder)
    shutil.copytree(f"{repository}/packaging/frames", f"{folder}/frames")
    for name in ("gadgets.py", "phone.py"):
        shutil.copy(f"{os.path.dirname(os.path.abspath(__file__))}/{name}", folder)
    with open(f"{folder}/local.rules", "w", encoding="utf-8") as file:
        file.write(LOCAL_RULES)
    with open(f"{folder}/hallgate.yaml", "w", encoding="utf-8") as file:
        file.write(CONFIGURATION % {"port3": port_of(3), "port4": port_of(4), "keys": KEYS})
    subprocess.run(["mke2fs", "-q", "-t", "ext4", "-d", folder, f"{out}/payload.ext4", "256M"], check=True,
                   stdout=subprocess.DEVNULL)
    return f"{out}/payload.ext4"


class Pad:
    """`hallgate pad simulate` on this computer; its pseudo-terminal goes into the guest as an adapter."""

    def __init__(self, program_folder, folder, number):
        self.link = f"{folder}/pad{number}"
        self.said = []
        self.process = subprocess.Popen(
            [f"{program_folder}/hallgate-lab", "pad", "simulate", "--link", self.link, "--id", str(number)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        threading.Thread(target=self.listen, daemon=True).start()
        self.wait("plugged in", 20)

    def listen(self):
        for line in self.process.stdout:
            self.said.append(line.strip())

    def press(self, key):
        self.process.stdin.write(f"press {key}\n")
        self.process.stdin.flush()

    def count(self, word):
        return sum(line.startswith(word) for line in list(self.said))

    def wait(self, word, seconds, times=1):
        """Waits until the pad has said a word so often; returns the seconds it took."""
        begun = time.monotonic()
        while self.count(word) < times:
            if time.monotonic() - begun > seconds:
                raise RuntimeError(f"the pad did not say '{word}' {times} times within {seconds} s: {self.said[-8:]}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def stop(self):
        self.process.kill()
        self.process.wait()


class Hall:
    """What an operator and a business system do in the guest."""

    def __init__(self, machine):
        self.machine = machine

    def status(self):
        return json.loads(self.machine.ask("hallgate status --json")[1])

    def device(self, window):
        return next(device for device in self.status()["devices"] if device.get("window") == window)

    def troubles(self):
        return {trouble["code"]: trouble["message"] for trouble in self.status()["troubles"]}

    def wait_until(self, test, seconds, what):
        begun = time.monotonic()
        while not test():
            if time.monotonic() - begun > seconds:
                raise RuntimeError(f"not within {seconds} s: {what}: {json.dumps(self.status(), ensure_ascii=False)}")
            time.sleep(0.2)
        return time.monotonic() - begun

    def wait_ready(self, window, seconds=20):
        return self.wait_until(lambda: self.device(window)["state"] == "ready", seconds, f"{window} ready")

    def open_session(self, window, case):
        answers = self.ask_as("person-business", "business", [
            ("authenticate", {"client": "queue", "key": BUSINESS_KEY}),
            ("session.open", {"window": window, "projectNumber": case, "serviceNumber": "1"})])
        if len(answers) != 2 or any("error" in answer for answer in answers):
            raise RuntimeError(str(answers))

    def ask_as(self, person, socket, requests):
        """Sends requests to a role's socket as a person; returns the answers, none where the socket lets nobody in."""
        lines = "".join(
            json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}) + "\n"
            for number, (method, parameters) in enumerate(requests))
        answer = self.machine.ask(
            f"runuser -u {person} -- socat -t 20 - UNIX-CONNECT:/run/hallgate/{socket}.sock <<'REQUESTS'\n{lines}REQUESTS")
        return [json.loads(line) for line in answer[1].splitlines() if line.startswith("{")]

    def recorded(self):
        return self.status()["uplinks"][0]["recorded"]

    def delivered(self):
        """How many presses the region's store holds, read by a program that is not ours."""
        return int(self.machine.run(
            "python3 -c 'import sqlite3; print(sqlite3.connect(\"file:/srv/region/region.db?mode=ro\", uri=True)"
            ".execute(\"SELECT count(*), count(DISTINCT device || log || sequence) FROM receipts\").fetchone()[0])'"))

    def wait_delivered(self, count, seconds=30):
        return self.wait_until(lambda: self.delivered() == count, seconds, f"{count} delivered")

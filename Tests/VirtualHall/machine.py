# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A virtual machine: started, plugged, asked, and stopped; never by anything but the process this file started."""
import json
import os
import socket
import subprocess
import time


class Machine:
    """QEMU with one disk over a read-only base, one payload disk, an xHCI controller and a port to the agent."""

    # The controller's place on the PCI bus, which is part of udev's ID_PATH.
    USB_SLOT = 0x10

    def __init__(self, image, payload, scratch, pads):
        self.scratch = scratch
        self.console = f"{scratch}/console.log"
        self.asked = 0
        disk = f"{scratch}/disk.qcow2"
        subprocess.run(
            ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", os.path.abspath(f"{image}/base.ext4"), disk],
            check=True)
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-cpu", "max", "-smp", "2", "-m", "1024", "-display", "none", "-nodefaults",
             "-no-reboot", "-nic", "none", "-rtc", "base=utc",
             "-kernel", f"{image}/vmlinuz", "-initrd", f"{image}/initrd",
             "-append", "root=LABEL=hall rw console=ttyS0 quiet panic=5 systemd.show_status=no mitigations=off",
             "-drive", f"file={disk},if=virtio,cache=writeback", "-drive", f"file={payload},if=virtio,format=raw",
             "-serial", f"file:{self.console}", "-device", f"qemu-xhci,id=usb,addr={self.USB_SLOT:#x},p2=8,p3=8", "-device", "virtio-serial",
             "-chardev", f"socket,id=agent,path={scratch}/agent,server=on,wait=off",
             "-device", "virtserialport,chardev=agent,name=hall", "-device", "virtio-rng-pci",
             "-qmp", f"unix:{scratch}/qmp,server=on,wait=off"]
            + [word for number, line in pads.items() for word in ("-chardev", f"serial,id=pad{number},path={line}")],
            stdin=subprocess.DEVNULL)
        self.monitor = self.connect("qmp")
        self.monitor_lines = self.monitor.makefile("r")
        self.monitor_lines.readline()
        self.tell("qmp_capabilities")
        self.agent = self.connect("agent")
        self.agent_lines = self.agent.makefile("r")

    def connect(self, name):
        end = time.monotonic() + 30
        while True:
            line = socket.socket(socket.AF_UNIX)
            try:
                line.connect(f"{self.scratch}/{name}")
                return line
            except OSError:
                line.close()
                if time.monotonic() > end or self.process.poll() is not None:
                    raise
                time.sleep(0.1)

    def tell(self, command, **arguments):
        """Gives QEMU a command and returns its answer; events that come in between are passed over."""
        self.monitor.sendall(json.dumps({"execute": command, "arguments": arguments}).encode())
        while True:
            answer = json.loads(self.monitor_lines.readline())
            if "error" in answer:
                raise RuntimeError(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def ask(self, command, timeout=60):
        """Runs a shell command in the guest; returns its exit status and what it printed."""
        self.asked += 1
        self.agent.settimeout(timeout + 240)
        self.agent.sendall(json.dumps({"id": self.asked, "run": command, "timeout": timeout}).encode() + b"\n")
        while True:
            answer = json.loads(self.agent_lines.readline())
            if answer["id"] == self.asked:
                return answer["code"], answer["out"]

    def run(self, command, timeout=60):
        """Runs a command that has to succeed; returns what it printed."""
        code, out = self.ask(command, timeout)
        if code != 0:
            raise RuntimeError(f"exit {code} of: {command}\n{out}")
        return out

    def wait(self, command, seconds, what):
        """Runs a command until it succeeds; returns what it printed and the seconds it took."""
        begun = time.monotonic()
        while True:
            code, out = self.ask(command)
            if code == 0:
                return out, time.monotonic() - begun
            if time.monotonic() - begun > seconds:
                raise RuntimeError(f"not within {seconds} s: {what}\n{out}")
            time.sleep(0.2)

    def stop(self):
        self.process.kill()
        self.process.wait()

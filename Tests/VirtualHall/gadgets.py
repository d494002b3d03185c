#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""In the guest: pads that are no serial adapters. Each takes its keys from a pipe, a line each.

usage: gadgets.py hid PIPE       a HID pad by uhid: vendor page FF00, reports of 8 bytes, byte 0 the key; writes what
                                 the host sends to PIPE.out
       gadgets.py keyboard PIPE  a keyboard by uinput that types digits
       gadgets.py acm            a CDC-ACM device by configfs on dummy_hcd; its far side is /dev/ttyGS0
"""
import fcntl
import os
import select
import struct
import subprocess
import sys

UHID_CREATE2, UHID_INPUT2, UHID_OUTPUT = 11, 12, 6
# Usage page FF00, usage 1, one application collection, 8 bytes in and 8 bytes out (HID 1.11 section 6.2.2).
DESCRIPTOR = bytes.fromhex("06 00FF 09 01 A1 01 15 00 26 FF00 75 08 95 08 09 01 81 02 09 02 91 02 C0")


def keys(pipe):
    """The lines that are written to the pipe, for ever."""
    if not os.path.exists(pipe):
        os.mkfifo(pipe, 0o600)
    while True:
        with open(pipe, encoding="ascii") as lines:
            for line in lines:
                yield line.strip()


def hid(pipe):
    device = os.open("/dev/uhid", os.O_RDWR)
    request = struct.pack(
        "<I128s64s64sHHIIII", UHID_CREATE2, b"Hall pad", b"hall/pad", b"HID0001", len(DESCRIPTOR), 3, 0x1209, 0x0001, 0,
        0) + DESCRIPTOR
    os.write(device, request)
    for key in keys(pipe):
        while select.select([device], [], [], 0)[0]:
            event = os.read(device, 4380)
            if struct.unpack_from("<I", event)[0] == UHID_OUTPUT:
                size = struct.unpack_from("<H", event, 4 + 4096)[0]
                with open(pipe + ".out", "a", encoding="ascii") as out:
                    out.write(event[4:4 + size].hex() + "\n")
        for value in (int(key), 0):
            os.write(device, struct.pack("<IH", UHID_INPUT2, 8) + bytes([value] + [0] * 7))


def keyboard(pipe):
    device = os.open("/dev/uinput", os.O_WRONLY)
    ui_set_evbit, ui_set_keybit, ui_dev_setup, ui_dev_create = 0x40045564, 0x40045565, 0x405C5503, 0x5501
    fcntl.ioctl(device, ui_set_evbit, 1)
    for code in range(2, 12):
        fcntl.ioctl(device, ui_set_keybit, code)
    fcntl.ioctl(device, ui_set_keybit, 28)
    fcntl.ioctl(device, ui_dev_setup, struct.pack("<HHHH80sI", 3, 0x1209, 0x0002, 1, b"Hall keyboard pad", 0))
    fcntl.ioctl(device, ui_dev_create)

    def event(kind, code, value):
        os.write(device, struct.pack("<qqHHi", 0, 0, kind, code, value))

    for key in keys(pipe):
        code = 11 if key == "0" else int(key) + 1
        for value in (1, 0):
            event(1, code, value)
            event(0, 0, 0)


def acm():
    subprocess.run(["modprobe", "dummy_hcd"], check=True)
    subprocess.run(["modprobe", "libcomposite"], check=True)
    root = "/sys/kernel/config/usb_gadget/pad"
    for folder in ("", "/strings/0x409", "/configs/c.1", "/functions/acm.0"):
        os.makedirs(root + folder, exist_ok=True)
    for name, text in (
        ("idVendor", "0x1209"), ("idProduct", "0x0003"), ("strings/0x409/serialnumber", "ACM0001"),
        ("strings/0x409/product", "Hall pad"), ("strings/0x409/manufacturer", "Hall"),
    ):
        with open(f"{root}/{name}", "w", encoding="ascii") as file:
            file.write(text)
    os.symlink(f"{root}/functions/acm.0", f"{root}/configs/c.1/acm.0")
    with open(f"{root}/UDC", "w", encoding="ascii") as file:
        file.write(os.listdir("/sys/class/udc")[0])


if __name__ == "__main__":
    # A name with a number is another device of the kind.
    {"hid": hid, "keyboard": keyboard, "acm": acm}[sys.argv[1].rstrip("2")](*sys.argv[2:])

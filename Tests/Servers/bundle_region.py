#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A region that takes bundles and makes receipts, written from FileBundles.md and from nothing else.

It shares no line and no language with the gateway. It reads every bundle in a directory whose number is the next, keeps
the ratings in a JSON file, and leaves receipts. Ed25519 comes from the `cryptography` package; SM2 from the openssl tool.

usage: bundle_region.py DIRECTORY STORE KEY GATEWAY_PUBLIC_KEY [--reject ID] [--retry ID] [--omit ID] [--refuse WORDS]
Prints one line of JSON: bundles taken, missing numbers, bundles refused, ratings kept.
"""
import argparse
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

BUNDLE = ["content", "gateway", "series", "number", "previous", "created", "count", "signed", "key"]
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")


class Bad(Exception):
    pass


def openssl(*arguments, stdin=b""):
    return subprocess.run(["openssl", *arguments], input=stdin, capture_output=True, check=True).stdout


def with_files(action, **contents):
    with tempfile.TemporaryDirectory() as box:
        paths = {}
        for name, content in contents.items():
            paths[name] = os.path.join(box, name)
            with open(paths[name], "wb") as file:
                file.write(content)
        return action(**paths)


def der_number(number):
    digits = number.lstrip(b"\0") or b"\0"
    return bytes([2, len(digits) + (digits[0] >> 7)]) + (b"\0" if digits[0] & 0x80 else b"") + digits


def raw_numbers(der):
    """r and s of 32 bytes each, from the sequence that openssl writes."""
    raw, place = b"", 2
    for _ in range(2):
        length = der[place + 1]
        raw += der[place + 2:place + 2 + length].lstrip(b"\0").rjust(32, b"\0")
        place += 2 + length
    return raw


class Method:
    """One of the two ways to sign, with the region's private key and the gateway's public key."""

    def __init__(self, name, private, public):
        self.name, self.private, self.public = name, private, public

    def digest(self, body):
        if self.name == "ed25519 sha256":
            return hashlib.sha256(body).digest()
        return openssl("dgst", "-sm3", "-binary", stdin=body)

    def key_id(self, pem_public):
        der = openssl("pkey", "-pubin", "-outform", "DER", "-pubout", stdin=pem_public)
        return hashlib.sha256(der).hexdigest()

    def verify(self, digest, signature):
        if self.name == "ed25519 sha256":
            try:
                serialization.load_pem_public_key(self.public).verify(signature, digest)
            except InvalidSignature as error:
                raise Bad("signature") from error
            return
        numbers = der_number(signature[:32]) + der_number(signature[32:])
        sequence = bytes([0x30, len(numbers)]) + numbers
        try:
            with_files(
                lambda key, text, sig: openssl(
                    "pkeyutl", "-verify", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-pubin",
                    "-inkey", key, "-in", text, "-sigfile", sig),
                key=self.public, text=digest, sig=sequence)
        except subprocess.CalledProcessError as error:
            raise Bad("signature") from error

    def sign(self, digest):
        if self.name == "ed25519 sha256":
            return serialization.load_pem_private_key(self.private, None).sign(digest)
        return raw_numbers(with_files(
            lambda key, text: openssl(
                "pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678", "-inkey", key,
                "-in", text),
            key=self.private, text=digest))

    def own_public(self):
        return openssl("pkey", "-pubout", stdin=self.private)


def read_bundle(data, method_of):
    cut = data.rfind(b"signature ")
    if cut < 0 or not data.endswith(b"\n") or data[cut - 2:cut] != b"\n\n":
        raise Bad("form")
    body, rows = data[:cut], data[:cut].decode("ascii").split("\n")
    if rows[0] != "hallgate-bundle 1":
        raise Bad("kind")
    fields = {}
    for name, row in zip(BUNDLE, rows[1:]):
        if not row.startswith(name + " "):
            raise Bad("field " + name)
        fields[name] = row[len(name) + 1:]
    rest = rows[1 + len(BUNDLE):]
    if rest[0] != "" or rest[-2:] != ["", ""]:
        raise Bad("empty lines")
    ratings = []
    for row in rest[1:-2]:
        name, message = row.split(" ")
        if not ID.match(name):
            raise Bad("id")
        ratings.append((name, base64.b64decode(message, validate=True).decode()))
    if len(ratings) != int(fields["count"]) or fields["content"] != "ratings":
        raise Bad("count")
    method = method_of(fields["signed"])
    digest = method.digest(body)
    method.verify(digest, base64.b64decode(data[cut + len(b"signature "):-1], validate=True))
    if fields["key"] != method.key_id(method.public):
        raise Bad("key")
    return fields, ratings, digest.hex(), method


def write_receipt(directory, fields, digest, method, verdict, outcomes):
    lines = [
        "hallgate-receipt 1", "gateway " + fields["gateway"], "series " + fields["series"],
        "number " + fields["number"], "bundle " + digest, "created 2026-03-02T02:30:00Z", "verdict " + verdict,
        "count %d" % len(outcomes), "signed " + method.name, "key " + method.key_id(method.own_public()), "",
    ] + [" ".join(outcome) for outcome in outcomes] + ["", ""]
    body = "\n".join(lines).encode()
    signature = base64.b64encode(method.sign(method.digest(body))).decode()
    name = os.path.join(directory, "hallgate-%s-%s.receipt" % (fields["gateway"], fields["number"]))
    with open(name + ".part", "wb") as file:
        file.write(body + ("signature %s\n" % signature).encode())
    os.rename(name + ".part", name)


def words(text):
    return base64.b64encode(text.encode()).decode() if text else "-"


def main():
    parser = argparse.ArgumentParser()
    for name in ("directory", "store", "key", "gateway_key"):
        parser.add_argument(name)
    for name in ("--reject", "--retry", "--omit"):
        parser.add_argument(name, action="append", default=[])
    parser.add_argument("--refuse")
    options = parser.parse_args()
    private, public = open(options.key, "rb").read(), open(options.gateway_key, "rb").read()
    store = {"ratings": {}, "last": {}, "digests": {}}
    if os.path.exists(options.store):
        store = json.load(open(options.store))
    told = {"taken": [], "missing": [], "bad": [], "altered": 0}
    found = {}
    for name in os.listdir(options.directory):
        match = re.fullmatch(r"hallgate-(.+)-([0-9]+)\.bundle", name)
        if match:
            found[int(match.group(2))] = name
    for number in sorted(found):
        try:
            data = open(os.path.join(options.directory, found[number]), "rb").read()
            fields, ratings, digest, method = read_bundle(data, lambda name: Method(name, private, public))
            if int(fields["number"]) != number:
                raise Bad("number")
        except (Bad, ValueError, IndexError) as error:
            told["bad"].append([found[number], str(error)])
            continue
        series = fields["series"]
        last = store["last"].get(series, {"number": 0, "digest": "none"})
        known = store["digests"].get(series + " " + fields["number"])
        if known not in (None, digest):
            raise SystemExit("two bundles of one number")
        if known is None and (number, fields["previous"]) != (last["number"] + 1, last["digest"]):
            told["missing"].append(last["number"] + 1)
            continue
        if known is None:
            store["last"][series] = {"number": number, "digest": digest}
            store["digests"][series + " " + fields["number"]] = digest
        if options.refuse:
            write_receipt(options.directory, fields, digest, method, "refused " + words(options.refuse), [])
            continue
        outcomes = []
        for rating, message in ratings:
            if rating in options.omit:
                continue
            if rating in options.reject:
                outcomes.append((rating, "rejected", words("办件不存在")))
            elif rating in options.retry:
                outcomes.append((rating, "retry", "-"))
            elif rating in store["ratings"]:
                told["altered"] += store["ratings"][rating] != message
                outcomes.append((rating, "duplicate", words("评价数据不可重复")))
            else:
                store["ratings"][rating] = message
                outcomes.append((rating, "accepted", "-"))
        write_receipt(options.directory, fields, digest, method, "answered", outcomes)
        told["taken"].append(number)
    with open(options.store, "w") as file:
        json.dump(store, file)
    told["ratings"] = len(store["ratings"])
    print(json.dumps(told))


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A desk of a region that reads a stick all day: bundle_region.py's reading, with a store that outlives a kill.

It answers every bundle on the stick that has no receipt. What a bundle was answered is in STORE, an SQLite file, before
the receipt lies on the stick; a case number longer than the region's field is refused.

usage: bundle_desk.py DIRECTORY STORE KEY GATEWAY_PUBLIC_KEY
"""
import hashlib
import json
import os
import re
import sqlite3
import sys
import time

import bundle_region

directory, store, key, gateway_key = sys.argv[1:]
with open(key, "rb") as file:
    private = file.read()
with open(gateway_key, "rb") as file:
    public = file.read()
database = sqlite3.connect(store, isolation_level=None)
database.executescript("""
    PRAGMA journal_mode = WAL;
    CREATE TABLE IF NOT EXISTS bundles(digest TEXT PRIMARY KEY, outcomes TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS arrivals(id TEXT NOT NULL, press TEXT NOT NULL, body TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS arrivals_by_id ON arrivals(id);
""")


def outcome(name, message):
    """Takes a rating, or refuses it for good; every copy is kept, as it came."""
    rating, = json.loads(message)["evaluate"]
    if len(rating["projectNo"].encode()) > 128:
        return name, "rejected", bundle_region.words("projectNo 过长")
    is_known = database.execute("SELECT 1 FROM arrivals WHERE id = ?", (name,)).fetchone()
    database.execute(
        "INSERT INTO arrivals VALUES (?, ?, ?)",
        (name, rating["customFields"], hashlib.sha256(message.encode()).hexdigest()))
    return (name, "duplicate", bundle_region.words("评价数据不可重复")) if is_known else (name, "accepted", "-")


def answer(path):
    with open(path, "rb") as file:
        data = file.read()
    fields, ratings, digest, method = bundle_region.read_bundle(
        data, lambda name: bundle_region.Method(name, private, public))
    known = database.execute("SELECT outcomes FROM bundles WHERE digest = ?", (digest,)).fetchone()
    if known:
        outcomes = json.loads(known[0])
    else:
        database.execute("BEGIN")
        outcomes = [outcome(name, message) for name, message in ratings]
        database.execute("INSERT INTO bundles VALUES (?, ?)", (digest, json.dumps(outcomes)))
        database.execute("COMMIT")
    bundle_region.write_receipt(directory, fields, digest, method, "answered", outcomes)


while True:
    names = set(os.listdir(directory))
    waiting = [
        name for name in names
        if re.fullmatch(r"hallgate-.+-[0-9]+\.bundle", name) and name[:-len("bundle")] + "receipt" not in names]
    for name in sorted(waiting, key=lambda name: int(re.findall(r"[0-9]+", name)[-1])):
        try:
            answer(os.path.join(directory, name))
        except FileNotFoundError:
            # The gateway has swept it meanwhile.
            pass
    time.sleep(0.05)

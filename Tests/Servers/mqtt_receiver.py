#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A region's receiver behind an MQTT broker, by another maker's library (paho): the uplink's independent peer.

It subscribes with a persistent session, takes each rating once by its id, appends every copy to STORE before it lets
the broker have its acknowledgement, and answers on the receipt topic. With --national ratings and receipts are the
national profile's JSON, and a case number longer than the region's field is refused; without it they are words. A line
of STORE is the id, whether the broker says it comes again, the press, and the digest of the message.

The file MODE beside STORE says how it behaves:
well, silent (stores, no receipt), rejecting, retrying, and with a word behind them that says which
time it is: rejecting-one, silent-on-one and slow, which are about the first rating that comes then.
"""
import argparse
import hashlib
import json
import os
import sys
import time

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

arguments = argparse.ArgumentParser()
arguments.add_argument("--port", type=int, required=True)
arguments.add_argument("--topic", required=True)
arguments.add_argument("--receipts", default="")
arguments.add_argument("--store", required=True)
arguments.add_argument("--national", action="store_true")
arguments.add_argument("--ca")
arguments.add_argument("--certificate")
arguments.add_argument("--key")
options = arguments.parse_args()

known = set()
if os.path.exists(options.store):
    with open(options.store, encoding="utf-8") as earlier:
        known = {line.split(" ")[0] for line in earlier if line.endswith("\n")}
store = open(options.store, "a", encoding="utf-8")


def mode():
    try:
        with open(options.store + ".mode", encoding="utf-8") as file:
            return file.read().strip() or "well"
    except FileNotFoundError:
        return "well"


singled = {}


def is_the_one(behaviour, rating):
    """Whether a rating is the first since the behaviour was asked for; it stays so when it comes again."""
    path = f"{options.store}.{behaviour.replace(' ', '-')}"
    if behaviour not in singled:
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                singled[behaviour] = file.read()
        else:
            singled[behaviour] = rating
            with open(path, "w", encoding="utf-8") as file:
                file.write(rating)
    return singled[behaviour] == rating


def read_words(text):
    """The id, the press, and why the rating is refused for good."""
    words = text[:200].split(" ")
    is_poison = len(words) > 4 and words[4].startswith("poison")
    return words[0], "-".join(words[2:4]), "the region takes no poison" if is_poison else ""


def read_national(text):
    rating, = json.loads(text)["evaluate"]
    is_long = len(rating["projectNo"].encode()) > 128
    return rating["id"], rating["customFields"], "projectNo 过长" if is_long else ""


def receipt(rating, result, words):
    if options.national:
        return json.dumps({"success": True, "results": [{"id": rating, "result": result, "message": words}]})
    return f"{rating} {result} {words}"


def take(client, _, message):
    text = message.payload.decode("utf-8")
    rating, press, objection = (read_national if options.national else read_words)(text)
    named = dict(message.properties.UserProperty or [])
    if named.get("id") != rating:
        print(f"the id property {named} does not name {rating}", flush=True)
        sys.exit(3)
    behaviour = mode()
    single = " " in behaviour and is_the_one(behaviour, rating)
    if single and behaviour.startswith("slow"):
        time.sleep(0.8)
    if behaviour == "retrying":
        answer = ("retry", "later")
    elif behaviour == "rejecting" or (single and behaviour.startswith("rejecting")) or objection:
        answer = ("rejected", objection or "the region takes no poison")
    elif rating in known:
        answer = ("duplicate", "评价数据不可重复")
    else:
        answer = ("accepted", "taken")
    if answer[0] in ("accepted", "duplicate"):
        known.add(rating)
        store.write(f"{rating} {message.dup:d} {press} {hashlib.sha256(message.payload).hexdigest()}\n")
        store.flush()
    if options.receipts and behaviour != "silent" and not (single and behaviour.startswith("silent")):
        client.publish(options.receipts, receipt(rating, *answer), qos=1)


def connected(client, _, __, code, ___):
    if code != 0:
        print(f"not admitted: {code}", flush=True)
        return
    client.subscribe(options.topic, qos=1)


def subscribed(*_):
    with open(options.store + ".ready", "a", encoding="utf-8") as file:
        file.write("ready\n")


client = mqtt.Client(client_id="receiver", protocol=mqtt.MQTTv5)
client.on_connect = connected
client.on_message = take
client.on_subscribe = subscribed
client.max_queued_messages_set(0)
client.max_inflight_messages_set(1000)
client.reconnect_delay_set(min_delay=0.05, max_delay=0.2)
if options.ca:
    client.tls_set(ca_certs=options.ca, certfile=options.certificate, keyfile=options.key)
properties = Properties(PacketTypes.CONNECT)
properties.SessionExpiryInterval = 3600
client.connect_async("127.0.0.1", options.port, keepalive=10, clean_start=False, properties=properties)
while True:
    try:
        client.loop_forever(retry_first_connection=True)
    except OSError as error:
        # The library lets an answer that cannot be written end the loop, and would try the dead line for ever. What was
        # not acknowledged comes again.
        print(f"the line broke while it answered: {error}", flush=True)
        time.sleep(0.05)
        try:
            client.reconnect()
        except OSError:
            pass

#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A Kafka cluster in a process of its own: librdkafka's mock cluster, so that it can stand still or be killed.

Makes the topic `ratings`, writes the brokers' addresses to FILE, and lives until it is killed. At SIGUSR1 all brokers
go down at once, at SIGUSR2 they come up again with what they had.
"""
import ctypes
import os
import signal
import sys

library = ctypes.CDLL("librdkafka.so.1")
for name in ("rd_kafka_new", "rd_kafka_mock_cluster_new", "rd_kafka_conf_new"):
    getattr(library, name).restype = ctypes.c_void_p
library.rd_kafka_new.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
library.rd_kafka_mock_cluster_new.argtypes = [ctypes.c_void_p, ctypes.c_int]
library.rd_kafka_mock_cluster_bootstraps.argtypes = [ctypes.c_void_p]
library.rd_kafka_mock_cluster_bootstraps.restype = ctypes.c_char_p
for name in ("down", "up"):
    getattr(library, f"rd_kafka_mock_broker_set_{name}").argtypes = [ctypes.c_void_p, ctypes.c_int32]
library.rd_kafka_mock_topic_create.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int]

words = ctypes.create_string_buffer(512)
handle = library.rd_kafka_new(0, library.rd_kafka_conf_new(), words, len(words))
cluster = library.rd_kafka_mock_cluster_new(handle, 3)
library.rd_kafka_mock_topic_create(cluster, b"ratings", 4, 3)


def switch(number, _):
    change = library.rd_kafka_mock_broker_set_down if number == signal.SIGUSR1 else library.rd_kafka_mock_broker_set_up
    for broker in (1, 2, 3):
        change(cluster, broker)


signal.signal(signal.SIGUSR1, switch)
signal.signal(signal.SIGUSR2, switch)
with open(sys.argv[1] + ".part", "wb") as file:
    file.write(library.rd_kafka_mock_cluster_bootstraps(cluster))
os.rename(sys.argv[1] + ".part", sys.argv[1])
while True:
    signal.pause()

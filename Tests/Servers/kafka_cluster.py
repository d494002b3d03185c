#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""A Kafka cluster in a process of its own: librdkafka's mock cluster, so that it can stand still or be killed.

Makes the topic `ratings`, writes the brokers' addresses to FILE, and lives until it is killed.
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
library.rd_kafka_mock_topic_create.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int]

words = ctypes.create_string_buffer(512)
handle = library.rd_kafka_new(0, library.rd_kafka_conf_new(), words, len(words))
cluster = library.rd_kafka_mock_cluster_new(handle, 3)
library.rd_kafka_mock_topic_create(cluster, b"ratings", 4, 3)
with open(sys.argv[1] + ".part", "wb") as file:
    file.write(library.rd_kafka_mock_cluster_bootstraps(cluster))
os.rename(sys.argv[1] + ".part", sys.argv[1])
signal.pause()

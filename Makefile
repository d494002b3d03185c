# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0

# `make demo` and `make test` do all the set-up on a fresh machine; the rest are their parts.

SHELL := /bin/bash
.DEFAULT_GOAL := help

SWIFT := swift
CHECKED := --explicit-target-dependency-import-check error
# A hall's gateway speaks HTTPS; for a region behind a broker: make release TRAITS='--traits MQTT,Kafka'
TRAITS := --disable-default-traits
OPTIMISED := -c release --static-swift-stdlib $(CHECKED)
RELEASE := $(OPTIMISED) $(TRAITS)
WITH_BROKERS := $(OPTIMISED) --traits MQTT,Kafka --scratch-path .build-brokers
DEBUG_BIN := .build/debug
RELEASE_BIN := .build/release

PACKAGES_TO_BUILD := pkg-config libsqlite3-dev libyaml-dev libssl-dev libudev-dev openssl libmosquitto-dev \
    librdkafka-dev libqrencode-dev
PACKAGES_TO_TEST := $(PACKAGES_TO_BUILD) strace python3 python3-pip python3-serial python3-cryptography socat jq curl \
    systemd umockdev libumockdev-dev iproute2 mosquitto mosquitto-clients python3-paho-mqtt kafkacat \
    chromium chromium-driver zbar-tools poppler-utils weasyprint fonts-noto-cjk fonts-noto-core
PACKAGES_FOR_VM := qemu-system-x86 qemu-utils debootstrap e2fsprogs
PACKAGES_FOR_BOARD := qemu-system-arm

.PHONY: help
help: ## Lists what there is to make
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

.PHONY: packages-to-build packages-to-test packages-for-board
packages-to-build:
	@.ci/install-packages $(PACKAGES_TO_BUILD)
packages-to-test:
	@.ci/install-packages $(PACKAGES_TO_TEST)
	@.ci/install-python-packages openapi-spec-validator selenium axe-selenium-python websockets
packages-for-board:
	@.ci/install-packages $(PACKAGES_FOR_BOARD)

.PHONY: build
build: packages-to-build ## Builds everything for debugging; fails on an import the manifest does not declare
	$(SWIFT) build $(CHECKED)

.PHONY: release
release: packages-to-build ## Builds the three executables as they are shipped
	$(SWIFT) build $(RELEASE) --product hallgate
	$(SWIFT) build $(RELEASE) --product hallgate-web
	$(SWIFT) build $(RELEASE) --product hallgate-lab

.PHONY: demo
demo: release ## The main job on simulated pads: pressed, recorded, delivered, lost, duplicated
	$(RELEASE_BIN)/hallgate demo --json

.PHONY: test
test: packages-to-test packages-for-board ## Unit, conformance and model tests, firmware, fuzzing, faults and kills
	$(SWIFT) build --build-tests $(CHECKED)
	.ci/run-tests
	.ci/embedded
	.ci/check-units $(DEBUG_BIN)
	.ci/check-web $(DEBUG_BIN)
	.ci/check-business-api $(DEBUG_BIN)
	.ci/check-ingest $(DEBUG_BIN)
	.ci/check-displays $(DEBUG_BIN)
	.ci/fuzz 10
	.ci/end-to-end $(DEBUG_BIN)
	.ci/phones $(DEBUG_BIN) --phones 20 --seconds 8
	.ci/uplink-table $(DEBUG_BIN) --ratings 2000 --kills 2 --batch 20 --rate-limit 30 --at-once
	.ci/test-firmware $(DEBUG_BIN)
	.ci/browser $(DEBUG_BIN)

.PHONY: test-browser
test-browser: packages-to-test ## The citizens' pages in Chromium at phone and kiosk sizes; screenshots in .build/screenshots
	$(SWIFT) build $(CHECKED)
	.ci/browser $(DEBUG_BIN)

.PHONY: test-firmware
test-firmware: packages-to-test packages-for-board ## The reference firmware on an emulated board against the real daemon
	$(SWIFT) build $(CHECKED) --product hallgate
	.ci/test-firmware $(DEBUG_BIN)

.PHONY: test-vm
test-vm: packages-to-test release ## A hall in a virtual machine: real udev, systemd and USB; needs root, takes some minutes
	@.ci/install-packages $(PACKAGES_FOR_VM)
	Tests/VirtualHall/make-image .build-vm
	Tests/VirtualHall/run .build-vm $(RELEASE_BIN)

.PHONY: embedded
embedded: ## Compiles codec and pad session for bare-metal Cortex-M and RISC-V and prints their sizes
	.ci/embedded

.PHONY: fuzz
fuzz: packages-to-test ## Every decoder under libFuzzer, 10 s each, from the kept corpus; a planted bug must be found
	.ci/fuzz --self-test
	.ci/fuzz 10

.PHONY: prove-g1
prove-g1: packages-to-test release ## Proves from system calls that every press is synced before its acknowledgement
	.ci/prove-g1 $(RELEASE_BIN)

.PHONY: prove-kills
prove-kills: release ## 100 SIGKILLs at random moments under load, counted by the oracle
	$(RELEASE_BIN)/hallgate demo --pads 16 --kills 100 --json

.PHONY: prove-uplinks
prove-uplinks: packages-to-test ## 100,000 ratings through each uplink, daemon killed and far side restarted five times
	$(SWIFT) build $(WITH_BROKERS) --product hallgate
	$(SWIFT) build $(WITH_BROKERS) --product hallgate-lab
	.ci/uplink-table .build-brokers/release

.PHONY: prove-phones
prove-phones: packages-to-test release ## 200 phones rate for a minute while the daemon is killed: nothing thanked is lost
	.ci/phones $(RELEASE_BIN) --phones 200 --seconds 60 --hold-times

.PHONY: prove-replug
prove-replug: packages-to-test ## 1,000 times a pad plugged in and pulled out under umockdev, overruns included
	$(SWIFT) build --build-tests $(CHECKED)
	HALLGATE_CYCLES=1000 umockdev-wrapper $(SWIFT) test --skip-build --no-parallel --filter '^UdevDiscoveryTests\.'

.PHONY: bench
bench: packages-to-test release ## The daemon against the limit of the disk, in one run
	.ci/bench $(RELEASE_BIN)

.PHONY: header
header: ## Writes the C header for makers of pads from the tables of firmware-protocol.md
	.ci/make-header > packaging/hallgate_pad.h

.PHONY: lint
lint: packages-to-test ## Format, machine paths, scripts (layers and house rules are ArchitectureTests)
	$(SWIFT) format lint --strict --recursive --configuration .swift-format Package.swift Sources Tests packaging
	.ci/lint

.PHONY: format
format: ## Rewrites every source file in the house format
	$(SWIFT) format --in-place --recursive --configuration .swift-format Package.swift Sources Tests packaging

.PHONY: docs
docs: packages-to-build ## The product's documents as a site under docs-output
	$(SWIFT) package --allow-writing-to-directory docs-output generate-documentation \
		--target HallgateApp --output-path docs-output --disable-indexing

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI

/// The USB-serial chips that pads commonly hang on.
///
/// They say nothing of what is behind them: every driver of serial pads fits them as well, and all score alike, so they
/// only bring a line that nobody configured to the operator's notice. Many have no serial number.
enum SerialAdapters {
    static let fingerprints = [
        fingerprint(0x1A86, 0x7523, "CH340"), fingerprint(0x067B, 0x2303, "PL2303"),
        fingerprint(0x10C4, 0xEA60, "CP2102"), fingerprint(0x0403, 0x6001, "FT232"),
    ]

    private static func fingerprint(_ vendor: UInt16, _ product: UInt16, _ chip: String) -> DeviceFingerprint {
        DeviceFingerprint(
            kind: .serial, vendor: vendor, product: product, isAdapter: true,
            note: "a \(chip) adapter, which any serial device can hang on")
    }
}

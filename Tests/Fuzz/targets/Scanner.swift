// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI GBKText Scanner
// traces: scanner

import DeviceAPI
import RatingModel

@testable import Scanner

/// Scanners by text, by key events and by reports, in every encoding.
func fuzz(_ input: [UInt8]) {
    let variant = input.first ?? 0
    var settings = ScannerSettings(device: DeviceID("scanner-1"))
    settings.ending = ScannerSettings.Ending.allCases[Int(variant >> 5) % ScannerSettings.Ending.allCases.count]
    settings.encoding = ScannerSettings.Encoding.allCases[Int(variant) % ScannerSettings.Encoding.allCases.count]
    settings.switchOn = [0x16, 0x54, 0x0D]
    if variant & 4 != 0 { settings.input = .keyEvents }
    if variant & 12 == 12 { settings.input = .reports(.init(number: 2, lengthAt: 1, textAt: 5)) }
    if variant & 12 == 8 {
        settings.prefix = "T:"
        settings.suffix = "#"
        settings.symbology = .required
        settings.characters = CharacterRanges("0-9A-Z-")
    }
    DriverProgram.run(input, dress: { dressed($0, for: settings) }) { _ in ScannerDriver(settings) }
}

/// Codes of keys as key events, text as a report, anything else with an ending.
private func dressed(_ bytes: [UInt8], for settings: ScannerSettings) -> [UInt8] {
    switch settings.input {
    case .text: bytes + [0x0D, 0x0A]
    case .keyEvents:
        bytes.prefix(64).flatMap { byte in
            [UInt8](repeating: 0, count: 16) + [1, 0, byte & 0x7F, 0, byte < 0x80 ? 1 : 0, 0, 0, 0]
        }
    case .reports: [2, UInt8(truncatingIfNeeded: bytes.count), 0, 0, 0] + bytes
    }
}

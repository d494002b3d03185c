// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI ConfigurationFile GBKText FramedPad
// files: Sources/App/HallgateApp/Devices/FrameDescriptionReading.swift
// files: Sources/App/HallgateApp/Devices/KeyMapReading.swift
// measured: FrameDescriptionReading KeyMapReading FrameDescription FrameDescription+Meaning FrameMistake FrameText
// libraries: yaml
// longest: 1536

import ConfigurationFile
import DeviceAPI
import FramedPad
import RatingModel

/// Descriptions of pads as a configuration has them, up to a byte 00: one that is accepted leads a driver, whatever
/// the device then says and is told, by the program behind it.
func fuzz(_ input: [UInt8]) {
    let text = input.prefix { $0 != 0 }
    let outcome = ConfigurationFile.read(text: String(decoding: text, as: UTF8.self), name: "fuzz.yaml") { section in
        FrameDescriptionReader.read(section, keys: nil)
    }
    guard let description = outcome.value, !outcome.diagnostics.contains(where: { $0.severity == .error }) else {
        return
    }
    let program = Array(input.dropFirst(text.count + 1))
    DriverProgram.run(program, dress: { description.start.map { $0 ?? 0 } + $0 + description.end }) { variant in
        FramedPadDriver(description, line: "/dev/pads", addresses: variant & 1 == 0 ? [] : [1, 2])
    }
}

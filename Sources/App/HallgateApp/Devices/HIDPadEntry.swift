// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import HIDPad
import RatingModel

/// Pads that send HID reports, as a configuration describes them; no model's reports are public, so none is built in.
enum HIDPadEntry: CataloguedDriver {
    static let name = HIDPadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.hidraw]
    static let usualBaud = 9600
    static let isAddressed = false
    static let fingerprints = [
        DeviceFingerprint(kind: .hidraw, usagePage: 0xFF00, note: "a device with reports of its maker's own")
    ]

    /// What the largest report of a full-speed device holds, with its number.
    private static let longestReport = 65

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        let report = section.value("report", .byte)
        let offset = section.required("offset", .integer(in: 0...1023))
        let mask = section.value("mask", .byte, default: 0xFF)
        let released = section.value("released", .byte, default: 0)
        let keys = section.keyMap(default: nil)
        let thanks = section.value("thanks", .hexadecimalBytes(atMost: longestReport))
        let fault = section.value("fault", .hexadecimalBytes(atMost: longestReport))
        let prompt = section.value("prompt", .hexadecimalBytes(atMost: longestReport))
        guard let offset, let keys, canBePressed(keys, mask, released, in: section),
            areTold(thanks, fault, in: section)
        else { return nil }
        let settings = HIDPadSettings(
            line: device.path, reportID: report, offset: offset, mask: mask, released: released, keys: keys,
            thanks: thanks, fault: fault, prompt: prompt)
        let outputs = "\(thanks ?? []) \(fault ?? []) \(prompt ?? [])"
        let text =
            "\(device.path) \(report.map { "\($0)" } ?? "-") \(offset) \(mask) \(released) \(keys.text) \(outputs)"
        return ConfiguredDriver(name, settings: text) { HIDPadDriver(settings) }
    }

    private static func canBePressed(
        _ keys: KeyMap, _ mask: UInt8, _ released: UInt8, in section: ConfigurationSection
    ) -> Bool {
        let hidden = keys.keys.keys.sorted().first { $0 & mask != $0 }
        if let hidden {
            section.report(
                LocalText("the mask leaves nothing of the value \(hidden) as it is", "掩码会改变值 \(hidden)"),
                hint: LocalText(
                    "write the values as they are under the mask", "请填写经掩码处理后的值"), at: "keys")
        }
        if keys.keys[released & mask] != nil || released & mask != released {
            section.report(
                LocalText("'released' must be a value under the mask that no key has", "'released' 应为掩码内且不属于任何按键的值"),
                hint: LocalText(
                    "write the value of the byte while no key is down", "请填写没有按键按下时该字节的值"), at: "released")
            return false
        }
        return hidden == nil
    }

    /// A pad that can thank must be able to show that it failed, for silence would look like a slow gateway.
    private static func areTold(_ thanks: [UInt8]?, _ fault: [UInt8]?, in section: ConfigurationSection) -> Bool {
        guard let thanks, thanks != fault, fault != nil || section.has("fault") else {
            guard thanks != nil else { return true }
            section.report(
                LocalText("'thanks' needs a 'fault' that differs from it", "'thanks' 需要一个与其不同的 'fault'"),
                hint: LocalText(
                    "a rating that was not recorded must look and sound different", "未能记录的评价须有不同的提示"),
                at: section.has("fault") ? "fault" : "thanks")
            return false
        }
        return true
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import FramedPad
import RatingModel

/// Pads that a description drives, as a configuration names them.
enum FramedPadEntry: CataloguedDriver {
    static let name = FramedPadDriver.name
    static let lineKinds: [DeviceLine.Kind] = [.serial, .tcp, .rfc2217]
    static let usualBaud = 9600
    static let isAddressed = true
    /// A description says nothing of the adapter a pad hangs on.
    static let fingerprints = SerialAdapters.fingerprints

    static func read(_ section: ConfigurationSection, for device: DeviceReading) -> ConfiguredDriver? {
        guard let description = description(section, kept: device.kept) else { return nil }
        if description.address == nil, !device.addresses.isEmpty {
            section.report(
                LocalText("'\(description.name)' has no address in its frames", "'\(description.name)' 的帧中没有地址"),
                hint: LocalText(
                    "write 'address' in the description, or 'window' instead of 'addresses'",
                    "请在描述中填写 'address'，或用 'window' 代替 'addresses'"), at: "addresses")
            return nil
        }
        let addresses = device.addresses.keys.sorted()
        var driver = ConfiguredDriver(name, settings: settings(of: description, addresses)) {
            FramedPadDriver(description, line: device.path, addresses: addresses)
        }
        driver.descriptionFile = section.value("description", .absolutePath())
        return driver
    }

    /// The description, in a section of its own under `frame` or in the file that `description` names; `keys` beside
    /// it counts instead of its own, because the order of keys differs among pads that speak alike.
    private static func description(
        _ section: ConfigurationSection, kept: KeptDescriptions
    ) -> FrameDescription? {
        let keys = section.has("keys") ? section.keyMap(default: nil) : nil
        guard !section.has("keys") || keys != nil else {
            _ = section.section("frame") { FrameDescriptionReader.read($0, keys: .five) }
            _ = section.value("description", .absolutePath())
            return nil
        }
        if section.has("frame"), section.has("description") {
            section.report(
                LocalText("'frame' and 'description' exclude each other", "'frame' 与 'description' 不能同时使用"),
                hint: LocalText("keep one of the two", "请保留其中之一"), at: "description")
        }
        if section.has("frame") {
            _ = section.value("description", .absolutePath())
            return section.section("frame") { FrameDescriptionReader.read($0, keys: keys) } ?? nil
        }
        guard section.has("description") else {
            section.report(
                LocalText("nothing describes the pad's frames", "没有描述评价器的帧"),
                hint: LocalText(
                    "name a file under 'description', or write them under 'frame'; 'hallgate devices infer' drafts it from a capture",
                    "请在 'description' 中指定文件，或写在 'frame' 下；'hallgate devices infer' 可由抓取的数据起草"))
            return nil
        }
        return section.file("description", copiedTo: kept.copy(of:)) { FrameDescriptionReader.read($0, keys: keys) }
            ?? nil
    }

    /// The description in words; a dictionary has no order of its own, so the keys are put in one.
    private static func settings(of description: FrameDescription, _ addresses: [BusAddress]) -> String {
        var rest = description
        rest.keys = KeyMap([:])
        let keys = description.keys.keys.sorted { $0.key < $1.key }
        return "\(rest) \(keys) \(addresses)"
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
public import RatingModel

/// Proposes the stanza by which a new device takes the place of the one at a window.
///
/// `place` names a window or the old line's path. Without `new` the line that is there and not configured is taken,
/// if there is exactly one. Throws where the configuration is not accepted, the place is unknown or ambiguous, or
/// nothing needs to be changed.
public func replacement(
    at place: String, by new: DeviceStanza.Place?, configurationPath: String
) throws(GatewayError) -> DeviceStanza {
    let configuration = try ConfigurationSource(path: configurationPath).read()
    let old = try configuration.device(at: place)
    if let new { return DeviceStanza(place: new, replaces: old.placeName) }
    var lines = LearnLines(configured: configuration.devices.map(\.line))
    let found = lines.linked().map(\.path)
    switch found.count {
    case 1: return DeviceStanza(place: .path(found[0]), replaces: old.placeName)
    case 0:
        throw GatewayError(
            "replace.nothing-new",
            LocalText("there is no serial line that is not configured", "没有未配置的串口"),
            hint: old.line.match?.serial == nil
                ? LocalText(
                    "a pad at \(place) is known by its port: plug the new one in where the old one was, and nothing needs to be changed",
                    "\(place) 的评价器按接口识别：将新设备插在原接口即可，无需修改配置")
                : LocalText("plug the new pad in, or state --path or --serial", "请接上新设备，或指定 --path 或 --serial"))
    default:
        throw GatewayError(
            "replace.several", LocalText("several lines are not configured", "有多条未配置的线路"),
            cause: found.joined(separator: ", "),
            hint: LocalText(
                "name the new one with --path; 'hallgate devices learn' finds it by a press",
                "请用 --path 指定新设备；可用 hallgate devices learn 按键识别"))
    }
}

/// Proposes the stanza that adds the file with a pad's key to the device at a place.
public func pairing(
    at place: String, keyFile: String, configurationPath: String
) throws(GatewayError) -> DeviceStanza {
    let configuration = try ConfigurationSource(path: configurationPath).read()
    return DeviceStanza(replaces: try configuration.device(at: place).placeName, keyFile: keyFile)
}

extension GatewayConfiguration {
    fileprivate func device(at place: String) throws(GatewayError) -> Device {
        let found = devices.filter { device in
            device.placeName == place || device.line.path == place || device.window?.value == place
                || device.addresses.values.contains { $0.value == place }
        }
        guard let device = found.first else { throw .noDevice(at: place) }
        guard found.count == 1 else {
            throw GatewayError(
                "device.several", LocalText("several lines are at '\(place)'", "'\(place)' 有多条线路"),
                cause: found.map(\.placeName).joined(separator: ", "),
                hint: LocalText("name one by its path", "请用路径指定其中一条"))
        }
        return device
    }
}

extension GatewayConfiguration.Device {
    /// What `replaces` names the device by.
    fileprivate var placeName: String { line.match.flatMap { $0.serial ?? $0.port } ?? line.path }
}

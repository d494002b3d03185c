// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import OperatorAPI

/// The list of devices for people; it fits 80 columns, a line's path standing below its device.
struct DevicesPage {
    private let devices: [GatewayStatus.Device]
    private let words: DeviceWords
    private let usesColor: Bool

    init(_ devices: [GatewayStatus.Device], _ console: Console) {
        self.devices = devices
        words = DeviceWords(isChinese: console.isChinese)
        usesColor = console.usesColor
    }

    /// The whole page.
    var text: String {
        guard !devices.isEmpty else { return words.none }
        var columns = Columns([.left, .left, .right, .right, .right, .right, .left])
        columns.add(words.columns)
        for device in devices {
            let health = device.health
            columns.add([
                device.places.first.map(place) ?? "–", words.status.state(device.state),
                health.secondsSinceHeard.map { ageText(seconds: $0, isChinese: words.isChinese) } ?? "–",
                grouped(device.recorded), grouped(device.refused), grouped(device.badFrames),
                device.device.map { shortened($0, to: 32) } ?? "–",
            ])
        }
        let lines = columns.lines
        var page = [Paint.dim.painted(lines[0], usesColor)]
        for (device, line) in zip(devices, lines.dropFirst()) {
            page.append(paint(of: device).map { $0.painted(line, usesColor) } ?? line)
            let others = device.places.dropFirst()
            if !others.isEmpty { page += wrapped(others.map(place)) }
            page.append(dim("  ↳ " + words.line(shortened(device.path, to: 96), device.driver)))
            for note in words.notes(of: device) { page.append("    " + Paint.yellow.painted(note, usesColor)) }
            if !device.isWorking, let detail = device.words(isChinese: words.isChinese) {
                page.append(dim("    " + shortened(detail, to: 200)))
            }
        }
        return page.joined(separator: "\n")
    }

    /// A window, with the address where several devices share the line.
    private func place(_ place: GatewayStatus.Device.Place) -> String {
        (place.window.map { shortened($0, to: 16) } ?? "–") + (place.address.map { "#\($0)" } ?? "")
    }

    /// The other windows of a shared line, as many on a line of text as fit.
    private func wrapped(_ names: [String]) -> [String] {
        var lines: [String] = []
        for name in names {
            if let last = lines.last, displayWidth(last) + displayWidth(name) < 76 {
                lines[lines.count - 1] = last + "  " + name
            } else {
                lines.append(name)
            }
        }
        return lines
    }

    private func paint(of device: GatewayStatus.Device) -> Paint? {
        switch device.state {
        case .ready: nil
        case .greeting: .yellow
        case .absent, .silent, .stale: .red
        }
    }

    private func dim(_ text: String) -> String { Paint.dim.painted(text, usesColor) }
}

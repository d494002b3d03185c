// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import OperatorAPI

extension StatusPage {
    /// How many devices are in which state, those that need nobody first.
    var deviceCounts: String {
        let counts = [GatewayStatus.Device.State.ready, .greeting, .stale, .silent, .absent].compactMap { state in
            let count = status.devices.count { $0.state == state }
            return count == 0 ? nil : "\(count) \(words.state(state))"
        }
        return counts.isEmpty ? "" : "  " + painted(counts.joined(separator: words.comma), .dim)
    }

    /// A line for each device, in the order of the configuration, with what one that is not ready complains of.
    var devices: [String] {
        var columns = Columns([.left, .left, .left, .left, .right, .right, .right])
        columns.add(words.deviceColumns)
        for device in status.devices {
            columns.add([
                device.window.map { safe($0) } ?? "–", safe(device.path), words.state(device.state),
                device.device.map { safe($0) } ?? "–", grouped(device.recorded), grouped(device.refused),
                grouped(device.badFrames),
            ])
        }
        let lines = columns.lines
        return [painted(lines[0], .dim)]
            + zip(lines.dropFirst(), status.devices).flatMap { line, device in
                guard device.state != .ready else { return [line] }
                let paint: Paint = device.state == .greeting ? .yellow : .red
                return [painted(line, paint)]
                    + (device.words(isChinese: words.isChinese).map { [painted("  ↳ " + safe($0, to: 200), .dim)] }
                        ?? [])
            }
    }

    /// How often each window was flagged today, a cause a line; never a level (G9).
    var flagsToday: [String] {
        var columns = Columns([.left, .right, .left])
        let causes = FlagWords(isChinese: words.isChinese)
        for window in status.flagsToday {
            for (cause, count) in window.counts.sorted(by: { $0.key < $1.key }) {
                columns.add([window.window.map { safe($0, to: 16) } ?? "–", grouped(count), causes.cause(cause)])
            }
        }
        return columns.lines
    }

    // MARK: Safe and coloured text

    func safe(_ text: String, to limit: Int = 96) -> String { shortened(text, to: limit) }

    func painted(_ text: String, _ paint: Paint) -> String { paint.painted(text, usesColor) }
}

extension GatewayStatus.Device {
    /// What it complains of, in one of the two languages.
    func words(isChinese: Bool) -> String? { isChinese ? detailChinese ?? detail : detail }
}

/// How a text stands out on a terminal (ECMA-48 SGR).
enum Paint: Int {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33

    func painted(_ text: String, _ usesColor: Bool) -> String {
        usesColor ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
    }
}

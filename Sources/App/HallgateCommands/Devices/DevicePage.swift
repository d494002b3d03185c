// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import OperatorAPI

/// One device for people: what it is, what it can do, how it is, and its last frames, masked (G9).
struct DevicePage {
    private let report: DeviceReport
    private let words: DeviceWords
    private let console: Console

    init(_ report: DeviceReport, _ console: Console) {
        self.report = report
        self.console = console
        words = DeviceWords(isChinese: console.isChinese)
    }

    /// The whole page.
    var text: String {
        let (device, health) = (report.device, report.device.health)
        let windows = device.windows.isEmpty ? "–" : device.windows.map { shortened($0, to: 16) }.joined(separator: " ")
        let state = color(of: device.state).painted(words.status.state(device.state), console.usesColor)
        var lines = [
            "\(Paint.bold.painted(windows, console.usesColor))  \(state)"
                + (device.device.map { "  " + shortened($0, to: 64) } ?? "")
        ]
        if let detail = device.words(isChinese: words.isChinese) { lines.append("  ↳ " + shortened(detail, to: 200)) }
        var columns = Columns([.left, .left])
        columns.add([words.lineTitle, words.line(shortened(device.path, to: 96), device.driver)])
        if let model = device.model { columns.add([words.modelTitle, shortened(model, to: 72)]) }
        columns.add([
            words.heardTitle, words.heard(health.secondsSinceHeard) + words.comma + words.opened(device.connections),
        ])
        columns.add([words.pressesTitle, words.presses(device)])
        columns.add([words.errorsTitle, words.errors(health)])
        if let log = words.log(health) { columns.add([words.logTitle, log]) }
        if let supply = health.supplyMillivolts { columns.add([words.supplyTitle, words.volts(supply)]) }
        for (index, ability) in words.abilities(device.abilities).enumerated() {
            columns.add([index == 0 ? words.abilitiesTitle : "", ability])
        }
        lines += columns.lines.map { "  " + $0 }
        for note in words.notes(of: device) { lines.append("  " + Paint.yellow.painted(note, console.usesColor)) }
        if !report.decisions.isEmpty {
            let decided = DecisionLines(isChinese: console.isChinese)
            lines += ["", Paint.bold.painted(decided.title, console.usesColor)]
            lines += decided.lines(of: report.decisions).map { "  " + $0 }
        }
        lines += ["", Paint.bold.painted(words.lastFrames, console.usesColor)]
        let tap = TapLines(console, shows: [.bytes, .events])
        let traffic = tap.lines(of: report.tap)
        lines += traffic.isEmpty ? ["  " + words.noFrames] : traffic
        return lines.joined(separator: "\n")
    }

    private func color(of state: GatewayStatus.Device.State) -> Paint {
        switch state {
        case .ready: .green
        case .greeting: .yellow
        case .absent, .silent, .stale: .red
        }
    }
}

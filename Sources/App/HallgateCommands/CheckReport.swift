// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import HallgateApp
import RatingModel

/// What `hallgate check` says of a configuration.
struct CheckReport {
    private let diagnostics: [Diagnostic]
    private let configuration: GatewayConfiguration?
    private let path: String
    private let files: [String]

    /// Takes what was read; a file the operator named must be there, while the one at the usual place may be missing.
    init(reading: ConfigurationReading, path: String, isNamed: Bool) {
        self.path = path
        files = reading.files
        guard isNamed, reading.isBuiltIn, reading.diagnostics.isEmpty else {
            (diagnostics, configuration) = (reading.diagnostics, reading.configuration)
            return
        }
        let missing = Diagnostic(
            SourceMark(file: path, line: 1, column: 1), LocalText("there is no such file", "没有该文件"),
            hint: LocalText(
                "correct the path; the daemon would run with its built-in defaults", "请更正路径；否则守护进程将以内置默认值运行"))
        (diagnostics, configuration) = ([missing], nil)
    }

    /// Whether the daemon would take it.
    var isWell: Bool { configuration != nil }

    /// A line for each mistake; one line that says what is configured where there is none.
    func text(for locale: String) -> String {
        var lines = diagnostics.map { $0.line(for: locale) }
        if let configuration { lines.append(summary(of: configuration).text(for: locale)) }
        return lines.joined(separator: "\n")
    }

    private func summary(of configuration: GatewayConfiguration) -> LocalText {
        let (windows, devices) = (configuration.windows.count, configuration.devices.count)
        let uplinks = configuration.uplinks.count
        guard !files.isEmpty else {
            return LocalText(
                "There is no \(path): the daemon runs with its built-in defaults, without devices and uplinks.",
                "没有 \(path)：守护进程将以内置默认值运行，无设备、无上行链路。")
        }
        let dropIns = files.filter { $0 != path }.count
        let (more, moreChinese) =
            dropIns == 0
            ? ("", "") : (" with \(counted(dropIns, "drop-in", "drop-ins"))", "（含 \(dropIns) 个附加文件）")
        return LocalText(
            "\(path)\(more) is well: \(counted(windows, "window", "windows")), \(counted(devices, "device", "devices")), \(counted(uplinks, "uplink", "uplinks")).",
            "\(path)\(moreChinese) 正确：\(windows) 个窗口，\(devices) 台设备，\(uplinks) 条上行链路。")
    }

    private func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }

    /// The same for scripts.
    var json: String {
        encodedJSON(
            Output(
                file: path, isWell: isWell, windows: configuration?.windows.count,
                devices: configuration?.devices.count,
                uplinks: configuration?.uplinks.count, diagnostics: diagnostics.map(Output.Line.init)))
    }

    private struct Output: Encodable {
        let file: String
        let isWell: Bool
        let windows: Int?
        let devices: Int?
        let uplinks: Int?
        let diagnostics: [Line]

        struct Line: Encodable {
            let file: String
            let line: Int
            let column: Int
            let severity: String
            let message: String
            let messageChinese: String
            let hint: String
            let hintChinese: String

            init(_ diagnostic: Diagnostic) {
                file = diagnostic.mark.file
                line = diagnostic.mark.line
                column = diagnostic.mark.column
                severity = diagnostic.severity.rawValue
                message = diagnostic.message.english
                messageChinese = diagnostic.message.chinese
                hint = diagnostic.hint.english
                hintChinese = diagnostic.hint.chinese
            }
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel

/// Where the configuration comes from, now and at each reload.
struct ConfigurationSource: Sendable {
    /// The file; `nil` runs the built-in defaults.
    let path: String?
    /// Copies that count instead of the files it names.
    var kept = KeptDescriptions.none

    /// Reads the file and its drop-ins; throws with every mistake in the cause.
    func read() throws(GatewayError) -> GatewayConfiguration {
        guard let path else { return .builtIn }
        let reading = GatewayConfiguration.read(file: path, kept: kept)
        if let configuration = reading.configuration { return configuration }
        let mistakes = reading.diagnostics.filter { $0.severity == .error }
        throw GatewayError(
            "configuration.refused",
            LocalText("the configuration has mistakes: \(mistakes.count)", "配置中有 \(mistakes.count) 处错误"),
            cause: mistakes.map { $0.description }.joined(separator: "\n"),
            hint: LocalText("run `hallgate check --config \(path)`", "请运行 hallgate check --config \(path)"))
    }
}

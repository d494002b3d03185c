// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel ConfigurationFile
// libraries: yaml
// measured: YAMLReading NodeBuilder SourceText ConfigurationNode

@testable import ConfigurationFile

/// The reader of YAML up to its tree, and drop-ins laid over it.
func fuzz(_ input: [UInt8]) {
    guard let text = try? SourceText(file: "fuzz.yaml", order: 0, bytes: input) else { return }
    let parsed = parseYAML(text)
    for diagnostic in parsed.diagnostics {
        precondition(diagnostic.mark.line > 0 && diagnostic.mark.column > 0, "a mistake without a place")
    }
    guard let root = parsed.root else { return }
    _ = root.merged(with: root)
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile

/// What came of reading a configuration file: a configuration, or what keeps it from being one.
public struct ConfigurationReading: Sendable, Hashable {
    /// The configuration; `nil` where any diagnostic is an error.
    public let configuration: GatewayConfiguration?
    /// Every mistake found, sorted by position.
    public let diagnostics: [Diagnostic]
    /// The files that were read, the main file first.
    public let files: [String]
    /// The control socket the file names, or the built-in one; also where the file has mistakes elsewhere, so that an
    /// operator can still ask the daemon that runs.
    public let controlSocket: String

    /// Whether there was no file, so that the built-in defaults are taken.
    public var isBuiltIn: Bool { files.isEmpty }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import RatingModel

/// The last accepted configuration, kept in the state directory: a bad file at start runs that one, unwell.
///
/// Without a state directory (systemd's `$STATE_DIRECTORY`) nothing is kept, and a bad file at start is an error.
struct AcceptedConfiguration: Sendable {
    /// Where the copy lies, if anywhere.
    let path: String?

    static func fromEnvironment(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Self {
        AcceptedConfiguration(path: environment["STATE_DIRECTORY"].map { $0 + "/accepted-configuration.yaml" })
    }

    /// The configuration to run, and why the file was not taken where it was not.
    func choose(
        _ source: ConfigurationSource, logger: Logger
    ) throws(GatewayError) -> (GatewayConfiguration, refused: GatewayError?) {
        do throws(GatewayError) {
            let configuration = try source.read()
            keep(source, logger: logger)
            return (configuration, nil)
        } catch {
            guard let path, FileManager.default.fileExists(atPath: path),
                let configuration = try? ConfigurationSource(path: path).read()
            else { throw error }
            logger.error("the configuration was refused; the last accepted one runs", metadata: ["error": "\(error)"])
            return (configuration, error)
        }
    }

    /// Copies the accepted file aside; drop-ins lie beside it under the same rule as beside the original.
    func keep(_ source: ConfigurationSource, logger: Logger) {
        guard let path, let original = source.path, FileManager.default.fileExists(atPath: original) else { return }
        do {
            try replace(path, by: original)
            if FileManager.default.fileExists(atPath: original + ".d") {
                try replace(path + ".d", by: original + ".d")
            } else if FileManager.default.fileExists(atPath: path + ".d") {
                try FileManager.default.removeItem(atPath: path + ".d")
            }
        } catch {
            logger.warning("the accepted configuration was not kept", metadata: ["error": "\(error)"])
        }
    }

    private func replace(_ copy: String, by original: String) throws {
        let fresh = copy + ".new"
        if FileManager.default.fileExists(atPath: fresh) { try FileManager.default.removeItem(atPath: fresh) }
        try copyContents(of: original, to: fresh)
        if FileManager.default.fileExists(atPath: copy) { try FileManager.default.removeItem(atPath: copy) }
        try FileManager.default.moveItem(atPath: fresh, toPath: copy)
    }

    /// Copies what is written in a file, or in the files of a folder, and nothing else of them: owner and mode are those
    /// of a folder that belongs to root, and a daemon that may not change owners would fail to give them to its copy.
    private func copyContents(of original: String, to copy: String) throws {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: original, isDirectory: &isFolder), isFolder else {
            return try Data(contentsOf: URL(filePath: original)).write(to: URL(filePath: copy))
        }
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
        for name in try FileManager.default.contentsOfDirectory(atPath: original) where name.hasSuffix(".yaml") {
            try Data(contentsOf: URL(filePath: original + "/" + name)).write(to: URL(filePath: copy + "/" + name))
        }
    }
}

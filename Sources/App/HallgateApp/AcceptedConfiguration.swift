// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import RatingModel
import RegionProfiles

/// The last accepted configuration, kept in the state directory with the descriptions of pads that it names: a bad file
/// at start runs that one, unwell.
///
/// Without a state directory (systemd's `$STATE_DIRECTORY`) nothing is kept, and a bad file at start is an error.
struct AcceptedConfiguration: Sendable {
    /// Where the copy lies, if anywhere.
    let path: String?

    /// What a start runs.
    struct Choice {
        /// The configuration.
        let configuration: GatewayConfiguration
        /// Why the file was not taken, where it was not.
        let refused: GatewayError?
        /// What was accepted last before this start: nothing but what is built in, where nothing was; `nil` where it is
        /// not known because nothing is ever kept.
        let previous: GatewayConfiguration?
    }

    static func fromEnvironment(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Self {
        AcceptedConfiguration(path: environment["STATE_DIRECTORY"].map { $0 + "/accepted-configuration.yaml" })
    }

    private var descriptions: KeptDescriptions { KeptDescriptions(folder: path.map { $0 + ".files" }) }

    /// The configuration to run. It is for the caller to ``keep(_:of:logger:)`` it once it is accepted.
    func choose(_ source: ConfigurationSource, logger: Logger) throws(GatewayError) -> Choice {
        let kept = kept
        do throws(GatewayError) {
            return Choice(
                configuration: try source.read(), refused: nil, previous: kept ?? (path == nil ? nil : .builtIn))
        } catch {
            guard let kept else { throw error }
            logger.error("the configuration was refused; the last accepted one runs", metadata: ["error": "\(error)"])
            return Choice(configuration: kept, refused: error, previous: kept)
        }
    }

    private var kept: GatewayConfiguration? {
        guard let path, FileManager.default.fileExists(atPath: path) else { return nil }
        return try? ConfigurationSource(path: path, kept: descriptions).read()
    }

    /// Copies the accepted file aside, with the descriptions it names and the drop-ins of all of them, which lie beside
    /// the copies under the same rule as beside the originals.
    func keep(_ source: ConfigurationSource, of configuration: GatewayConfiguration, logger: Logger) {
        guard let path, let original = source.path, FileManager.default.fileExists(atPath: original) else { return }
        do {
            // First what the file names: a file without its descriptions would be none.
            var copies: Set<String> = []
            let files =
                configuration.devices.compactMap(\.driver.descriptionFile)
                + configuration.uplinks.compactMap(\.region.profileFile) + configuration.questionnaires.map(\.file)
                + [configuration.pages?.regionCodes?.file].compactMap { $0 }
            for file in Set(files) {
                guard let copy = descriptions.copy(of: file) else { continue }
                try keep(file, at: copy)
                copies.insert(copy)
            }
            try keep(original, at: path)
            try removeCopies(except: copies)
        } catch {
            logger.warning("the accepted configuration was not kept", metadata: ["error": "\(error)"])
        }
    }

    private func keep(_ original: String, at copy: String) throws {
        let files = FileManager.default
        let cut = copy.lastIndex(of: "/") ?? copy.startIndex
        let (folder, name) = (String(copy[..<cut]), String(copy[cut...].drop { $0 == "/" }))
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (dropIns, fresh) = (copy + ".d", copy + ".d.new")
        if files.fileExists(atPath: fresh) { try files.removeItem(atPath: fresh) }
        if files.fileExists(atPath: original + ".d") { try copyDropIns(in: original + ".d", to: fresh) }
        if files.fileExists(atPath: dropIns) { try files.removeItem(atPath: dropIns) }
        if files.fileExists(atPath: fresh) { try files.moveItem(atPath: fresh, toPath: dropIns) }
        // Last, since it brings the new names of the folder to the disk.
        try copyContents(of: original, to: WholeFile(directory: folder, name: name))
    }

    private func removeCopies(except copies: Set<String>) throws {
        guard let folder = descriptions.folder, FileManager.default.fileExists(atPath: folder) else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let copy = folder + "/" + (name.hasSuffix(".d") ? String(name.dropLast(2)) : name)
            if !copies.contains(copy) { try FileManager.default.removeItem(atPath: folder + "/" + name) }
        }
    }

    private func copyDropIns(in original: String, to copy: String) throws {
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: false)
        for name in try FileManager.default.contentsOfDirectory(atPath: original) where name.hasSuffix(".yaml") {
            try copyContents(of: original + "/" + name, to: WholeFile(directory: copy, name: name))
        }
    }

    /// Copies what is written in a file, and nothing else of it: owner and mode are those of a folder that belongs to root,
    /// and a daemon that may not change owners would fail to give them to its copy.
    private func copyContents(of original: String, to copy: WholeFile) throws {
        let reason = copy.replace(with: [UInt8](try Data(contentsOf: URL(filePath: original))))
        if let reason { throw CocoaError(.fileWriteUnknown, userInfo: ["reason": reason]) }
    }
}

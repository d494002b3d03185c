// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography

/// Where copies of the files are that an accepted configuration names, such as the descriptions of pads.
///
/// A copy is named by the hash of the path it was taken from, so that no list has to be kept beside them.
struct KeptDescriptions: Sendable {
    /// Reads every file where it is.
    static let none = KeptDescriptions(folder: nil)

    /// The folder of the copies, if there is one.
    let folder: String?

    /// Where the copy of a file is, or is to be; `nil` without a folder.
    func copy(of path: String) -> String? {
        guard let folder, let hash = try? Digest.hash(.sha256, Array(path.utf8)) else { return nil }
        let digits = hash.prefix(16).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return "\(folder)/\(digits.joined()).yaml"
    }
}

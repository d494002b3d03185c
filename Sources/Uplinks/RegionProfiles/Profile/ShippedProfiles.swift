// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile

extension RegionProfile {
    /// The national-style interface with the codes most regions share; what is meant where nothing else is said.
    public static let national = all[0]

    /// The profiles that ship with Hallgate.
    public static let all: [RegionProfile] = sources.map { name, bytes in
        // A test sees to it that what ships has no mistake.
        read(text: String(decoding: bytes, as: UTF8.self), name: name).value
    }

    /// The files that ship, built into the program.
    static let sources: [(name: String, bytes: [UInt8])] = [
        ("national.yaml", PackageResources.national_yaml), ("plain.yaml", PackageResources.plain_yaml),
        ("shandong-style.yaml", PackageResources.shandong_style_yaml),
        ("zhejiang-style.yaml", PackageResources.zhejiang_style_yaml),
        ("fujian-style.yaml", PackageResources.fujian_style_yaml),
        ("neimenggu.yaml", PackageResources.neimenggu_yaml),
    ]

    /// The profile of a name; `nil` where there is none.
    public static func named(_ name: String) -> RegionProfile? { all.first { $0.name == name } }

    /// Reads a profile as its author has it, with its mistakes by line and column.
    static func read(text: String, name: String) -> ConfigurationFile.Outcome<RegionProfile> {
        ConfigurationFile.read(text: text, name: name) { RegionProfile.read($0) }
    }
}

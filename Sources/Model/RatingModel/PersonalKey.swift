// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The keys under which what a citizen wrote stands in ``PersonalFields``: pages write them, region profiles read them.
public enum PersonalKey: String, Sendable, Hashable, CaseIterable {
    /// 评价详情: codes of the indicator table, such as `510,517`, joined with commas or bars.
    case indicators
    /// 文字评价, in the citizen's own words.
    case text
    /// The name, where the citizen gave it.
    case name
    /// The telephone number, where the citizen left it.
    case mobile
    /// 证件号码: the number of the document the citizen proved themselves with.
    case certKey
    /// Which kind of person: the word of a profile's table, such as `natural`.
    case user
}

extension PersonalFields {
    /// The value under one of the known keys; `nil` where nothing was said.
    public subscript(key: PersonalKey) -> String? { values[key.rawValue] }

    /// Whether they say why: an indicator was chosen, or a text written.
    public var hasReason: Bool { !(self[.indicators] ?? "").isEmpty || !(self[.text] ?? "").isEmpty }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// A field of a rating's record: its name at the region and what stands in it.
struct RecordField: Sendable, Hashable {
    var name: String
    var source: Source
    /// Whether it is left out where there is nothing to say; else it is written empty.
    var isOmitted = false
    /// Whether it is a number in JSON; else a text.
    var isNumber = false
    /// Whether a rating without it cannot be stated.
    var isRequired = false
    /// Stands before the value.
    var prefix = ""
    /// The value is filled up with zeros behind it to so many characters: a 6-digit area becomes a 12-digit one.
    var pad = 0
    /// Only so many characters from the beginning are written; 0 for all.
    var first = 0
    /// The format of a time, where it is not the profile's.
    var time: TimeFormat?

    /// What stands in a field.
    enum Source: Sendable, Hashable {
        case id, project, service, level, levelName, channel, indicators, text, time, ordinal, device, pad, press
        case window, staff, name, mobile, certKey, user, key, outcome, isRepeat, isOutsideHours, isClockTrusted
        case site(String)
        case literal(String)
    }

    /// The sources by the words of a profile.
    static let sources: [String: Source] = [
        "id": .id, "project": .project, "service": .service, "level": .level, "level_name": .levelName,
        "channel": .channel, "indicators": .indicators, "text": .text, "time": .time, "ordinal": .ordinal,
        "device": .device, "pad": .pad, "press": .press, "window": .window, "staff": .staff, "name": .name,
        "mobile": .mobile, "cert_key": .certKey, "user": .user, "key": .key, "outcome": .outcome,
        "is_repeat": .isRepeat, "is_outside_hours": .isOutsideHours, "is_clock_trusted": .isClockTrusted,
    ]
}

/// Something the site has to state, because it is the same in all its ratings.
struct SiteConstant: Sendable, Hashable {
    var name: String
    var isRequired = false
    /// What it is where the site says nothing.
    var fallback = ""
    /// It is filled up with zeros behind it to so many characters.
    var pad = 0
    /// The codes of the words the site may say, where it says words: 即办件 and 承诺件, whose codes are opposite in places.
    var codes: [String: String] = [:]
}

/// How fields become a record, and records a batch.
struct RecordShape: Sendable, Hashable {
    var form = TextForm.json
    /// The XML element around a record.
    var element = "record"
    /// Stands between two records.
    var separator = ","
    /// What is around all records before they are sealed as a whole; `nil` for nothing.
    var document: Template?
    /// Joins the codes of indicators.
    var indicatorSeparator = ","
    /// Most characters of a free text.
    var textCharacters = Limits.freeTextCharacters
    var time = TimeFormat.dashed
    /// The zone times are written in; `nil` for the hall's.
    var zone: HallZone?
}

/// The forms a text can have, and how what stands in it is escaped.
enum TextForm: String, Sendable, Hashable, CaseIterable {
    case json, xml, form
    /// Nothing is escaped: header fields and what is signed.
    case plain

    /// What `content-type` says of it, where a profile does not.
    var mediaType: String {
        switch self {
        case .json: "application/json"
        case .xml: "text/xml; charset=utf-8"
        case .form: "application/x-www-form-urlencoded"
        case .plain: "text/plain; charset=utf-8"
        }
    }
}

/// Codes of what a rating or a site says in words.
struct CodeTables: Sendable, Hashable {
    /// 用户属性 by the words in ``RatingModel/PersonalKey/user``.
    var user: [String: String] = [:]
}

/// The words for kinds of persons (userProp): the seven of the national interface; some regions know two.
enum UserKind: String, Sendable, Hashable, CaseIterable {
    case natural, enterprise, institution, social, unincorporated, agency, other
    case legal
}

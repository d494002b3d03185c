// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// The fields of a form as browsers send it (application/x-www-form-urlencoded), in their order.
struct FormFields: Sendable {
    /// Most fields that a page of ours sends.
    static let mostFields = 128

    private(set) var fields: [(name: String, value: String)] = []

    /// Reads a body; `nil` where it is no such form.
    init?(_ body: some Sequence<UInt8>, atMost most: Int = mostFields) {
        for pair in Array(body).split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard fields.count < most, let name = Self.text(parts[0]),
                let value = parts.count > 1 ? Self.text(parts[1]) : ""
            else { return nil }
            fields.append((name, value))
        }
    }

    func first(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    private static func text(_ coded: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = coded
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

extension RatingForm {
    /// The rating in a form that was sent without a script.
    ///
    /// Without one no kiosk shows its key, so the place is a phone. Such a page may send what was ticked under a level that was left again; only the level's own are meant.
    init(_ fields: FormFields, in hall: HallDescription) {
        let level = fields.first("level")
        let own = level.flatMap(PageLevel.init).flatMap { hall.indicators[$0] }.map { Set($0.map(\.code)) } ?? []
        self.init(
            submission: fields.first("submission"), level: level,
            indicators: fields.all("indicators").filter(own.contains), text: fields.first("text"),
            name: fields.first("name"), mobile: fields.first("mobile"), language: fields.first("language"))
    }
}

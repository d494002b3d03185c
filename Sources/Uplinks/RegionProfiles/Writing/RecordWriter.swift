// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// Writes ratings down as records, with everything that is the same in all of them made ready.
struct RecordWriter: Sendable {
    let profile: RegionProfile
    private let plans: [FieldPlan]
    private let terms: RegionTerms
    private let values: FieldValues
    private let opening: [UInt8]
    private let closing: [UInt8]
    private let between: [UInt8]
    private let form: TextForm

    init(_ profile: RegionProfile, terms: RegionTerms, values: FieldValues) {
        self.profile = profile
        self.terms = terms
        self.values = values
        form = profile.shape.form
        plans = profile.fields.map { FieldPlan($0, form: profile.shape.form) }
        switch form {
        case .json: (opening, closing, between) = ([UInt8(ascii: "{")], [UInt8(ascii: "}")], [UInt8(ascii: ",")])
        case .xml:
            opening = Array("<\(profile.shape.element)>".utf8)
            closing = Array("</\(profile.shape.element)>".utf8)
            between = []
        case .form: (opening, closing, between) = ([], [], [UInt8(ascii: "&")])
        case .plain: (opening, closing, between) = ([], [], [UInt8(ascii: "|")])
        }
    }

    /// Whether the region's interface has words for a rating.
    func canState(_ rating: OutgoingRecord) -> Bool {
        guard let stated = rating.rating, stated.level != nil || terms.unrated == .plain else { return false }
        guard stated.caseReference != nil || terms.unbound == .plain else { return false }
        guard profile.channels[stated.channel] != nil || !profile.writesChannel else { return false }
        return plans.allSatisfy { !$0.field.isRequired || values.has($0.field.source, rating) }
    }

    /// Whether the sentence stands for the reason that nobody gave.
    func usesStatement(_ rating: OutgoingRecord) -> Bool { values.usesStatement(rating) }

    /// Writes a record of a rating that can be stated.
    func write(_ rating: OutgoingRecord, into out: inout [UInt8]) {
        out.append(contentsOf: opening)
        var isFirst = true
        for plan in plans {
            let start = out.count
            if !isFirst { out.append(contentsOf: between) }
            out.append(contentsOf: plan.opening)
            let place = out.count
            values.write(plan.field, rating, into: &out)
            if out.count == place, plan.field.isOmitted || plan.field.isNumber {
                out.removeSubrange(start...)
                continue
            }
            if plan.isShaped { plan.shape(&out, from: place) }
            if plan.mayNeedEscapes { form.escape(&out, from: place) }
            out.append(contentsOf: plan.closing)
            isFirst = false
        }
        out.append(contentsOf: closing)
    }
}

/// A field with what stands around its value.
private struct FieldPlan: Sendable {
    let field: RecordField
    let opening: [UInt8]
    let closing: [UInt8]
    let isShaped: Bool
    let mayNeedEscapes: Bool

    init(_ field: RecordField, form: TextForm) {
        self.field = field
        isShaped = field.pad > 0 || field.first > 0
        let safe: Set<RecordField.Source> = [.id, .level, .ordinal, .isRepeat, .isOutsideHours, .isClockTrusted]
        mayNeedEscapes = !safe.contains(field.source)
        switch form {
        case .json:
            var name = Array(field.name.utf8)
            form.escape(&name, from: 0)
            opening = [UInt8(ascii: "\"")] + name + Array((field.isNumber ? "\":" : "\":\"").utf8)
            closing = field.isNumber ? [] : [UInt8(ascii: "\"")]
        case .xml:
            opening = Array("<\(field.name)>".utf8)
            closing = Array("</\(field.name)>".utf8)
        case .form:
            opening = Array("\(field.name)=".utf8)
            closing = []
        case .plain: (opening, closing) = ([], [])
        }
    }

    func shape(_ out: inout [UInt8], from place: Int) {
        if field.first > 0, out.count - place > field.first {
            let kept = String(decoding: out[place...], as: UTF8.self).prefix(field.first)
            out.removeSubrange(place...)
            out.append(contentsOf: kept.utf8)
        }
        if out.count > place { while out.count - place < field.pad { out.append(UInt8(ascii: "0")) } }
    }
}

extension RegionProfile {
    /// Whether a record says by which channel a rating came.
    public var writesChannel: Bool { fields.contains { $0.source == .channel } }
}

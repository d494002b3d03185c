// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// What is put into the places of a call's templates.
struct CallValues {
    private let coding: ProfileCoding
    private let access: RegionAccess
    var records: [UInt8] = []
    var ids: [RecordID] = []
    var reference: CaseReference?
    var date: String?
    var after: String?
    var window: WindowID?
    private var sign: [UInt8] = []
    private var now: String

    init(_ coding: ProfileCoding, _ access: RegionAccess) {
        self.coding = coding
        self.access = access
        var text: [UInt8] = []
        coding.profile.shape.time.write(access.now, in: coding.zone, into: &text)
        now = String(decoding: text, as: UTF8.self)
    }

    /// The path with its values.
    func path(_ form: CallForm) throws(GatewayError) -> String {
        var out: [UInt8] = []
        try write(form.path, into: &out, as: .form)
        return String(decoding: out, as: UTF8.self)
    }

    /// The header fields; those without a value are left out.
    func headers(_ form: CallForm) throws(GatewayError) -> [RegionHeader] {
        var headers: [RegionHeader] = []
        if !form.media.isEmpty { headers.append(RegionHeader("content-type", form.media)) }
        for header in coding.profile.calls.headers + form.headers {
            var out: [UInt8] = []
            guard header.value.write(into: &out, as: .plain, { value($0, as: .plain) }) else { continue }
            headers.append(RegionHeader(header.name, String(decoding: out, as: UTF8.self)))
        }
        return headers
    }

    /// The body, with the signature over what is signed.
    mutating func body(_ form: CallForm, signing signed: Template?) throws(GatewayError) -> [UInt8] {
        if let signed {
            var text: [UInt8] = []
            try write(signed, into: &text, as: .plain)
            sign = try coding.signature(over: text)
        }
        var out: [UInt8] = []
        out.reserveCapacity(records.count + 512)
        try write(form.body, into: &out, as: form.bodyForm)
        return out
    }

    private func write(_ template: Template, into out: inout [UInt8], as form: TextForm) throws(GatewayError) {
        guard template.write(into: &out, as: form, { value($0, as: form) }) else {
            let missing = template.pieces.lazy.compactMap { piece -> Template.Slot? in
                if case .slot(let slot) = piece, case .absent = value(slot, as: form) { slot } else { nil }
            }.first
            throw .missing(missing.map(Self.name) ?? "")
        }
    }

    private func value(_ slot: Template.Slot, as form: TextForm) -> Template.Value {
        switch slot {
        case .records: .bytes(records)
        case .sign: .bytes(sign)
        case .ids: .bytes(Array(list(form).utf8))
        case .project: optional(reference?.projectNumber)
        case .service: optional(reference?.serviceNumber)
        case .date: optional(date)
        case .after: .text(after ?? "")
        case .window: optional(window?.value)
        case .token: optional(access.token)
        case .now: .text(now)
        case .seconds: .text(String(access.now.millisecondsSinceEpoch / 1000))
        case .milliseconds: .text(String(access.now.millisecondsSinceEpoch))
        case .site(let name): optional(coding.site[name])
        case .credential(let name): optional(access.credentials[name])
        }
    }

    private func optional(_ text: String?) -> Template.Value { text.map { .text($0) } ?? .absent }

    private func list(_ form: TextForm) -> String {
        switch form {
        case .json: ids.map { "\"\($0)\"" }.joined(separator: ",")
        case .xml: ids.map { "<id>\($0)</id>" }.joined()
        case .form, .plain: ids.map(\.description).joined(separator: ",")
        }
    }

    private static func name(_ slot: Template.Slot) -> String {
        switch slot {
        case .site(let name), .credential(let name): name
        default: "\(slot)"
        }
    }
}

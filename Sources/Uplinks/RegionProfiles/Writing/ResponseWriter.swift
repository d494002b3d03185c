// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// Writes responses to questionnaires down, as the profile's fields say.
struct ResponseWriter: Sendable {
    private let profile: RegionProfile
    private let site: [String: String]
    private let zone: HallZone
    private let form: TextForm

    init(_ profile: RegionProfile, site: [String: String], zone: HallZone) {
        self.profile = profile
        self.site = site
        self.zone = profile.shape.zone ?? zone
        form = profile.shape.form
    }

    /// Whether the region's interface has words for a response.
    func canState(_ record: OutgoingRecord) -> Bool {
        guard record.content.response != nil, profile.calls.questionnaire != nil else { return false }
        return profile.channels[record.channel] != nil || !profile.responseFields.contains { $0.source == .channel }
    }

    /// Writes a response that can be stated.
    func write(_ record: OutgoingRecord, into out: inout [UInt8]) {
        guard let response = record.content.response else { return }
        out.append(contentsOf: opening)
        var isFirst = true
        for field in profile.responseFields {
            var value: [UInt8] = []
            write(field.source, response, record, into: &value)
            if value.isEmpty, field.isOmitted { continue }
            if !isFirst { out.append(contentsOf: between) }
            isFirst = false
            if form == .json, field.source == .answers {
                var name = Array(field.name.utf8)
                form.escape(&name, from: 0)
                out.append(contentsOf: [UInt8(ascii: "\"")] + name + Array("\":".utf8) + value)
                continue
            }
            form.escape(&value, from: 0)
            out.append(contentsOf: named(field.name, value))
        }
        out.append(contentsOf: closing)
    }

    private func write(
        _ source: ResponseField.Source, _ response: QuestionnaireResponse, _ record: OutgoingRecord,
        into out: inout [UInt8]
    ) {
        let text: String?
        switch source {
        case .id: return out.appendID(record.id.high, record.id.low)
        case .questionnaire: text = response.questionnaire
        case .version: return out.appendDecimal(UInt64(response.version))
        case .channel: text = profile.channels[response.channel]
        case .language: text = response.language
        case .time: return profile.shape.time.write(response.answeredAt.wall, in: zone, into: &out)
        case .window: text = response.window?.value
        case .project: text = response.caseReference?.projectNumber
        case .service: text = response.caseReference?.serviceNumber
        case .answers: return writeAnswers(response, record.personal, into: &out)
        case .site(let name): text = site[name]
        case .literal(let literal): text = literal
        }
        if let text { out.append(contentsOf: text.utf8) }
    }

    /// `[{"question":"…","choices":["…"]},{"question":"…","scale":4},{"question":"…","text":"…"}]`.
    private func writeAnswers(
        _ response: QuestionnaireResponse, _ personal: PersonalFields?, into out: inout [UInt8]
    ) {
        out.append(UInt8(ascii: "["))
        for (place, answer) in response.answers.enumerated() {
            if place > 0 { out.append(UInt8(ascii: ",")) }
            out.append(contentsOf: "{\"question\":".utf8)
            appendQuoted(answer.question, to: &out)
            switch answer.value {
            case .choices(let names):
                out.append(contentsOf: ",\"choices\":[".utf8)
                for (place, name) in names.enumerated() {
                    if place > 0 { out.append(UInt8(ascii: ",")) }
                    appendQuoted(name, to: &out)
                }
                out.append(UInt8(ascii: "]"))
            case .scale(let number): out.append(contentsOf: ",\"scale\":\(number)".utf8)
            case .text:
                // Words that were erased are not there any more; that something was written is.
                out.append(contentsOf: ",\"text\":".utf8)
                appendQuoted(personal?.values[PersonalFields.textKey(of: answer.question)] ?? "", to: &out)
            }
            out.append(UInt8(ascii: "}"))
        }
        out.append(UInt8(ascii: "]"))
    }

    private func appendQuoted(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        let start = out.count
        out.append(contentsOf: text.utf8)
        TextForm.json.escape(&out, from: start)
        out.append(UInt8(ascii: "\""))
    }

    // MARK: Form

    private var opening: [UInt8] {
        switch form {
        case .json: [UInt8(ascii: "{")]
        case .xml: Array("<\(profile.shape.element)>".utf8)
        case .form, .plain: []
        }
    }

    private var closing: [UInt8] {
        switch form {
        case .json: [UInt8(ascii: "}")]
        case .xml: Array("</\(profile.shape.element)>".utf8)
        case .form, .plain: []
        }
    }

    private var between: [UInt8] {
        switch form {
        case .json: [UInt8(ascii: ",")]
        case .xml: []
        case .form: [UInt8(ascii: "&")]
        case .plain: [UInt8(ascii: "|")]
        }
    }

    private func named(_ name: String, _ value: [UInt8]) -> [UInt8] {
        switch form {
        case .json:
            var name = Array(name.utf8)
            form.escape(&name, from: 0)
            return [UInt8(ascii: "\"")] + name + Array("\":\"".utf8) + value + [UInt8(ascii: "\"")]
        case .xml: return Array("<\(name)>".utf8) + value + Array("</\(name)>".utf8)
        case .form: return Array("\(name)=".utf8) + value
        case .plain: return value
        }
    }
}

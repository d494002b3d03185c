// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import UplinkAPI

/// Writes what is delivered beside ratings down, responses to questionnaires and invitations, as the profile's fields say.
struct ContentWriter: Sendable {
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

    /// Whether the region's interface has words for it.
    func canState(_ record: OutgoingRecord) -> Bool {
        switch record.content {
        case .rating: false
        case .invitation: profile.calls.invitation != nil
        case .questionnaire(let response):
            profile.calls.questionnaire != nil
                && (profile.channels[response.channel] != nil
                    || !profile.responseFields.contains { $0.source == .channel })
        }
    }

    /// Writes what can be stated.
    func write(_ record: OutgoingRecord, into out: inout [UInt8]) {
        out.append(contentsOf: opening)
        var isFirst = true
        for field in fields(of: record.content) {
            var value: [UInt8] = []
            write(field.source, record, into: &value)
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

    private func fields(of content: DeliveredContent) -> [ContentField] {
        switch content {
        case .rating: []
        case .questionnaire: profile.responseFields
        case .invitation: profile.invitationFields
        }
    }

    /// The reader of profiles has seen to it that a field asks for nothing that its record has not.
    private func write(_ source: ContentField.Source, _ record: OutgoingRecord, into out: inout [UInt8]) {
        let (content, response, invitation) = (record.content, record.content.response, record.content.invitation)
        let text: String?
        switch source {
        case .id: return out.appendID(record.id.high, record.id.low)
        case .window: text = content.window?.value
        case .project: text = content.caseReference?.projectNumber
        case .service: text = content.caseReference?.serviceNumber
        case .questionnaire: text = response?.questionnaire
        case .version: text = response.map { String($0.version) }
        case .channel: text = content.channel.flatMap { profile.channels[$0] }
        case .language: text = response?.language
        case .time: return write(response?.answeredAt, into: &out)
        case .answers: return response.map { writeAnswers($0, record.personal, into: &out) } ?? ()
        case .session: text = invitation.map { String($0.session) }
        case .asked: return write(invitation?.askedAt, into: &out)
        case .ended: return write(invitation?.endedAt, into: &out)
        case .site(let name): text = site[name]
        case .literal(let literal): text = literal
        }
        if let text { out.append(contentsOf: text.utf8) }
    }

    private func write(_ time: CaptureTime?, into out: inout [UInt8]) {
        if let time { profile.shape.time.write(time.wall, in: zone, into: &out) }
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

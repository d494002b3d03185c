// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A response to a questionnaire as it came; what is missing is empty.
struct ReceivedResponse: Sendable, Hashable {
    var id = ""
    var questionnaire = ""
    var version = ""
    var pf = ""
    /// The answers as the region's own record of them.
    var answers = ""
    /// How many answers there are.
    var count = 0

    /// The responses of `{"questionnaires":[…]}`.
    static func list(_ body: [UInt8]) throws(WireRefusal) -> [ReceivedResponse] {
        var responses: [ReceivedResponse]?
        do throws(JSONReader.Unreadable) {
            try JSONReader.read(body) { reader throws(JSONReader.Unreadable) in
                try reader.object { reader, name throws(JSONReader.Unreadable) in
                    guard name == "questionnaires" else { return try reader.skip() }
                    var found: [ReceivedResponse] = []
                    try reader.array { reader throws(JSONReader.Unreadable) in found.append(try read(&reader)) }
                    responses = found
                }
            }
        } catch { throw .unreadable }
        guard let responses else { throw .unreadable }
        return responses
    }

    private static func read(_ reader: inout JSONReader) throws(JSONReader.Unreadable) -> ReceivedResponse {
        var response = ReceivedResponse()
        try reader.object { reader, name throws(JSONReader.Unreadable) in
            if name == "answers" {
                try reader.array { reader throws(JSONReader.Unreadable) in try response.take(&reader) }
                return
            }
            guard case .text(let text) = try reader.scalar() else { return }
            switch name {
            case "id": response.id = text
            case "questionnaire": response.questionnaire = text
            case "version": response.version = text
            case "pf": response.pf = text
            default: break
            }
        }
        return response
    }

    /// Takes one answer, `question=value`, a line each.
    private mutating func take(_ reader: inout JSONReader) throws(JSONReader.Unreadable) {
        var question = ""
        var values: [String] = []
        try reader.object { reader, name throws(JSONReader.Unreadable) in
            switch name {
            case "question": question = try reader.textOrNil() ?? ""
            case "choices":
                try reader.array { reader throws(JSONReader.Unreadable) in
                    if let text = try reader.textOrNil() { values.append(text) }
                }
            default:
                switch try reader.scalar() {
                case .text(let text), .number(let text): values.append(text)
                default: break
                }
            }
        }
        guard !question.isEmpty, !values.isEmpty else { throw JSONReader.Unreadable() }
        answers += (answers.isEmpty ? "" : "\n") + "\(question)=\(values.joined(separator: ","))"
        count += 1
    }
}

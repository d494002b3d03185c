// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

// Responses to questionnaires, written by the upper half of this file and read in the same order by the lower half.

extension CanonicalWriter {
    mutating func response(_ response: QuestionnaireResponse) {
        text(response.questionnaire)
        number(UInt64(response.version))
        pressKey(response.key)
        byte(response.channel.canonicalNumber)
        text(response.language)
        time(response.answeredAt)
        optional(response.window) { $0.text($1.value) }
        optional(response.caseReference) { $0.reference($1) }
        answers(response.answers)
    }

    mutating func answers(_ answers: [QuestionnaireResponse.Answer]) {
        number(UInt64(answers.count))
        for answer in answers {
            text(answer.question)
            switch answer.value {
            case .choices(let names):
                byte(1)
                number(UInt64(names.count))
                for name in names { text(name) }
            case .scale(let number):
                byte(2)
                signed(number)
            case .text: byte(3)
            }
        }
    }
}

extension CanonicalReader {
    mutating func response() throws(GatewayError) -> QuestionnaireResponse {
        let questionnaire = try text()
        let version = try number(as: UInt32.self)
        let key = try pressKey()
        let channelNumber = try byte()
        guard let channel = RatingChannel(canonicalNumber: channelNumber) else {
            throw .unreadable("a channel of number \(channelNumber), which this program does not know")
        }
        let language = try text()
        let answeredAt = try time()
        let window = try optional { reader throws(GatewayError) in WindowID(try reader.text()) }
        let reference = try optional { reader throws(GatewayError) in try reader.reference() }
        return QuestionnaireResponse(
            questionnaire: questionnaire, version: version, key: key, channel: channel, language: language,
            answeredAt: answeredAt, window: window, caseReference: reference, answers: try answers())
    }

    private mutating func answers() throws(GatewayError) -> [QuestionnaireResponse.Answer] {
        let count = try number()
        var answers: [QuestionnaireResponse.Answer] = []
        // Each takes a byte at least, so that a count beyond the end ends at the end.
        for _ in 0..<count { answers.append(QuestionnaireResponse.Answer(try text(), try value())) }
        return answers
    }

    private mutating func value() throws(GatewayError) -> QuestionnaireResponse.Value {
        switch try byte() {
        case 1:
            let count = try number()
            var names: [String] = []
            for _ in 0..<count { names.append(try text()) }
            return .choices(names)
        case 2: return .scale(try signed())
        case 3: return .text
        case let other: throw .unreadable("an answer of kind \(other), which this program does not know")
        }
    }
}

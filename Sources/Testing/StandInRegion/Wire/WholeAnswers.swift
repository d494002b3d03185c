// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The answers of regions that speak of a batch as a whole: whether it succeeded, and a message.
struct WholeAnswer: Sendable, Hashable {
    let isSuccess: Bool
    let message: String

    /// What a saying comes to in those words; questions that such a region is not asked have none of their own.
    init(_ saying: RegionSaying) {
        switch saying {
        case .refused(let message): (isSuccess, self.message) = (false, message)
        case .results(let results):
            let refusal = results.first { $0.result == .rejected || $0.result == .retry }
            let isKnown = !results.isEmpty && results.allSatisfy { $0.result == .duplicate }
            isSuccess = refusal == nil && !isKnown
            message = refusal?.message ?? (isKnown ? "评价数据不可重复" : "成功")
        default: (isSuccess, message) = (true, "成功")
        }
    }

    /// As JSON.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("msg", message)
            json.name("success")
            json.flag(isSuccess)
        }
        return json.bytes
    }

    /// As an envelope of SOAP 1.1.
    var soap: [UInt8] {
        let text = message.reduce(into: "") { text, character in
            switch character {
            case "<": text += "&lt;"
            case "&": text += "&amp;"
            default: text.append(character)
            }
        }
        return Array(
            """
            <?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">\
            <soapenv:Body><response><success>\(isSuccess)</success><msg>\(text)</msg></response></soapenv:Body>\
            </soapenv:Envelope>
            """.utf8)
    }
}

extension ReceivedRating {
    /// Gives a rating that came without an id the one that the region knows it by: its case, service and number.
    func knownByItsCase() -> ReceivedRating {
        var rating = self
        rating.id = "\(projectNo ?? "")/\(serviceNumber ?? "")/\(assessNumber.map { String($0) } ?? "")"
        return rating
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Batches of ratings as JSON, `{"evaluate":[…]}`: the national-style interface, and hubs that call the fields otherwise.
struct JSONWire: WireFormat {
    /// The name of the array of ratings.
    let list: String
    /// What each field is called.
    let fields: [String: ReceivedRating.Field]

    /// The national-style interface calls every field as the region's records do.
    static let national = JSONWire(list: "evaluate", fields: namedAlike)

    static let namedAlike = Dictionary(
        ReceivedRating.Field.allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first })

    let mediaType = "application/json; charset=utf-8"

    func ratings(_ request: WireRequest) throws(WireRefusal) -> [ReceivedRating] {
        var ratings: [ReceivedRating]?
        do throws(JSONReader.Unreadable) {
            try JSONReader.read(request.body) { reader throws(JSONReader.Unreadable) in
                try reader.object { reader, name throws(JSONReader.Unreadable) in
                    guard name == list else { return try reader.skip() }
                    var found: [ReceivedRating] = []
                    try reader.array { reader throws(JSONReader.Unreadable) in found.append(try rating(&reader)) }
                    ratings = found
                }
            }
        } catch { throw .unreadable }
        guard let ratings else { throw .unreadable }
        return ratings
    }

    /// Reads one rating; what is no text is missing, but for the number, which regions quote or do not.
    func rating(_ reader: inout JSONReader) throws(JSONReader.Unreadable) -> ReceivedRating {
        var rating = ReceivedRating()
        try reader.object { reader, name throws(JSONReader.Unreadable) in
            let value = try reader.scalar()
            guard let field = fields[name] else { return }
            switch value {
            case .text(let text): rating.set(field, text)
            case .number(let text) where field == .assessNumber: rating.set(field, text)
            default: break
            }
        }
        return rating
    }

    func answer(_ saying: RegionSaying) -> [UInt8] {
        var json = JSONWriter(capacity: saying.expectedBytes)
        json.object { json in
            switch saying {
            case .results(let results): Self.write(results, to: &json)
            case .refused(let message): json.member("message", message)
            case .well: break
            case .token(let token, let seconds):
                json.name("expires_in")
                json.number(seconds)
                json.member("token", token)
            case .caseExists(let exists):
                json.name("exists")
                json.flag(exists)
            case .rated(let isRated):
                json.name("rated")
                json.flag(isRated)
            case .code(let address): json.member("url", address)
            case .codeImage(let bytes): json.member("image", Base64.encode(bytes))
            case .holdings(let date, let ratings): Self.write(ratings, of: date, to: &json)
            case .notices(let notices, let next):
                json.member("next", next.map { String($0) })
                json.name("notices")
                json.array { json in for notice in notices { notice.write(to: &json) } }
            }
            json.name("success")
            if case .refused = saying { json.flag(false) } else { json.flag(true) }
        }
        return json.bytes
    }

    private static func write(_ results: [RecordAnswer], to json: inout JSONWriter) {
        json.name("results")
        json.array { json in
            for result in results {
                json.object { json in
                    json.member("id", result.id)
                    json.member("message", result.message)
                    json.member("result", result.result.rawValue)
                }
            }
        }
    }

    private static func write(_ ratings: [HeldRating], of date: String, to json: inout JSONWriter) {
        json.member("date", date)
        json.name("holdings")
        json.array { json in
            for rating in ratings {
                json.object { json in
                    json.member("id", rating.id)
                    json.member("pf", rating.pf)
                    json.member("projectNo", rating.projectNo)
                    json.member("satisfaction", rating.satisfaction)
                    json.member("serviceNumber", rating.serviceNumber)
                }
            }
        }
    }
}

extension RegionSaying {
    /// About how long its JSON is, so that a long answer is not copied while it grows.
    fileprivate var expectedBytes: Int {
        switch self {
        case .results(let results): results.count * 96 + 64
        case .holdings(_, let ratings): ratings.count * 160 + 64
        default: 256
        }
    }
}

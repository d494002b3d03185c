// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Ratings encrypted one by one in a signed envelope of JSON, as in Shandong's style.
///
/// `{"txnBodyCom":{"sign","params":{"evaluate":[cipher]},"time","appMark"},"txnCommCom":{}}`: the signature is over what
/// stands between the brackets of the list, byte for byte.
struct EnvelopeWire: WireFormat {
    let fields: [String: ReceivedRating.Field]
    /// Opens one rating.
    let open: @Sendable (String) throws -> [UInt8]
    /// Whether the signature is the gateway's own over these bytes.
    let verifies: @Sendable (_ signature: String, _ signed: [UInt8]) -> Bool
    let mediaType = "application/json; charset=utf-8"

    func ratings(_ request: WireRequest) throws(WireRefusal) -> [ReceivedRating] {
        let envelope: Envelope
        do throws(JSONReader.Unreadable) {
            envelope = try Envelope(request.body)
        } catch { throw .unreadable }
        guard !envelope.appMark.isEmpty, !envelope.time.isEmpty else {
            throw WireRefusal(status: 200, message: "缺少 appMark 或 time")
        }
        guard let signed = Self.signedPart(of: request.body), verifies(envelope.sign, signed) else {
            throw WireRefusal(status: 200, message: "验签失败")
        }
        let reading = JSONWire(list: "", fields: fields)
        var ratings: [ReceivedRating] = []
        for cipher in envelope.ciphers {
            guard let plain = try? open(cipher),
                let rating = try? JSONReader.read(
                    plain, { reader throws(JSONReader.Unreadable) in try reading.rating(&reader) })
            else { throw WireRefusal(status: 200, message: "解密失败") }
            ratings.append(rating.knownByItsCase())
        }
        return ratings
    }

    func answer(_ saying: RegionSaying) -> [UInt8] { WholeAnswer(saying).json }

    /// What stands between the brackets of `"evaluate":[…]`; no bracket stands in a ciphertext.
    private static func signedPart(of body: [UInt8]) -> [UInt8]? {
        guard let name = body.firstRange(of: Array("\"evaluate\"".utf8)),
            let start = body[name.upperBound...].firstIndex(of: UInt8(ascii: "[")),
            let end = body[start...].firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        return Array(body[start..<end].dropFirst())
    }

    private struct Envelope {
        var sign = ""
        var time = ""
        var appMark = ""
        var ciphers: [String] = []

        init(_ body: [UInt8]) throws(JSONReader.Unreadable) {
            var found = (sign: "", time: "", appMark: "", ciphers: [String]())
            var hasList = false
            try JSONReader.read(body) { reader throws(JSONReader.Unreadable) in
                try reader.object { reader, name throws(JSONReader.Unreadable) in
                    guard name == "txnBodyCom" else { return try reader.skip() }
                    try reader.object { reader, name throws(JSONReader.Unreadable) in
                        switch name {
                        case "sign": found.sign = try reader.textOrNil() ?? ""
                        case "time": found.time = try reader.textOrNil() ?? ""
                        case "appMark": found.appMark = try reader.textOrNil() ?? ""
                        case "params":
                            try reader.object { reader, name throws(JSONReader.Unreadable) in
                                guard name == "evaluate" else { return try reader.skip() }
                                hasList = true
                                try reader.array { reader throws(JSONReader.Unreadable) in
                                    found.ciphers.append(try reader.textOrNil() ?? "")
                                }
                            }
                        default: try reader.skip()
                        }
                    }
                }
            }
            guard hasList else { throw JSONReader.Unreadable() }
            (sign, time, appMark, ciphers) = found
        }
    }
}

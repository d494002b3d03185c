// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// One rating as a form of plain fields (application/x-www-form-urlencoded), as in Zhejiang's style.
struct FormWire: WireFormat {
    let fields: [String: ReceivedRating.Field]
    let mediaType = "application/json; charset=utf-8"

    func ratings(_ request: WireRequest) throws(WireRefusal) -> [ReceivedRating] {
        guard request.contentType.hasPrefix("application/x-www-form-urlencoded") else { throw .unreadable }
        var rating = ReceivedRating()
        for part in request.body.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
            let halves = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let name = Self.decoded(halves[0]), let value = Self.decoded(halves[1]) else {
                throw .unreadable
            }
            if let field = fields[name] { rating.set(field, value) }
        }
        return [rating.knownByItsCase()]
    }

    func answer(_ saying: RegionSaying) -> [UInt8] { WholeAnswer(saying).json }

    /// Undoes `%41` and `+`; `nil` for a broken escape and for what is no UTF-8.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        var plain: [UInt8] = []
        var rest = bytes
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst(), let low = rest.popFirst(),
                    let first = Character(Unicode.Scalar(high)).hexDigitValue,
                    let second = Character(Unicode.Scalar(low)).hexDigitValue
                else { return nil }
                plain.append(UInt8(first << 4 | second))
            default: plain.append(byte)
            }
        }
        return String(validating: plain, as: UTF8.self)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The calls about the region's own page; a region without one has none of them.
extension CallReading {
    /// The case that a hall asks after.
    func ratedCase(_ request: WireRequest) throws(WireRefusal) -> CaseKey {
        try checkPage()
        return try caseKey(request.query)
    }

    /// The address of the page of a case, at the host by which the region was asked.
    func address(_ request: WireRequest) throws(WireRefusal) -> String {
        try checkPage()
        var members: [String: String] = [:]
        do throws(JSONReader.Unreadable) {
            members = try JSONReader.read(request.body) { reader throws(JSONReader.Unreadable) in
                try reader.members()
            }
        } catch { throw .unreadable }
        let rated = try caseKey(members)
        return
            "\(scheme)://\(request.authority)/evaluate?c=\(escaped(rated.projectNo))&s=\(escaped(rated.serviceNumber))"
    }

    private func checkPage() throws(WireRefusal) {
        if profile.pageChannel == nil { throw WireRefusal(status: 404, message: "无此接口") }
    }

    /// Percent-encoded but for the unreserved characters of RFC 3986 section 2.3.
    private func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte))
            if isPlain || "-._~".utf8.contains(byte) {
                result.unicodeScalars.append(scalar)
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}

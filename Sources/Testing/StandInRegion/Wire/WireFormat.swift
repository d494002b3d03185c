// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A request as it came: everything a wire format can read a call from.
struct WireRequest: Sendable {
    /// The path without the query.
    var path: String
    /// The host and port by which the region was asked.
    var authority = ""
    /// The query's fields.
    var query: [String: String] = [:]
    /// The `content-type` and `soapaction` fields, where they came.
    var contentType = ""
    var body: [UInt8]
}

/// A call that cannot be answered by itself, and with which HTTP status that is said.
struct WireRefusal: Error, Hashable {
    let status: Int
    let message: String

    static let unreadable = WireRefusal(status: 400, message: "报文无法解析")
}

/// How a profile's ratings come over the line and how they are answered; every rule is applied behind it.
protocol WireFormat: Sendable {
    /// The ratings of a request.
    func ratings(_ request: WireRequest) throws(WireRefusal) -> [ReceivedRating]
    /// Whether it is the call for late ratings (补报), which is counted by itself.
    func isSupplement(_ request: WireRequest) -> Bool
    /// The bytes of an answer.
    func answer(_ saying: RegionSaying) -> [UInt8]
    /// The media type of every answer.
    var mediaType: String { get }
}

extension WireFormat {
    func isSupplement(_ request: WireRequest) -> Bool { false }
}

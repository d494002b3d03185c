// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Ratings as XML under SM4 inside SOAP, with a call of its own for late ratings (补报), as in Fujian's style.
struct SOAPWire: WireFormat {
    let fields: [String: ReceivedRating.Field]
    /// Opens what was encrypted.
    let open: @Sendable (String) throws -> [UInt8]
    let mediaType = "text/xml; charset=utf-8"

    func ratings(_ request: WireRequest) throws(WireRefusal) -> [ReceivedRating] {
        do {
            let operation = try XMLElement(request.body).child("Body")?.children.first
            guard let operation, ["evaluate", "supplement"].contains(operation.name),
                let data = operation.child("data")?.text
            else { throw XMLElement.Unreadable() }
            return try XMLElement(try open(data)).children.map { element in
                var rating = ReceivedRating()
                for child in element.children {
                    if let field = fields[child.name] { rating.set(field, child.text) }
                }
                return rating.knownByItsCase()
            }
        } catch { throw .unreadable }
    }

    func isSupplement(_ request: WireRequest) -> Bool {
        (try? XMLElement(request.body).child("Body")?.children.first?.name) == "supplement"
    }

    func answer(_ saying: RegionSaying) -> [UInt8] { WholeAnswer(saying).soap }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension RegionStoreReader.Counts {
    /// The counters as JSON with its names in order.
    func write(to json: inout JSONWriter) {
        json.object { json in
            for (name, value) in [
                ("altered", altered), ("cases", cases), ("competing", competing),
            ] as [(StaticString, Int)] {
                json.name(name)
                json.number(value)
            }
            json.name("faults")
            Self.write(faults, to: &json)
            for (name, value) in [
                ("invitations", invitations), ("received", received), ("rejected", rejected), ("repeated", repeated),
            ] as [(StaticString, Int)] {
                json.name(name)
                json.number(value)
            }
            json.name("requests")
            Self.write(requests, to: &json)
            for (name, value) in [
                ("responses", responses), ("retried", retried), ("untraceable", untraceable),
            ] as [(StaticString, Int)] {
                json.name(name)
                json.number(value)
            }
        }
    }

    private static func write(_ counters: [String: Int], to json: inout JSONWriter) {
        json.object { json in
            for (name, count) in counters.sorted(by: { $0.key < $1.key }) { json.number(count, of: name) }
        }
    }

    /// The body of the answer to `GET /api/counts`.
    var json: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        return json.bytes
    }
}

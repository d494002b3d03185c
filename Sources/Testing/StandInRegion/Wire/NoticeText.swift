// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Notices as JSON: how an operator puts them in, how the store keeps them and how the region shows them.
extension RegionNotice {
    /// Reads one; `nil` where the text is none, or lacks a member of its kind.
    init?(json: String) {
        var members: [String: String] = [:]
        let isRead: Void? = try? JSONReader.read(Array(json.utf8)) { reader throws(JSONReader.Unreadable) in
            try reader.object { reader, name throws(JSONReader.Unreadable) in
                members[name] = try reader.textOrNil()
            }
        }
        guard isRead != nil, let notice = RegionNotice(members) else { return nil }
        self = notice
    }

    private init?(_ members: [String: String]) {
        switch members["kind"] {
        case "verdict":
            guard let id = members["id"], let number = members["number"], let outcome = members["outcome"] else {
                return nil
            }
            self = .verdict(id: id, number: number, outcome: outcome, text: members["text"] ?? "")
        case "workOrder":
            guard let number = members["number"], let state = members["state"], let deadline = members["deadline"]
            else { return nil }
            self = .workOrder(number: number, id: members["id"], state: state, deadline: deadline)
        case "rate":
            guard let scope = members["scope"], let period = members["period"], let value = members["value"] else {
                return nil
            }
            self = .rate(scope: scope, period: period, value: value)
        case "indicators":
            guard let version = members["version"], let table = members["table"] else { return nil }
            self = .indicators(version: version, table: table)
        case "rated":
            guard let project = members["projectNo"], let service = members["serviceNumber"] else { return nil }
            self = .rated(CaseKey(projectNo: project, serviceNumber: service))
        default: return nil
        }
    }

    /// Writes it as an element of a list or as a value of its own.
    func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .verdict(let id, let number, let outcome, let text):
                json.member("kind", "verdict")
                json.member("id", id)
                json.member("number", number)
                json.member("outcome", outcome)
                json.member("text", text)
            case .workOrder(let number, let id, let state, let deadline):
                json.member("kind", "workOrder")
                json.member("number", number)
                json.member("id", id)
                json.member("state", state)
                json.member("deadline", deadline)
            case .rate(let scope, let period, let value):
                json.member("kind", "rate")
                json.member("scope", scope)
                json.member("period", period)
                json.member("value", value)
            case .indicators(let version, let table):
                json.member("kind", "indicators")
                json.member("version", version)
                json.member("table", table)
            case .rated(let rated):
                json.member("kind", "rated")
                json.member("projectNo", rated.projectNo)
                json.member("serviceNumber", rated.serviceNumber)
            }
        }
    }

    /// The text the store keeps.
    var json: String {
        var json = JSONWriter()
        write(to: &json)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// An invitation as it came; what is missing is empty.
struct ReceivedInvitation: Sendable, Hashable {
    var id = ""
    var projectNo = ""
    var serviceNumber = ""
    var window = ""
    var session = ""
    var askTime = ""
    var endTime = ""

    /// The invitations of `{"invitations":[…]}`.
    static func list(_ body: [UInt8]) throws(WireRefusal) -> [ReceivedInvitation] {
        var invitations: [ReceivedInvitation]?
        do throws(JSONReader.Unreadable) {
            try JSONReader.read(body) { reader throws(JSONReader.Unreadable) in
                try reader.object { reader, name throws(JSONReader.Unreadable) in
                    guard name == "invitations" else { return try reader.skip() }
                    var found: [ReceivedInvitation] = []
                    try reader.array { reader throws(JSONReader.Unreadable) in
                        found.append(ReceivedInvitation(try reader.members()))
                    }
                    invitations = found
                }
            }
        } catch { throw .unreadable }
        guard let invitations else { throw .unreadable }
        return invitations
    }

    private init(_ members: [String: String]) {
        id = members["id"] ?? ""
        projectNo = members["projectNo"] ?? ""
        serviceNumber = members["serviceNumber"] ?? ""
        window = members["window"] ?? ""
        session = members["session"] ?? ""
        askTime = members["askTime"] ?? ""
        endTime = members["endTime"] ?? ""
    }

    /// Its case.
    var key: CaseKey { CaseKey(projectNo: projectNo, serviceNumber: serviceNumber) }

    /// What is wrong with it; `nil` where it can be kept.
    var complaint: String? {
        guard RegionRules.isIdentifier(projectNo), RegionRules.isIdentifier(serviceNumber) else {
            return "缺少必填项 projectNo 或 serviceNumber"
        }
        guard RegionRules.day(of: askTime) != nil, RegionRules.day(of: endTime) != nil else {
            return "askTime 或 endTime 无效"
        }
        // Moments of one form are in the order of their texts.
        return askTime <= endTime ? nil : "endTime 早于 askTime"
    }
}

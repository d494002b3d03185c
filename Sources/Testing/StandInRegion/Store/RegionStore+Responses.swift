// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import SQLite

extension RegionStore {
    /// Keeps a response, or counts one that is here already; `true` where it was kept.
    func accept(_ response: ReceivedResponse) throws(SQLiteError) -> Bool {
        let known = try database.prepare("SELECT answers FROM responses WHERE id = ?1").first(.text(response.id)) {
            $0.text(0)
        }
        guard let known else {
            try database.prepare(
                "INSERT INTO responses(id, questionnaire, version, pf, answers, received_at) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
            ).run(
                .text(response.id), .text(response.questionnaire), .text(response.version), .text(response.pf),
                .text(response.answers), .integer(now))
            return true
        }
        try database.prepare(
            "UPDATE responses SET arrivals = arrivals + 1, altered = altered + ?2 WHERE id = ?1"
        ).run(.text(response.id), .integer(known == response.answers ? 0 : 1))
        return false
    }
}

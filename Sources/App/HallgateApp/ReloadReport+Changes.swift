// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import OperatorAPI
import RatingModel

extension GatewayConfiguration {
    /// What an operator is told a reload did: what took effect, and what waits for a restart. `uplinks` are those that were
    /// taken as they are next.
    func changes(to next: GatewayConfiguration, taken uplinks: [UplinkName] = []) -> ReloadReport {
        var changes: [String] = []
        let before = Dictionary(uniqueKeysWithValues: devices.map { ($0.line.path, $0) })
        let after = Dictionary(uniqueKeysWithValues: next.devices.map { ($0.line.path, $0) })
        for path in before.keys.sorted() where after[path] == nil { changes.append("device removed: \(path)") }
        for (path, device) in after.sorted(by: { $0.key < $1.key }) where before[path] != device {
            changes.append(before[path] == nil ? "device added: \(path)" : "device changed: \(path)")
        }
        if Set(windows.map(\.id)) != Set(next.windows.map(\.id)) { changes.append("windows: \(next.windows.count)") }
        if promptTimeout != next.promptTimeout { changes.append("session.prompt_timeout") }
        if isRevealAllowed != next.isRevealAllowed { changes.append("privacy.reveal: \(next.isRevealAllowed)") }
        if session != next.session { changes.append("session") }
        if pages != next.pages { changes.append("pages") }
        if questionnaires != next.questionnaires { changes.append("questionnaires: \(next.questionnaires.count)") }
        if ingest != next.ingest { changes.append("ingest") }
        changes += uplinks.map { "uplinks.\($0): questionnaires" }
        if hall.name != next.hall.name { changes.append("hall.name") }
        var waiting: [String] = []
        // Uplinks write their times in the zone they were opened with.
        if hall.zone != next.hall.zone { waiting.append("hall.zone") }
        if regionDesk != next.regionDesk { waiting.append("region") }
        let isTaken = { (uplink: Uplink) in uplinks.contains(uplink.name) }
        if self.uplinks.filter({ !isTaken($0) }) != next.uplinks.filter({ !isTaken($0) }) { waiting.append("uplinks") }
        if journalDirectory != next.journalDirectory { waiting.append("journal.directory") }
        if controlSocket != next.controlSocket { waiting.append("control.socket") }
        if auditor != next.auditor { waiting.append("control.auditor_socket") }
        if business != next.business { waiting.append("control.business_socket") }
        if web != next.web { waiting.append("control.web_socket") }
        return ReloadReport(changes: changes, needsRestart: waiting)
    }
}

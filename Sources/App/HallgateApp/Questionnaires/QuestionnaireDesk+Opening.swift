// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import RatingDelivery
import RatingIntake
import RatingModel
import UplinkAPI

extension QuestionnaireDesk {
    /// The desk of a gateway that starts: what was answered while a region had no call for it waits no longer.
    static func open(
        _ configuration: GatewayConfiguration, _ uplinks: [PatientUplink], _ journal: any RatingJournal,
        _ intake: RatingIntake, clock: any GatewayClock, wakeForwarders: @escaping @Sendable () -> Void, logger: Logger
    ) async throws(GatewayError) -> QuestionnaireDesk {
        let desk = QuestionnaireDesk(
            configuration.questionnaires.map(\.questionnaire), journal: journal, intake: intake, clock: clock,
            uplinks: uplinks.map { ($0.name, $0.limits.takesQuestionnaires) }, wakeForwarders: wakeForwarders,
            logger: logger)
        for uplink in uplinks where uplink.limits.takesQuestionnaires { try await desk.send(to: uplink.name) }
        return desk
    }
}

extension Gateway {
    /// Takes up the calls for questionnaires that a reload brings, and lets go what was held for want of one; answers the
    /// uplinks that have such a call since.
    func takeQuestionnaireCalls(of next: GatewayConfiguration, logger: Logger) async -> [UplinkName] {
        var taken: [UplinkName] = []
        for each in forwarders {
            if let settings = next.uplinks.first(where: { $0.name == each.name }), await each.uplink.take(settings) {
                await each.forwarder.takeQuestionnaires()
                taken.append(each.name)
            }
            guard each.uplink.limits.takesQuestionnaires else { continue }
            do throws(GatewayError) { try await questionnaires.send(to: each.name) } catch {
                logger.error(
                    "held responses to questionnaires wait for the next reload or start",
                    metadata: ["uplink": "\(each.name)", "error": "\(error)"])
            }
        }
        return taken
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import JournalAPI
import Logging
import RatingIntake
import RatingModel
import UplinkAPI

extension QuestionnaireDesk {
    /// The desk of a gateway that starts: what was answered while a region had no call for it waits no longer.
    static func open(
        _ configuration: GatewayConfiguration, _ uplinks: [PatientUplink], _ journal: any RatingJournal,
        _ intake: RatingIntake, clock: any GatewayClock, wakeForwarders: @escaping @Sendable () -> Void, logger: Logger
    ) async throws(GatewayError) -> QuestionnaireDesk {
        for uplink in uplinks where uplink.limits.takesQuestionnaires {
            _ = try await journal.requeue(.held(.questionnaire), for: uplink.name)
        }
        return QuestionnaireDesk(
            configuration.questionnaires.map(\.questionnaire), journal: journal, intake: intake, clock: clock,
            uplinks: uplinks.map { ($0.name, $0.limits.takesQuestionnaires) }, wakeForwarders: wakeForwarders,
            logger: logger)
    }
}

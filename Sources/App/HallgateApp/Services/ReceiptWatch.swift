// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FileUplink
import JournalAPI
import Logging
import RatingModel
import ServiceLifecycle

/// Looks for the receipts of an uplink that is answered by files, and has what they answer delivered again.
///
/// A rating that awaits a receipt is *unknown* in the journal. Once receipts have come, all of them go back to pending: the
/// uplink knows which are answered and writes none of the others again; ``FileUplink/ReceiptReminder`` says when. The same
/// is done at a start, so that a rating whose bundle was never made, because the daemon was stopped, is not left behind.
struct ReceiptWatch: Service {
    let name: UplinkName
    /// The queues that are delivered by it: the one of its ratings, and the one of its invitations where there is one.
    let queues: [UplinkName]
    let interval: Duration
    let journal: any RatingJournal
    let look: @Sendable () async -> ReceiptFindings
    let wake: @Sendable () -> Void
    let logger: Logger
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            var (isDue, reminder) = (true, ReceiptReminder())
            while !Task.isCancelled {
                isDue = await step(isDue, &reminder)
                try await sleep(interval)
            }
        }
    }

    /// Looks once; answers whether the journal has still to be told.
    func step(_ isDue: Bool, _ reminder: inout ReceiptReminder) async -> Bool {
        let findings = await look()
        for complaint in findings.complaints {
            logger.warning("a receipt does not count", metadata: ["uplink": "\(name)", "error": "\(complaint)"])
        }
        if findings.answered > 0 {
            logger.notice(
                "receipts came", metadata: ["uplink": "\(name)", "ratings": "\(findings.answered)"])
        }
        let isReminded = reminder.isDue(after: findings)
        guard isDue || isReminded else { return false }
        do throws(GatewayError) {
            var isWaiting = false
            for queue in queues where try await journal.requeue(.unknown, for: queue) > 0 { isWaiting = true }
            if isWaiting { wake() }
            return false
        } catch {
            logger.error("what receipts answer stays unknown", metadata: ["uplink": "\(name)", "error": "\(error)"])
            return true
        }
    }
}

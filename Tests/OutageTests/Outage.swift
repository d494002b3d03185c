// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import OperatorAPI
import RatingModel
import Testing

/// An outage on a live line: how it begins, how it ends, and what the operator is to read meanwhile.
struct Outage: Sendable {
    let name: String
    /// The codes that say why; the first is the usual one.
    let codes: [String]
    let begin: @Sendable () async throws -> Void
    let end: @Sendable () async throws -> Void

    /// How long it lasts, from `HALLGATE_OUTAGE_SECONDS`; 5 s by default.
    static let length: Duration = .seconds(environment("HALLGATE_OUTAGE_SECONDS").flatMap { Int($0) } ?? 5)

    /// What was measured.
    struct Figures: Sendable {
        var recorded = 0
        var state = ""
        var why = ""
        var backOff: Duration = .zero
        var firstDelivery: Duration = .zero
    }

    /// Runs a hall through it: while it lasts ratings come on, nothing is parked and the operator sees why; once it is
    /// over the first leaves at most two seconds after the back-off in force, and none is lost or doubled.
    func run(_ hall: OutageHall, _ peer: any RegionPeer, _ label: String) async throws {
        try await hall.record(0..<20)
        #expect(
            try await eventually(within: .seconds(20)) { try await hall.uplink.delivered == 20 }, "\(label): before")
        var figures = Figures(recorded: 20)
        try await begin()
        try await last(hall, label, &figures)
        let before = try await peer.received()
        try await self.end()
        let back = ContinuousClock.now
        figures.backOff = try await hall.patience
        let limit = figures.backOff + .seconds(2)
        let isBack = try await eventually(within: limit + .seconds(10)) { try await peer.received() > before }
        figures.firstDelivery = back.duration(to: .now)
        #expect(isBack && figures.firstDelivery <= limit, "\(label): first delivery after \(figures.firstDelivery)")
        try await settle(hall, peer, label, figures)
    }

    /// The outage itself: a rating ten times a second, and a look at the end.
    private func last(_ hall: OutageHall, _ label: String, _ figures: inout Figures) async throws {
        let end = ContinuousClock.now + Self.length
        var reasons: Set<String> = []
        while ContinuousClock.now < end {
            try await hall.record(figures.recorded..<figures.recorded + 1)
            figures.recorded += 1
            let uplink = try await hall.uplink
            #expect(uplink.parked == 0 && uplink.setAside == 0 && uplink.isConserved, "\(label): \(uplink)")
            if let failure = uplink.lastFailure { reasons.insert(String(failure.prefix { $0 != ":" })) }
            try await Task.sleep(for: .milliseconds(100))
        }
        let uplink = try await hall.uplink
        figures.state = uplink.state.rawValue
        figures.why = reasons.sorted().joined(separator: " ")
        #expect(!reasons.isEmpty && reasons.isSubset(of: codes), "\(label): \(reasons), expected of \(codes)")
        #expect(uplink.state == .outage || uplink.state == .backingOff || uplink.state == .delivering, "\(label)")
        #expect(uplink.pending + uplink.inFlight > 0, "\(label): nothing waits")
        let metrics = await hall.service.metrics()
        let shown = reasons.contains {
            metrics.contains("hallgate_uplink_failing{uplink=\"region\",reason=\"\($0)\"} 1")
        }
        #expect(shown, "\(label): the metrics do not say why")
    }

    private func settle(_ hall: OutageHall, _ peer: any RegionPeer, _ label: String, _ figures: Figures) async throws {
        let total = figures.recorded
        let isDone = try await eventually(within: .seconds(30)) { try await hall.uplink.delivered == Int64(total) }
        let uplink = try await hall.uplink
        let received = try await peer.received()
        #expect(isDone, "\(label): \(uplink)")
        #expect(received == total, "\(label): the region holds \(received) of \(total)")
        #expect(
            uplink.parked == 0 && uplink.unknown == 0 && uplink.held.isEmpty && uplink.isConserved,
            "\(label): \(uplink)")
        #expect(uplink.lastFailure == nil, "\(label): \(uplink.lastFailure ?? "")")
        Self.tell(
            "| \(label) | \(Self.length) | \(figures.state) | \(figures.why) | \(total) | \(total - received) | "
                + "\(uplink.parked) | \(figures.backOff.rounded) | \(figures.firstDelivery.rounded) |")
    }

    /// A row for the table of a run, on standard error and, where `HALLGATE_OUTAGE_TABLE` names one, in a file.
    static func tell(_ row: String) {
        let line = row + "\n"
        _ = write(2, line, line.utf8.count)
        guard let path = environment("HALLGATE_OUTAGE_TABLE"), let file = fopen(path, "a") else { return }
        fputs(line, file)
        fclose(file)
    }
}

extension Duration {
    fileprivate var rounded: String { "\(Int(self / .milliseconds(1))) ms" }
}

/// A variable of the environment.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

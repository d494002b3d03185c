// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPSUplink
import HallgateTesting
import Logging
import RatingModel
import RegionProfiles
import StandInRegion
import Synchronization
import Testing
import UplinkAPI

/// A stand-in region and an uplink to it, each of which can be ended and started again in the middle of a test.
final class RestartingRegion: UplinkFixture {
    private struct State {
        var region: StandInRegion?
        var uplink: HTTPSUplink?
        var behaviour = RegionBehaviour.well
        var isEnding = false
        var failure: String?
    }

    private let state = Mutex(State())
    /// The region's file, which outlives it.
    let store: String
    private let setUp: SetUp

    /// What the two sides of a test agree on beside TLS.
    struct SetUp: Sendable {
        var settings = RegionSettings()
        var credentialFiles: [String: String] = [:]
        var applications: [String: String] = [:]
    }

    private init(store: String, _ setUp: SetUp) {
        self.store = store
        self.setUp = setUp
    }

    /// Where the region is asked what it holds, that is told as accepted, whether or not it was sent again.
    var traits: UplinkTraits { UplinkTraits(tellsDuplicates: setUp.settings.onUnknown != .query) }

    /// Runs both sides around the body.
    static func run(
        _ setUp: SetUp = SetUp(), _ body: (RestartingRegion) async throws -> Void
    ) async throws {
        let store = try sharedCA.get().directory + "/restarting-\(UInt64.random(in: 0 ... .max)).db"
        let fixture = RestartingRegion(store: store, setUp)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await fixture.keepRegion() }
            defer { fixture.state.withLock { $0.isEnding = true } }
            do {
                try await fixture.untilReachable()
                try await fixture.restartNearSide()
                try await body(fixture)
            } catch {
                await fixture.end()
                throw error
            }
            await fixture.end()
        }
    }

    private func end() async {
        let (region, uplink) = state.withLock { state in
            state.isEnding = true
            return (state.region, state.uplink)
        }
        await uplink?.shutdown()
        await region?.stop()
    }

    /// Starts the region, and again on the same port whenever it stopped, until the test ends.
    private func keepRegion() async {
        var port = 0
        var wasUp = ContinuousClock.now
        while !state.withLock({ $0.isEnding }) {
            do {
                let ca = try sharedCA.get()
                var configuration = StandInRegionConfiguration(
                    store: store, port: port, tls: ca.serverTLS(requiringClients: true))
                configuration.applications = setUp.applications
                try await withStandInRegion(configuration) { region in
                    port = region.port
                    for rule in state.withLock({ $0.behaviour }).rules { await region.inject(rule) }
                    let isEnding = state.withLock { state in
                        state.region = region
                        return state.isEnding
                    }
                    if isEnding { await region.stop() } else { await region.untilStopped() }
                    wasUp = .now
                }
            } catch {
                // While it was down, another test may have been given its port for a moment.
                if port != 0, wasUp.duration(to: .now) < .seconds(15) {
                    try? await Task.sleep(for: .milliseconds(20))
                    continue
                }
                return state.withLock { $0.failure = "\(error)" }
            }
        }
    }

    private func untilReachable() async throws {
        let end = ContinuousClock.now + .seconds(20)
        while state.withLock({ $0.region == nil }) {
            try #require(state.withLock { $0.failure } == nil)
            try #require(ContinuousClock.now < end, "the region did not come back")
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    private var region: StandInRegion { get throws { try #require(state.withLock { $0.region }) } }

    // MARK: UplinkFixture

    var uplink: any Uplink { state.withLock { $0.uplink } ?? UplinkToMemory() }

    func behave(_ behaviour: RegionBehaviour) async throws {
        state.withLock { $0.behaviour = behaviour }
        let region = try region
        await region.clearFaults()
        for rule in behaviour.rules { await region.inject(rule) }
    }

    func storedRatings() async throws -> Int { try await region.counts().received }

    func storedResponses() async throws -> Int? { try await region.counts().responses }

    func storedInvitations() async throws -> Int? { try await region.counts().invitations }

    func restartFarSide() async throws {
        let region = try region
        state.withLock { $0.region = nil }
        await region.stop()
        try await untilReachable()
    }

    /// Another uplink to the region, which is the caller's to shut down.
    func freshUplink() throws -> HTTPSUplink {
        let ca = try sharedCA.get()
        var configuration = HTTPSUplinkConfiguration(
            url: try region.evaluateURL, authorityFile: ca.authority, certificateFile: ca.clientCertificate,
            keyFile: ca.clientKey, connectTimeout: .seconds(5), requestTimeout: .seconds(5))
        configuration.credentialFiles = setUp.credentialFiles
        return try openUplink(configuration, setUp.settings)
    }

    func restartNearSide() async throws {
        let fresh = try freshUplink()
        let old = state.withLock { state in
            let old = state.uplink
            state.uplink = fresh
            return old
        }
        await old?.shutdown()
    }
}

extension RegionBehaviour {
    /// The faults of the stand-in region that make it behave so.
    fileprivate var rules: [FaultRule] {
        switch self {
        case .well: []
        // Rules with a limit are for ratings alone: what is asked beside them is answered.
        case .refusingWhole: [FaultRule(.refuseBatch, limit: 1000)]
        case .rejectingOne: [FaultRule(.reject, limit: 1)]
        case .retrying: [FaultRule(.retry)]
        case .silentOnOne: [FaultRule(.omit, limit: 1)]
        case .losingAnswers: [FaultRule(.lostAnswer)]
        case .failing: [FaultRule(.status(500, retryAfterSeconds: nil))]
        case .breakingSessions: [FaultRule(.reset)]
        case .slow: [FaultRule(.delay(.seconds(1)))]
        case .silent: [FaultRule(.delay(.seconds(60)))]
        }
    }
}

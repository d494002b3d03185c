// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import KioskPages
import RatingModel
import Synchronization
import Testing
import WebConfiguration

@testable import WebServing

/// The stream of a kiosk screen as this server sends it.
@Suite(.timeLimit(.minutes(2))) struct ScreenStreamTests {
    private static let request =
        "GET /screen/w3/events HTTP/1.1\r\nHost: hall\r\nAuthorization: Bearer key-of-w3\r\n\r\n"

    private func withStream(
        _ limits: WebLimits, _ body: @escaping @Sendable (RunningServer, RawClient, WatchedHall) async throws -> Void
    ) async throws {
        let hall = WatchedHall()
        try await RunningServer.run(
            limits, routes: { try addKioskPages(to: $0, hall: hall, heartbeat: .milliseconds(100)) }
        ) { server in
            let client = try #require(RawClient(server.port))
            await client.send(Self.request)
            let begin = await client.read(until: #""kind":"idle""#)
            #expect(!begin.hasEnded && begin.text.contains("event: hello"), "\(begin)")
            try await body(server, client, hall)
        }
    }

    @Test func itOutlivesEveryTimeOfAConnection() async throws {
        var limits = WebLimits()
        (limits.headTime, limits.bodyTime, limits.idleTime) =
            (.milliseconds(500), .milliseconds(500), .milliseconds(500))
        limits.stallTime = .seconds(1)
        try await withStream(limits) { _, client, hall in
            let begun = ContinuousClock.now
            while begun.duration(to: .now) < .seconds(3) {
                try #require(await client.read(until: ":\n\n").hasEnded == false)
            }
            hall.show(ScreenScene(kind: .prompt))
            #expect(await client.read(until: #""kind":"prompt""#).hasEnded == false)
        }
    }

    @Test func aGracefulStopEndsItWell() async throws {
        var limits = WebLimits()
        // Longer than the client waits: it must be the stream that ends, not the connection that is cut off.
        limits.drainTime = .seconds(100)
        try await withStream(limits) { server, client, hall in
            await server.stopGracefully()
            let rest = await client.read()
            #expect(rest.hasEnded && rest.text.hasSuffix("0\r\n\r\n"), "\(rest)")
            #expect(await eventually { !hall.isWatched })
        }
    }

    @Test func whoLeavesIsNotWatchedForAnyMore() async throws {
        let hall = WatchedHall()
        try await RunningServer.run(
            routes: { try addKioskPages(to: $0, hall: hall, heartbeat: .milliseconds(100)) }
        ) { server in
            do {
                let client = try #require(RawClient(server.port))
                await client.send(Self.request)
                #expect(await client.read(until: "event: scene").hasEnded == false)
                #expect(hall.isWatched)
            }
            #expect(await eventually { !hall.isWatched })
        }
    }
}

/// A hall with one screen.
private final class WatchedHall: HallService {
    private let watch = Mutex<AsyncStream<ScreenScene>.Continuation?>(nil)

    var isWatched: Bool { watch.withLock { $0 != nil } }

    func show(_ scene: ScreenScene) { _ = watch.withLock { $0?.yield(scene) } }

    func watchScreen(_ request: ScreenRequest) throws(GatewayError) -> AsyncStream<ScreenScene> {
        guard request.key == "key-of-w3" else { throw Self.notHere }
        let (scenes, continuation) = AsyncStream.makeStream(of: ScreenScene.self)
        continuation.onTermination = { [weak self] _ in self?.watch.withLock { $0 = nil } }
        continuation.yield(ScreenScene(kind: .idle))
        watch.withLock { $0 = continuation }
        return scenes
    }

    func describeHall() -> HallDescription {
        HallDescription(
            name: "政务大厅", windows: [.init(id: "w3", name: "3号窗口")], languages: [.chinese], indicators: [:],
            isReasonRequiredForBad: false, realName: .anonymous, textLimit: 150, version: 1)
    }

    func openPage(_ request: PageRequest) throws(GatewayError) -> PageOpening { throw Self.notHere }
    func submitRating(_ submission: RatingSubmission) throws(GatewayError) -> SubmissionReceipt { throw Self.notHere }
    func checkReceipt(_ request: ReceiptRequest) throws(GatewayError) -> ReceiptState { throw Self.notHere }

    private static let notHere = GatewayError(
        "screen.unknown", LocalText("not here", "此处没有"), hint: LocalText("none", "无"))
}

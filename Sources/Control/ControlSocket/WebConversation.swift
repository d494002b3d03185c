// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import NIOCore
import OperatorAPI

/// A connection of the web process, for as long as it lasts: its requests, the pads it carries, the screens it watches.
struct WebConversation: Sendable {
    let client: ControlArrival
    let service: any WebService
    let hall: (any HallService)?
    var roles = WebRoles()
    let questionnaires: (any QuestionnaireService)?
    let ingest: (any IngestService)?
    let limits: ControlLimits

    /// Answers requests until the web process goes; then its pads have gone too.
    func serve() async {
        let pads = RelayedPads(channel: client.channel, service: service)
        let channel = client.channel
        try? await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(WritabilityHandler { pads.resume() })
        }.get()
        let calls = hall.map { HallCalls($0, channel: channel) }
        let methods = MethodTable.web(service, pads, calls, questionnaires, roles, ingest)
        let requests = RequestAnswering(methods: methods, clients: nil, limits: limits)
        await withDiscardingTaskGroup { group in
            await answer(with: requests, pads, beside: &group)
            // What is being recorded is not given up; nobody looks at the screens any more.
            calls?.end()
            await pads.end()
        }
        try? await channel.close()
    }

    private func answer(
        with requests: RequestAnswering, _ pads: RelayedPads, beside group: inout DiscardingTaskGroup
    ) async {
        var (requests, pace) = (requests, RequestPace(perSecond: limits.requestsPerSecond))
        for await batch in client.lines {
            for line in batch {
                // What comes faster waits in the socket, so that a flood costs the pads on other lines nothing.
                if let wait = pace.take(at: .now) { try? await Task.sleep(for: wait) }
                let reply = await requests.answer(line)
                if let beside = reply.beside {
                    group.addTask { [channel = client.channel] in
                        let finished = await beside()
                        try? await channel.writeAndFlush(ByteBuffer(bytes: finished.bytes))
                        await finished.afterwards?()
                    }
                    continue
                }
                guard await send(reply) else { return }
                pads.announce()
            }
            // Answers that are sent later fill the buffer as well: nothing more is read before they are taken.
            if !client.channel.isWritable, !(await flushed()) { return }
            client.channel.read()
        }
    }

    /// Sends an answer, now or later; answers whether the web process still takes any.
    private func send(_ reply: RequestAnswering.Reply) async -> Bool {
        guard let later = reply.later else {
            return await succeeds(client.channel.writeAndFlush(ByteBuffer(bytes: reply.bytes)))
        }
        let channel = client.channel
        // All of it on the event loop, so that the answer goes before whatever the line says to the message.
        channel.eventLoop.execute {
            later.begin { hasSucceeded in
                let bytes = hasSucceeded ? reply.bytes : later.otherwise
                channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
            }
        }
        return channel.isActive
    }

    private func flushed() async -> Bool { await succeeds(client.channel.writeAndFlush(ByteBuffer())) }

    private func succeeds(_ future: EventLoopFuture<Void>) async -> Bool { (try? await future.get()) != nil }
}

/// Lets requests through as fast as they may come for long, and some more at once.
struct RequestPace: Sendable {
    private let interval: Duration
    /// How far ahead of its time a request may be: as many as may come in a second.
    private let lead = Duration.seconds(1)
    private var due: ContinuousClock.Instant?

    init(perSecond: Int) { interval = .seconds(1) / max(1, perSecond) }

    /// Counts a request; answers how long it waits, where it has to.
    mutating func take(at now: ContinuousClock.Instant) -> Duration? {
        let next = max(due ?? now, now).advanced(by: interval)
        due = next
        let ahead = now.duration(to: next)
        return ahead > lead ? ahead - lead : nil
    }
}

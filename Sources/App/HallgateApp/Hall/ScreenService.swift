// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle

/// Kiosk screens as a service: what happens at the windows, and the passing of time.
struct ScreenService: Service {
    let hall: GatewayHall
    let signs: AsyncStream<ScreenSign>
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    func run() async throws { await cancelWhenGracefulShutdown { await serve() } }

    /// Listens until the task is cancelled.
    func serve() async {
        await withTaskGroup(of: Void.self) { [board = hall.board, codes = hall.regionCodes, signs, sleep] group in
            group.addTask { await codes.run(sleep: sleep) }
            group.addTask { for await sign in signs { await board.take(sign) } }
            group.addTask {
                while !Task.isCancelled {
                    await board.tick()
                    try? await sleep(.milliseconds(500))
                }
            }
            await group.waitForAll()
        }
    }
}

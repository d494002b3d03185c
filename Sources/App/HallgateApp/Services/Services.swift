// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceSupervision
import RatingDelivery
import RatingModel
import ServiceLifecycle
import UnixSignals

/// A forwarder as a service; a graceful stop lets the batch in flight be settled.
struct ForwarderService: Service {
    let forwarder: RatingForwarder

    func run() async throws {
        await withGracefulShutdownHandler {
            await forwarder.run()
        } onGracefulShutdown: {
            forwarder.stop()
        }
    }
}

/// The supervision of all lines as a service; a graceful stop finishes the presses in hand.
///
/// It runs on the device thread: a press goes from there to the journal's thread and back, and between no others.
struct SupervisionService: Service {
    let supervision: DeviceSupervision
    let tasks: any TaskExecutor

    func run() async throws {
        await withGracefulShutdownHandler {
            await withTaskExecutorPreference(tasks) { await supervision.run() }
        } onGracefulShutdown: {
            supervision.stop()
        }
    }
}

/// A control socket as a service.
struct ControlService: Service {
    let server: ControlServer
    var whenListening: @Sendable () async -> Void = {}

    func run() async throws {
        try await cancelWhenGracefulShutdown { [server, whenListening] in
            do {
                try await server.run(whenListening: whenListening)
            } catch let error as GatewayError {
                // The server also reports its own cancellation, which is how it is stopped.
                if !Task.isCancelled { throw error }
            }
        }
    }
}

/// The passing of time at the windows as a service: prompts that run out, presses that can no longer be corrected.
struct SessionTimerService: Service {
    let reception: PressReception
    var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }

    func run() async throws {
        try? await cancelWhenGracefulShutdown { [reception, sleep] in
            while !Task.isCancelled { try await sleep(await reception.tick()) }
        }
        // What was flagged last goes to disk too, and the next start is told when this one ended.
        await reception.stop()
    }
}

/// SIGHUP means: read the configuration anew.
struct ReloadService: Service {
    let service: GatewayOperator

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup)
        for await _ in signals.cancelOnGracefulShutdown() {
            // A refused file is logged and shown as a trouble; the last accepted configuration runs on.
            _ = try? await service.reload(.configuration, user: nil)
        }
    }
}

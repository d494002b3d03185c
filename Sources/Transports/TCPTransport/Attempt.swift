// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceLoop
import RatingModel
import Synchronization

/// A connection in the making, for a caller who may give up waiting for it.
///
/// The thread that connects cannot be interrupted; where the caller is gone by the time it ends, the socket is closed.
final class Attempt: Sendable {
    private enum State {
        case new
        case waiting(CheckedContinuation<Result<Int32, GatewayError>, Never>)
        case over
    }

    private let state = Mutex(State.new)

    /// Runs the connector on a thread of its own and waits for its end, or for the caller to be cancelled.
    func run(_ connector: Connector) async throws(GatewayError) -> OwnedDescriptor {
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isWanted = state.withLock { state in
                    guard case .new = state else { return false }
                    state = .waiting(continuation)
                    return true
                }
                guard isWanted else { return continuation.resume(returning: .failure(Self.cancelled(connector))) }
                let failure = runAside("tcp-connector") {
                    self.end(Result { () throws(GatewayError) in try connector.connect().release() })
                }
                if failure != 0 { end(.failure(.notConnected(connector.line, failure))) }
            }
        } onCancel: {
            end(.failure(Self.cancelled(connector)))
        }
        return OwnedDescriptor(try result.get())
    }

    private func end(_ result: Result<Int32, GatewayError>) {
        let waiting = state.withLock { state -> CheckedContinuation<Result<Int32, GatewayError>, Never>? in
            defer { state = .over }
            if case .waiting(let continuation) = state { return continuation } else { return nil }
        }
        if let waiting { return waiting.resume(returning: result) }
        if case .success(let number) = result { _ = OwnedDescriptor(number) }
    }

    private static func cancelled(_ connector: Connector) -> GatewayError {
        .unreachable(connector.line, cause: "the gateway waits no longer")
    }
}

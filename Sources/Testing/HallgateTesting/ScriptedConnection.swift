// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
import Synchronization

/// A line of a ``ScriptedTransport``: the test is the device and the driver in one.
public final class ScriptedConnection: DeviceConnection {
    private struct State {
        var events: [DriverEvent] = []
        var isOpen = true
        var isRead = true
    }

    /// What was opened.
    public let line: DeviceLine
    public let outputs: AsyncStream<DeviceOutput>
    private let continuation: AsyncStream<DeviceOutput>.Continuation
    private let state = Mutex(State())

    /// Opens a line that nothing has happened on yet.
    public init(line: DeviceLine) {
        self.line = line
        (outputs, continuation) = AsyncStream.makeStream(of: DeviceOutput.self)
    }

    /// Puts something out as the driver would; nothing happens on a line that is gone.
    public func emit(_ output: DeviceOutput) {
        if state.withLock({ $0.isOpen && $0.isRead }) { continuation.yield(output) }
    }

    /// Ends the line from the device's side.
    public func hangUp(reason: String) {
        let wasOpen = state.withLock { state in
            defer { state.isOpen = false }
            return state.isOpen
        }
        guard wasOpen else { return }
        continuation.yield(.closed(reason: reason))
        continuation.finish()
    }

    public func handle(_ event: DriverEvent) async {
        state.withLock { state in
            if state.isOpen { state.events.append(event) }
        }
    }

    public func finish() async {
        let wasRead = state.withLock { state in
            defer { state.isRead = false }
            return state.isOpen && state.isRead
        }
        guard wasRead else { return }
        continuation.yield(.closed(reason: "the gateway reads no more"))
        continuation.finish()
    }

    public func close() async { hangUp(reason: "closed by the gateway") }

    /// What the engine told the driver while the line was open, in order.
    public var events: [DriverEvent] { state.withLock { $0.events } }

    /// Whether neither side has ended the line.
    public var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Waits, by real time and at most `limit`, until `condition` holds for the events; answers whether it does.
    public func waitForEvents(
        limit: Duration = .seconds(30), until condition: ([DriverEvent]) -> Bool
    ) async -> Bool {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while !condition(events) {
            if ContinuousClock.now > deadline { return false }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return true
    }
}

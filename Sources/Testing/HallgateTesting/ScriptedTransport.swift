// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel
import Synchronization

/// A transport in memory whose lines a test plugs, unplugs and speaks on; no driver runs on it.
///
/// A path is absent until ``plug(_:)``, and taken while it is open, as a real line is. What the device "says" a test
/// puts out with ``ScriptedConnection/emit(_:)``; what the engine told the driver is in ``ScriptedConnection/events``.
public final class ScriptedTransport: DeviceTransport {
    private struct State {
        var failures: [String: GatewayError] = [:]
        var plugged: Set<String> = []
        var connections: [String: [ScriptedConnection]] = [:]
        var attempts: [String: Int] = [:]
    }

    private let state = Mutex(State())

    /// Starts with every path absent.
    public init() {}

    /// Lets the next open of the path succeed.
    public func plug(_ path: String) {
        state.withLock { state in
            state.plugged.insert(path)
            state.failures[path] = nil
        }
    }

    /// Hangs up the line open on the path and lets later opens fail.
    public func unplug(_ path: String) {
        let open = state.withLock { state in
            state.plugged.remove(path)
            return state.connections[path]?.last
        }
        open?.hangUp(reason: "unplugged")
    }

    /// Lets opens of the path fail with an error of the test's choice until the next ``plug(_:)``.
    public func fail(_ path: String, with error: GatewayError) {
        state.withLock { state in
            state.plugged.remove(path)
            state.failures[path] = error
        }
    }

    public func open(_ line: DeviceLine, driver: any DeviceDriver) async throws(GatewayError) -> any DeviceConnection {
        let result = state.withLock { state -> Result<ScriptedConnection, GatewayError> in
            state.attempts[line.path, default: 0] += 1
            guard state.plugged.contains(line.path) else {
                return .failure(state.failures[line.path] ?? Self.missing(line.path))
            }
            if state.connections[line.path]?.last?.isOpen == true { return .failure(Self.busy(line.path)) }
            let connection = ScriptedConnection(line: line)
            state.connections[line.path, default: []].append(connection)
            return .success(connection)
        }
        return try result.get()
    }

    /// Every connection that was opened on the path, the newest last.
    public func connections(_ path: String) -> [ScriptedConnection] {
        state.withLock { $0.connections[path] ?? [] }
    }

    /// How often someone tried to open the path, in vain or not.
    public func attempts(_ path: String) -> Int { state.withLock { $0.attempts[path] ?? 0 } }

    /// Waits, by real time and at most `limit`, for the connection of that ordinal, counted from 1.
    public func connection(_ path: String, ordinal: Int = 1, limit: Duration = .seconds(30)) async
        -> ScriptedConnection?
    {
        let deadline = ContinuousClock.now.advanced(by: limit)
        while ContinuousClock.now < deadline {
            let all = connections(path)
            if all.count >= ordinal { return all[ordinal - 1] }
            try? await Task.sleep(for: .milliseconds(1))
        }
        return nil
    }

    private static func busy(_ path: String) -> GatewayError {
        GatewayError(
            "device.busy", LocalText("\(path) is open already", "\(path) 已被占用"),
            hint: LocalText("close it first", "请先关闭"))
    }

    private static func missing(_ path: String) -> GatewayError {
        GatewayError(
            "device.missing", LocalText("there is no device at \(path)", "\(path) 没有设备"),
            hint: LocalText("plug the pad in", "请接上评价器"))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import OperatorAPI
public import RatingModel

/// How far the device pump has come, for a watchdog: it runs where `outputsTaken` grows or nothing is in hand.
public struct DevicePumpProgress: Sendable, Hashable {
    /// How many outputs of drivers were dealt with since the start.
    public let outputsTaken: UInt64
    /// How long the oldest output now in hand has waited for its commit; `nil` where the pump is idle.
    public let oldestInHand: Duration?

    /// Takes the figures.
    public init(outputsTaken: UInt64, oldestInHand: Duration?) {
        self.outputsTaken = outputsTaken
        self.oldestInHand = oldestInHand
    }
}

extension DeviceSupervision {
    /// Gives a command to every ready device of a window; answers how many devices that was.
    ///
    /// A device that is just being greeted counts: it gets the command right after its greeting.
    public func command(_ command: DeviceCommand, window: WindowID) async -> Int {
        var count = 0
        for line in configuredLines where line.state.state == .ready && !placement.isStranger(line.path) {
            for place in line.assignment.places where place.window == window {
                guard let connection = line.connection else { continue }
                count += 1
                if line.afterGreeting != nil {
                    line.afterGreeting?.append((command, place.address))
                } else {
                    await connection.handle(.command(command, at: place.address))
                }
            }
        }
        return count
    }

    /// Each configured line as the operator sees it, in the configuration's order.
    public func statuses() -> [GatewayStatus.Device] {
        configuredLines.map { line in
            let state = line.state
            let others = identities.others(than: line.path)
            let shared = others.isEmpty ? nil : "device.same-identity: also on \(others.joined(separator: ", "))"
            return GatewayStatus.Device(
                path: line.path, driver: line.assignment.driverName, window: line.assignment.window?.value,
                state: state.state, device: state.lastIdentity?.device.value,
                model: state.lastIdentity.map { "\($0.model) \($0.firmware)" }, recorded: state.recorded,
                refused: state.refused, badFrames: state.badFrames, connections: state.connections,
                detail: shared ?? state.detail)
        }
    }

    /// What is wrong with the devices taken together, beside the states of ``statuses()``.
    public func troubles() -> [GatewayStatus.Trouble] {
        identities.shared.map { device, paths in
            GatewayStatus.Trouble(
                code: "device.same-identity",
                message: "device \(device) is on several lines at once: \(paths.joined(separator: ", "))",
                messageChinese: "设备 \(device) 同时出现在多条线路上：\(paths.joined(separator: "、"))",
                hint: "compare the labels of these pads; one carries the number of another or is a copy",
                hintChinese: "请核对这些评价器的标签；其中一台使用了另一台的编号或为复制品")
        } + placement.alerts.map(\.trouble)
    }

    /// How far the device pump has come.
    public func progress() -> DevicePumpProgress {
        let oldest = lines.values.compactMap(\.inHandSince).min()
        let now = clock.now().monotonic
        return DevicePumpProgress(outputsTaken: outputsTaken, oldestInHand: oldest.map { $0.duration(to: now) })
    }

    var configuredLines: [SupervisedLine] { configured.compactMap { lines[$0] } }
}

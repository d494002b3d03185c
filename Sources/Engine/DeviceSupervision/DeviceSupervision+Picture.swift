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
    /// Gives a command to every ready device of a window, or of waiting areas; answers how many devices for ratings that was.
    ///
    /// A device that is just being greeted counts: it gets the command right after its greeting.
    public func command(_ command: DeviceCommand, window: WindowID?) async -> Int {
        var count = 0
        for line in configuredLines where line.state.state == .ready && !placement.isStranger(line.path) {
            for place in line.assignment.places where place.window == window {
                guard let connection = line.connection else { continue }
                // One that is away is asked when it is back, and is no pad that was asked now; nor is a scanner or a display.
                if !line.state.isAbsent(place.address), !line.assignment.capabilities.levels.isEmpty { count += 1 }
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
    public func statuses() async -> [GatewayStatus.Device] {
        var statuses: [GatewayStatus.Device] = []
        for line in configuredLines {
            let traffic = await line.connection?.traffic() ?? LineTraffic()
            statuses.append(status(of: line, heardAt: traffic.heardAt))
        }
        return statuses
    }

    private func status(of line: SupervisedLine, heardAt: MonotonicInstant?) -> GatewayStatus.Device {
        let (state, assignment, now) = (line.state, line.assignment, clock.now().monotonic)
        let others = identities.others(than: line.path)
        let shared =
            others.isEmpty
            ? nil
            : LocalText(
                "device.same-identity: also on \(others.joined(separator: ", "))",
                "device.same-identity：同一设备也出现在 \(others.joined(separator: "、"))")
        let detail = shared ?? state.detail
        let heard = [heardAt, state.heardAt].compactMap { $0 }.max()
        let quiet = heard.map { $0.duration(to: now) }
        let since = (heard ?? state.openedAt).map { $0.duration(to: now) } ?? .zero
        let unshown = state.unshownCodes.min { ($0.key ?? 0) < ($1.key ?? 0) }
        let unshownWords = unshown.map { LineHappenings.at($0.key, LineHappenings.words(for: $0.value)) }
        let isStale = state.state == .ready && assignment.staleAfter.map { since > $0 } ?? false
        return GatewayStatus.Device(
            path: line.path, driver: assignment.driverName, window: assignment.window?.value,
            state: isStale ? .stale : state.state, device: state.lastIdentity?.device.value,
            model: state.lastIdentity.map { "\($0.model) \($0.firmware)" }, recorded: state.counters.recorded,
            refused: state.counters.refused, badFrames: state.counters.bad, connections: state.counters.connections,
            detail: detail?.english, detailChinese: detail?.chinese,
            places: assignment.places.map {
                .init(
                    address: $0.address.map { Int($0) }, window: $0.window?.value, isAbsent: state.isAbsent($0.address))
            },
            abilities: assignment.capabilities.abilities,
            health: GatewayStatus.Device.Health(
                secondsSinceHeard: quiet.map(\.inSeconds), checksumErrors: state.counters.checksumErrors,
                otherBadFrames: state.counters.otherBadFrames, resyncBytes: state.counters.resyncBytes,
                repeats: state.counters.repeats, waiting: state.waiting, lifetimeCount: state.lifetimeCount,
                isLogFull: state.isLogFull, isKeyStuck: state.stuckKey.isStuck(at: now),
                supplyMillivolts: state.supplyMillivolts, unshownCode: unshownWords?.english,
                unshownCodeChinese: unshownWords?.chinese))
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

extension Duration {
    /// Seconds with milliseconds, for pictures of the gateway.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds / 1_000_000_000_000_000) / 1000
    }
}

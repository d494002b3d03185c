// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// Several drivers at once on the line of an unknown device: all listen, one speaks.
///
/// No press is ever acknowledged, so that a device with a log keeps it for the gateway that will be its own.
struct ListeningDriver: DeviceDriver {
    static let name = "listening"
    let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false)

    private var drivers: [(trial: LearnTrial, driver: any DeviceDriver)]
    private let speaker: Int?
    private let line: LearnLine
    private let baud: Int?
    private let desk: LearnDesk

    init(_ trials: [LearnTrial], speaker: Int?, on line: LearnLine, baud: Int?, desk: LearnDesk) {
        drivers = trials.map { ($0, $0.driver.make()) }
        self.speaker = speaker
        self.line = line
        self.baud = baud
        self.desk = desk
    }

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        if case .received(let bytes) = event {
            desk.heard(bytes, on: line.path, baud: baud)
            if line.kind == .hidraw { learn(bytes) }
        }
        var actions: [DriverAction] = []
        for index in drivers.indices {
            // Timers are the speaker's: a driver that cannot speak has nothing to say again.
            if case .timer = event, index != speaker { continue }
            for action in drivers[index].driver.handle(event, at: now) {
                switch action {
                case .send, .setTimer, .cancelTimer: if index == speaker { actions.append(action) }
                default: note(action, of: drivers[index].trial)
                }
            }
        }
        return actions
    }

    private func note(_ action: DriverAction, of trial: LearnTrial) {
        let keepsLog = trial.driver.capabilities.keepsLog
        func put(_ kind: LearnEvidence.Kind, address: BusAddress? = nil, device: String? = nil, age: Duration? = .zero)
        {
            desk.found(
                LearnEvidence(
                    path: line.path, baud: baud, driver: trial.driver.name, kind: kind, address: address,
                    device: device, age: age, settings: trial.settings, score: line.scores[trial.driver.name] ?? 0))
        }
        switch action {
        case .press(let press):
            // Without a log there is no old press: what comes in happens now.
            let age = keepsLog ? press.age : .zero
            let kind: LearnEvidence.Kind =
                if case .rated(_, let key, let label) = press.outcome { .press(key: key, label: label) } else { .entry }
            put(kind, address: press.address, device: keepsLog ? press.key.device.value : nil, age: age)
        case .staffKey(_, let address): put(.staffKey, address: address)
        case .scanned(let code, let address): put(.code(code.text), address: address)
        // A device without a log cannot say who it is: its driver only assumes that somebody is there.
        case .identified(let identity): if keepsLog { put(.identity, device: identity.device.value) }
        default: break
        }
    }

    private func learn(_ report: [UInt8]) {
        guard let layout = desk.layout(of: report, on: line.path) else { return }
        let number = layout.report.map { [DeviceStanza.Setting("report", "\($0)")] } ?? []
        let released = layout.released == 0 ? [] : [DeviceStanza.Setting("released", "\(layout.released)")]
        desk.found(
            LearnEvidence(
                path: line.path, baud: nil, driver: HIDPadEntry.name, kind: .reports(values: layout.values),
                settings: number + [.init("offset", "\(layout.offset)")] + released,
                score: line.scores[HIDPadEntry.name] ?? 0))
    }

    /// Whether a driver says something of its own accord in the first seconds of a line.
    static func speaks(_ driver: ConfiguredDriver) -> Bool {
        var driver = driver.make()
        let now = MonotonicInstant(nanoseconds: 0)
        return ([.opened(nonce: 1), .timer(.answer), .timer(.poll)] as [DriverEvent]).contains { event in
            driver.handle(event, at: now).contains { if case .send = $0 { true } else { false } }
        }
    }
}

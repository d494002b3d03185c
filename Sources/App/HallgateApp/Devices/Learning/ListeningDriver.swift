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

    private var drivers: [(name: String, keepsLog: Bool, driver: any DeviceDriver)]
    private let speaker: String?
    private let path: String
    private let baud: Int
    private let found: @Sendable (LearnEvidence) -> Void

    init(
        _ drivers: [ConfiguredDriver], speaker: String?, path: String, baud: Int,
        found: @escaping @Sendable (LearnEvidence) -> Void
    ) {
        self.drivers = drivers.map { ($0.name, $0.capabilities.keepsLog, $0.make()) }
        self.speaker = speaker
        self.path = path
        self.baud = baud
        self.found = found
    }

    mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        var actions: [DriverAction] = []
        for index in drivers.indices {
            let isSpeaker = drivers[index].name == speaker
            // Timers are the speaker's: a driver that cannot speak has nothing to say again.
            if case .timer = event, !isSpeaker { continue }
            for action in drivers[index].driver.handle(event, at: now) {
                switch action {
                case .send, .setTimer, .cancelTimer: if isSpeaker { actions.append(action) }
                default: note(action, of: drivers[index].name, keepsLog: drivers[index].keepsLog)
                }
            }
        }
        return actions
    }

    private func note(_ action: DriverAction, of driver: String, keepsLog: Bool) {
        func put(_ kind: LearnEvidence.Kind, address: BusAddress? = nil, device: String? = nil, age: Duration? = .zero)
        {
            found(
                LearnEvidence(
                    path: path, baud: baud, driver: driver, kind: kind, address: address, device: device, age: age))
        }
        switch action {
        case .press(let press):
            // Without a log there is no old press: what comes in happens now.
            let age = keepsLog ? press.age : .zero
            let kind: LearnEvidence.Kind =
                if case .rated(_, let key, let label) = press.outcome { .press(key: key, label: label) } else { .entry }
            put(kind, address: press.address, device: press.key.device.value, age: age)
        case .staffKey(_, let address): put(.staffKey, address: address)
        case .scanned(let code, let address): put(.code(code.text), address: address)
        // A device without a log cannot say who it is: its driver only assumes that somebody is there.
        case .identified(let identity): if keepsLog { put(.identity, device: identity.device.value) }
        default: break
        }
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

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import HallAPI
import RatingModel

extension PagesSettings {
    /// A self-service kiosk: `pages.kiosks`.
    struct Kiosk: Sendable, Hashable {
        /// Its name.
        var id: String
        /// The file with its key.
        var keyFile: String
    }

    /// How self-service kiosks behave: `pages.self_service`.
    struct SelfService: Sendable, Hashable {
        /// How long nobody touches a kiosk before it asks whether anybody is there.
        var idleAfter = Duration.seconds(40)
        /// How long it then waits before it forgets everything.
        var countdown = Duration.seconds(20)
        /// How long ago a session may have been opened that is found by its number.
        var findWithin = Duration.seconds(12 * 3600)
        /// Most numbers and windows a minute at one kiosk.
        var numbersPerMinute = 12
        /// Whether kiosks read the question and the thanks aloud.
        var speaks = false

        /// What pages are told of it.
        var described: HallDescription.SelfService {
            HallDescription.SelfService(
                idleSeconds: Int(idleAfter.components.seconds), countdownSeconds: Int(countdown.components.seconds),
                speaks: speaks)
        }
    }

    static func kiosk(_ section: ConfigurationSection, _ names: inout UniqueNames) -> Kiosk? {
        let id = section.required("id", .identifier)
        if let id { names.add(id, key: "id", in: section, noun: LocalText("the kiosk", "自助机")) }
        guard let keyFile = section.required("key_file", .absolutePath()), let id else { return nil }
        return Kiosk(id: id, keyFile: keyFile)
    }

    static func selfService(_ section: ConfigurationSection) -> SelfService {
        var result = SelfService()
        result.idleAfter = section.value(
            "idle_after", .duration(in: .seconds(10) ... .seconds(600)), default: result.idleAfter)
        result.countdown = section.value(
            "countdown", .duration(in: .seconds(5) ... .seconds(120)), default: result.countdown)
        result.findWithin = section.value(
            "find_within", .duration(in: .seconds(300) ... .seconds(86_400)), default: result.findWithin)
        result.numbersPerMinute = section.value(
            "numbers_per_minute", .integer(in: 1...600), default: result.numbersPerMinute)
        result.speaks = section.value("voice", .choice(["on": true, "off": false]), default: result.speaks)
        return result
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import FileUplink
import HTTPSUplink
import KafkaUplink
import MQTTUplink
import RatingModel

/// The kinds of uplinks by their words, each with what reads its stanza.
enum UplinkKinds {
    /// Reads a stanza, and with a time also the files it names; `nil` where it cannot be used.
    typealias Reader = @Sendable (ConfigurationSection, WallTime?) -> GatewayConfiguration.Uplink.Kind?

    /// Every kind, built in or not: an operator is told of the build rather than of an unknown word.
    static let readers: [String: Reader] = ["https": https, "file": file, "mqtt": mqtt, "kafka": kafka]

    static let https: Reader = { section, now in
        HTTPSUplinkConfiguration.read(section, certificatesAt: now).map { .https($0) }
    }

    private static let file: Reader = { section, now in
        FileUplinkConfiguration.read(section, opensFiles: now != nil).map { .file($0) }
    }

    private static let mqtt: Reader = { section, now in
        #if !MQTT
        reportMissing("mqtt", trait: "MQTT", in: section)
        #endif
        return MQTTUplinkConfiguration.read(section, opensFiles: now != nil).map { .mqtt($0) }
    }

    private static let kafka: Reader = { section, now in
        #if !Kafka
        reportMissing("kafka", trait: "Kafka", in: section)
        #endif
        return KafkaUplinkConfiguration.read(section, opensFiles: now != nil).map { .kafka($0) }
    }

    private static func reportMissing(_ kind: String, trait: String, in section: ConfigurationSection) {
        section.report(
            LocalText("this build has no uplink of the kind '\(kind)'", "此版本不含 '\(kind)' 类型的上行链路"),
            hint: LocalText(
                "install a build with it: make release TRAITS='--traits \(trait)'",
                "请安装包含它的版本：make release TRAITS='--traits \(trait)'"), at: "kind")
    }
}

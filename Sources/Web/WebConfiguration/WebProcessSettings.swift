// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import ConfigurationFile
import RatingModel

/// The configuration's section `web`: where the web process listens, whom it believes, and what it allows.
public struct WebProcessSettings: Sendable, Hashable {
    /// Where it listens, for a site without socket units: a host and a port.
    public var listen: Address?
    /// The site's proxies, whose `X-Forwarded-For` is believed.
    public var trustedProxies: [AddressRange] = []
    /// A font file for phones that have none for traditional Mongolian.
    public var mongolianFont: String?
    /// What it allows its clients.
    public var limits = WebLimits()

    /// A host and a port.
    public struct Address: Sendable, Hashable {
        /// A name or an address.
        public var host: String
        /// The port; 0 takes a free one.
        public var port: Int

        /// Takes both.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    /// What a file without the section means.
    public init() {}

    /// Reads the section of a file; what is not given keeps its default.
    public static func read(in file: ConfigurationSection) -> WebProcessSettings {
        var settings = WebProcessSettings()
        file.section("web") { web in
            settings.listen = web.value("listen", .listenAddress)
            settings.trustedProxies = web.values("trusted_proxies", atMost: 64, .addressRange)
            settings.mongolianFont = web.value("mongolian_font", .absolutePath())
            web.section("limits") { settings.limits = limits(in: $0) }
        }
        return settings
    }

    private static func limits(in section: ConfigurationSection) -> WebLimits {
        var limits = WebLimits()
        limits.connections = section.value("connections", .integer(in: 1...16_384), default: limits.connections)
        limits.connectionsPerAddress = section.value(
            "connections_per_address", .integer(in: 1...16_384), default: limits.connectionsPerAddress)
        let perSecond = section.value("requests_per_second", .integer(in: 1...10_000))
        limits.requestsPerSecond = perSecond.map(Double.init) ?? limits.requestsPerSecond
        limits.requestBurst = section.value("request_burst", .integer(in: 1...100_000), default: limits.requestBurst)
        limits.bodyBytes = section.value(
            "body_bytes", .integer(in: 1024...WebLimits.mostBodyBytes), default: limits.bodyBytes)
        func time(_ key: String, _ fallback: Duration) -> Duration {
            section.value(key, .duration(in: .milliseconds(100) ... .seconds(600)), default: fallback)
        }
        limits.headTime = time("head_time", limits.headTime)
        limits.bodyTime = time("body_time", limits.bodyTime)
        limits.idleTime = time("idle_time", limits.idleTime)
        limits.stallTime = time("stall_time", limits.stallTime)
        limits.drainTime = time("drain_time", limits.drainTime)
        return limits
    }
}

extension ValueKind where Value == WebProcessSettings.Address {
    /// `host:port`, an IPv6 address in brackets.
    fileprivate static var listenAddress: ValueKind {
        ValueKind { text, _ in
            guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
                (0...65_535).contains(port), colon > text.startIndex
            else { return wrong(text) }
            var host = String(text[..<colon])
            if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
            guard case .value = ValueKind<String>.host.reading(of: host, isQuoted: true) else { return wrong(text) }
            return .value(WebProcessSettings.Address(host: host, port: port))
        }
    }

    private static func wrong(_ text: String) -> Reading {
        .wrong(
            LocalText("'\(shortened(text))' is no host with a port", "'\(shortened(text))' 不是带端口的主机"),
            hint: LocalText(
                "write one such as 192.0.2.1:8080 or [::]:8080", "请填写例如 192.0.2.1:8080 或 [::]:8080"))
    }
}

extension ValueKind where Value == AddressRange {
    /// An address, or a range such as `10.20.0.0/16`.
    fileprivate static var addressRange: ValueKind {
        ValueKind { text, _ in
            guard let range = AddressRange(text) else {
                return .wrong(
                    LocalText("'\(shortened(text))' is no address range", "'\(shortened(text))' 不是地址范围"),
                    hint: LocalText(
                        "write an address or a range such as 10.20.0.0/16", "请填写地址，或 10.20.0.0/16 这样的范围"))
            }
            return .value(range)
        }
    }
}

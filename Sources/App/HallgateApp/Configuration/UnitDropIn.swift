// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FileUplink
import FoundationEssentials
import Glibc
import HTTPSUplink
import KafkaUplink
import MQTTUplink

/// The drop-in that opens the unit's closed network, and its read-only disk, to what the configuration names
/// (systemd.resource-control(5), systemd.exec(5)).
public struct UnitDropIn: Sendable, Hashable {
    /// The file's text, for `/etc/systemd/system/hallgate.service.d/addresses.conf`.
    public let text: String
    /// Hosts that have no address here and now, so that the unit would not reach them.
    public let unknownHosts: [String]

    /// Looks the hosts up; the servers that names are asked of are allowed as well. `addresses` answers a host's.
    public init(_ configuration: GatewayConfiguration, nameServers: [String], addresses: (String) -> [String]) {
        var lines = ["[Service]", "IPAddressAllow=localhost"]
        for server in nameServers { lines += ["# name server", "IPAddressAllow=\(server)"] }
        var unknown: [String] = []
        for host in configuration.hosts {
            let found = addresses(host)
            if found.isEmpty { unknown.append(host) }
            lines.append(found.isEmpty ? "# no address is known for \(host)" : "# \(host)")
            lines += found.map { "IPAddressAllow=\($0)" }
        }
        // A stick need not be there when the daemon starts, which is what the hyphen says.
        lines += configuration.carriedDirectories.map { "ReadWritePaths=-\($0)" }
        text = lines.joined(separator: "\n")
        unknownHosts = unknown
    }

    /// Looks the hosts up as this computer does.
    public init(_ configuration: GatewayConfiguration) {
        let resolver = FileManager.default.contents(atPath: "/etc/resolv.conf") ?? Data()
        let servers = String(decoding: resolver, as: UTF8.self).split(separator: "\n").compactMap { line -> String? in
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            // A link-local address names its interface behind a percent sign, which systemd does not take.
            return words.first == "nameserver" && words.count > 1
                ? words[1].split(separator: "%").first.map(String.init) : nil
        }
        self.init(configuration, nameServers: servers, addresses: Self.addresses(of:))
    }

    /// A host's addresses in digits, each once, in the resolver's order; none where it has none.
    private static func addresses(of host: String) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &found) == 0 else { return [] }
        defer { freeaddrinfo(found) }
        var result: [String] = []
        var next = found
        while let item = next {
            var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
            if getnameinfo(
                item.pointee.ai_addr, item.pointee.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
                == 0
            {
                let text = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                if !result.contains(text) { result.append(text) }
            }
            next = item.pointee.ai_next
        }
        return result
    }
}

extension GatewayConfiguration {
    /// Where uplinks that are carried write.
    fileprivate var carriedDirectories: [String] {
        uplinks.compactMap { uplink in
            guard case .file(let file) = uplink.kind else { return nil }
            return file.directory
        }
    }

    /// Every host that uplinks and lines name, each once, in the file's order.
    fileprivate var hosts: [String] {
        var result: [String] = []
        for uplink in uplinks {
            switch uplink.kind {
            case .https(let https):
                result += [https.url, https.probeURL].compactMap { $0.flatMap { URL(string: $0)?.host() } }
            case .file: break
            case .mqtt(let mqtt): result.append(mqtt.host)
            case .kafka(let kafka):
                result += kafka.brokers.map { String($0.prefix(upTo: $0.lastIndex(of: ":") ?? $0.endIndex)) }
            }
        }
        for device in devices where device.line.kind == .tcp || device.line.kind == .rfc2217 {
            let host = device.line.path.prefix(upTo: device.line.path.lastIndex(of: ":") ?? device.line.path.endIndex)
            result.append(host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : String(host))
        }
        var seen: Set<String> = []
        return result.filter { seen.insert($0).inserted }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

extension ConfigurationSection {
    /// Reads `retry: {first, most}`, the waits after failures; what is not given keeps its default.
    public func retryWaits(first: Duration, most: Duration) -> (first: Duration, most: Duration) {
        section("retry") { retry in
            let given = (
                retry.value("first", .duration(in: .milliseconds(10) ... .seconds(3600))),
                retry.value("most", .duration(in: .milliseconds(10) ... .seconds(86_400)))
            )
            let waits = (first: given.0 ?? first, most: given.1 ?? most)
            let areValid = retry.has("first") == (given.0 != nil) && retry.has("most") == (given.1 != nil)
            if areValid, waits.first > waits.most {
                retry.report(
                    LocalText(
                        "the first wait, \(durationText(waits.first)), is longer than the longest, \(durationText(waits.most))",
                        "首次等待 \(durationText(waits.first)) 长于最长等待 \(durationText(waits.most))"),
                    hint: LocalText("make 'first' at most 'most'", "请使 'first' 不大于 'most'"),
                    at: retry.has("first") ? "first" : "most")
            }
            return waits
        } ?? (first, most)
    }

    /// Reports each of two keys that is given without the other.
    public func requireBoth(_ one: String, _ other: String, hint: LocalText) {
        for (given, missing) in [(one, other), (other, one)] where has(given) && !has(missing) {
            report(
                LocalText("'\(given)' is given without '\(missing)'", "只有 '\(given)' 而没有 '\(missing)'"), hint: hint,
                at: given)
        }
    }

    /// Reports a line in the clear to a host that is not this computer: ratings carry case numbers.
    public func requireLoopback(_ hosts: [String], forClearTextAt key: String) {
        guard let far = hosts.first(where: { !["localhost", "127.0.0.1", "::1"].contains($0) }) else { return }
        report(
            LocalText("the line to '\(far)' would be in the clear", "到 '\(far)' 的线路将以明文传输"),
            hint: LocalText("use TLS; only a broker on this computer may do without", "请使用 TLS；仅本机上的代理可以不用"), at: key)
    }
}

extension ValueKind where Value == String {
    /// A host's name or address.
    public static var host: ValueKind {
        ValueKind { text, _ in
            let isHost = text.utf8.allSatisfy { byte in
                UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                    || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":")].contains(byte)
            }
            guard isHost, !text.isEmpty, text.utf8.count <= 253 else {
                return .wrong(
                    LocalText("'\(shortened(text))' is not a host", "'\(shortened(text))' 不是主机"),
                    hint: LocalText(
                        "write a name or an address, without port or scheme", "请填写主机名或地址，不含端口和协议"))
            }
            return .value(text)
        }
    }
}

extension ValueKind where Value == [String] {
    /// Hosts with ports, with commas between them, at most 16.
    public static var hostsWithPorts: ValueKind {
        ValueKind { text, _ in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                String(part.drop { $0 == " " })
            }
            let areValid = parts.allSatisfy { part in
                guard let colon = part.lastIndex(of: ":"), let port = Int(part[part.index(after: colon)...]) else {
                    return false
                }
                guard case .value = ValueKind<String>.host.reading(of: String(part[..<colon]), isQuoted: true) else {
                    return false
                }
                return (1...65_535).contains(port)
            }
            guard areValid, parts.count <= 16 else {
                return .wrong(
                    LocalText("'\(shortened(text))' is no list of hosts with ports", "'\(shortened(text))' 不是带端口的主机列表"),
                    hint: LocalText(
                        "write kafka1.example:9093,kafka2.example:9093", "请填写 kafka1.example:9093,kafka2.example:9093"))
            }
            return .value(parts)
        }
    }
}

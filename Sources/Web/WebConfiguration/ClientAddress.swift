// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An IP address of whoever sent a request: what limits are counted by.
///
/// IPv4 is kept as IPv6 does (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2), so that a client which arrives at a socket of
/// both families has one address.
public struct ClientAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address in network order.
    fileprivate let high: UInt64
    fileprivate let low: UInt64

    /// What stands for a client without an address, which reached the process by a Unix socket.
    public static let none = ClientAddress(high: 0, low: 0)

    /// Takes the upper and the lower half of an IPv6 address.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads an address in digits, IPv4 or IPv6, without brackets, port or interface; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 45 else { return nil }
        let word = String(text)
        var four = in_addr()
        if inet_pton(AF_INET, word, &four) == 1 {
            self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(UInt32(bigEndian: four.s_addr)))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, word, &six) == 1 else { return nil }
        let (high, low) = withUnsafeBytes(of: &six) {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self.init(high: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
    }

    /// Whether it is an IPv4 address.
    public var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// What is counted as one client: the address, of IPv6 its first 64 bits, which are one network's.
    public var counted: ClientAddress { isIPv4 ? self : ClientAddress(high: high, low: 0) }

    /// The address in digits.
    public var description: String {
        if self == .none { return "-" }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if isIPv4 {
            var four = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            inet_ntop(AF_INET, &four, &text, socklen_t(text.count))
        } else {
            var six = in6_addr()
            withUnsafeMutableBytes(of: &six) {
                $0.storeBytes(of: high.bigEndian, as: UInt64.self)
                $0.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            inet_ntop(AF_INET6, &six, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

/// Addresses with a common beginning, such as `10.20.0.0/16`; one address without a slash.
public struct AddressRange: Sendable, Hashable {
    private let base: ClientAddress
    private let bits: Int

    /// Reads a range; `nil` for anything else. Bits behind the prefix may be set and do not count.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let base = parts.first.flatMap({ ClientAddress($0) }) else { return nil }
        let most = base.isIPv4 ? 32 : 128
        guard parts.count == 2 else {
            self.init(base, bits: 128)
            return
        }
        guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let bits = Int(parts[1]),
            bits <= most
        else { return nil }
        self.init(base, bits: bits + 128 - most)
    }

    private init(_ base: ClientAddress, bits: Int) {
        self.base = base
        self.bits = bits
    }

    /// Whether an address is in the range.
    public func contains(_ address: ClientAddress) -> Bool {
        let (high, low) = (Self.mask(bits), Self.mask(bits - 64))
        return address.high & high == base.high & high && address.low & low == base.low & low
    }

    /// The first bits of 64, as many as are asked for.
    private static func mask(_ bits: Int) -> UInt64 { bits <= 0 ? 0 : ~0 << UInt64(64 - min(bits, 64)) }
}

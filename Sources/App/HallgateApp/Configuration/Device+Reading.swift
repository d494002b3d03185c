// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import DeviceAPI
import RatingModel
import WindowSessions

extension GatewayConfiguration.Device {
    /// Reads one item of `devices`: where the device hangs, its driver with the driver's own keys, and its windows.
    static func read(
        _ section: ConfigurationSection, _ paths: inout UniqueNames, windows: UniqueNames, hasWeb: Bool,
        kept: KeptDescriptions
    ) -> GatewayConfiguration.Device? {
        let named = section.required("driver", .choice(DriverCatalogue.byName.mapValues(DriverChoice.init)))
        let driver = named?.type ?? NativePadEntry.self
        let kind = lineKind(section, of: driver)
        let usualBaud = section.has("addresses") ? driver.usualBusBaud : driver.usualBaud
        let baud = section.value("baud", .integer(in: 1200...4_000_000), default: usualBaud)
        let line = line(section, kind: kind, baud: baud)
        if let line {
            let key = ["path", "address", "match", "pad"].first(where: section.has) ?? "path"
            paths.add(line.path, key: key, in: section, noun: LocalText("the line", "线路"))
        }
        let window = section.value("window", .identifier)
        if let window { windows.check(window, key: "window", in: section, noun: LocalText("window", "窗口")) }
        let addresses = addresses(section, of: driver, windows: windows)
        let staleAfter = section.value("stale_after", .duration(in: .seconds(10) ... .seconds(30 * 86_400)))
        let padKeyFile = kind == .web ? padKeyFile(section, hasWeb: hasWeb) : nil
        let codes = driver.readsCodes && section.has("codes") ? SessionSettings.rules(in: section) : nil
        let reading = DeviceReading(kind: kind, baud: baud, path: line?.path ?? "", addresses: addresses, kept: kept)
        guard let configured = driver.read(section, for: reading), let line, named != nil else { return nil }
        return GatewayConfiguration.Device(
            line: line, window: window.map(WindowID.init), addresses: addresses, staleAfter: staleAfter,
            padKeyFile: padKeyFile, driver: configured, codes: codes)
    }

    private static func lineKind(
        _ section: ConfigurationSection, of driver: any CataloguedDriver.Type
    ) -> DeviceLine.Kind {
        let usual = driver.lineKinds.first ?? .serial
        let words = Dictionary(uniqueKeysWithValues: driver.lineKinds.map { ($0.rawValue, $0) })
        return section.value("line", .choice(words), default: usual)
    }

    /// One of `path`, `address`, `match` and `pad` says where the device is.
    private static func line(_ section: ConfigurationSection, kind: DeviceLine.Kind, baud: Int) -> DeviceLine? {
        let isRemote = kind == .tcp || kind == .rfc2217
        let wanted = kind == .web ? ["pad"] : isRemote ? ["address"] : ["path", "match"]
        for key in ["path", "match", "address", "pad"] where section.has(key) && !wanted.contains(key) {
            section.report(
                LocalText("'\(key)' does not go with line: \(kind.rawValue)", "'\(key)' 与 line: \(kind.rawValue) 不相容"),
                hint: LocalText(
                    "write \(wanted.joined(separator: " or "))", "请填写 \(wanted.joined(separator: " 或 "))"), at: key)
        }
        if kind == .web {
            return section.required("pad", .identifier).map { DeviceLine(path: $0, baud: baud, kind: kind) }
        }
        if isRemote {
            return section.required("address", .hostAndPort).map { DeviceLine(path: $0, baud: baud, kind: kind) }
        }
        if section.has("match") {
            if section.has("path") {
                section.report(
                    LocalText("'path' and 'match' exclude each other", "'path' 与 'match' 不能同时使用"),
                    hint: LocalText("keep one of the two", "请保留其中之一"), at: "match")
            }
            return match(section).map { DeviceLine(match: $0, baud: baud, kind: kind) }
        }
        return section.required("path", .absolutePath()).map { DeviceLine(path: $0, baud: baud, kind: kind) }
    }

    /// A pad that connects in is let in by a key, through a socket that has to be there.
    private static func padKeyFile(_ section: ConfigurationSection, hasWeb: Bool) -> String? {
        if !hasWeb {
            section.report(
                LocalText("there is no socket for pads that connect in", "没有供评价器连入的套接字"),
                hint: LocalText("add 'web_socket' under 'control'", "请在 control 下添加 'web_socket'"), at: "line")
        }
        return section.required("key_file", .absolutePath())
    }

    private static func match(_ section: ConfigurationSection) -> DeviceMatch? {
        section.section("match") { match -> DeviceMatch? in
            let result = DeviceMatch(
                serial: match.value("serial", .text(atMost: 128)), port: match.value("port", .text(atMost: 256)),
                vendor: match.value("vendor", .hexadecimal), product: match.value("product", .hexadecimal),
                interface: match.value("interface", .text(atMost: 8)))
            guard result.serial != nil || result.port != nil else {
                match.report(
                    LocalText("a match needs 'serial' or 'port'", "match 需要 'serial' 或 'port'"),
                    hint: LocalText(
                        "vendor and product are the same for all pads of a kind; 'hallgate devices' shows serial and port",
                        "同型号评价器的 vendor 和 product 相同；可用 'hallgate devices' 查看 serial 和 port"))
                return nil
            }
            return result
        } ?? nil
    }

    private static func addresses(
        _ section: ConfigurationSection, of driver: any CataloguedDriver.Type, windows: UniqueNames
    ) -> [BusAddress: WindowID] {
        guard section.has("addresses") else { return [:] }
        guard driver.isAddressed else {
            section.report(
                LocalText("'\(driver.name)' has a line of its own", "'\(driver.name)' 独占线路"),
                hint: LocalText("write 'window' instead of 'addresses'", "请用 'window' 代替 'addresses'"), at: "addresses")
            return [:]
        }
        var result: [BusAddress: WindowID] = [:]
        _ = section.list("addresses", atMost: 126) { item -> Bool? in
            let address = item.required("address", .integer(in: 1...126)).map(BusAddress.init)
            let window = item.required("window", .identifier)
            if let window { windows.check(window, key: "window", in: item, noun: LocalText("window", "窗口")) }
            guard let address, let window else { return nil }
            if result.updateValue(WindowID(window), forKey: address) != nil {
                item.report(
                    LocalText("address \(address) is there already", "地址 \(address) 已存在"),
                    hint: LocalText("set another on the pad's switches", "请在评价器上拨一个不同的地址"), at: "address")
            }
            return nil
        }
        return result
    }
}

/// A driver as the value of a choice.
private struct DriverChoice: Sendable {
    let type: any CataloguedDriver.Type
}

extension ValueKind where Value == UInt16 {
    /// A USB vendor or product number: four hexadecimal digits, as `lsusb` prints them.
    static var hexadecimal: ValueKind {
        ValueKind { text, _ in
            let digits = text.hasPrefix("0x") ? text.dropFirst(2) : text[...]
            guard digits.utf8.count <= 4, let number = UInt16(digits, radix: 16), !digits.hasPrefix("+") else {
                return .wrong(
                    LocalText("'\(text.prefix(32))' is not a USB number", "'\(text.prefix(32))' 不是 USB 编号"),
                    hint: LocalText("write four hexadecimal digits, such as 1a86", "请填写四位十六进制数，例如 1a86"))
            }
            return .value(number)
        }
    }
}

extension ValueKind where Value == String {
    /// A host's name or address with a port: `192.0.2.7:4001`, `[2001:db8::7]:4001`.
    static var hostAndPort: ValueKind {
        ValueKind { text, _ in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let host = text.dropLast((parts.last?.count ?? 0) + 1)
            let isHost =
                host.hasPrefix("[") ? host.hasSuffix("]") && host.count > 4 : !host.isEmpty && !host.contains(":")
            let isPort = parts.count > 1 && parts.last.flatMap { UInt16($0) }.map { $0 > 0 } ?? false
            guard isHost, isPort, text.utf8.count <= 255, !text.contains(" ") else {
                return .wrong(
                    LocalText("'\(text.prefix(64))' is not host:port", "'\(text.prefix(64))' 不是 主机:端口"),
                    hint: LocalText("write it as 192.0.2.7:4001", "请写成 192.0.2.7:4001 的形式"))
            }
            return .value(text)
        }
    }
}

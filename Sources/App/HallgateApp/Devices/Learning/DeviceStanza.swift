// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// One item of `devices`, as it is written into a configuration.
public struct DeviceStanza: Sendable, Hashable {
    /// Where the device hangs.
    public enum Place: Sendable, Hashable {
        /// A device node or a link to one.
        case path(String)
        /// A USB serial number, narrowed by the interface where the hardware has several lines.
        case serial(String, interface: String? = nil)
        /// A physical port, where the hardware has no serial number of its own; several nodes of it are told apart by
        /// their ports.
        case port(String)
        /// A serial server's `host:port`.
        case address(String)
    }

    /// A key of a driver's own with its value as YAML writes it.
    public struct Setting: Sendable, Hashable {
        /// The key.
        public let key: String
        /// The value as YAML.
        public let value: String

        /// States a setting.
        public init(_ key: String, _ value: String) {
            self.key = key
            self.value = value
        }
    }

    /// A device on a shared line.
    public struct Address: Sendable, Hashable {
        /// The address.
        public var address: Int
        /// The window it stands at; a configuration without it is refused.
        public var window: String?

        /// States where a device stands.
        public init(_ address: Int, window: String? = nil) {
            self.address = address
            self.window = window
        }
    }

    /// Where the device hangs; `nil` where it stays where the replaced one is.
    public var place: Place?
    /// The driver's name; `nil` where it is that of the replaced one.
    public var driver: String?
    /// How the line is opened, where it is not the driver's usual way.
    public var line: String?
    /// Line speed, where it is not the driver's usual one.
    public var baud: Int?
    /// The window; `nil` in a waiting area, and where it is that of the replaced one.
    public var window: String?
    /// The devices on a shared line.
    public var addresses: [Address]
    /// The driver's own keys.
    public var settings: [Setting]
    /// The device this one takes the place of, by its path, serial number or port.
    public var replaces: String?
    /// The file with the pad's key.
    public var keyFile: String?

    /// Takes what is known.
    public init(
        place: Place? = nil, driver: String? = nil, line: String? = nil, baud: Int? = nil, window: String? = nil,
        addresses: [Address] = [], settings: [Setting] = [], replaces: String? = nil, keyFile: String? = nil
    ) {
        self.place = place
        self.driver = driver
        self.line = line
        self.baud = baud
        self.window = window
        self.addresses = addresses
        self.settings = settings
        self.replaces = replaces
        self.keyFile = keyFile
    }

    /// The item under its list, a file of its own: what a drop-in holds.
    public var yaml: String {
        var lines: [Setting] = []
        if let replaces { lines.append(Setting("replaces", Self.quoted(replaces))) }
        if let place { lines.append(place.setting) }
        if let driver { lines.append(Setting("driver", driver)) }
        if let line { lines.append(Setting("line", line)) }
        if let baud { lines.append(Setting("baud", "\(baud)")) }
        if !addresses.isEmpty {
            let items = addresses.map { item in
                "{address: \(item.address)" + (item.window.map { ", window: \(Self.quoted($0))" } ?? "") + "}"
            }
            lines.append(Setting("addresses", "[" + items.joined(separator: ", ") + "]"))
        } else if let window {
            lines.append(Setting("window", Self.quoted(window)))
        }
        lines += settings
        if let keyFile { lines.append(Setting("key_file", Self.quoted(keyFile))) }
        return "devices:\n"
            + lines.enumerated().map { "\($0.offset == 0 ? "  - " : "    ")\($0.element.key): \($0.element.value)\n" }
            .joined()
    }

    /// A text as YAML takes it for a text whatever is in it: in double quotes, unless it is plainly a name or a path.
    public static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x2F || byte == 0x2D || byte == 0x2E || byte == 0x5F
            } && text.utf8.contains { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2F }
        let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        if isPlain, text.first != "-", !words.contains(text.lowercased()) { return text }
        return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

extension DeviceStanza.Place {
    /// The key and its value as YAML.
    var setting: DeviceStanza.Setting {
        switch self {
        case .path(let path): return .init("path", DeviceStanza.quoted(path))
        case .address(let address): return .init("address", DeviceStanza.quoted(address))
        case .port(let port): return .init("match", "{port: \(DeviceStanza.quoted(port))}")
        case .serial(let serial, let interface):
            let narrowed = interface.map { ", interface: \(DeviceStanza.quoted($0))" } ?? ""
            return .init("match", "{serial: \(DeviceStanza.quoted(serial))\(narrowed)}")
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// One item of `devices`, as it is written into a configuration.
public struct DeviceStanza: Sendable, Hashable {
    /// Where the device hangs.
    public enum Place: Sendable, Hashable {
        /// A device node or a link to one.
        case path(String)
        /// A USB serial number.
        case serial(String)
    }

    /// Where the device hangs; `nil` where it stays where the replaced one is.
    public var place: Place?
    /// The driver's name; `nil` where it is that of the replaced one.
    public var driver: String?
    /// Line speed, where it is not the driver's usual one.
    public var baud: Int?
    /// The window; `nil` in a waiting area, and where it is that of the replaced one.
    public var window: String?
    /// The address on a shared line.
    public var address: Int?
    /// The device this one takes the place of, by its path, serial number or port.
    public var replaces: String?
    /// The file with the pad's key.
    public var keyFile: String?

    /// Takes what is known.
    public init(
        place: Place? = nil, driver: String? = nil, baud: Int? = nil, window: String? = nil, address: Int? = nil,
        replaces: String? = nil, keyFile: String? = nil
    ) {
        self.place = place
        self.driver = driver
        self.baud = baud
        self.window = window
        self.address = address
        self.replaces = replaces
        self.keyFile = keyFile
    }

    /// The item under its list, a file of its own: what a drop-in holds.
    public var yaml: String {
        var lines: [(String, String)] = []
        if let replaces { lines.append(("replaces", Self.quoted(replaces))) }
        switch place {
        case nil: break
        case .path(let path): lines.append(("path", Self.quoted(path)))
        case .serial(let serial): lines.append(("match", "{serial: \(Self.quoted(serial))}"))
        }
        if let driver { lines.append(("driver", driver)) }
        if let baud { lines.append(("baud", "\(baud)")) }
        if let address {
            let window = window.map { ", window: \(Self.quoted($0))" } ?? ""
            lines.append(("addresses", "[{address: \(address)\(window)}]"))
        } else if let window {
            lines.append(("window", Self.quoted(window)))
        }
        if let keyFile { lines.append(("key_file", Self.quoted(keyFile))) }
        return "devices:\n"
            + lines.enumerated().map { "\($0.offset == 0 ? "  - " : "    ")\($0.element.0): \($0.element.1)\n" }
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

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension GatewayConfiguration {
    /// udev rules for the devices of this configuration: each gets the gateway's group, and a link by its window.
    ///
    /// They are to be kept as `/etc/udev/rules.d/69-hallgate-local.rules`: before `70-hallgate.rules`, which does what
    /// the mark asks for, and behind `60-serial.rules`, which finds out what a device is.
    public var udevRules: String {
        let preamble = """
            # Written by 'hallgate check --print-udev'; keep it as /etc/udev/rules.d/69-hallgate-local.rules.
            ACTION=="remove", GOTO="hallgate_local_end"
            SUBSYSTEM=="hidraw", ENV{ID_PATH}=="", IMPORT{builtin}="path_id"
            SUBSYSTEM=="hidraw", ENV{ID_BUS}=="", IMPORT{builtin}="usb_id"
            """
        return ([preamble] + devices.compactMap(\.udevRule) + ["LABEL=\"hallgate_local_end\""])
            .joined(separator: "\n")
    }
}

extension GatewayConfiguration.Device {
    /// The rule that marks this device; `nil` for lines that are no local devices.
    fileprivate var udevRule: String? {
        let subsystem: String
        switch line.kind {
        case .serial: subsystem = "SUBSYSTEM==\"tty\""
        case .hidraw: subsystem = "SUBSYSTEM==\"hidraw\""
        case .evdev: subsystem = "SUBSYSTEM==\"input\", KERNEL==\"event*\""
        case .tcp, .rfc2217, .web: return nil
        }
        guard let conditions = line.udevConditions else {
            return "# \(udevPattern(line.path)): no rule can be written for this path"
        }
        let windows = [window].compactMap { $0 } + addresses.sorted { $0.key < $1.key }.map(\.value)
        let links = windows.map { ", SYMLINK+=\"hallgate/by-window/\(udevName($0.value))\"" }.joined()
        return ([subsystem] + conditions).joined(separator: ", ") + ", ENV{HALLGATE}=\"1\"" + links
    }
}

extension DeviceLine {
    /// What udev can tell the device by; `nil` where the path says nothing that udev knows.
    fileprivate var udevConditions: [String]? {
        let equals = { (key: String, value: String) in "\(key)==\"\(udevPattern(value))\"" }
        if let match {
            let number = { (value: UInt16) in
                let digits = String(value, radix: 16)
                return String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
            return [
                match.serial.map { equals("ENV{ID_SERIAL_SHORT}", $0) }, match.port.map { equals("ENV{ID_PATH}", $0) },
                match.vendor.map { equals("ENV{ID_VENDOR_ID}", number($0)) },
                match.product.map { equals("ENV{ID_MODEL_ID}", number($0)) },
                match.interface.map { equals("ENV{ID_USB_INTERFACE_NUM}", $0) },
            ].compactMap { $0 }
        }
        for (prefix, key) in [
            ("/dev/hallgate/by-path/", "ENV{ID_PATH}"), ("/dev/hallgate/by-serial/", "ENV{ID_SERIAL_SHORT}"),
            ("/dev/", "KERNEL"),
        ] where path.hasPrefix(prefix) {
            let rest = String(path.dropFirst(prefix.count))
            return rest.isEmpty || rest.contains("/") ? nil : [equals(key, rest)]
        }
        return nil
    }
}

/// A value for a comparison: what a rule would take for a pattern, a quote or a line's end stands as any one character.
private func udevPattern(_ text: String) -> String {
    let plain: Set<Unicode.Scalar> = ["-", "_", ".", ":", "+", "@", "/", "=", " ", ",", "#"]
    let scalars = text.unicodeScalars.map { scalar -> Character in
        let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        return isPlain || plain.contains(scalar) ? Character(scalar) : "?"
    }
    return String(scalars)
}

/// A window's name as a file's: what udev allows in links, everything else as `_`, as udev itself does it.
private func udevName(_ text: String) -> String {
    let allowed: Set<Unicode.Scalar> = ["-", "_", ".", ":", "+", "@", "=", "#"]
    let name = String(
        text.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            return isPlain || allowed.contains(scalar) ? Character(scalar) : "_"
        })
    return name.allSatisfy { $0 == "." } ? String(repeating: "_", count: name.count) : name
}

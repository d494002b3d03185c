// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import OperatorAPI

/// Renders the gateway's figures in Prometheus' text exposition format, version 0.0.4.
///
/// Every term of conservation is a sample of its own (G2), so that the sum can be checked outside the box. No level is
/// ever a label (G9).
public enum PrometheusText {
    /// The whole page, ending in a newline.
    public static func render(_ status: GatewayStatus) -> String {
        var page = Page()
        page.family("hallgate_well", "gauge", "1 while nothing needs an operator.")
        page.sample("hallgate_well", [], status.isWell ? 1 : 0)
        page.family("hallgate_start_time_seconds", "gauge", "When the daemon started, Unix time.")
        page.sample("hallgate_start_time_seconds", [], Double(status.startedAtMilliseconds) / 1000)
        page.family("hallgate_journal_sequence", "counter", "Position of the newest record.")
        page.sample("hallgate_journal_sequence", [], Double(status.journal.lastSequence))
        page.family("hallgate_journal_bytes", "gauge", "Size of the journal on disk.")
        page.sample("hallgate_journal_bytes", [], Double(status.journal.bytesOnDisk))
        page.family("hallgate_ratings", "gauge", "Ratings by uplink and state; the states add up to `recorded`.")
        for uplink in status.uplinks { count(uplink, as: "hallgate_ratings", on: &page) }
        page.family(
            "hallgate_invitations", "gauge", "Invitations by uplink and state; the states add up to `recorded`.")
        for queue in status.invitations { count(queue, as: "hallgate_invitations", on: &page) }
        page.family(
            "hallgate_uplink_seconds_since_answer", "gauge", "Age of the last accepted rating or answered probe.")
        for uplink in status.uplinks {
            guard let age = uplink.secondsSinceAnswer else { continue }
            page.sample("hallgate_uplink_seconds_since_answer", [("uplink", uplink.name)], age)
        }
        page.family(
            "hallgate_uplink_failing", "gauge", "1 while the last exchange failed, with the code of its reason.")
        for uplink in status.uplinks {
            guard let code = uplink.lastFailure?.prefix(while: { $0 != ":" }) else { continue }
            page.sample("hallgate_uplink_failing", [("uplink", uplink.name), ("reason", String(code))], 1)
        }
        page.family("hallgate_uplink_conserved", "gauge", "1 while the states of an uplink add up.")
        for uplink in status.uplinks {
            page.sample("hallgate_uplink_conserved", [("uplink", uplink.name)], uplink.isConserved ? 1 : 0)
        }
        devices(status.devices, on: &page)
        flags(status.flags, on: &page)
        if let codes = status.regionCodes { regionCodes(codes, on: &page) }
        return page.text
    }

    private static func regionCodes(_ codes: GatewayStatus.RegionCodes, on page: inout Page) {
        page.family("hallgate_region_codes_asked_total", "counter", "Codes of cases that the region was asked for.")
        page.sample("hallgate_region_codes_asked_total", [], Double(codes.asked))
        page.family("hallgate_region_codes_given_total", "counter", "Codes of cases that the region gave.")
        page.sample("hallgate_region_codes_given_total", [], Double(codes.given))
        page.family(
            "hallgate_region_code_missing", "gauge",
            "1 for each window whose code was wanted and is not known; the hall has an empty name.")
        for place in codes.placesWithout { page.sample("hallgate_region_code_missing", [("window", place)], 1) }
    }

    private static func flags(_ flags: [GatewayStatus.WindowFlags], on page: inout Page) {
        page.family(
            "hallgate_flags_total", "counter", "What an auditor may want to look at, since the start, by cause.")
        for window in flags {
            for (cause, count) in window.counts.sorted(by: { $0.key < $1.key }) {
                page.sample("hallgate_flags_total", [("window", window.window ?? ""), ("cause", cause)], Double(count))
            }
        }
    }

    private static func devices(_ devices: [GatewayStatus.Device], on page: inout Page) {
        page.family("hallgate_device_ready", "gauge", "1 while the pad on a line is known and answers.")
        for device in devices {
            page.sample("hallgate_device_ready", [("path", device.path)], device.state == .ready ? 1 : 0)
        }
        page.family("hallgate_device_absent_addresses", "gauge", "Addresses of an open line at which nobody answers.")
        for device in devices {
            let count = device.places.count(where: \.isAbsent)
            page.sample("hallgate_device_absent_addresses", [("path", device.path)], Double(count))
        }
        page.family("hallgate_device_presses_total", "counter", "Presses since the start, by what became of them.")
        for device in devices {
            for (result, count) in [
                ("recorded", device.recorded), ("refused", device.refused), ("repeated", device.health.repeats),
            ] {
                page.sample(
                    "hallgate_device_presses_total", [("path", device.path), ("result", result)], Double(count))
            }
        }
        page.family("hallgate_device_bad_total", "counter", "What was wrong on a line since the start, by cause.")
        for device in devices {
            for (cause, count) in [
                ("checksum", device.health.checksumErrors), ("frame", device.health.otherBadFrames),
                ("resync_byte", device.health.resyncBytes),
            ] {
                page.sample("hallgate_device_bad_total", [("path", device.path), ("cause", cause)], Double(count))
            }
        }
        page.family("hallgate_device_opened_total", "counter", "How often a line was opened since the start.")
        for device in devices {
            page.sample("hallgate_device_opened_total", [("path", device.path)], Double(device.connections))
        }
        page.family("hallgate_device_missing_presses", "gauge", "Presses that a pad counted and never delivered.")
        for device in devices {
            page.sample(
                "hallgate_device_missing_presses", [("path", device.path)], Double(device.health.missingPresses))
        }
        optional("hallgate_device_seconds_since_heard", "Age of the pad's last byte.", devices, on: &page) {
            $0.health.secondsSinceHeard
        }
        optional("hallgate_device_waiting", "Presses that wait in a pad's log.", devices, on: &page) {
            $0.health.waiting.map(Double.init)
        }
        optional("hallgate_device_supply_volts", "A pad's supply.", devices, on: &page) {
            $0.health.supplyMillivolts.map { Double($0) / 1000 }
        }
        page.family("hallgate_device_key_stuck", "gauge", "1 while a key seems to be held down.")
        for device in devices {
            page.sample("hallgate_device_key_stuck", [("path", device.path)], device.health.isKeyStuck ? 1 : 0)
        }
    }

    /// A gauge that only some devices have.
    private static func optional(
        _ name: String, _ help: String, _ devices: [GatewayStatus.Device], on page: inout Page,
        _ value: (GatewayStatus.Device) -> Double?
    ) {
        page.family(name, "gauge", help)
        for device in devices {
            if let value = value(device) { page.sample(name, [("path", device.path)], value) }
        }
    }

    private static func count(_ uplink: GatewayStatus.Uplink, as name: String, on page: inout Page) {
        let states: [(String, Int64)] = [
            ("recorded", uplink.recorded), ("pending", uplink.pending), ("in_flight", uplink.inFlight),
            ("unknown", uplink.unknown), ("delivered", uplink.delivered), ("parked", uplink.parked),
            ("set_aside", uplink.setAside),
        ]
        for (state, count) in states {
            page.sample(name, [("uplink", uplink.name), ("state", state)], Double(count))
        }
        for (reason, count) in uplink.held.sorted(by: { $0.key < $1.key }) {
            page.sample(
                name, [("uplink", uplink.name), ("state", "held"), ("reason", reason)], Double(count))
        }
    }
}

/// A page of samples being written.
private struct Page {
    var text = ""

    mutating func family(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
        let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        let number = value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
        text += name + (pairs.isEmpty ? "" : "{\(pairs)}") + " \(number)\n"
    }

    /// Backslash, quote and line feed, as the format asks.
    static func escaped(_ value: String) -> String {
        var result = ""
        for character in value {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result
    }
}

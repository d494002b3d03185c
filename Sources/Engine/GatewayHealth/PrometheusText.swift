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
        for uplink in status.uplinks { ratings(of: uplink, on: &page) }
        page.family(
            "hallgate_uplink_seconds_since_answer", "gauge", "Age of the last accepted rating or answered probe.")
        for uplink in status.uplinks {
            guard let age = uplink.secondsSinceAnswer else { continue }
            page.sample("hallgate_uplink_seconds_since_answer", [("uplink", uplink.name)], age)
        }
        page.family("hallgate_uplink_conserved", "gauge", "1 while the states of an uplink add up.")
        for uplink in status.uplinks {
            page.sample("hallgate_uplink_conserved", [("uplink", uplink.name)], uplink.isConserved ? 1 : 0)
        }
        page.family("hallgate_device_ready", "gauge", "1 while the pad on a line is known and answers.")
        for device in status.devices {
            page.sample("hallgate_device_ready", [("path", device.path)], device.state == .ready ? 1 : 0)
        }
        page.family("hallgate_device_presses_total", "counter", "Presses since the start, by what became of them.")
        for device in status.devices {
            page.sample(
                "hallgate_device_presses_total", [("path", device.path), ("result", "recorded")],
                Double(device.recorded))
            page.sample(
                "hallgate_device_presses_total", [("path", device.path), ("result", "refused")], Double(device.refused))
        }
        return page.text
    }

    private static func ratings(of uplink: GatewayStatus.Uplink, on page: inout Page) {
        let states: [(String, Int64)] = [
            ("recorded", uplink.recorded), ("pending", uplink.pending), ("in_flight", uplink.inFlight),
            ("unknown", uplink.unknown), ("delivered", uplink.delivered), ("parked", uplink.parked),
            ("set_aside", uplink.setAside),
        ]
        for (state, count) in states {
            page.sample("hallgate_ratings", [("uplink", uplink.name), ("state", state)], Double(count))
        }
        for (reason, count) in uplink.held.sorted(by: { $0.key < $1.key }) {
            page.sample(
                "hallgate_ratings", [("uplink", uplink.name), ("state", "held"), ("reason", reason)], Double(count))
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

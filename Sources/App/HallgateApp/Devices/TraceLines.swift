// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import FramedPad
import RatingModel

/// What a driver puts out as a trace expects it (`Tests/Traces/README.md`).
enum TraceLines {
    /// The line for an action; `nil` for what traces do not state.
    static func line(_ action: DriverAction) -> String? {
        switch action {
        case .send(let bytes): "> " + hexadecimal(bytes)
        case .press(let press): "= " + words(of: press)
        case .staffKey(let key, let address): "= staff \(key)" + at(address)
        case .scanned(let code, let address):
            "= scanned" + (code.symbology.map { " symbology=\($0)" } ?? "") + at(address) + " text=\(code.text)"
        case .signedIn(let code, let address): "= signed-in" + at(address) + (code.map { " \($0)" } ?? "")
        case .close: "= closed"
        case .identified, .observed, .setTimer, .cancelTimer: nil
        }
    }

    /// Bytes as pairs of digits.
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { FramedPad.hexadecimal($0) }.joined(separator: " ")
    }

    private static func words(of press: CapturedPress) -> String {
        let outcome =
            switch press.outcome {
            case .rated(let level, let key, _): "press \(level) key=\(key)"
            case .timedOut: "timed-out"
            case .cancelled: "cancelled"
            }
        return outcome + (press.prompt.map { " prompt=\($0)" } ?? "") + at(press.address)
    }

    private static func at(_ address: BusAddress?) -> String { address.map { " at=\($0)" } ?? "" }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceSupervision
import OperatorAPI
import RatingModel
import RelayTransport

/// Answers the web process's socket for a running gateway.
struct GatewayWeb: WebService {
    let pads: PadExchange
    let supervision: DeviceSupervision

    func version() async -> VersionAnswer { VersionAnswer(version: HallgateVersion.current) }

    func connect(_ arrival: PadArrival) async throws(GatewayError) -> PadAdmission {
        let (connection, descriptor) = try await pads.admit(
            arrival.pad, key: arrival.key, address: arrival.origin)
        await supervision.arrived(at: arrival.pad)
        return PadAdmission(connection: connection, descriptor: descriptor) { [pads] in
            pads.endReason(of: connection)
        }
    }

    func gone(_ connection: UInt64) { pads.gone(connection) }
}

extension PadArrival {
    /// Where the pad is and what it calls itself, short and without control characters, for the log.
    fileprivate var origin: String {
        [address, agent].compactMap { $0 }.map { text in
            String(
                String.UnicodeScalarView(
                    text.unicodeScalars.prefix(64).map { scalar in
                        switch scalar.properties.generalCategory {
                        case .control, .format, .lineSeparator, .paragraphSeparator: "?"
                        default: scalar
                        }
                    }))
        }.joined(separator: " ")
    }
}

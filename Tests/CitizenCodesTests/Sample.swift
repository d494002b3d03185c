// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenCodes
import RatingModel

/// Values the tests share.
enum Sample {
    static let gateway = GatewayNumber(0x6F1C_02AA)
    static let now = at(1_780_000_000)

    static func at(_ seconds: Int64) -> WallTime { WallTime(millisecondsSinceEpoch: seconds * 1000) }

    static func secret(_ byte: UInt8) -> [UInt8] { (0..<32).map { byte &+ $0 } }

    static func keys(gateway: GatewayNumber = gateway) throws -> CodeKeys {
        try CodeKeys(gateway: gateway, secret: secret(0), at: now)
    }

    static func sealer() throws -> CodeSealer { CodeSealer(keys: try keys()) }

    /// A nonce that differs for each number.
    static func nonce(_ number: UInt64) throws -> CodeNonce {
        let bytes = [1, 2, 3, 4] + (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
        guard let nonce = CodeNonce(bytes: bytes) else { throw NoNonce() }
        return nonce
    }

    struct NoNonce: Error {}

    /// The press that a code makes.
    static func press(_ number: UInt64) -> PressKey { .oneTime(DeviceID("code"), number: number) }

    static func content(
        _ number: UInt64 = 7, expiresAt: WallTime? = at(1_780_000_120), isOneTime: Bool = true
    ) throws -> CodeContent {
        CodeContent(
            nonce: try nonce(number), window: WindowID("A01"), session: 77,
            caseReference: CaseReference(projectNumber: "150121202611300001", serviceNumber: "1"),
            expiresAt: expiresAt, isOneTime: isOneTime)
    }
}

/// The code of the error that something throws; `nil` where it throws none.
func refusal(_ work: () throws(GatewayError) -> some Any) -> String? {
    do throws(GatewayError) {
        _ = try work()
        return nil
    } catch { return error.code }
}

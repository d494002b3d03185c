// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What self-service kiosks of the hall ask of the core. Every request carries the kiosk's key, which the core alone knows.
///
/// No answer tells whose a case is, nor anything of a rating but that there is one already (G9).
public protocol KioskService: Sendable {
    /// `kiosk.check`: throws `kiosk.unknown` where no kiosk of that name has that key.
    func checkKiosk(_ request: KioskRequest) async throws(GatewayError)

    /// `kiosk.find`: a code for one rating of what a ticket's or a case's number stands for.
    ///
    /// Throws `kiosk.unknown`; `kiosk.not-found` for a number that no window served of late; `kiosk.already-rated`;
    /// `kiosk.too-fast` with the seconds to wait; and what opening a code throws where a code was entered.
    func findVisit(_ search: KioskSearch) async throws(GatewayError) -> KioskCode

    /// `kiosk.choose`: a code for one rating of a window, or of the hall.
    ///
    /// Throws `kiosk.unknown`, `kiosk.not-found` for a window that is none, and `kiosk.too-fast`.
    func chooseWindow(_ choice: KioskChoice) async throws(GatewayError) -> KioskCode
}

extension KioskService {
    /// A hall without kiosks knows none.
    public func checkKiosk(_ request: KioskRequest) async throws(GatewayError) { throw .unknownKiosk }

    /// A hall without kiosks knows none.
    public func findVisit(_ search: KioskSearch) async throws(GatewayError) -> KioskCode { throw .unknownKiosk }

    /// A hall without kiosks knows none.
    public func chooseWindow(_ choice: KioskChoice) async throws(GatewayError) -> KioskCode { throw .unknownKiosk }
}

/// A self-service kiosk that shows what it is.
public struct KioskRequest: Sendable, Hashable, Codable {
    /// Its name in the configuration.
    public var kiosk: String
    /// Its key.
    public var key: String

    /// Takes the fields.
    public init(kiosk: String, key: String) {
        self.kiosk = kiosk
        self.key = key
    }
}

/// A number that was scanned or typed at a kiosk.
public struct KioskSearch: Sendable, Hashable, Codable {
    /// The kiosk's name in the configuration.
    public var kiosk: String
    /// Its key.
    public var key: String
    /// The number of a ticket or a case, or a code of this gateway.
    public var number: String

    /// Takes the fields.
    public init(kiosk: String, key: String, number: String) {
        self.kiosk = kiosk
        self.key = key
        self.number = number
    }
}

/// A window that was chosen at a kiosk.
public struct KioskChoice: Sendable, Hashable, Codable {
    /// The kiosk's name in the configuration.
    public var kiosk: String
    /// Its key.
    public var key: String
    /// The window's id; `nil` for the hall as a whole.
    public var window: String?

    /// Takes the fields.
    public init(kiosk: String, key: String, window: String?) {
        self.kiosk = kiosk
        self.key = key
        self.window = window
    }
}

/// The code that a kiosk goes on with.
public struct KioskCode: Sendable, Hashable, Codable {
    /// The code, as it stands in the address of a rating page.
    public var code: String

    /// Takes the code.
    public init(code: String) { self.code = code }
}

extension GatewayError {
    /// A kiosk that is none of the hall's, or shows another key.
    public static let unknownKiosk = GatewayError(
        "kiosk.unknown", LocalText("no kiosk of this name has this key", "没有使用该名称和密钥的自助机"),
        hint: LocalText(
            "compare the kiosk's address with 'id' and 'key_file' under 'pages.kiosks'",
            "请将自助机的地址与 pages.kiosks 中的 id 和 key_file 核对"))
}

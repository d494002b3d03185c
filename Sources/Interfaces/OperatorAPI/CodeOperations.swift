// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The codes that citizens scan: the keys they are made with, and the signs that were printed.
public protocol CodeOperations: Sendable {
    /// `codes.list`: all keys and all signs, without a secret or a code.
    func codes() async throws(GatewayError) -> CodesReport

    /// `codes.mint-sign`: makes the code of a sign for print. It is on record before it is answered.
    func mintSign(_ request: MintSignRequest) async throws(GatewayError) -> MintedSign

    /// `codes.revoke`: refuses a sign, or everything made with an earlier key, from now on.
    func revokeCodes(_ request: RevokeCodesRequest) async throws(GatewayError) -> CodesReport

    /// `codes.rotate`: makes codes with a new key from now on.
    func rotateCodes(_ request: RotateCodesRequest) async throws(GatewayError) -> CodesReport
}

extension CodeOperations {
    /// A service without pages has no codes.
    public func codes() async throws(GatewayError) -> CodesReport { throw .noCodes }

    /// A service without pages has no codes.
    public func mintSign(_ request: MintSignRequest) async throws(GatewayError) -> MintedSign { throw .noCodes }

    /// A service without pages has no codes.
    public func revokeCodes(_ request: RevokeCodesRequest) async throws(GatewayError) -> CodesReport { throw .noCodes }

    /// A service without pages has no codes.
    public func rotateCodes(_ request: RotateCodesRequest) async throws(GatewayError) -> CodesReport { throw .noCodes }
}

extension GatewayError {
    fileprivate static let noCodes = GatewayError(
        "code.none", LocalText("this gateway makes no codes", "本网关不生成二维码"),
        hint: LocalText("ask the gateway of the hall", "请连接大厅的网关"))
}

/// The keys and the printed signs.
public struct CodesReport: Sendable, Hashable, Codable {
    /// The number of the gateway, which every code of it carries.
    public var gateway: String
    /// The keys, oldest first.
    public var keys: [Key]
    /// The signs, oldest first.
    public var signs: [Sign]

    /// What a key or a sign is worth.
    public enum State: String, Sendable, Hashable, Codable {
        /// Codes are made with this key.
        case current
        /// It counts.
        case counts
        /// It counted until a moment that has passed.
        case ended
        /// Somebody revoked it, or its key.
        case revoked
    }

    /// A key, without its secret.
    public struct Key: Sendable, Hashable, Codable {
        /// Its number.
        public var id: UInt8
        /// When it was made, in milliseconds since the Unix epoch.
        public var madeAtMilliseconds: Int64
        /// The first moment at which its codes count no more; `nil` where they go on counting.
        public var honouredUntilMilliseconds: Int64?
        /// What it is worth.
        public var state: State

        /// Takes the fields.
        public init(id: UInt8, madeAtMilliseconds: Int64, honouredUntilMilliseconds: Int64?, state: State) {
            self.id = id
            self.madeAtMilliseconds = madeAtMilliseconds
            self.honouredUntilMilliseconds = honouredUntilMilliseconds
            self.state = state
        }
    }

    /// A printed sign, without its code.
    public struct Sign: Sendable, Hashable, Codable {
        /// The number that stands on it, of eight digits.
        public var number: String
        /// The number in its code, of 24 digits.
        public var nonce: String
        /// The key its code was made with.
        public var key: UInt8
        /// Its window; `nil` for the hall's.
        public var window: String?
        /// When it was made, in milliseconds since the Unix epoch.
        public var madeAtMilliseconds: Int64
        /// Who had it made, as the client said.
        public var user: String
        /// What it is worth.
        public var state: State

        /// Takes the fields.
        public init(
            number: String, nonce: String, key: UInt8, window: String?, madeAtMilliseconds: Int64, user: String,
            state: State
        ) {
            self.number = number
            self.nonce = nonce
            self.key = key
            self.window = window
            self.madeAtMilliseconds = madeAtMilliseconds
            self.user = user
            self.state = state
        }
    }

    /// Takes the parts.
    public init(gateway: String, keys: [Key], signs: [Sign]) {
        self.gateway = gateway
        self.keys = keys
        self.signs = signs
    }
}

/// A sign that somebody wants to print.
public struct MintSignRequest: Sendable, Hashable, Codable {
    /// The window; `nil` for a sign of the hall.
    public var window: String?
    /// Where phones find the pages, such as `https://pingjia.example.gov.cn`; `nil` for what is configured.
    public var publicURL: String?
    /// Who wants it.
    public var user: String

    /// Takes the fields.
    public init(window: String?, publicURL: String? = nil, user: String) {
        self.window = window
        self.publicURL = publicURL
        self.user = user
    }
}

/// A sign that was made for print, with all that stands on it.
public struct MintedSign: Sendable, Hashable, Codable {
    /// The sign as it is kept; `nil` where the code is the region's, which is as it was given and on every sign the same.
    public var sign: CodesReport.Sign?
    /// What its QR code says.
    public var address: String
    /// What the address begins with, whatever the code: what citizens compare; `nil` where the code is no address.
    public var publicURL: String?
    /// The window; `nil` for a sign of the hall.
    public var window: String?
    /// The hall's name; empty where none is configured.
    public var hall: String
    /// What people call the window; `nil` for a sign of the hall.
    public var windowName: String?
    /// Who receives the ratings, in 简体中文 and in English, in the site's words; `nil` where the site has not said.
    public var receiverChinese: String?
    /// Who receives the ratings, in English; `nil` where the site has not said.
    public var receiverEnglish: String?

    /// Takes the fields.
    public init(
        sign: CodesReport.Sign?, address: String, publicURL: String?, window: String?, hall: String,
        windowName: String?, receiverChinese: String? = nil, receiverEnglish: String? = nil
    ) {
        self.sign = sign
        self.address = address
        self.publicURL = publicURL
        self.window = window
        self.hall = hall
        self.windowName = windowName
        self.receiverChinese = receiverChinese
        self.receiverEnglish = receiverEnglish
    }
}

/// What is to be refused from now on: one of the two.
public struct RevokeCodesRequest: Sendable, Hashable, Codable {
    /// Everything made with this earlier key.
    public var key: UInt8?
    /// The sign whose number begins with these digits, at least four.
    public var sign: String?
    /// Who wants it.
    public var user: String
    /// Why, in the user's own words; `nil` for no word.
    public var reason: String?

    /// Takes the fields.
    public init(key: UInt8? = nil, sign: String? = nil, user: String, reason: String? = nil) {
        self.key = key
        self.sign = sign
        self.user = user
        self.reason = reason
    }
}

/// A new key that is wanted.
public struct RotateCodesRequest: Sendable, Hashable, Codable {
    /// Seconds for which codes of earlier keys still count, up to ten years; `nil` for on and on.
    public var overlapSeconds: Int64?
    /// Who wants it.
    public var user: String

    /// Takes the fields.
    public init(overlapSeconds: Int64?, user: String) {
        self.overlapSeconds = overlapSeconds
        self.user = user
    }
}

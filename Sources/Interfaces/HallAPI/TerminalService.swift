// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What the pages at another maker's terminal ask of the core beside what every page does: the way back.
public protocol TerminalService: Sendable {
    /// `terminal.open`: what leads back from the page behind a source's code, also where the code has been redeemed or has
    /// run out.
    ///
    /// Throws `code.unreadable` where the code is not that source's, and what opening a code throws otherwise.
    func openTerminal(_ request: TerminalRequest) async throws(GatewayError) -> TerminalVisit
}

extension TerminalService {
    /// A hall without terminals knows none of their codes.
    public func openTerminal(_ request: TerminalRequest) async throws(GatewayError) -> TerminalVisit {
        throw .notOfSource
    }
}

/// A page at a source's terminal.
public struct TerminalRequest: Sendable, Hashable, Codable {
    /// The source's name, as it stands in the address.
    public var source: String
    /// The code, as it stands in the address.
    public var code: String

    /// Takes the fields.
    public init(source: String, code: String) {
        self.source = source
        self.code = code
    }
}

/// What leads back to a terminal.
public struct TerminalVisit: Sendable, Hashable, Codable {
    /// The address of the way back; `nil` where its origin is not allowed any more.
    public var back: String?
    /// Seconds after thanks in which the page goes back by itself; `nil` where it waits to be left.
    public var returnAfterSeconds: Int?

    /// Takes the fields.
    public init(back: String?, returnAfterSeconds: Int?) {
        self.back = back
        self.returnAfterSeconds = returnAfterSeconds
    }
}

extension GatewayError {
    /// A code that was made for nobody's terminal, or for another's.
    public static let notOfSource = GatewayError(
        "code.unreadable", LocalText("this address is not the terminal's", "此地址不属于该终端"),
        hint: LocalText("begin at the terminal once more", "请在终端上重新开始"))
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// The number of a ticket or a case as a citizen types or scans it at a kiosk.
///
/// It fits what the gateway was told where both are the same but for spaces, small letters, and the full-width forms that
/// Chinese input methods write. Nothing else is guessed: a number that is nearly right is another citizen's.
public struct VisitNumber: Sendable, Hashable {
    /// Longest number, in characters: no ticket and no case has more.
    public static let mostCharacters = 64

    private let letters: String

    /// Takes what was entered; `nil` for nothing, and for more than any number has.
    public init?(_ entered: String) {
        guard entered.utf8.count <= 8 * Self.mostCharacters else { return nil }
        letters = Self.plain(entered)
        guard !letters.isEmpty, letters.unicodeScalars.count <= Self.mostCharacters else { return nil }
    }

    /// Whether it is this ticket or case.
    public func fits(_ known: String?) -> Bool { known.map { Self.plain($0) == letters } ?? false }

    /// Whether it is the session's ticket or the number of its case.
    public func fits(_ session: WindowSession) -> Bool {
        fits(session.ticket) || fits(session.caseReference?.projectNumber)
    }

    /// The sessions it stands for that are certainly no older than `age`, the newest first: numbers of tickets begin anew
    /// every day.
    public func visits(among sessions: [WindowSession], within age: Duration, at now: CaptureTime) -> [WindowSession] {
        sessions.filter(fits).map { ($0, $0.openedAt.leastAge(at: now)) }
            .filter { $0.1 <= age }.sorted { $0.1 < $1.1 }.map(\.0)
    }

    private static func plain(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
            let narrow = isFullWidth ? UnicodeScalar(scalar.value - 0xFEE0) ?? scalar : scalar
            result.unicodeScalars.append(narrow)
        }
        return result.uppercased()
    }
}

extension GatewayError {
    /// No window served this number of late.
    public static let numberNotFound = GatewayError(
        "kiosk.not-found", LocalText("this number was not found", "没有找到这个号码"),
        hint: LocalText("check the number, or choose the window", "请核对号码，或选择为您办事的窗口"))

    /// What the number stands for was rated by a code already.
    public static let alreadyRated = GatewayError(
        "kiosk.already-rated", LocalText("this visit has been rated already", "这次服务已经评价过"),
        hint: LocalText("nothing is left to do: the rating is kept", "无需重复评价，评价已经保存"))

    /// Numbers come faster than citizens enter them; `wait` is how long to wait.
    public static func numbersTooFast(_ wait: Duration) -> GatewayError {
        let seconds = wait.secondsToWait
        return GatewayError(
            "kiosk.too-fast", LocalText("numbers come too fast here", "号码输入过于频繁"),
            hint: LocalText("enter it again in \(seconds) s", "请在 \(seconds) 秒后重新输入"), retryAfterSeconds: seconds)
    }
}

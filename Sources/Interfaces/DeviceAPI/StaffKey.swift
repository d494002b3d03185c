// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// A key that staff press on a call panel or that a clerk's program stands for.
///
/// Source: the public host code of the queue bus. What a key means for the window is the engine's to decide.
public enum StaffKey: Sendable, Hashable {
    /// 评价: ask the citizen for a rating.
    case askForRating
    /// 呼叫: call the next ticket.
    case callNext
    /// 重呼: call the same ticket again.
    case callAgain
    /// 暂停: the window serves nobody for now.
    case pause
    /// 转移: the ticket goes to another window.
    case transfer
    /// 弃号: the holder of the ticket did not come.
    case abandon
    /// 挂起: the ticket waits, to be called back.
    case suspend
    /// 回呼: a suspended ticket is called back.
    case recall
    /// Any other key, by the code the panel sent.
    case other(UInt8)
}

/// What a scanner read.
public struct ScannedCode: Sendable, Hashable {
    /// The text, decoded; at most ``longestBytes`` bytes of UTF-8, no control characters.
    public let text: String
    /// The symbology in the AIM's three characters, such as `]Q3`, where the scanner sends it (ISO/IEC 15424).
    public let symbology: String?

    /// Longest text taken, in bytes of UTF-8: more than a QR code of version 10 holds at the lowest correction.
    public static let longestBytes = 512

    /// Takes what was read.
    public init(text: String, symbology: String?) {
        self.text = text
        self.symbology = symbology
    }
}

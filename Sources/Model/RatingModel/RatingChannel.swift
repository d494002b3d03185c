// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How a rating came in (评价渠道, `pf`): the codes differ between regions and stand in their profiles.
public enum RatingChannel: String, Sendable, Hashable, CaseIterable {
    /// 大厅其他终端: a key pad or another device of the hall.
    case terminal
    /// 大厅平板电脑: a tablet at a window.
    case tablet
    /// 二维码: a code that a citizen scanned.
    case qrCode = "qr"
    /// 书面: a sheet of paper that was typed in.
    case paper
    /// PC: a web page at a computer.
    case pc
    /// 移动: an app or a small program on a phone.
    case mobile
    /// 电话: a call.
    case phone
    /// 短信: a message.
    case sms

    /// The number it is recorded under; a number is never given to another channel.
    var canonicalNumber: UInt8 {
        switch self {
        case .terminal: 0
        case .tablet: 1
        case .qrCode: 2
        case .paper: 3
        case .pc: 4
        case .mobile: 5
        case .phone: 6
        case .sms: 7
        }
    }

    init?(canonicalNumber: UInt8) {
        guard let channel = Self.allCases.first(where: { $0.canonicalNumber == canonicalNumber }) else { return nil }
        self = channel
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

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
}

extension OutgoingRating {
    /// Whether this is a 差评 for which neither an indicator nor a text was given, as from every key pad.
    public var isReasonlessBad: Bool {
        rating.level?.isBad == true && (personal?[.indicators] ?? "").isEmpty && (personal?[.text] ?? "").isEmpty
    }
}

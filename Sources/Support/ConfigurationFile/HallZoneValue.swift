// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

extension ValueKind where Value == HallZone {
    /// The hall's time zone: a name such as `Asia/Shanghai`, or an offset such as `+08:00`.
    public static var hallZone: ValueKind {
        ValueKind { text, _ in
            guard let zone = HallZone(text) else {
                return .wrong(
                    LocalText("there is no time zone '\(shortened(text))'", "没有时区 '\(shortened(text))'"),
                    hint: LocalText(
                        "write Asia/Shanghai, or an offset such as +08:00", "请填写 Asia/Shanghai，或 +08:00 这样的偏移"))
            }
            return .value(zone)
        }
    }
}

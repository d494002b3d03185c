// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let terminal: [Phrase: Wording] = [
        .leave: Wording("返回", "Go back", "ᠪᠤᠴᠠᠬᠤ"),
        .leaveUnrated: Wording("不评价，返回", "Go back without rating", "ᠦᠨᠡᠯᠡᠬᠦ ᠦᠭᠡᠢ ᠪᠤᠴᠠᠬᠤ"),
        .leaveUnsaved: Wording(
            "不再等待，返回（评价可能没有保存）", "Go back without waiting (the rating may not be saved)",
            "ᠬᠦᠯᠢᠶᠡᠬᠦ ᠦᠭᠡᠢ ᠪᠤᠴᠠᠬᠤ"),
        .leavesSoon: Wording(
            "{seconds} 秒后自动返回", "You are taken back in {seconds} s", "{seconds} ᠰᠧᠺᠦ᠋ᠨ᠋ᠳ᠋ ᠦᠨ ᠳᠠᠷᠠᠭ᠎ᠠ ᠪᠤᠴᠠᠨ᠎ᠠ᠃"),
        .visitOverTitle: Wording(
            "这个评价页面已失效", "This page is no longer valid", "ᠡᠨᠡ ᠨᠢᠭᠤᠷ ᠤᠨ ᠬᠤᠭᠤᠴᠠᠭ᠎ᠠ ᠥᠩᠭᠡᠷᠡᠪᠡ"),
        .visitOverText: Wording(
            "请返回后重新开始。", "Please go back and begin again.", "ᠪᠤᠴᠠᠭᠠᠳ ᠳᠠᠬᠢᠨ ᠡᠬᠢᠯᠡᠭᠡᠷᠡᠢ᠃"),
    ]
}

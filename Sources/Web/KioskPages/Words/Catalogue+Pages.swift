// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let common: [Phrase: Wording] = [
        .pageTitle: Wording("服务评价", "Rate the service", "ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡᠨ ᠦ ᠦᠨᠡᠯᠡᠯᠲᠡ"),
        .receivedBy: Wording(
            "您的评价由{receiver}接收。", "Your rating is received by {receiver}.",
            "ᠲᠠᠨ ᠤ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢ {receiver} ᠬᠦᠯᠢᠶᠡᠨ ᠠᠪᠤᠨ᠎ᠠ᠃"),
        .receivedByRegion: Wording(
            "您的评价送往本地区的“好差评”系统。", "Your rating goes to the region's evaluation system.",
            "ᠲᠠᠨ ᠤ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢ ᠣᠷᠣᠨ ᠨᠤᠲᠤᠭ ᠤᠨ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢᠨ ᠰᠢᠰᠲ᠋ᠧᠮ ᠳᠦ ᠬᠦᠷᠭᠡᠨ᠎ᠡ᠃"),
        .staffSeeNothing: Wording(
            "窗口工作人员看不到您的选择。", "Staff at the window cannot see your choice.",
            "ᠴᠣᠩᠬᠣᠨ ᠤ ᠠᠵᠢᠯᠲᠠᠨ ᠲᠠᠨ ᠤ ᠰᠣᠩᠭᠣᠯᠲᠠ ᠶᠢ ᠦᠵᠡᠬᠦ ᠦᠭᠡᠢ᠃"),
        .voluntary: Wording(
            "评价自愿，个人信息依法保密。", "Rating is voluntary. Personal details are kept confidential by law.",
            "ᠦᠨᠡᠯᠡᠬᠦ ᠨᠢ ᠰᠠᠢᠨ ᠳᠤᠷᠠᠨ ᠤ ᠪᠡᠷ ᠪᠣᠯᠤᠨ᠎ᠠ᠂ ᠬᠤᠪᠢ ᠶᠢᠨ ᠮᠡᠳᠡᠭᠡ ᠶᠢ ᠬᠠᠤᠯᠢ ᠶᠢᠨ ᠶᠣᠰᠣᠭᠠᠷ ᠨᠢᠭᠤᠴᠠᠯᠠᠨ᠎ᠠ᠃"),
        .languages: Wording("语言", "Language", "ᠬᠡᠯᠡ"),
        .unverified: Wording("译文未经审定", "Translation not verified", "ᠣᠷᠴᠢᠭᠤᠯᠭ᠎ᠠ ᠬᠢᠨᠠᠭᠳᠠᠭ᠎ᠠ ᠦᠭᠡᠢ"),
    ]

    static let receipt: [Phrase: Wording] = [
        .receiptTitle: Wording("评价回执", "Your receipt", "ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢᠨ ᠪᠠᠷᠢᠮᠲᠠ"),
        .receiptRecorded: Wording("已保存，正在送往", "Saved and on its way", "ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ᠂ ᠬᠦᠷᠭᠡᠵᠦ ᠪᠠᠢᠨ᠎ᠠ"),
        .receiptDelivered: Wording("已送达", "Delivered", "ᠬᠦᠷᠭᠡᠪᠡ"),
        .receiptNoContent: Wording(
            "这里只显示是否送达，不显示您的选择。", "This page tells whether it arrived, never what you chose.",
            "ᠡᠨᠳᠡ ᠬᠦᠷᠦᠭᠰᠡᠨ ᠡᠰᠡᠬᠦ ᠶᠢ ᠬᠠᠷᠠᠭᠤᠯᠬᠤ ᠪᠣᠯᠬᠤ ᠡᠴᠡ ᠲᠠᠨ ᠤ ᠰᠣᠩᠭᠣᠯᠲᠠ ᠶᠢ ᠬᠠᠷᠠᠭᠤᠯᠬᠤ ᠦᠭᠡᠢ᠃"),
        .receiptUnknownTitle: Wording("没有找到这个回执号", "No such receipt number", "ᠡᠨᠡ ᠳᠤᠭᠠᠷ ᠣᠯᠳᠠᠭᠰᠠᠨ ᠦᠭᠡᠢ"),
        .receiptUnknownText: Wording(
            "请核对号码后再试。", "Please check the number and try again.", "ᠳᠤᠭᠠᠷ ᠢᠶᠠᠨ ᠰᠢᠯᠭᠠᠭᠠᠳ ᠳᠠᠬᠢᠨ ᠲᠤᠷᠰᠢᠭᠠᠷᠠᠢ᠃"),
        .receiptEnter: Wording("请输入回执号", "Enter your receipt number", "ᠪᠠᠷᠢᠮᠲᠠ ᠶᠢᠨ ᠳᠤᠭᠠᠷ ᠢᠶᠠᠨ ᠣᠷᠣᠭᠤᠯᠤᠭᠠᠷᠠᠢ"),
        .receiptCheck: Wording("查询", "Check", "ᠰᠢᠯᠭᠠᠬᠤ"),
        .receiptAgain: Wording("刷新", "Check again", "ᠳᠠᠬᠢᠨ ᠰᠢᠯᠭᠠᠬᠤ"),
    ]

    static let refusals: [Phrase: Wording] = [
        .expiredTitle: Wording("这个二维码已过期", "This code has expired", "ᠡᠨᠡ ᠺᠣᠳ᠋ ᠤᠨ ᠬᠤᠭᠤᠴᠠᠭ᠎ᠠ ᠥᠩᠭᠡᠷᠡᠪᠡ"),
        .expiredText: Wording(
            "请在窗口重新扫描新的二维码，或向大厅工作人员索取。", "Please scan a new code at the window, or ask the hall for one.",
            "ᠴᠣᠩᠬᠣᠨ ᠳᠤ ᠰᠢᠨ᠎ᠡ ᠺᠣᠳ᠋ ᠢ ᠰᠢᠷᠪᠢᠭᠦᠯᠦᠭᠡᠷᠡᠢ᠃"),
        .redeemedTitle: Wording("这个二维码已经评价过", "This code has already been used", "ᠡᠨᠡ ᠺᠣᠳ᠋ ᠢ ᠬᠡᠷᠡᠭᠯᠡᠭᠰᠡᠨ ᠪᠠᠢᠨ᠎ᠠ"),
        .redeemedText: Wording(
            "每个二维码只能评价一次。如果刚才是您评价的，评价已经保存，谢谢您。",
            "Each code takes one rating. If it was you who rated, your rating is saved. Thank you.",
            "ᠺᠣᠳ᠋ ᠪᠦᠷᠢ ᠨᠢᠭᠡ ᠤᠳᠠᠭ᠎ᠠ ᠦᠨᠡᠯᠡᠬᠦ ᠪᠣᠯᠣᠮᠵᠢᠲᠠᠢ᠃"),
        .revokedTitle: Wording("这个二维码已停用", "This code is no longer in use", "ᠡᠨᠡ ᠺᠣᠳ᠋ ᠢ ᠵᠣᠭᠰᠣᠭᠠᠪᠠ"),
        .revokedText: Wording(
            "请扫描窗口上现在的二维码。", "Please scan the code that is at the window now.",
            "ᠴᠣᠩᠬᠣᠨ ᠳᠡᠭᠡᠷᠡᠬᠢ ᠣᠳᠣᠬᠢ ᠺᠣᠳ᠋ ᠢ ᠰᠢᠷᠪᠢᠭᠦᠯᠦᠭᠡᠷᠡᠢ᠃"),
        .foreignTitle: Wording("这不是本大厅的二维码", "This code is not of this hall", "ᠡᠨᠡ ᠨᠢ ᠮᠠᠨ ᠤ ᠲᠠᠩᠬᠢᠮ ᠤᠨ ᠺᠣᠳ᠋ ᠪᠢᠰᠢ"),
        .foreignText: Wording(
            "二维码可能被人替换。请告诉大厅工作人员，并扫描窗口屏幕上的二维码。",
            "Somebody may have swapped it. Please tell the hall, and scan the code on the window's screen.",
            "ᠲᠠᠩᠬᠢᠮ ᠤᠨ ᠠᠵᠢᠯᠲᠠᠨ ᠳᠤ ᠮᠡᠳᠡᠭᠳᠡᠭᠡᠷᠡᠢ᠃"),
        .unreadableTitle: Wording("无法识别这个二维码", "This code cannot be read", "ᠡᠨᠡ ᠺᠣᠳ᠋ ᠢ ᠤᠩᠰᠢᠵᠤ ᠴᠢᠳᠠᠭᠰᠠᠨ ᠦᠭᠡᠢ"),
        .unreadableText: Wording(
            "请重新扫描窗口屏幕或标牌上的二维码。", "Please scan the code on the window's screen or sign again.",
            "ᠺᠣᠳ᠋ ᠢ ᠳᠠᠬᠢᠨ ᠰᠢᠷᠪᠢᠭᠦᠯᠦᠭᠡᠷᠡᠢ᠃"),
        .awayTitle: Wording("暂时无法评价", "Rating is not possible right now", "ᠲᠦᠷ ᠦᠨᠡᠯᠡᠬᠦ ᠪᠣᠯᠣᠮᠵᠢ ᠦᠭᠡᠢ"),
        .awayText: Wording(
            "系统正在恢复，什么也没有丢失。请稍后再试。", "The system is recovering and nothing is lost. Please try again in a moment.",
            "ᠰᠢᠰᠲ᠋ᠧᠮ ᠰᠡᠷᠭᠦᠵᠦ ᠪᠠᠢᠨ᠎ᠠ᠂ ᠳᠠᠷᠠᠭ᠎ᠠ ᠳᠠᠬᠢᠨ ᠲᠤᠷᠰᠢᠭᠠᠷᠠᠢ᠃"),
        .missingTitle: Wording("没有这个页面", "There is no such page", "ᠡᠨᠡ ᠨᠢᠭᠤᠷ ᠪᠠᠢᠬᠤ ᠦᠭᠡᠢ"),
        .missingText: Wording(
            "请扫描窗口上的二维码打开评价页面。", "Please scan the code at the window to open the rating page.",
            "ᠴᠣᠩᠬᠣᠨ ᠳᠡᠭᠡᠷᠡᠬᠢ ᠺᠣᠳ᠋ ᠢ ᠰᠢᠷᠪᠢᠭᠦᠯᠦᠭᠡᠷᠡᠢ᠃"),
        .again: Wording("再试一次", "Try again", "ᠳᠠᠬᠢᠨ ᠲᠤᠷᠰᠢᠬᠤ"),
    ]
}

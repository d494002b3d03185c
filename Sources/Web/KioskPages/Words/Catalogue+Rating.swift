// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let rating: [Phrase: Wording] = levels.merging(form) { first, _ in first }
        .merging(answers) { first, _ in first }

    private static let levels: [Phrase: Wording] = [
        .verySatisfied: Wording("非常满意", "Very satisfied", "ᠮᠠᠰᠢ ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢᠲᠠᠢ"),
        .satisfied: Wording("满意", "Satisfied", "ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢᠲᠠᠢ"),
        .basicallySatisfied: Wording("基本满意", "Basically satisfied", "ᠦᠨᠳᠦᠰᠦᠨ ᠳᠦ ᠪᠡᠨ ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢᠲᠠᠢ"),
        .dissatisfied: Wording("不满意", "Dissatisfied", "ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢ ᠦᠭᠡᠢ"),
        .veryDissatisfied: Wording("非常不满意", "Very dissatisfied", "ᠮᠠᠰᠢ ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢ ᠦᠭᠡᠢ"),
    ]

    private static let form: [Phrase: Wording] = [
        .question: Wording("请您对本次服务作出评价", "How was the service?", "ᠡᠨᠡ ᠤᠳᠠᠭᠠᠨ ᠤ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ ᠶᠢ ᠦᠨᠡᠯᠡᠭᠡᠷᠡᠢ"),
        .wholeHall: Wording("大厅整体服务", "The hall as a whole", "ᠲᠠᠩᠬᠢᠮ ᠤᠨ ᠪᠦᠬᠦ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ"),
        .caseNumber: Wording("办件 {case}", "Case {case}", "ᠬᠡᠷᠡᠭ {case}"),
        .minutesLeft: Wording(
            "请在 {minutes} 分钟内提交", "Please submit within {minutes} min", "{minutes} ᠮᠢᠨᠦ᠋ᠲ᠋ ᠤᠨ ᠳᠣᠲᠣᠷ᠎ᠠ ᠢᠯᠡᠭᠡᠭᠡᠷᠡᠢ"),
        .reasons: Wording("您的具体感受", "What describes it best?", "ᠲᠠᠨ ᠤ ᠲᠣᠳᠣᠷᠬᠠᠢ ᠰᠡᠷᠡᠯ"),
        .reasonsHint: Wording("可多选", "Choose any that apply", "ᠣᠯᠠᠨ ᠢ ᠰᠣᠩᠭᠣᠵᠤ ᠪᠣᠯᠤᠨ᠎ᠠ"),
        .more: Wording("更多选项", "More choices", "ᠨᠡᠩ ᠣᠯᠠᠨ"),
        .wordsTitle: Wording("还想说的话", "In your own words", "ᠨᠡᠮᠡᠵᠦ ᠬᠡᠯᠡᠬᠦ ᠦᠭᠡ"),
        .wordsHint: Wording("最多 {limit} 字", "Up to {limit} characters", "ᠬᠠᠮᠤᠭ ᠣᠯᠠᠨ ᠳᠤ ᠪᠠᠨ {limit} ᠦᠰᠦᠭ"),
        .optional: Wording("可不填", "optional", "ᠪᠢᠴᠢᠬᠦ ᠦᠭᠡᠢ ᠪᠣᠯᠤᠨ᠎ᠠ"),
        .nameLabel: Wording("姓名", "Your name", "ᠨᠡᠷ᠎ᠡ"),
        .mobileLabel: Wording("联系电话", "Phone number", "ᠤᠲᠠᠰᠤ"),
        .contactWhy: Wording(
            "仅用于就本次评价与您联系，不向窗口显示。", "Only used to contact you about this rating. The window does not see it.",
            "ᠵᠥᠪᠬᠡᠨ ᠡᠨᠡ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢᠨ ᠲᠤᠬᠠᠢ ᠲᠠᠨ ᠲᠠᠢ ᠬᠠᠷᠢᠯᠴᠠᠬᠤ ᠳᠤ ᠬᠡᠷᠡᠭᠯᠡᠨ᠎ᠡ᠃"),
        .submit: Wording("提交评价", "Submit", "ᠢᠯᠡᠭᠡᠬᠦ"),
        .sending: Wording("正在提交…", "Submitting…", "ᠢᠯᠡᠭᠡᠵᠦ ᠪᠠᠢᠨ᠎ᠠ…"),
        .problemLevel: Wording(
            "请先选择满意程度。", "Please choose how satisfied you are.", "ᠰᠡᠳᠬᠢᠯ ᠬᠠᠨᠤᠮᠵᠢ ᠪᠠᠨ ᠰᠣᠩᠭᠣᠭᠠᠷᠠᠢ᠃"),
        .problemReason: Wording(
            "请至少选择一项感受，或写几个字。", "Please choose at least one reason or write a few words.",
            "ᠨᠢᠭᠡ ᠰᠢᠯᠲᠠᠭᠠᠨ ᠰᠣᠩᠭᠣᠬᠤ ᠪᠤᠶᠤ ᠬᠡᠳᠦᠨ ᠦᠭᠡ ᠪᠢᠴᠢᠭᠡᠷᠡᠢ᠃"),
        .problemTooLong: Wording(
            "文字超过 {limit} 字，请删减。", "The text is longer than {limit} characters.", "ᠪᠢᠴᠢᠭ {limit} ᠦᠰᠦᠭ ᠡᠴᠡ ᠬᠡᠲᠦᠷᠡᠪᠡ᠃"),
        .problemName: Wording("请填写姓名。", "Please enter your name.", "ᠨᠡᠷ᠎ᠡ ᠪᠡᠨ ᠪᠢᠴᠢᠭᠡᠷᠡᠢ᠃"),
        .problemMobile: Wording("请填写正确的联系电话。", "Please enter a valid phone number.", "ᠤᠲᠠᠰᠤ ᠪᠠᠨ ᠵᠥᠪ ᠪᠢᠴᠢᠭᠡᠷᠡᠢ᠃"),
        .problemOther: Wording(
            "提交的内容有误，请检查后再试。", "Something in the form is not right. Please check and try again.",
            "ᠠᠭᠤᠯᠭ᠎ᠠ ᠪᠤᠷᠤᠭᠤ ᠪᠠᠢᠨ᠎ᠠ᠂ ᠰᠢᠯᠭᠠᠭᠠᠳ ᠳᠠᠬᠢᠨ ᠲᠤᠷᠰᠢᠭᠠᠷᠠᠢ᠃"),
    ]

    private static let answers: [Phrase: Wording] = [
        .pendingTitle: Wording("还没有收到确认", "Not confirmed yet", "ᠪᠠᠲᠤᠯᠠᠭ᠎ᠠ ᠠᠪᠤᠭᠰᠠᠨ ᠦᠭᠡᠢ"),
        .pendingText: Wording(
            "网络不通或系统繁忙。您填写的内容还在，网络恢复后会自动重新提交，不会重复计数。",
            "The network or the system is busy. What you entered is kept and is sent again by itself; it counts once.",
            "ᠰᠦᠯᠵᠢᠶ᠎ᠡ ᠲᠠᠰᠤᠷᠠᠪᠠ᠃ ᠲᠠᠨ ᠤ ᠪᠢᠴᠢᠭᠰᠡᠨ ᠬᠠᠳᠠᠭᠠᠯᠠᠭᠳᠠᠵᠤ᠂ ᠳᠠᠷᠠᠭ᠎ᠠ ᠠᠦ᠋ᠲ᠋ᠣ᠋ ᠪᠡᠷ ᠢᠯᠡᠭᠡᠨ᠎ᠡ᠃"),
        .retry: Wording("重新提交", "Send again", "ᠳᠠᠬᠢᠨ ᠢᠯᠡᠭᠡᠬᠦ"),
        .retryNow: Wording("正在重新提交…", "Sending again…", "ᠳᠠᠬᠢᠨ ᠢᠯᠡᠭᠡᠵᠦ ᠪᠠᠢᠨ᠎ᠠ…"),
        .thanksTitle: Wording("感谢您的评价", "Thank you", "ᠲᠠᠨ ᠤ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠳᠦ ᠪᠠᠶᠠᠷᠯᠠᠯ᠎ᠠ"),
        .savedFor: Wording(
            "您的评价已保存，将送达{receiver}。", "Your rating is saved and on its way to {receiver}.",
            "ᠲᠠᠨ ᠤ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢ ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ᠂ {receiver} ᠳᠤ ᠬᠦᠷᠭᠡᠨ᠎ᠡ᠃"),
        .savedForRegion: Wording(
            "您的评价已保存，将送达本地区的“好差评”系统。", "Your rating is saved and on its way to the region.",
            "ᠲᠠᠨ ᠤ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢ ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ᠃"),
        .receiptNumber: Wording("回执号", "Receipt number", "ᠪᠠᠷᠢᠮᠲᠠ ᠶᠢᠨ ᠳᠤᠭᠠᠷ"),
        .receiptUse: Wording(
            "凭回执号可以查询是否送达。", "With this number you can check that it arrived.",
            "ᠡᠨᠡ ᠳᠤᠭᠠᠷ ᠢᠶᠠᠷ ᠬᠦᠷᠦᠭᠰᠡᠨ ᠡᠰᠡᠬᠦ ᠶᠢ ᠰᠢᠯᠭᠠᠵᠤ ᠪᠣᠯᠤᠨ᠎ᠠ᠃"),
        .checkReceipt: Wording("查询是否送达", "Check delivery", "ᠬᠦᠷᠦᠭᠰᠡᠨ ᠡᠰᠡᠬᠦ ᠶᠢ ᠰᠢᠯᠭᠠᠬᠤ"),
    ]
}

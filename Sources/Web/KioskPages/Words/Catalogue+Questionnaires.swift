// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let questionnaires: [Phrase: Wording] = asking.merging(receiving) { first, _ in first }
        .merging(refusing) { first, _ in first }

    private static let asking: [Phrase: Wording] = [
        .listTitle: Wording("问卷", "Questionnaires", "ᠠᠰᠠᠭᠤᠯᠲᠠ ᠶᠢᠨ ᠬᠠᠭᠤᠳᠠᠰᠤ"),
        .listNone: Wording(
            "目前没有需要填写的问卷。", "There is no questionnaire at the moment.", "ᠣᠳᠣ ᠠᠰᠠᠭᠤᠯᠲᠠ ᠶᠢᠨ ᠬᠠᠭᠤᠳᠠᠰᠤ ᠪᠠᠢᠬᠤ ᠦᠭᠡᠢ᠃"),
        .listOpen: Wording("开始填写", "Start", "ᠡᠬᠢᠯᠡᠬᠦ"),
        .listEnter: Wording("填写问卷", "Answer a questionnaire", "ᠠᠰᠠᠭᠤᠯᠲᠠ ᠳᠤ ᠬᠠᠷᠢᠭᠤᠯᠬᠤ"),
        .askRequired: Wording("必答", "required", "ᠡᠷᠬᠡᠪᠰᠢ ᠬᠠᠷᠢᠭᠤᠯᠬᠤ"),
        .askMost: Wording("最多选 {most} 项", "Choose up to {most}", "ᠬᠠᠮᠤᠭ ᠣᠯᠠᠨ ᠳᠤ ᠪᠠᠨ {most} ᠢ ᠰᠣᠩᠭᠣᠨ᠎ᠠ"),
        .askNone: Wording("不回答", "No answer", "ᠬᠠᠷᠢᠭᠤᠯᠬᠤ ᠦᠭᠡᠢ"),
        .askSkip: Wording(
            "（选此项请跳到第 {number} 题）", "(then go to question {number})", "（{number} ᠳᠤᠭᠠᠷ ᠠᠰᠠᠭᠤᠯᠲᠠ ᠳᠤ ᠣᠴᠢᠨ᠎ᠠ）"),
        .askSkipToEnd: Wording("（选此项后即可提交）", "(then submit)", "（ᠳᠠᠷᠠᠭ᠎ᠠ ᠨᠢ ᠢᠯᠡᠭᠡᠨ᠎ᠡ）"),
        .answersSubmit: Wording("提交问卷", "Submit", "ᠢᠯᠡᠭᠡᠬᠦ"),
        .problemUnanswered: Wording("请回答：{question}", "Please answer: {question}", "ᠬᠠᠷᠢᠭᠤᠯᠤᠭᠠᠷᠠᠢ: {question}"),
        .problemTooMany: Wording(
            "最多选 {most} 项：{question}", "Choose up to {most}: {question}", "ᠬᠠᠮᠤᠭ ᠣᠯᠠᠨ ᠳᠤ ᠪᠠᠨ {most}: {question}"),
        .problemWritten: Wording(
            "文字超过 {limit} 字，请删减：{question}", "The text is longer than {limit} characters: {question}",
            "ᠪᠢᠴᠢᠭ {limit} ᠦᠰᠦᠭ ᠡᠴᠡ ᠬᠡᠲᠦᠷᠡᠪᠡ: {question}"),
        .problemNothing: Wording(
            "请至少回答一道题。", "Please answer at least one question.", "ᠨᠢᠭᠡ ᠠᠰᠠᠭᠤᠯᠲᠠ ᠳᠤ ᠬᠠᠷᠢᠭᠤᠯᠤᠭᠠᠷᠠᠢ᠃"),
    ]

    private static let receiving: [Phrase: Wording] = [
        .answersReceivedBy: Wording(
            "您的答卷由{receiver}接收。", "Your answers are received by {receiver}.",
            "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠶᠢ {receiver} ᠬᠦᠯᠢᠶᠡᠨ ᠠᠪᠤᠨ᠎ᠠ᠃"),
        .answersReceivedByRegion: Wording(
            "您的答卷送往本地区的“好差评”系统。", "Your answers go to the region's evaluation system.",
            "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠶᠢ ᠣᠷᠣᠨ ᠨᠤᠲᠤᠭ ᠤᠨ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢᠨ ᠰᠢᠰᠲ᠋ᠧᠮ ᠳᠦ ᠬᠦᠷᠭᠡᠨ᠎ᠡ᠃"),
        .answersReceivedByHall: Wording(
            "您的答卷由本大厅保存。", "Your answers are kept by this hall.", "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠶᠢ ᠲᠠᠩᠬᠢᠮ ᠬᠠᠳᠠᠭᠠᠯᠠᠨ᠎ᠠ᠃"),
        .answersVoluntary: Wording(
            "填写自愿，个人信息依法保密。", "Answering is voluntary. Personal details are kept confidential by law.",
            "ᠬᠠᠷᠢᠭᠤᠯᠬᠤ ᠨᠢ ᠰᠠᠢᠨ ᠳᠤᠷᠠᠨ ᠤ ᠪᠡᠷ ᠪᠣᠯᠤᠨ᠎ᠠ᠂ ᠬᠤᠪᠢ ᠶᠢᠨ ᠮᠡᠳᠡᠭᠡ ᠶᠢ ᠬᠠᠤᠯᠢ ᠶᠢᠨ ᠶᠣᠰᠣᠭᠠᠷ ᠨᠢᠭᠤᠴᠠᠯᠠᠨ᠎ᠠ᠃"),
        .answersSavedFor: Wording(
            "您的答卷已保存，将送达{receiver}。", "Your answers are saved and on their way to {receiver}.",
            "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠶᠢ ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ᠂ {receiver} ᠳᠤ ᠬᠦᠷᠭᠡᠨ᠎ᠡ᠃"),
        .answersSavedForRegion: Wording(
            "您的答卷已保存，将送达本地区的“好差评”系统。", "Your answers are saved and on their way to the region.",
            "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠶᠢ ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ᠃"),
        .answersSaved: Wording("您的答卷已保存。", "Your answers are saved.", "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠶᠢ ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ᠃"),
        .answersThanks: Wording("感谢您填写问卷", "Thank you", "ᠲᠠᠨ ᠤ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠳᠤ ᠪᠠᠶᠠᠷᠯᠠᠯ᠎ᠠ"),
    ]

    private static let refusing: [Phrase: Wording] = [
        .questionnaireUnknownTitle: Wording("没有这份问卷", "There is no such questionnaire", "ᠡᠢᠮᠦ ᠠᠰᠠᠭᠤᠯᠲᠠ ᠪᠠᠢᠬᠤ ᠦᠭᠡᠢ"),
        .questionnaireUnknownText: Wording(
            "它可能已经结束。", "It may have ended.", "ᠡᠨᠡ ᠨᠢ ᠳᠠᠭᠤᠰᠤᠭᠰᠠᠨ ᠪᠠᠢᠵᠤ ᠮᠠᠭᠠᠳ᠃"),
        .outdatedTitle: Wording("问卷已更新", "The questionnaire has changed", "ᠠᠰᠠᠭᠤᠯᠲᠠ ᠰᠢᠨᠡᠴᠢᠯᠡᠭᠳᠡᠪᠡ"),
        .outdatedText: Wording(
            "问卷已更新，答案尚未提交。请核对后再提交。",
            "The questionnaire has changed and nothing was submitted. Please look through it and submit again.",
            "ᠠᠰᠠᠭᠤᠯᠲᠠ ᠰᠢᠨᠡᠴᠢᠯᠡᠭᠳᠡᠪᠡ᠂ ᠰᠢᠯᠭᠠᠭᠠᠳ ᠳᠠᠬᠢᠨ ᠢᠯᠡᠭᠡᠭᠡᠷᠡᠢ᠃"),
        .answersAwayTitle: Wording("暂时无法提交", "Submitting is not possible right now", "ᠲᠦᠷ ᠢᠯᠡᠭᠡᠬᠦ ᠪᠣᠯᠣᠮᠵᠢ ᠦᠭᠡᠢ"),
        .answersUsedTitle: Wording(
            "这份答卷已经提交过", "These answers were submitted before", "ᠡᠨᠡ ᠬᠠᠷᠢᠭᠤᠯᠲᠠ ᠶᠢ ᠢᠯᠡᠭᠡᠭᠰᠡᠨ ᠪᠠᠢᠨ᠎ᠠ"),
        .answersUsedText: Wording(
            "先前的答卷已保存，此后的修改没有提交。", "What was submitted first is saved; later changes are not.",
            "ᠡᠮᠦᠨ᠎ᠡ ᠢᠯᠡᠭᠡᠭᠰᠡᠨ ᠢ ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ᠃"),
    ]
}

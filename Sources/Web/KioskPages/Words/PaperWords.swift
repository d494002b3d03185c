// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI

/// What the paper page says, in the two languages of the hall's office.
enum PaperWords {
    static let all: [String: (chinese: String, english: String)] = [
        "title": ("书面评价录入", "Ratings on paper"),
        "intro": (
            "请按纸质评价表原样录入，每张录入两遍，两遍一致后提交。",
            "Type each sheet as it is, twice. It is sent once both entries agree."
        ),
        "who": ("录入人员", "Who types"), "source": ("来源名称", "Name of the source"), "key": ("密钥", "Key"),
        "keyHint": ("仅保存在本页面内，关闭即清除。", "It stays in this page and is gone when it is closed."),
        "sheet": ("纸质评价表", "The sheet"), "first": ("第一遍录入", "First entry"), "second": ("第二遍录入", "Second entry"),
        "secondHint": (
            "请再看纸质评价表重新录入，不要凭记忆。", "Look at the sheet again and type it anew, not from memory."
        ),
        "number": ("评价表编号", "Number of the sheet"),
        "numberHint": (
            "没有编号时请先在纸上写一个；同一编号只记录一次。",
            "Write one on it where it has none; a number is recorded once."
        ),
        "date": ("填写日期", "Date on the sheet"), "window": ("窗口", "Window"),
        "wholeHall": ("大厅整体服务", "The hall as a whole"), "project": ("办件编号", "Number of the case"),
        "service": ("服务编号", "Number of the service"),
        "caseHint": ("纸上没有时留空。", "Leave both empty where the sheet has none."),
        "level": ("评价等级", "Level"), "choose": ("请选择", "Choose"), "reasons": ("勾选的指标", "Reasons that are ticked"),
        "text": ("文字评价", "What is written"), "name": ("姓名", "Name"), "mobile": ("联系电话", "Phone number"),
        "next": ("第一遍完成，录入第二遍", "Go on to the second entry"), "submit": ("核对并提交", "Compare and send"),
        "anew": ("两遍都重新录入", "Begin this sheet anew"), "sheetNext": ("录入下一张", "Next sheet"),
        "missing": ("请填写：", "Please fill in: "),
        "differ": ("两遍录入不一致，请对照纸质评价表重新录入：", "The two entries differ. Look at the sheet and type again: "),
        "sending": ("正在提交…", "Sending…"), "sent": ("已记录", "Recorded"), "receipt": ("回执编号", "Receipt"),
        "away": (
            "没有收到应答，尚不能确定是否已记录。请再次提交，同一编号只记录一次。",
            "There was no answer, so it is not known to be recorded. Send it again: a number is recorded once."
        ),
        "separator": ("、", ", "), "needsScript": ("本页面需要启用脚本。", "This page needs scripts."),
        "handling": (
            "评价内容仅限经办人员录入，不得向被评价人员透露。",
            "What is written here is for the region alone: nobody tells it to whoever was rated."
        ),
    ]

    static func words(in language: PageLanguage) -> [String: String] {
        all.mapValues { language == .english ? $0.english : $0.chinese }
    }
}

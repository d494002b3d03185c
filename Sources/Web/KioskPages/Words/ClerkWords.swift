// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What the clerk's page says: 简体中文 with English beside it, for staff of the hall alone.
enum ClerkWords {
    private static let words: [(name: String, chinese: String, english: String)] = [
        ("title", "窗口工位", "Clerk's desk"),
        ("staff", "当前工号", "Signed in"), ("nobody", "无人登录", "nobody"),
        ("newStaff", "工号", "Staff number"), ("change", "更换工号", "Change staff"),
        ("unknownStaff", "没有此工号，窗口现在无人登录", "Nobody has this number; nobody is signed in now"),
        ("ask", "请评价", "Ask for a rating"), ("cancel", "取消", "Take back"),
        ("pause", "暂停服务", "Pause"), ("resume", "恢复服务", "Resume"),
        ("none", "可以请评价", "Ready to ask"), ("waiting", "等待评价", "Waiting for the rating"),
        ("answered", "已评价", "Rated"), ("noAnswer", "未评价", "No answer"), ("cancelled", "已取消", "Taken back"),
        ("paused", "窗口已暂停", "The window is paused"), ("seconds", "秒", "s"),
        ("pads", "评价器", "Pads"), ("noPads", "此窗口没有评价器", "This window has no pad"),
        ("connected", "已连接", "connected"), ("away", "未连接", "away"),
        ("reconnecting", "正在恢复连接…", "Reconnecting…"), ("failed", "未能执行，请重试", "It was not done: try again"),
        (
            "unknown", "此工位没有登记或密钥不对，请联系管理员。",
            "This desk is not registered or its key is wrong. Please call the operator."
        ),
        (
            "noKey", "地址中缺少工位密钥(#key=…)，请联系管理员。",
            "The address lacks the desk's key (#key=…). Please call the operator."
        ),
        (
            "blind", "这里不显示评价的等级，窗口也无法代替群众评价。",
            "The level of a rating is not shown here, and nobody at the window can rate for the citizen."
        ),
    ]

    static let chinese = Dictionary(uniqueKeysWithValues: words.map { ($0.name, $0.chinese) })
    static let english = Dictionary(uniqueKeysWithValues: words.map { ($0.name, $0.english) })
}

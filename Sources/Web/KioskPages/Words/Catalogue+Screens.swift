// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let screen: [Phrase: Wording] = [
        .screenPrompt: Wording("请您对我的服务作出评价", "Please rate my service", "ᠮᠢᠨᠦ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ ᠶᠢ ᠦᠨᠡᠯᠡᠭᠡᠷᠡᠢ"),
        .screenScan: Wording("用手机扫描二维码", "Scan the code with your phone", "ᠭᠠᠷ ᠤᠲᠠᠰᠤ ᠪᠠᠷ ᠺᠣᠳ᠋ ᠢ ᠰᠢᠷᠪᠢᠭᠦᠯᠦᠭᠡᠷᠡᠢ"),
        .screenRemaining: Wording("二维码有效时间", "Code valid for", "ᠺᠣᠳ᠋ ᠤᠨ ᠬᠤᠭᠤᠴᠠᠭ᠎ᠠ"),
        .screenWelcome: Wording("您好，欢迎光临", "Welcome", "ᠰᠠᠢᠨ ᠪᠠᠢᠨ᠎ᠠ ᠤᠤ᠂ ᠲᠠᠪᠲᠠᠢ ᠮᠣᠷᠢᠯᠠᠭᠠᠷᠠᠢ"),
        .screenIdle: Wording(
            "您的评价让服务更好", "Your rating makes the service better", "ᠲᠠᠨ ᠤ ᠦᠨᠡᠯᠡᠯᠲᠡ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ ᠶᠢ ᠰᠠᠢᠵᠢᠷᠠᠭᠤᠯᠤᠨ᠎ᠠ"),
        .screenThanks: Wording("谢谢您的评价", "Thank you", "ᠪᠠᠶᠠᠷᠯᠠᠯ᠎ᠠ"),
        .screenThanksText: Wording("评价已保存", "Your rating is saved", "ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢ ᠬᠠᠳᠠᠭᠠᠯᠠᠪᠠ"),
        .screenPaused: Wording("暂停服务", "Window paused", "ᠲᠦᠷ ᠵᠣᠭᠰᠣᠪᠠ"),
        .screenPausedText: Wording("请稍候，或前往其他窗口", "Please wait, or use another window", "ᠲᠦᠷ ᠬᠦᠯᠢᠶᠡᠭᠡᠷᠡᠢ"),
        .screenOut: Wording("评价暂时无法使用", "Rating is out of service", "ᠦᠨᠡᠯᠡᠯᠲᠡ ᠶᠢ ᠲᠦᠷ ᠬᠡᠷᠡᠭᠯᠡᠬᠦ ᠪᠣᠯᠣᠮᠵᠢ ᠦᠭᠡᠢ"),
        .screenOutText: Wording("业务办理不受影响", "Services at the window go on", "ᠬᠡᠷᠡᠭ ᠰᠢᠢᠳᠪᠦᠷᠢᠯᠡᠬᠦ ᠳᠦ ᠨᠥᠯᠥᠭᠡᠯᠡᠬᠦ ᠦᠭᠡᠢ"),
        .screenTicket: Wording("号码", "Ticket", "ᠳᠤᠭᠠᠷ"),
        .screenStaff: Wording("工作人员", "Staff", "ᠠᠵᠢᠯᠲᠠᠨ"),
        .screenReconnecting: Wording("正在恢复连接…", "Reconnecting…", "ᠳᠠᠬᠢᠨ ᠬᠣᠯᠪᠣᠵᠤ ᠪᠠᠢᠨ᠎ᠠ…"),
        .screenUnknown: Wording(
            "此屏幕没有登记或密钥不对，请联系管理员。", "This screen is not registered or its key is wrong. Please call the operator.",
            "ᠡᠨᠡ ᠳᠡᠯᠭᠡᠴᠡ ᠪᠦᠷᠢᠳᠭᠡᠭᠳᠡᠭᠰᠡᠨ ᠦᠭᠡᠢ᠃"),
        .screenNoKey: Wording(
            "地址中缺少屏幕密钥(#key=…)，请联系管理员。", "The address lacks the screen's key (#key=…). Please call the operator.",
            "ᠬᠠᠶ᠋ᠢᠭ ᠳᠤ ᠲᠦᠯᠬᠢᠭᠦᠷ ᠳᠤᠲᠠᠭᠤ ᠪᠠᠢᠨ᠎ᠠ᠃"),
    ]

    static let kiosk: [Phrase: Wording] = [
        .kioskTitle: Wording("自助评价", "Self-service rating", "ᠥᠪᠡᠷᠲᠡᠭᠡᠨ ᠦᠨᠡᠯᠡᠬᠦ"),
        .kioskEnter: Wording(
            "请扫描评价码，或输入排队号、办件号", "Scan your code, or enter your ticket or case number",
            "ᠺᠣᠳ᠋ ᠢᠶᠠᠨ ᠰᠢᠷᠪᠢᠭᠦᠯᠬᠦ ᠪᠤᠶᠤ ᠳᠤᠭᠠᠷ ᠢᠶᠠᠨ ᠣᠷᠣᠭᠤᠯᠤᠭᠠᠷᠠᠢ"),
        .kioskHint: Wording(
            "把回单上的二维码或条码对准扫描口，也可以点按下面的数字。", "Hold the code on your slip to the scanner, or tap the keys below.",
            "ᠺᠣᠳ᠋ ᠢᠶᠠᠨ ᠰᠢᠷᠪᠢᠭᠦᠷ ᠲᠦ ᠲᠣᠬᠢᠷᠠᠭᠤᠯᠤᠭᠠᠷᠠᠢ᠃"),
        .kioskKeys: Wording("按键", "Keys", "ᠳᠠᠷᠤᠭᠤᠯ"),
        .kioskDelete: Wording("删除一位", "Delete", "ᠠᠷᠢᠯᠭᠠᠬᠤ"),
        .kioskWindow: Wording("没有号码？选择窗口", "No number? Choose a window", "ᠴᠣᠩᠬᠣ ᠰᠣᠩᠭᠣᠬᠤ"),
        .kioskWindows: Wording("您在哪个窗口办事？", "Which window served you?", "ᠠᠯᠢ ᠴᠣᠩᠬᠣ?"),
        .kioskUnknown: Wording("此自助机没有登记", "This kiosk is not registered", "ᠡᠨᠡ ᠲᠥᠬᠥᠭᠡᠷᠦᠮᠵᠢ ᠪᠦᠷᠢᠳᠭᠡᠭᠳᠡᠭᠰᠡᠨ ᠦᠭᠡᠢ"),
        .kioskUnknownText: Wording(
            "此自助机没有登记或密钥不对，请联系管理员。", "This kiosk is not registered or its key is wrong. Please call the operator.",
            "ᠲᠠᠩᠬᠢᠮ ᠤᠨ ᠠᠵᠢᠯᠲᠠᠨ ᠳᠤ ᠮᠡᠳᠡᠭᠳᠡᠭᠡᠷᠡᠢ᠃"),
        .kioskNoKey: Wording("地址中缺少自助机密钥", "The address lacks the kiosk's key", "ᠬᠠᠶ᠋ᠢᠭ ᠳᠤ ᠲᠦᠯᠬᠢᠭᠦᠷ ᠳᠤᠲᠠᠭᠤ ᠪᠠᠢᠨ᠎ᠠ"),
        .kioskNoKeyText: Wording(
            "地址应为 /kiosk/名称#key=密钥，请联系管理员。", "It should be /kiosk/NAME#key=KEY. Please call the operator.",
            "ᠲᠠᠩᠬᠢᠮ ᠤᠨ ᠠᠵᠢᠯᠲᠠᠨ ᠳᠤ ᠮᠡᠳᠡᠭᠳᠡᠭᠡᠷᠡᠢ᠃"),
        .numberUnknownTitle: Wording("没有找到这个号码", "This number was not found", "ᠡᠨᠡ ᠳᠤᠭᠠᠷ ᠣᠯᠳᠠᠭᠰᠠᠨ ᠦᠭᠡᠢ"),
        .numberUnknownText: Wording(
            "请核对后再试一次，也可以选择为您办事的窗口。", "Please check it and try again, or choose the window that served you.",
            "ᠳᠤᠭᠠᠷ ᠢᠶᠠᠨ ᠰᠢᠯᠭᠠᠭᠠᠳ ᠳᠠᠬᠢᠨ ᠲᠤᠷᠰᠢᠭᠠᠷᠠᠢ᠃"),
        .alreadyRatedTitle: Wording("这次服务已经评价过", "This has been rated already", "ᠡᠨᠡ ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ ᠶᠢ ᠦᠨᠡᠯᠡᠭᠰᠡᠨ ᠪᠠᠢᠨ᠎ᠠ"),
        .alreadyRatedText: Wording(
            "每次服务评价一次。如果刚才是您评价的，评价已经保存，谢谢您。",
            "Each visit is rated once. If it was you who rated, your rating is saved. Thank you.",
            "ᠦᠢᠯᠡᠴᠢᠯᠡᠭᠡ ᠪᠦᠷᠢ ᠨᠢᠭᠡ ᠤᠳᠠᠭ᠎ᠠ ᠦᠨᠡᠯᠡᠬᠦ ᠪᠣᠯᠣᠮᠵᠢᠲᠠᠢ᠃"),
        .numberTooFastTitle: Wording("输入得太快了", "That was too fast", "ᠬᠡᠲᠦᠷᠬᠡᠢ ᠬᠤᠷᠳᠤᠨ ᠪᠠᠢᠨ᠎ᠠ"),
        .numberTooFastText: Wording(
            "请稍等片刻再输入号码。", "Please wait a moment before you enter a number again.", "ᠲᠦᠷ ᠬᠦᠯᠢᠶᠡᠭᠡᠷᠡᠢ᠃"),
        .kioskGo: Wording("开始评价", "Start", "ᠡᠬᠢᠯᠡᠬᠦ"),
        .voice: Wording("语音", "Voice", "ᠳᠠᠭᠤ"),
        .voiceAgain: Wording("再听一遍", "Say it again", "ᠳᠠᠬᠢᠨ ᠰᠣᠨᠣᠰᠬᠤ"),
        .voiceSilent: Wording("静音", "Be silent", "ᠳᠠᠭᠤ ᠦᠭᠡᠢ"),
        .idleTitle: Wording("您还在吗？", "Are you still there?", "ᠲᠠ ᠪᠠᠢᠨ᠎ᠠ ᠤᠤ?"),
        .idleText: Wording(
            "{seconds} 秒后将清除本页内容，不会提交。", "In {seconds} s this page is cleared and nothing is submitted.",
            "{seconds} ᠰᠧᠺᠦ᠋ᠨ᠋ᠳ᠋ ᠦᠨ ᠳᠠᠷᠠᠭ᠎ᠠ ᠠᠷᠢᠯᠭᠠᠨ᠎ᠠ᠃"),
        .idleKeep: Wording("继续填写", "Go on", "ᠦᠷᠭᠦᠯᠵᠢᠯᠡᠬᠦ"),
        .idleSubmit: Wording("提交评价", "Submit", "ᠢᠯᠡᠭᠡᠬᠦ"),
        .idleDrop: Wording("放弃", "Drop it", "ᠪᠣᠯᠢᠬᠤ"),
    ]
}

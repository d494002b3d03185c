// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import OperatorAPI
import RatingModel

/// The methods of the web process's socket: a closed list.
enum WebMethod: String, Sendable, CaseIterable {
    case version
    case connect = "pad.connect"
    case message = "pad.message"
    case gone = "pad.gone"
}

/// What pages, kiosks and phones ask on the same socket: a closed list.
enum HallMethod: String, Sendable, CaseIterable {
    case describe = "hall.describe"
    case openPage = "page.open"
    case openTerminal = "terminal.open"
    case submitRating = "rating.submit"
    case checkReceipt = "receipt.check"
    case watchScreen = "screen.watch"
    case leaveScreen = "screen.leave"
    case checkKiosk = "kiosk.check"
    case findVisit = "kiosk.find"
    case chooseWindow = "kiosk.choose"
}

/// What a screen is watched under, on its connection.
struct ScreenWatch: Codable, Sendable {
    let watch: UInt64
}

/// What a watched screen shows from now on.
struct ScreenShowing: Codable, Sendable {
    let watch: UInt64
    let scene: ScreenScene
}

/// A message without an answer, from the gateway to the web process (JSON-RPC 2.0 section 4.1).
struct Notification<Parameters: Encodable>: Encodable {
    var jsonrpc = "2.0"
    let method: String
    let params: Parameters
}

/// A message of a pad, or for one.
struct PadMessage: Codable, Sendable {
    let connection: UInt64
    let text: String
}

/// A pad by its connection.
struct PadConnectionName: Codable, Sendable {
    let connection: UInt64
}

/// A pad that the gateway is through with.
struct PadClosing: Codable, Sendable {
    let connection: UInt64
    let reason: String
}

extension GatewayError {
    static let tooManyRequests = GatewayError(
        "web.too-many-requests",
        LocalText(
            "a connection has at most \(HallLimits.requestsInFlight) requests of pages without an answer",
            "每个连接最多有 \(HallLimits.requestsInFlight) 个未应答的页面请求"),
        hint: LocalText("send it again once others are answered", "请在其他请求得到应答后重新发送"))

    static let tooManyScreens = GatewayError(
        "web.too-many-screens",
        LocalText(
            "a connection watches at most \(HallLimits.watches) screens", "每个连接最多订阅 \(HallLimits.watches) 块屏幕"),
        hint: LocalText("leave the screens that nobody looks at", "请退订无人查看的屏幕"))

    static let unknownWatch = GatewayError(
        "web.unknown-watch", LocalText("no screen is watched under this number", "没有以该编号订阅的屏幕"),
        hint: LocalText(
            "it may have ended meanwhile: a 'screen.end' for it is on its way", "它可能刚刚结束：对应的 'screen.end' 即将送达"))

    static let unknownConnection = GatewayError(
        "web.unknown-connection", LocalText("no pad has this connection", "没有使用该连接的评价器"),
        hint: LocalText(
            "it may have ended meanwhile: a 'pad.close' for it is on its way", "它可能刚刚结束：对应的 'pad.close' 即将送达"))

    static let tooManyPads = GatewayError(
        "web.too-many-pads",
        LocalText(
            "a connection carries at most \(RelayLimits.pads) pads", "每个连接最多承载 \(RelayLimits.pads) 台评价器"),
        hint: LocalText("turn the pad away; it tries again", "请拒绝该评价器；它会重试"))

    static let messageTooLong = GatewayError(
        "web.message-too-long",
        LocalText(
            "a message has at most \(RelayLimits.messageBytes) bytes", "每条消息最多 \(RelayLimits.messageBytes) 字节"),
        hint: LocalText("close the pad's connection: it speaks another protocol", "请关闭该评价器的连接：它使用的是其他协议"))

    static let badMessage = GatewayError(
        "web.bad-message", LocalText("a message holds a record separator", "消息中含有记录分隔符"),
        hint: LocalText("close the pad's connection: it speaks another protocol", "请关闭该评价器的连接：它使用的是其他协议"))

    static let tooManyInFlight = GatewayError(
        "web.too-many-messages",
        LocalText(
            "a pad has at most \(RelayLimits.inFlight) messages without an answer; its connection is closed",
            "每台评价器最多有 \(RelayLimits.inFlight) 条未应答的消息；其连接已关闭"),
        hint: LocalText("read no more of the pad until the gateway has answered", "在网关应答之前不要继续读取该评价器"))
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension GatewayError {
    static let stopped = GatewayError(
        "uplink.stopped", LocalText("the exchange was ended from this side", "本端已中止本次上报"),
        hint: LocalText("delivery goes on with the next start", "下次启动后会继续上报"))

    static let tookTooLong = GatewayError(
        "uplink.timed-out", LocalText("the broker did not acknowledge in time", "消息代理未在时限内确认"),
        hint: LocalText(
            "delivery is tried again by itself; `request_timeout` sets the limit",
            "系统会自动重试；时限由 `request_timeout` 设置"))

    static let noReceipts = GatewayError(
        "uplink.no-receipts",
        LocalText("the broker took the ratings, and the region sent no receipt in time", "消息代理已接收评价，但上级系统未在时限内回执"),
        hint: LocalText(
            "ask the region whether its receiver runs and answers on `receipt_topic`; delivery is tried again by itself",
            "请向上级确认其接收程序是否运行并在 `receipt_topic` 上回执；系统会自动重试"))

    static let nobodyListens = GatewayError(
        "uplink.no-subscriber",
        LocalText(
            "the broker threw the ratings away, because nobody has subscribed to the topic", "因无人订阅该主题，消息代理丢弃了评价"),
        hint: LocalText(
            "correct `topic`, or have the region's receiver subscribe with a persistent session; a broker that keeps messages without subscribers is declared by `no_subscriber: accept`",
            "请更正 `topic`，或请上级的接收程序以持久会话订阅；若代理无需订阅即保存消息，请声明 `no_subscriber: accept`"))

    static let noticeNotTakenUp = GatewayError(
        "uplink.notice-not-taken-up", LocalText("a notice of the region could not be kept", "无法保存上级系统的通知"),
        hint: LocalText(
            "check the free space; the broker sends it again with the next connection", "请检查可用空间；下次连接时消息代理会重新发送"))

    static func notConnected(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.not-connected", LocalText("no connection to \(host)", "无法连接 \(host)"), cause: cause,
            hint: LocalText(
                "check the network, name resolution and the firewall; ratings wait on disk meanwhile",
                "请检查网络、域名解析和防火墙；期间评价保存在本地磁盘"))
    }

    static func brokenOff(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.broken-off", LocalText("\(host) broke the connection off", "\(host) 中断了连接"), cause: cause,
            hint: LocalText(
                "delivery is tried again by itself; if it goes on, look into the broker's log",
                "系统会自动重试；如持续出现，请查看消息代理的日志"))
    }

    static func noTLS(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.no-tls", LocalText("no secure connection to \(host)", "无法与 \(host) 建立安全连接"), cause: cause,
            hint: LocalText(
                "check `ca`, the dates of the certificates, that the broker's names `host`, and that the port speaks TLS 1.2 or later",
                "请检查 `ca`、证书有效期、代理证书是否包含 `host`，以及该端口是否提供 TLS 1.2 以上"))
    }

    /// The broker does not let the gateway in, or takes nothing from it.
    static func refused(_ reason: MQTTReason) -> GatewayError {
        switch reason {
        case .badUserNameOrPassword, .notAuthorized, .banned, .badAuthenticationMethod:
            GatewayError(
                "uplink.unauthorized", LocalText("the broker does not admit this gateway", "消息代理未授权本网关"),
                cause: reason.words,
                hint: LocalText(
                    "check the password file and the client certificate, and ask whether `client_id` and `topic` are granted",
                    "请检查口令文件和客户端证书，并确认 `client_id` 和 `topic` 已获授权"))
        case .topicNameInvalid, .topicFilterInvalid:
            GatewayError(
                "uplink.wrong-address", LocalText("the broker knows no such topic", "消息代理没有该主题"), cause: reason.words,
                hint: LocalText("correct `topic` and `receipt_topic`", "请更正 `topic` 和 `receipt_topic`"))
        case .sessionTakenOver:
            GatewayError(
                "uplink.session-taken", LocalText("another client uses this gateway's client id", "另一客户端占用了本网关的客户端标识"),
                cause: reason.words,
                hint: LocalText(
                    "give every gateway a `client_id` of its own, and stop a second daemon",
                    "请为每台网关设置各自的 `client_id`，并停止重复运行的程序")
            )
        default:
            GatewayError(
                "uplink.region-failed", LocalText("the broker refuses at the moment", "消息代理暂时拒绝"), cause: reason.words,
                hint: LocalText(
                    "delivery is tried again by itself; if it goes on, look into the broker's log",
                    "系统会自动重试；如持续出现，请查看消息代理的日志"))
        }
    }

    static func passwordUnreadable(_ path: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.file-unreadable", LocalText("\(path) cannot be read", "无法读取 \(path)"), cause: cause,
            hint: LocalText(
                "write the password as the first line of the file, and let the user that runs hallgate read it",
                "请将口令写在该文件第一行，并授予运行 hallgate 的用户读取权限"))
    }

    static func library(_ what: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.not-opened", LocalText("the MQTT client cannot \(what)", "MQTT 客户端初始化失败"), cause: cause,
            hint: LocalText(
                "check the files and values of this uplink's configuration", "请检查该上行链路配置中的文件和取值"))
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension GatewayError {
    static let stopped = GatewayError(
        "uplink.stopped", LocalText("the exchange was ended from this side", "本端已中止本次上报"),
        hint: LocalText("delivery goes on with the next start", "下次启动后会继续上报"))

    static let answerTooLong = GatewayError(
        "uplink.answer-too-long",
        LocalText("the region's answer is longer than 1 MiB and was cut off", "上级系统的答复超过 1 MiB，已中断"),
        hint: LocalText("check that the address is the region's evaluation interface", "请确认地址是上级系统的评价接口"))

    static func notConnected(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.not-connected", LocalText("no connection to \(host)", "无法连接 \(host)"), cause: cause,
            hint: LocalText(
                "check the network, name resolution and the firewall; ratings wait on disk meanwhile",
                "请检查网络、域名解析和防火墙；期间评价保存在本地磁盘"))
    }

    static func tookTooLong(_ host: String) -> GatewayError {
        GatewayError(
            "uplink.timed-out", LocalText("\(host) did not answer in time", "\(host) 未在时限内答复"),
            hint: LocalText(
                "delivery is tried again by itself; `request_timeout` sets the limit",
                "系统会自动重试；时限由 `request_timeout` 设置"))
    }

    static func brokenOff(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.broken-off", LocalText("\(host) broke off before a whole answer", "\(host) 在答复完整前中断了连接"),
            cause: cause,
            hint: LocalText(
                "delivery is tried again by itself; if it goes on, ask whether a proxy or firewall stands between",
                "系统会自动重试；如持续出现，请确认中间是否有代理或防火墙"))
    }

    static func noTLS(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.no-tls", LocalText("no secure connection to \(host)", "无法与 \(host) 建立安全连接"), cause: cause,
            hint: LocalText(
                "check that the port speaks HTTPS with TLS 1.2 or later", "请确认该端口提供 TLS 1.2 以上的 HTTPS 服务"))
    }

    static func certificateRefused(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.certificate-untrusted",
            LocalText("the certificate of \(host) is not signed by a trusted authority", "\(host) 的证书不是由受信任的机构签发"),
            cause: cause,
            hint: LocalText(
                "configure `ca` with the authority the region names; never switch verification off",
                "请在 `ca` 中配置上级提供的 CA 证书；切勿关闭验证"))
    }

    static func wrongName(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.certificate-name",
            LocalText("the certificate is not for the name \(host)", "证书与名称 \(host) 不符"), cause: cause,
            hint: LocalText(
                "use the name the region's certificate states in `url`", "请在 `url` 中使用上级证书中写明的名称"))
    }

    static func certificateNotYetValid(_ host: String, _ start: WallTime) -> GatewayError {
        let date = HallZone.utc.text(of: start) + "Z"
        return GatewayError(
            "uplink.certificate-not-yet-valid",
            LocalText("the certificate of \(host) is valid only from \(date)", "\(host) 的证书自 \(date) 起才有效"),
            hint: LocalText("the gateway's own clock is probably wrong: set it", "网关自身时钟可能有误，请校时"))
    }

    static func ourCertificateRefused(_ host: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.client-certificate-refused",
            LocalText("\(host) refused this gateway's certificate", "\(host) 拒绝了本网关的证书"), cause: cause,
            hint: LocalText(
                "check `certificate` and `key`: whether they are the ones the region issued, and still valid",
                "请检查 `certificate` 和 `key` 是否为上级签发且仍在有效期内"))
    }
}

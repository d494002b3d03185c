// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

extension GatewayError {
    static func notProduced(_ failure: ProduceFailure, topic: String) -> GatewayError {
        let cause = failure.words
        switch failure.kind {
        case .unauthorized:
            return GatewayError(
                "uplink.unauthorized", LocalText("the cluster does not admit this gateway", "集群未授权本网关"), cause: cause,
                hint: LocalText(
                    "check `sasl` and the client certificate, and ask whether this gateway may write to \(topic)",
                    "请检查 `sasl` 和客户端证书，并确认本网关对 \(topic) 有写权限"))
        case .insecure:
            return GatewayError(
                "uplink.no-tls", LocalText("no secure connection to the cluster", "无法与集群建立安全连接"), cause: cause,
                hint: LocalText(
                    "check `ca`, the dates of the certificates, and that the brokers' certificates name them",
                    "请检查 `ca`、证书有效期以及各代理证书中的名称"))
        case .wrongTopic:
            return GatewayError(
                "uplink.wrong-address", LocalText("the cluster has no topic \(topic)", "集群中没有主题 \(topic)"),
                cause: cause,
                hint: LocalText(
                    "correct `topic`, or have it made: this gateway makes none", "请更正 `topic` 或请管理员创建：本网关不会自行创建"))
        case .cancelled:
            return GatewayError(
                "uplink.stopped", LocalText("the exchange was ended from this side", "本端已中止本次上报"), cause: cause,
                hint: LocalText("delivery goes on with the next start", "下次启动后会继续上报"))
        case .unreachable:
            return GatewayError(
                "uplink.not-connected", LocalText("the cluster took nothing in time", "集群未在时限内接收"), cause: cause,
                hint: LocalText(
                    "check the network, `brokers`, `security` and that enough replicas are in sync; ratings wait on disk meanwhile",
                    "请检查网络、`brokers`、`security` 以及同步副本数是否足够；期间评价保存在本地磁盘"))
        }
    }

    static func notOpened(_ what: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.not-opened", LocalText("the Kafka client cannot \(what)", "Kafka 客户端初始化失败"), cause: cause,
            hint: LocalText(
                "check the files and values of this uplink's configuration", "请检查该上行链路配置中的文件和取值"))
    }

    static func secretUnreadable(_ path: String, _ cause: String) -> GatewayError {
        GatewayError(
            "uplink.file-unreadable", LocalText("\(path) cannot be read", "无法读取 \(path)"), cause: cause,
            hint: LocalText(
                "write the password as the first line of the file, and let the user that runs hallgate read it",
                "请将口令写在该文件第一行，并授予运行 hallgate 的用户读取权限"))
    }
}

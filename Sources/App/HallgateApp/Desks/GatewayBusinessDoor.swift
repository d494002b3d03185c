// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ControlSocket
import DeviceSupervision
import Logging
import OperatorAPI
import RatingModel

/// Lets the business system in that comes over HTTP, where the site says so.
struct GatewayBusinessDoor: BusinessDoor {
    let business: any BusinessOperations
    /// Who may come like this.
    let clients: [ControlClientKey]
    let watch: KeyWatch

    func admit(_ caller: BusinessCaller) async throws(GatewayError) -> any BusinessOperations {
        if clients.isEmpty { throw .businessNotServed }
        try watch.check("business", from: caller.address, otherwise: .unknownBusinessClient) {
            clients.contains { $0.name == caller.client && $0.fits(caller.key) }
        }
        return business
    }
}

extension WebSettings {
    /// Who is answered on the web process's socket beside pads and pages, each with a key of its own.
    func roles(of gateway: Gateway, logger: Logger) -> WebRoles {
        let watch = KeyWatch(clock: gateway.clock, logger: logger)
        let settings = gateway.configuration.business
        let clients = settings?.keys(logger: logger).filter { settings?.overHTTP.contains($0.name) == true } ?? []
        return WebRoles(
            business: GatewayBusinessDoor(
                business: GatewayBusiness(reception: gateway.reception, hall: gateway.hall), clients: clients,
                watch: watch),
            desks: GatewayDesk(
                hall: gateway.hall, reception: gateway.reception, devices: { await gateway.supervision.statuses() },
                watch: watch, logger: logger))
    }
}

extension GatewayError {
    static let businessNotServed = GatewayError(
        "business.not-served", LocalText("the business system is not served over HTTP here", "此处未启用业务系统的 HTTP 接口"),
        hint: LocalText(
            "add 'http: yes' to its entry under control.business_clients",
            "请在 control.business_clients 中该客户端的条目下添加 'http: yes'"))

    static let unknownBusinessClient = GatewayError(
        "business.unknown-client", LocalText("the client or its key is not known here", "客户端未登记或密钥不对"),
        hint: LocalText(
            "compare name and key with the entry under control.business_clients",
            "请将名称和密钥与 control.business_clients 中的条目核对"))
}

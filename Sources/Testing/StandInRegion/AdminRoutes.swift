// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore
import RatingModel

/// What only whoever runs the region may do, from the same computer: put notices in, lose or alter ratings, make faults.
///
/// A gateway never calls these, and no fault touches them.
struct AdminRoutes: Sendable {
    let core: RegionCore

    func add(to router: Router<RegionContext>) {
        router.post("/admin/notices") { request, context in
            try await answer(request, context) { body, _ in .notice(try Self.notice(body)) }
        }
        router.delete("/admin/ratings/{id}") { request, context in
            try await answer(request, context) { _, id in .remove(id) }
        }
        router.on("/admin/ratings/{id}", method: .patch) { request, context in
            try await answer(request, context) { body, id in
                let members = try JSONMembers(body)
                return .alter(
                    id, satisfaction: members["satisfaction"], pf: members["pf"], projectNo: members["projectNo"])
            }
        }
        router.post("/admin/faults") { request, context in
            try await answer(request, context) { body, _ in .fault(try FaultRule(JSONMembers(body)["fault"] ?? "")) }
        }
        router.delete("/admin/faults") { request, context in
            try await answer(request, context) { _, _ in .clear }
        }
    }

    private static func notice(_ body: [UInt8]) throws -> RegionNotice {
        guard let notice = RegionNotice(json: String(decoding: body, as: UTF8.self)) else {
            throw WireRefusal(status: 422, message: "通知内容不完整")
        }
        return notice
    }

    private func answer(
        _ request: Request, _ context: RegionContext, read: @Sendable ([UInt8], String) throws -> AdminOrder
    ) async throws -> Response {
        guard context.channel.remoteAddress?.isLoopback == true else {
            return Self.response(.refused("仅限本机"), status: 403)
        }
        let body = try await WireRequest(request).body
        do {
            let isDone = try await core.obey(try read(body, context.parameters.get("id") ?? ""))
            return isDone ? Self.response(.well) : Self.response(.refused("没有这条评价"), status: 404)
        } catch let refusal as WireRefusal {
            return Self.response(.refused(refusal.message), status: refusal.status)
        } catch let error as GatewayError {
            return Self.response(.refused("\(error)"), status: 422)
        }
    }

    private static func response(_ saying: RegionSaying, status: Int = 200) -> Response {
        RegionRoutes.response(RegionReply(status: status, body: JSONWire.national.answer(saying)))
    }
}

extension SocketAddress {
    fileprivate var isLoopback: Bool {
        let host = ipAddress ?? ""
        return host.hasPrefix("127.") || host == "::1" || host.hasPrefix("::ffff:127.")
    }
}

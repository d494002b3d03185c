// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Hummingbird

/// Which methods there are at a path, for those who ask with another.
struct RouteTable: Sendable {
    private let routes: [(path: [RouterPath.Element], method: String)]

    init(_ router: Router<some RequestContext>) {
        routes = router.routes.map { (Array($0.path.components), $0.method.rawValue) }
    }

    /// The methods, each once and in alphabetical order.
    func methods(at path: String) -> [String] {
        let parts = path.split(separator: "/")
        return Set(routes.lazy.filter { Self.matches($0.path, parts) }.map(\.method)).sorted()
    }

    private static func matches(_ route: [RouterPath.Element], _ parts: [Substring]) -> Bool {
        if route.last?.description == "**" {
            return parts.count >= route.count && zip(route.dropLast(), parts).allSatisfy { $0 ~= $1 }
        }
        return route.count == parts.count && zip(route, parts).allSatisfy { $0 ~= $1 }
    }
}

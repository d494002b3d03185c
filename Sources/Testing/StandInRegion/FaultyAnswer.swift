// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import NIOCore

/// The connection was cut on purpose; nobody is left to hear of it.
struct ConnectionCut: Error {}

/// Sends a reply as its fault wants it.
struct FaultyAnswer: Sendable {
    let reply: RegionReply
    let channel: any Channel

    func response() throws -> Response {
        switch reply.kind {
        case .drop, .lostAnswer:
            channel.cut(reset: false)
            throw ConnectionCut()
        case .reset:
            channel.cut(reset: true)
            throw ConnectionCut()
        case .truncate: return response(halfBody())
        case .slow(let pause): return response(drippingBody(pause))
        case .endless: return response(endlessBody())
        default: return RegionRoutes.response(reply)
        }
    }

    private func response(_ body: ResponseBody) -> Response {
        Response(status: .init(code: reply.status), headers: RegionRoutes.headers(reply), body: body)
    }

    private func halfBody() -> ResponseBody {
        ResponseBody(contentLength: reply.body.count) { writer in
            try await writer.write(ByteBuffer(bytes: reply.body.prefix(reply.body.count / 2)))
            channel.cut(reset: false)
            throw ConnectionCut()
        }
    }

    private func drippingBody(_ pause: Duration) -> ResponseBody {
        ResponseBody(contentLength: reply.body.count) { writer in
            for byte in reply.body {
                try await writer.write(ByteBuffer(bytes: [byte]))
                try await Task.sleep(for: pause)
            }
            try await writer.finish(nil)
        }
    }

    /// It starts like a true answer and is written no faster than the client reads; only a closed connection ends it.
    private func endlessBody() -> ResponseBody {
        let start = ByteBuffer(string: #"{"success":true,"results":["#)
        let more = ByteBuffer(repeating: UInt8(ascii: " "), count: 4096)
        return ResponseBody { writer in
            try await writer.write(start)
            while true {
                try await writer.write(more)
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }
}

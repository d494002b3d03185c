// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import UplinkAPI

/// One request and its answer over the shared connection, with a limit on every phase and on the answer's size.
struct HTTPExchange: Sendable {
    let client: HTTPClient
    /// For the whole exchange.
    let limit: Duration

    /// Why there is no answer.
    enum Failure: Error, Sendable {
        case client(any Error)
        case tookTooLong
        case answerTooLong
        case cancelled
    }

    /// Makes a call at an address; an answer that is longer than was asked for is cut off and counts as none.
    func run(_ call: RegionCall, at url: String, atMost bytes: Int) async throws(Failure) -> RegionReply {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: call.method)
        for header in call.headers { request.headers.add(name: header.name, value: header.value) }
        request.headers.add(name: "user-agent", value: "hallgate")
        if !call.body.isEmpty { request.body = .bytes(ByteBuffer(bytes: call.body)) }
        return try await run(request, atMost: bytes)
    }

    /// Races the exchange with its limit; the loser is cancelled, which closes its connection.
    private func run(_ request: HTTPClientRequest, atMost bytes: Int) async throws(Failure) -> RegionReply {
        let result = await withTaskGroup(of: Result<RegionReply, Failure>.self) { group in
            group.addTask {
                do throws(Failure) { return .success(try await send(request, atMost: bytes)) } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                do { try await Task.sleep(for: limit) } catch { return .failure(.cancelled) }
                return .failure(.tookTooLong)
            }
            let first = await group.next() ?? .failure(.cancelled)
            group.cancelAll()
            return first
        }
        return try result.get()
    }

    private func send(_ request: HTTPClientRequest, atMost bytes: Int) async throws(Failure) -> RegionReply {
        do {
            // The limit around this call is the one that counts; the client's own is a little longer.
            let response = try await client.execute(request, timeout: TimeAmount(limit) + .seconds(1))
            var body: [UInt8] = []
            for try await buffer in response.body {
                guard body.count + buffer.readableBytes <= bytes else { throw Failure.answerTooLong }
                body.append(contentsOf: buffer.readableBytesView)
            }
            return RegionReply(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "retry-after"), body: body)
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Task.isCancelled ? .cancelled : .client(error)
        }
    }
}

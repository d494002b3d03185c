// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOPosix

@testable import StandInRegion

/// A directory that is gone when the body returns.
func withTemporaryDirectory<Answer>(_ body: (String) async throws -> Answer) async throws -> Answer {
    var template = Array("/tmp/hallgate-region-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let directory = made else { throw FixtureError("mkdtemp: \(String(cString: strerror(errno)))") }
    do {
        let answer = try await body(directory)
        _ = try? runCommand("rm", ["-rf", directory], output: "/dev/null")
        return answer
    } catch {
        _ = try? runCommand("rm", ["-rf", directory], output: "/dev/null")
        throw error
    }
}

struct FixtureError: Error {
    let words: String

    init(_ words: String) { self.words = words }
}

/// A region over plain HTTP with its store in a directory of its own.
func withRegion(
    faults: String = "", token: String? = nil, requiresCase: Bool = false, seed: UInt64 = 1,
    _ body: (StandInRegion, RegionStoreReader) async throws -> Void
) async throws {
    try await withTemporaryDirectory { directory in
        let configuration = StandInRegionConfiguration(
            store: directory + "/region.db", token: token, requiresCase: requiresCase,
            faults: try FaultRule.list(faults), seed: seed)
        try await withStandInRegion(configuration) { region in
            try await body(region, RegionStoreReader(path: configuration.store))
        }
    }
}

/// A region over plain HTTP with another profile.
func withRegion(
    profile: String, _ body: (StandInRegion, RegionStoreReader) async throws -> Void
) async throws {
    try await withRegion({ $0.profile = profile }, body: body)
}

/// A region over plain HTTP with anything about it changed.
func withRegion(
    _ change: (inout StandInRegionConfiguration) -> Void,
    body: (StandInRegion, RegionStoreReader) async throws -> Void
) async throws {
    try await withTemporaryDirectory { directory in
        var configuration = StandInRegionConfiguration(store: directory + "/region.db")
        change(&configuration)
        try await withStandInRegion(configuration) { region in
            try await body(region, RegionStoreReader(path: configuration.store))
        }
    }
}

/// What the `curl` command, a client that shares nothing with the region, saw.
struct CurlAnswer {
    /// curl's exit status: 0 well, 7 refused, 18 cut short, 28 out of time, 52 empty, 56 reset (curl(1)).
    let exit: Int32
    /// The HTTP status; 0 without an answer.
    let status: Int
    let headers: String
    let body: String
}

/// Runs curl on a thread of its own, because waiting for it on the region's threads would stop the region.
func curl(_ url: String, body: String? = nil, _ options: [String] = [], seconds: Double = 8) async throws -> CurlAnswer
{
    try await withTemporaryDirectory { directory in
        var arguments = ["-sS", "--max-time", "\(seconds)", "-o", "\(directory)/body", "-D", "\(directory)/headers"]
        arguments += ["-w", "%{http_code}"] + options
        if let body {
            try writeFile(directory + "/request", body)
            arguments += ["-H", "Content-Type: application/json", "--data-binary", "@\(directory)/request"]
        }
        let all = arguments + [url]
        let exit = try await NIOThreadPool.singleton.runIfActive {
            try runCommand("curl", all, output: "\(directory)/out")
        }
        let status = Int(readFile(directory + "/out").suffix(3)) ?? 0
        return CurlAnswer(
            exit: exit, status: status, headers: readFile(directory + "/headers"), body: readFile(directory + "/body"))
    }
}

/// The text of a small file; empty where there is none.
func readFile(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}

/// A rating as a gateway sends it; `nil` takes a field out.
func rating(
    _ id: String, case project: String? = nil, number: Int = 1, satisfaction: String? = "5",
    words: String? = nil, time: String? = "2026-03-02 09:15:00", press: String? = nil
) -> String {
    var fields = [
        "\"id\":\"\(id)\"", "\"projectNo\":\"\(project ?? "P-" + id)\"", "\"serviceNumber\":\"1\"", "\"pf\":\"5\"",
    ]
    if let satisfaction { fields.append("\"satisfaction\":\"\(satisfaction)\"") }
    if let words { fields.append("\"writingEvaluation\":\"\(words)\"") }
    if let time { fields.append("\"assessTime\":\"\(time)\"") }
    fields.append("\"assessNumber\":\(number)")
    fields.append(
        "\"customFields\":\"\(press ?? "pad-1,ab12-" + String(id.utf8.reduce(0) { $0 &* 31 &+ Int($1) } & 0xFFFF))\"")
    return "{" + fields.joined(separator: ",") + "}"
}

/// A batch of ratings.
func batch(_ ratings: String...) -> String { "{\"evaluate\":[" + ratings.joined(separator: ",") + "]}" }

/// The word a rating was answered with.
func result(_ id: String, in answer: CurlAnswer) -> String? {
    // Keys are sorted, so a result reads {"id":…,"message":…,"result":…}.
    guard let start = answer.body.firstRange(of: "{\"id\":\"\(id)\","),
        let key = answer.body[start.upperBound...].firstRange(of: "\"result\":\"")
    else { return nil }
    return String(answer.body[key.upperBound...].prefix { $0 != "\"" })
}

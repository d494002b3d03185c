// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import HTTPSUplink
import HallgateTesting
import Logging
import RatingModel
import RegionProfiles
import StandInRegion
import Testing
import UplinkAPI

/// The tests that talk over a line, one at a time: their limits are short, and the machine may be small.
@Suite(.serialized) struct LineTests {}

/// The wall clock of the computer, which the certificates made for a test are valid by.
struct TodayClock: GatewayClock {
    func now() -> CaptureTime {
        return CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: Int64(time(nil)) * 1000),
            monotonic: UplinkSamples.moment.monotonic,
            boot: UplinkSamples.moment.boot, isWallTrusted: true)
    }
}

/// One throw-away authority for all tests of the process, in a directory that goes with the process.
let sharedCA: Result<ThrowAwayCA, GatewayError> = {
    var template = Array("/tmp/hallgate-uplink-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return .failure(.noDirectory) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    atexit {
        if case .success(let ca) = sharedCA { try? FileManager.default.removeItem(atPath: ca.directory) }
    }
    do throws(GatewayError) { return .success(try ThrowAwayCA(in: path)) } catch { return .failure(error) }
}()

extension GatewayError {
    static let noDirectory = GatewayError(
        "test.directory", LocalText("no directory", "无法创建目录"), hint: LocalText("make room in /tmp", "请清理 /tmp"))
}

func writeFile(_ path: String, _ text: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    fclose(file)
}

func readFile(_ path: String) throws -> String {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    return String(decoding: bytes.prefix(fread(&bytes, 1, bytes.count, file)), as: UTF8.self)
}

/// An uplink that logs nothing; whoever opens it shuts it down.
func openUplink(
    _ configuration: HTTPSUplinkConfiguration, _ settings: RegionSettings = RegionSettings()
) throws -> HTTPSUplink {
    try HTTPSUplink.open(
        configuration, name: UplinkName("region"),
        coding: settings.coding(zone: try #require(HallZone("Asia/Shanghai"))), clock: TodayClock(),
        logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
}

/// An uplink with short limits, shut down after the body.
func withUplink<Answer>(
    _ url: String, _ change: (inout HTTPSUplinkConfiguration) -> Void = { _ in },
    _ body: (HTTPSUplink) async throws -> Answer
) async throws -> Answer {
    var configuration = HTTPSUplinkConfiguration(
        url: url, authorityFile: try sharedCA.get().authority, connectTimeout: .seconds(5), requestTimeout: .seconds(5))
    change(&configuration)
    let uplink = try openUplink(configuration)
    do {
        let answer = try await body(uplink)
        await uplink.shutdown()
        return answer
    } catch {
        await uplink.shutdown()
        throw error
    }
}

/// A stand-in region over TLS with a store of its own.
func withRegion<Answer>(
    requiringClients: Bool = false, token: String? = nil, certificate: String? = nil, faults: [FaultRule] = [],
    _ body: (StandInRegion) async throws -> Answer
) async throws -> Answer {
    let ca = try sharedCA.get()
    let tls = StandInRegionConfiguration.TLS(
        certificate: certificate ?? ca.serverCertificate, key: ca.serverKey,
        clientAuthority: requiringClients ? ca.authority : nil)
    let store = ca.directory + "/region-\(UInt64.random(in: 0 ... .max)).db"
    return try await withStandInRegion(
        StandInRegionConfiguration(store: store, tls: tls, token: token, faults: faults), body: body)
}

func samples(_ numbers: ClosedRange<Int>) -> [OutgoingRecord] { numbers.map { UplinkSamples.outgoing($0) } }

extension DeliveryReport {
    var failure: GatewayError? {
        if case .unreachable(let error, _, _) = self { error } else { nil }
    }

    var mayHaveArrived: Bool? {
        if case .unreachable(_, let mayHave, _) = self { mayHave } else { nil }
    }

    var verdicts: [DeliveryVerdict]? {
        if case .answered(let outcomes) = self { outcomes.map(\.verdict) } else { nil }
    }
}

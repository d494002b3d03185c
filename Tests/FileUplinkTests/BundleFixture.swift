// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import FoundationEssentials
import Glibc
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import FileUplink

/// The clock of the samples, which does not move.
struct StillClock: GatewayClock {
    func now() -> CaptureTime { UplinkSamples.moment }
}

/// A region's language of one field.
struct PlainCoding: RegionCoding {
    var limits = UplinkLimits(
        batchRecords: 100, leastInterval: .zero, ratingsPerCase: 2, takesUnrated: false, takesUnmatched: false,
        invitationWait: .seconds(1800))

    func message(for rating: OutgoingRecord) throws(GatewayError) -> [UInt8] {
        Array("{\"projectNo\":\"\(rating.content.caseReference?.projectNumber ?? "")\"}".utf8)
    }

    func canState(_ rating: OutgoingRecord) -> Bool {
        rating.rating?.level != nil || rating.content.invitation != nil
    }
    func usesStatement(_ rating: OutgoingRecord) -> Bool { false }
    func outcomes(in message: [UInt8]) -> [RecordID: DeliveryOutcome]? { nil }
    func call(handingOver batch: [OutgoingRecord], access: RegionAccess) -> RegionCall { RegionCall() }
    func report(_ reply: RegionReply, on batch: [OutgoingRecord], at now: WallTime) -> DeliveryReport { .answered([]) }
    func call(asking question: RegionQuestion, access: RegionAccess) -> RegionCall? { nil }
    func token(in reply: RegionReply) -> RegionToken { RegionToken(value: "", validFor: nil) }
    func outcomes(in reply: RegionReply, of batch: [OutgoingRecord]) -> [DeliveryOutcome] { [] }
    func holdsCase(_ reply: RegionReply) -> Bool { false }
    func holdings(in reply: RegionReply) -> RegionHoldings { RegionHoldings(ratings: []) }
    func notices(in reply: RegionReply) -> RegionNotices { RegionNotices(notices: [], next: nil) }
}

/// A hall with a stick, and the keys of both sides; everything goes with it.
final class BundleFixture: Sendable {
    let path: String
    let signature: FileUplinkConfiguration.Signature

    var stick: String { path + "/stick" }
    var home: String { path + "/home" }

    init(_ signature: FileUplinkConfiguration.Signature = .ed25519) throws {
        var template = Array("/tmp/hallgate-bundles-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.signature = signature
        try #require(mkdir(stick, 0o700) == 0)
        let algorithm = signature == .sm2 ? "SM2" : "ED25519"
        for name in ["gateway", "region"] {
            _ = try shell(
                """
                openssl genpkey -algorithm \(algorithm) -out \(path)/\(name).key && \
                openssl pkey -in \(path)/\(name).key -pubout -out \(path)/\(name).pub
                """)
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func configuration(_ directory: String? = nil) -> FileUplinkConfiguration {
        FileUplinkConfiguration(
            directory: directory ?? stick, gateway: "hall-7", key: path + "/gateway.key",
            receiptKey: path + "/region.pub", signature: signature)
    }

    /// The uplink as a start of the daemon makes it.
    func uplink(
        _ directory: String? = nil, disk: any BundleDisk = SystemDisk(), coding: any RegionCoding = PlainCoding(),
        _ change: (inout FileUplinkConfiguration) -> Void = { _ in }
    ) throws -> FileUplink {
        var configuration = configuration(directory)
        change(&configuration)
        return try FileUplink(
            configuration, name: UplinkName("region"), coding: coding, home: home, clock: StillClock(),
            disk: disk)
    }

    struct Told: Decodable {
        let taken: [Int]
        let missing: [Int]
        let bad: [[String]]
        let altered: Int
        let ratings: Int
    }

    /// Lets the region written from the document work on the stick.
    func region(_ options: String = "", at directory: String? = nil) throws -> Told {
        let script = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(
            separator: "/")
        let text = try shell(
            """
            python3 \(script)/Servers/bundle_region.py \(directory ?? stick) \(path)/store.json \(path)/region.key \
            \(path)/gateway.pub \(options)
            """)
        return try JSONDecoder().decode(Told.self, from: Data(text.utf8))
    }

    func names(_ directory: String? = nil, _ suffix: String = "") throws -> [String] {
        try SystemDisk().names(in: directory ?? stick).filter { $0.hasSuffix(suffix) }.sorted()
    }
}

/// Runs a command and answers what it printed.
func shell(_ line: String) throws -> String {
    let pipe = try #require(popen(line, "r"))
    var output: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF { output.append(UInt8(truncatingIfNeeded: byte)) }
    try #require(pclose(pipe) == 0, "\(line)")
    return String(decoding: output, as: UTF8.self)
}

func samples(_ numbers: ClosedRange<Int>) -> [OutgoingRecord] { numbers.map { UplinkSamples.outgoing($0) } }

extension DeliveryReport {
    var failure: GatewayError? {
        if case .unreachable(let error, _, _) = self { error } else { nil }
    }

    var verdicts: [DeliveryVerdict]? {
        if case .answered(let outcomes) = self { outcomes.map(\.verdict) } else { nil }
    }
}

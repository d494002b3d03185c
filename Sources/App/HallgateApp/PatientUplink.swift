// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FileUplink
import HTTPSUplink
import KafkaUplink
import Logging
import MQTTUplink
import RatingModel
import RegionProfiles
import Synchronization
import UplinkAPI

/// An uplink that was opened, with what it holds until it is shut down.
protocol OpenedUplink: Uplink, AnyObject {
    /// Asks the region something beside taking ratings; throws where its way carries no questions.
    func ask(_ question: RegionQuestion) async throws(GatewayError) -> RegionReply
    /// Lets go of what it holds; every call must have returned.
    func shutdown() async
}

extension HTTPSUplink: OpenedUplink {}

extension FileUplink: OpenedUplink {}
#if MQTT
extension MQTTUplink: OpenedUplink {}
#endif
#if Kafka
extension KafkaUplink: OpenedUplink {}
#endif

extension OpenedUplink {
    func ask(_ question: RegionQuestion) async throws(GatewayError) -> RegionReply {
        throw GatewayError(
            "uplink.asks-nothing", LocalText("this kind of uplink asks nothing", "此类上行链路不能查询上级系统"),
            hint: LocalText("ask at the region's own desk", "请直接向上级系统查询"))
    }
}

/// An uplink that is opened when it is first needed, and again until it can be.
///
/// A certificate that ran out, or a key that does not fit, must not keep a hall from recording: the ratings wait, the
/// status says why, and the line goes on by itself once the file is mended.
actor PatientUplink: Uplink {
    /// Opens a line as an uplink's settings say.
    typealias Opening = @Sendable (GatewayConfiguration.Uplink) throws(GatewayError) -> any OpenedUplink

    nonisolated let name: UplinkName
    private nonisolated let settings: Mutex<GatewayConfiguration.Uplink>
    private let open: Opening
    private var uplink: (any OpenedUplink)?
    /// Whether the open line does not know what was taken since.
    private var isOutdated = false
    /// How many calls each opened uplink has under way: one that has failed is shut down after the last of them.
    private var calls: [ObjectIdentifier: Int] = [:]
    private let logger: Logger

    init(_ settings: GatewayConfiguration.Uplink, logger: Logger, open: @escaping Opening) {
        name = settings.name
        self.settings = Mutex(settings)
        self.logger = logger
        self.open = open
    }

    nonisolated var limits: UplinkLimits { settings.withLock(\.limits) }

    /// Takes what a reload brings where that is a call for questionnaires and nothing else, from the next batch on; answers
    /// whether it did. Bundles that are on their way are known to their line alone, so that those wait for a restart.
    func take(_ next: GatewayConfiguration.Uplink) -> Bool {
        let isTaken = settings.withLock { current in
            if case .file = next.kind { return false }
            guard current.kind == next.kind, current.region.gainsOnlyQuestionnaires(in: next.region) else {
                return false
            }
            current = next
            return true
        }
        if isTaken { isOutdated = uplink != nil }
        return isTaken
    }

    /// Opens the uplink if it is not open; answers with what keeps it from being so.
    func opened() -> Result<any OpenedUplink, GatewayError> {
        if let uplink { return .success(uplink) }
        do throws(GatewayError) {
            let fresh = try open(settings.withLock { $0 })
            uplink = fresh
            return .success(fresh)
        } catch {
            logger.error("the uplink cannot be opened", metadata: ["uplink": "\(name)", "error": "\(error)"])
            return .failure(error)
        }
    }

    nonisolated func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        switch await begin() {
        case .success(let uplink):
            let report = await uplink.deliver(batch)
            var isRenewed = false
            if case .unreachable(let error, _, _) = report { isRenewed = Self.renewable.contains(error.code) }
            await end(uplink, isRenewed: isRenewed)
            return report
        case .failure(let error):
            return .unreachable(error, mayHaveArrived: false, retryAfter: nil)
        }
    }

    /// What a renewed token or certificate mends: the files are read again before the next try.
    private static let renewable: Set<String> = [
        "uplink.unauthorized", "uplink.no-tls", "uplink.certificate-untrusted", "uplink.client-certificate-refused",
    ]

    /// Opens the uplink for a call, of which ratings and invitations can have one each at the same time.
    private func begin() async -> Result<any OpenedUplink, GatewayError> {
        await renew()
        let opened = opened()
        if case .success(let uplink) = opened { calls[ObjectIdentifier(uplink), default: 0] += 1 }
        return opened
    }

    /// Lets go of a line that does not know what was taken since: now, or with the last call that is under way on it.
    private func renew() async {
        guard isOutdated, let outdated = uplink else { return }
        isOutdated = false
        uplink = nil
        if calls[ObjectIdentifier(outdated)] == nil { await outdated.shutdown() }
    }

    /// A call has ended; an uplink that is to be renewed takes no further one, and is let go with its last.
    private func end(_ used: any OpenedUplink, isRenewed: Bool = false) async {
        let left = calls[ObjectIdentifier(used), default: 1] - 1
        calls[ObjectIdentifier(used)] = left > 0 ? left : nil
        if isRenewed, uplink === used { uplink = nil }
        if left == 0, uplink !== used { await used.shutdown() }
    }

    nonisolated func probe() async -> ProbeResult? {
        switch await begin() {
        case .success(let uplink):
            let result = await uplink.probe()
            await end(uplink)
            return result
        case .failure(let error): return .failed(error)
        }
    }

    /// Asks the region something beside taking ratings.
    nonisolated func ask(_ question: RegionQuestion) async throws(GatewayError) -> RegionReply {
        let uplink = try await begin().get()
        let answer: Result<RegionReply, GatewayError>
        do throws(GatewayError) { answer = .success(try await uplink.ask(question)) } catch { answer = .failure(error) }
        await end(uplink)
        return try answer.get()
    }

    /// Closes the connections, if any were made.
    func shutdown() async { await uplink?.shutdown() }
}

extension GatewayConfiguration.Uplink {
    /// What its region takes at once, by what carries it there.
    var limits: UplinkLimits {
        if case .file(let file) = kind { file.limits(region.limits) } else { region.limits }
    }
}

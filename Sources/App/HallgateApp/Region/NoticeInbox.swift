// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import RatingModel
import Synchronization
import UplinkAPI

/// What a region says unasked, from the thread of a line to the desk that mirrors it.
///
/// Nobody can be asked for it again, so that a message is on the disk before its line acknowledges it, as a file of its own
/// until the desk has done what follows from it. A region that says more than the desk can keep loses the newest of it, which
/// is logged; no rating waits for it.
struct NoticeInbox: Sendable {
    /// A message, and the file that holds it; `nil` where it is of the moment and was not kept.
    struct Arrival: Sendable {
        let notices: RegionNotices
        fileprivate let file: String?
    }

    /// Most messages that wait.
    private static let most = 1000
    /// Most bytes of a message that was kept.
    private static let mostBytes = 8 * 1024 * 1024

    /// The messages in their order.
    let arrivals: AsyncStream<Arrival>
    private let continuation: AsyncStream<Arrival>.Continuation
    private let uplink: UplinkName
    private let folder: String
    private let lastNumber = LastNumber()
    private let logger: Logger

    private final class LastNumber: Sendable {
        let value = Mutex<UInt64?>(nil)
    }

    init(uplink: UplinkName, directory: String, logger: Logger) {
        (arrivals, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.most))
        self.uplink = uplink
        self.logger = logger
        folder = directory + "/notices-" + uplink.fileName
    }

    /// Puts a message in, with its bytes; answers whether it is taken up, and its line may acknowledge it.
    func put(_ notices: RegionNotices, _ message: [UInt8]) -> Bool {
        var file: String?
        if notices.isToBeKept {
            do throws(GatewayError) { file = try keep(message) } catch {
                logger.error("a notice was not taken up", metadata: ["uplink": "\(uplink)", "error": "\(error)"])
                return false
            }
        }
        let arrival = Arrival(notices: notices, file: file)
        if case .dropped = continuation.yield(arrival) {
            finish(arrival)
            logger.error("the region says more than can be mirrored", metadata: ["uplink": "\(uplink)"])
        }
        return true
    }

    /// What was taken up before this start and not finished, the oldest first.
    func left(read: ([UInt8]) throws(GatewayError) -> RegionNotices) -> [Arrival] {
        numbers().compactMap { number in
            let file = WholeFile(directory: folder, name: String(number))
            guard let text = file.read(atMost: Self.mostBytes) else { return nil }
            do throws(GatewayError) { return Arrival(notices: try read(Array(text.utf8)), file: file.path) } catch {
                logger.warning(
                    "a kept notice cannot be read", metadata: ["file": "\(file.path)", "error": "\(error.code)"])
                return nil
            }
        }
    }

    /// Whether something is still to follow from a message; not where it was found among those that were left.
    func isWaiting(_ arrival: Arrival) -> Bool {
        arrival.file.map { FileManager.default.fileExists(atPath: $0) } ?? true
    }

    /// All that follows from a message was done; one whose file outlives that is done once more, which changes nothing.
    func finish(_ arrival: Arrival) {
        if let file = arrival.file { try? FileManager.default.removeItem(atPath: file) }
    }

    private func keep(_ message: [UInt8]) throws(GatewayError) -> String {
        let number = lastNumber.value.withLock { last in
            let next = (last ?? numbers().last ?? 0) + 1
            last = next
            return next
        }
        let file = WholeFile(directory: folder, name: String(number))
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw .notKept(file.path, "\(error)")
        }
        if let reason = file.replace(with: message) { throw .notKept(file.path, reason) }
        return file.path
    }

    private func numbers() -> [UInt64] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).compactMap { UInt64($0) }.sorted()
    }
}

extension RegionNotices {
    /// Whether something follows from it that outlives the moment.
    fileprivate var isToBeKept: Bool {
        notices.contains { if case .rated = $0 { false } else { true } }
    }
}

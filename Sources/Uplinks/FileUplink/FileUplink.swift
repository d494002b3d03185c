// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import RatingModel
import Synchronization
public import UplinkAPI

/// Delivers to a region that is reached by carrying files: signed, numbered bundles out, receipts back.
///
/// A rating is delivered when a receipt of the region's says so, and waits for it until then
/// (``UplinkAPI/DeliveryVerdict/awaitingReceipt``). Delivering it again writes it a second time only where its bundle was
/// lost or refused. It is opened when it is first used, and again until it can be: a key or a disk that is not there must
/// not keep a hall from recording.
public final class FileUplink: Uplink {
    public let name: UplinkName
    public let limits: UplinkLimits
    private let settings: FileUplinkConfiguration
    private let coding: any RegionCoding
    private let home: String
    private let disk: any BundleDisk
    private let clock: any GatewayClock
    private let thread: DiskThread
    /// Touched by the thread alone.
    private let keeper: Mutex<BundleKeeper?>

    /// Prepares the uplink; `home` is a directory of its own for its state, made if its parent is there.
    public convenience init(
        _ settings: FileUplinkConfiguration, name: UplinkName, coding: any RegionCoding, home: String,
        clock: any GatewayClock
    ) throws(GatewayError) {
        try self.init(settings, name: name, coding: coding, home: home, clock: clock, disk: SystemDisk())
    }

    init(
        _ settings: FileUplinkConfiguration, name: UplinkName, coding: any RegionCoding, home: String,
        clock: any GatewayClock, disk: any BundleDisk
    ) throws(GatewayError) {
        self.name = name
        self.settings = settings
        self.coding = coding
        self.home = home
        self.disk = disk
        self.clock = clock
        limits = settings.limits(coding.limits)
        keeper = Mutex(nil)
        thread = try DiskThread()
    }

    public func deliver(_ batch: [OutgoingRecord]) async -> DeliveryReport {
        guard !batch.isEmpty else { return .answered([]) }
        let answer = await onThread { (keeper: inout BundleKeeper, now: WallTime, coding: any RegionCoding) in
            keeper.deliver(batch, coding, at: now)
        }
        switch answer {
        case .done(let report): return report
        case .failed(let error): return .unreachable(error, mayHaveArrived: false, retryAfter: nil)
        case .silent(let hasBegun):
            return .unreachable(.diskSilent(settings.directory), mayHaveArrived: hasBegun, retryAfter: nil)
        }
    }

    /// There is nobody to ask.
    public func probe() async -> ProbeResult? { nil }

    /// Looks for receipts, and says whether delivering what awaits one would now be answered otherwise.
    ///
    /// A medium that is not there is no complaint: a stick is on its way most of the time.
    public func lookForReceipts() async -> ReceiptFindings {
        let answer = await onThread { (keeper: inout BundleKeeper, _, _) -> Result<ReceiptFindings, GatewayError> in
            do throws(GatewayError) { return .success(try keeper.look()) } catch { return .failure(error) }
        }
        switch answer {
        case .done(.success(let findings)): return findings
        case .done(.failure), .failed, .silent: return ReceiptFindings()
        }
    }

    /// Waits until the disk is done with what was begun; every call must have returned, and none may follow.
    public func shutdown() async { _ = await onThread { (_, _, _) in true } }

    // MARK: The thread

    private enum Answer<Value: Sendable>: Sendable {
        case done(Value)
        /// The uplink could not be opened.
        case failed(GatewayError)
        /// No answer in time, or nobody waits for it any more.
        case silent(hasBegun: Bool)
    }

    private func onThread<Value: Sendable>(
        _ work: @escaping @Sendable (inout BundleKeeper, WallTime, any RegionCoding) -> Value
    ) async -> Answer<Value> {
        let once = FirstAnswer<Answer<Value>>()
        thread.add { [self] in
            guard once.begin() else { return }
            once.give(
                keeper.withLock { keeper in
                    do throws(GatewayError) {
                        // Taken out, so that its tables are changed in place and not copied.
                        var open: BundleKeeper
                        if let taken = keeper.take() { open = taken } else { open = try opened() }
                        let value = work(&open, clock.now().wall, coding)
                        keeper = open
                        return .done(value)
                    } catch { return .failed(error) }
                })
        }
        let limit = settings.writeTimeout
        return await withTaskGroup(of: Answer<Value>?.self) { group in
            group.addTask { await once.value(ifCancelled: { .silent(hasBegun: $0) }) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            if let first { return first }
            return await group.next().flatMap { $0 } ?? .silent(hasBegun: true)
        }
    }

    private func opened() throws(GatewayError) -> BundleKeeper {
        guard mkdir(home, 0o700) == 0 || errno == EEXIST else {
            throw .bundleState(home, String(cString: strerror(errno)))
        }
        return try BundleKeeper.open(settings, home: home, disk: disk)
    }
}

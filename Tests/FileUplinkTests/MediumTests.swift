// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import HallgateTesting
import RatingModel
import Synchronization
import Testing
import UplinkAPI

@testable import FileUplink

/// A file system of its own, which a process mounts in its own namespace and which is gone with that process.
///
/// It is reached through that process's working directory, so that nothing of the computer's is mounted over.
final class MountedStick: Sendable {
    let directory: String
    private let process: Int32
    /// The command's pipe as a number, until it is closed.
    private let command: Mutex<UInt?>

    init(_ options: String) throws {
        let pipe = try #require(
            popen(
                """
                unshare \(geteuid() == 0 ? "-m" : "-rm") sh -c 'mount -t tmpfs -o \(options) stick /mnt && cd /mnt && \
                exec sh -c "echo \\$\\$; exec sleep 600 >&- 2>&-"'
                """, "r"))
        var line = [CChar](repeating: 0, count: 32)
        try #require(fgets(&line, 32, pipe) != nil)
        let text = String(decoding: line.prefix { $0 >= 0x30 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        process = try #require(Int32(text))
        directory = "/proc/\(process)/cwd"
        command = Mutex(UInt(bitPattern: pipe))
    }

    /// The process is reaped at once: a test that waits for the end of another would find it again and again.
    func pull() {
        let number = command.withLock { number in
            defer { number = nil }
            return number
        }
        guard let number, let pipe = UnsafeMutablePointer<FILE>(bitPattern: number) else { return }
        kill(process, SIGKILL)
        pclose(pipe)
    }

    deinit { pull() }
}

@Suite struct MediumTests {
    @Test func aFullStickIsSaidAndAnotherHoldsTheSameBundles() async throws {
        let hall = try BundleFixture()
        let stick = try MountedStick("size=16k")
        let uplink = try hall.uplink(stick.directory)
        var verdicts: [[DeliveryVerdict]?] = []
        var failure: GatewayError?
        for tens in 0..<40 where failure == nil {
            let report = await uplink.deliver(samples(tens * 10 + 1...tens * 10 + 10))
            verdicts.append(report.verdicts)
            failure = report.failure
        }
        #expect(failure?.code == "bundle.medium" && failure?.cause?.contains("No space left") == true)
        #expect(failure?.hint.english.contains("make room or insert another stick") == true)
        let written = verdicts.count { $0 != nil }
        #expect(written >= 2)
        #expect(try hall.names(stick.directory, ".bundle").count == written)
        // The bundle that did not fit is made already; another stick receives it under the same number.
        let other = try hall.uplink()
        let count = (written + 1) * 10
        for start in stride(from: 1, to: count, by: 10) {
            #expect(await other.deliver(samples(start...start + 9)).failure == nil)
        }
        let told = try hall.region()
        #expect(told.taken == Array(1...written + 1) && told.ratings == count && told.missing == [])
    }

    @Test func aWriteProtectedStickIsSaid() async throws {
        let hall = try BundleFixture()
        let stick = try MountedStick("ro")
        let uplink = try hall.uplink(stick.directory)
        let failure = await uplink.deliver(samples(1...2)).failure
        #expect(failure?.cause?.contains("Read-only") == true)
        #expect(failure?.hint.english.contains("release the write protection") == true)
        #expect(await (try hall.uplink()).deliver(samples(1...2)).verdicts == [.awaitingReceipt, .awaitingReceipt])
        #expect(try hall.names() == ["hallgate-hall-7-1.bundle"])
    }

    @Test func aStickThatIsPulledIsSaidAndNothingIsLost() async throws {
        let hall = try BundleFixture()
        let stick = try MountedStick("size=1m")
        let uplink = try hall.uplink(stick.directory)
        #expect(await uplink.deliver(samples(1...2)).failure == nil)
        stick.pull()
        var failure: GatewayError?
        // The kernel takes the namespace down when the process is reaped.
        for _ in 0..<500 where failure == nil {
            failure = await uplink.deliver(samples(3...4)).failure
            if failure == nil { try await Task.sleep(for: .milliseconds(10)) }
        }
        #expect(failure?.code == "bundle.medium")
        #expect(failure?.hint.english.contains("insert the stick") == true)
        let other = try hall.uplink()
        _ = await other.deliver(samples(1...4))
        #expect(try hall.region().ratings == 4)
    }

    @Test func anExchangedStickIsFilledWithAllThatIsUnanswered() async throws {
        let hall = try BundleFixture()
        let uplink = try hall.uplink()
        for number in 1...3 { _ = await uplink.deliver(samples(number...number)) }
        // Stick A goes to the region; B comes in its place, and holds everything, for nobody knows what becomes of A.
        _ = try shell("mv \(hall.stick) \(hall.path)/a && mkdir \(hall.stick)")
        _ = await uplink.deliver(samples(4...4))
        #expect(try hall.names().count == 4)
        #expect(try hall.region("", at: hall.path + "/a").taken == [1, 2, 3])
        // B arrives first with a bundle missing on it: the region asks for it.
        _ = try shell("mkdir \(hall.path)/b && cp \(hall.stick)/*-4.bundle \(hall.path)/b")
        _ = try shell("cp \(hall.path)/store.json \(hall.path)/store.kept && rm \(hall.path)/store.json")
        #expect(try hall.region("", at: hall.path + "/b").missing == [1])
        _ = try shell("mv \(hall.path)/store.kept \(hall.path)/store.json")
        // Stick A comes back with its receipts: what they answer is not copied again.
        _ = try shell("cp \(hall.path)/a/*.receipt \(hall.stick)")
        #expect(await uplink.lookForReceipts().answered == 3)
        #expect(try hall.names() == ["hallgate-hall-7-4.bundle"])
        #expect(try hall.region().ratings == 4)
    }

    @Test func aFileOfTheSameNameIsNeverOverwritten() async throws {
        let (hall, other) = (try BundleFixture(), try BundleFixture())
        _ = await (try other.uplink()).deliver(samples(1...1))
        _ = try shell("cp \(other.stick)/* \(hall.stick)")
        let uplink = try hall.uplink()
        #expect(await uplink.deliver(samples(2...2)).failure?.code == "bundle.foreign")
        _ = try shell("cmp \(other.stick)/hallgate-hall-7-1.bundle \(hall.stick)/hallgate-hall-7-1.bundle")
        _ = try shell("rm \(hall.stick)/*")
        #expect(await uplink.deliver(samples(2...2)).verdicts == [.awaitingReceipt])
        // What is no bundle any more is one that a stick lost part of.
        _ = try shell("truncate -s 100 \(hall.stick)/hallgate-hall-7-1.bundle")
        #expect(await (try hall.uplink()).deliver(samples(2...2)).verdicts == [.awaitingReceipt])
        #expect(try hall.region().taken == [1])
    }

    /// A limit on the size of files is the full disk of the state directory.
    @Test func aFullStateDirectoryIsSaid() async {
        await #expect(processExitsWith: .exitCode(0)) {
            let hall = try BundleFixture()
            let uplink = try hall.uplink()
            guard await uplink.deliver(samples(1...1)).failure == nil else { exit(2) }
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100, rlim_max: .max)
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            guard await uplink.deliver(samples(2...2)).failure?.code == "bundle.state" else { exit(3) }
            limit.rlim_cur = limit.rlim_max
            setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            guard await uplink.deliver(samples(2...2)).failure == nil else { exit(4) }
            guard try hall.names() == ["hallgate-hall-7-1.bundle", "hallgate-hall-7-2.bundle"] else { exit(5) }
            exit(0)
        }
    }
}

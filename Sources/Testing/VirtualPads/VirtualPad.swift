// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CLinux
import Glibc
import PadParts
import PadProtocol
import PadSession

/// One pad: the session machine of the real firmware around a pseudo-terminal and a memory file.
///
/// It belongs to one thread, which tells it the time in nanoseconds of the monotonic clock.
final class VirtualPad {
    let settings: PadSettings
    /// The line; `nil` while the pad is unplugged.
    private var port: PadPort?
    /// The line's descriptor, to wait for; `nil` while the pad is unplugged.
    private(set) var master: Int32?
    /// When the session wants its timer; `nil` for never.
    private(set) var timerAt: UInt64?
    /// The prompt on the display.
    private(set) var prompt: UInt32?
    /// What happened since it was last looked at.
    var notices: [PadNotice] = []
    /// Bytes the line did not take.
    private(set) var lostBytes = 0

    private var memory: PadMemoryFile?
    private var log: UInt64 = 0
    private var session: PadSession?
    private var events: [PadEvent] = []
    private var poweredAt: UInt64 = 0
    private var pressedAt: [UInt32: UInt64] = [:]
    private var sentAt: [UInt32: UInt64] = [:]
    /// A press that is in memory and not on the wire yet.
    private var unsent: UInt32?
    private var cut: PowerCut?
    /// The press the power cut waited for is in memory: the next bytes are its frame.
    private var isCutting = false

    /// A power cut that waits for the next press: it comes when so many bytes of its frame are on the wire.
    struct PowerCut { let bytesSent: Int }

    /// What the boot code knows; without it the pad knows no update, as the standard lets it.
    private let boot: PadBoot?
    private var firmware: PadFirmware?
    private var receiver = FirmwareReceiver()
    private var updateDecoder = FrameDecoder()

    init(settings: PadSettings, boot: PadBoot? = nil) {
        self.settings = settings
        self.boot = boot
    }

    /// Ratings in the memory, acknowledged or not; kept over a power cut, as the file is.
    private(set) var ratedCount = 0
    /// Entries in the memory that nobody acknowledged.
    private(set) var waitingCount = 0

    /// How many ratings pressed since power-on, and not before that moment, have no thanks yet.
    func unacknowledged(since moment: UInt64) -> Int { pressedAt.values.count { $0 >= moment } }

    /// Gives the pad line and power: a new terminal under the old link, and a session that starts from its memory.
    func plugIn(at now: UInt64, noise: inout LineNoise) throws(PadError) {
        guard master == nil else { return }
        let file = try PadMemoryFile(
            path: settings.memoryPath, device: String(settings.id, radix: 16), newLog: settings.newLog)
        let port = try PadPort(link: settings.link)
        notices.append(.pluggedIn(terminal: port.terminal))
        master = port.master
        self.port = consume port
        start(consume file, at: now, noise: &noise)
    }

    /// What happens when the power comes, or the boot code starts another firmware.
    private func start(_ file: consuming PadMemoryFile, at now: UInt64, noise: inout LineNoise) {
        firmware = boot.map { PadFirmware($0, path: settings.memoryPath) }
        receiver = FirmwareReceiver()
        updateDecoder = FrameDecoder()
        let identity = PadIdentity(
            id: settings.id, model: Array("Hallgate Virtual Pad".utf8),
            firmware: Array((firmware?.version ?? "1.0.0").utf8))
        session = PadSession(identity: identity, memory: file.restored(capacity: settings.capacity))
        ratedCount = file.contents.presses.count { $0.result == .rated }
        waitingCount = file.contents.unacknowledged.count
        log = file.log
        memory = consume file
        poweredAt = now
        handle(.poweredOn, at: now, noise: &noise)
    }

    /// Takes line and power away: what was not in the memory file is gone.
    func unplug() {
        guard master != nil else { return }
        port = nil
        master = nil
        session = nil
        memory = nil
        timerAt = nil
        prompt = nil
        cut = nil
        isCutting = false
        events.removeAll()
        pressedAt.removeAll()
        sentAt.removeAll()
        unsent = nil
        notices.append(.unplugged)
    }

    /// Reads what came over the line.
    func receive(at now: UInt64, noise: inout LineNoise) {
        guard let bytes = port?.receive(), !bytes.isEmpty else { return }
        let heard = noise.pass(bytes, .toPad)
        handle(.received(heard), at: now, noise: &noise)
        takeUpdate(heard, at: now, noise: &noise)
    }

    /// Answers the messages of a firmware update, which the session passes over.
    private func takeUpdate(_ bytes: [UInt8], at now: UInt64, noise: inout LineNoise) {
        guard var memory = firmware else { return }
        for byte in bytes where updateDecoder.push(byte) == .frame {
            guard MessageType.isForUpdate(updateDecoder.type), session?.isOpen == true,
                let message = try? UpdateMessage(&updateDecoder)
            else { continue }
            send(receiver.handle(message, memory: &memory, address: ProtocolLimits.directAddress), noise: &noise)
        }
        firmware = memory
        if memory.isRestartDue { restart(at: now, noise: &noise) }
    }

    /// The power stays, and so does the line; everything in RAM is gone.
    private func restart(at now: UInt64, noise: inout LineNoise) {
        memory = nil
        session = nil
        timerAt = nil
        prompt = nil
        events.removeAll()
        pressedAt.removeAll()
        guard
            let file = try? PadMemoryFile(
                path: settings.memoryPath, device: String(settings.id, radix: 16), newLog: settings.newLog)
        else { return }
        start(file, at: now, noise: &noise)
    }

    /// Presses a key; with a power cut, the plug is pulled when that much of the press is on the wire.
    func press(key: UInt8, level: UInt8, cut: PowerCut?, at now: UInt64, noise: inout LineNoise) {
        self.cut = cut
        handle(.keyPressed(key: key, level: level), at: now, noise: &noise)
        if isCutting { unplug() }
        self.cut = nil
    }

    /// Takes back the exclusive use a dead gateway made of the line.
    func clearExclusive() { port?.clearExclusive() }

    /// Tells the session an event and does all it wants, including what follows from that.
    func handle(_ event: PadEvent, at now: UInt64, noise: inout LineNoise) {
        events.append(event)
        while !events.isEmpty, session != nil {
            let event = events.removeFirst()
            if event == .timer { timerAt = nil }
            let actions = session?.handle(event, at: (now &- poweredAt) / 1_000_000) ?? []
            for action in actions where session != nil { perform(action, at: now, noise: &noise) }
        }
    }

    private func perform(_ action: PadAction, at now: UInt64, noise: inout LineNoise) {
        switch action {
        case .send(let bytes): send(bytes, noise: &noise)
        case .append(let entry): append(entry, at: now)
        case .trim(let sequence): trim(sequence, at: now)
        case .showPrompt(let number, _):
            prompt = number
            notices.append(.prompted(number))
        case .clearPrompt:
            prompt = nil
            notices.append(.promptCleared)
        case .signal(let signal): notices.append(.signalled(signal))
        case .blink: notices.append(.blinked)
        case .setTime: break
        case .setTimer(let milliseconds): timerAt = poweredAt &+ milliseconds &* 1_000_000
        }
    }

    private func send(_ bytes: [UInt8], noise: inout LineNoise) {
        if let sequence = unsent { sentAt[sequence] = monotonicNanoseconds() }
        unsent = nil
        if let cut, isCutting {
            _ = port?.send(Array(bytes.prefix(cut.bytesSent)))
            unplug()
        } else {
            lostBytes += port?.send(noise.pass(bytes, .toGateway)) ?? 0
        }
    }

    private func append(_ entry: PadLogEntry, at now: UInt64) {
        var wall = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        let press = StoredPress(
            log: log, sequence: entry.sequence, lifetimeCount: entry.lifetimeCount,
            result: entry.result, level: entry.level, key: entry.key, prompt: entry.prompt,
            wallMilliseconds: Int64(wall.tv_sec) * 1000 + Int64(wall.tv_nsec) / 1_000_000)
        do throws(PadError) {
            try memory?.append(.pressed(press))
            waitingCount += 1
            if entry.result == .rated {
                ratedCount += 1
                pressedAt[entry.sequence] = now
                unsent = entry.sequence
                isCutting = cut != nil
            }
            notices.append(.pressed(sequence: entry.sequence))
            events.append(.appended(sequence: entry.sequence))
        } catch {
            events.append(.appendFailed(sequence: entry.sequence))
        }
    }

    /// A trim that cannot be written does no harm: the press is sent again after the next power cut.
    private func trim(_ sequence: UInt32, at now: UInt64) {
        try? memory?.append(.acknowledged(log: log, sequence: sequence))
        waitingCount -= 1
        let nanoseconds = pressedAt.removeValue(forKey: sequence).map { now &- $0 }
        let onWire = sentAt.removeValue(forKey: sequence).map { now &- min(now, $0) }
        notices.append(.acknowledged(sequence: sequence, nanoseconds: nanoseconds, nanosecondsOnWire: onWire))
    }
}

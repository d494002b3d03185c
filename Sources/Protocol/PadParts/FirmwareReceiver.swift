// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol

/// The memory that a new firmware goes to while the running one stays whole (firmware-protocol.md section 2.12).
public protocol FirmwareMemory {
    /// The offer whose bytes are in memory, and how many of them read back; it outlives a power cut.
    var kept: (offer: UpdateOffer, bytes: UInt32)? { get }
    /// The count of the running release.
    var runningRelease: UInt32 { get }
    /// How large an image can be.
    var capacity: UInt32 { get }
    /// Forgets what is there and keeps the offer; `false` where the memory failed.
    mutating func begin(_ offer: UpdateOffer) -> Bool
    /// Writes bytes behind those that are there and reads them back; `false` where the memory failed.
    mutating func append(_ bytes: [UInt8]) -> Bool
    /// Whether hash and signature of the kept image hold.
    func isGenuine() -> Bool
    /// Forgets the image.
    mutating func forget()
    /// Has the boot code take the image at the next start, which comes at once.
    mutating func install()
}

/// The pad's end of a firmware update: every message is answered with how far it came.
public struct FirmwareReceiver: Sendable {
    private var state = UpdateState.none

    /// Starts; what the memory keeps is looked at when an offer comes.
    public init() {}

    /// Takes a message and answers with the frame of `progress`.
    public mutating func handle<Memory: FirmwareMemory>(
        _ message: UpdateMessage, memory: inout Memory, address: UInt8
    ) -> [UInt8] {
        var number: UInt32 = 0
        switch message {
        case .offer(let offer):
            number = offer.number
            take(offer, &memory)
        case .chunk(let asked, let offset, let bytes):
            number = asked
            if asked == memory.kept?.offer.number { take(bytes, at: offset, &memory) }
        case .finish(let asked, let installs):
            number = asked
            if asked == memory.kept?.offer.number, state != .installing { finish(installs: installs, &memory) }
        }
        let isKept = memory.kept?.offer.number == number
        let shown = isKept || isRefusal ? state : .none
        return PadMessage.progressFrame(number, shown, offset: isKept ? memory.kept?.bytes ?? 0 : 0, from: address)
    }

    /// Whether the last offer was refused, of which nothing is kept.
    private var isRefusal: Bool { state.rawValue >= UpdateState.tooLarge.rawValue }

    private mutating func take<Memory: FirmwareMemory>(_ offer: UpdateOffer, _ memory: inout Memory) {
        if state == .installing { return }
        if offer.release < memory.runningRelease {
            state = .tooOld
        } else if offer.size > memory.capacity {
            state = .tooLarge
        } else if let kept = memory.kept, kept.offer == offer {
            state = .receiving
            if kept.bytes >= offer.size { check(&memory) }
        } else {
            state = memory.begin(offer) ? .receiving : .memoryFailed
        }
    }

    private mutating func take<Memory: FirmwareMemory>(
        _ bytes: [UInt8], at offset: UInt32, _ memory: inout Memory
    ) {
        guard state == .receiving, let kept = memory.kept, kept.bytes == offset else { return }
        guard bytes.count <= Int(kept.offer.size &- kept.bytes) else { return }
        guard memory.append(bytes) else {
            memory.forget()
            state = .memoryFailed
            return
        }
        if let now = memory.kept, now.bytes >= now.offer.size { check(&memory) }
    }

    private mutating func check<Memory: FirmwareMemory>(_ memory: inout Memory) {
        if memory.isGenuine() {
            state = .checked
        } else {
            memory.forget()
            state = .forged
        }
    }

    private mutating func finish<Memory: FirmwareMemory>(installs: Bool, _ memory: inout Memory) {
        if !installs {
            memory.forget()
            state = .none
        } else if state == .checked {
            state = .installing
            memory.install()
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import PadProtocol

/// The gateway's end of a firmware update: one message on its way, and always the chunk that the pad wants next
/// (firmware-protocol.md section 2.12).
///
/// It is a pure machine beside the pad's driver. It knows no state worth keeping: a gateway that starts anew offers the
/// image again and goes on where the pad is.
public struct FirmwareUpdate: Sendable {
    /// How it ended.
    public enum Result: Sendable, Hashable {
        /// The pad restarts with the image.
        case installed
        /// The operator took it back.
        case aborted
        /// The pad does not want it.
        case refused(UpdateState)
        /// The pad did not answer for a minute.
        case silent
    }

    /// What is to be done.
    public enum Action: Sendable, Hashable {
        /// Send this frame.
        case send([UInt8])
        /// Call ``timerRanOut()`` after so many milliseconds; replaces the time set before.
        case setTimer(milliseconds: UInt64)
        /// So many bytes of so many are in the pad.
        case progress(UInt32, of: UInt32)
        /// It is over.
        case finished(Result)
    }

    private enum Phase: Sendable, Hashable {
        case offering
        case sending
        case installing
        case aborting
        case over
    }

    private let offer: UpdateOffer
    private let image: [UInt8]
    private let address: UInt8
    private let chunkBytes: Int
    private let mostRepetitions: Int
    private var phase = Phase.offering
    private var offset: UInt32 = 0
    private var repetitions = 0

    /// Takes an image and what its maker says of it; `nil` where the size is not the image's.
    ///
    /// `chunkBytes` is how much goes at once: less where a line is slow and others wait for it. The pad counts as gone
    /// after `mostRepetitions` without an answer, a minute if nothing else is said.
    public init?(
        _ offer: UpdateOffer, image: [UInt8], address: UInt8 = 0, chunkBytes: Int = ProtocolLimits.chunkBytes,
        mostRepetitions: Int = 120
    ) {
        guard offer.number != 0, !image.isEmpty, image.count == Int(offer.size),
            ProtocolLimits.imageBytes.contains(offer.size)
        else { return nil }
        self.offer = offer
        self.image = image
        self.address = address
        self.chunkBytes = min(max(chunkBytes, 1), ProtocolLimits.chunkBytes)
        self.mostRepetitions = mostRepetitions
    }

    /// Begins, or begins anew on another connection: the pad says how far it is.
    public mutating func start() -> [Action] {
        guard phase != .over, phase != .aborting else { return phase == .aborting ? say() : [] }
        phase = .offering
        repetitions = 0
        return say()
    }

    /// The pad has not answered.
    public mutating func timerRanOut() -> [Action] {
        guard phase != .over else { return [] }
        repetitions += 1
        guard repetitions < mostRepetitions else { return end(.silent) }
        return say()
    }

    /// Takes the image back; an image that is being installed cannot be.
    public mutating func abort() -> [Action] {
        guard phase == .offering || phase == .sending else { return [] }
        phase = .aborting
        repetitions = 0
        return say()
    }

    /// The pad said how it stands.
    public mutating func heard(number: UInt32, _ state: UpdateState, offset wanted: UInt32) -> [Action] {
        guard number == offer.number, phase != .over else { return [] }
        repetitions = 0
        switch state {
        case .installing:
            return end(.installed)
        case .tooLarge, .tooOld, .forged, .memoryFailed:
            return end(phase == .aborting ? .aborted : .refused(state))
        case .none:
            // A pad that forgot the image is offered it again; one that was to forget it did.
            if phase == .aborting { return end(.aborted) }
            phase = .offering
            return say()
        case .receiving, .checked:
            if phase == .aborting { return [] }
            guard wanted <= offer.size, state == .checked || wanted < offer.size else { return [] }
            // An answer that was late, or came twice, asks for nothing new.
            let isNews = phase == .offering || wanted != offset || state == .checked
            offset = wanted
            phase = state == .checked ? .installing : .sending
            return isNews ? [.progress(offset, of: offer.size)] + say() : []
        }
    }

    private mutating func end(_ result: Result) -> [Action] {
        phase = .over
        return [.finished(result)]
    }

    private func say() -> [Action] {
        let message: UpdateMessage
        switch phase {
        case .offering: message = .offer(offer)
        case .sending:
            let start = Int(offset)
            let end = min(start + chunkBytes, image.count)
            message = .chunk(number: offer.number, offset: offset, bytes: Array(image[min(start, end)..<end]))
        case .installing: message = .finish(number: offer.number, installs: true)
        case .aborting: message = .finish(number: offer.number, installs: false)
        case .over: return []
        }
        return [.send(message.encoded(to: address)), .setTimer(milliseconds: ProtocolTimers.requestRetry)]
    }
}

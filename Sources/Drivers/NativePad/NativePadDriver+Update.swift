// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import PadProtocol

/// A firmware on its way to the pad of this connection.
struct UpdateInHand: Sendable {
    let image: FirmwareImage
    var machine: FirmwareUpdate
    /// A frame that waits: on a bus for the pad's turn, on any line for a press that is being recorded.
    var waiting: [UInt8]?
}

/// Carrying a firmware, between everything else: nobody waits for it, and people wait for the rest.
extension NativePadDriver {
    /// Messages without an answer, from a pad that answers others, after which it counts as knowing no update: half a
    /// minute, since a pad may erase its memory first.
    static let mostUnansweredParts = 60

    /// Begins with an image, or goes on with it.
    mutating func begin(_ image: FirmwareImage) {
        guard phase == .open, let pad, update?.image != image else { return }
        guard image.model.isEmpty || image.model == pad.model else {
            return tell(.refused(.otherModel))
        }
        guard
            var machine = FirmwareUpdate(
                UpdateOffer(image), image: image.bytes, address: address, chunkBytes: chunkBytes,
                mostRepetitions: Self.mostUnansweredParts)
        else { return tell(.refused(.tooLarge)) }
        let first = machine.start()
        update = UpdateInHand(image: image, machine: machine)
        perform(first)
    }

    /// Takes the image back; one that the pad was told to install stays.
    mutating func cancelUpdate() {
        guard let told = update?.machine.abort() else { return }
        perform(told)
    }

    /// The pad is met anew, and may be another one: whoever wants it updated says so again.
    mutating func suspendUpdate() {
        guard update != nil else { return }
        update = nil
        mustIdentify = true
        actions.append(.cancelTimer(.bulk))
    }

    mutating func heard(_ number: UInt32, _ state: UpdateState, offset: UInt32) {
        guard phase == .open, let told = update?.machine.heard(number: number, state, offset: offset) else { return }
        perform(told)
        if state == .checked { tell(.verified) }
    }

    /// The pad did not answer a part.
    mutating func partTimedOut() {
        guard phase == .open, let update else { return }
        if let frame = update.waiting {
            // On a bus it waits for the pad's turn; a press is waited for no longer than a part is.
            if !isOnBus { sendPart(frame) }
            return
        }
        guard let told = self.update?.machine.timerRanOut() else { return }
        // A pad that knows no update must not be taken for one that is gone.
        if !isOnBus { askForSign() }
        perform(told)
    }

    /// On a bus: the part that waits for the pad's turn.
    mutating func takePart() -> [UInt8]? {
        guard phase == .open, let frame = update?.waiting else { return nil }
        update?.waiting = nil
        actions.append(.setTimer(.bulk, after: .milliseconds(ProtocolTimers.requestRetry)))
        return frame
    }

    /// A press was settled: what waited for it goes on.
    mutating func resumeUpdate() {
        guard !isOnBus, phase == .open, !presses.isAnyWaiting, let frame = update?.waiting else { return }
        sendPart(frame)
    }

    private mutating func perform(_ told: [FirmwareUpdate.Action]) {
        for action in told {
            switch action {
            case .send(let frame):
                // The thanks of a press in hand goes first: a part would keep the line from it.
                if isOnBus || presses.isAnyWaiting { update?.waiting = frame } else { sendPart(frame) }
            case .setTimer(let milliseconds):
                if !isOnBus { actions.append(.setTimer(.bulk, after: .milliseconds(milliseconds))) }
            case .progress(let bytes, _): tell(.received(bytes: Int(bytes)))
            case .finished(let result): end(result)
            }
        }
    }

    private mutating func sendPart(_ frame: [UInt8]) {
        update?.waiting = nil
        send(frame)
        actions.append(.setTimer(.bulk, after: .milliseconds(ProtocolTimers.requestRetry)))
    }

    private mutating func end(_ result: FirmwareUpdate.Result) {
        update = nil
        actions.append(.cancelTimer(.bulk))
        switch result {
        case .installed:
            // Its hello is wanted even where it says the same version as before.
            mustIdentify = true
            tell(.installing)
        case .aborted: tell(.cancelled)
        case .silent: tell(.refused(.unanswered))
        case .refused(let state): tell(.refused(FirmwareRefusal(state)))
        }
    }

    private mutating func tell(_ progress: FirmwareProgress) {
        actions.append(.observed(.firmware(progress, at: isOnBus ? address : nil)))
    }
}

extension UpdateOffer {
    /// The same image has the same number at every gateway and after every start, so that a pad goes on where it was.
    fileprivate init(_ image: FirmwareImage) {
        let number = image.hash.prefix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        self.init(
            number: max(number, 1), size: UInt32(clamping: image.bytes.count), release: image.release,
            version: image.version.cut(to: ProtocolLimits.textBytes), hash: image.hash, signature: image.signature)
    }
}

extension FirmwareRefusal {
    fileprivate init(_ state: UpdateState) {
        self =
            switch state {
            case .tooLarge: .tooLarge
            case .tooOld: .tooOld
            case .memoryFailed: .memoryFailed
            case .forged, .none, .receiving, .checked, .installing: .forged
            }
    }
}

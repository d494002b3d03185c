// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

extension FramedPadDriver {
    mutating func show(_ content: DisplayContent, _ blank: TemplateValues, at now: MonotonicInstant) {
        var values = blank
        switch content {
        case .qrCode(let code, let lifetime): show(code, for: lifetime, values, at: now)
        case .text(let text, language: _):
            guard description.commands.text != nil else { return takeCodeOff(values, at: now) }
            codes[values.address] = nil
            values.text = text
            send(description.commands.text, values, at: now)
        case .standby: standBy(values, at: now)
        case .clip, .staffCard: takeCodeOff(values, at: now)
        }
    }

    /// A code that a display cannot show whole is shown not at all, and nor is the one of whoever was there before.
    private mutating func show(
        _ code: String, for lifetime: Duration, _ blank: TemplateValues, at now: MonotonicInstant
    ) {
        guard let template = description.commands.qrCode else { return }
        var values = blank
        (values.text, values.isCode) = (code, true)
        values.seconds = Int(clamping: lifetime.components.seconds)
        if let reason = mistake(in: code, template, values) {
            unshown.insert(values.address)
            actions.append(.observed(.notShown(RefusedContent(.qrCode, reason), at: values.address)))
            return takeCodeOff(blank, at: now)
        }
        guard lifetime > .zero else { return takeCodeOff(blank, at: now) }
        send(template, values, at: now)
        if unshown.remove(values.address) != nil {
            actions.append(.observed(.shownAgain(.qrCode, at: values.address)))
        }
        codes[values.address] = now.advanced(by: min(lifetime, .seconds(86_400)))
        awaitEnd(at: now)
    }

    /// Why a display cannot show a code; `nil` where it can.
    private func mistake(
        in code: String, _ template: FrameTemplate, _ values: TemplateValues
    ) -> RefusedContent.Reason? {
        guard !code.isEmpty else { return .empty }
        guard let bytes = description.texts.count(code, endedBy: template.textEnd) else { return .unable }
        if template.bytes(values, in: description) != nil { return nil }
        let most = template.longestCode(values, in: description)
        return .tooLong(bytes: bytes, most: min(most, bytes - 1))
    }

    /// Such a display keeps what it shows: a code must not be there for the next citizen.
    private mutating func takeCodeOff(_ values: TemplateValues, at now: MonotonicInstant) {
        if codes[values.address] != nil { standBy(values, at: now) }
    }

    private mutating func standBy(_ blank: TemplateValues, at now: MonotonicInstant) {
        codes[blank.address] = nil
        var values = blank
        values.text = description.texts.standby
        send(description.commands.standby, values, at: now)
    }

    /// Takes off what was shown for its time.
    mutating func endCodes(at now: MonotonicInstant) {
        for address in codes.filter({ $0.value <= now }).keys.sorted(by: { ($0 ?? 0) < ($1 ?? 0) }) {
            standBy(TemplateValues(address: address), at: now)
        }
        awaitEnd(at: now)
    }

    private mutating func awaitEnd(at now: MonotonicInstant) {
        guard let next = codes.values.min() else { return }
        actions.append(.setTimer(.display, after: max(.zero, now.duration(to: next))))
    }
}

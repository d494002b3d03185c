// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
public import RatingModel

/// Writes what was learned as the item of a configuration.
struct LearnedStanza {
    private let evidence: [LearnEvidence]
    private let line: LearnLine
    private let request: LearnRequest
    private let endsWithEnter: Bool

    init(_ evidence: [LearnEvidence], on line: LearnLine, _ request: LearnRequest, endsWithEnter: Bool) {
        self.evidence = evidence
        self.line = line
        self.request = request
        self.endsWithEnter = endsWithEnter
    }

    /// The item; throws where the operator has to say what the keys mean.
    func stanza() throws(GatewayError) -> DeviceStanza {
        guard let first = evidence.first else { throw .nobodyPressed }
        let type = DriverCatalogue.byName[first.driver]
        let addresses = evidence.compactMap(\.address)
        let isBus = type?.isAddressed == true && !addresses.isEmpty
        let usual = isBus ? type?.usualBusBaud : type?.usualBaud
        return DeviceStanza(
            place: line.place, driver: first.driver,
            line: line.kind == type?.lineKinds.first ? nil : line.kind.rawValue,
            baud: first.baud == usual ? nil : first.baud, window: isBus ? nil : request.windows.first,
            addresses: isBus
                ? addresses.enumerated().map { index, address in
                    .init(Int(address), window: index < request.windows.count ? request.windows[index] : nil)
                } : [],
            settings: first.settings + (try keys(of: first)))
    }

    private func keys(of first: LearnEvidence) throws(GatewayError) -> [DeviceStanza.Setting] {
        switch first.kind {
        case .reports(let values): return [try keyMap(values)]
        case .press where first.driver == KeyboardPadEntry.name:
            let digits = evidence.compactMap { each -> UInt8? in
                if case .press(_, let label) = each.kind { UInt8(label) } else { nil }
            }
            let ending = endsWithEnter ? [DeviceStanza.Setting("ends_with", "enter")] : []
            // Without a word the digits 1 to 5 are the five levels from the best.
            let isUsual = request.keys.isEmpty && digits.allSatisfy { (1...5).contains($0) }
            return ending + (isUsual ? [] : [try keyMap(digits)])
        default: return []
        }
    }

    private func keyMap(_ values: [UInt8]) throws(GatewayError) -> DeviceStanza.Setting {
        guard !request.keys.isEmpty else { throw .keysNeeded(line.path) }
        guard values.count == request.keys.count else {
            throw .otherKeys(line.path, heard: values.count, wanted: request.keys.count)
        }
        let items = zip(values, request.keys).map { "{value: \($0), level: \($1.word)}" }
        return .init("keys", "[" + items.joined(separator: ", ") + "]")
    }
}

extension SatisfactionLevel {
    /// The level as a configuration names it.
    public var word: String {
        switch self {
        case .verySatisfied: "very_satisfied"
        case .satisfied: "satisfied"
        case .basicallySatisfied: "basically_satisfied"
        case .dissatisfied: "dissatisfied"
        case .veryDissatisfied: "very_dissatisfied"
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FramedPad

/// Looks for address, function and value among the bytes between header and checksum.
struct FieldSearch: Sendable {
    /// Where the value of the key stands.
    private(set) var value: Int?
    /// Where the address of the pad stands.
    private(set) var address: Int?
    /// Whether addresses differ in the capture, so that this is more than a habit of makers.
    private(set) var isAddressSeen = false
    /// The byte that tells presses from other frames.
    private(set) var function: FrameCondition?
    /// A byte that counts frames.
    private(set) var counter: Int?
    /// The values with how often each came, in presses.
    private(set) var keys: [(value: UInt8, count: Int)] = []

    /// Looks through the frames of the most common length, which are taken to be presses.
    init(_ model: FrameModel) {
        let counts = Dictionary(model.frames.map { ($0.count, 1) }, uniquingKeysWith: +)
        guard let common = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else { return }
        let frames = model.frames.filter { $0.count == common }
        let body = FieldSearch.body(of: model, count: common)
        guard let last = body.last else { return }
        let columns = Dictionary(uniqueKeysWithValues: body.map { offset in (offset, frames.map { $0[offset] }) })
        func different(_ offset: Int) -> Int { Set(columns[offset] ?? []).count }
        let varying = body.filter { different($0) > 1 }
        counter = varying.first { FieldSearch.counts(columns[$0] ?? []) }
        // In text a separator or a digit of the address does not change; the value is the last byte that does.
        let place = varying.last { $0 != counter } ?? last
        value = place
        findAddress(body, place, columns)
        findFunction(body.filter { $0 > address ?? -1 && $0 < place && $0 != counter }, columns)
        let presses = frames.filter { function?.holds(in: $0) ?? true }
        let found = Dictionary(presses.map { ($0[place], 1) }, uniquingKeysWith: +)
        keys = found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The offsets between header and checksum.
    private static func body(of model: FrameModel, count: Int) -> [Int] {
        var first = model.start.count
        if case .byte(let rule) = model.length { first = max(first, (rule.repeatedAt ?? rule.at) + 1) }
        let last = count - model.end.count - (model.checksum?.kind.width ?? 0)
        return first < last ? Array(first..<last) : []
    }

    /// Whether most values are the ones before, plus one.
    private static func counts(_ values: [UInt8]) -> Bool {
        guard values.count >= 5 else { return false }
        let steps = zip(values, values.dropFirst()).count { $1 &- $0 == 1 || $1 &- $0 == 2 }
        return steps * 10 >= values.count * 7
    }

    private mutating func findAddress(_ body: [Int], _ value: Int, _ columns: [Int: [UInt8]]) {
        guard let first = body.first, first < value, first != counter, let bytes = columns[first] else { return }
        // A printable address is written in several digits, of which one byte says little.
        let isText = body.allSatisfy { offset in
            (columns[offset] ?? []).allSatisfy { (0x20...0x7E).contains($0) }
        }
        guard !isText || Set(bytes).count > 1 else { return }
        address = first
        isAddressSeen = Set(bytes).count > 1
    }

    private mutating func findFunction(_ body: [Int], _ columns: [Int: [UInt8]]) {
        guard address != nil, let offset = body.first, let bytes = columns[offset] else { return }
        let counts = Dictionary(bytes.map { ($0, 1) }, uniquingKeysWith: +)
        guard counts.count <= 8, let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
            most.value * 2 >= bytes.count
        else { return }
        function = FrameCondition(FramePlace(offset), most.key)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import FrameInference
import FramedPad
import Testing

/// Captures made by a generator that knows the formats and not the analysis (Tests/Traces/generate/infer.py).
@Suite struct InferenceTests {
    /// A capture with what is to be found in it.
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let facts: [String: String]
        var testDescription: String { name }
        /// Whether noise stands before every other frame, and every eighth is cut or bent.
        var isNoisiest: Bool { name.hasSuffix("05.hex") }

        static let all: [Sample] = {
            let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Traces/infer")
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
            return names.filter { $0.hasSuffix(".hex") }.sorted().compactMap { name in
                guard let data = try? Data(contentsOf: folder.appending(path: name)) else { return nil }
                var facts: [String: String] = [:]
                for line in String(decoding: data, as: UTF8.self).split(separator: "\n") where line.hasPrefix("% ") {
                    let words = line.dropFirst(2).split(separator: " ", maxSplits: 1).map(String.init)
                    if words.count == 2 { facts[words[0]] = words[1] }
                }
                return Sample(name: name, bytes: Array(data), facts: facts)
            }
        }()
    }

    @Test func `there are captures of four kinds`() {
        #expect(Sample.all.count >= 72)
        #expect(Set(Sample.all.compactMap { $0.name.split(separator: "-").first }).count == 4)
    }

    @Test(arguments: Sample.all.filter { !$0.isNoisiest }) func `the framing is rebuilt`(_ sample: Sample) throws {
        let found = try #require(FrameInference.infer(Capture(file: sample.bytes)))
        let frames = found.description
        let start = frames.start.prefix { $0 != nil }.compactMap { $0 }.map(hexadecimal).joined(separator: " ")
        #expect(start == sample.facts["start"])
        #expect(frames.length.map(words(of:)) == sample.facts["length"])
        #expect(frames.checksum.map(words) ?? "-" == sample.facts["checksum"])
        #expect((frames.end.isEmpty ? "-" : frames.end.map(hexadecimal).joined(separator: " ")) == sample.facts["end"])
        #expect(frames.press.map { "\($0.value)" } == sample.facts["value"])
        if let address = sample.facts["address"] { #expect(frames.address.map { "\($0)" } == address) }
        if let third = sample.facts["third"] {
            #expect(frames.start.count == 5 && frames.start.last.map { $0.map(hexadecimal) } == third)
        }
        #expect(found.frames * 10 >= (Int(sample.facts["frames"] ?? "") ?? 0) * 6)
    }

    /// So much noise leaves doubts; most framings are still found.
    @Test func `most framings are rebuilt from the noisiest captures`() {
        let noisiest = Sample.all.filter(\.isNoisiest)
        let found = noisiest.count { sample in
            let frames = FrameInference.infer(Capture(file: sample.bytes))?.description
            return frames?.length.map(words(of:)) == sample.facts["length"]
                && frames?.checksum.map(words) ?? "-" == sample.facts["checksum"]
        }
        #expect(noisiest.count >= 12 && found * 4 >= noisiest.count * 3, "\(found) of \(noisiest.count)")
    }

    private func words(of length: FrameDescription.Length) -> String {
        switch length {
        case .fixed(let count): "fixed \(count)"
        case .byte(let rule): "byte \(rule.at) " + (rule.repeatedAt == nil ? "once" : "twice")
        case .terminated: "terminated"
        }
    }

    private func words(_ checksum: FrameChecksum) -> String {
        let order = checksum.kind.width == 2 ? (checksum.isLittleEndian ? " little" : " big") : ""
        return "\(checksum.kind.rawValue) \(checksum.range.from) \(checksum.range.to) \(checksum.place)\(order)"
    }
}

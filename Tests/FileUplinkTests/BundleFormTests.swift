// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Cryptography
import FoundationEssentials
import RatingModel
import Testing
import UplinkAPI

@testable import FileUplink

@Suite struct BundleFormTests {
    let article: String

    init() throws {
        let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let path = root + "/Sources/App/HallgateApp/Documentation.docc/FileBundles.md"
        article = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    /// What stands in the article between such a fence and the next.
    private func block(_ word: String) throws -> String {
        let head = try #require(article.firstRange(of: "```\(word)\n"))
        let tail = try #require(article[head.upperBound...].firstRange(of: "```"))
        return String(article[head.upperBound..<tail.lowerBound])
    }

    /// The keys of RFC 8032 section 7.1, tests 1 and 2, as the article says.
    private func signer(_ test: Int) throws -> BundleSigner {
        let keys = [
            1: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            2: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        ]
        let hall = try BundleFixture()
        let path = hall.path + "/example.key"
        try SystemDisk().write(Array(try #require(keys[test]).utf8), to: path)
        return try BundleSigner.load(.file(path), .ed25519, identity: "")
    }

    @Test func theArticlesBundleIsWhatIsWritten() throws {
        let text = try block("bundle")
        let signer = try signer(2)
        let (bundle, digest) = try #require(Bundle.read(Array(text.utf8), by: signer))
        #expect(bundle.gateway == "tuzuoqi-hall" && bundle.number == 1 && bundle.entries.count == 2)
        #expect(bundle.entries.map { String(decoding: $0.message, as: UTF8.self) }.last == #"{"projectNo":"P2"}"#)
        let written = try bundle.written(by: signer)
        #expect(String(decoding: written.file, as: UTF8.self) == text)
        #expect(written.digest == digest)
    }

    @Test func theArticlesReceiptAnswersItsBundle() throws {
        let receipt = try #require(BundleReceipt(Array(try block("receipt").utf8), by: signer(1).verifier))
        let (_, digest) = try #require(Bundle.read(Array(try block("bundle").utf8), by: signer(2)))
        #expect(receipt.bundle == digest)
        #expect(receipt.outcomes.map(\.outcome.verdict) == [.accepted, .duplicate])
        #expect(receipt.outcomes.last?.outcome.answer == "评价数据不可重复")
    }

    @Test func theArticlesStanzaIsRead() throws {
        let hall = try BundleFixture()
        let stanza = try block("yaml").replacing("/etc/hallgate/bundle.key", with: hall.path + "/gateway.key")
            .replacing("/etc/hallgate/region.pub", with: hall.path + "/region.pub")
        let expected = FileUplinkConfiguration(
            directory: "/media/region-stick", gateway: "tuzuoqi-hall", key: hall.path + "/gateway.key",
            receiptKey: hall.path + "/region.pub")
        let (read, mistakes) = try Self.read(stanza, in: hall)
        #expect(read == expected && mistakes == [])
        let (_, wrong) = try Self.read(
            stanza.replacing("tuzuoqi-hall", with: "a/b").replacing("10s", with: "0s"), in: hall)
        #expect(wrong.count == 2, "\(wrong)")
        let (_, keys) = try Self.read(stanza.replacing("signature: ed25519", with: "signature: sm2"), in: hall)
        #expect(keys.count == 2 && keys.allSatisfy { $0.contains("holds no key of the kind") }, "\(keys)")
    }

    private static func read(_ stanza: String, in hall: BundleFixture) throws -> (FileUplinkConfiguration?, [String]) {
        let path = hall.path + "/hallgate.yaml"
        try SystemDisk().write(Array(stanza.utf8), to: path)
        let outcome = ConfigurationFile.read(path) { root in
            var read: FileUplinkConfiguration?
            _ = root.list("uplinks", atMost: 8) { section in
                for key in ["name", "kind", "profile"] { _ = section.value(key, .text()) }
                _ = section.value("batch", .integer(in: 1...500))
                read = FileUplinkConfiguration.read(section, opensFiles: true)
                return true
            }
            return read
        }
        return (outcome.value, outcome.diagnostics.map { $0.message.english })
    }

    /// A file is read in one way or not at all.
    @Test func whatIsChangedIsNoBundle() throws {
        let file = Array(try block("bundle").utf8)
        let signer = try signer(2)
        for index in file.indices {
            var changed = file
            changed[index] ^= 1
            #expect(Bundle.read(changed, by: signer) == nil, "byte \(index)")
            #expect(Bundle.read(Array(file[..<index]), by: signer) == nil, "the first \(index) bytes")
        }
        #expect(Bundle.read(file + [0x0A], by: signer) == nil)
        #expect(Bundle.read(file, by: try self.signer(1)) == nil)
    }

    @Test func namesAreReadStrictly() {
        #expect(Bundle.number(in: "hallgate-a-17.bundle", gateway: "a", "bundle") == 17)
        for name in [
            "hallgate-a-017.bundle", "hallgate-a-.bundle", "hallgate-b-1.bundle", "hallgate-a-1.bundle.new",
            "hallgate-a-x.bundle", "hallgate-a-1.receipt",
        ] { #expect(Bundle.number(in: name, gateway: "a", "bundle") == nil, "\(name)") }
    }
}

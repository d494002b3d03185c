// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Cryptography
import RatingModel
import Testing

@testable import StandInRegion

@Suite struct JSONReaderTests {
    private func reads(_ text: String) -> Bool {
        (try? JSONReader.read(Array(text.utf8)) { reader throws(JSONReader.Unreadable) in try reader.skip() }) != nil
    }

    @Test(arguments: [
        "{}", "[]", " [1, -2.5e3 ,0,{\"a\":[null,true,false]}]\n", "\"\"", #""\u4f60\ud83d\ude00\n\/""#, "0", "-0.5",
    ])
    func jsonIsRead(_ text: String) { #expect(reads(text)) }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "01", "+1", "1.", "tru", "\"", "\"\u{1}\"", #""\x""#,
        #""\ud83d""#, #""\u12""#, "{} {}", "nul", "[1 2]", "--1",
    ])
    func anythingElseIsNot(_ text: String) { #expect(!reads(text)) }

    @Test func depthEnds() {
        #expect(reads(String(repeating: "[", count: 32) + String(repeating: "]", count: 32)))
        #expect(!reads(String(repeating: "[", count: 33) + String(repeating: "]", count: 33)))
        #expect(!reads(String(repeating: "[", count: 1_000_000)))
    }

    @Test func brokenUTF8IsNot() {
        #expect(throws: JSONReader.Unreadable.self) {
            try JSONReader.read([0x22, 0xFF, 0x22]) { reader throws(JSONReader.Unreadable) in try reader.skip() }
        }
    }

    @Test func escapesAreUndoneAndWrittenAgain() throws {
        let text = "a\"\\\n\t\u{1}好😀/"
        var json = JSONWriter()
        json.text(text)
        let read = try JSONReader.read(json.bytes) { reader throws(JSONReader.Unreadable) in try reader.textOrNil() }
        #expect(read == text)
    }
}

@Suite struct FormAndXMLTests {
    private func form(_ body: String) throws -> ReceivedRating {
        let request = WireRequest(
            path: "", contentType: "application/x-www-form-urlencoded", body: Array(body.utf8))
        return try FormWire(fields: JSONWire.namedAlike).ratings(request)[0]
    }

    @Test func aFormIsReadAndKnownByItsCase() throws {
        let rating = try form("projectNo=P%2F1&serviceNumber=2&assessNumber=1&writingEvaluation=%E6%85%A2+a&x=y")
        #expect(rating.projectNo == "P/1" && rating.writingEvaluation == "慢 a" && rating.id == "P/1/2/1")
    }

    @Test(arguments: ["a", "a=%4", "a=%zz", "a=%ff"]) func aBrokenFormIsRefused(_ body: String) {
        #expect(throws: WireRefusal.self) { try form(body) }
    }

    @Test(arguments: [
        "<a/>", "<?xml version=\"1.0\"?><s:a xmlns:s=\"x\"><b>1&lt;&#x4f60;&#65;&amp;</b><c/></s:a>", " <a> </a> ",
    ])
    func xmlIsRead(_ text: String) throws { #expect(try XMLElement(Array(text.utf8)).name == "a") }

    @Test(arguments: [
        "", "a", "<a>", "<a></b>", "<a/><b/>", "<a>&x;</a>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a>&lt</a>",
        "<a", "</a>", "<a>&#x110000;</a>",
    ])
    func otherXMLIsNot(_ text: String) {
        #expect(throws: XMLElement.Unreadable.self) { try XMLElement(Array(text.utf8)) }
    }

    @Test func elementsKeepTheirText() throws {
        let text = "<?xml version=\"1.0\"?><s:a xmlns:s=\"x\"><b>1&lt;&#x4f60;&#65;&amp;</b><c/></s:a>"
        let element = try XMLElement(Array(text.utf8))
        #expect(element.child("b")?.text == "1<你A&" && element.child("c")?.text == "")
    }

    @Test func aSOAPCallIsOpenedAndToldFromASupplement() throws {
        let wire = SOAPWire(fields: JSONWire.namedAlike) { Array($0.utf8) }
        for (name, isLate) in [("evaluate", false), ("supplement", true)] {
            let inner = "&lt;evaluates>&lt;evaluate>&lt;projectNo>P&lt;/projectNo>&lt;/evaluate>&lt;/evaluates>"
            let body = "<e:Envelope><e:Body><\(name)><data>\(inner)</data></\(name)></e:Body></e:Envelope>"
            let request = WireRequest(path: "", body: Array(body.utf8))
            #expect(try wire.ratings(request).map(\.projectNo) == ["P"] && wire.isSupplement(request) == isLate)
        }
        let answer = try XMLElement(wire.answer(.refused("a<b&c")))
        #expect(answer.child("Body")?.child("response")?.child("msg")?.text == "a<b&c")
    }

    @Test func anEnvelopeIsVerifiedOverItsListAndOpened() throws {
        let wire = EnvelopeWire(fields: JSONWire.namedAlike) {
            Array("{\"projectNo\":\"\($0)\"}".utf8)
        } verifies: {
            $0 == "S" && $1 == Array(#""a","b""#.utf8)
        }
        func envelope(_ sign: String, _ list: String) -> WireRequest {
            let body =
                #"{"txnBodyCom":{"sign":"\#(sign)","params":{"evaluate":[\#(list)]},"time":"t","appMark":"m"},"txnCommCom":{}}"#
            return WireRequest(path: "", body: Array(body.utf8))
        }
        #expect(try wire.ratings(envelope("S", #""a","b""#)).map(\.projectNo) == ["a", "b"])
        #expect(throws: WireRefusal(status: 200, message: "验签失败")) { try wire.ratings(envelope("S", #""a""#)) }
        #expect(throws: WireRefusal(status: 200, message: "验签失败")) { try wire.ratings(envelope("T", #""a","b""#)) }
    }
}

@Suite struct WholeBatchTests {
    private func post(_ region: StandInRegion, _ body: String) async throws -> CurlAnswer {
        try await curl(region.evaluateURL, ["--data", body])
    }

    private static let form = "projectNo=P&serviceNumber=1&assessNumber=1&pf=5&assessTime=2026-03-02%2009:15:00"

    @Test func aFormIsTakenOnceAndABadOneRefused() async throws {
        try await withRegion(profile: "zhejiang-style") { region, reader in
            let bare = try await post(region, Self.form + "&satisfaction=2")
            #expect(bare.status == 200 && bare.body.contains("差评须填写") && bare.body.contains(#""success":false"#))
            #expect(try reader.counts().received == 0 && reader.counts().rejected == 1)
            let taken = try await post(region, Self.form + "&satisfaction=2&evalDetail=213")
            #expect(taken.body == #"{"msg":"成功","success":true}"#)
            let again = try await post(region, Self.form + "&satisfaction=2&evalDetail=213")
            #expect(again.body == #"{"msg":"评价数据不可重复","success":false}"#)
            #expect(try reader.counts().received == 1 && reader.counts().repeated == 1)
            #expect(
                try await post(region, Self.form.replacing("pf=5", with: "pf=7") + "&satisfaction=5").body.contains(
                    "pf"))
        }
    }
}

@Suite struct SealedTests {
    private static let record =
        #"{"projectNo":"P","serviceNumber":"1","pf":"4","satisfaction":"5","assessTime":"2026-03-02 09:15:00","assessNumber":1}"#

    @Test func anEnvelopeOfSM2IsOpenedAndItsSignChecked() async throws {
        let (region, hall) = (try SM2PrivateKey.generate(), try SM2PrivateKey.generate())
        let cipher = try region.publicKey.encrypt(Array(Self.record.utf8)).bytes(.raw(.c1c3c2, leading04: true))
        let list = "\"\(BinaryText.hex.encode(cipher))\""
        let keys = RegionKeys(ownSM2: try region.der, hallSM2: try hall.publicKey.der)
        try await withRegion {
            $0.profile = "shandong-style"
            $0.keys = keys
        } body: { served, reader in
            for (signer, isSuccess) in [(region, false), (hall, true)] {
                let sign = BinaryText.hex.encode(try signer.sign(Array(list.utf8)).der)
                let body =
                    #"{"txnBodyCom":{"sign":"\#(sign)","params":{"evaluate":[\#(list)]},"time":"t","appMark":"m"},"txnCommCom":{}}"#
                let answer = try await curl(served.evaluateURL, body: body)
                #expect(answer.body.contains("\"success\":\(isSuccess)"), "\(answer.body)")
            }
            #expect(try reader.counts().received == 1)
        }
    }

    @Test func XMLUnderSM4IsOpened() async throws {
        let key = [UInt8](0..<16)
        let fields = [
            ("projectNo", "P"), ("serviceNumber", "1"), ("pf", "5"), ("satisfaction", "5"), ("assessNumber", "1"),
        ]
        let inner = fields.map { "<\($0)>\($1)</\($0)>" }.joined() + "<assessTime>2026-03-02 09:15:00</assessTime>"
        let plain = "<evaluates><evaluate>\(inner)</evaluate></evaluates>"
        let data = BinaryText.base64.encode(try SM4(key: key, mode: .ecb).encrypt(Array(plain.utf8)))
        try await withRegion {
            $0.profile = "fujian-style"
            $0.keys = RegionKeys(sharedSM4: key)
        } body: { served, reader in
            let body = "<e:Envelope><e:Body><supplement><data>\(data)</data></supplement></e:Body></e:Envelope>"
            let answer = try await curl(served.evaluateURL, body: body)
            #expect(answer.body.contains("<success>true</success>"), "\(answer.body)")
            #expect(try reader.counts().requests == ["supplement": 1])
        }
    }

    @Test func withoutKeysSuchARegionDoesNotStart() async throws {
        for profile in ["shandong-style", "fujian-style"] {
            let error = await #expect(throws: GatewayError.self) { try await withRegion(profile: profile) { _, _ in } }
            #expect(error?.code == "region.keys")
        }
    }
}

@Suite struct AskingTests {
    @Test func outcomesCasesAndHoldingsTellWhatIsHeld() async throws {
        try await withRegion { region, _ in
            _ = try await curl(region.evaluateURL, body: batch(rating("a"), rating("b", time: "2026-03-03 00:00:00")))
            let outcomes = try await curl(region.url("/api/outcomes"), body: #"{"ids":["a","x"]}"#)
            #expect(result("a", in: outcomes) == "accepted" && result("x", in: outcomes) == "absent")
            let holdings = try await curl(region.url("/api/holdings?date=2026-03-02"))
            #expect(
                holdings.body
                    == #"{"date":"2026-03-02","holdings":[{"id":"a","pf":"5","projectNo":"P-a","satisfaction":"5","serviceNumber":"1"}],"success":true}"#
            )
            let unknown = try await curl(region.url("/api/cases?projectNo=P&serviceNumber=1"))
            #expect(unknown.body == #"{"exists":false,"success":true}"#)
        }
    }

    @Test(arguments: [(Duration.seconds(7200), 200), (.zero, 401)])
    func aTokenIsHadBySecretAndExpires(_ lifetime: Duration, _ status: Int) async throws {
        try await withRegion { configuration in
            configuration.applications = ["hall": "right"]
            configuration.tokenLifetime = lifetime
        } body: { region, _ in
            #expect(try await curl(region.pingURL).status == 401)
            let wrong = try await curl(region.url("/api/token"), body: #"{"app_id":"hall","app_secret":"wrong"}"#)
            #expect(wrong.status == 401)
            let answer = try await curl(region.url("/api/token"), body: #"{"app_id":"hall","app_secret":"right"}"#)
            let start = try #require(answer.body.firstRange(of: #""token":""#))
            let token = answer.body[start.upperBound...].prefix { $0 != "\"" }
            let ping = try await curl(region.pingURL, ["-H", "Authorization: Bearer \(token)"])
            #expect(ping.status == status, "\(ping) after \(answer)")
        }
    }

    @Test func anOperatorLosesAndAltersRatingsAndPutsNoticesIn() async throws {
        try await withRegion { region, reader in
            _ = try await curl(region.evaluateURL, body: batch(rating("a"), rating("b")))
            #expect(try await curl(region.url("/admin/ratings/a"), ["-X", "DELETE"]).status == 200)
            #expect(try await curl(region.url("/admin/ratings/a"), ["-X", "DELETE"]).status == 404)
            let altered = try await curl(
                region.url("/admin/ratings/b"), body: #"{"satisfaction":"1"}"#, ["-X", "PATCH"])
            #expect(altered.status == 200)
            let holdings = try await curl(region.url("/api/holdings?date=2026-03-02")).body
            #expect(!holdings.contains(#""id":"a""#) && holdings.contains(#""satisfaction":"1""#))
            #expect(try await curl(region.url("/api/notices")).body.contains(#""next":null"#))
            let notice = #"{"kind":"rate","scope":"大厅","period":"2026-11","value":"99%"}"#
            #expect(try await curl(region.url("/admin/notices"), body: notice).status == 200)
            #expect(try await curl(region.url("/admin/notices"), body: #"{"kind":"rate"}"#).status == 422)
            let page = try await curl(region.url("/api/notices?after="))
            #expect(page.body.contains(notice) && page.body.contains(#""next":"1""#))
            #expect(try await curl(region.url("/api/notices?after=1")).body.contains(#""notices":[]"#))
            #expect(try reader.counts().received == 1)
        }
    }

    @Test func aProfileThatIsNoneIsAnError() async throws {
        var configuration = StandInRegionConfiguration(store: ":memory:")
        configuration.profile = "atlantis"
        let error = await #expect(throws: GatewayError.self) { try await withStandInRegion(configuration) { _ in } }
        #expect(error?.code == "region.profile" && error?.hint.english.contains("national") == true)
    }
}

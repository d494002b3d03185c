// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HallAPI
import Hummingbird
import RatingModel
import Synchronization
import Testing

@testable import KioskPages

@Suite struct ReceiptAndScreenTests {
    @Test func aReceiptTellsHowFarItCame() async throws {
        let recorded = try await ask(FakeHall(), "/c/7Q2M-41KD")
        #expect(recorded.status == .ok && recorded.text.contains("role=\"status\">已保存，正在送往"))
        let hall = FakeHall { $0.receipt = .success(ReceiptState(progress: .delivered)) }
        #expect(try await ask(hall, "/c/7Q2M-41KD").text.contains("role=\"status\">已送达"))
        for level in ["满意", "satisfied"] { #expect(!recorded.text.contains(level)) }
    }

    @Test func anUnknownReceiptCanBeEnteredAgain() async throws {
        let hall = FakeHall { $0.receipt = .failure(FakeHall.error("receipt.unknown")) }
        let page = try await ask(hall, "/c/7Q2M-41KE")
        #expect(page.status == .notFound)
        #expect(page.text.contains("没有找到这个回执号") && page.text.contains("name=\"receipt\""))
        #expect(try await ask(hall, "/c?receipt=7Q2M-41KD&lang=en").headers[.location] == "/c/7Q2M-41KD?lang=en")
        #expect(try await ask(hall, "/c?receipt=%22%3E%3Cb%3E").status == .notFound)
        let away = FakeHall { $0.receipt = .failure(FakeHall.error("core.away")) }
        #expect(try await ask(away, "/c/7Q2M-41KD").status == .serviceUnavailable)
    }

    @Test func aScreenGetsItsScenesForItsKeyAlone() async throws {
        let hall = FakeHall {
            $0.scenes = [
                ScreenScene(kind: .idle),
                ScreenScene(
                    kind: .prompt, window: .init(id: "w3", name: "3号窗口"), staff: "巴雅尔", ticket: "A012",
                    codeText: "http://hall.test/r/CODE", remainingSeconds: 90),
            ]
        }
        let stream = try await ask(
            hall, "/screen/w3/events", headers: [.authorization: "Bearer secret"],
            drawCode: { "<svg xmlns='x'><title>\($0)</title></svg>" })
        #expect(stream.headers[.contentType] == "text/event-stream; charset=utf-8")
        #expect(stream.text.hasPrefix("event: hello\ndata: {\"version\":\""))
        #expect(stream.text.contains("event: scene\ndata: {\"kind\":\"idle\"}\n\n"))
        for part in ["\"staff\":\"巴雅尔\"", "\"remaining\":90", "CODE<\\/title>"] {
            #expect(stream.text.contains(part), "\(part)")
        }
        #expect(hall.state.withLock { $0.screens } == [ScreenRequest(screen: "w3", key: "secret")])
    }

    @Test func aPictureOfTheRegionsGoesToTheScreenAsItCame() async throws {
        let picture =
            "iVBORw0KGgoAAAANSUhEUgAAABUAAAAVAQAAAACBbJg7AAAAD0lEQVR4nGP4//8/A5UxAEyUPsIgbcHfAAAAAElFTkSuQmCC"
        let image = try CodeImage(base64: picture)
        let hall = FakeHall { $0.scenes = [ScreenScene(kind: .prompt, codeImage: image, remainingSeconds: 60)] }
        let stream = try await ask(hall, "/screen/w3/events", headers: [.authorization: "Bearer secret"])
        let data = try #require(stream.text.components(separatedBy: "event: scene\ndata: ").last)
        let event = try JSONDecoder().decode(SceneEvent.self, from: Data(data.utf8))
        #expect(event.image == picture && event.code == nil && event.remaining == 60)
    }

    @Test func noKeyNoScenes() async throws {
        let hall = FakeHall { $0.screenError = FakeHall.error("screen.unknown") }
        #expect(try await ask(hall, "/screen/w3/events").status == .forbidden)
        #expect(hall.state.withLock { $0.screens.isEmpty })
        let wrong = try await ask(hall, "/screen/w3/events", headers: [.authorization: "Bearer x"])
        #expect(wrong.status == .forbidden && wrong.text.isEmpty)
        let away = FakeHall { $0.screenError = FakeHall.error("core.away") }
        let later = try await ask(away, "/screen/w3/events", headers: [.authorization: "Bearer x"])
        #expect(later.status == .serviceUnavailable && later.headers[.retryAfter] == "5")
    }

    @Test func assetsAreKeptForEverUnderTheirContentsAddress() async throws {
        let page = try await ask(FakeHall(), "/r/CODE").text
        let path = try #require(page.components(between: "rel=\"stylesheet\" href=\"/assets", and: "\"").first)
        let asset = try await ask(FakeHall(), "/assets" + path)
        #expect(asset.status == .ok && asset.headers[.contentType] == "text/css; charset=utf-8")
        #expect(asset.headers[.cacheControl] == "public, max-age=31536000, immutable")
        let tag = try #require(asset.headers[.eTag])
        let again = try await ask(FakeHall(), "/assets" + path, headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified && again.text.isEmpty)
        #expect(try await ask(FakeHall(), "/assets/0000/pages.css").headers[.cacheControl] == "no-cache")
        #expect(try await ask(FakeHall(), "/assets/0000/other.css").status == .notFound)
    }
}

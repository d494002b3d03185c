// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import KioskPages

@Suite struct PageFontTests {
    private static let bytes: [UInt8] = [0, 1, 0, 0] + Array("glyphs".utf8)

    @Test(
        arguments: [
            ([0, 1, 0, 0, 7], true), (Array("OTTO.".utf8), true), (Array("wOF2.".utf8), true), ([], false),
            (Array("<html>".utf8), false), ([0, 1, 0, 0] + [UInt8](repeating: 0, count: PageFont.mostBytes), false),
        ] as [([UInt8], Bool)])
    func onlyFontsAreServed(_ bytes: [UInt8], _ isFont: Bool) {
        #expect((PageFont(bytes) != nil) == isFont)
    }

    @Test func theFontIsServedWhereTheStyleSheetsLookForIt() async throws {
        let router = Router()
        try addKioskPages(to: router, hall: FakeHall(), font: PageFont(Self.bytes))
        for sheet in [PageAssets.pagesCSS, PageAssets.screenCSS] {
            #expect(String(decoding: sheet.bytes, as: UTF8.self).contains("\"Hall Mongolian\""))
        }
        #expect(PageFont.sheet.contains("\"Hall Mongolian\"") && pagePolicy(framers: []).contains("font-src 'self'"))
        try await Application(router: router).test(.router) { client in
            for page in ["/r/CODE", "/screen/w3", "/c"] {
                let shown = try await client.execute(uri: page, method: .get)
                #expect(String(buffer: shown.body).contains(PageFont.link), "\(page)")
            }
            let sheet = try await client.execute(uri: PageFont.sheetPath, method: .get)
            #expect(
                sheet.headers[.contentType] == "text/css; charset=utf-8" && String(buffer: sheet.body) == PageFont.sheet
            )
            let answer = try await client.execute(uri: PageFont.path, method: .get)
            #expect(answer.status == .ok && answer.headers[.contentType] == "font/ttf")
            #expect(Array(buffer: answer.body) == Self.bytes)
            let tag = try #require(answer.headers[.eTag])
            let again = try await client.execute(uri: PageFont.path, method: .get, headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
        }
    }

    @Test func aHallWithoutOneHasNone() async throws {
        #expect(try await ask(FakeHall(), PageFont.path).status == .notFound)
        #expect(try await !ask(FakeHall(), "/r/CODE").text.contains("/fonts/"))
    }
}

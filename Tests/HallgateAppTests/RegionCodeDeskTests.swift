// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import Foundation
import HallAPI
import HallgateTesting
import OperatorAPI
import RatingModel
import Testing

@testable import HallgateApp
@testable import StandInRegion

/// A hall that shows its region's own codes, with the region.
@Suite(.timeLimit(.minutes(3))) struct RegionCodeDeskTests {
    private func run(
        _ qr: (StandInRegion) -> String, where change: (inout StandInRegionConfiguration) -> Void = { _ in },
        _ body: (ScreenWatcher, StandInRegion) async throws -> Void
    ) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "codes-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let screens = try ScreenWatcher.stanza(in: directory)
        try await HallWithRegion.run(showing: { "pages: {qr: {\(qr($0))}, \(screens)}" }, where: change) { both in
            try await body(ScreenWatcher(gateway: both.hall.gateway), both.region)
        }
    }

    /// A phone rates at the region's page.
    private func rate(_ project: String, at region: StandInRegion) async throws {
        let form = "projectNo=\(project)&serviceNumber=1&satisfaction=2&evalDetail=214&writingEvaluation="
        let phone = try RunningProgram(
            ["curl", "-sSk", "--fail", "-d", form, region.url("/evaluate")], output: "/dev/null")
        #expect(await eventually { phone.reaped() == 0 })
    }

    @Test func `the region is asked for the code, and the screen says thanks once it was rated there`() async throws {
        try await run { _ in
            "source: region-call, ask_rated: 1s"
        } _: { screen, region in
            let session = try await screen.open("P1")
            let address = region.url("/evaluate?c=P1&s=1")
            #expect(try await screen.comes { $0.kind == .prompt && $0.codeText == address })
            // The region has said once that it was not rated before anybody rates.
            #expect(await eventually { (try? await region.counts().requests["rated"] ?? 0) ?? 0 > 0 })
            try await rate("P1", at: region)
            #expect(try await screen.comes { $0.kind == .thanks && $0.codeText == nil })
            #expect(try await screen.result(session) == .answered)
            let records = try await screen.records()
            #expect(records.ratings == 0 && records.missing == 0, "nothing was pressed here")
        }
    }

    @Test func `a picture that the region gives is shown as it came`() async throws {
        try await run { _ in
            "source: region-call, ask_rated: 1s"
        } where: {
            $0.drawsCodes = true
        } _: { screen, region in
            _ = try await screen.open("P1")
            #expect(try await screen.comes { $0.kind == .prompt && $0.codeImage != nil })
            let scene = try #require(try await screen.scene())
            #expect(scene.codeText == nil && scene.codeImage?.form == .png && scene.remainingSeconds != nil)
            let picture = await screen.gateway.hall.regionCodes.picture
            #expect(picture?.drawsCodes == true && picture?.tally.given == 1 && picture?.troubles.isEmpty == true)
            var settings = PagesSettings()
            #expect(picture?.warnings(settings).isEmpty == true)
            settings.showsOnPads = true
            #expect(picture?.warnings(settings).map(\.code) == ["code.pictures-not-on-pads"])
        }
    }

    @Test func `a window whose code the site lacks is told of`() async throws {
        try await run { _ in
            "source: region-call"
        } _: { screen, _ in
            _ = try await screen.open(nil)
            let regionCodes = await screen.gateway.hall.regionCodes
            #expect(await eventually { await regionCodes.picture?.placesWithout == [WindowID("W3")] })
            let picture = try #require(await regionCodes.picture)
            #expect(picture.troubles.map(\.code) == ["code.not-imported"] && picture.shown.placesWithout == ["W3"])
            #expect(picture.troubles.first?.message.chinese.contains("窗口 W3") == true)
        }
    }

    @Test func `a case that was rated before is asked for, and not thanked for`() async throws {
        try await run {
            "source: region-template, template: '\($0.url("/evaluate?c={case}"))', ask_rated: 1s"
        } _: {
            screen, region in
            try await rate("P2", at: region)
            let session = try await screen.open("P2")
            #expect(await eventually { (try? await region.counts().requests["rated"] ?? 0) ?? 0 > 0 })
            try await Task.sleep(for: .seconds(2))
            let scene = try await screen.scene()
            #expect(scene?.kind == .prompt && scene?.codeText == region.url("/evaluate?c=P2"))
            #expect(try await screen.result(session) == .waiting)
        }
    }

    @Test func `while the region is away the screen asks without a code, and has it afterwards`() async throws {
        try await run { _ in
            "source: region-call"
        } _: { screen, region in
            await region.inject(try FaultRule("status:503"))
            let session = try await screen.open("P3")
            #expect(try await screen.comes { $0.kind == .prompt })
            #expect(try await screen.scene()?.codeText == nil)
            await region.clearFaults()
            #expect(try await screen.comes { $0.codeText == region.url("/evaluate?c=P3&s=1") })
            #expect(try await screen.result(session) == .waiting)
            #expect(try await region.counts().requests["rated"] == nil, "which nobody wanted to know")
        }
    }

    @Test(arguments: [
        ("https://r.example/a?b=1", true), ("HTTP://r.example", true), ("weixin://dl/x", false), ("", false),
        ("data:image/png;base64,AAAA", false), ("iVBORw0KGgo=", false), ("https://r.example/a b", false),
        ("https://r.example/\u{7}", false), ("https://r.example/号", false),
        ("https://" + String(repeating: "a", count: 505), false),
    ]) func `only an address is shown`(_ text: String, _ isShown: Bool) {
        #expect(RegionCodeDesk.isAddress(text) == isShown)
    }
}

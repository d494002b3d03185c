// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import HallgateTesting
import RatingModel
import Testing
import UplinkAPI

@testable import RegionProfiles

@Suite struct ProfileReadingTests {
    @Test func whatShipsHasNoMistake() {
        let names = ["national", "plain", "shandong-style", "zhejiang-style", "fujian-style", "neimenggu"]
        #expect(RegionProfile.all.map(\.name) == names)
        for (name, bytes) in RegionProfile.sources {
            let outcome = RegionProfile.read(text: String(decoding: bytes, as: UTF8.self), name: name)
            #expect(outcome.diagnostics.map(\.description) == [], "\(name)")
            #expect(outcome.value.name + ".yaml" == name)
        }
    }

    @Test func onlyWhatCouldNotBeReadIsUnverified() {
        #expect(RegionProfile.all.filter { !$0.isVerified }.map(\.name) == ["neimenggu"])
        #expect(
            stanza("profile: neimenggu\nsite: {areaCode: 150121, deptCode: X}").0 == [
                "s:1:10: warning: nobody has checked the profile neimenggu against the region's interface (have it checked by the region, then keep it as a file of your own with 'verified: true')"
            ])
    }

    @Test func everyMistakeOfAProfileHasItsPlace() {
        let text = """
            profile: own
            version: "1"
            verified: yes
            levels: 6-is-best
            chanels: {terminal: 5}
            site: [{name: area}]
            record: {time: yyyy-mm-DD}
            fields:
              - {name: a b, from: id}
              - {name: b, from: nothing}
              - {name: c, from: site.zone}
              - {name: d, from: text, number: true}
              - {name: e, from: id, absent: maybe}
            calls:
              evaluate: {body: '{"x":"${nothing}","y":"${site.mark}"}'}
            answers:
              success: [{path: ok}]
              each: {list: results}
            sealing: {records: each}
            unbound: drop
            """
        let lines = RegionProfile.read(text: text, name: "p").diagnostics.map { "\($0.mark)" }
        #expect(
            lines == [
                "p:3:11", "p:4:9", "p:5:1", "p:7:16", "p:9:12", "p:10:21", "p:11:21", "p:12:35", "p:13:33", "p:15:3",
                "p:15:20", "p:17:13", "p:18:9", "p:19:10", "p:20:10",
            ])
    }

    @Test(arguments: [
        ("unbound: plain", "demands a case"), ("on_unknown: query", "cannot be asked"), ("case: push", "takes no case"),
        ("late_after: 1h", "no call for late ratings"), ("invitation_after: 30m", "no call for invitations"),
        ("dedupe: nothing", "would count twice"),
        ("batch: 501", "out of range"), ("reasonless_bad: invent", "not known here"), ("site: {x: y}", "unknown key"),
        ("reasonless_statement: \"\(String(repeating: "x", count: 151))\"", "more than 150"),
    ]) func termsThatCannotBeTrueTogetherAreMistakes(_ line: String, _ words: String) {
        let base = "profile: zhejiang-style\n"
        let site = line.hasPrefix("site") ? "" : "site: {areaCode: 330100, deptCode: X}\n"
        let (lines, _) = stanza(base + site + line)
        #expect(lines.contains { $0.contains(words) }, "\(lines)")
    }

    @Test func invitationsAreMadeOnlyWhereTheSiteSaysSo() {
        #expect(stanza("profile: plain").1.limits.invitationWait == nil)
        let (lines, settings) = stanza("profile: plain\ninvitation_after: 30m")
        #expect(lines == [] && settings.limits.invitationWait == .seconds(1800))
        #expect(RegionProfile.all.allSatisfy { $0.terms.invitationAfter == nil }, "nothing ships with it")
    }

    @Test func aCallForInvitationsSaysWhichCaseTheyAreAbout() {
        let base = """
            profile: own
            version: "1"
            verified: yes
            levels: 5-is-best
            channels: {terminal: 5}
            fields: [{name: a, from: id}]
            answers: {success: [{path: ok, is: true}]}

            """
        let (evaluate, fields) = ("evaluate: {body: '${records}'}", "invitation_fields: [{name: p, from: project}]")
        for (lines, words) in [
            ("calls: {\(evaluate), invitation: {body: '${records}'}}", "which case"),
            ("\(fields)\ncalls: {\(evaluate), invitation: {path: x}}", "carries none"),
            ("\(fields)\ncalls: {\(evaluate)}", "hands invitations"),
            ("invitation_fields: [{name: p, from: level}]\ncalls: {\(evaluate)}", "level"),
        ] {
            let found = RegionProfile.read(text: base + lines, name: "p").diagnostics.map(\.description)
            #expect(found.contains { $0.contains(words) }, "\(words): \(found)")
        }
    }

    @Test func aSiteSaysWhatTheProfileAsksFor() {
        let (lines, settings) = stanza(
            "profile: zhejiang-style\nsite: {areaCode: 330100, deptCode: D, projectType: 承诺件}\non_unknown: hold")
        #expect(lines == [])
        #expect(settings.site == ["areaCode": "330100000000", "deptCode": "D", "projectType": "1"])
        #expect(settings.onUnknown == .hold)
        let (missing, _) = stanza("profile: zhejiang-style")
        #expect(missing.count == 1 && missing[0].contains("areaCode, deptCode"), "\(missing)")
        let (keys, _) = stanza("profile: shandong-style\nsite: {areaCode: 1, deptCode: D, appMark: M}")
        #expect(keys.count == 2 && keys.allSatisfy { $0.contains("there is no key") }, "\(keys)")
    }

    @Test func aSiteHasCodesOfChannelsThatTheProfileLacks() throws {
        let office = UplinkSamples.outgoing(1, level: .satisfied, channel: .paper)
        #expect(!stanza("profile: national").1.coding(zone: .china).canState(office))
        let (lines, settings) = stanza("profile: national\nchannels: {paper: 8, qr: 33}")
        #expect(lines == [])
        let coding = settings.coding(zone: .china)
        #expect(coding.canState(office) && coding.channel(of: office) == "8")
        let call = try coding.call(handingOver: [office], access: RegionAccess(now: UplinkSamples.moment.wall))
        #expect(String(decoding: call.body, as: UTF8.self).contains(#""pf":"8""#))
        #expect(settings.profile.channels[.qrCode] == "33" && settings.profile.channels[.terminal] == "5")
        #expect(RegionProfile.national.channels[.paper] == nil, "what ships is as it was")
        let (mistakes, _) = stanza("profile: national\nchannels: {papers: 8}")
        #expect(mistakes.count == 1 && mistakes[0].contains("unknown key 'papers'"), "\(mistakes)")
    }

    @Test(
        arguments: [
            ([], ["evaluate carries 'key'"]), (["id"], ["token carries 'secret'", "evaluate carries 'key'"]),
            (["id", "secret", "key"], []),
        ] as [([String], [String])]) func whatCallsCarryIsNamedAmongTheCredentials(
            _ named: [String], _ missing: [String]
        )
    {
        var profile = RegionProfile.national
        profile.calls.token?.headers = [.init(name: "x", value: Template(pieces: [.slot(.credential("secret"))]))]
        profile.calls.token?.body = Template(pieces: [.slot(.credential("id")), .slot(.credential("id"))])
        profile.calls.evaluate.path = Template(pieces: [.text(Array("/api?key=".utf8)), .slot(.credential("key"))])
        let outcome = ConfigurationFile.read(text: "profile: national", name: "s") { section in
            section.leave("profile")
            RegionSettings(profile: profile).check(credentials: Set(named), in: section)
        }
        let lines = outcome.diagnostics.map(\.description)
        #expect(lines.count == missing.count, "\(lines)")
        for words in missing {
            let parts = words.split(separator: " ")
            #expect(lines.contains { $0.contains("calls.\(parts[0]) ") && $0.contains("\(parts[2])") }, "\(lines)")
        }
    }

    private func stanza(_ text: String) -> ([String], RegionSettings) {
        let outcome = ConfigurationFile.read(text: text, name: "s") { RegionSettings.read($0) }
        return (outcome.diagnostics.map(\.description), outcome.value)
    }
}

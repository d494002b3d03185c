// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import GatewayHealth
import JournalAPI
import OperatorAPI
import RatingModel
import Testing

private let boot = BootID("11111111-1111-4111-8111-111111111111")

private func moment(_ seconds: Int64) -> CaptureTime {
    CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 1_790_000_000_000 + seconds * 1000),
        monotonic: MonotonicInstant(nanoseconds: seconds * 1_000_000_000), boot: boot, isWallTrusted: true)
}

private func picture(_ change: (inout HealthPicture) -> Void = { _ in }) -> HealthPicture {
    var picture = HealthPicture(
        version: "0.1.0", hall: "大厅", startedAt: moment(0), now: moment(300),
        journal: JournalStatus(
            lastSequence: 12, chainHead: "sha256:00", bytesOnDisk: 4096, trouble: nil, recoveredFrom: nil),
        devices: [],
        uplinks: [
            UplinkPicture(
                name: UplinkName("region"), state: .idle, conservation: Conservation(recorded: 9, delivered: 9),
                lastAnswerAt: moment(299).monotonic, lastFailure: nil)
        ],
        missingPresses: [:], conflicts: 0, faults: [])
    change(&picture)
    return picture
}

private func codes(_ change: (inout HealthPicture) -> Void) -> [String] {
    HealthAssessment().assess(picture(change)).troubles.map(\.code)
}

@Suite struct HealthAssessmentTests {
    @Test func aQuietHallIsWell() {
        let status = HealthAssessment().assess(picture())
        #expect(status.isWell)
        #expect(status.uplinks.first?.secondsSinceAnswer == 1)
        #expect(status.uplinks.first?.isConserved == true)
    }

    @Test func workWithoutAnAnswerIsATroubleWhateverTheForwarderSays() {
        let refused = GatewayError(
            "uplink.not-connected", LocalText("no connection", "无法连接"), hint: LocalText("check the line", "请检查线路"))
        #expect(
            codes {
                $0.uplinks[0].conservation = Conservation(recorded: 9, pending: 2, delivered: 7)
                $0.uplinks[0].lastAnswerAt = moment(200).monotonic
                $0.uplinks[0].state = .delivering
                $0.uplinks[0].lastFailure = refused
            } == ["uplink.outage"])
        #expect(
            codes {
                $0.uplinks[0].conservation = Conservation(recorded: 9, pending: 2, delivered: 7)
                $0.uplinks[0].lastAnswerAt = nil
                $0.uplinks[0].state = .outage
            } == ["uplink.outage"])
    }

    @Test func theFirstRatingAfterAQuietHourIsNoOutage() {
        #expect(
            codes {
                $0.uplinks[0].conservation = Conservation(recorded: 10, inFlight: 1, delivered: 9)
                $0.uplinks[0].lastAnswerAt = moment(0).monotonic
                $0.uplinks[0].state = .delivering
            }.isEmpty)
    }

    @Test(arguments: [
        (GatewayStatus.Device.State.absent, "device.absent"), (.silent, "device.silent"), (.ready, "device.unwell"),
        (.greeting, "device.unwell"),
    ])
    func aPadWithSomethingWrongIsSeen(_ state: GatewayStatus.Device.State, _ code: String) {
        let device = GatewayStatus.Device(
            path: "/dev/ttyUSB0", driver: "native", window: "A01", state: state, device: nil, model: nil, recorded: 0,
            refused: 0, badFrames: 0, connections: 1, detail: "the press log is full, the device refuses presses")
        let unreachable = state == .absent || state == .silent ? ["window.unreachable"] : []
        #expect(codes { $0.devices = [device] } == unreachable + [code])
    }

    @Test func aBrokenSumIsSeen() {
        #expect(
            codes { $0.uplinks[0].conservation = Conservation(recorded: 9, delivered: 8) } == ["journal.not-conserved"])
    }

    @Test func aBacklogOfAForgottenUplinkIsSeen() {
        #expect(
            codes {
                $0.uplinks[0].state = nil
                $0.uplinks[0].conservation = Conservation(recorded: 9, pending: 9)
            } == ["uplink.unconfigured"])
    }

    @Test func parkedUnknownMissingAndConflictingAreSeen() {
        #expect(
            codes {
                $0.uplinks[0].conservation = Conservation(recorded: 9, unknown: 1, delivered: 7, parked: 1)
                $0.missingPresses = [DeviceID("native-1"): 3]
                $0.conflicts = 1
            } == ["device.presses-missing", "device.presses-conflict", "uplink.parked", "uplink.unanswered"])
    }

    @Test func everyTroubleSpeaksBothLanguages() {
        let status = HealthAssessment().assess(
            picture {
                $0.conflicts = 1
                $0.journal = JournalStatus(
                    lastSequence: 1, chainHead: "", bytesOnDisk: 0, trouble: nil,
                    recoveredFrom: JournalImport(
                        setAsideAs: "damaged-1", lastGoodSequence: 1, lastGoodHead: [], importedRecords: 3,
                        unreadableRows: 1))
            })
        #expect(status.troubles.map(\.code) == ["journal.recovered", "device.presses-conflict"])
        // What conflicts may have come from anywhere, not from pads alone.
        #expect(status.troubles[1].hint.contains("ingest") && status.troubles[1].hintChinese.contains("评价码"))
        for trouble in status.troubles {
            #expect(!trouble.hint.isEmpty && !trouble.hintChinese.isEmpty && !trouble.messageChinese.isEmpty)
        }
    }
}

/// What is kept of 差评 is told of many together, and of none by itself (G9).
@Suite struct WithheldRatingTests {
    @Test func theAlarmNamesTheUplinkAndNoFigure() throws {
        let calm = HealthAssessment().assess(picture { $0.uplinks[0].withholdsBad = false })
        #expect(calm.isWell)
        let status = HealthAssessment().assess(picture { $0.uplinks[0].withholdsBad = true })
        let trouble = try #require(status.troubles.first)
        #expect(status.troubles.map(\.code) == ["uplink.bad-withheld"])
        let words = trouble.message + trouble.messageChinese
        #expect(!words.contains { $0.isNumber })
        #expect(!trouble.hint.isEmpty && !trouble.hintChinese.isEmpty)
    }

    @Test func whatWaitsForAReasonIsShownAsPending() {
        let status = HealthAssessment().assess(
            picture {
                $0.uplinks[0].conservation = Conservation(
                    recorded: 9, held: [.reasonless: 3, .unmatched: 1], pending: 2, delivered: 3)
            })
        #expect(status.uplinks[0].held == ["unmatched": 1])
        #expect(status.uplinks[0].pending == 5)
        #expect(status.uplinks[0].isConserved)
        #expect(!PrometheusText.render(status).contains("reasonless"))
    }

    @Test func invitationsAreShownBesideRatingsAndInNoneOfTheirFigures() {
        let status = HealthAssessment().assess(
            picture {
                $0.invitations = [
                    UplinkPicture(
                        name: UplinkName("region").invitations, state: .idle,
                        conservation: Conservation(recorded: 5, held: [.answerable: 2], delivered: 2, parked: 1),
                        lastAnswerAt: nil, lastFailure: nil)
                ]
            })
        #expect(status.uplinks.map(\.recorded) == [9] && status.uplinks.map(\.name) == ["region"])
        #expect(status.invitations.map(\.recorded) == [5] && status.invitations.map(\.name) == ["region"])
        #expect(status.invitations.map(\.held) == [["answerable": 2]])
        #expect(status.troubles.map(\.code) == ["uplink.parked"])
        #expect(status.troubles.first?.message.contains("1 invitations") == true)
        #expect(status.troubles.first?.messageChinese.contains("邀评") == true)
        let page = PrometheusText.render(status)
        #expect(page.contains(#"hallgate_invitations{uplink="region",state="held",reason="answerable"} 2"# + "\n"))
        #expect(page.contains(#"hallgate_ratings{uplink="region",state="recorded"} 9"# + "\n"))
    }

    /// A site that wants none any more has nothing to mend, and ratings of an uplink that is gone still are a trouble.
    @Test func invitationsThatNobodyBringsAnyMoreAreNoTrouble() {
        let waiting = Conservation(recorded: 1, pending: 1)
        let gone = { (name: UplinkName) in
            UplinkPicture(name: name, state: nil, conservation: waiting, lastAnswerAt: nil, lastFailure: nil)
        }
        #expect(codes { $0.invitations = [gone(UplinkName("region").invitations)] } == [])
        #expect(codes { $0.uplinks = [gone(UplinkName("region"))] } == ["uplink.unconfigured"])
    }
}

@Suite struct PrometheusTextTests {
    @Test func everyTermOfConservationIsASample() {
        let status = HealthAssessment().assess(
            picture {
                $0.uplinks[0].conservation = Conservation(
                    recorded: 28, held: [.unmatched: 1, .contested: 2], pending: 3, inFlight: 4, unknown: 5,
                    delivered: 6,
                    parked: 7, setAside: 0)
            })
        let page = PrometheusText.render(status)
        for line in [
            #"hallgate_ratings{uplink="region",state="recorded"} 28"#,
            #"hallgate_ratings{uplink="region",state="pending"} 3"#,
            #"hallgate_ratings{uplink="region",state="held",reason="contested"} 2"#,
            #"hallgate_uplink_conserved{uplink="region"} 1"#,
        ] {
            #expect(page.contains(line + "\n"))
        }
    }

    @Test func codesOfTheRegionAreCountedWhereTheHallShowsThem() {
        var status = HealthAssessment().assess(picture { _ in })
        #expect(!PrometheusText.render(status).contains("region_code"))
        status.regionCodes = GatewayStatus.RegionCodes(asked: 7, given: 5, placesWithout: ["", "A01"])
        let page = PrometheusText.render(status)
        for line in [
            "hallgate_region_codes_asked_total 7", "hallgate_region_codes_given_total 5",
            #"hallgate_region_code_missing{window=""} 1"#, #"hallgate_region_code_missing{window="A01"} 1"#,
        ] {
            #expect(page.contains(line + "\n"), "\(line)")
        }
    }

    @Test func labelsAreEscaped() {
        let status = HealthAssessment().assess(picture { $0.uplinks[0].name = UplinkName("a\"b\\c\nd") })
        #expect(PrometheusText.render(status).contains(#"{uplink="a\"b\\c\nd","#))
    }
}

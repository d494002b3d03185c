// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@testable import HallgateLabApp

/// The oracle is what every claim of the demo rests on: each kind of damage must be found, alone and among others.
@Suite struct OracleTests {
    private let device = "native-00000000000000a1"

    private func reference(_ number: Int) -> CaseReference {
        CaseReference(projectNumber: "DEMO\(number)", serviceNumber: "1")
    }

    private func press(_ number: Int, _ level: SatisfactionLevel = .satisfied) -> PressedFact {
        PressedFact(
            place: PressPlace(log: 0xB0, sequence: UInt64(number)), device: device, level: level,
            caseReference: reference(number))
    }

    private func arrival(
        _ number: Int, _ satisfaction: String = "4", id: String? = nil, case caseNumber: Int? = nil,
        device: String? = nil, isCompeting: Bool = false
    ) -> DeliveredFact {
        DeliveredFact(
            id: id ?? "id\(number)", place: PressPlace(log: 0xB0, sequence: UInt64(number)),
            device: device ?? self.device, satisfaction: satisfaction, caseReference: reference(caseNumber ?? number),
            isCompeting: isCompeting)
    }

    @Test func allIsWell() {
        let verdict = OracleVerdict(
            pressed: (1...100).map { press($0) }, delivered: (1...100).map { arrival($0) })
        #expect(verdict.isClean)
        #expect(verdict.pressed == 100)
        #expect(verdict.delivered == 100)
    }

    @Test(arguments: zip(SatisfactionLevel.allCases, ["5", "4", "3", "2", "1"]))
    func levelsRunAgainstTheRegionsDigits(level: SatisfactionLevel, digit: String) {
        #expect(OracleVerdict(pressed: [press(1, level)], delivered: [arrival(1, digit)]).isClean)
        for other in ["5", "4", "3", "2", "1", "", "05"] where other != digit {
            let verdict = OracleVerdict(pressed: [press(1, level)], delivered: [arrival(1, other)])
            #expect(verdict.altered == [PressPlace(log: 0xB0, sequence: 1)], "\(level) as \(other)")
        }
    }

    @Test func aLostPressIsFoundWhereverItStood() {
        for missing in 1...20 {
            let verdict = OracleVerdict(
                pressed: (1...20).map { press($0) },
                delivered: (1...20).filter { $0 != missing }.map { arrival($0) })
            #expect(verdict.lost == [PressPlace(log: 0xB0, sequence: UInt64(missing))])
            #expect(verdict.delivered == 19)
            #expect(!verdict.isClean)
        }
    }

    @Test func aPressUnderTwoIdsIsDoubled() {
        let verdict = OracleVerdict(
            pressed: [press(1), press(2)], delivered: [arrival(1), arrival(2), arrival(2, id: "another", case: 2)])
        #expect(verdict.duplicated == [PressPlace(log: 0xB0, sequence: 2)])
        #expect(verdict.lost.isEmpty)
        #expect(verdict.delivered == 2)
        #expect(!verdict.isClean)
    }

    @Test func aSecondIdIsDoubledEvenWhereTheRegionRefusedIt() {
        let verdict = OracleVerdict(
            pressed: [press(1)], delivered: [arrival(1), arrival(1, id: "another", isCompeting: true)])
        #expect(verdict.duplicated.count == 1)
    }

    @Test func aPressThatOnlyCompetedIsLost() {
        let verdict = OracleVerdict(pressed: [press(1)], delivered: [arrival(1, isCompeting: true)])
        #expect(verdict.lost.count == 1)
        #expect(verdict.delivered == 0)
    }

    @Test func anotherCaseOrDeviceIsAltered() {
        #expect(OracleVerdict(pressed: [press(1)], delivered: [arrival(1, case: 2)]).altered.count == 1)
        #expect(OracleVerdict(pressed: [press(1)], delivered: [arrival(1, device: "native-1")]).altered.count == 1)
    }

    @Test func aRatingWithoutAPressIsInvented() {
        let stranger = DeliveredFact(
            id: "stranger", place: nil, device: "", satisfaction: "5", caseReference: reference(9), isCompeting: false)
        let verdict = OracleVerdict(pressed: [press(1)], delivered: [arrival(1), arrival(2), stranger])
        #expect(verdict.invented == ["id2", "stranger"])
        #expect(!verdict.isClean)
    }

    @Test func allKindsAtOnceAreCountedApart() {
        let verdict = OracleVerdict(
            pressed: (1...4).map { press($0) },
            delivered: [arrival(1), arrival(2), arrival(2, id: "x"), arrival(3, "1"), arrival(9)])
        #expect(verdict.lost.map(\.sequence) == [4])
        #expect(verdict.duplicated.map(\.sequence) == [2])
        #expect(verdict.altered.map(\.sequence) == [3])
        #expect(verdict.invented == ["id9"])
    }

    @Test func nothingPressedAndNothingDeliveredIsClean() {
        #expect(OracleVerdict(pressed: [], delivered: []).isClean)
    }
}

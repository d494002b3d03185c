// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel
import Testing

@Suite struct HallZoneTests {
    @Test(arguments: [
        ("Asia/Shanghai", 1_772_326_800_000, "2026-03-01 09:00:00"), ("UTC", 0, "1970-01-01 00:00:00"),
        ("UTC", -1, "1969-12-31 23:59:59"), ("+08:00", 951_782_399_999, "2000-02-29 07:59:59"),
        ("-03:30", 951_782_400_000, "2000-02-28 20:30:00"), ("Asia/Urumqi", 4_107_542_399_000, "2100-03-01 05:59:59"),
    ]) func timesAreLocal(_ zone: String, _ milliseconds: Int64, _ text: String) throws {
        let zone = try #require(HallZone(zone))
        #expect(zone.text(of: WallTime(millisecondsSinceEpoch: milliseconds)) == text)
    }

    @Test func everyMomentHasAText() throws {
        let zone = try #require(HallZone("+14:00"))
        for moment in [Int64.min, .min + 1, -1, 0, .max - 1, .max] {
            #expect(!zone.text(of: WallTime(millisecondsSinceEpoch: moment)).isEmpty)
        }
        var last = ""
        for day in 0..<40_000 {
            let text = HallZone.utc.text(of: WallTime(millisecondsSinceEpoch: Int64(day) * 86_400_000))
            #expect(text > last)
            last = text
        }
        #expect(last == "2079-07-07 00:00:00")
    }

    @Test func onlyZonesThatAreKnownAreTaken() {
        for wrong in ["", "Asia", "Europe/Paris", "+8", "+08:60", "+15:00", "08:00+", "+0８:00", "+08-00"] {
            #expect(HallZone(wrong) == nil, "\(wrong)")
        }
        #expect(HallZone("+05:45")?.offsetSeconds == 20_700)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import GatewayHealth
import JournalAPI
import OperatorAPI
import RatingModel
import Testing

/// What is said of devices and of the windows they leave without a channel.
@Suite struct DeviceTroubleTests {
    private func device(
        _ state: GatewayStatus.Device.State, window: String? = "A01", places: [GatewayStatus.Device.Place]? = nil,
        abilities: GatewayStatus.Device.Abilities = .init(), health: GatewayStatus.Device.Health = .init()
    ) -> GatewayStatus.Device {
        GatewayStatus.Device(
            path: "/dev/pad", driver: "native", window: window, state: state, device: "pad-1", model: nil, recorded: 7,
            refused: 0, badFrames: 0, connections: 1, detail: nil, places: places, abilities: abilities, health: health)
    }

    private func assess(
        _ devices: [GatewayStatus.Device], codes: ShownCodes = .none, missing: [DeviceID: UInt64] = [:]
    ) -> GatewayStatus {
        let now = CaptureTime(
            wall: WallTime(millisecondsSinceEpoch: 0), monotonic: MonotonicInstant(nanoseconds: 0), boot: BootID("b"),
            isWallTrusted: true)
        return HealthAssessment().assess(
            HealthPicture(
                version: "1", hall: "", startedAt: now, now: now,
                journal: JournalStatus(
                    lastSequence: 0, chainHead: "", bytesOnDisk: 0, trouble: nil, recoveredFrom: nil),
                devices: devices, codes: codes, uplinks: [], missingPresses: missing, conflicts: 0, faults: []))
    }

    @Test func `a window whose last pad is gone has no channel left`() {
        let status = assess([device(.absent), device(.stale)])
        #expect(status.troubles.map(\.code) == ["window.unreachable", "device.absent", "device.stale"])
        #expect(status.troubles[0].hint.contains("QR") && status.troubles[0].hintChinese.contains("二维码"))
    }

    @Test func `a window with one working pad has a channel`() {
        #expect(assess([device(.absent), device(.ready)]).troubles.map(\.code) == ["device.absent"])
        #expect(assess([device(.absent, window: nil)]).troubles.map(\.code) == ["device.absent"])
    }

    @Test func `a pad that is away from its line's address leaves its window without a channel`() {
        let bus = device(
            .ready,
            places: [
                .init(address: 1, window: "A01"), .init(address: 2, window: "A02", isAbsent: true),
                .init(address: 3, window: "A03", isAbsent: true),
            ])
        let status = assess([bus, device(.ready, window: "A03")])
        #expect(status.troubles.map(\.code) == ["window.unreachable", "device.absent", "device.absent"])
        #expect(status.troubles[0].message.contains("A02"))
        #expect(PrometheusText.render(status).contains(#"hallgate_device_absent_addresses{path="/dev/pad"} 2"# + "\n"))
        #expect(status.troubles[2].message.contains("A03") && status.troubles[2].messageChinese.contains("地址 3"))
    }

    @Test func `what a pad complains of is said in both languages`() {
        var pad = device(.silent)
        (pad.detail, pad.detailChinese) = ("the device does not answer", "设备没有应答")
        let troubles = assess([pad]).troubles
        #expect(troubles[1].message.hasSuffix(": the device does not answer"))
        #expect(troubles[1].messageChinese.hasSuffix("：设备没有应答"))
        pad.state = .ready
        #expect(assess([pad]).troubles.map(\.messageChinese) == ["A01 (/dev/pad) 的评价器异常：设备没有应答"])
    }

    @Test func `a scanner is no channel`() {
        let scanner = device(.ready, abilities: .init(takesRatings: false))
        #expect(assess([device(.silent), scanner]).troubles.map(\.code) == ["window.unreachable", "device.silent"])
        #expect(
            assess([device(.absent, abilities: .init(takesRatings: false))]).troubles.map(\.code) == ["device.absent"])
    }

    @Test func `a display is a channel while it has a code to show`() {
        let display = { (state: GatewayStatus.Device.State) in
            device(state, abilities: .init(displays: true, showsCodes: true, takesRatings: false))
        }
        for codes in [ShownCodes.hall, .region] {
            #expect(assess([display(.ready)], codes: codes).isWell)
            #expect(assess([device(.silent), display(.ready)], codes: codes).troubles.map(\.code) == ["device.silent"])
            #expect(assess([device(.ready), display(.absent)], codes: codes).troubles.map(\.code) == ["device.absent"])
            #expect(
                assess([display(.absent)], codes: codes).troubles.map(\.code)
                    == ["window.unreachable", "device.absent"])
        }
        #expect(
            assess([device(.silent), display(.ready)]).troubles.map(\.code) == ["window.unreachable", "device.silent"])
    }

    @Test func `a display that does not show its code is a trouble, and no channel`() {
        let abilities = GatewayStatus.Device.Abilities(displays: true, showsCodes: true, takesRatings: false)
        let health = GatewayStatus.Device.Health(
            unshownCode: "not shown: a QR code: 150 bytes, of at most 120", unshownCodeChinese: "未显示：二维码：150 字节")
        let troubles = assess([device(.ready, abilities: abilities, health: health)], codes: .hall).troubles
        #expect(troubles.map(\.code) == ["window.unreachable", "device.code-not-shown"])
        #expect(troubles[1].message.hasSuffix(": 150 bytes, of at most 120") && troubles[1].hintChinese.contains("网址"))
        #expect(troubles[1].messageChinese == "A01 (/dev/pad) 未显示二维码：未显示：二维码：150 字节")
        // A pad with keys is reached by them.
        #expect(
            assess([device(.ready, health: health)], codes: .hall).troubles.map(\.code) == ["device.code-not-shown"])
    }

    @Test func `a tablet is a channel where it has the region's page to open`() {
        let tablet = device(.ready, abilities: .init(opensPages: true, takesRatings: false))
        #expect(assess([device(.silent), tablet], codes: .region).troubles.map(\.code) == ["device.silent"])
        #expect(
            assess([device(.silent), tablet], codes: .hall).troubles.map(\.code)
                == ["window.unreachable", "device.silent"])
    }

    @Test func `a shared line that is gone leaves every window of it without a channel`() {
        let bus = device(
            .absent, window: nil, places: [.init(address: 1, window: "A01"), .init(address: 2, window: "A02")])
        let troubles = assess([bus]).troubles
        #expect(troubles.map(\.code) == ["window.unreachable", "window.unreachable", "device.absent"])
        #expect(troubles[2].message.contains("A01…"))
    }

    @Test func `a pad with fewer keys than levels is a warning and no trouble`() {
        let status = assess([device(.ready, abilities: .init(missingLevels: ["基本满意", "非常不满意"]))])
        #expect(status.isWell)
        #expect(status.warnings.map(\.code) == ["device.few-levels"])
        #expect(status.warnings[0].message.contains("基本满意、非常不满意"))
    }

    @Test func `a stuck key is a trouble`() {
        #expect(assess([device(.ready, health: .init(isKeyStuck: true))]).troubles.map(\.code) == ["device.key-stuck"])
    }

    @Test func `missing presses stand with their device`() {
        let status = assess([device(.ready)], missing: [DeviceID("pad-1"): 3])
        #expect(status.devices[0].health.missingPresses == 3)
        #expect(PrometheusText.render(status).contains(#"hallgate_device_missing_presses{path="/dev/pad"} 3"# + "\n"))
    }

    @Test func `the counters of a line are samples by their cause`() {
        let page = PrometheusText.render(
            assess([
                device(
                    .ready,
                    health: .init(
                        secondsSinceHeard: 1.5, checksumErrors: 2, otherBadFrames: 3, resyncBytes: 4, repeats: 5,
                        supplyMillivolts: 4980))
            ]))
        for line in [
            #"hallgate_device_bad_total{path="/dev/pad",cause="checksum"} 2"#,
            #"hallgate_device_bad_total{path="/dev/pad",cause="resync_byte"} 4"#,
            #"hallgate_device_presses_total{path="/dev/pad",result="repeated"} 5"#,
            #"hallgate_device_seconds_since_heard{path="/dev/pad"} 1.5"#,
            #"hallgate_device_supply_volts{path="/dev/pad"} 4.98"#, #"hallgate_device_key_stuck{path="/dev/pad"} 0"#,
        ] { #expect(page.contains(line + "\n"), "\(line)") }
        #expect(!page.contains("hallgate_device_waiting{"))
    }
}

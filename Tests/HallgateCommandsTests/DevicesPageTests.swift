// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

@testable import HallgateCommands
import OperatorAPI
import Testing

extension GatewayStatus.Device {
    /// A pad that is well, a bus of which nothing is heard, and a pad that is gone.
    static let samples: [GatewayStatus.Device] = [
        GatewayStatus.Device(
            path: "/dev/hallgate/by-path/pci-0000:00:14.0-usb-0:1.2:1.0", driver: "native", window: "A01",
            state: .ready,
            device: "native-22b346fc5801fd6b", model: "Hallgate Virtual Pad 1.0.0", recorded: 1234, refused: 1,
            badFrames: 14, connections: 3, detail: nil,
            health: .init(
                secondsSinceHeard: 2, checksumErrors: 1, otherBadFrames: 1, resyncBytes: 12, repeats: 5,
                missingPresses: 2, waiting: 0, lifetimeCount: 99_812, supplyMillivolts: 4980)),
        GatewayStatus.Device(
            path: "/dev/ttyUSB7", driver: "queue-bus", window: nil, state: .stale, device: "bus", model: nil,
            recorded: 7, refused: 0, badFrames: 0, connections: 1, detail: nil,
            places: [
                .init(address: 1, window: "A02"), .init(address: 2, window: "A03"), .init(address: 3, window: nil),
            ],
            abilities: .init(
                thanks: "bySelf", keepsLog: false, prompts: true, displays: true, missingLevels: ["基本满意", "非常不满意"]),
            health: .init(secondsSinceHeard: 7260, isKeyStuck: true)),
        GatewayStatus.Device(
            path: "/dev/ttyUSB1", driver: "native", window: "A04", state: .absent, device: nil, model: nil, recorded: 0,
            refused: 0, badFrames: 0, connections: 0, detail: "there is no device at /dev/ttyUSB1",
            detailChinese: "/dev/ttyUSB1 没有设备"),
    ]
}

/// The pages of `hallgate devices`, line for line.
@Suite struct DevicesPageTests {
    private func console(_ locale: String, usesColor: Bool = false) -> Console {
        Console(locale: locale, usesColor: usesColor, output: { _ in }, errors: { _ in })
    }

    @Test func `the list in English`() {
        let expected = """
            window  state       heard  recorded  refused  bad  device
            A01     ready         2 s     1,234        1   14  native-22b346fc5801fd6b
              ↳ native on /dev/hallgate/by-path/pci-0000:00:14.0-usb-0:1.2:1.0
                2 presses never arrived
            A02#1   stale   2 h 1 min         7        0    0  bus
            A03#2  –#3
              ↳ queue-bus on /dev/ttyUSB7
                a key seems to be held down
            A04     absent          –         0        0    0  –
              ↳ native on /dev/ttyUSB1
                there is no device at /dev/ttyUSB1
            """
        #expect(DevicesPage(GatewayStatus.Device.samples, console("C")).text == expected)
    }

    @Test func `the list in Chinese`() {
        let expected = """
            窗口   状态             最近  已记录  被拒绝  坏帧  设备
            A01    就绪             2 秒   1,234       1    14  native-22b346fc5801fd6b
              ↳ native，/dev/hallgate/by-path/pci-0000:00:14.0-usb-0:1.2:1.0
                2 次按键从未到达
            A02#1  久无动静  2 小时 1 分       7       0     0  bus
            A03#2  –#3
              ↳ queue-bus，/dev/ttyUSB7
                疑似有按键卡住
            A04    未连接              –       0       0     0  –
              ↳ native，/dev/ttyUSB1
                /dev/ttyUSB1 没有设备
            """
        #expect(DevicesPage(GatewayStatus.Device.samples, console("zh_CN.UTF-8")).text == expected)
    }

    @Test func `the list fits a terminal of 80 columns`() {
        for locale in ["C", "zh_CN.UTF-8"] {
            let text = DevicesPage(GatewayStatus.Device.samples, console(locale)).text
            for line in text.split(separator: "\n") { #expect(displayWidth(String(line)) <= 80, "\(line)") }
        }
    }

    @Test func `an address at which nobody answers is named`() {
        var bus = GatewayStatus.Device.samples[1]
        bus.places[1].isAbsent = true
        #expect(DevicesPage([bus], console("C")).text.contains("\n    A03#2 does not answer\n"))
        #expect(DevicesPage([bus], console("zh_CN")).text.contains("\n    A03#2 没有应答\n"))
    }

    @Test func `no devices are said to be none`() {
        #expect(DevicesPage([], console("C")).text == "No devices are configured.")
    }

    @Test func `one device in English`() {
        let expected = """
            A02 A03  stale  bus
              line     queue-bus on /dev/ttyUSB7
              heard    2 h 1 min ago, opened once
              presses  7 recorded, 0 refused, 0 came again, 0 missing
              errors   0 wrong checksums, 0 other wrong frames, 0 bytes passed over
              can      says thanks by itself, too early: before the press is on disk
                       keeps no log: a press not yet on disk can be lost
                       can ask for a rating, has a display
                       cannot express 基本满意, 非常不满意
              a key seems to be held down

            Last frames
              none since the line was opened
            """
        let page = TapPage(
            path: "/dev/ttyUSB7", driver: "queue-bus", frames: [], events: [],
            cursor: TapCursor(connection: 1, frame: 0, event: 0))
        let report = DeviceReport(device: GatewayStatus.Device.samples[1], tap: page)
        #expect(DevicePage(report, console("C")).text == expected)
    }

    @Test func `what was decided about a device stands before its frames`() throws {
        let report = DeviceReport(
            device: GatewayStatus.Device.samples[0], tap: Self.tap,
            decisions: Array(StatusPageTests.decisions.prefix(1)))
        let text = DevicePage(report, console("C")).text
        let (decided, frames) = (text.firstRange(of: "Decided last\n"), text.firstRange(of: "Last frames\n"))
        #expect(try #require(decided).lowerBound < #require(frames).lowerBound)
        #expect(text.contains("  wang looked at levels on /dev/a at A01\n"))
    }

    @Test func `one device in Chinese`() {
        let expected = """
            A01  就绪  native-22b346fc5801fd6b
              线路      native，/dev/hallgate/by-path/pci-0000:00:14.0-usb-0:1.2:1.0
              型号      Hallgate Virtual Pad 1.0.0
              最近      2 秒前，打开 3 次
              按键      已记录 1,234，被拒绝 1，重复到达 5，缺失 2
              错误      校验错误 1，其他错误帧 1，跳过字节 12
              设备日志  待发 0，累计按键 99812
              供电      4.98 V
              能力      按键写入磁盘后才致谢
                        在确认之前保留按键
                        可提示评价，无显示屏
              2 次按键从未到达

            最近的帧
            """
        let report = DeviceReport(device: GatewayStatus.Device.samples[0], tap: Self.tap)
        let text = DevicePage(report, console("zh_CN.UTF-8")).text
        #expect(text.hasPrefix(expected))
        #expect(text.contains("按键 17：●\n") && text.hasSuffix("→ 00 ff"))
    }

    @Test func `bytes are wrapped, events stand behind their bytes, holes are said`() {
        var page = Self.tap
        page.missed = 4
        let lines = TapLines(console("C"), shows: [.bytes, .events]).lines(of: page).map { line in
            // The time of day depends on where the test runs.
            line.replacing(/\d\d:\d\d:\d\d\./, with: "hh:mm:ss.")
        }
        #expect(
            lines == [
                "  … 4 frames were missed",
                "  hh:mm:ss.007 ← 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d ·· ··",
                "                 ·· 00",
                "                 … and 3 bytes more",
                "  hh:mm:ss.007   press 17: ●",
                "  hh:mm:ss.012 → 00 ff",
            ])
        #expect(TapLines(console("C"), shows: .events).lines(of: page).count == 1)
    }

    static let tap = TapPage(
        path: "/dev/ttyUSB0", driver: "native",
        frames: [
            .init(
                number: 5, atMilliseconds: 7, isReceived: true,
                bytes: "00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d ·· ·· ·· 00", count: 21),
            .init(number: 6, atMilliseconds: 12, isReceived: false, bytes: "00 ff", count: 2),
        ],
        events: [.init(number: 9, atMilliseconds: 7, text: "press 17: ●", textChinese: "按键 17：●")],
        cursor: TapCursor(connection: 1, frame: 6, event: 9))

    @Test func `a trace that is recorded is in the format of traces`() {
        var trace = RecordedTrace(driver: "native", isMasked: true)
        var later = Self.tap
        later.frames = [.init(number: 7, atMilliseconds: 512, isReceived: true, bytes: "00", count: 1)]
        let text = trace.heading + trace.text(of: Self.tap) + trace.text(of: later)
        #expect(
            text == """
                # Recorded by hallgate devices.
                % driver native
                # Bytes that would tell a level are left out: ··
                < 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D ·· ·· ·· 00 # cut: 21 bytes in all
                > 00 FF
                ! wait 500ms
                < 00

                """)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

@testable import HallgateCommands
import OperatorAPI
import Testing

extension GatewayStatus {
    /// A hall with some of everything, in which two things are wrong.
    static let sample: GatewayStatus = {
        func device(_ path: String, _ window: String?, _ state: Device.State, _ name: String?, detail: String? = nil)
            -> Device
        {
            Device(
                path: path, driver: "native", window: window, state: state, device: name, model: nil,
                recorded: name == nil ? 0 : 1234, refused: 0, badFrames: name == nil ? 0 : 7, connections: 1,
                detail: detail)
        }
        return GatewayStatus(
            version: "0.1.0", hall: "土默特左旗政务服务中心", startedAtMilliseconds: 1_000_000,
            takenAtMilliseconds: 1_000_000 + 277_500_000,
            troubles: [
                Trouble(
                    code: "uplink.outage", message: "the region has not answered for 20 min",
                    messageChinese: "上级系统已 20 分钟无应答", hint: "check the line to the region", hintChinese: "请检查到上级系统的线路"),
                Trouble(
                    code: "device.absent", message: "no pad at /dev/ttyUSB1", messageChinese: "/dev/ttyUSB1 没有评价器",
                    hint: "check the cable", hintChinese: "请检查连线"),
            ],
            journal: Journal(lastSequence: 12_351, chainHead: "sha256:6e593fa88833aabbccdd", bytesOnDisk: 8_412_345),
            devices: [
                device("/dev/ttyUSB0", "A01", .ready, "PAD0001"),
                device("/dev/ttyUSB1", nil, .absent, nil, detail: "No such file\u{1B}[31m or directory"),
            ],
            uplinks: [
                Uplink(
                    name: "region", state: .outage, recorded: 12_345, held: ["unmatched": 2, "contested": 1],
                    pending: 40,
                    inFlight: 5, unknown: 0, delivered: 12_296, parked: 1, setAside: 0, isConserved: true,
                    secondsSinceAnswer: 1203.4, lastFailure: "connection refused"),
                Uplink(
                    name: "second", state: .idle, recorded: 0, held: [:], pending: 0, inFlight: 0, unknown: 0,
                    delivered: 0, parked: 0, setAside: 0, isConserved: true, secondsSinceAnswer: nil, lastFailure: nil),
            ])
    }()
}

/// The page, line for line.
struct StatusPageTests {
    @Test func anUnwellHall() {
        let expected = """
            ✗ Unwell, 2 troubles  土默特左旗政务服务中心

              the region has not answered for 20 min  uplink.outage
              → check the line to the region

              no pad at /dev/ttyUSB1  device.absent
              → check the cable

            hallgate 0.1.0, running for 3 d 5 h

            Journal
              12,351 records, 8.4 MB, head sha256:6e593fa88833…

            Uplinks
              region  outage, answered 20 min ago
                12,345 recorded = 12,296 delivered + 40 pending + 5 in flight + 1 parked + 3 held (1 contested, 2 unmatched)
                connection refused
              second  idle, no answer since the start
                nothing recorded yet

            Devices  1 ready, 1 absent
              window  line          state   device   recorded  refused  bad frames
              A01     /dev/ttyUSB0  ready   PAD0001     1,234        0           7
              –       /dev/ttyUSB1  absent  –               0        0           0
                ↳ No such file\u{FFFD}[31m or directory
            """
        #expect(StatusPage(.sample, locale: "C", usesColor: false).text == expected)
    }

    @Test func anUnwellHallInChinese() {
        let expected = """
            ✗ 异常，2 项需要处理  土默特左旗政务服务中心

              上级系统已 20 分钟无应答  uplink.outage
              → 请检查到上级系统的线路

              /dev/ttyUSB1 没有评价器  device.absent
              → 请检查连线

            hallgate 0.1.0，已运行 3 天 5 小时

            日志库
              12,351 条记录，8.4 MB，链首 sha256:6e593fa88833…

            上行链路
              region  中断，20 分前应答
                12,345 条已记录 = 12,296 已送达 + 40 待发送 + 5 在途 + 1 已搁置 + 3 暂存（1 同件竞合，2 未匹配办件）
                connection refused
              second  空闲，启动以来无应答
                尚无评价

            设备  1 就绪，1 未连接
              窗口  线路          状态    设备     已记录  被拒绝  坏帧
              A01   /dev/ttyUSB0  就绪    PAD0001   1,234       0     7
              –     /dev/ttyUSB1  未连接  –             0       0     0
                ↳ No such file\u{FFFD}[31m or directory
            """
        #expect(StatusPage(.sample, locale: "zh_CN.UTF-8", usesColor: false).text == expected)
    }

    @Test func aWellHall() {
        var status = GatewayStatus.sample
        (status.troubles, status.devices, status.uplinks, status.hall) = ([], [], [], "")
        let expected = """
            ✓ Well

            hallgate 0.1.0, running for 3 d 5 h

            Journal
              12,351 records, 8.4 MB, head sha256:6e593fa88833…

            Uplinks
              none: ratings stay in the journal

            Devices
              none configured
            """
        #expect(StatusPage(status, locale: "C", usesColor: false).text == expected)
    }

    @Test func whatWasFlaggedTodayIsShown() {
        var status = GatewayStatus.sample
        (status.troubles, status.devices, status.uplinks, status.hall) = ([], [], [], "")
        status.flagsToday = [
            .init(window: nil, counts: ["outside-hours": 1]),
            .init(window: "A01", counts: ["prompt-paused": 2, "hasty-press": 1234]),
        ]
        let english = """
            Flags today
              –        1  keys were pressed while the hall was closed
              A01  1,234  a key was pressed before anybody could read
              A01      2  the window was paused while it was asking
            """
        #expect(StatusPage(status, locale: "C", usesColor: false).text.hasSuffix("\n\n" + english))
        let chinese = """
            今日标记
              –        1  非工作时间有按键
              A01  1,234  按键过快，来不及阅读
              A01      2  邀请评价期间窗口被暂停
            """
        #expect(StatusPage(status, locale: "zh_CN", usesColor: false).text.hasSuffix("\n\n" + chinese))
    }

    /// One of each kind; the last is of a stranger with a wish to be seen.
    static let decisions: [GatewayStatus.Decision] = [
        .init(
            sequence: 9, atMilliseconds: 0, kind: .revealed, origin: .operatorSocket, user: "wang", line: "/dev/a",
            window: "A01", device: "pad"),
        .init(
            sequence: 8, atMilliseconds: 0, kind: .released, origin: .webSocket, user: "li", device: "native-1",
            count: 3),
        .init(
            sequence: 7, atMilliseconds: 0, kind: .placed, origin: .configuration, line: "/dev/b", former: "/dev/a",
            window: "A01"),
        .init(
            sequence: 6, atMilliseconds: 0, kind: .revealAllowed, origin: .operatorSocket, user: "\u{1B}[31mx", count: 0
        ),
    ]

    @Test func `decisions are shown, when, by whom and what, and never why`() {
        var status = GatewayStatus.sample
        status.decisions = Self.decisions
        let english = StatusPage(status, locale: "C", usesColor: false).text.split(separator: "\n").suffix(5)
        #expect(english.first == "Decided last")
        // The time of day depends on where the test runs.
        let texts = english.dropFirst().map { $0.replacing(/\d{4}-\d\d-\d\d \d\d:\d\d/, with: "when") }
        #expect(
            texts == [
                "  when  wang looked at levels on /dev/a at A01", "  when  li released 3 ratings of native-1",
                "  when  the configuration put /dev/b at A01, in the place of /dev/a",
                "  when  \u{FFFD}[31mx forbade levels to be shown",
            ])
        let chinese = StatusPage(status, locale: "zh_CN.UTF-8", usesColor: false).text
        #expect(chinese.contains("最近的决定\n") && chinese.contains("wang查看了 A01 的 /dev/a 上的等级\n"))
        #expect(chinese.contains("配置文件将 /dev/b 设在 A01，替换 /dev/a\n"))
    }

    @Test func aBrokenSumIsShown() {
        var status = GatewayStatus.sample
        status.uplinks[0].isConserved = false
        #expect(StatusPage(status, locale: "C", usesColor: false).text.contains("12,345 recorded ≠ 12,296 delivered"))
    }

    @Test func coloursAddNothingButColours() {
        let plain = StatusPage(.sample, locale: "C", usesColor: false).text
        let colored = StatusPage(.sample, locale: "C", usesColor: true).text
        #expect(colored.contains("\u{1B}[31m"))
        var stripped = colored
        for code in [0, 1, 2, 31, 32, 33] { stripped = stripped.replacing("\u{1B}[\(code)m", with: "") }
        #expect(stripped == plain)
    }

    @Test func figuresNobodyExpectsAreShown() {
        var status = GatewayStatus.sample
        status.startedAtMilliseconds = .min
        status.takenAtMilliseconds = .max
        status.journal = .init(lastSequence: .min, chainHead: "", bytesOnDisk: .max)
        status.uplinks[0].held = ["a": .max, "b": .max]
        status.uplinks[0].secondsSinceAnswer = .infinity
        status.uplinks[0].recorded = .max
        #expect(StatusPage(status, locale: "C", usesColor: false).text.contains("-9,223,372,036,854,775,808 records"))
    }

    @Test func widthsCountersAndAges() {
        #expect(displayWidth("综合窗口1") == 9)
        #expect(displayWidth("A–b✓") == 4)
        #expect([0, 999, 1000, 1_234_567, -1000].map { grouped($0) } == ["0", "999", "1,000", "1,234,567", "-1,000"])
        #expect(
            [0, 999, 1000, 24_700, 123_456_789].map { sizeText($0) }
                == ["0 B", "999 B", "1.0 kB", "24.7 kB", "123 MB"])
        #expect(
            [0.4, 59, 60, 3599, 3600, 3660, 86_400, 90_000, -5].map { ageText(seconds: $0, isChinese: false) }
                == ["0 s", "59 s", "1 min", "59 min", "1 h", "1 h 1 min", "1 d", "1 d 1 h", "0 s"])
    }
}

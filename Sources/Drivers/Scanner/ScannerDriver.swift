// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A scanner of bar codes and QR codes: what it reads binds the window's session, and it takes no ratings.
///
/// Scanners say nothing of themselves, so the device is taken to be there once its line is open.
public struct ScannerDriver: DeviceDriver {
    public static let name = "scanner"
    public let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false, levels: [])

    /// A code that stops in its middle, as when the plug is pulled, is given up after this time.
    private static let patience = Duration.seconds(2)

    private let settings: ScannerSettings
    private var collector: CodeCollector
    private var keys = KeyEventReader()
    private var isOpen = false
    private var isTimerSet = false
    private var actions: [DriverAction] = []

    /// Makes a driver for one connection.
    public init(_ settings: ScannerSettings) {
        self.settings = settings
        collector = CodeCollector(ending: settings.ending)
    }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened: open()
        case .received(let bytes): receive(bytes)
        case .timer(.answer):
            isTimerSet = false
            if isOpen { take(collector.fallSilent()) }
        case .command(.scan(let isOn), _): send(isOn ? settings.switchOn : settings.switchOff)
        case .timer, .recorded, .refused, .command: break
        }
        var result: [DriverAction] = []
        swap(&result, &actions)
        return result
    }

    private mutating func open() {
        self = ScannerDriver(settings)
        isOpen = true
        actions.append(
            .identified(DeviceIdentity(device: settings.device, log: nil, model: ScannerDriver.name, firmware: "")))
    }

    private mutating func send(_ bytes: [UInt8]) {
        if isOpen, !bytes.isEmpty { actions.append(.send(bytes)) }
    }

    private mutating func receive(_ bytes: [UInt8]) {
        guard isOpen else { return }
        switch settings.input {
        case .text:
            for byte in bytes { take(collector.push(byte)) }
        case .keyEvents:
            for byte in bytes {
                if let character = keys.push(byte) { take(collector.push(character)) }
            }
        case .reports(let layout):
            guard let text = layout.text(of: bytes) else {
                actions.append(.observed(.badFrame(reason: "report")))
                return
            }
            for byte in text { take(collector.push(byte)) }
        }
        if collector.isPending {
            isTimerSet = true
            let wait = settings.ending == .silence ? settings.silence : ScannerDriver.patience
            actions.append(.setTimer(.answer, after: wait))
        } else if isTimerSet {
            isTimerSet = false
            actions.append(.cancelTimer(.answer))
        }
    }

    private mutating func take(_ result: CodeCollector.Result) {
        switch result {
        case .pending: break
        case .tooLong(let count): actions.append(.observed(.garbage(bytes: count)))
        case .code(let bytes):
            do throws(CodeMistake) {
                actions.append(.scanned(try settings.code(from: bytes)))
            } catch {
                actions.append(.observed(.badFrame(reason: error.rawValue)))
            }
        }
    }
}

extension ScannerSettings.ReportLayout {
    /// The text in a report; `nil` where the report is not as described.
    func text(of report: [UInt8]) -> ArraySlice<UInt8>? {
        guard number == nil || report.first == number, report.indices.contains(lengthAt) else { return nil }
        let count = Int(report[lengthAt])
        guard textAt >= 0, textAt <= report.count, count <= report.count - textAt else { return nil }
        return report[textAt..<textAt + count]
    }
}

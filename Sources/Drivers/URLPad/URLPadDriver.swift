// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import DeviceAPI
public import RatingModel

/// A tablet that is told to open a page: the region's own, where the rating is made and from where it goes to the region.
///
/// So it takes no ratings. What a tablet answers has no public meaning and is passed over; the tablet is taken to be
/// there once its line is open.
public struct URLPadDriver: DeviceDriver {
    public static let name = "url-pad"
    public let capabilities = DeviceCapabilities(thanks: .none, keepsLog: false, prompts: false, levels: [])

    private let settings: URLPadSettings
    private var isOpen = false

    /// Makes a driver for one connection.
    public init(_ settings: URLPadSettings) { self.settings = settings }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened:
            isOpen = true
            return [
                .identified(DeviceIdentity(device: settings.device, log: nil, model: URLPadDriver.name, firmware: ""))
            ]
        case .command(let command, _) where isOpen:
            return actions(for: command)
        case .received, .timer, .recorded, .refused, .command:
            return []
        }
    }

    private func actions(for command: DeviceCommand) -> [DriverAction] {
        switch command {
        case .openPage(let address):
            do throws(PageMistake) {
                return [.send(try settings.line(opening: address))]
            } catch {
                return [.observed(.badFrame(reason: error.rawValue))]
            }
        case .cancelPrompt:
            return line(settings.close)
        case .show(.standby):
            return line(settings.standby)
        case .prompt, .pause, .resume, .showWaiting, .show, .scan, .identify, .setTime, .update, .cancelUpdate:
            return []
        }
    }

    private func line(_ template: String?) -> [DriverAction] {
        template.map { [.send(settings.bytes(of: $0))] } ?? []
    }
}

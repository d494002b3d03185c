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
    public let capabilities = DeviceCapabilities(
        thanks: .none, keepsLog: false, prompts: false, opensPages: true, levels: [])

    private let settings: URLPadSettings
    private var isOpen = false
    /// The page that the tablet was told to open on this connection; `nil` where there is none any more.
    private var page: String?
    /// Whether the tablet was told anything on this connection: before that, nobody knows what it shows.
    private var isCertain = false

    /// Makes a driver for one connection.
    public init(_ settings: URLPadSettings) { self.settings = settings }

    public mutating func handle(_ event: DriverEvent, at now: MonotonicInstant) -> [DriverAction] {
        switch event {
        case .opened:
            self = URLPadDriver(settings)
            isOpen = true
            return [
                .identified(DeviceIdentity(device: settings.device, log: nil, model: URLPadDriver.name, firmware: ""))
            ]
        case .command(.openPage(let address), _) where isOpen: return open(address)
        case .command(.closePage, _) where isOpen: return close()
        case .received, .timer, .recorded, .refused, .command:
            return []
        }
    }

    /// A page that is open stays: whoever is writing in it must not find it empty.
    private mutating func open(_ address: String) -> [DriverAction] {
        guard page != address else { return [] }
        do throws(PageMistake) {
            let line = try settings.line(opening: address)
            (page, isCertain) = (address, true)
            return [.send(line)]
        } catch {
            // Nor is the page of whoever was there before left to this citizen.
            return [.observed(.badFrame(reason: error.rawValue))] + close()
        }
    }

    /// Closed once: a tablet that is at its standby screen already is left alone.
    private mutating func close() -> [DriverAction] {
        guard page != nil || !isCertain else { return [] }
        (page, isCertain) = (nil, true)
        return [settings.close, settings.standby].compactMap { $0 }.map { .send(settings.bytes(of: $0)) }
    }
}

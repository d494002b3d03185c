// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import DeviceAPI
import GatewayHealth
import HallAPI
import RatingModel

extension DeviceScene {
    /// The commands that bring it to devices of every kind: those with a display, and tablets that open pages.
    func commands(_ settings: PagesSettings, at now: MonotonicInstant) -> [DeviceCommand] {
        switch self {
        case .nothing: return [.show(.standby), .closePage]
        case .code(let text, let until):
            let lifetime = now.duration(to: until)
            guard lifetime > .zero else { return Self.nothing.commands(settings, at: now) }
            // Tablets have no use for a code: they open the page that it leads to, where that is the region's.
            let isPage = settings.codeSource != .local && RegionSign.origin(of: text) != nil
            return [.show(.qrCode(text, lifetime: lifetime)), isPage ? .openPage(url: text) : .closePage]
        case .thanks:
            // The page says thanks itself, to whoever rated there.
            return [.show(settings.text(LocalText("Thank you for your rating", "谢谢您的评价")))]
        case .paused: return [.show(settings.text(LocalText("Service paused", "暂停服务"))), .closePage]
        }
    }
}

extension PagesSettings {
    /// A text in the language that pages begin with; what devices cannot shape is said in Chinese.
    fileprivate func text(_ text: LocalText) -> DisplayContent {
        languages.first == .english
            ? .text(text.english, language: PageLanguage.english.rawValue)
            : .text(text.chinese, language: PageLanguage.chinese.rawValue)
    }
}

extension GatewayConfiguration {
    /// Where devices show codes, `nil` standing for waiting areas: nowhere unless the site wants it.
    var displayPlaces: Set<WindowID?> {
        guard pages?.showsOnPads == true else { return [] }
        return devices.reduce(into: []) { places, device in
            guard device.driver.capabilities.showsCodes || device.driver.capabilities.opensPages else { return }
            if device.addresses.isEmpty {
                places.insert(device.window)
            } else {
                places.formUnion(device.addresses.values.map(Optional.some))
            }
        }
    }

    /// Whose codes devices show.
    var codesOnDevices: ShownCodes {
        guard let pages, pages.showsOnPads else { return .none }
        if pages.codeSource != .local { return .region }
        return pages.publicURL == nil ? .none : .hall
    }

    /// The lines of devices that can only show codes, where there are none for them to show.
    var darkDisplays: [String] {
        let codes = codesOnDevices
        return devices.filter { device in
            let abilities = device.driver.capabilities
            let isLit = codes != .none && abilities.showsCodes || codes == .region && abilities.opensPages
            return abilities.levels.isEmpty && (abilities.showsCodes || abilities.opensPages) && !isLit
        }.map(\.line.path)
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import HallAPI
import RatingModel

extension ScreenMachine.Screen {
    var place: WindowID? { window.map { WindowID($0.id) } }

    /// The displays of the devices at a place, which show codes as a screen there does.
    init(displayAt place: WindowID?) {
        self.init(
            id: "", window: place.map { HallDescription.Window(id: $0.value, name: "") }, showsStaff: false,
            rotates: place == nil)
    }
}

extension ScreenScene {
    mutating func show(_ code: ShownCode) {
        switch code {
        case .text(let text): codeText = text
        case .image(let image): codeImage = image
        }
    }
}

extension ScreenMachine.Shown {
    /// The same for a device.
    var deviceScene: DeviceScene {
        switch scene.kind {
        case .paused: return .paused
        case .thanks: return .thanks
        case .outOfService: return .nothing
        case .prompt, .idle:
            // A device draws a code from its text: of a picture it is told nothing, and asks as ever.
            guard let text = scene.codeText, let until else { return .nothing }
            return .code(text, until: until)
        }
    }

    func scene(at now: MonotonicInstant) -> ScreenScene {
        var scene = scene
        scene.remainingSeconds = until.map { now.duration(to: $0).secondsCountedUp }
        scene.wholeSeconds = whole.map { Int($0.components.seconds) }
        return scene
    }
}

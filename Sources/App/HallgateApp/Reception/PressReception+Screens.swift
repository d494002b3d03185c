// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import DeviceAPI
import RatingModel
import WindowSessions

/// Kiosk screens are told what happens at their windows; nobody at a pad waits for them.
extension PressReception {
    /// Names who is told, once there is somebody.
    func connect(screens tell: @escaping @Sendable (ScreenSign) -> Void) { screens.tell = tell }

    /// Names who says what a device's display is to show when it comes, once there is somebody.
    func connect(displays greet: @escaping @Sendable (WindowID?) async -> [DeviceCommand]) { screens.greet = greet }

    /// These windows have screens from now on.
    func watch(_ windows: Set<WindowID>) {
        screens.windows = windows
        screens.last = screens.last.filter { windows.contains($0.key) }
        tellScreens()
    }

    /// Tells what has changed at the windows with screens.
    func tellScreens() {
        guard !screens.windows.isEmpty else { return }
        let now = clock.now()
        for window in screens.windows {
            let standing = sessions.standing(at: window, now)
            let picture = WindowPicture(
                session: standing?.session, isAsking: standing?.isAsking ?? false,
                isAnswered: standing?.isAnswered ?? false, isPaused: sessions.isPaused(window),
                ticket: sessions.ticket(at: window), staff: sessions.staff(at: window, now))
            guard screens.last[window] != picture else { continue }
            screens.last[window] = picture
            screens.tell(.window(window, picture))
        }
    }

    /// The region says that a session's case was rated at its own page: pads stop asking and screens say thanks. Nothing
    /// is recorded, since no press was made here (G3).
    func answeredElsewhere(_ number: PromptNumber) async {
        guard let window = sessions.window(of: number), let standing = sessions.standing(at: window, clock.now()),
            standing.session.number == number, !standing.isAnswered
        else { return }
        if screens.windows.contains(window) { screens.tell(.answeredElsewhere(number, window)) }
        await handle(.answeredElsewhere(number))
        // The question may have run out, and the invitation wait, before the region said so.
        if let reference = standing.session.caseReference { await withdrawInvitation(of: reference) }
    }

    /// Tells that a rating is on disk, which it is whatever level it has.
    func tellScreens(_ rating: CapturedPress, of session: WindowSession?) {
        guard let session, screens.windows.contains(session.window) else { return }
        if case .rated = rating.outcome {
            screens.tell(.recorded(session.number, session.window, redeems: rating.key.isOneTime))
        }
        tellScreens()
    }
}

/// What kiosk screens were told last.
struct ScreenFeed: Sendable {
    var tell: @Sendable (ScreenSign) -> Void = { _ in }
    var greet: @Sendable (WindowID?) async -> [DeviceCommand] = { _ in [] }
    var windows: Set<WindowID> = []
    var last: [WindowID: WindowPicture] = [:]
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel
import WindowSessions

let boot = BootID("11111111-1111-4111-8111-111111111111")
let window = WindowID("A01")
let tenSeconds = Duration.seconds(10)

func moment(_ seconds: Double, boot: BootID = boot) -> CaptureTime {
    CaptureTime(
        wall: WallTime(millisecondsSinceEpoch: 1_790_000_000_000 + Int64(seconds * 1000)),
        monotonic: MonotonicInstant(nanoseconds: Int64(seconds * 1_000_000_000)), boot: boot, isWallTrusted: true)
}

func session(
    _ number: PromptNumber, at seconds: Double, window: WindowID = window, hasCase: Bool = true, staff: String? = nil,
    ticket: String? = nil
) -> WindowSession {
    WindowSession(
        number: number, window: window,
        caseReference: hasCase ? CaseReference(projectNumber: "P\(number)", serviceNumber: "1") : nil, staff: staff,
        openedAt: moment(seconds), ticket: ticket)
}

func press(
    prompt: PromptNumber? = nil, at seconds: Double?, device: String = "pad", window: WindowID? = window,
    ending: PressFacts.Ending = .rated, isOneTime: Bool = false
) -> PressFacts {
    PressFacts(
        device: DeviceID(device), prompt: prompt, window: window, pressedAt: seconds.map { moment($0) }, ending: ending,
        isOneTime: isOneTime)
}

/// A machine with one session open from a moment on.
func opened(_ session: WindowSession, at seconds: Double, policy: SessionPolicy = SessionPolicy()) -> WindowSessions {
    var sessions = WindowSessions(policy: policy)
    _ = sessions.handle(.opened(session, timeout: tenSeconds), at: moment(seconds))
    return sessions
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import HallAPI
public import RatingModel

/// What every kiosk screen shows, from what happens at the windows.
///
/// A screen at a window asks while the window's session waits for its citizen, says thanks for a moment after any rating of
/// the session that is on disk, and then goes on showing the session's code, small, until it is redeemed or the session is
/// over: a press at the pad, by whoever, must not take the citizen's own way to rate from them. All levels look the same,
/// because none is known here (G9). Displays of devices follow the same rules, with what a device can draw.
public struct ScreenMachine: Sendable {
    /// A screen.
    public struct Screen: Sendable, Hashable {
        /// Its name.
        public var id: String
        /// Where it stands; `nil` in a waiting area.
        public var window: HallDescription.Window?
        /// Whether it shows who serves.
        public var showsStaff: Bool
        /// Whether it shows a code for everybody that changes, in place of a code for each session.
        public var rotates: Bool

        /// Describes a screen.
        public init(id: String, window: HallDescription.Window?, showsStaff: Bool, rotates: Bool) {
            self.id = id
            self.window = window
            self.showsStaff = showsStaff
            self.rotates = rotates
        }
    }

    /// The times by which screens change.
    public struct Times: Sendable, Hashable {
        /// How long a session is asked for on a screen.
        public var prompt: Duration
        /// How long thanks are said.
        public var thanks: Duration
        /// How often a code for everybody changes.
        public var rotation: Duration

        /// Takes the times.
        public init(prompt: Duration, thanks: Duration, rotation: Duration) {
            self.prompt = prompt
            self.thanks = thanks
            self.rotation = rotation
        }
    }

    /// What a code is to be made for.
    public enum Purpose: Sendable, Hashable {
        /// One rating of this session.
        case session(WindowSession)
        /// Everybody at a window, or in the hall.
        case everybody(WindowID?)
    }

    /// What is to be done.
    public enum Action: Sendable, Hashable {
        /// Make a code and say so with ``minted(_:code:at:)``.
        case mint(Purpose)
        /// Show a scene on a screen.
        case show(String, ScreenScene)
        /// Show a scene on the displays of a window's devices, or of those in waiting areas.
        case display(WindowID?, DeviceScene)
    }

    /// The times; they may change at any moment.
    public var times: Times
    /// Where devices show codes: windows, and `nil` for waiting areas.
    public private(set) var displays: Set<WindowID?> = []
    private var screens: [String: Screen] = [:]
    private var windows: [WindowID: Window] = [:]
    private var rotating: [WindowID?: Rotating] = [:]
    private var canRecord = true
    /// What each screen was shown last, without the seconds that remain.
    private var shown: [String: Shown] = [:]
    /// What the displays of devices were shown last.
    private var displayed: [WindowID?: DeviceScene] = [:]

    struct Window: Sendable {
        var picture: WindowPicture
        var askedUntil: MonotonicInstant
        /// How long it is asked in all.
        var askedFor = Duration.zero
        var thanksUntil: MonotonicInstant?
        var code: ShownCode?
        var isRedeemed = false
    }

    private struct Rotating {
        var code: ShownCode?
        var changesAt: MonotonicInstant
        var isBeingMade: Bool
        var lasts = Duration.zero
    }

    /// What a screen shows, with the moment of its next change in place of the seconds until then.
    struct Shown: Hashable {
        var scene: ScreenScene
        var until: MonotonicInstant?
        var whole: Duration?
    }

    /// Starts without screens.
    public init(times: Times) { self.times = times }

    // MARK: Events

    /// These are the screens there are from now on, and the places whose devices show codes.
    public mutating func apply(
        _ screens: [Screen], displays: Set<WindowID?> = [], at now: MonotonicInstant
    ) -> [Action] {
        self.screens = Dictionary(screens.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        shown = shown.filter { self.screens[$0.key] != nil }
        let gone = displayed.filter { !displays.contains($0.key) && $0.value != .nothing }.keys
        self.displays = displays
        displayed = displayed.filter { displays.contains($0.key) }
        rotating = rotating.filter { rotatingPlaces.contains($0.key) }
        return gone.sorted(by: Self.isBefore).map { .display($0, .nothing) } + update(at: now)
    }

    /// Makes every code anew that is being shown, as after a change of the key they were made with.
    public mutating func renewCodes(at now: MonotonicInstant) -> [Action] {
        let sessions = windows.values.compactMap { window in
            window.code != nil && !window.isRedeemed && now < window.askedUntil ? window.picture.session : nil
        }
        return sessions.sorted { $0.window < $1.window }.map { .mint(.session($0)) }
            + rotatingPlaces.sorted(by: Self.isBefore).compactMap { beginRotation(at: $0, now) }
    }

    /// Whether sessions at a window have a code of their own.
    private func hasCodes(_ window: WindowID) -> Bool {
        displays.contains(window) || screens.values.contains { !$0.rotates && $0.place == window }
    }

    /// A window does this now.
    public mutating func changed(
        _ window: WindowID, to picture: WindowPicture, at now: MonotonicInstant
    ) -> [Action] {
        var mints: [Action] = []
        if let session = picture.session, session.number != windows[window]?.picture.session?.number {
            windows[window] = Window(
                picture: picture, askedUntil: now.advanced(by: times.prompt), askedFor: times.prompt)
            // What was answered before it was seen here needs no code any more.
            if !picture.isAnswered, hasCodes(window) { mints.append(.mint(.session(session))) }
        } else if windows[window] != nil {
            let wasAsking = windows[window]?.picture.isAsking == true
            windows[window]?.picture = picture
            // Asked anew, as the business system may.
            if !wasAsking, picture.isAsking {
                windows[window]?.askedUntil = now.advanced(by: times.prompt)
                windows[window]?.askedFor = times.prompt
            }
            if picture.session == nil { windows[window]?.code = nil }
        } else {
            windows[window] = Window(picture: picture, askedUntil: now)
        }
        // A code that is being made brings the scene with it.
        return mints.isEmpty ? update(at: now) : mints
    }

    /// A code was made; `nil` where none can be.
    public mutating func minted(_ purpose: Purpose, code: ShownCode?, at now: MonotonicInstant) -> [Action] {
        switch purpose {
        case .session(let session):
            if windows[session.window]?.picture.session?.number == session.number {
                windows[session.window]?.code = code
            }
        case .everybody(let window):
            guard rotating[window] != nil else { break }
            // No display of a device is trusted with a code for longer.
            let lasts = displays.contains(window) ? min(times.rotation, DeviceScene.longestCode) : times.rotation
            rotating[window] = Rotating(
                code: code, changesAt: now.advanced(by: lasts), isBeingMade: false, lasts: lasts)
        }
        return update(at: now)
    }

    /// A rating of a session is on disk; `redeems` where it came by the session's own code.
    public mutating func recorded(
        _ session: PromptNumber, at window: WindowID, redeems: Bool, at now: MonotonicInstant
    ) -> [Action] {
        guard windows[window]?.picture.session?.number == session else { return [] }
        windows[window]?.thanksUntil = now.advanced(by: times.thanks)
        if redeems { windows[window]?.isRedeemed = true }
        return update(at: now)
    }

    /// A session was answered at the region's own page: it is thanked for, and its code needs no showing any more.
    public mutating func answeredElsewhere(
        _ session: PromptNumber, at window: WindowID, at now: MonotonicInstant
    ) -> [Action] {
        recorded(session, at: window, redeems: true, at: now)
    }

    /// Time has passed; `canRecord` is whether the journal takes ratings.
    public mutating func timePassed(canRecord: Bool, at now: MonotonicInstant) -> [Action] {
        self.canRecord = canRecord
        return update(at: now)
    }

    // MARK: Scenes

    /// What a screen shows now; `nil` where there is none of that name.
    public func scene(of id: String, at now: MonotonicInstant) -> ScreenScene? {
        screens[id].map { drawn($0, at: now).scene(at: now) }
    }

    /// What the displays of the devices at a place show now; `nil` where devices show no codes.
    public func scene(onDevicesAt place: WindowID?, at now: MonotonicInstant) -> DeviceScene? {
        displays.contains(place) ? drawn(Screen(displayAt: place), at: now).deviceScene : nil
    }

    /// What changes now: codes that are due, and scenes that differ from those shown.
    private mutating func update(at now: MonotonicInstant) -> [Action] {
        var actions: [Action] = []
        let mints = rotatingPlaces.sorted(by: Self.isBefore).compactMap { place in
            rotating[place].map { $0.changesAt <= now } ?? true ? beginRotation(at: place, now) : nil
        }
        for screen in screens.values.sorted(by: { $0.id < $1.id }) {
            let next = drawn(screen, at: now)
            guard shown[screen.id] != next else { continue }
            shown[screen.id] = next
            actions.append(.show(screen.id, next.scene(at: now)))
        }
        for place in displays.sorted(by: Self.isBefore) {
            let next = drawn(Screen(displayAt: place), at: now).deviceScene
            guard displayed[place] != next else { continue }
            displayed[place] = next
            actions.append(.display(place, next))
        }
        return actions + mints
    }

    /// The places whose code is for everybody and changes.
    private var rotatingPlaces: Set<WindowID?> {
        Set(screens.values.filter(\.rotates).map(\.place)).union(displays.filter { $0 == nil })
    }

    /// Has the next code for everybody made, unless that is under way; what is shown stays until it is there.
    private mutating func beginRotation(at place: WindowID?, _ now: MonotonicInstant) -> Action? {
        let known = rotating[place]
        guard known?.isBeingMade != true else { return nil }
        rotating[place] = Rotating(
            code: known?.code, changesAt: known?.changesAt ?? now, isBeingMade: true, lasts: known?.lasts ?? .zero)
        return .mint(.everybody(place))
    }

    /// An order of places, waiting areas first.
    private static func isBefore(_ one: WindowID?, _ other: WindowID?) -> Bool {
        guard let other else { return false }
        return one.map { $0 < other } ?? true
    }

    private func drawn(_ screen: Screen, at now: MonotonicInstant) -> Shown {
        guard canRecord else { return Shown(scene: ScreenScene(kind: .outOfService, window: screen.window)) }
        let window = screen.place.flatMap { windows[$0] }
        let picture = window?.picture ?? WindowPicture()
        if picture.isPaused { return Shown(scene: ScreenScene(kind: .paused, window: screen.window)) }
        var scene = ScreenScene(kind: .idle, window: screen.window)
        scene.staff = screen.showsStaff ? picture.staff : nil
        scene.ticket = screen.place == nil ? nil : picture.ticket
        if screen.rotates {
            guard let rotating = rotating[screen.place], let code = rotating.code else { return Shown(scene: scene) }
            scene.show(code)
            return Shown(scene: scene, until: rotating.changesAt, whole: rotating.lasts)
        }
        guard let window, picture.session != nil else { return Shown(scene: scene) }
        if let thanksUntil = window.thanksUntil, now < thanksUntil {
            scene.kind = .thanks
            return Shown(scene: scene)
        }
        guard now < window.askedUntil, !window.isRedeemed else { return Shown(scene: scene) }
        scene.kind = window.thanksUntil == nil && !picture.isAnswered ? .prompt : .idle
        if let code = window.code { scene.show(code) }
        return Shown(scene: scene, until: window.askedUntil, whole: window.askedFor)
    }
}

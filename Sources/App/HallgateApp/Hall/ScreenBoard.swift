// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import CitizenDesk
import DeviceAPI
import HallAPI
import Logging
import RatingModel
import Synchronization

/// Shows scenes on kiosk screens and on the displays of devices: the wiring of ``ScreenMachine``.
actor ScreenBoard {
    /// What the board asks of the rest of the gateway.
    struct Surroundings: Sendable {
        /// Makes a code; `nil` where none can be made.
        var mint: @Sendable (ScreenMachine.Purpose) async -> ShownCode?
        /// Gives a command to the devices of a window, or to those of waiting areas.
        var command: @Sendable (DeviceCommand, WindowID?) async -> Void
        /// Whether the journal takes ratings.
        var canRecord: @Sendable () async -> Bool
        /// Tries whether it would take one, where the last it was given failed.
        var tryToRecord: @Sendable () async -> Bool = { false }
        /// Is told what happens at the windows, before the screens are.
        var observe: @Sendable (ScreenSign) async -> Void = { _ in }
    }

    private struct Watcher {
        let screen: String
        let key: String
        let scenes: AsyncStream<ScreenScene>.Continuation
    }

    private let clock: any GatewayClock
    private let logger: Logger
    private var surroundings: Surroundings?
    private var machine: ScreenMachine
    private var settings: PagesSettings?
    private var watchers: [UInt64: Watcher] = [:]
    private var lastWatcher: UInt64 = 0
    /// When it was last tried whether the journal records again.
    private var triedAt: MonotonicInstant?
    private static let tryEvery = Duration.seconds(10)
    /// Watchers that nobody listens to any more.
    private let gone = Mutex<Set<UInt64>>([])

    init(clock: any GatewayClock, logger: Logger) {
        self.clock = clock
        self.logger = logger
        machine = ScreenMachine(times: PagesSettings().screenTimes)
    }

    private var now: MonotonicInstant { clock.now().monotonic }

    // MARK: Configuration

    func connect(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Takes the screens of a configuration; whoever watches one that is gone, or shows a key that fits no more, is let go.
    func apply(_ configuration: GatewayConfiguration) async {
        let settings = configuration.pages
        self.settings = settings
        machine.times = (settings ?? PagesSettings()).screenTimes
        for watcher in watchers.values where !fits(watcher.key, of: watcher.screen) { watcher.scenes.finish() }
        let names = Dictionary(configuration.windows.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let screens = (settings?.screens ?? []).map { screen in
            ScreenMachine.Screen(
                id: screen.id,
                window: screen.window.map { HallDescription.Window(id: $0.value, name: names[$0] ?? $0.value) },
                showsStaff: screen.showsStaff, rotates: screen.rotates)
        }
        await carryOut(machine.apply(screens, displays: configuration.displayPlaces, at: now))
    }

    /// Makes the codes anew that are being shown: the key they were made with may count no more.
    func renewCodes() async {
        // The region's own are not made here.
        if settings?.codeSource == .local { await carryOut(machine.renewCodes(at: now)) }
    }

    /// The windows whose sessions are to be told to the board.
    var windows: Set<WindowID> {
        Set(machine.displays.compactMap { $0 }).union((settings?.screens ?? []).compactMap(\.window))
    }

    // MARK: What happens

    func take(_ sign: ScreenSign) async {
        await surroundings?.observe(sign)
        switch sign {
        case .window(let window, let picture): await carryOut(machine.changed(window, to: picture, at: now))
        case .recorded(let session, let window, let redeems):
            await carryOut(machine.recorded(session, at: window, redeems: redeems, at: now))
        case .answeredElsewhere(let session, let window):
            await carryOut(machine.answeredElsewhere(session, at: window, at: now))
        }
    }

    /// A session's code came later than its session.
    func show(_ code: ShownCode, of session: WindowSession) async {
        await carryOut(machine.minted(.session(session), code: code, at: now))
    }

    /// What a device that just came to a place is to show, a code for as long as it still runs.
    func greeting(at place: WindowID?) -> [DeviceCommand] {
        machine.scene(onDevicesAt: place, at: now)?.commands(settings ?? PagesSettings(), at: now) ?? []
    }

    /// Looks whether time changes what is shown.
    func tick() async {
        guard settings?.screens.isEmpty == false || !machine.displays.isEmpty, let surroundings else { return }
        var canRecord = await surroundings.canRecord()
        // Screens that ask nobody bring no rating whose commit would show that the trouble is over: it is tried.
        if !canRecord, triedAt.map({ $0.duration(to: now) >= Self.tryEvery }) ?? true {
            triedAt = now
            canRecord = await surroundings.tryToRecord()
        }
        await carryOut(machine.timePassed(canRecord: canRecord, at: now))
    }

    private func carryOut(_ actions: [ScreenMachine.Action]) async {
        var actions = actions[...]
        while let action = actions.popFirst() {
            switch action {
            case .mint(let purpose):
                let code = await surroundings?.mint(purpose)
                actions += machine.minted(purpose, code: code, at: now)
            case .show(let screen, _):
                // Something may have happened while a code was made: what is shown is what is true now.
                guard let scene = machine.scene(of: screen, at: now) else { continue }
                for watcher in watchers.values where watcher.screen == screen { watcher.scenes.yield(scene) }
            case .display(let place, _):
                // A place whose devices show codes no more is cleared.
                let scene = machine.scene(onDevicesAt: place, at: now) ?? .nothing
                for command in scene.commands(settings ?? PagesSettings(), at: now) {
                    await surroundings?.command(command, place)
                }
            }
        }
    }

    // MARK: Watching

    /// The scenes of a screen, the present one first; of those that nobody took the newest is kept.
    func watch(_ request: ScreenRequest) throws(GatewayError) -> AsyncStream<ScreenScene> {
        guard fits(request.key, of: request.screen), let scene = machine.scene(of: request.screen, at: now) else {
            throw .unknownScreen
        }
        let (scenes, continuation) = AsyncStream.makeStream(of: ScreenScene.self, bufferingPolicy: .bufferingNewest(1))
        lastWatcher += 1
        let number = lastWatcher
        continuation.onTermination = { [self] _ in gone.withLock { _ = $0.insert(number) } }
        // Those that went make room; there are never more than the web process may have, and those that came since.
        let ended = gone.withLock { gone in
            defer { gone = [] }
            return gone
        }
        watchers = watchers.filter { !ended.contains($0.key) }
        watchers[number] = Watcher(screen: request.screen, key: request.key, scenes: continuation)
        continuation.yield(scene)
        return scenes
    }

    private func fits(_ key: String, of screen: String) -> Bool {
        guard let file = settings?.screens.first(where: { $0.id == screen })?.keyFile else { return false }
        return PadChannelKey.fits(key, file: file, of: "screen", screen, logger: logger)
    }
}

/// Something that happened at a window with a screen.
enum ScreenSign: Sendable {
    /// The window does this now.
    case window(WindowID, WindowPicture)
    /// A rating of its session is on disk.
    case recorded(PromptNumber, WindowID, redeems: Bool)
    /// Its session was answered at the region's own page.
    case answeredElsewhere(PromptNumber, WindowID)
}

extension PagesSettings {
    fileprivate var screenTimes: ScreenMachine.Times {
        ScreenMachine.Times(prompt: showCodeFor, thanks: thanksFor, rotation: rotateEvery)
    }
}

extension GatewayError {
    fileprivate static let unknownScreen = GatewayError(
        "screen.unknown", LocalText("no screen of this name has this key", "没有使用该名称和密钥的屏幕"),
        hint: LocalText(
            "compare the screen's settings with 'id' and 'key_file' under 'pages.screens'",
            "请将屏幕的设置与 pages.screens 中的 id 和 key_file 核对"))
}

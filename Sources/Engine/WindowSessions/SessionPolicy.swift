// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// The times and limits by which windows are served.
public struct SessionPolicy: Sendable, Hashable {
    /// How long a citizen can correct a press by another one on the same device.
    public var correctionWindow: Duration
    /// Presses without a session closer together than this on one device are marked as repeats.
    public var repeatInterval: Duration
    /// How long after a prompt ran out a press still belongs to its session, where no other ticket is called before.
    public var latePress: Duration
    /// How long a member of staff stays known at a window without signing in again.
    public var staffExpiry: Duration
    /// How long a pad may take to report a timeout itself before the session is recorded as not answered.
    public var timeoutGrace: Duration
    /// How long the gateway may be away and still take up what the windows were doing.
    public var restartGrace: Duration

    /// Most tickets suspended at a window.
    public static let suspendedTickets = 5
    /// How many finished sessions of a window are remembered for whoever asks how they ended.
    public static let finishedSessions = 8
    /// Most devices whose last press without a session is remembered.
    public static let unboundDevices = 1024

    /// Takes the times; by default 5 s, 5 s, 10 min, 12 h, 5 s and 1 min.
    public init(
        correctionWindow: Duration = .seconds(5), repeatInterval: Duration = .seconds(5),
        latePress: Duration = .seconds(600), staffExpiry: Duration = .seconds(12 * 3600),
        timeoutGrace: Duration = .seconds(5), restartGrace: Duration = .seconds(60)
    ) {
        self.correctionWindow = correctionWindow
        self.repeatInterval = repeatInterval
        self.latePress = latePress
        self.staffExpiry = staffExpiry
        self.timeoutGrace = timeoutGrace
        self.restartGrace = restartGrace
    }
}

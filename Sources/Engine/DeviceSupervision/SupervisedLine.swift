// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import RatingModel

/// What the supervision holds for one line; it belongs to the actor and never leaves it.
final class SupervisedLine {
    /// Unique for the life of the daemon, also where a reload puts another line on the same path.
    let number: Int
    var assignment: DeviceAssignment
    var state: LineState
    var backoff = ReopenBackoff()
    /// The open line, if any.
    var connection: (any DeviceConnection)?
    /// The node or address that is open or being opened.
    var openedPath: String?
    /// Raised when the line is worth another try at once.
    var again = Latch()
    /// When the output that is being dealt with was taken; `nil` between outputs.
    var inHandSince: MonotonicInstant?
    /// Commands that came while the device was being greeted; they follow the greeting, so that the newest wins.
    var afterGreeting: [(command: DeviceCommand, address: BusAddress?)]?
    /// The firmware update under way, or the last one.
    var update: FirmwareJob?
    /// Raised when the line is to be given up.
    let stop = Latch()
    /// Raised when its task is through with it and its descriptor is closed.
    let finished = Latch()
    /// The line that has to be closed before this one is opened, since a line is opened exclusively.
    let predecessor: Latch?

    var path: String { assignment.line.path }

    init(_ assignment: DeviceAssignment, number: Int, predecessor: SupervisedLine?) {
        self.number = number
        self.assignment = assignment
        self.predecessor = predecessor?.finished
        state = predecessor?.state.successor() ?? LineState()
        update = predecessor?.update
    }
}

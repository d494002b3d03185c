// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// Which line each device is on, to see two lines whose devices give the same name at once.
///
/// Both lines keep working, because their presses differ by log number and refusing either would lose ratings; but one
/// of them is a copy, or two pads were made with one number, and an operator has to look. Until then the presses of the
/// one that came second are kept without a window (``DevicePlacement``).
struct IdentityRegister: Sendable {
    private var paths: [DeviceID: [String]] = [:]
    private var device: [String: DeviceID] = [:]

    /// Notes that the device on `path` calls itself `device`.
    mutating func claim(_ device: DeviceID, path: String) {
        guard self.device[path] != device else { return }
        release(path)
        self.device[path] = device
        paths[device, default: []].append(path)
    }

    /// Notes that nobody is on `path` any more.
    mutating func release(_ path: String) {
        guard let device = device.removeValue(forKey: path) else { return }
        paths[device]?.removeAll { $0 == path }
        if paths[device]?.isEmpty == true { paths[device] = nil }
    }

    /// The other lines on which the device of `path` seems to be as well.
    func others(than path: String) -> [String] {
        guard let device = device[path] else { return [] }
        return (paths[device] ?? []).filter { $0 != path }.sorted()
    }

    /// The devices that are on several lines, with the lines.
    var shared: [(device: DeviceID, paths: [String])] {
        paths.filter { $0.value.count > 1 }.map { ($0.key, $0.value.sorted()) }.sorted { $0.0 < $1.0 }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import DeviceAPI
import DeviceSupervision
import Logging
import RatingModel
import ServiceLifecycle
import UdevDiscovery

/// Tells the supervision which devices come and go.
struct DiscoveryService: Service {
    let discovery: UdevDiscovery
    let supervision: DeviceSupervision
    let logger: Logger

    func run() async throws {
        await withGracefulShutdownHandler {
            var told: Set<DiscoveredDevice> = []
            for await event in discovery.events {
                await supervision.take(event)
                let unassigned = Set(await supervision.unassigned())
                for device in unassigned.subtracting(told) { tell(device) }
                told = unassigned
            }
        } onGracefulShutdown: {
            discovery.stop()
        }
    }

    /// A device that looks like one of a hall's and that no line means is worth a line in the log, once.
    private func tell(_ device: DiscoveredDevice) {
        // What the computer itself is made of, such as its power button, is no pad.
        guard device.vendor != nil else { return }
        let drivers = DriverCatalogue.suggestions(for: device).map(\.name)
        guard !drivers.isEmpty else { return }
        var metadata: Logger.Metadata = ["node": "\(device.node)", "drivers": "\(drivers.joined(separator: " "))"]
        metadata["serial"] = device.serial.map { "\($0)" }
        metadata["port"] = device.portPath.map { "\($0)" }
        metadata["model"] = device.model.map { "\($0)" }
        logger.notice("a device that no line of the configuration means", metadata: metadata)
    }
}

/// Starts to watch for devices; `nil` where udev does not run, as in most containers: paths go on working then.
func startDiscovery(logger: Logger) -> UdevDiscovery? {
    guard UdevDiscovery.isServed else {
        logger.warning("udev does not run here: devices are opened by their paths, and none is found by a match")
        return nil
    }
    do throws(GatewayError) {
        return try UdevDiscovery()
    } catch {
        logger.warning("devices are not watched for", metadata: ["error": "\(error)"])
        return nil
    }
}

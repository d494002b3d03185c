// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
// modules: RatingModel DeviceAPI URLPad
// traces: url-pad

import DeviceAPI
import RatingModel
import URLPad

/// Tablets and the addresses they are given: whatever the address, one command makes one line.
func fuzz(_ input: [UInt8]) {
    let variant = input.first ?? 0
    var settings = URLPadSettings(
        device: DeviceID("tablet-1"), open: variant & 1 == 0 ? "OPEN {url}" : #"{"url":"{url}"}"#,
        terminator: [[0x0D, 0x0A], [0x0A], [0x3B], []][Int(variant >> 1) % 4])
    settings.close = "CLOSE"
    settings.standby = variant & 8 == 0 ? nil : "HOME"
    settings.host = variant & 16 == 0 ? nil : "region.example"
    DriverProgram.run(input, dress: { $0 }) { _ in URLPadDriver(settings) }
    checkAddress(input.dropFirst(), settings)
}

/// The whole input as an address: what goes out has the line's ending at its end and no second one, and no quote that
/// the template does not have.
private func checkAddress(_ bytes: ArraySlice<UInt8>, _ settings: URLPadSettings) {
    var driver = URLPadDriver(settings)
    let now = MonotonicInstant(nanoseconds: 0)
    _ = driver.handle(.opened(nonce: 1), at: now)
    let address = "https://" + String(decoding: bytes, as: UTF8.self)
    for action in driver.handle(.command(.openPage(url: address)), at: now) {
        guard case .send(let line) = action else { continue }
        precondition(line.suffix(settings.terminator.count) == settings.terminator[...])
        let text = line.dropLast(settings.terminator.count)
        // An address that is refused closes the page that is there.
        guard ![settings.close, settings.standby].contains(where: { $0.map { Array($0.utf8) } == Array(text) }) else {
            continue
        }
        precondition(!text.contains { $0 < 0x20 || $0 > 0x7E }, "a control character in a line")
        precondition(text.count { $0 == 0x22 } == settings.open.utf8.count { $0 == 0x22 }, "a quote in a line")
        if let end = settings.terminator.first, settings.terminator.count == 1 {
            precondition(!text.contains(end), "a line ended twice")
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Testing
import WebConfiguration

@Suite struct WebProcessSettingsTests {
    private func read(_ text: String) -> (WebProcessSettings, [Diagnostic]) {
        let outcome = ConfigurationFile.read(text: text, name: "test") { WebProcessSettings.read(in: $0) }
        return (outcome.value, outcome.diagnostics)
    }

    @Test func everyKeyIsRead() {
        let (settings, mistakes) = read(
            """
            web:
              listen: "[::]:80"
              trusted_proxies: 192.0.2.7
              limits:
                connections: 10
                connections_per_address: 2
                requests_per_second: 5
                request_burst: 6
                body_bytes: 2048
                head_time: 1s
                body_time: 2s
                idle_time: 3s
                stall_time: 4s
                drain_time: 500ms
            """)
        #expect(mistakes.isEmpty)
        #expect(settings.listen == .init(host: "::", port: 80))
        #expect(settings.trustedProxies == [AddressRange("192.0.2.7")].compactMap { $0 })
        let limits = settings.limits
        #expect(
            [limits.connections, limits.connectionsPerAddress, limits.requestBurst, limits.bodyBytes] == [
                10, 2, 6, 2048,
            ])
        #expect(limits.requestsPerSecond == 5)
        #expect([limits.headTime, limits.bodyTime, limits.idleTime, limits.stallTime] == (1...4).map { .seconds($0) })
        #expect(limits.drainTime == .milliseconds(500))
    }

    @Test(arguments: [
        "listen: host", "listen: \":80\"", "listen: a:99999", "listen: \"a b:1\"", "trusted_proxies: 10.0.0.0/40",
    ])
    func aMistakeIsSaid(_ line: String) {
        let (settings, mistakes) = read("web: {\(line)}")
        #expect(mistakes.count == 1 && mistakes[0].description.contains("test:1:"))
        #expect(settings == WebProcessSettings())
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import Glibc
import HTTPSUplink
import RatingModel
import StandInRegion
import Testing

extension LineTests {
    /// What a site proves itself with: files, or credentials that systemd hands over.
    @Suite struct CredentialTests {
        private func read(_ text: String, at now: WallTime? = nil) throws -> (HTTPSUplinkConfiguration?, [String]) {
            let path = try sharedCA.get().directory + "/uplink.yaml"
            try writeFile(path, "url: https://region.example/api\n" + text)
            let outcome = ConfigurationFile.read(path) { HTTPSUplinkConfiguration.read($0, certificatesAt: now) }
            return (outcome.value ?? nil, outcome.diagnostics.map { "\($0.mark.line):\($0.message.english)" })
        }

        @Test func namesOfTheProfileStandForFiles() throws {
            let (configuration, mistakes) = try read(
                """
                token_file: credential:region-token
                credentials:
                  app_id: /etc/hallgate/app-id
                  app_secret: credential:region-secret
                """)
            #expect(mistakes == [])
            #expect(
                configuration?.credentialFiles
                    == ["app_id": "/etc/hallgate/app-id", "app_secret": "credential:region-secret"])
            #expect(configuration?.tokenFile == "credential:region-token")
        }

        @Test func mistakesAreNamedAtTheirLines() throws {
            let (_, mistakes) = try read(
                """
                credentials:
                  app_id: credential:../shadow
                  app_secret: secret
                """)
            #expect(mistakes.count == 2)
            #expect(mistakes.first?.hasPrefix("3:app_id: systemd has no credential") == true, "\(mistakes)")
            #expect(mistakes.last?.hasPrefix("4:") == true, "\(mistakes)")
        }

        @Test func checkOpensTheFiles() throws {
            let empty = try sharedCA.get().directory + "/empty-line"
            try writeFile(empty, "\n")
            chmod(empty, 0o600)
            let now = TodayClock().now().wall
            let (_, missing) = try read("credentials: {app_id: /nowhere/at/all}", at: now)
            #expect(missing.count == 1 && missing[0].hasPrefix("2:app_id: there is no file"), "\(missing)")
            let (_, blank) = try read("credentials: {app_id: \(empty), app_secret: credential:later}", at: now)
            #expect(blank.count == 1 && blank[0].contains("holds no text"), "\(blank)")
        }

        @Test func credentialsOfSystemdAreReadFromItsDirectory() async throws {
            let directory = try sharedCA.get().directory
            try writeFile(directory + "/region-secret", "from systemd\n")
            let coding = StubCoding { $0.hasTokens = true }
            setenv("CREDENTIALS_DIRECTORY", directory, 1)
            defer { unsetenv("CREDENTIALS_DIRECTORY") }
            let change = { @Sendable (configuration: inout HTTPSUplinkConfiguration) in
                configuration.credentialFiles = ["app_secret": "credential:region-secret"]
            }
            try await StubRegion.run(coding, change) { region, uplink in
                _ = await uplink.deliver(samples(1...1))
                #expect(region.bodies(of: "/token") == ["from systemd"])
            }
            unsetenv("CREDENTIALS_DIRECTORY")
            do {
                try await StubRegion.run(coding, change) { _, _ in }
                Issue.record("a credential that is not there was read")
            } catch { #expect((error as? GatewayError)?.code == "uplink.credential") }
        }
    }
}

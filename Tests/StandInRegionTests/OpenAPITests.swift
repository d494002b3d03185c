// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import NIOPosix
import Testing

@testable import StandInRegion

@Suite struct OpenAPITests {
    /// The tree's root, seen from this file.
    private static let root = String(#filePath.dropLast("/Tests/StandInRegionTests/OpenAPITests.swift".count))

    @Test func everyDocumentedCallIsAnsweredAsDocumented() async throws {
        try await withTemporaryDirectory { directory in
            var configuration = StandInRegionConfiguration(store: directory + "/region.db")
            configuration.applications = ["hall": "right"]
            try await withStandInRegion(configuration) { region in
                let arguments = [Self.root + "/.ci/check-region-contract", region.url("")]
                let output = directory + "/out"
                let status = try await NIOThreadPool.singleton.runIfActive {
                    try runCommand("python3", arguments, output: output)
                }
                #expect(status == 0, "\(readFile(output))")
                #expect(readFile(output).contains("calls as documented"))
            }
        }
    }
}

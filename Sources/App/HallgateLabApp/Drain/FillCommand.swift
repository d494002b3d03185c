// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RatingModel

/// `hallgate-lab bench fill`: a journal with ratings that wait, for a daemon that is started on it.
struct FillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fill", abstract: "Records ratings that wait to be delivered, and prints their ids.",
        discussion: """
            One line a rating: its id and, where it is poison, that word. Poison is a rating whose case number is longer \
            than a region's field.
            """, shouldDisplay: false)

    @Option(help: "The journal's directory.") var journal: String
    @Option(help: "How many ratings.") var ratings: Int
    @Option(help: "The uplink they wait for.") var uplink = "region"
    @Option(help: "One in so many is poison; 0 for none.") var poisonEvery = 0

    func validate() throws {
        guard ratings > 0 else { throw ValidationError("--ratings takes numbers from 1") }
        guard poisonEvery >= 0 else { throw ValidationError("--poison-every takes numbers from 0") }
    }

    func run() async throws {
        do {
            try await DrainFill.fill(
                journal, ratings: ratings, for: UplinkName(uplink), poisonEvery: poisonEvery
            ) { recorded in
                print(recorded.map { "\($0.id)\($0.isPoison ? " poison" : "")" }.joined(separator: "\n"))
            }
        } catch let error as GatewayError {
            Complaint.write(error)
            throw ExitCode(1)
        }
    }
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import RatingModel

/// `hallgate-lab bench drain`.
struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "A backlog delivered over HTTPS, beside what the line could carry.",
        discussion: """
            Fills the journal of the real daemon with ratings, starts the daemon, and measures how fast they reach a \
            server on loopback that reads the ids of each batch and answers for each; the time from the first batch to \
            the last counts. Behind the last, wrk posts the batches that the server received to the same server over \
            one connection: the daemon cannot be quicker than that. The last line of the output is JSON; the exit \
            status is 0 where every rating arrived once, whatever the times.
            """)

    @Option(parsing: .upToNextOption, help: "How many ratings wait; one run each.")
    var pending = [10_000, 1_000_000]

    @Option(help: "How often each is run; the median counts.")
    var rounds = 1

    @Option(help: "Ratings in a batch.")
    var batch = Limits.batchRecords

    @Option(help: "Seconds of wrk; 0 leaves it out.")
    var ceilingSeconds = 5

    @Option(help: "The daemon's log is copied to this file.")
    var keepLog: String?

    @Flag(help: "Print the JSON line alone.")
    var json = false

    func validate() throws {
        guard !pending.isEmpty, pending.allSatisfy({ (1...100_000_000).contains($0) }) else {
            throw ValidationError("--pending takes numbers from 1")
        }
        guard (1...100).contains(rounds) else { throw ValidationError("--rounds takes 1 to 100") }
        guard (1...Limits.batchRecords).contains(batch) else {
            throw ValidationError("--batch takes 1 to \(Limits.batchRecords)")
        }
        guard (0...3600).contains(ceilingSeconds) else { throw ValidationError("--ceiling-seconds takes 0 to 3600") }
    }

    func run() async throws {
        do {
            var report = DrainReport(batch: batch)
            for amount in pending {
                for _ in 0..<rounds {
                    let isLast =
                        amount == pending.last && report.runs.count(where: { $0.pending == amount }) == rounds - 1
                    let bench = try DrainBench(pending: amount, batch: batch, programs: try Programs.beside())
                    report.runs.append(try await bench.run(ceilingSeconds: isLast ? ceilingSeconds : 0))
                    if !json, let last = report.runs.last { print(last.line) }
                }
            }
            if !json { for line in report.summary(locale: operatorLocale()) { print(line) } }
            print(report.json)
            if !report.isWell { throw ExitCode(1) }
        } catch let error as GatewayError {
            Complaint.write(error)
            throw ExitCode(1)
        }
    }
}

/// `hallgate-lab bench answer`: the far side of `bench drain`, in a process of its own.
struct AnswerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Accepts every rating as fast as it can, until its input ends.",
        shouldDisplay: false)

    @Option(help: "The server's certificate (PEM).") var certificate: String
    @Option(help: "Its key (PEM).") var key: String
    @Option(help: "The port of loopback.") var port: Int
    @Option(help: "A directory to write the first batches into, as they came.") var keep: String?
    @Option(help: "How many.") var keptBatches = 20

    func run() async throws {
        let server = try await AnsweringServer.start(
            certificate: certificate, key: key, port: port, keep: keep.map { ($0, keptBatches) })
        print("{\"event\":\"listening\",\"port\":\(port)}")
        flushOutput()
        // Any line asks for the counts; the end of the input ends the server.
        while readLine() != nil {
            print(server.counts.json)
            flushOutput()
        }
        try await server.stop()
    }
}

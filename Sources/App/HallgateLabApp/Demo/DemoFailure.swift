// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// Why a demo could not go on; the oracle counts all the same.
enum DemoFailure: Error, Hashable {
    /// The daemon ended without having been killed.
    case daemonEnded
    /// A fault of the schedule did not happen within its time.
    case faultDidNotFire(DemoFault)
    /// The daemon did not come to know the pads.
    case padsNotGreeted
    /// The daemon did not say in time that everything is delivered.
    case notAllDelivered

    /// What to tell the operator, with the end of the log that says more.
    func text(_ site: DemoSite) -> String {
        let what =
            switch self {
            case .daemonEnded: "the daemon ended by itself"
            case .faultDidNotFire(let fault): "the fault \(fault.rawValue) did not happen in time"
            case .padsNotGreeted: "the daemon did not greet all pads in time"
            case .notAllDelivered: "not everything was delivered in time"
            }
        return "\(what); the end of \(site.daemonLog):\n\(site.tail(of: site.daemonLog))"
    }
}

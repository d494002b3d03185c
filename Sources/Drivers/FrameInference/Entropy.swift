// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How many bits it takes to write values down, if how often each comes is known.
enum Entropy {
    /// The sum over all values of the negative binary logarithm of each one's share.
    static func bits<Value: Hashable>(of values: [Value]) -> Double {
        let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
        return counts.values.reduce(0) { $0 + Double($1) * (log2(values.count) - log2($1)) }
    }

    /// The binary logarithm of a positive number, to within a hundredth: enough to compare, and no library's.
    static func log2(_ number: Int) -> Double {
        guard number > 1 else { return 0 }
        let value = Double(number)
        // Between powers of two the mantissa m lies in 1..<2; the parabola through log2 at 1, 1.5 and 2 is close.
        let m = value.significand
        return Double(value.exponent) + (m - 1) * (1.34 - 0.34 * (m - 1))
    }
}

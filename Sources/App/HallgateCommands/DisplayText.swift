// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// How many columns of a terminal a text takes: Chinese characters take two (Unicode Standard Annex 11).
func displayWidth(_ text: String) -> Int {
    text.reduce(0) { $0 + ($1.unicodeScalars.first.map(isWide) == true ? 2 : 1) }
}

private let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD,
]

private func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x1100 && wideRanges.contains { $0.contains(scalar.value) }
}

/// Text in columns, each as wide as its widest cell.
struct Columns {
    /// To which side a column's cells keep.
    enum Alignment {
        case left
        case right
    }

    let alignments: [Alignment]
    private(set) var rows: [[String]] = []

    init(_ alignments: [Alignment]) { self.alignments = alignments }

    mutating func add(_ row: [String]) { rows.append(row) }

    /// The rows as lines, without spaces at their ends; empty columns are left out.
    var lines: [String] {
        let widths = alignments.indices.map { column in rows.map { displayWidth($0[column]) }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (column, cell) in row.enumerated() where widths[column] > 0 {
                let space = String(repeating: " ", count: widths[column] - displayWidth(cell))
                line += (line.isEmpty ? "" : "  ") + (alignments[column] == .left ? cell + space : space + cell)
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }
}

/// A count with its thousands apart, such as `12,345`.
func grouped(_ count: Int64) -> String {
    var digits = String(count.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits.removeLast(3)
    }
    return (count < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
}

/// A size in decimal units, such as `8.4 MB`.
func sizeText(_ bytes: Int64) -> String {
    var (value, unit) = (Double(bytes), "B")
    for next in ["kB", "MB", "GB", "TB"] where value >= 1000 { (value, unit) = (value / 1000, next) }
    let tenths = Int64((value * 10).rounded())
    return unit == "B" || tenths >= 1000 ? "\(Int64(value.rounded())) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
}

/// A length of time in its two largest units, such as `3 h 5 min`.
func ageText(seconds: Double, isChinese: Bool) -> String {
    let total = Int64(exactly: seconds.rounded(.down)).map { max(0, $0) } ?? 0
    let units: [(Int64, String, String)] = [(86_400, "d", "天"), (3600, "h", "小时"), (60, "min", "分"), (1, "s", "秒")]
    guard let largest = units.firstIndex(where: { total >= $0.0 }) else { return isChinese ? "0 秒" : "0 s" }
    let name = { (unit: (Int64, String, String)) in isChinese ? unit.2 : unit.1 }
    var text = "\(total / units[largest].0) \(name(units[largest]))"
    let rest = total % units[largest].0
    // Nobody needs the seconds of something that is minutes old.
    if largest < 2, rest / units[largest + 1].0 > 0 {
        text += " \(rest / units[largest + 1].0) \(name(units[largest + 1]))"
    }
    return text
}

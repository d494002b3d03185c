// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// The bytes of one configuration file, known to be UTF-8 and not too many.
struct SourceText: Sendable {
    /// Largest file, in bytes; a hall with 500 windows needs a tenth of it.
    static let byteLimit = 1024 * 1024

    /// The file as the operator named it.
    let file: String
    /// Which of the files that are read together it is.
    let order: Int
    /// Its bytes, without a byte order mark.
    let bytes: [UInt8]

    /// Takes a file's bytes; throws the diagnostic that keeps them from being read.
    init(file: String, order: Int, bytes: [UInt8]) throws(SourceError) {
        self.file = file
        self.order = order
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        guard bytes.count <= Self.byteLimit else {
            throw SourceError(
                Diagnostic(
                    mark(line: 0, column: 0),
                    LocalText("the file is larger than \(Self.byteLimit) bytes", "文件超过 \(Self.byteLimit) 字节"),
                    hint: LocalText("check whether this is the right file", "请确认文件是否正确")))
        }
        if let bad = firstInvalidByte() {
            throw SourceError(
                Diagnostic(
                    mark(atByte: bad), LocalText("the text is not UTF-8 from here", "从此处起不是 UTF-8 文本"),
                    hint: LocalText("save the file as UTF-8 (it may be GBK)", "请以 UTF-8 编码保存文件（可能是 GBK）")))
        }
    }

    /// A place, from a line and a column that count from 0.
    func mark(line: Int, column: Int) -> SourceMark {
        SourceMark(file: file, fileOrder: order, line: line + 1, column: column + 1)
    }

    /// The place of a byte.
    func mark(atByte offset: Int) -> SourceMark {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") }
        let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return mark(line: line, column: String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count)
    }

    /// The character that stands at a place.
    func character(at mark: SourceMark) -> Character? {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.indices.contains(mark.line - 1) else { return nil }
        let scalars = String(decoding: lines[mark.line - 1], as: UTF8.self).unicodeScalars
        return scalars.dropFirst(mark.column - 1).first.map { Character($0) }
    }

    private func firstInvalidByte() -> Int? {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var valid = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): valid += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return valid
            }
        }
    }
}

/// What keeps a file from being read as text.
struct SourceError: Error {
    let diagnostic: Diagnostic
    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

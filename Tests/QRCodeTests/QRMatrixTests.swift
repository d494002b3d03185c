// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import QRCode
import RatingModel
import Testing

@Suite struct QRMatrixTests {
    /// What zbarimg (zbar-tools) reads in an image of the symbol, four pixels a module.
    private func read(_ dark: (Int, Int) -> Bool, size: Int) throws -> String {
        let (zone, scale) = (4, 4)
        let side = (size + 2 * zone) * scale
        var image = Array("P5\n\(side) \(side)\n255\n".utf8)
        for y in 0..<side {
            for x in 0..<side { image.append(dark(x / scale - zone, y / scale - zone) ? 0 : 255) }
        }
        return try scanned(image, "pgm")
    }

    /// What zbarimg reads in the file of an image.
    private func scanned(_ image: [UInt8], _ suffix: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "qr-\(UUID()).\(suffix)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(image).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/zbarimg")
        process.arguments = ["--quiet", "--raw", "--oneshot", "-Sdisable", "-Sqrcode.enable", file.path()]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    @Test(arguments: QRMatrix.Correction.allCases) func zbarReadsTheSameText(_ correction: QRMatrix.Correction) throws {
        let address = "https://pingjia.example.gov.cn/r/"
        for text in [
            "1", "HALLGATE 2026", "土默特左旗政务服务中心", address + String(repeating: "aB3_", count: 14),
            address + String(repeating: "x-9Z", count: 24), String(repeating: "k", count: 600),
        ] {
            let matrix = try QRMatrix(text: text, correction: correction)
            #expect(try read({ matrix[$0, $1] }, size: matrix.size) == text, "version \(matrix.version)")
        }
    }

    @Test func moreCorrectionSurvivesMoreDirt() throws {
        let text = "https://pingjia.example.gov.cn/r/" + String(repeating: "aB3_", count: 14)
        let matrix = try QRMatrix(text: text, correction: .high)
        // A thumb's mark amid the symbol, a sixth of its side.
        let (from, to) = (matrix.size / 2 - matrix.size / 12, matrix.size / 2 + matrix.size / 12)
        let dirt = from..<to
        #expect(try read({ dirt.contains($0) && dirt.contains($1) || matrix[$0, $1] }, size: matrix.size) == text)
    }

    @Test func itsSizeIsTheStandards() throws {
        #expect(try QRMatrix(text: "1", correction: .high).size == 21)
        #expect(try QRMatrix(text: String(repeating: "x", count: QRMatrix.mostBytes), correction: .high).version == 40)
        let matrix = try QRMatrix(text: "hallgate")
        #expect(matrix.size == 17 + 4 * matrix.version)
        // The finder patterns, and light outside.
        for (column, row) in [(0, 0), (matrix.size - 7, 0), (0, matrix.size - 7)] {
            #expect(matrix[column, row] && matrix[column + 6, row + 6] && !matrix[column + 1, row + 1])
        }
        #expect(!matrix[-1, 0] && !matrix[0, matrix.size] && !matrix[.max, .min])
    }

    @Test func whatCannotBeEncodedIsAnError() {
        func code(_ text: String) -> String? {
            do throws(GatewayError) {
                _ = try QRMatrix(text: text, correction: .high)
                return nil
            } catch { return error.code }
        }
        #expect(code("") == "qr.empty")
        #expect(code("a\0b") == "qr.unwritable")
        #expect(code(String(repeating: "x", count: QRMatrix.mostBytes + 1)) == "qr.too-long")
        #expect(code(String(repeating: "x", count: 1 << 22)) == "qr.too-long")
    }

    @Test func thePNGIsReadAndIsAPictureThatIsShown() throws {
        let address = "https://pingjia.example.gov.cn/r/" + String(repeating: "aB3_", count: 14)
        let matrix = try QRMatrix(text: address)
        for scale in [1, 3, 4, 8] {
            let image = try CodeImage(matrix.png(pixelsPerModule: scale))
            #expect(image.form == .png && image.width == (matrix.size + 8) * scale && image.height == image.width)
            if scale >= 3 { #expect(try scanned(image.bytes, "png") == address, "\(scale)") }
        }
        let longest = try QRMatrix(text: String(repeating: "x", count: 512)).png()
        let width = try CodeImage(longest).width
        #expect(longest.count < CodeImage.mostBytes / 2 && width < 400)
    }

    @Test func theSVGHoldsTheSameModules() throws {
        let matrix = try QRMatrix(text: "https://pingjia.example.gov.cn/r/abc")
        let svg = matrix.svg(title: "A<1> & \"窗口\"\u{0}", side: "80mm")
        let document = try XMLReader.read(svg)
        #expect(document.title == "A<1> & \"窗口\"")
        #expect(document.attributes["viewBox"] == "0 0 \(matrix.size + 8) \(matrix.size + 8)")
        #expect(document.attributes["width"] == "80mm" && document.attributes["role"] == "img")
        #expect(document.paths.count == 2)
        var dark: Set<[Int]> = []
        for run in (document.paths.last ?? "").split(separator: "M") {
            let numbers = run.split { !$0.isNumber }.compactMap { Int($0) }
            let isRun = run == "\(numbers[0]) \(numbers[1])h\(numbers[2])v1h-\(numbers[2])z"
            #expect(isRun, "\(run)")
            for column in numbers[0]..<numbers[0] + numbers[2] { dark.insert([column - 4, numbers[1] - 4]) }
        }
        for row in 0..<matrix.size {
            for column in 0..<matrix.size { #expect(dark.contains([column, row]) == matrix[column, row]) }
        }
        #expect(svg.utf8.count < 12_000)
        #expect(!matrix.svg(title: "").contains("width="))
    }

    @Test(arguments: QRMatrix.Terminal.allCases) func aTerminalShowsTheSameModules(_ terminal: QRMatrix.Terminal) throws
    {
        let matrix = try QRMatrix(text: "https://pingjia.example.gov.cn/r/abc")
        let lines = matrix.blocks(on: terminal, quietZone: 2).split(separator: "\n").map(Array.init)
        #expect(lines.count == (matrix.size + 5) / 2 && lines.allSatisfy { $0.count == matrix.size + 4 })
        let dark = { (column: Int, row: Int) -> Bool in
            guard (-2..<matrix.size + 2).contains(column), (-2..<matrix.size + 2).contains(row) else { return false }
            let block = lines[(row + 2) / 2][column + 2]
            let isDrawn = block == "█" || block == ((row + 2) % 2 == 0 ? "▀" : "▄")
            return isDrawn == (terminal == .light)
        }
        for row in -2..<matrix.size + 2 {
            for column in -2..<matrix.size + 2 { #expect(dark(column, row) == matrix[column, row]) }
        }
        #expect(try read(dark, size: matrix.size) == "https://pingjia.example.gov.cn/r/abc")
    }
}

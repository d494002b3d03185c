// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import WebSocketPad

/// The reader of JSON, its limits, and what is written.
@Suite struct JSONTests {
    private func parse(_ text: String) throws(JSONMistake) -> JSONValue { try JSONParser.parse(Array(text.utf8)) }

    @Test(arguments: [
        ("null", JSONValue.null), (" true ", .boolean(true)), ("false", .boolean(false)), ("0", .integer(0)),
        ("-0", .integer(0)), ("9223372036854775807", .integer(.max)), ("9223372036854775808", .double(0x1p63)),
        ("-1.5e2", .double(-150)), ("1E+2", .double(100)), ("1e-400", .double(0)), ("\"\"", .string("")),
        (#""\"\\\/\b\f\n\r\tA""#, .string("\"\\/\u{8}\u{C}\n\r\tA")), (#""\ud83d\uDE00""#, .string("😀")),
        ("[]", .array([])), ("[ 1 , [ ] ]", .array([.integer(1), .array([])])), ("{ }", .object([:])),
        (#"{"a":{"b":[null]}}"#, .object(["a": .object(["b": .array([.null])])])),
    ]) func `a text is read`(_ text: String, _ value: JSONValue) throws { #expect(try parse(text) == value) }

    @Test(arguments: [
        ("", JSONMistake.unexpected(at: 0)), ("nul", .unexpected(at: 3)), ("01", .unexpected(at: 0)),
        ("-", .unexpected(at: 0)), ("1.", .unexpected(at: 2)), (".5", .unexpected(at: 0)), ("1e", .unexpected(at: 2)),
        ("+1", .unexpected(at: 0)), ("1e999", .unexpected(at: 0)), ("NaN", .unexpected(at: 0)),
        ("[1,]", .unexpected(at: 3)), ("[1 2]", .unexpected(at: 3)), ("{\"a\" 1}", .unexpected(at: 5)),
        ("{a:1}", .unexpected(at: 1)), ("{\"a\":1,}", .unexpected(at: 7)), ("1 1", .unexpected(at: 2)),
        ("\"a", .unexpected(at: 2)), ("\"\\", .unexpected(at: 2)), ("\"\\u12", .unexpected(at: 5)),
        ("\"\\x\"", .unexpected(at: 2)), ("\"\n\"", .unexpected(at: 1)), (#"{"a":1,"a":1}"#, .duplicate(at: 7)),
        (#""\ud800""#, .encoding(at: 3)), (#""\udc00\ud800""#, .encoding(at: 3)),
        (#""\ud800\u0041""#, .encoding(at: 3)), (#""\ud800\n""#, .encoding(at: 3)),
    ]) func `a mistake is found at its place`(_ text: String, _ mistake: JSONMistake) {
        #expect(throws: mistake) { try parse(text) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: JSONMistake.encoding(at: 1)) { try JSONParser.parse([0x22, 0xC0, 0x80, 0x22]) }
    }

    @Test(arguments: [
        (JSONMistake.unexpected(at: 3), "something else is wanted at byte 3"),
        (.duplicate(at: 7), "the member at byte 7 is there already"), (.encoding(at: 1), "no UTF-8 at byte 1"),
        (.tooLong, "more than 16384 bytes"), (.tooDeep, "nested deeper than 8"),
    ]) func `a mistake is told in words`(_ mistake: JSONMistake, _ words: String) { #expect("\(mistake)" == words) }

    @Test func `limits hold`() throws {
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        _ = try parse(nested(JSONParser.deepest))
        #expect(throws: JSONMistake.tooDeep) { try parse(nested(JSONParser.deepest + 1)) }
        #expect(throws: JSONMistake.tooDeep) { try parse(String(repeating: "{\"a\":", count: 3000)) }
        _ = try parse(String(repeating: " ", count: JSONParser.longest - 1) + "1")
        #expect(throws: JSONMistake.tooLong) { try parse(String(repeating: " ", count: JSONParser.longest) + "1") }
        #expect(throws: JSONMistake.unexpected(at: 0)) { try parse(String(repeating: "1", count: 65)) }
    }

    @Test func `what is written is read again`() throws {
        let value = JSONValue.object([
            "b": .array([.integer(-7), .double(0.5), .boolean(false), .null]), "a": .string("\"\\\u{1}\u{7F}政务😀"),
        ])
        #expect(value.text == "{\"a\":\"\\\"\\\\\\u0001\u{7F}政务😀\",\"b\":[-7,0.5,false,null]}")
        #expect(try parse(value.text) == value)
        #expect(JSONValue.double(.infinity).text == "null")
    }
}

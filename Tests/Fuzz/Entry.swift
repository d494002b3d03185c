// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

#if REPLAY
import Glibc

/// Runs every file it is given through the target once: what `.ci/fuzz --coverage` measures.
@main struct Replay {
    static func main() {
        for path in CommandLine.arguments.dropFirst() {
            guard let file = fopen(path, "r") else { continue }
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            bytes.removeSubrange(fread(&bytes, 1, bytes.count, file)...)
            fclose(file)
            fuzz(bytes)
        }
    }
}
#else
/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    fuzz(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
#endif

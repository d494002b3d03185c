// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

/// What `hallgate --version` and the status say.
public enum HallgateVersion {
    /// Semantic version of this source tree.
    public static let current = "0.1.0"
}

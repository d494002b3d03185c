// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0
public import RatingModel
public actor DeviceLoop {
    public init() throws(GatewayError) {}
    public func shutdown() {}
}

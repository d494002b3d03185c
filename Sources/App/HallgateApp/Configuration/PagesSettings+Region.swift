// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import ConfigurationFile
import RatingModel
import RegionProfiles

extension PagesSettings {
    /// Checks that the hall's own codes on slips lead somewhere.
    func checkSlips(_ section: ConfigurationSection) {
        guard slipLifetime != nil else { return }
        if codeSource != .local {
            section.report(
                LocalText("'receipt' goes with the hall's own code", "'receipt' 仅用于本大厅自有的二维码"),
                hint: LocalText("leave it out: how long its code counts is the region's to say", "请删除：上级二维码的有效期由上级决定"),
                at: "receipt")
        } else if publicURL == nil {
            section.report(
                LocalText("'public_url' is missing: a slip would lead nowhere", "缺少 'public_url'：单据上的二维码无法打开"),
                hint: LocalText(
                    "write the address by which phones reach the hall's pages", "请填写手机访问大厅页面的地址"), at: "receipt")
        }
    }

    /// Checks that the region can be asked what the pages want to ask it.
    func checkRegion(_ uplinks: [GatewayConfiguration.Uplink], _ section: ConfigurationSection) {
        guard codeSource == .regionCall || askRated != nil else { return }
        guard let uplink = uplinks.first(where: { region == nil || $0.name == region }) else {
            // A name that is none is reported where it stands.
            if region == nil {
                section.report(
                    LocalText("there is no region to ask", "没有可查询的上级平台"),
                    hint: LocalText("configure an uplink of kind https", "请配置 https 类上行链路"), at: "qr")
            }
            return
        }
        guard case .https = uplink.kind else {
            section.report(
                LocalText("the uplink '\(uplink.name)' asks nothing", "上行链路“\(uplink.name)”不能查询上级系统"),
                hint: LocalText(
                    "name an uplink of kind https with 'pages.region'", "请用 'pages.region' 指定 https 类上行链路"), at: "qr")
            return
        }
        let missing: [String?] = [
            codeSource == .regionCall && !uplink.region.givesCodes ? "code" : nil,
            askRated != nil && !uplink.region.saysWhetherRated ? "rated" : nil,
        ]
        let profile = uplink.region.profile.name
        for case let call? in missing {
            section.report(
                LocalText("the profile '\(profile)' has no calls.\(call)", "上级配置“\(profile)”没有 calls.\(call)"),
                hint: LocalText("add it, or choose something else", "请补充该调用，或改用其他方式"), at: "qr")
        }
    }
}

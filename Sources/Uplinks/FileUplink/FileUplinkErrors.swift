// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

extension GatewayError {
    /// The stick or the spool could not be written or read; nothing is lost and nothing is written twice.
    static func medium(_ directory: String, _ error: DiskError) -> GatewayError {
        let hint =
            switch error.number {
            case ENOSPC, EDQUOT, EFBIG:
                LocalText(
                    "make room or insert another stick; delivery goes on by itself with the same bundle",
                    "请清理空间或更换U盘；系统会自动用同一数据包继续")
            case EROFS, EACCES, EPERM:
                LocalText(
                    "release the write protection, or give the user that runs hallgate the right to write there",
                    "请解除写保护，或授予运行 hallgate 的用户写入权限")
            case ENOENT, ENOTDIR:
                LocalText(
                    "insert the stick and see that it is mounted there; the ratings wait in the journal",
                    "请插入U盘并确认已挂载；评价保存在本机日志中等待")
            default:
                LocalText(
                    "try another stick; the ratings wait, and the same bundle is written again",
                    "请更换U盘；评价会等待，系统将重新写出同一数据包")
            }
        return GatewayError(
            "bundle.medium", LocalText("\(directory) cannot be used", "无法使用 \(directory)"), cause: error.description,
            hint: hint)
    }

    /// The directory with the uplink's own state failed.
    static func bundleState(_ directory: String, _ cause: String) -> GatewayError {
        GatewayError(
            "bundle.state",
            LocalText("the state of the bundles in \(directory) cannot be used", "无法使用 \(directory) 中的数据包状态"),
            cause: cause,
            hint: LocalText(
                "check the disk; if the state is beyond repair, move the directory away: bundles are numbered from 1 again",
                "请检查磁盘；若状态无法修复，请移走该目录：数据包将从 1 重新编号"))
    }

    /// Another file stands under the name of a bundle.
    static func foreignBundle(_ path: String) -> GatewayError {
        GatewayError(
            "bundle.foreign", LocalText("\(path) is another bundle of the same number", "\(path) 是同号的另一个数据包"),
            hint: LocalText(
                "take the files of this stick to the region and remove them, or insert another stick; nothing is overwritten",
                "请先将此U盘的文件送交上级系统后移除，或更换U盘；系统不会覆盖任何文件"))
    }

    /// So many ratings wait for receipts that no more are written.
    static func tooManyWaiting(_ count: Int) -> GatewayError {
        GatewayError(
            "bundle.no-receipts",
            LocalText("\(count) ratings in bundles wait for the region's receipts", "数据包中有 \(count) 条评价等待上级回执"),
            hint: LocalText(
                "take the bundles to the region and bring its receipts back to the same directory",
                "请将数据包送交上级系统，并将回执放回同一目录"))
    }

    /// The disk did not answer in time, or the call was given up.
    static func diskSilent(_ directory: String) -> GatewayError {
        GatewayError(
            "bundle.disk-silent", LocalText("\(directory) does not answer", "\(directory) 没有响应"),
            hint: LocalText(
                "remove the stick and insert it again, or another one; delivery goes on by itself",
                "请重新插拔或更换U盘；系统会自动继续"))
    }

    /// A file that says it is a receipt and is none that counts.
    static func badReceipt(_ name: String, _ cause: String) -> GatewayError {
        GatewayError(
            "bundle.bad-receipt", LocalText("\(name) is not a receipt of the region's", "\(name) 不是上级系统的有效回执"),
            cause: cause,
            hint: LocalText(
                "have the region make the receipt again, and compare `receipt_key` with the region's public key",
                "请上级系统重新生成回执，并核对 `receipt_key` 与上级系统公钥"))
    }
}

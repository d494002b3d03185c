// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import RatingModel

/// The errors of both ends of the control socket.
enum ControlErrors {
    static func badPath(_ path: String) -> GatewayError {
        GatewayError(
            "control.bad-path",
            LocalText("\(path) cannot be a socket's path", "\(path) 不能用作套接字路径"),
            hint: LocalText("take an absolute path of at most 107 bytes", "请使用绝对路径，最多 107 字节"))
    }

    static func alreadyRunning(_ path: String) -> GatewayError {
        GatewayError(
            "control.already-running",
            LocalText("another hallgate is running with \(path)", "另一个 hallgate 正在使用 \(path)"),
            hint: LocalText(
                "see it with 'hallgate status --socket \(path)', or stop it first",
                "可用 'hallgate status --socket \(path)' 查看，或先停止它"))
    }

    static func notASocket(_ path: String) -> GatewayError {
        GatewayError(
            "control.not-a-socket",
            LocalText("\(path) exists and is not a socket", "\(path) 已存在，且不是套接字"),
            hint: LocalText(
                "move that file away, or set control.socket to another path",
                "请移走该文件，或把 control.socket 改为其他路径"))
    }

    static func noGroup(_ name: String, _ path: String) -> GatewayError {
        GatewayError(
            "control.no-group", LocalText("there is no group \(name) for \(path)", "没有用于 \(path) 的用户组 \(name)"),
            hint: LocalText("make it with groupadd, or correct the name", "请用 groupadd 创建该组，或更正名称"))
    }

    static func cannotListen(_ path: String, _ reason: Int32) -> GatewayError {
        GatewayError(
            "control.cannot-listen",
            LocalText("cannot listen at \(path)", "无法在 \(path) 监听"), cause: String(cString: strerror(reason)),
            hint: LocalText(
                "the socket's directory must exist and be writable for the daemon",
                "套接字所在目录必须存在，并允许守护进程写入"))
    }

    static func notServing(_ path: String, cause: String) -> GatewayError {
        GatewayError(
            "control.not-serving",
            LocalText("the control socket \(path) stopped working", "控制套接字 \(path) 已停止工作"), cause: cause,
            hint: LocalText("restart the daemon; ratings are not affected", "请重启守护进程；评价数据不受影响"))
    }

    static func unreachable(_ path: String, _ reason: Int32?, cause: String) -> GatewayError {
        let hint =
            switch reason {
            case EACCES, EPERM:
                LocalText(
                    "add your user to the socket's group, or use sudo", "请把当前用户加入套接字所属的用户组，或使用 sudo")
            default:
                LocalText(
                    "start it with 'systemctl start hallgate', or name its socket with --socket",
                    "请用 'systemctl start hallgate' 启动，或用 --socket 指定套接字")
            }
        return GatewayError(
            "control.unreachable",
            LocalText("no daemon answers at \(path)", "\(path) 没有守护进程应答"), cause: cause, hint: hint)
    }

    static let noAnswerCode = "control.no-answer"

    static func noAnswer(_ path: String, cause: String) -> GatewayError {
        GatewayError(
            noAnswerCode,
            LocalText(
                "the daemon at \(path) ended the connection without an answer", "\(path) 的守护进程没有应答就断开了"),
            cause: cause,
            hint: LocalText(
                "look at 'systemctl status hallgate', then try again", "请查看 'systemctl status hallgate' 后重试"))
    }

    static func badAnswer(_ cause: String) -> GatewayError {
        GatewayError(
            "control.bad-answer",
            LocalText("the daemon's answer cannot be understood", "无法理解守护进程的应答"), cause: cause,
            hint: LocalText(
                "the command and the daemon may be of different versions: restart the daemon",
                "命令与守护进程的版本可能不同：请重启守护进程"))
    }
}

/// What the web process says when the core does not, worded for whoever stands before a page.
extension GatewayError {
    static func coreAway(cause: String) -> GatewayError {
        GatewayError(
            "web.core-away", LocalText("The rating system cannot be reached at the moment", "评价系统暂时无法连接"),
            cause: cause,
            hint: LocalText(
                "Nothing was recorded: try again in a moment, or ask at the desk", "尚未记录：请稍后重试，或向窗口工作人员咨询"))
    }

    static func coreSilent(cause: String) -> GatewayError {
        GatewayError(
            "web.core-silent", LocalText("The rating system has not answered", "评价系统没有应答"), cause: cause,
            hint: LocalText(
                "Send it again: the same rating is recorded only once", "请重新提交：同一评价只会记录一次"))
    }

    static func coreMisunderstood(cause: String) -> GatewayError {
        GatewayError(
            "web.core-misunderstood", LocalText("The rating system cannot be used at the moment", "评价系统暂时无法使用"),
            cause: cause,
            hint: LocalText(
                "Ask at the desk; the gateway and its web process may be of different versions",
                "请向窗口工作人员咨询；网关与网页进程的版本可能不同"))
    }

    static let busy = GatewayError(
        "web.busy", LocalText("Too many people are rating at this moment", "当前评价人数过多"),
        hint: LocalText("Try again in a moment", "请稍后重试"))

    static let tooLong = GatewayError(
        "rating.invalid", LocalText("That is more than can be taken", "提交的内容过长"),
        hint: LocalText("Shorten it", "请缩短后重试"))
}

// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

public import RatingModel

/// What operators and auditors may see of the queue; no answer tells a level (G9).
public protocol QueueReading: Sendable {
    /// `queue.list`: where every rating of each uplink is, and the ratings of a state, a page of them.
    func queue(_ request: QueueRequest) async throws(GatewayError) -> QueueReport
    /// `queue.why`: everything the gateway knows of one record.
    func why(_ request: WhyRequest) async throws(GatewayError) -> WhyReport
    /// `queue.verify`: recounts every counter and checks every link of the chain.
    func verifyQueue() async throws(GatewayError) -> QueueVerification
}

/// What operators may do with ratings that have stopped.
public protocol QueueOperations: QueueReading {
    /// `queue.retry`: sends ratings again that are parked, unknown or set aside; it is recorded who said so.
    func retry(_ request: RetryRequest) async throws(GatewayError) -> QueueStepReport
    /// `queue.propose-set-aside`: records the wish that a rating is not delivered; an auditor has to agree.
    func proposeSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport
    /// `queue.discard`: sets a record aside that nobody can read any more.
    func discard(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport
}

/// What the auditor's socket offers: the closed list of methods, as the core implements it.
public protocol AuditorService: QueueReading {
    /// `queue.confirm-set-aside`: agrees to a proposal of somebody else on the operator's socket, and carries it out.
    func confirmSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport
}

extension QueueReading {
    /// A service without a journal has no queue.
    public func queue(_ request: QueueRequest) async throws(GatewayError) -> QueueReport { throw .noQueue }
    /// A service without a journal knows no record.
    public func why(_ request: WhyRequest) async throws(GatewayError) -> WhyReport { throw .noRecord(request.id) }
    /// A service without a journal has nothing to check.
    public func verifyQueue() async throws(GatewayError) -> QueueVerification { throw .noQueue }
}

extension QueueOperations {
    /// A service without a journal has nothing to send again.
    public func retry(_ request: RetryRequest) async throws(GatewayError) -> QueueStepReport { throw .noQueue }
    /// A service without a journal has nothing to set aside.
    public func proposeSetAside(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        throw .noRecord(request.id)
    }
    /// A service without a journal has nothing to discard.
    public func discard(_ request: SetAsideRequest) async throws(GatewayError) -> QueueStepReport {
        throw .noRecord(request.id)
    }
}

extension GatewayError {
    /// Nobody keeps ratings here.
    public static let noQueue = GatewayError(
        "queue.none", LocalText("there is no queue here", "此处没有队列"),
        hint: LocalText("ask the daemon that has the journal", "请向保存日志库的守护进程查询"))

    /// No record has the id.
    public static func noRecord(_ id: String) -> GatewayError {
        GatewayError(
            "queue.no-record", LocalText("no record has the id '\(id)'", "没有编号为 '\(id)' 的记录"),
            hint: LocalText(
                "ids have 36 characters; 'hallgate queue ls' lists those that wait",
                "编号为 36 个字符；待处理的编号见 hallgate queue ls"))
    }

    /// No uplink has the name.
    public static func noUplink(_ name: String, known: [String]) -> GatewayError {
        GatewayError(
            "queue.no-uplink", LocalText("there is no uplink '\(name)'", "没有名为 '\(name)' 的上行链路"),
            cause: known.joined(separator: ", "),
            hint: LocalText("name one of those that 'hallgate queue ls' shows", "请使用 hallgate queue ls 中显示的名称"))
    }

    /// No state has the name.
    public static func noState(_ name: String, known: [String]) -> GatewayError {
        GatewayError(
            "queue.no-state", LocalText("ratings are never in a state '\(name)'", "没有名为 '\(name)' 的状态"),
            cause: known.joined(separator: ", "),
            hint: LocalText("name one of these", "请使用以上名称之一"))
    }

    /// A list of these would tell levels.
    public static let stateNotListed = GatewayError(
        "queue.not-listed",
        LocalText("ratings in this state are counted and not listed", "此状态的评价只计数，不列出"),
        hint: LocalText(
            "the state itself tells their level; an auditor sees them on the auditor's socket",
            "该状态本身会透露等级；审计员可通过审计套接字查看"))

    /// The rating is somewhere else.
    public static func notStopped(_ id: String, places: String) -> GatewayError {
        GatewayError(
            "queue.not-stopped", LocalText("nothing can be done with this record now", "目前无法对该记录执行此操作"),
            cause: places.isEmpty ? id : "\(id): \(places)",
            hint: LocalText(
                "retry takes parked, unknown and set-aside ratings; set-aside those that are parked, unknown or held",
                "retry 用于已搁置、结果不明或已剔置的评价；set-aside 用于已搁置、结果不明或暂存的评价"))
    }

    /// Nobody proposed it.
    public static func notProposed(_ id: String) -> GatewayError {
        GatewayError(
            "queue.not-proposed", LocalText("nobody has proposed to set this rating aside", "没有人提议剔置该评价"),
            cause: id,
            hint: LocalText(
                "an operator proposes it: hallgate queue set-aside ID --reason TEXT",
                "先由操作员提议：hallgate queue set-aside ID --reason 理由"))
    }

    /// The same person twice.
    public static func samePerson(_ user: String) -> GatewayError {
        GatewayError(
            "queue.same-person", LocalText("the person who proposed it cannot agree to it", "提议人不能自行确认"),
            cause: user, hint: LocalText("another person of another role has to look at it", "须由另一角色的另一人核对"))
    }

    /// No reason was given.
    public static let setAsideUnexplained = GatewayError(
        "queue.unexplained", LocalText("a rating is set aside only with a reason", "剔置评价须说明理由"),
        hint: LocalText("give --reason, at most 512 bytes; it is recorded", "请用 --reason 说明理由，不超过 512 字节，会记录在案"))

    /// The record can be read, so it is a rating.
    public static func isReadable(_ id: String) -> GatewayError {
        GatewayError(
            "queue.readable", LocalText("this record can be read and is never discarded", "该记录可以读取，不得丢弃"), cause: id,
            hint: LocalText(
                "a rating is set aside by two people: hallgate queue set-aside",
                "评价须由两人剔置：hallgate queue set-aside"))
    }
}

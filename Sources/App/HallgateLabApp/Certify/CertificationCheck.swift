// SPDX-FileCopyrightText: 2026 The Hallgate authors
// SPDX-License-Identifier: Apache-2.0

import RatingModel

/// One requirement of firmware-protocol.md that a pad is held to.
struct CertificationCheck: Hashable, Sendable {
    /// A stable word, for `--only` and for scripts.
    let id: String
    /// The lowest conformance level that has to meet it.
    let level: UInt8
    /// Where firmware-protocol.md demands it.
    let section: String
    /// What is demanded.
    let title: LocalText

    init(_ id: String, _ level: UInt8, _ section: String, _ english: String, _ chinese: String) {
        self.id = id
        self.level = level
        self.section = section
        title = LocalText(english, chinese)
    }

    /// All of them, in the order of the report.
    static let all = opening + framing + presses + prompts + power + proofs + display
}

/// Who is there, and how the line is spoken.
extension CertificationCheck {
    static let opening = [
        helloAnswer, helloFields, helloNonce, helloRepeats, closedSilent, versionZero, welcomeOpens, helloEachMinute,
        wholeFrames,
    ]
    static let helloAnswer = Self("hello-answer", 0, "3.1", "ask is answered with hello at once", "收到 ask 立即以 hello 应答")
    static let helloFields = Self("hello-fields", 0, "2.2", "the fields of hello are in range", "hello 各字段在范围内")
    static let helloNonce = Self(
        "hello-nonce", 0, "2.2", "hello carries the nonce of the last ask", "hello 带有最近一次 ask 的随机数")
    static let helloRepeats = Self(
        "hello-repeats", 0, "3.1", "hello is repeated after 1 s, then at doubling intervals",
        "hello 在 1 秒后重复，此后间隔加倍")
    static let closedSilent = Self(
        "closed-silent", 0, "3.1", "nothing but hello is said before the welcome", "welcome 之前只说 hello")
    static let versionZero = Self(
        "version-zero", 0, "2.2", "a welcome with version 0 leaves the session closed", "版本为 0 的 welcome 不打开会话")
    static let helloEachMinute = Self(
        "hello-each-minute", 0, "2.2", "after version 0 hello is said every 60 s", "版本为 0 之后每 60 秒说一次 hello")
    static let welcomeOpens = Self(
        "welcome-opens", 0, "3.1", "a welcome opens the session and ends the hellos", "welcome 打开会话，hello 不再重复")
    static let wholeFrames = Self(
        "whole-frames", 0, "4.1", "every frame is whole, with a right checksum, address 0, known fields",
        "每帧完整，校验和正确，地址为 0，字段有效")

    static let framing = [
        afterGarbage, sharedDelimiter, oversize, wrongChecksum, cutFrame, unknownType, longerPayload, shortPayload,
        outOfRange, otherAddress, splitBytes, joinedFrames, padding,
    ]
    static let afterGarbage = Self("after-garbage", 0, "4.2", "a frame behind garbage is taken", "垃圾字节之后的帧能收到")
    static let sharedDelimiter = Self(
        "shared-delimiter", 0, "4.2", "one 00 ends a frame and begins the next", "一个 00 可同时结束一帧并开始下一帧")
    static let oversize = Self("oversize", 0, "4.2", "a frame that is too long is passed over", "过长的帧被略过")
    static let wrongChecksum = Self(
        "wrong-checksum", 0, "4.3", "a frame with a wrong checksum is passed over in silence", "校验和错误的帧被略过且不应答")
    static let cutFrame = Self("cut-frame", 0, "4.2", "a frame cut off does not harm the next", "被截断的帧不影响下一帧")
    static let unknownType = Self("unknown-type", 0, "2.1", "an unknown type is passed over", "未知类型被略过")
    static let longerPayload = Self(
        "longer-payload", 0, "2.1", "payload bytes after the known fields are ignored", "已知字段之后的字节被忽略")
    static let shortPayload = Self("short-payload", 0, "2.1", "a payload too short is passed over", "过短的载荷被略过")
    static let outOfRange = Self("out-of-range", 0, "2.1", "fields out of range are passed over", "超出范围的字段被略过")
    static let otherAddress = Self("other-address", 0, "4.1", "another pad's frame is passed over", "发给其他地址的帧被略过")
    static let splitBytes = Self("split-bytes", 0, "4.4", "a frame may come byte by byte", "帧可逐字节到达")
    static let joinedFrames = Self("joined-frames", 0, "4.4", "several frames may come at once", "多帧可同时到达")
    static let padding = Self("padding", 0, "4.2", "00 between frames means nothing", "帧之间的 00 没有含义")
}

/// The entries.
extension CertificationCheck {
    static let presses = [
        pressFields, pressAgain, pressSame, pressAge, healthWaiting, foreignLog, unknownSequence, refuseWaits,
        refuseAgain, refuseKeeps, acknowledgeReleases, sequenceNext, lifetimeNext, inFlight, oldestFirst,
    ]
    static let pressFields = Self(
        "press-fields", 0, "2.3", "a press has its log, its key and an age", "press 带有日志编号、按键和按下后的时间")
    static let pressAgain = Self(
        "press-again", 0, "3.2", "a press is sent again after 0.5 s, then at doubling intervals up to 8 s",
        "press 在 0.5 秒后重发，此后间隔加倍，最长 8 秒")
    static let pressSame = Self(
        "press-same", 0, "2.3", "only the age differs between transmissions", "各次发送之间只有 age 不同")
    static let pressAge = Self("press-age", 0, "2.3", "the age grows with the time", "age 随时间增长")
    static let healthWaiting = Self(
        "health-waiting", 0, "2.9", "keep-alive is answered with health and the right count",
        "keep-alive 以 health 应答且待确认数正确")
    static let foreignLog = Self(
        "foreign-log", 0, "2.4", "an acknowledgement of another log releases nothing", "其他日志的确认不释放任何条目")
    static let unknownSequence = Self(
        "unknown-sequence", 0, "2.4", "an acknowledgement of another sequence releases nothing", "其他序号的确认不释放任何条目")
    static let refuseWaits = Self("refuse-waits", 0, "2.4", "a refused entry waits", "被拒绝的条目等待")
    static let refuseAgain = Self(
        "refuse-again", 0, "2.4", "a refused entry is sent again after 30 s", "被拒绝的条目 30 秒后重发")
    static let refuseKeeps = Self(
        "refuse-keeps", 0, "2.4", "a refused entry is kept, and due after a welcome", "被拒绝的条目保留，welcome 之后即应发送")
    static let acknowledgeReleases = Self(
        "acknowledge-releases", 0, "2.4", "an acknowledged entry is released", "已确认的条目被释放")
    static let sequenceNext = Self("sequence-next", 0, "1.4", "the next entry has the next sequence", "下一条目序号加一")
    static let lifetimeNext = Self("lifetime-next", 0, "1.4", "each press counts once for life", "每次按键使终身计数加一")
    static let inFlight = Self("in-flight", 0, "3.2", "four entries are on their way at most", "同时在途的条目不超过四个")
    static let oldestFirst = Self("oldest-first", 0, "3.2", "the oldest entries go first", "最早的条目先发送")

    static let prompts = [
        promptShows, promptAgain, promptTimeout, promptEnded, promptCancel, promptReplaced, promptPress,
        pauseHealth, pausedPress, resumeHealth, nonceResumes, timeIgnored, identifyHealth, healthUptime,
    ]
    static let promptShows = Self(
        "prompt-shows", 0, "2.6", "prompt is answered with prompting", "prompt 以 prompting 应答")
    static let promptAgain = Self(
        "prompt-again", 0, "2.6", "a prompt that comes again changes nothing", "重复的 prompt 不改变任何状态")
    static let promptTimeout = Self(
        "prompt-timeout", 0, "2.6", "a prompt whose time ran out makes an entry with its number", "超时的 prompt 产生带其编号的条目"
    )
    static let promptEnded = Self(
        "prompt-ended", 0, "2.6", "a prompt that ended is not shown again", "已结束的 prompt 不再显示")
    static let promptCancel = Self("prompt-cancel", 0, "2.6", "a cancelled prompt makes no entry", "被取消的 prompt 不产生条目")
    static let promptReplaced = Self(
        "prompt-replaced", 0, "2.6", "a replaced prompt makes no entry and has ended", "被替换的 prompt 不产生条目，且已结束")
    static let promptPress = Self("prompt-press", 0, "2.6", "the press carries the prompt's number", "按键带有 prompt 的编号")
    static let pauseHealth = Self("pause-health", 0, "2.7", "pause is answered with health", "pause 以 health 应答")
    static let pausedPress = Self(
        "paused-press", 0, "2.7", "a paused pad takes no press and counts it", "暂停时不接受按键，但计入终身计数")
    static let resumeHealth = Self("resume-health", 0, "2.7", "resume is answered with health", "resume 以 health 应答")
    static let nonceResumes = Self("nonce-resumes", 0, "2.7", "another nonce ends the pause", "新的随机数结束暂停")
    static let timeIgnored = Self("time-ignored", 0, "2.5", "time does no harm and is not answered", "time 无害且不应答")
    static let identifyHealth = Self(
        "identify-health", 0, "2.8", "identify is answered with health", "identify 以 health 应答")
    static let healthUptime = Self("health-uptime", 0, "2.9", "the uptime grows by the second", "uptime 按秒增长")
}

/// What only some pads have to do.
extension CertificationCheck {
    static let power = [powerHello, powerKeeps, powerSequence]
    static let powerHello = Self(
        "power-hello", 0, "3.1", "a pad with power says hello by itself, with nonce 0", "上电后主动说 hello，随机数为 0")
    static let powerKeeps = Self(
        "power-keeps", 1, "1.4", "a power cut keeps the entry that was not acknowledged: log, sequence and fields",
        "断电不丢失未确认的条目：日志、序号和各字段不变")
    static let powerSequence = Self(
        "power-sequence", 1, "1.4", "after a power cut the sequence goes on", "断电后序号继续")

    static let proofs = [proof, proofWrong, proofAlgorithm, provenPress, plainAcknowledge, provenAcknowledge]
    static let proof = Self(
        "proof", 2, "5.4", "a challenge is answered with the right proof", "challenge 以正确的 proof 应答")
    static let proofWrong = Self(
        "proof-wrong", 2, "5.3", "a challenge with a wrong code gets result 0", "校验码错误的 challenge 得到结果 0")
    static let proofAlgorithm = Self(
        "proof-algorithm", 2, "5.3", "an unknown algorithm gets result 2 or no answer", "未知算法得到结果 2 或不应答")
    static let provenPress = Self("proven-press", 2, "5.4", "a paired pad proves each press", "配对后每次按键均带证明")
    static let plainAcknowledge = Self(
        "plain-acknowledge", 2, "5.4", "a paired pad passes over acknowledge", "配对后略过无证明的 acknowledge")
    static let provenAcknowledge = Self(
        "proven-acknowledge", 2, "5.4", "a proven acknowledge releases the entry", "带证明的确认释放条目")

    static let display = [textShown, textAgain, waitingShown, scannerAnswered, codeEnds]
    static let textShown = Self("text-shown", 3, "2.10", "text is answered with shown", "text 以 shown 应答")
    static let textAgain = Self("text-again", 3, "2.10", "a text that comes again is answered alike", "重复的 text 得到同样应答")
    static let waitingShown = Self("waiting-shown", 3, "2.10", "waiting is answered with shown", "waiting 以 shown 应答")
    static let scannerAnswered = Self(
        "scanner-answered", 3, "2.11", "scanner is answered with shown", "scanner 以 shown 应答")
    static let codeEnds = Self("code-ends", 3, "2.10", "a QR code ends with its lifetime", "二维码到期即消失")
}

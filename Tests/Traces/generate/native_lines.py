# SPDX-FileCopyrightText: 2026 The Hallgate authors
# SPDX-License-Identifier: Apache-2.0
"""Traces of the native pad on a bus, behind HID reports, with proofs, and of firmware updates; native.py writes them."""
import hashlib

from native import (DEVICE, KEEP_ALIVE, IDLE, LEVELS, LOG, NONCE, PAD, Trace, acknowledge, acknowledge_input, ask,
                    challenge, challenge_input, chunk, code, finish, frame, hello, press, press_fields, press_input,
                    progress, prompt, prompting, proof, proof_input, proven_acknowledge, proven_press, refuse, shown,
                    show_text, time, update, welcome)
from sm3 import Sm3

# --- The bus (section 4.5): no adapter holds bytes back, so the gateway waits 10 ms ---

BROADCAST = 127


class Bus(Trace):
    """A bus whose pads are met in the order of their addresses."""

    def __init__(self, name, *about, addresses=(5,), settings=()):
        words = ["line bus", "addresses " + " ".join(map(str, addresses)), *settings]
        super().__init__(name, *about, settings=words, opens=False)
        self.do("wait 10ms").expect(ask(NONCE), "ask, after listening", addresses[0])

    def answers(self, message, note, address=5):
        return self.device(message, note, address)

    def turn(self, message, note, address=5):
        """The pause behind an answer, then the next turn."""
        return self.do("wait 1ms").expect(message, note, address)

    def round(self, message, note, address=5):
        """A round that took less than 50 ms is followed by a rest; no second turn comes within this time."""
        return self.do("wait 51ms").expect(message, note, address)

    def met_at(self, address=5, pad=PAD):
        self.answers(hello(pad, LOG, NONCE), "hello", address).out(f"identified native-{pad:016x}")
        return self.turn(welcome(), "welcome", address).answers(IDLE, "idle", address)

    def pressed_at(self, sequence, level, address=5, pad=PAD):
        self.answers(press(LOG, sequence, 1000 + sequence, 250, 0, 1, level, level), f"press {sequence}", address)
        return self.out(f"press {LEVELS[level - 1]} key={level} at={address} age=250ms count={1000 + sequence}"
                        f" device=native-{pad:016x} log={LOG} sequence={sequence}")


def bus_traces():
    yield (Bus("bus-press", "A press on a bus: the pad has a turn, and another one to hear that it is recorded.").met_at()
           .round(KEEP_ALIVE, "a turn").pressed_at(1, 2).do("wait 1ms").do("recorded")
           .expect(acknowledge(LOG, 1), "acknowledge, which ends the rest", 5).answers(IDLE, "idle"))
    yield (Bus("bus-refused", "The disk is full.").met_at().round(KEEP_ALIVE, "a turn").pressed_at(3, 5)
           .do("wait 1ms").do("refused").expect(refuse(LOG, 3), "refuse", 5).answers(IDLE, "idle"))
    yield (Bus("bus-prompt", "A prompt for one address.").met_at().do("wait 1ms").do("prompt 9 10s at=5")
           .expect(prompt(9, 10000), "prompt", 5).answers(prompting(9, 1), "it shows"))
    yield (Bus("bus-time", "The time is told once for all, and answered by nobody.").met_at().do("wait 1ms")
           .do("time 1767225600000").expect(time(1767225600000), "time", BROADCAST))
    yield (Bus("bus-damaged", "A damaged answer costs a turn; the pad says it again at the next.").met_at()
           .round(KEEP_ALIVE, "a turn").raw(bent(frame(*press(LOG, 1, 1001, 250, 0, 1, 4, 4), 5)), "one bit wrong")
           .out("observed badFrame").do("wait 11ms").do("wait 40ms").expect(KEEP_ALIVE, "the next round", 5)
           .pressed_at(1, 4))
    lost = Bus("bus-lost-end", "An answer whose last 00 was lost ends with the turn.").met_at()
    lost.round(KEEP_ALIVE, "a turn").raw(frame(*press(LOG, 1, 1001, 250, 0, 1, 3, 3), 5)[:-1], "no 00 at the end")
    yield lost.do("wait 10ms").out(f"press basicallySatisfied key=3 at=5 age=250ms count=1001 log={LOG} sequence=1")
    yield (Bus("bus-stranger", "An address that nobody configured.").met_at().round(KEEP_ALIVE, "a turn")
           .answers(IDLE, "another pad's", 9).out("observed badFrame"))
    echo = Bus("bus-echo", "An adapter that hears itself gives the gateway its own frames back.")
    echo.raw(frame(*ask(NONCE), 5), "the gateway's own")
    yield echo.met_at()
    second = PAD + 1
    both = Bus("bus-two-pads", "Two pads by turns; the second presses.", addresses=(5, 6))
    both.answers(hello(PAD, LOG, NONCE), "hello").out(f"identified {DEVICE}")
    both.turn(welcome(), "welcome").answers(IDLE, "idle")
    both.turn(ask(NONCE), "ask the other", 6).answers(hello(second, LOG, NONCE), "hello", 6)
    both.out(f"identified native-{second:016x}").turn(welcome(), "welcome", 6).answers(IDLE, "idle", 6)
    both.round(KEEP_ALIVE, "a turn").answers(IDLE, "idle").turn(KEEP_ALIVE, "a turn", 6)
    both.pressed_at(1, 1, 6, second).do("wait 1ms").do("recorded")
    yield both.expect(acknowledge(LOG, 1), "acknowledge", 6).answers(IDLE, "idle", 6)


def bent(data):
    changed = bytearray(data)
    changed[12] ^= 0x20
    return bytes(changed)


# --- Proofs (section 5) ---

KEY = bytes(range(32))
CHALLENGE = bytes(range(0x40, 0x50))


class Proof(Trace):
    def __init__(self, name, *about, number=1, hash_of=hashlib.sha256):
        words = [f"proof {'hmac-sm3' if number == 2 else 'hmac-sha256'}", f"key {KEY.hex()}",
                 f"challenge {CHALLENGE.hex()}"]
        super().__init__(name, *about, settings=words)
        self.number, self.hash_of = number, hash_of

    def code(self, data):
        return code(KEY, data, self.hash_of)

    def asked(self, conformance=2):
        self.device(hello(PAD, LOG, NONCE, conformance=conformance), "hello")
        return self.expect(self.challenge(), "challenge, before any welcome")

    def challenge(self):
        return challenge(self.number, CHALLENGE, self.code(challenge_input(PAD, CHALLENGE)))

    def proven(self):
        self.asked().device(proof(1, self.code(proof_input(PAD, LOG, CHALLENGE))), "proof")
        return self.expect(welcome(), "welcome").out(f"identified {DEVICE}")

    def proven_press(self, sequence, level, wrong=False):
        fields = press_fields(LOG, sequence, 1000 + sequence, 250, 0, 1, level, level)
        right = self.code(press_input(PAD, fields))
        self.device(proven_press(fields, bytes(16) if wrong else right), f"proven press {sequence}")
        name = DEVICE + "-unproven" if wrong else DEVICE
        return self.out(f"press {LEVELS[level - 1]} key={level} age=250ms count={1000 + sequence} device={name}"
                        f" log={LOG} sequence={sequence}")

    def thanked(self, sequence):
        right = self.code(acknowledge_input(PAD, LOG, sequence))
        return self.do("recorded").expect(proven_acknowledge(LOG, sequence, right), "proven acknowledge")


def proof_traces():
    for word, number, hash_of in [("sha256", 1, hashlib.sha256), ("sm3", 2, Sm3)]:
        def made(name, *about):
            return Proof(f"proof-{name}-{word}", *about, number=number, hash_of=hash_of)
        yield made("press", "Challenged, proven, welcomed; a proven press, thanked with a proof, and again.").proven() \
            .proven_press(1, 2).thanked(1).proven_press(2, 5).thanked(2)
        yield made("refused", "A refusal loses nothing and needs no proof.").proven().proven_press(1, 4) \
            .do("refused").expect(refuse(LOG, 1), "refuse")
        forged = made("forged", "A press whose code is wrong is kept under another name and not acknowledged.").proven()
        yield forged.proven_press(1, 1, wrong=True).do("recorded")
        plain = made("plain", "A press without a code cannot be of a pad that proved itself.").proven()
        yield plain.device(press(LOG, 1, 1001, 250, 0, 1, 1, 1), "press").out("observed badFrame")
        again = made("lost", "A challenge or a proof was lost: both are said again, with a question.").asked()
        again.do("wait 500ms").expect(again.challenge(), "again").expect(ask(NONCE), "and who is there")
        again.device(proof(1, again.code(proof_input(PAD, LOG, CHALLENGE))), "proof")
        yield again.expect(welcome(), "welcome").out(f"identified {DEVICE}")
    wrong = Proof("proof-wrong", "A wrong proof: welcomed, its presses apart under another name.").asked()
    wrong.device(proof(1, bytes(16)), "made up").expect(welcome(), "welcome")
    wrong.out(f"identified {DEVICE}-unproven").out("observed unproven").device(press(LOG, 1, 1001, 250, 0, 1, 2, 2), "press")
    wrong.out(f"press satisfied key=2 age=250ms count=1001 device={DEVICE}-unproven log={LOG} sequence=1")
    yield wrong.do("recorded").expect(acknowledge(LOG, 1), "acknowledge")
    lower = Proof("proof-lower-level", "It has a key here and states a level without proofs.")
    lower.device(hello(PAD, LOG, NONCE, conformance=1), "hello")
    yield lower.expect(welcome(), "welcome").out(f"identified {DEVICE}-unproven").out("observed unproven")


# --- Firmware (section 2.12) ---

IMAGE = bytes(range(256)) + bytes(range(7, 181))
HASH = hashlib.sha256(IMAGE).digest()
SIGNATURE = bytes(range(64))
NUMBER = int.from_bytes(HASH[:4], "little")
RELEASE, VERSION = 7, "1.1.0"
OFFER = update(NUMBER, len(IMAGE), RELEASE, VERSION, HASH, SIGNATURE)
NONE, RECEIVING, CHECKED, INSTALLING, TOO_LARGE, TOO_OLD, FORGED, FAILED = range(8)


class Update(Trace):
    def begun(self, model=""):
        about = f" model={model}" if model else ""
        return self.do(f"update release={RELEASE} version={VERSION}{about} hash={HASH.hex()}"
                       f" signature={SIGNATURE.hex()} data={IMAGE.hex()}")

    def offered(self):
        return self.met().begun().expect(OFFER, "update")

    def chunk(self, offset, note="chunk"):
        return self.expect(chunk(NUMBER, offset, IMAGE[offset:offset + 200]), note)

    def wants(self, offset):
        self.device(progress(NUMBER, RECEIVING, offset), f"{offset} are there").out(f"firmware received={offset}")
        return self.chunk(offset)

    def checked(self):
        self.device(progress(NUMBER, CHECKED, len(IMAGE)), "all is there and true")
        self.out(f"firmware received={len(IMAGE)}").out("firmware verified")
        return self.expect(finish(NUMBER, 1), "install")

    def restarted(self, firmware=VERSION):
        self.device(progress(NUMBER, INSTALLING, len(IMAGE)), "it restarts").out("firmware installing")
        self.device(hello(PAD, LOG, 0, firmware=firmware), "hello after the restart").expect(welcome(), "welcome")
        return self.out(f"identified {DEVICE}")


def update_traces():
    yield Update("update", "A firmware in three chunks.").offered().wants(0).wants(200).wants(400).checked().restarted()
    yield Update("update-resumed", "The pad has a part from before.").offered().wants(200).wants(400).checked()
    yield Update("update-back", "The boot code went back: hello with the old version.").offered().wants(400).checked() \
        .restarted("1.0.0")
    for state, word in [(TOO_LARGE, "tooLarge"), (TOO_OLD, "tooOld"), (FORGED, "forged"), (FAILED, "memoryFailed")]:
        yield Update(f"update-refused-{state}", "The pad does not want it.").offered() \
            .device(progress(NUMBER, state, 0), word).out(f"firmware refused={word}")
    yield Update("update-forged-at-the-end", "All came, and the signature does not hold.").offered().wants(400) \
        .device(progress(NUMBER, FORGED, 0), "forged").out("firmware refused=forged")
    yield Update("update-lost", "A chunk was lost, then an answer; the pad says what it wants.").offered().wants(0) \
        .do("wait 500ms").expect(KEEP_ALIVE, "is it there?").chunk(0, "again").wants(200) \
        .device(progress(NUMBER, RECEIVING, 200), "the same answer, late")
    yield Update("update-forgotten", "The pad forgot the image: it is offered again.").offered().wants(0) \
        .device(progress(NUMBER, NONE, 0), "none of that number").expect(OFFER, "update").wants(0)
    yield Update("update-press", "A press comes first: no chunk goes before its acknowledgement.").offered().wants(0) \
        .pressed(1, 5).device(progress(NUMBER, RECEIVING, 200), "200 are there").out("firmware received=200") \
        .do("recorded").expect(acknowledge(LOG, 1), "acknowledge").chunk(200)
    yield Update("update-slow-journal", "A journal that takes long holds up a chunk for as long as a repetition.") \
        .offered().wants(0).pressed(1, 5).device(progress(NUMBER, RECEIVING, 200), "200 are there") \
        .out("firmware received=200").do("wait 500ms").chunk(200) \
        .do("recorded").expect(acknowledge(LOG, 1), "acknowledge")
    yield Update("update-other-model", "The image is for another model.").met().begun(model="Other") \
        .out("firmware refused=otherModel")
    yield Update("update-other-number", "Progress of another image is nobody's.").offered() \
        .device(progress(NUMBER ^ 1, RECEIVING, 0), "of another").wants(0)
    cancelled = Update("update-cancelled", "Taken back on the way.").offered().wants(0).do("cancel-update")
    cancelled.expect(finish(NUMBER, 0), "abort").device(progress(NUMBER, NONE, 0), "forgotten")
    yield cancelled.out("firmware cancelled")
    bus = Bus("update-bus", "On a bus a chunk takes a turn that would be spent on nothing; 76 bytes at 9600 baud.")
    bus.met_at().do(f"update release={RELEASE} version={VERSION} hash={HASH.hex()} signature={SIGNATURE.hex()}"
                    f" data={IMAGE.hex()} at=5")
    bus.round(OFFER, "update").answers(progress(NUMBER, RECEIVING, 0), "wants 0").out("firmware received=0 at=5")
    bus.round(chunk(NUMBER, 0, IMAGE[:76]), "chunk").pressed_at(1, 4)
    bus.do("wait 1ms").do("recorded").expect(acknowledge(LOG, 1), "acknowledge", 5)
    bus.answers(progress(NUMBER, RECEIVING, 76), "76 are there").out("firmware received=76 at=5")
    yield bus.round(chunk(NUMBER, 76, IMAGE[76:152]), "chunk").answers(IDLE, "idle")


# --- HID reports (section 4.4) ---


class Reports(Trace):
    """Every frame in reports of a fixed size, filled with 00; what the gateway writes begins with report number 0."""

    def __init__(self, name, *about, size=64):
        self.size = size
        super().__init__(name, *about, settings=["line reports", f"report_size {size}"])
        # Noise may stand before a frame only, and a frame does not fit into a small report.
        self.lines = [line for line in self.lines if size == 64 or not line.startswith("% noise")]

    def cut(self, data):
        for start in range(0, len(data), self.size):
            part = data[start:start + self.size]
            yield part + bytes(self.size - len(part))

    def device(self, message, note, address=0):
        for report in self.cut(frame(*message, address)):
            self.raw(report, note)
        return self

    def expect(self, message, note, address=0):
        for report in self.cut(frame(*message, address)):
            self.add(f"> {(bytes(1) + report).hex(' ').upper()}  # {note}")
        return self


def report_traces():
    for size in [64, 32, 8]:
        yield (Reports(f"report-press-{size}", f"A press in reports of {size} bytes.", size=size).met().pressed(1, 3)
               .do("recorded").expect(acknowledge(LOG, 1), "acknowledge"))
    yield (Reports("report-display", "A text that takes three reports.").met(3)
           .do("show zh-Hans text=" + "请对本次服务评价" * 6).expect(show_text(1, "zh-Hans", "请对本次服务评价" * 6), "text")
           .device(shown(1, 1), "shows"))
    two = Reports("report-two-frames", "Two frames in one report, whose 00 they share with the filling.").met()
    both = frame(*prompting(9, 0)) + frame(*prompting(9, 0))
    yield two.raw(both + bytes(64 - len(both)), "twice").pressed(1, 1)
    yield (Reports("report-repeat", "An acknowledgement was lost.").met().pressed(7, 5).do("recorded")
           .expect(acknowledge(LOG, 7), "acknowledge").device(press(LOG, 7, 1007, 900, 0, 1, 5, 5), "the same, older")
           .expect(acknowledge(LOG, 7), "again"))


def traces():
    yield from bus_traces()
    yield from proof_traces()
    yield from update_traces()
    yield from report_traces()

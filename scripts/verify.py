#!/usr/bin/env python3
"""Verifies an airdrop from its inputs, independently of everything else in this repository.

    python3 scripts/verify.py programs/NAME [proofs/NAME] [--json]     from the inputs
    python3 scripts/verify.py proofs/NAME [--json]                     a published folder alone

Needs Python 3.9 or later and nothing but its standard library. It shares no code with the TypeScript that made the
files, only the rules, which are written down in docs/verify.md and docs/formats.md. From program.json and the files
that it names it computes each amount and its reason, the Merkle tree, the contract's address and every published file,
and compares each file to the byte. From grants.jsonl it does the same for the reserve. The set of files, the set of
keys and every value follow from the inputs; anything else is a discrepancy, in a line that begins with the file's name.

A published folder alone is checked as far as its list determines it. The rest is listed as not checked.

Exit status: 0 if everything agrees, 1 if something differs, 2 if the command line is wrong.

Contents
     1 errors                          10 rules
     2 Keccak-256                      11 payees, and who is not paid
     3 all processors, progress        12 the allocation, and the files that hold it
     4 addresses, numbers, times       13 tree
     5 files and tables                14 the contract's address
     6 program.json                    15 the published files
     7 snapshot.json, people           16 the folder on the disk
     8 signed statements               17 the reserve
     9 sources                         18 snapshot.anchor: Ethereum
                                       19 snapshot.proof: token balances
                                       20 verification
"""
import argparse
import bisect
import csv
import functools
import gc
import gzip
import hashlib
import io
import json
import multiprocessing
import os
import re
import stat
import sys
import time
import zlib
from array import array
from datetime import datetime, timedelta, timezone
from itertools import zip_longest
from typing import NamedTuple, Optional

ZERO = "0x" + "0" * 40
MOST_JSON = (1 << 53) - 1  # the largest whole number that every reader of JSON keeps
MOST_DIGITS = 78  # before the point: as many as 2^256 has
MOST_WORD = (1 << 256) - 1  # base units, the most that a contract's number holds
MOST_PAID = (1 << 96) - 1  # base units, the most that claimRange can pay to one account
FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
# Files that verbs write into a program's folder or read from it by these names; no table has one of them.
RESERVED_FILES = {"program.json", "snapshot.json", "snapshot.proof", "allocation.csv", "allocation.json", "unpaid.csv"}
RESERVED_FILES |= {"report.html", "deployment.json", "grants.jsonl"}
# The characters that JavaScript takes for blanks.
BLANKS = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
csv.field_size_limit(1 << 30)
PROGRAM_NAME = r"[a-z0-9][a-z0-9-]{0,63}"

# The texts that the files hold in words.
PAID_ELSEWHERE = "The earnings of this address are paid to another account, which makes the claim."
DETAILS = {
    "not-listed": "has a share by the rules, but none of its addresses is in {list}",
    "contributions-not-listed": "is in {list}, but its stakes belong to addresses that are not; only stakes of "
    "listed addresses count",
    "not-registered": "has stakes, but did not register before the close",
    "weightless": "all its contributions have value zero",
    "no-contribution": "is in {list}, but has no contribution that counts",
    "no-stake": "is in {list}, but has no stake at the snapshot block",
    "no-balance": "is in {list}, but has no balance at the snapshot block",
    "leaving": "has stakes only in nodes that have requested to leave, which do not count",
    "excluded": "is excluded: {excluded}",
    "below-minimum": "its share is below the minimum of {minimum} {symbol}",
    "below-one-unit": "its share is less than one unit of {symbol}",
}
# Public contracts that have the same address on most chains. They have no owner, so tokens sent to them are lost.
SHARED_CONTRACTS = {
    "0x000000000022d473030f116ddee9f6b43ac78ba3": "Permit2",
    "0x0000000071727de22e5e9d8baf0edac6f37da032": "the EntryPoint 0.7 of ERC-4337",
    "0x12302fe9c02ff50939baaaaf415fc226c078613c": "the Safe proxy factory 1.0.0",
    "0x14f2982d601c9458f93bd70b218933a6f8165e7b": "the Safe proxy factory 1.5.0",
    "0x218543288004cd07832472d464648173c77d7eb7": "MultiSend 1.5.0",
    "0x29fcb43b46531bca003ddc8fcb67ffe91900c762": "the Safe L2 singleton 1.4.1",
    "0x34cfac646f301356faa8b21e94227e3583fe3f5f": "the Safe singleton 1.1.1",
    "0x38869bf66a61cf6bdb996a6ae40d5853fd43b526": "MultiSend 1.4.1",
    "0x3e5c63644e683549055b9be8653de26e0b4cd36e": "the Safe L2 singleton 1.3.0",
    "0x40a2accbd92bca938b02010e17a5b8929b49130d": "MultiSendCallOnly 1.3.0",
    "0x41675c099f32341bf84bfc5382af534df5c7461a": "the Safe singleton 1.4.1",
    "0x4e1dcf7ad4e460cfd30791ccc4f9c8a4f820ec67": "the Safe proxy factory 1.4.1",
    "0x4e59b44847b379578588920ca78fbf26c0b4956c": "the deployment proxy",
    "0x5ff137d4b0fdcd49dca30c7cf57e578a026d2789": "the EntryPoint 0.6 of ERC-4337",
    "0x6851d6fdfafd08c0295c392436245e5bc78b0185": "the Safe singleton 1.2.0",
    "0x69f4d1788e39c87893c980c06edf4b7f686e2938": "the Safe singleton 1.3.0",
    "0x76e2cfc1f5fa8f6a5b3fc4c8f4788f0116861f9b": "the Safe proxy factory 1.1.1",
    "0x8d29be29923b68abfdd21e541b9374737b49cdad": "MultiSend 1.1.1",
    "0x914d7fec6aac8cd542e72bca78b30650d45643d7": "the Safe's singleton factory",
    "0x9641d764fc13c8b624c04430c7356c1c7c8102e2": "MultiSendCallOnly 1.4.1",
    "0x998739bfdaadde7c933b942a68053933098f9eda": "MultiSend 1.3.0",
    "0xa1dabef33b3b82c7814b6d82a79e50f4ac44102b": "MultiSendCallOnly 1.3.0",
    "0xa238cbeb142c10ef7ad8442c6d1f9e89e07e7761": "MultiSend 1.3.0",
    "0xa6b71e26c5e0845f74c812102ca7114b6a896ab2": "the Safe proxy factory 1.3.0",
    "0xa83c336b20401af773b6219ba5027174338d1836": "MultiSendCallOnly 1.5.0",
    "0xb6029ea3b2c51d09a50b53ca8012feeb05bda35a": "the Safe singleton 1.0.0",
    "0xba5ed099633d3b313e4d5f7bdc1305d3c28ba5ed": "CreateX",
    "0xc22834581ebc8527d974f8a1c97e1bea4ef910bc": "the Safe proxy factory 1.3.0",
    "0xca11bde05977b3631167028862be2a173976ca11": "Multicall3",
    "0xd9db270c1b5e3bd161e8c8503c55ceabee709552": "the Safe singleton 1.3.0",
    "0xedd160febbd92e350d4d398fb636302fccd67c7e": "the Safe L2 singleton 1.5.0",
    "0xfb1bffc9d739b8d520daf37df666da4c687191ea": "the Safe L2 singleton 1.3.0",
    "0xff51a5898e281db6dfc7855790607438df2ca44b": "the Safe singleton 1.5.0",
}
REASONS = set(DETAILS) - {"weightless", "no-stake", "no-balance"}
RISKS = {
    "reserved": "an address this low has no key: exclude it, or name another payee",
    "token": "the token itself: its payment would be lost",
    "read": "{name}: its payment would be lost",
    "shared": "{name}, a shared contract: its payment would be lost",
    "empty": "never used: no transaction, balance or code at the snapshot block; its key can use the payment",
    "contract": "a contract of an unknown kind: it may be unable to use the token",
    "vesting-nostaking": "a vesting contract, which releases its payment step by step until {until}",
    "vesting-revoked": "a revoked vesting contract: its payment goes to its revoker {revoker}",
    "vesting-staking": "a vesting contract, which locks its payment until {until} and gives it to its revoker "
    "{revoker} if revoked before",
}
WARNINGS = {
    "exclude": "rules.exclude names {}, which would get nothing anyway",
    "overrides": "rules.overrides names {}, which is paid nothing",
    "redirects": "redirects.jsonl names {}, which is paid nothing",
}


# ------------------------------------------------------------------------------------------------- 1. errors


class Wrong(Exception):
    """A file does not have the value, the key or the shape that it must have."""


# What reading a value of an unexpected shape leads to.
MISSHAPEN = (KeyError, TypeError, IndexError, ValueError, AttributeError, OverflowError, RecursionError)


def words_of(error):
    """Returns in one line what is wrong."""
    if isinstance(error, Wrong):
        return str(error)
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return f"is not shaped as it should be ({type(error).__name__}: {error})"


# --------------------------------------------------------------------------------------------- 2. Keccak-256
#
# Python is slow at small integers and quick at long ones. So many messages are hashed at once: lane x of all their
# states is one integer of 64 bits a message, and each step of Keccak-f[1600] is done to all of them in one operation.

LANE = (1 << 64) - 1
AT_ONCE = 1024  # messages; with more of them their states leave the processor's cache
RATE = 17  # lanes that a block of the message fills: 136 bytes
FIRST_PAD, LAST_PAD = b"\x01" + bytes(7), bytes(7) + b"\x80"  # Ethereum's padding, not that of SHA-3 (0x06)


def _round_constants():
    """Returns the 24 constants of Keccak-f[1600], from its linear feedback shift register."""
    constants, register = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if register & 1:
                constant |= 1 << ((1 << j) - 1)
            register = (register << 1) ^ (0x171 if register & 0x80 else 0)
        constants.append(constant)
    return constants


def _steps():
    """Returns the source, the target and the rotation in bits of each lane, for the steps rho and pi."""
    steps, x, y = [], 1, 0
    for t in range(24):
        source = x + 5 * y
        x, y = y, (2 * x + 3 * y) % 5
        steps.append((source, x + 5 * y, (t + 1) * (t + 2) // 2 % 64))
    return steps


ROUNDS, STEPS = _round_constants(), _steps()
MASKS = {}


def _masks(count):
    """Returns the rotations with their masks, and the round constants, for `count` states."""
    if count not in MASKS:
        ones = ((1 << 64 * count) - 1) // LANE  # 1 in each lane
        rotations = [
            (source, target, turn, ones * (LANE >> turn), 64 - turn, ones * ((1 << turn) - 1))
            for source, target, turn in [(0, 0, 1), *STEPS]
        ]
        MASKS.clear()  # a whole batch is the rule; other counts come once
        MASKS[count] = rotations[0], rotations[1:], [ones * constant for constant in ROUNDS]
    return MASKS[count]


def _permute(a, count):
    """Applies Keccak-f[1600] to `count` states, whose lane x is a[x]."""
    (_, _, _, stay, _, wrap), rotations, constants = _masks(count)
    b = [0] * 25
    for constant in constants:
        c = [a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] for x in range(5)]
        d = [c[x - 1] ^ ((c[x - 4] & stay) << 1 | c[x - 4] >> 63 & wrap) for x in range(5)]
        b[0] = a[0] ^ d[0]
        for source, target, left, kept, right, low in rotations:
            lane = a[source] ^ d[source % 5]
            b[target] = (lane & kept) << left | lane >> right & low
        for y in (0, 5, 10, 15, 20):
            b0, b1, b2, b3, b4 = b[y : y + 5]
            a[y] = b0 ^ b2 ^ (b1 & b2)
            a[y + 1] = b1 ^ b3 ^ (b2 & b3)
            a[y + 2] = b2 ^ b4 ^ (b3 & b4)
            a[y + 3] = b3 ^ b0 ^ (b4 & b0)
            a[y + 4] = b4 ^ b1 ^ (b0 & b1)
        a[0] ^= constant


def keccak_batch(data, size):
    """Returns the hashes of messages, joined. `data` holds the messages, joined, of `size` bytes each, a multiple of 8."""
    count, lanes = len(data) // size, size // 8
    width = (lanes // RATE + 1) * RATE
    message, padded = array("Q", data), array("Q", bytes(8 * width * count))
    for lane in range(lanes):
        padded[lane::width] = message[lane::lanes]
    pads = [(lanes, FIRST_PAD), (width - 1, LAST_PAD)]
    if lanes == width - 1:
        pads = [(lanes, FIRST_PAD[:7] + LAST_PAD[7:])]
    for lane, pad in pads:
        padded[lane::width] = array("Q", pad * count)
    return _absorb(padded, width, count)


def _absorb(words, width, count):
    """Returns the hashes of padded messages of `width` lanes each, joined."""
    state = [0] * 25
    for block in range(0, width, RATE):
        for lane in range(RATE):
            state[lane] ^= int.from_bytes(words[block + lane :: width].tobytes(), "little")
        _permute(state, count)
    hashes = array("Q", bytes(32 * count))
    for lane in range(4):
        hashes[lane::4] = array("Q", state[lane].to_bytes(8 * count, "little"))
    return hashes.tobytes()


@functools.lru_cache(maxsize=64)
def keccak256(data):
    """Returns the hash of one message of any length."""
    padded = bytearray(data) + bytes(8 * RATE - len(data) % (8 * RATE))
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    return _absorb(array("Q", bytes(padded)), len(padded) // 8, 1)


def _hash_part(part):
    data, size = part
    step = AT_ONCE * size
    return b"".join(keccak_batch(data[at : at + step], size) for at in range(0, len(data), step))


# ------------------------------------------------------------------------------- 3. all processors, progress

PART = 16 * AT_ONCE  # messages that one process is given at a time


class Workers:
    """Starts other processes that hash, with the first long list."""

    pool, tried = None, False

    @classmethod
    def start(cls):
        """Returns the pool; None where there is one processor only, or where no process can be started."""
        if not cls.tried and (os.cpu_count() or 1) > 1:
            try:
                cls.pool = multiprocessing.Pool(initializer=gc.disable)
            except (OSError, ImportError, RuntimeError):
                cls.pool = None
        cls.tried = True
        return cls.pool


class Progress:
    """Prints progress on the error channel: in place on a terminal, elsewhere a line every ten seconds."""

    told, begun = None, time.monotonic()

    @classmethod
    def tell(cls, what, done, total):
        now, terminal = time.monotonic(), sys.stderr.isatty()
        if cls.told is None:
            cls.told = now
        if now - cls.told < (0.2 if terminal else 10):
            return
        cls.told = now
        text = f"{what}: {done:,} of {total:,}, {now - cls.begun:.0f} s"
        print(f"\r{text:<60}" if terminal else text, end="" if terminal else "\n", file=sys.stderr, flush=True)

    @classmethod
    def end(cls):
        if cls.told is not None and sys.stderr.isatty():
            print(f"\r{'':<60}\r", end="", file=sys.stderr, flush=True)


def keccak_all(data, size, what="hashes"):
    """Returns hashes as `keccak_batch` does. A long list is hashed on all processors."""
    count = len(data) // size
    pool = Workers.start() if count >= 2 * PART else None
    step = PART * size
    parts = ((data[at : at + step], size) for at in range(0, len(data), step))
    hashed = []
    for part in pool.imap(_hash_part, parts) if pool else map(_hash_part, parts):
        hashed.append(part)
        if count > PART:
            Progress.tell(what, min(PART * len(hashed), count), count)
    return b"".join(hashed)


# ------------------------------------------------------------------------------ 4. addresses, numbers, times

DECIMAL = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?", re.ASCII)
ADDRESS = re.compile(r"0[xX][0-9a-fA-F]{40}")
# By character: the bit that makes a letter lower case, where it is a letter; where a digit of the hash is above 7.
LETTERS = bytes(0x20 if chr(code) in "abcdef" else 0 for code in range(256))
HIGH = bytes(0x20 if chr(code) in "89abcdef" else 0 for code in range(256))
CHECKSUMS = {}


def checksums_of(addresses):
    """Returns the EIP-55 forms of lower-case addresses. A letter is upper case where the hash's digit is above 7."""
    texts = []
    digits = "".join(address[2:] for address in addresses).encode()
    hashes = keccak_all(digits, 40, "checksums")
    for start in range(0, len(addresses), PART):
        some = digits[40 * start : 40 * (start + PART)]
        stop = min(start + PART, len(addresses))
        marks = b"".join(hashes[32 * i : 32 * i + 20] for i in range(start, stop)).hex().encode()
        flips = int.from_bytes(some.translate(LETTERS), "big") & int.from_bytes(marks.translate(HIGH), "big")
        shown = (int.from_bytes(some, "big") ^ flips).to_bytes(len(some), "big").decode()
        texts += ["0x" + shown[at : at + 40] for at in range(0, len(shown), 40)]
    return texts


def remember_checksums(addresses):
    """Computes many EIP-55 forms at once, which `checksummed` then returns."""
    wanted = sorted(set(addresses) - set(CHECKSUMS))
    CHECKSUMS.update(zip(wanted, checksums_of(wanted)))


def checksummed(address):
    """Returns the EIP-55 form of one address in lower case."""
    if address not in CHECKSUMS:
        CHECKSUMS[address] = checksums_of([address])[0]
    return CHECKSUMS[address]


class Unchecked:
    """Collects the addresses of a file to check their checksums together, which is many times as fast."""

    texts, lines = None, None

    @classmethod
    def begin(cls):
        cls.texts, cls.lines = [], []

    @classmethod
    def mark(cls, line):
        """Records the line of the addresses that were added since the last mark."""
        cls.lines.extend([line] * (len(cls.texts) - len(cls.lines)))

    @classmethod
    def check(cls):
        texts, lines, cls.texts, cls.lines = cls.texts, cls.lines, None, None
        for text, line, right in zip(texts, lines, checksums_of([text.lower() for text in texts])):
            if text != right:
                raise Wrong(f"line {line}: {text!r} has a wrong checksum")


# The prefixes of addresses on chains by id (EIP-3770).
CHAIN_PREFIXES = {
    42161: "arb1",
    421614: "arb-sep",
    1: "eth",
    11155111: "sep",
    8453: "base",
    10: "oeth",
    137: "matic",
    100: "gno",
    56: "bnb",
    43114: "avax",
    59144: "linea",
    534352: "scr",
}
PREFIXED = re.compile(r"(?:eip155:([1-9][0-9]{0,15})|([A-Za-z0-9-]{1,32})):(0[xX][0-9a-fA-F]{40})", re.IGNORECASE | re.ASCII)


def without_prefix(text, chain):
    """Removes the chain prefix of an address, which must be that of the chain. Returns any other text unchanged."""
    if ":" not in text:
        return text
    match = PREFIXED.fullmatch(text)
    if match is None:
        return text
    if match[1] != str(chain) and (match[2] or "").lower() != CHAIN_PREFIXES.get(chain):
        raise Wrong(f"{text!r} is not an address on chain {chain}")
    return match[3]


def address_of(text):
    """Returns an address in lower case. Mixed case must be a valid checksum (EIP-55)."""
    if not isinstance(text, str) or not ADDRESS.fullmatch(text):
        raise Wrong(f"{text!r} is not an address")
    lower, digits = text.lower(), text[2:]
    if digits not in (digits.lower(), digits.upper()):
        if Unchecked.texts is not None:
            Unchecked.texts.append("0x" + digits)
        elif "0x" + digits != checksummed(lower):
            raise Wrong(f"{text!r} has a wrong checksum")
    return lower


def units_of(text, decimals):
    """Returns a plain decimal as a whole number of units of 10^-decimals."""
    match = DECIMAL.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Wrong(f"{text!r} is not a plain decimal number")
    fraction = match[2] or ""
    if len(fraction) > decimals:  # zeros after the last decimal change nothing
        fraction = fraction.rstrip("0").ljust(decimals, "0")
    if len(fraction) > decimals:
        raise Wrong(f"{text!r} has more than {decimals} decimals")
    if len(match[1]) > MOST_DIGITS:
        raise Wrong(f"{text!r} has more than {MOST_DIGITS} digits before the point")
    return int(match[1] + fraction.ljust(decimals, "0"))


class Factor:
    """Holds an exact decimal of at most 18 digits after the point: a weight, a bonus or a rate."""

    def __init__(self, text):
        units_of(text, 18)
        whole, _, fraction = text.partition(".")
        if len(fraction) > 18:  # zeros after the last decimal change nothing
            fraction = fraction.rstrip("0").ljust(18, "0")
        self.digits, self.scale = int(whole + fraction), len(fraction)
        self.text = (whole + "." + fraction).rstrip("0").rstrip(".") if fraction else whole

    def at(self, scale):
        """Returns the digits at a scale that is not below its own: 1.5 at scale 3 is 1500."""
        return self.digits * 10 ** (scale - self.scale)


def format_units(units, decimals):
    """Writes base units as a plain decimal with all decimals."""
    if decimals == 0:
        return str(units)
    digits = str(units).rjust(decimals + 1, "0")
    return f"{digits[:-decimals]}.{digits[-decimals:]}"


def human_amount(units, decimals):
    """Writes base units for people: thousands grouped, without trailing zeros."""
    whole, _, fraction = format_units(units, decimals).partition(".")
    fraction = fraction.rstrip("0")
    return f"{int(whole):,}.{fraction}" if fraction else f"{int(whole):,}"


def time_of(text):
    """Returns the seconds since 1970 of a time such as 2025-11-21T00:00:00Z."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text, re.ASCII):
        raise Wrong(f"{text!r} is not a time in UTC")
    try:
        seconds = int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())
    except ValueError:
        raise Wrong(f"{text!r} is not a time in UTC") from None
    if seconds < 0:
        raise Wrong(f"{text!r} is before 1970, where times of a chain begin")
    return seconds


# --------------------------------------------------------------------------------------- 5. files and tables


def read_bytes(path, most=None):
    """Reads at most `most` bytes of a plain file. Refuses a FIFO or a device without waiting for it."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            if not stat.S_ISREG(found.st_mode):
                raise Wrong("is not a plain file")
            # Python allocates as many bytes as are asked for, so it is not asked for more than there are.
            return file.read() if most is None else file.read(min(most, found.st_size + 1))
    except OSError as error:
        raise Wrong(f"cannot be read: {error.strerror}") from None


def record_of(data):
    return {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}


def escaped(text):
    """Escapes half a surrogate pair as JavaScript does."""
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def json_text(value):
    """Writes JSON as JSON.stringify(value, undefined, 2) does."""
    return escaped(json.dumps(value, indent=2, ensure_ascii=False))


def compact(value):
    """Writes JSON as JSON.stringify(value) does."""
    return escaped(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def csv_field(text):
    """Writes a field of a CSV file, in quotes where it has a comma, a quote or a line's end."""
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n\t]', text) else text


def json_list(name, rows):
    """Writes a list within an object, one line a row."""
    lines = ",".join(f"\n    {compact(row)}" for row in rows)
    return f',\n  "{name}": [' + lines + ("\n  ]" if rows else "]")


def text_of(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("is not UTF-8 text") from None


def parse_json(data):
    """Parses JSON strictly: UTF-8, each key once, and only whole numbers, written as 9, 9.0 or 9e0."""

    def once(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise Wrong(f"a key comes twice among {keys}")
        if "__proto__" in keys:  # no file has it, and a reader in JavaScript may lose it
            raise Wrong("key '__proto__' is not expected")
        return dict(pairs)

    def whole(text):
        number = float(text)
        if not number.is_integer() or abs(number) > MOST_JSON:
            raise Wrong(f"{text} is not a whole number below 2^53")
        return int(number)

    def short(text):
        return int(text) if len(text) < 16 else whole(text)

    text = text_of(data).removeprefix("\ufeff")
    try:
        return json.loads(text, object_pairs_hook=once, parse_float=whole, parse_int=short, parse_constant=whole)
    except (ValueError, RecursionError) as error:
        raise Wrong(f"is not JSON: {error}") from None


def keys_of(value, required, optional, what):
    """Checks the keys of an object; returns it."""
    if not isinstance(value, dict):
        raise Wrong(f"{what} is not an object")
    for key in required:
        if key not in value:
            raise Wrong(f"{what}: {key} is missing")
    for key in value:
        if key not in required and key not in optional:
            raise Wrong(f"{what}: {key} is not expected")
    return value


def is_text(value, pattern):
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def whole_text_of(value, what):
    """Returns a whole number that is written as text, as a contract's numbers are."""
    if not is_text(value, r"0|[1-9][0-9]{0,77}"):
        raise Wrong(f"{what} is {value!r}, not a whole number in decimal digits")
    return int(value)


def list_of(value, what):
    if not isinstance(value, list):
        raise Wrong(f"{what} is not a list")
    return value


def whole_of(value, what, least=0, most=None):
    """Checks a whole number; returns it."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Wrong(f"{what} is not a whole number from {least}")
    if most is not None and value > most:
        raise Wrong(f"{what} is above {most}")
    return value


def places_of(fields, columns, ignore):
    """Returns the positions of the columns in the first line, and whether that line is a header."""
    if all(isinstance(c, int) for c in columns):
        if {*columns, *ignore} != set(range(1, len(fields) + 1)):
            raise Wrong(f"line 1: {len(fields)} fields, not the columns {columns} and {list(ignore)}")
        return [c - 1 for c in columns], False
    missing = [c for c in columns if c not in fields]
    extra = [c for c in fields if c not in columns and c not in ignore]
    if missing or extra or len(set(fields)) != len(fields):
        raise Wrong(f"line 1: the header is {fields}, not {list(columns)}")
    return [fields.index(c) for c in columns], True


def read_csv(data, gzipped, columns, ignore=()):
    """Yields the wanted fields and the line of each row of a CSV file. Skips rows of only separators and blanks."""
    try:
        text = text_of(gzip.decompress(data) if gzipped else data)
    except (OSError, EOFError, zlib.error):
        raise Wrong("is not a gzip file, or is damaged") from None
    alone = re.search(r"\r(?!\n)", text)
    if alone is not None:
        raise Wrong(f"line {text.count(chr(10), 0, alone.start()) + 1}: a CR is not followed by LF")
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="\n"), strict=True)
    width, places = 0, None
    try:
        for fields in rows:
            if all(not field.strip(" \t\u00a0;|") for field in fields):
                continue
            if places is None:
                places, is_header = places_of(fields, columns, ignore)
                width = len(fields)
                if is_header:
                    continue
            if len(fields) != width:
                raise Wrong(f"line {rows.line_num}: {len(fields)} fields instead of {width}")
            try:
                yield [fields[place] for place in places], rows.line_num
            except Wrong as error:
                raise Wrong(f"line {rows.line_num}: {error}") from None
    except csv.Error as error:
        raise Wrong(f"line {rows.line_num}: {error}") from None
    if places is None:
        raise Wrong("is empty")


def read_json_rows(data, gzipped, is_lines, columns, ignore=()):
    """Yields the wanted texts of each object of a JSON table, and the line on which the object begins."""
    try:
        text = text_of(gzip.decompress(data) if gzipped else data).removeprefix("\ufeff")
    except (OSError, EOFError, zlib.error):
        raise Wrong("is not a gzip file, or is damaged") from None

    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise Wrong("a key comes twice")
        return dict(pairs)

    def constant(text):
        raise Wrong(f"{text} is no JSON")

    def number(_):
        return 0  # an ignored column may hold any number

    decoder = json.JSONDecoder(
        object_pairs_hook=once, parse_constant=constant, parse_int=number, parse_float=number
    )

    def fields_of(row, line):
        """Returns the wanted texts of a row."""
        if not isinstance(row, dict) or not set(columns) <= set(row) <= {*columns, *ignore}:
            raise Wrong(f"line {line}: is not an object with the keys {','.join(columns)}")
        if not all(isinstance(row[column], str) for column in columns):
            raise Wrong(f"line {line}: a value is not a text")
        if any(isinstance(value, (dict, list)) for value in row.values()):
            raise Wrong(f"line {line}: a value holds others")
        return [row[column] for column in columns]

    if not all(isinstance(column, str) for column in columns):
        raise Wrong("columns by position are for CSV")
    if text.strip(BLANKS) == "":
        raise Wrong("is empty")
    if is_lines:
        for line, one in enumerate(text.split("\n"), 1):
            if one.strip(BLANKS) != "":
                try:
                    row = decoder.decode(one)
                except (json.JSONDecodeError, RecursionError) as error:
                    raise Wrong(f"line {line}: is not one object on one line: {error}") from None
                yield fields_of(row, line), line
        return
    if len(columns) == 2 and text.lstrip(" \t\r\n").startswith("{"):
        yield from pairs_of(text)
        return
    at, line = 0, 1

    def skip(wanted=""):
        """Skips blanks. Returns true if the wanted text follows, and skips it too."""
        nonlocal at, line
        start = at
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        line += text.count("\n", start, at)
        found = wanted != "" and text.startswith(wanted, at)
        at += len(wanted) if found else 0
        return found

    if not skip("["):
        raise Wrong(f"line {line}: no [ where the rows begin")
    has_end = skip("]")
    while not has_end:
        skip()
        try:
            row, after = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            raise Wrong(f"line {line}: is not JSON: {error}") from None
        yield fields_of(row, line), line
        line += text.count("\n", at, after)
        at = after
        if not skip(","):
            if not skip("]"):
                raise Wrong(f"line {line}: no , or ] after a row")
            has_end = True
    skip()
    if at < len(text):
        raise Wrong(f"line {line}: something comes after the rows")


def pairs_of(text):
    """Yields the members of an object of texts as rows of two fields, and the line of each key."""
    skipped = re.compile(r"[ \t\r\n]*")
    parse_json(text.encode("utf-8", "surrogatepass"))
    decoder = json.JSONDecoder()
    at = skipped.match(text, skipped.match(text).end() + 1).end()
    line, counted = 1, 0
    while text[at] != "}":
        line, counted = line + text.count("\n", counted, at), at
        key, at = decoder.raw_decode(text, at)
        at = skipped.match(text, skipped.match(text, at).end() + 1).end()
        value, at = decoder.raw_decode(text, at)
        if not isinstance(value, str):
            raise Wrong(f"line {line}: a value is not a text")
        yield [key, value], line
        at = skipped.match(text, at).end()
        if text[at] == ",":
            at = skipped.match(text, at + 1).end()


def read_table(data, name, columns, ignore=()):
    """Reads a table by the ending of its name: JSON, JSON Lines or CSV, each possibly packed."""
    gzipped = name.endswith(".gz")
    plain = name.removesuffix(".gz")
    if plain.endswith((".json", ".jsonl")):
        return read_json_rows(data, gzipped, plain.endswith(".jsonl"), columns, ignore)
    return read_csv(data, gzipped, columns, ignore)


class Inputs:
    """Reads the files of a program's folder, and keeps the hash of each."""

    def __init__(self, folder):
        self.folder = folder
        self.read = {}
        self.chain = None  # known once program.json is read

    def data(self, name):
        if not isinstance(name, str) or not re.fullmatch(FILE_NAME, name):
            raise Wrong(f"{name!r} is not the name of a file beside program.json")
        path = os.path.join(self.folder, name)
        try:
            data = read_bytes(path)
        except Wrong as error:
            raise Wrong(f"{path}: {error}") from None
        self.read[name] = record_of(data)
        return data

    def json(self, name):
        data = self.data(name)
        try:
            return parse_json(data)
        except Wrong as error:
            raise Wrong(f"{os.path.join(self.folder, name)}: {error}") from None

    def rows(self, name, columns, ignore, take):
        """Hands each row of a table to `take`, without the prefix of the program's chain before addresses."""
        for column in [*columns, *(ignore if isinstance(ignore, list) else [None])]:
            if not (isinstance(column, str) and column) and not (type(column) is int and 1 <= column <= 1000):
                raise Wrong(f"source: {column!r} is not a column of {name}")
        if isinstance(name, str) and name.lower() in RESERVED_FILES:
            raise Wrong(f"{name!r} is the name of a file that a verb writes, not of a table")
        data = self.data(name)
        line = 1
        Unchecked.begin()
        try:
            for fields, line in read_table(data, name, columns, ignore):
                try:
                    take([without_prefix(text, self.chain) for text in fields], line)
                except Wrong as error:
                    raise Wrong(f"line {line}: {error}") from None
                if len(Unchecked.texts) > len(Unchecked.lines):
                    Unchecked.mark(line)
            Unchecked.check()
        except Wrong as error:
            Unchecked.texts = None
            raise Wrong(f"{os.path.join(self.folder, name)}: {error}") from None


# ------------------------------------------------------------------------------------------- 6. program.json


def program_of(inputs):
    """Reads program.json. Refuses unknown keys."""
    p = inputs.json("program.json")
    where = os.path.join(inputs.folder, "program.json")
    keys_of(
        p,
        ["format", "name", "chainId", "token", "tranches", "source"],
        ["description", "icon", "chain", "snapshot", "eligibility", "rules", "contract", "attestation", "unconfirmed"],
        where,
    )
    if p["format"] != "merkle-airdrop/program@1":
        raise Wrong(f"{where}: format is {p['format']!r}")
    if whole_of(p["chainId"], f"{where}: chainId", 1) and not isinstance(p.get("description", ""), str):
        raise Wrong(f"{where}: description is not a text")
    icon = p.get("icon", "icon.svg")
    if not isinstance(icon, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\.svg", icon):
        raise Wrong(f"{where}: icon is {icon!r}, not the name of an .svg file beside program.json")
    if p["chainId"] in UNSUPPORTED_CHAINS:
        raise Wrong(f"{where}: chainId: {p['chainId']} is not supported")
    if "chain" in p:
        require_chain(p["chain"], f"{where}: chain")
    if not isinstance(p["name"], str) or not re.fullmatch(PROGRAM_NAME, p["name"]):
        raise Wrong(f"{where}: name is {p['name']!r}, not lower-case letters, digits and hyphens")
    token = keys_of(p["token"], ["address", "symbol", "decimals"], [], f"{where}: token")
    decimals = whole_of(token["decimals"], f"{where}: token.decimals", most=36)
    if not isinstance(token["symbol"], str) or not re.fullmatch(r"[A-Za-z0-9.$-]{1,12}", token["symbol"]):
        raise Wrong(f"{where}: token.symbol is {token['symbol']!r}, not 1 to 12 letters or digits")
    tranches = keys_of(p["tranches"], ["automatic"], ["reserve"], f"{where}: tranches")
    rules = keys_of(
        p.get("rules", {}),
        [],
        ["payTo", "leavingNodes", "minimum", "cap", "exclude", "overrides"],
        f"{where}: rules",
    )
    exclude, overrides = {}, {}
    for one in list_of(rules.get("exclude", []), f"{where}: rules.exclude"):
        keys_of(one, ["account", "reason"], [], f"{where}: rules.exclude")
        account = address_of(one["account"])
        if account in exclude:
            raise Wrong(f"{where}: {one['account']} is excluded twice")
        exclude[account] = reason_of(one, f"{where}: rules.exclude")
    for one in list_of(rules.get("overrides", []), f"{where}: rules.overrides"):
        keys_of(one, ["account", "payTo", "reason"], [], f"{where}: rules.overrides")
        account = address_of(one["account"])
        if account in overrides or address_of(one["payTo"]) == ZERO:
            raise Wrong(f"{where}: the override of {account} comes twice or pays the zero address")
        overrides[account] = address_of(one["payTo"])
        reason_of(one, f"{where}: rules.overrides")
    for one in list_of(p.get("unconfirmed", []), f"{where}: unconfirmed"):
        keys_of(one, ["field", "reason"], [], f"{where}: unconfirmed")
        if not isinstance(one["field"], str) or one["field"] == "":
            raise Wrong(f"{where}: unconfirmed: field is {one['field']!r}")
        reason_of(one, f"{where}: unconfirmed")
    attesters = attesters_of(p["attestation"], f"{where}: attestation") if "attestation" in p else {}
    eligibility = p.get("eligibility")
    if "eligibility" in p:
        keys_of(eligibility, ["file"], ["match"], f"{where}: eligibility")
        if eligibility.get("match", "person") not in ("person", "address"):
            raise Wrong(f"{where}: eligibility.match is {eligibility['match']!r}")
    terms = keys_of(p.get("contract", {}), [], ["owner", "reserveDelay", "sweepTime"], f"{where}: contract")
    inputs.chain = p["chainId"]
    program = {
        "name": p["name"],
        "chainId": p["chainId"],
        "token": address_of(token["address"]),
        "symbol": token["symbol"],
        "decimals": decimals,
        "pool": units_of(tranches["automatic"], decimals),
        "reserve": units_of(tranches.get("reserve", "0"), decimals),
        "source": p["source"],
        "snapshot": wanted_snapshot(p["snapshot"], f"{where}: snapshot") if "snapshot" in p else None,
        "eligibility": eligibility,
        "payTo": rules.get("payTo", "beneficiary"),
        "leavingNodes": rules.get("leavingNodes", "include"),
        "minimum": units_of(rules.get("minimum", "0"), decimals),
        "cap": units_of(rules["cap"], decimals) if "cap" in rules else None,
        "exclude": exclude,
        "overrides": overrides,
        "draft": bool(p.get("unconfirmed")),
        "attesters": attesters,
        "contract": {
            "owner": address_of(terms["owner"]) if "owner" in terms else None,
            "reserveDelay": whole_of(terms.get("reserveDelay", 0), f"{where}: contract.reserveDelay"),
            "sweepTime": time_of(terms["sweepTime"]) if "sweepTime" in terms else None,
        },
    }
    for name, allowed in (("payTo", ("beneficiary", "staker")), ("leavingNodes", ("include", "exclude"))):
        if program[name] not in allowed:
            raise Wrong(f"{where}: rules.{name} is {program[name]!r}")
    if max(program["pool"], program["reserve"]) > MOST_WORD:
        raise Wrong(f"{where}: a tranche is above 2^256 - 1 base units")
    if program["pool"] == 0 or program["cap"] == 0:
        raise Wrong(f"{where}: tranches.automatic or rules.cap is zero")
    if program["cap"] is not None and program["cap"] < program["minimum"]:
        raise Wrong(f"{where}: rules.cap is below the minimum")
    if program["contract"]["owner"] == ZERO:
        raise Wrong(f"{where}: contract.owner is the zero address")
    return program


def attesters_of(terms, where):
    """Returns the names of the attesters by address."""
    keys_of(terms, ["attesters"], ["required"], where)
    attesters = {}
    for one in list_of(terms["attesters"], f"{where}.attesters"):
        keys_of(one, ["name", "address"], [], f"{where}.attesters")
        name = name_of(one["name"], f"{where}.attesters: name").strip(BLANKS)
        address = address_of(one["address"])
        if not 0 < len(name.encode("utf-16-le", "surrogatepass")) // 2 <= 60 or address in attesters or address == ZERO:
            raise Wrong(f"{where}.attesters: {one['name']!r} has no name, comes twice or is the zero address")
        attesters[address] = name
    if not attesters or whole_of(terms.get("required", 0), f"{where}.required") > len(attesters):
        raise Wrong(f"{where}: has no attesters, or requires more than there are")
    return attesters


UNSUPPORTED_CHAINS = (324, 300)  # ZKsync and its test network, whose bytecode is another
_HOST = rf"(?:\[[0-9a-fA-F:]+\]|[^/?#:@{BLANKS}]+)"
RPC_URL = rf"(?:https://{_HOST}|http://(?:127\.0\.0\.1|localhost))(?::[0-9]+)?(?:[/?#][^{BLANKS}]*)?"
EXPLORER_URL = rf"https://[^{BLANKS}/?#@]+(?:/[^{BLANKS}?#@]*[^{BLANKS}/?#@])?"


def require_chain(chain, what):
    """Checks the description of a chain, which nothing is computed from."""
    keys_of(chain, ["name"], ["currency", "explorer", "rpcs"], what)
    for key, pattern in (
        ("name", r"[\x21-\x7e][\x20-\x7e]{0,39}"),
        ("currency", r"[A-Za-z0-9.$-]{1,12}"),
        ("explorer", EXPLORER_URL),
    ):
        if key in chain and not is_text(chain[key], pattern):
            raise Wrong(f"{what}.{key} is {shortened(chain[key])}")
    for url in list_of(chain.get("rpcs", []), f"{what}.rpcs"):
        if not is_text(url, RPC_URL):
            raise Wrong(f"{what}.rpcs: {shortened(url)} is not a URL of a node")


def wanted_snapshot(wanted, what):
    """Checks the settings of a program's snapshot; returns them."""
    keys_of(wanted, [], ["block", "time", "stakingContract", "implementation"], what)
    if ("block" in wanted) == ("time" in wanted):
        raise Wrong(f"{what} must name a block or a time")
    if "block" in wanted:
        whole_of(wanted["block"], f"{what}.block", 1)
    else:
        time_of(wanted["time"])
    for key in ("stakingContract", "implementation"):
        if key in wanted:
            address_of(wanted[key])
    return wanted


def reason_of(one, what):
    if not isinstance(one["reason"], str) or one["reason"] == "":
        raise Wrong(f"{what}: reason is {one['reason']!r}, not a text")
    return one["reason"]


# ---------------------------------------------------------------------------------- 7. snapshot.json, people


def snapshot_of(inputs, program):
    """Reads snapshot.json. Returns None for programs that read no chain."""
    if program["snapshot"] is None:
        return None
    s = inputs.json("snapshot.json")
    where = os.path.join(inputs.folder, "snapshot.json")
    keys_of(s, ["format", "chainId", "block", "token", "amounts", "sections", "accounts"], [], where)
    if s["format"] != "merkle-airdrop/snapshot@1" or s["amounts"] != "base units":
        raise Wrong(f"{where}: is not a snapshot in base units")
    whole_of(s["chainId"], f"{where}: chainId", 1)
    keys_of(s["block"], BLOCK, [], f"{where}: block")
    whole_of(s["block"]["number"], f"{where}: block.number")
    if not is_text(s["block"]["hash"], r"0x[0-9a-f]{64}"):
        raise Wrong(f"{where}: block.hash is not a hash")
    wanted = program["snapshot"]
    keys_of(s["token"], ["address", "implementation"], [], f"{where}: token")
    address_of(s["token"]["implementation"])
    expected = [
        (program["chainId"], s["chainId"], "chain"),
        (program["token"], address_of(s["token"]["address"]), "token"),
        (wanted.get("block", s["block"]["number"]), s["block"]["number"], "block"),
    ]
    for asked, found, what in expected:
        if asked != found:
            raise Wrong(f"{where}: its {what} is {found}, the program's {asked}")
    # The last block at or before the time; that the next one is later only the chain can tell.
    timestamp = whole_of(s["block"]["timestamp"], f"{where}: block.timestamp")
    if "time" in wanted and timestamp > time_of(wanted["time"]):
        raise Wrong(f"{where}: its block is of {timestamp}, after the program's time {wanted['time']}")
    reading = readings_of(program)
    keys_of(s["sections"], list(reading), [], f"{where}: sections")
    sections = {
        name: SECTIONS[name](program, s["sections"][name], settings, f"{where}: sections.{name}")
        for name, settings in reading.items()
    }
    accounts = {}
    if not isinstance(s["accounts"], dict):
        raise Wrong(f"{where}: accounts is not an object")
    for key, account in s["accounts"].items():
        address = address_of(key)
        if address in accounts:
            raise Wrong(f"{where}: {key} is listed twice")
        accounts[address] = account_of(account, f"{where}: accounts.{key}")
    block = {key: s["block"][key] for key in ("number", "hash", "timestamp")}
    return {"sections": sections, "accounts": accounts, "block": block}


def readings_of(program):
    """Returns the settings of each section that a program reads, by its name."""
    source, wanted = program["source"], program["snapshot"]
    staking = wanted.get("stakingContract")
    reading = {}
    if source.get("kind") == "session-staking":
        staking = source.get("stakingContract")
    if source.get("kind") == "erc20-balances":
        reading["erc20-balances"] = source
    if staking is not None:
        reading["session-staking"] = {"stakingContract": staking}
    return reading


def staking_section(program, s, settings, what):
    """Checks a staking network; returns its nodes, and the accounts whose kinds they need."""
    terms = ["stakingContract", "implementation", "token", "stakingRequirement", "maxContributors", "nodes"]
    keys_of(s, terms, [], what)
    whole_text_of(s["stakingRequirement"], f"{what}.stakingRequirement")
    whole_of(s["maxContributors"], f"{what}.maxContributors", 1)
    staking, asked = address_of(s["stakingContract"]), address_of(settings["stakingContract"])
    if staking != asked:
        raise Wrong(f"{what}: its staking contract is {staking}, the program's {asked}")
    if address_of(s["token"]) != program["token"]:
        raise Wrong(f"{what}: its staked token is {s['token']}, the program's {program['token']}")
    require_known_layout(what, program["chainId"], staking, address_of(s["implementation"]), program["snapshot"])
    nodes = nodes_of(s["nodes"], f"{what}.nodes")
    named = {address for _, operator, _, stakes in nodes for address in [operator, *(one for one, _ in stakes)]}
    return {"nodes": nodes, "accounts": named}


def balances_section(_program, s, settings, what):
    """Checks the balances of a token; returns what each holder has, in order, and the decimals."""
    keys_of(s, ["token", "decimals", "totalSupply", "asset", "holders"], [], what)
    token, asked = address_of(s["token"]), address_of(settings.get("token"))
    if token != asked:
        raise Wrong(f"{what}: its token is {token}, the program's {asked}")
    decimals = whole_of(s["decimals"], f"{what}.decimals", 0, 255)
    supply = whole_text_of(s["totalSupply"], f"{what}.totalSupply")
    converts = settings.get("assets", False)
    if (s["asset"] is not None) != (converts is True):
        raise Wrong(f"{what}: balances are converted to assets in one of snapshot and program only")
    if converts:
        keys_of(s["asset"], ["address", "decimals"], [], f"{what}.asset")
        address_of(s["asset"]["address"])
        decimals = whole_of(s["asset"]["decimals"], f"{what}.asset.decimals", 0, 255)
    holders, balances = [], []
    for one in list_of(s["holders"], f"{what}.holders"):
        keys_of(one, ["account", "balance", *(["assets"] if converts else [])], [], f"{what}.holders")
        account = address_of(one["account"])
        if holders and account <= holders[-1][0]:
            raise Wrong(f"{what}.holders: {one['account']} does not come after the one before")
        balance = whole_text_of(one["balance"], f"{what}.holders.balance")
        balances.append((account, balance))
        worth = whole_text_of(one["assets"], f"{what}.holders.assets") if converts else balance
        holders.append((account, worth))
    # The holders that the events name have the whole supply together. Otherwise one is missing.
    held = sum(balance for _, balance in balances)
    if "fromBlock" in settings and held != supply:
        raise Wrong(f"{what}: its holders have {held} base units together, but the supply is {supply}")
    named = {account for account, _ in holders}
    return {
        "token": token,
        "decimals": decimals,
        "holders": holders,
        "balances": balances,
        "converts": converts,
        "accounts": named,
    }


SECTIONS = {"session-staking": staking_section, "erc20-balances": balances_section}


def nodes_of(listed, what):
    """Returns the nodes of a snapshot: number, operator, whether it is leaving, and the stakes."""
    nodes, last = [], 0
    for node in list_of(listed, what):
        keys_of(node, ["id", "operator", "addedTimestamp", "leaveRequestTimestamp", "contributors"], [], what)
        number = whole_text_of(node["id"], f"{what}.id")
        if number <= last:
            raise Wrong(f"{what}: node {number} does not come after {last}")
        last = number
        whole_of(node["addedTimestamp"], f"{what}.addedTimestamp")
        is_leaving = whole_of(node["leaveRequestTimestamp"], f"{what}.leaveRequestTimestamp") != 0
        stakes = []
        for one in list_of(node["contributors"], f"{what}.contributors"):
            keys_of(one, ["address", "beneficiary", "stake"], [], f"{what}.contributors")
            address_of(one["beneficiary"])
            stakes.append((address_of(one["address"]), whole_text_of(one["stake"], f"{what}.contributors.stake")))
        nodes.append((number, address_of(node["operator"]), is_leaving, stakes))
    return nodes


_VESTING = ["beneficiary", "revoker", "revoked", "start", "end"]
# The keys of an account by its kind.
ACCOUNT_KEYS = {
    "plain": [],
    "empty": [],
    "contract": [],
    "eip7702": ["delegate"],
    "safe": ["version", "threshold", "owners"],
    "vesting-staking": _VESTING,
    "vesting-nostaking": _VESTING,
}


def account_of(account, what):
    """Checks an account of a snapshot; returns it."""
    kind = account.get("kind") if isinstance(account, dict) else None
    if not isinstance(kind, str) or kind not in ACCOUNT_KEYS:
        raise Wrong(f"{what}: kind is {kind!r}")
    keys_of(account, ["kind", *ACCOUNT_KEYS[kind]], [], what)
    for key in ("delegate", "beneficiary", "revoker"):
        if key in account:
            address_of(account[key])
    for key in ("threshold", "start", "end"):
        if key in account:
            whole_of(account[key], f"{what}.{key}")
    if kind == "safe":
        for owner in list_of(account["owners"], f"{what}.owners"):
            address_of(owner)
    if not isinstance(account.get("version", ""), str) or not isinstance(account.get("revoked", False), bool):
        raise Wrong(f"{what}: version is not a text, or revoked neither true nor false")
    return account


# The implementations of the staking contract whose storage layout the evidence of a snapshot relies on, by chain.
KNOWN_IMPLEMENTATIONS = {42161: ["0x40d1c84fcf7e18792b0431da2f744a6f0b664d46"]}


def require_known_layout(where, chain_id, staking, implementation, wanted):
    """Refuses code whose storage layout is not known and that the operators have not reviewed."""
    known = list(KNOWN_IMPLEMENTATIONS.get(chain_id, []))
    if "implementation" in wanted:
        known.append(address_of(wanted["implementation"]))
    if implementation not in known:
        raise Wrong(
            f"{where}: the staking contract {checksummed(staking)} runs {checksummed(implementation)}, "
            "whose storage layout is not known"
        )


def person_finder(snapshot, links):
    """Returns a function from an address to its person: the end of its chain of signed links and vesting contracts."""
    accounts = snapshot["accounts"] if snapshot else {}

    def beneficiary(address):
        account = accounts.get(address, {})
        if not account.get("kind", "").startswith("vesting-"):
            return None
        named = address_of(account["beneficiary"])
        return None if named == ZERO else named

    def person(address):
        path = []
        while address not in path:
            path.append(address)
            after = links.get(address) or beneficiary(address)
            if after is None:
                return address
            address = after
        return min(path[path.index(address) :])  # a circle: its lowest address is the person

    return person


# -------------------------------------------------------------------------------------- 8. signed statements
#
# links.jsonl says which addresses belong to one person, redirects.jsonl where an account's amount is paid. Each line is
# signed by a key (EIP-712 or EIP-191), or by a contract wallet (ERC-1271), whose signature only a node can check.

CURVE_P = (1 << 256) - (1 << 32) - 977  # secp256k1: y^2 = x^3 + 7 over this field
CURVE_N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
GENERATOR = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)


def add_points(a, b):
    """Adds two points of secp256k1; None is the point at infinity."""
    if a is None or b is None:
        return b if a is None else a
    if a[0] == b[0]:
        if (a[1] + b[1]) % CURVE_P == 0:
            return None
        slope = 3 * a[0] * a[0] * inverse(2 * a[1], CURVE_P) % CURVE_P
    else:
        slope = (b[1] - a[1]) * inverse(b[0] - a[0], CURVE_P) % CURVE_P
    x = (slope * slope - a[0] - b[0]) % CURVE_P
    return x, (slope * (a[0] - x) - a[1]) % CURVE_P


def inverse(number, modulus):
    return pow(number, -1, modulus)


def two_products(a, p, b, q):
    """Returns a*p + b*q, adding the points bit by bit."""
    table, total = {1: p, 2: q, 3: add_points(p, q)}, None
    for bit in range(255, -1, -1):
        total = add_points(total, total)
        step = (a >> bit & 1) | (b >> bit & 1) << 1
        if step:
            total = add_points(total, table[step])
    return total


def signer_of(digest, signature):
    """Returns the account whose key signed a digest, or None. `s` is in the lower half, v is 27 or 28."""
    if len(signature) != 65 or signature[64] not in (27, 28):
        return None
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:64], "big")
    if not (0 < r < CURVE_N and 0 < s <= CURVE_N // 2):
        return None
    square = (r * r * r + 7) % CURVE_P
    y = pow(square, (CURVE_P + 1) // 4, CURVE_P)
    if y * y % CURVE_P != square:
        return None
    if y & 1 != signature[64] - 27:
        y = CURVE_P - y
    one = inverse(r, CURVE_N)
    key = two_products(-int.from_bytes(digest, "big") * one % CURVE_N, GENERATOR, s * one % CURVE_N, (r, y))
    if key is None:
        return None
    return "0x" + keccak256(key[0].to_bytes(32, "big") + key[1].to_bytes(32, "big"))[12:].hex()


def typed_digest(chain_id, type_text, *words):
    """Returns the EIP-712 digest of a message whose fields are 32-byte words, in the domain of statements."""
    domain_type = b"EIP712Domain(string name,string version,uint256 chainId)"
    domain = keccak256(
        keccak256(domain_type) + keccak256(b"MerkleAirdrop") + keccak256(b"1") + chain_id.to_bytes(32, "big")
    )
    return keccak256(b"\x19\x01" + domain + keccak256(keccak256(type_text.encode()) + b"".join(words)))


def address_word(address):
    return bytes.fromhex(address[2:]).rjust(32, b"\0")


STATEMENT_TEXTS = {
    "link": "The addresses {from_} and {to} belong to the same person.\n"
    "Everything due to {from_} is to be paid to {to}.",
    "redirect": "The amount of {from_} is to be paid to {to}.",
}
STATEMENT_TYPES = {"link": "Link", "redirect": "Redirect"}
STATEMENT_KEYS = ["format", "program", "chainId", "from", "to", "deadline", "scheme", "signature", "accepted"]
MOST_SIGNATURE = 6500  # bytes


class Statement:
    """One line of links.jsonl or redirects.jsonl, its form checked."""

    def __init__(self, kind, entry):
        keys_of(entry, STATEMENT_KEYS, ["consent"] if kind == "link" else [], "the line")
        if entry["format"] != f"merkle-airdrop/{kind}@1":
            raise Wrong(f"format is {entry['format']!r}")
        self.kind, self.program = kind, entry["program"]
        self.chain_id = whole_of(entry["chainId"], "chainId", 1)
        self.from_, self.to = address_of(entry["from"]), address_of(entry["to"])
        self.deadline, self.deadline_text = time_of(entry["deadline"]), entry["deadline"]
        self.accepted = time_of(entry["accepted"])
        self.signature = self.signature_of(entry)
        self.consent = None
        if "consent" in entry:
            self.consent = self.signature_of(keys_of(entry["consent"], ["scheme", "signature"], [], "consent"))

    @staticmethod
    def signature_of(entry):
        scheme, text = entry["scheme"], entry["signature"]
        if scheme not in ("eip712", "eip191", "erc1271"):
            raise Wrong(f"scheme is {scheme!r}")
        if not isinstance(text, str) or not re.fullmatch(r"0x([0-9a-fA-F]{2}){1,%d}" % MOST_SIGNATURE, text):
            raise Wrong("signature is not 1 to 6,500 bytes in hex")
        return scheme, bytes.fromhex(text[2:])

    def digest(self, scheme):
        if scheme == "eip191":
            words = STATEMENT_TEXTS[self.kind].format(from_=checksummed(self.from_), to=checksummed(self.to))
            text = (
                f"Airdrop program: {self.program} (chain {self.chain_id})\n{words}\n"
                f"This statement may be accepted until {self.deadline_text}."
            ).encode()
            return keccak256(b"\x19Ethereum Signed Message:\n%d" % len(text) + text)
        type_text = f"{STATEMENT_TYPES[self.kind]}(string program,address from,address to,uint256 deadline)"
        program, deadline = keccak256(self.program.encode()), self.deadline.to_bytes(32, "big")
        words = program, address_word(self.from_), address_word(self.to), deadline
        return typed_digest(self.chain_id, type_text, *words)


class Statements:
    """The links and redirects of a program, each checked by itself and beside the others."""

    def __init__(self, program, inputs, snapshot):
        self.program, self.inputs, self.only_a_node = program, inputs, 0
        self.accounts = snapshot["accounts"] if snapshot else {}
        self.person = person_finder(snapshot, {})
        self.links, self.redirects, self.consenting = {}, {}, set()
        links = self.read("link")
        linked = {one.from_ for _, one in links}
        self.judge("links.jsonl", links, self.links, lambda one: self.link_fault(one, linked))
        self.judge("redirects.jsonl", self.read("redirect"), self.redirects, self.redirect_fault)

    def read(self, kind):
        name = f"{kind}s.jsonl"
        path = os.path.join(self.inputs.folder, name)
        if not os.path.lexists(path):
            return []
        lines = self.inputs.data(name).split(b"\n")
        if lines.pop() != b"":
            raise Wrong(f"{path}: line {len(lines) + 1}: does not end with a line feed")
        found = []
        for number, line in enumerate(lines, 1):
            try:
                if number > 1 and line.startswith(b"\xef\xbb\xbf"):
                    raise Wrong("is not JSON: a byte-order mark")
                found.append((number, Statement(kind, parse_json(line))))
            except (Wrong, *MISSHAPEN) as error:
                raise Wrong(f"{path}: line {number}: {words_of(error)}") from None
        return found

    def judge(self, name, statements, accepted, fault_of):
        for number, one in statements:
            fault = self.fault_of_terms(one) or (
                f"{checksummed(one.from_)} has a statement already" if one.from_ in accepted else fault_of(one)
            )
            fault = fault or self.fault_of_signature(one, self.person(one.from_), one.signature)
            if fault is None and one.consent is not None:
                fault = self.fault_of_signature(one, one.to, one.consent)
            if fault:
                raise Wrong(f"{os.path.join(self.inputs.folder, name)}: line {number}: {fault}")
            accepted[one.from_] = one.to
            if one.kind == "link" and one.consent is None:
                self.consenting.add((number, one.to))

    def fault_of_terms(self, one):
        if one.program != self.program["name"] or one.chain_id != self.program["chainId"]:
            return f"is signed for {one.program!r} on chain {one.chain_id}"
        if one.accepted > one.deadline:
            return "was accepted after its deadline"
        if one.to == ZERO:
            return "names the zero address, which cannot be paid"
        return "names one address twice" if one.from_ == one.to else None

    def link_fault(self, one, linked):
        if one.to in linked:
            return f"{checksummed(one.to)} is linked on by another line"
        if self.person(one.to) != one.to:
            return f"{checksummed(one.to)} is a vesting contract"
        return "belongs to the same person already" if self.person(one.from_) == one.to else None

    def redirect_fault(self, one):
        if one.from_ in self.links:
            return f"{checksummed(one.from_)} is linked to another address, which is paid instead"
        if one.from_ in self.program["overrides"]:
            return f"{checksummed(one.from_)} also has an override in program.json"
        return None

    def fault_of_signature(self, one, account, signature):
        scheme, data = signature
        if scheme == "erc1271":
            if self.accounts.get(account, {}).get("kind") in ("plain", "empty"):
                return f"{checksummed(account)} has no code and cannot sign as a contract wallet"
            self.only_a_node += 1
            return None
        signer = signer_of(one.digest(scheme), data)
        if signer != account:
            return f"is signed by {checksummed(signer) if signer else 'no key'}, not by {checksummed(account)}"
        return None

    def require_consents(self, listed, contributions):
        """An account that is eligible itself has to sign a link that adds another address to it."""
        if not self.consenting:
            return
        accounts = (one.account for one in contributions) if listed is None else listed
        eligible = {self.person(account) for account in accounts}
        for number, to in sorted(self.consenting):
            if to in eligible:
                path = os.path.join(self.inputs.folder, "links.jsonl")
                raise Wrong(f"{path}: line {number}: {checksummed(to)} is eligible itself and has not signed")

    def named(self):
        """Returns the accounts that statements name."""
        return {account for pairs in (self.links, self.redirects) for pair in pairs.items() for account in pair}


ATTESTATIONS_FILE = "attestations.jsonl"
ATTESTATION_TYPE = (
    "Attestation(string program,string tranche,bytes32 root,uint256 total,uint256 blockNumber,bytes32 blockHash,"
    "string version)"
)
ATTESTATION_KEYS = {
    "attestation": ["tranche", "total", "block", "version"],
    "revocation": [],
}


class Attestations:
    """attestations.jsonl: the outsiders who signed a root of the program, and what is wrong with lines."""

    def __init__(self, program, data, results):
        self.program, self.results, self.problems, self.seen = program, results, [], set()
        self.by = {tranche: set() for tranche in results}
        lines = data.split(b"\n")
        if lines.pop() != b"":
            raise Wrong(f"line {len(lines) + 1}: does not end with a line feed")
        for number, line in enumerate(lines, 1):
            try:
                if number > 1 and line.startswith(b"\xef\xbb\xbf"):
                    raise Wrong("is not JSON: a byte-order mark")
                self.add(parse_json(line))
            except (Wrong, *MISSHAPEN) as error:
                self.problems.append((number, words_of(error)))

    def add(self, entry):
        kind = str(entry.get("format") if isinstance(entry, dict) else None)[len("merkle-airdrop/") :].partition("@")[0]
        if kind not in ATTESTATION_KEYS or entry["format"] != f"merkle-airdrop/{kind}@1":
            raise Wrong("format is not that of an attestation or a revocation")
        keys = ["format", "program", "chainId", "root", "attester", "signature", *ATTESTATION_KEYS[kind]]
        keys_of(entry, keys, [], "the line")
        if not is_text(entry["root"], r"0x[0-9a-f]{64}") or not is_text(entry["signature"], r"0x(?:[0-9a-fA-F]{2})*"):
            raise Wrong("root or signature is not bytes in hex")
        attester = address_of(entry["attester"])
        if entry["program"] != self.program["name"] or entry["chainId"] != self.program["chainId"]:
            raise Wrong(f"is of {entry['program']!r} on chain {entry['chainId']!r}")
        digest = self.digest_of(kind, entry)
        if attester not in self.program["attesters"]:
            raise Wrong(f"{checksummed(attester)} is no attester of program.json")
        if signer_of(digest, bytes.fromhex(entry["signature"][2:])) != attester:
            raise Wrong(f"is not signed by {checksummed(attester)}")
        key = (kind, entry["root"], attester, entry.get("tranche"))
        if key in self.seen:
            raise Wrong(f"repeats an earlier line of {checksummed(attester)}")
        self.seen.add(key)
        for tranche, (root, total, block) in self.results.items():
            if root != entry["root"] or entry.get("tranche", tranche) != tranche:
                continue
            if kind == "revocation":
                self.by[tranche].discard(attester)
                continue
            if int(entry["total"]) != total:
                raise Wrong(f"its total is {entry['total']} base units, this root pays {total}")
            if (entry["block"]["number"], entry["block"]["hash"]) != block:
                raise Wrong(f"its block is {entry['block']['number']}, the snapshot's {block[0]}")
            self.by[tranche].add(attester)

    def digest_of(self, kind, entry):
        program, root = keccak256(entry["program"].encode()), bytes.fromhex(entry["root"][2:])
        if kind == "revocation":
            return typed_digest(entry["chainId"], "Revocation(string program,bytes32 root)", program, root)
        tranche, total, version = entry["tranche"], whole_text_of(entry["total"], "total"), entry["version"]
        block = keys_of(entry["block"], ["number", "hash"], [], "block")
        number = whole_of(block["number"], "block.number")
        if tranche not in ("automatic", "reserve") or not is_text(version, r"[0-9A-Za-z.+-]{1,40}"):
            raise Wrong("tranche or version is not one")
        if not is_text(block["hash"], r"0x[0-9a-f]{64}"):
            raise Wrong("block.hash is not a hash")
        words = [program, keccak256(tranche.encode()), root, word(total), word(number)]
        words += [bytes.fromhex(block["hash"][2:]), keccak256(version.encode())]
        return typed_digest(entry["chainId"], ATTESTATION_TYPE, *words)

    def names(self, tranche):
        return [name for address, name in self.program["attesters"].items() if address in self.by[tranche]]


# --------------------------------------------------------------- 9. sources: what each contribution is worth


class Contribution(NamedTuple):
    """Holds one contribution to a person's value: a stake in a node, or a line of a file."""

    account: str
    origin: int  # the node's id, or the line of the file
    group: str
    quantity: int
    factor: str
    value: int  # quantity times factor, in units of the source's valueDecimals
    note: Optional[str] = None
    excluded: Optional[str] = None  # why it does not count


class Source:
    """Holds the contributions of a source. With the basis "share" the pool is shared by values, else values are amounts."""

    def __init__(self, basis, contributions, units, others=()):
        self.basis, self.contributions, self.others = basis, contributions, set(others)
        keys = ("origin", "quantity", "quantityDecimals", "factor", "value", "valueDecimals")
        self.units = dict(zip(keys, units))


def staking_source(program, source, snapshot, person, _inputs):
    keys_of(source, ["kind", "stakingContract", "weights"], [], "source")
    if snapshot is None:
        raise Wrong("the source reads the chain, and the program names no snapshot")
    weights = keys_of(source["weights"], ["solo", "operator", "contributor"], [], "source.weights")
    weights = {role: Factor(text) for role, text in weights.items()}
    scale = max(weight.scale for weight in weights.values())
    contributions = []
    for number, operator, leaving, stakes in snapshot["sections"]["session-staking"]["nodes"]:
        stakes = [(address, stake) for address, stake in stakes if stake > 0]
        owners = {person(address) for address, _ in stakes}
        for address, stake in stakes:
            if address == ZERO:
                continue
            if len(owners) == 1:
                role = "solo"
            else:
                role = "operator" if person(address) == person(operator) else "contributor"
            weight = weights[role]
            note = "leaving" if leaving else None
            excluded = "leaving" if leaving and program["leavingNodes"] == "exclude" else None
            value = stake * weight.at(scale)
            contributions.append(
                Contribution(address, number, role, stake, weight.text, value, note, excluded)
            )
    decimals = program["decimals"]
    units = ("node", program["symbol"], decimals, "weight", "activity value", decimals + scale)
    return Source("share", contributions, units)


def columns_of(source, *names):
    """Returns the names of a table's columns; checks the settings of the table."""
    given, ignore = keys_of(source.get("columns", {}), [], names, "columns"), source.get("ignore", [])
    if not isinstance(ignore, list):
        raise Wrong("ignore is not a list")
    for one in [*ignore, *given.values()]:
        if not isinstance(one, str):
            whole_of(one, "a column", 1, 1000)
        elif one == "":
            raise Wrong("the name of a column is empty")
    columns = [given.get(name, name) for name in names]
    if len({isinstance(one, str) for one in columns}) > 1:
        raise Wrong(f"columns gives some of {', '.join(names)} by position, and not all")
    return columns


def name_of(value, what):
    if not isinstance(value, str) or value == "":
        raise Wrong(f"{what} is {value!r}, not a text")
    return value


def refuse_again(seen, fields):
    """Refuses a row that is the same as an earlier one."""
    row = ",".join(fields).lower()
    if row in seen:
        raise Wrong("the row is the same as an earlier one")
    seen.add(row)


def once(seen, account):
    if account in seen:
        raise Wrong(f"{checksummed(account)} comes twice")
    seen.add(account)
    return account


def balances_source(_program, source, snapshot, _person, inputs):
    keys_of(source, ["kind", "token", "symbol"], ["assets", "file", "columns", "ignore", "fromBlock"], "source")
    columns, listed = columns_of(source, "account"), set()
    if ("file" in source) == ("fromBlock" in source):
        raise Wrong("the source must name either a file of holders or the block to begin at")
    if not isinstance(source.get("assets", False), bool):
        raise Wrong("source.assets is neither true nor false")
    if not is_text(source["symbol"], r"[A-Za-z0-9.$-]{1,12}"):
        raise Wrong("source.symbol is not 1 to 12 letters or digits")
    if snapshot is None:
        raise Wrong("the source reads the chain, and the program names no snapshot")
    if "file" in source:
        ignore = source.get("ignore", [])
        inputs.rows(source["file"], columns, ignore, lambda fields, _line: once(listed, address_of(fields[0])))
    else:
        whole_of(source["fromBlock"], "source.fromBlock")
    section = snapshot["sections"]["erc20-balances"]
    missing = sorted(listed - section["accounts"])
    if missing:
        raise Wrong(f"the snapshot has no balance of {missing[0]}, which {source['file']} lists")
    contributions = [
        Contribution(account, place, "balance", held, "1", held)
        for place, (account, held) in enumerate(section["holders"], 1)
        if held > 0 and account != ZERO
    ]
    symbol, decimals = source["symbol"], section["decimals"]
    units = ("holder", symbol, decimals, "factor", symbol, decimals)
    return Source("share", contributions, units, listed)


def amounts_source(program, source, _snapshot, _person, inputs):
    keys_of(source, ["kind", "file"], ["columns", "ignore", "unit"], "source")
    decimals = {"token": program["decimals"], "base": 0}[source.get("unit", "token")]
    contributions, seen = [], set()

    def take(fields, line):
        account, amount = address_of(fields[0]), units_of(fields[1], decimals)
        if amount == 0:
            raise Wrong("the amount is zero")
        contributions.append(Contribution(once(seen, account), line, "listed", amount, "1", amount))

    inputs.rows(source["file"], columns_of(source, "account", "amount"), source.get("ignore", []), take)
    contributions.sort()
    symbol, decimals = program["symbol"], program["decimals"]
    return Source("amount", contributions, ("line", symbol, decimals, "rate", symbol, decimals))


def points_source(_program, source, _snapshot, person, inputs):
    keys_of(source, ["kind", "file"], ["columns", "ignore", "unit", "decimals", "referrals"], "source")
    unit = name_of(source.get("unit", "points"), "source.unit")
    decimals = whole_of(source.get("decimals", 0), "source.decimals", most=18)
    referrals = source.get("referrals")
    factors = []
    if "referrals" in source:
        keys_of(referrals, ["file", "referrerBonus"], ["columns", "ignore", "refereeBonus"], "source.referrals")
        factors = [Factor(referrals["referrerBonus"]), Factor(referrals.get("refereeBonus", "0"))]
    scale = max((factor.scale for factor in factors), default=0)
    own, contributions, seen = {}, [], set()

    def take(fields, line):
        account, points = address_of(fields[0]), units_of(fields[1], decimals)
        own[once(seen, account)] = points
        contributions.append(Contribution(account, line, "points", points, "1", points * 10**scale))

    inputs.rows(source["file"], columns_of(source, "account", "points"), source.get("ignore", []), take)
    contributions.sort()
    units = ("line", unit, decimals, "factor", unit, decimals + scale)
    if referrals is None:
        return Source("share", contributions, units)
    brought, referees, named, lines = {}, set(), set(), []

    def refer(fields, line):
        referrer, referee = address_of(fields[0]), address_of(fields[1])
        once(referees, referee)
        before, ahead = set(), [person(referrer)]  # those who brought the referrer, over any number of steps
        while ahead:
            at = ahead.pop()
            if at == person(referee):
                raise Wrong(f"{checksummed(referee)} is referred by itself or by an account that it has referred")
            if at not in before:
                before.add(at)
                ahead += brought.get(at, [])
        brought.setdefault(person(referee), []).append(person(referrer))
        named.update((referrer, referee))
        lines.append((referrer, referee, line))

    file = referrals["file"]
    inputs.rows(file, columns_of(referrals, "referrer", "referee"), referrals.get("ignore", []), refer)
    for referrer, referee, line in lines:
        points = own.get(referee, 0)
        for account, group, factor in zip((referrer, referee), ("referrer-bonus", "referee-bonus"), factors):
            if factor.digits > 0:
                value = points * factor.at(scale)
                contributions.append(Contribution(account, line, group, points, factor.text, value, file))
    return Source("share", contributions, units, named)


def history_source(_program, source, _snapshot, person, inputs):
    keys_of(
        source,
        ["kind", "file", "symbol", "decimals", "start", "close", "registrations"],
        ["columns", "ignore"],
        "source",
    )
    symbol = name_of(source["symbol"], "source.symbol")
    decimals = whole_of(source["decimals"], "source.decimals", most=36)
    start, close = time_of(source["start"]), time_of(source["close"])
    if start >= close:
        raise Wrong("source.close is not after source.start")
    registrations = keys_of(
        source["registrations"], ["file"], ["columns", "ignore"], "source.registrations"
    )
    registered, seen, rows, earlier = set(), set(), [], set()

    def register(fields, _line):
        account = once(seen, address_of(fields[0]))
        if time_of(fields[1]) < close:
            registered.add(person(account))

    def take(fields, line):
        account, stake = address_of(fields[0]), units_of(fields[1], decimals)
        refuse_again(earlier, fields)
        begin, end = time_of(fields[2]), close if fields[3] == "" else time_of(fields[3])
        if stake == 0 or (fields[3] != "" and end <= begin):
            raise Wrong(f"the stake is nothing, or ends at {fields[3]}, before it begins")
        rows.append((account, line, stake, max(0, min(end, close) - max(begin, start))))

    inputs.rows(
        registrations["file"],
        columns_of(registrations, "account", "registered"),
        registrations.get("ignore", []),
        register,
    )
    inputs.rows(
        source["file"], columns_of(source, "account", "stake", "from", "to"), source.get("ignore", []), take
    )
    contributions = []
    for account, line, stake, seconds in rows:
        excluded = None if person(account) in registered else "not-registered"
        value = stake * seconds
        contributions.append(
            Contribution(account, line, "staked", stake, str(seconds), value, None, excluded)
        )
    return Source("share", contributions, ("line", symbol, decimals, "seconds", f"{symbol} seconds", decimals), seen)


def conversion_source(program, source, _snapshot, _person, inputs):
    keys_of(source, ["kind", "file", "symbol", "decimals", "schedule"], ["columns", "ignore"], "source")
    symbol = name_of(source["symbol"], "source.symbol")
    decimals = whole_of(source["decimals"], "source.decimals", most=36)
    schedule = []
    for step in list_of(source["schedule"], "source.schedule"):
        keys_of(step, ["from", "rate"], [], "source.schedule")
        schedule.append((time_of(step["from"]), None if step["rate"] is None else Factor(step["rate"])))
    if not schedule or [moment for moment, _ in schedule] != sorted({moment for moment, _ in schedule}):
        raise Wrong("source.schedule is empty, or not in ascending order of time")
    scale = max([0, program["decimals"] - decimals, *(rate.scale for _, rate in schedule if rate)])
    contributions, earlier = [], set()

    def take(fields, line):
        account, amount = address_of(fields[0]), units_of(fields[1], decimals)
        refuse_again(earlier, fields)
        moment = time_of(fields[2])
        rate = ([rate for since, rate in schedule if since <= moment] or [None])[-1]
        if rate is None or amount == 0:
            raise Wrong(f"no rate for {fields[2]}, or nothing converted")
        value = amount * rate.at(scale)
        contributions.append(Contribution(account, line, f"at {rate.text}", amount, rate.text, value))

    inputs.rows(source["file"], columns_of(source, "account", "amount", "time"), source.get("ignore", []), take)
    units = ("line", symbol, decimals, "rate", program["symbol"], decimals + scale)
    return Source("amount", contributions, units)


SOURCES = {
    "session-staking": staking_source,
    "erc20-balances": balances_source,
    "amounts": amounts_source,
    "points": points_source,
    "stake-history": history_source,
    "conversion": conversion_source,
}


def source_of(program, snapshot, person, inputs):
    kind = program["source"].get("kind")
    if kind not in SOURCES:
        raise Wrong(f"no source is named {kind!r}")
    return SOURCES[kind](program, program["source"], snapshot, person, inputs)


def recipients_of(program, inputs):
    """Reads the list of eligible accounts. Returns None where the source alone decides."""
    if program["eligibility"] is None:
        return None
    listed = set()
    inputs.rows(
        program["eligibility"]["file"], ["account"], [], lambda fields, _line: once(listed, address_of(fields[0]))
    )
    return listed


def require_known(snapshot, accounts):
    """Requires a kind for each account in the snapshot, as a vesting contract would else count as a person."""
    if snapshot is None:
        return
    named = set().union(*(section["accounts"] for section in snapshot["sections"].values()))
    named |= {address_of(one["beneficiary"]) for one in snapshot["accounts"].values() if "beneficiary" in one}
    unknown = sorted((accounts | named) - {ZERO} - set(snapshot["accounts"]))
    if unknown:
        raise Wrong(f"the snapshot does not classify {checksummed(unknown[0])}")


# ------------------------------------------------------------------------- 10. rules: from values to amounts


def largest_remainder(pool, values):
    """Shares a pool by values: rounds down, then adds a unit to the largest remainders, ties to the earlier.

    Returns the amounts, and which of them were rounded up.
    """
    total = sum(values)
    amounts, remainders = [], []
    for value in values:
        amount, remainder = divmod(pool * value, total)
        amounts.append(amount)
        remainders.append(remainder)
    order = sorted(range(len(values)), key=lambda i: (-remainders[i], i))
    up = set(order[: pool - sum(amounts)])
    for i in up:
        amounts[i] += 1
    return amounts, up


class Shares:
    """Holds amounts by position, the positions rounded up, dropped or capped, and the undistributed rest."""

    def __init__(self, amounts, up=(), dropped=(), capped=(), undistributed=0):
        self.amounts, self.up, self.undistributed = amounts, set(up), undistributed
        self.dropped, self.capped = set(dropped), set(capped)


def share_pool(pool, values, minimum, cap):
    """Shares a pool in proportion to values, with a minimum and a cap.

    In descending order of value, those kept are the first `kept`, and the first `capped` of those have the cap. With
    each value that is dropped at the end the others' shares grow, so `capped` only grows: one pass decides.
    """
    if not any(values):
        raise Wrong("no eligible account has a contribution that counts")
    if minimum == 0 and cap is None:
        return Shares(*largest_remainder(pool, values))
    order = sorted((i for i, value in enumerate(values) if value > 0), key=lambda i: (-values[i], i))
    kept, capped, rest, weight = len(order), 0, pool, sum(values)
    while kept:
        while capped < kept and cap is not None and values[order[capped]] * rest > cap * weight:
            rest, weight, capped = rest - cap, weight - values[order[capped]], capped + 1
        lowest = values[order[kept - 1]]
        if (cap >= minimum) if capped == kept else (lowest * rest >= minimum * weight):
            break
        while kept and values[order[kept - 1]] == lowest:
            kept -= 1
            if kept < capped:  # it had the cap, which is below the minimum
                rest, capped = rest + cap, kept
            else:
                weight -= lowest
    amounts, up = [0] * len(values), set()
    for i in order[:capped]:
        amounts[i] = cap
    free = sorted(order[capped:kept])
    if free:
        shares, rounded = largest_remainder(rest, [values[i] for i in free])
        up = {free[i] for i in rounded}
        for i, amount in zip(free, shares):
            amounts[i] = amount
    return Shares(amounts, up, order[kept:], order[:capped], 0 if free else rest)


def fixed_amounts(pool, values, divisor, minimum, cap):
    """Returns values as amounts, rounded down. An amount below the minimum is zero, one above the cap is the cap."""
    amounts, dropped, capped = [], [], []
    for i, value in enumerate(values):
        amount = value // divisor
        if 0 < amount < minimum:
            amount = 0
            dropped.append(i)
        elif cap is not None and amount > cap:
            amount = cap
            capped.append(i)
        amounts.append(amount)
    return Shares(amounts, (), dropped, capped, pool - sum(amounts))


class Candidate:
    """Holds a person who might share in the pool, with its contributions in the order of the source."""

    __slots__ = ("account", "contributions", "eligible", "excluded", "value", "with_leaving", "of_all")

    def __init__(self, account, eligible, excluded):
        self.account, self.eligible, self.excluded = account, eligible, excluded
        self.contributions = []
        self.value = self.with_leaving = self.of_all = 0

    def add(self, one):
        self.contributions.append(one)
        if one.excluded == "not-registered":
            return
        self.of_all += one.value
        if one.excluded != "not-listed":
            self.with_leaving += one.value
            if one.excluded != "leaving":
                self.value += one.value

    def accounts(self):
        return [self.account, *(one.account for one in self.contributions)]


def candidates_of(program, source, person, listed):
    """Returns the persons with contributions or on the list, in ascending order."""
    eligible = None if listed is None else {person(account) for account in listed}
    excluded = {person(account): reason for account, reason in program["exclude"].items()}
    only_listed = listed is not None and program["eligibility"].get("match", "person") == "address"
    candidates = {}

    def candidate(account):
        if account not in candidates:
            is_eligible = eligible is None or account in eligible
            candidates[account] = Candidate(account, is_eligible, excluded.get(account))
        return candidates[account]

    for one in source.contributions:
        if only_listed and one.excluded != "not-registered" and one.account not in listed:
            one = one._replace(excluded="not-listed")
        candidate(person(one.account)).add(one)
    for account in eligible or ():
        candidate(account)
    return [candidates[account] for account in sorted(candidates)]


def distribute(program, source, candidates):
    """Applies the rules one after the other. Returns the last shares, and the amount that each rule moved."""
    pool, minimum, cap = program["pool"], program["minimum"], program["cap"]
    divisor = 10 ** (source.units["valueDecimals"] - program["decimals"]) if source.basis == "amount" else None

    def share(values, minimum, cap):
        if divisor is None:
            return share_pool(pool, values, minimum, cap)
        return fixed_amounts(pool, values, divisor, minimum, cap)

    counted = [one.value if one.eligible and one.excluded is None else 0 for one in candidates]
    some_excluded = any(one.excluded is not None for one in candidates)
    some_leaving = any(one.value != one.with_leaving for one in candidates)
    with_excluded = [one.value if one.eligible else 0 for one in candidates] if some_excluded else counted
    with_leaving = (
        [one.with_leaving if one.eligible else 0 for one in candidates] if some_leaving else with_excluded
    )
    of_all = with_leaving
    stages = []
    if program["eligibility"] is not None:
        of_all = [one.of_all for one in candidates]
        stages.append(("eligibility", with_leaving, 0, None))
    if some_leaving:
        stages.append(("leavingNodes", with_excluded, 0, None))
    if some_excluded:
        stages.append(("exclude", counted, 0, None))
    if minimum > 0:
        stages.append(("minimum", counted, minimum, None))
    if cap is not None:
        stages.append(("cap", counted, minimum, cap))
    last, effects = share(of_all, 0, None), []
    for rule, values, least, most in stages:
        after = share(values, least, most)
        changes = [has - had for had, has in zip(last.amounts, after.amounts) if has != had]
        losses = [-change for change in changes if change < 0]
        effects.append(effect(rule, sum(losses), len(losses), len(changes) - len(losses)))
        last = after
    if not any(last.amounts):
        raise Wrong("no account is paid")
    if last.undistributed < 0:
        raise Wrong(f"the amounts add up to {pool - last.undistributed} base units, the pool has {pool}")
    return last, effects


def effect(rule, moved, losers, gainers):
    return {"rule": rule, "moved": moved, "losers": losers, "gainers": gainers}


# --------------------------------------------------------------------------- 11. payees, and who is not paid


class Detour:
    """Sums the amounts that one rule pays to another account than the one that earned them."""

    def __init__(self, rule):
        self.rule, self.moved, self.losers, self.gainers = rule, 0, set(), set()

    def note(self, account, payee, amount):
        if account != payee:
            self.moved += amount
            self.losers.add(account)
            self.gainers.add(payee)

    def effect(self):
        return effect(self.rule, self.moved, len(self.losers), len(self.gainers))


class Payer:
    """Decides which accounts a participant's amount is paid to."""

    def __init__(self, program, statements):
        self.program, self.statements, self.redirected = program, statements, set()
        self.merge, self.pay_to = Detour("merge"), Detour("payTo")
        self.choices = {"override": Detour("overrides"), "redirect": Detour("redirects")}

    def payment(self, account, amount):
        """Returns the account, its payee, the amount, and whether an override or a redirect chose the payee."""
        overrides, redirects = self.program["overrides"], self.statements.redirects
        by = "override" if account in overrides else "redirect"
        payee = overrides.get(account) or redirects.get(account)
        if payee is None:
            return account, account, amount, None
        self.redirected.add(account)
        self.choices[by].note(account, payee, amount)
        return account, payee, amount, by

    def pay(self, person, contributions, amount):
        """Returns the payments: to the person, or in proportion to the addresses that its value comes from."""
        if all(one.account == person for one in contributions):
            return [self.payment(person, amount)]
        values = {}
        for one in contributions:
            if one.excluded is None:
                values[one.account] = values.get(one.account, 0) + one.value
        stakers = sorted(account for account, value in values.items() if value > 0)
        amounts, _ = largest_remainder(amount, [values[account] for account in stakers])
        shares = [(account, share) for account, share in zip(stakers, amounts) if share > 0]
        for account, share in shares:
            self.merge.note(account, person, share)
        if self.program["payTo"] == "beneficiary":
            return [self.payment(person, amount)]
        owed = {}
        for account, share in shares:
            staker = self.statements.links.get(account, account)
            owed[staker] = owed.get(staker, 0) + share
        for staker, share in owed.items():
            self.pay_to.note(person, staker, share)
        return [self.payment(staker, share) for staker, share in owed.items()]

    def effects(self):
        found = [self.merge.effect()] if self.merge.moved > 0 else []
        if self.program["payTo"] == "staker":
            found.append(self.pay_to.effect())
        if self.program["overrides"]:
            found.append(self.choices["override"].effect())
        if self.statements.redirects:
            found.append(self.choices["redirect"].effect())
        return found


def unpaid_reason(candidate, dropped):
    if not candidate.eligible:
        return "not-listed"
    if candidate.excluded is not None:
        return "excluded"
    if candidate.value > 0:
        return "below-minimum" if dropped else "below-one-unit"
    reasons = {one.excluded for one in candidate.contributions}
    for reason, text in (("leaving", "leaving"), ("not-registered", "not-registered")):
        if reason in reasons:
            return text
    return "contributions-not-listed" if "not-listed" in reasons else "no-contribution"


def unpaid_detail(program, candidate, reason):
    """Returns the reason in words, for one account."""
    where = program["eligibility"]["file"] if program["eligibility"] else "the program's files"
    minimum = human_amount(program["minimum"], program["decimals"])
    if reason == "no-contribution":
        if candidate.contributions:
            return DETAILS["weightless"]
        reason = {"session-staking": "no-stake", "erc20-balances": "no-balance"}.get(
            program["source"]["kind"], "no-contribution"
        )
    return DETAILS[reason].format(
        list=where, minimum=minimum, symbol=program["symbol"], excluded=candidate.excluded
    )


# No key leads to an address below this: its first 96 bits are zero, one is found in 2^96 tries.
RESERVED = 1 << 64
LAST_DATE = 253402300799  # 9999-12-31T23:59:59Z


def vesting_risk(account):
    """Returns in words what happens to tokens that a vesting contract gets."""
    end = whole_of(account["end"], "end")
    until = "after the year 9999"
    if end <= LAST_DATE:
        until = (datetime(1970, 1, 1) + timedelta(seconds=end)).strftime("%Y-%m-%d").rjust(10, "0")
    revoker = checksummed(address_of(account["revoker"]))
    if account["kind"] == "vesting-nostaking":
        return RISKS["vesting-nostaking"].format(until=until)
    kind = "vesting-revoked" if account["revoked"] is True else "vesting-staking"
    return RISKS[kind].format(until=until, revoker=revoker)


def contracts_read_by(program):
    """Returns the contracts of what a program reads of the chain, each with its name."""
    if program["snapshot"] is None:
        return {}
    named = {}
    for name, settings in readings_of(program).items():
        if name == "session-staking":
            named[address_of(settings["stakingContract"])] = "the staking contract"
        else:
            named[address_of(settings.get("token"))] = "the token whose balances count"
    return named


def risks_of(program, snapshot, redirects, entries):
    """Lists the payees that cannot, or may not be able to, use what they get."""
    chosen = {*program["overrides"].values(), *redirects.values()}
    accounts = snapshot["accounts"] if snapshot else {}
    read = contracts_read_by(program)
    risks = []
    for account, amount in entries:
        at = accounts.get(account)
        kind = at["kind"] if at else "plain"
        if account < RESERVED_TEXT:
            kind, detail, resolved = "reserved", RISKS["reserved"], False
        elif account == program["token"]:
            kind, detail, resolved = "contract", RISKS["token"], False
        elif account in read:
            kind, detail, resolved = "contract", RISKS["read"].format(name=read[account]), False
        elif account in SHARED_CONTRACTS:
            detail = RISKS["shared"].format(name=SHARED_CONTRACTS[account])
            kind, resolved = "contract", False
        elif kind == "empty":
            detail, resolved = RISKS["empty"], True
        elif kind == "contract":
            detail, resolved = RISKS["contract"], account in chosen
        elif kind.startswith("vesting-"):
            detail, resolved = vesting_risk(at), account in chosen
        else:
            continue
        risks.append({"account": account, "amount": amount, "kind": kind, "detail": detail, "resolved": resolved})
    return risks


RESERVED_TEXT = f"0x{RESERVED:040x}"


# ------------------------------------------------------------ 12. the allocation, and the files that hold it

DERIVATION_LIMIT = 100000  # people; a longer list keeps no derivations


class Allocation:
    """Computes the amount of each account and its reason from the inputs."""

    def __init__(self, program, inputs):
        self.program = program
        self.snapshot = snapshot_of(inputs, program)
        self.statements = Statements(program, inputs, self.snapshot)
        person = person_finder(self.snapshot, self.statements.links)
        listed = recipients_of(program, inputs)
        self.source = source_of(program, self.snapshot, person, inputs)
        named = {one.account for one in self.source.contributions} | self.source.others | (listed or set())
        require_known(self.snapshot, named | self.statements.named())
        self.statements.require_consents(listed, self.source.contributions)
        self.inputs = {name: record["sha256"] for name, record in sorted(inputs.read.items())}
        self.require_writable()
        self.candidates = candidates_of(program, self.source, person, listed)
        self.shares, self.effects = distribute(program, self.source, self.candidates)
        self.is_derived = len(self.candidates) <= DERIVATION_LIMIT
        payer = Payer(program, self.statements)
        paid, self.participants, self.unpaid = {}, [], []
        if self.is_derived:
            remember_checksums(account for one in self.candidates for account in one.accounts())
        for place, candidate in enumerate(self.candidates):
            amount = self.shares.amounts[place]
            if amount == 0:
                self.unpaid.append(place)
                continue
            payments = payer.pay(candidate.account, candidate.contributions, amount)
            if self.is_derived:
                self.participants.append((place, payments))
            for _, payee, share, _ in payments:
                paid[payee] = paid.get(payee, 0) + share
        self.entries = sorted(paid.items())
        self.effects += payer.effects()
        self.risks = risks_of(program, self.snapshot, self.statements.redirects, self.entries)
        self.warnings = self.unused_rules(person, payer.redirected)
        for account, amount in self.entries:
            if amount > MOST_PAID:
                raise Wrong(f"{checksummed(account)} would be paid {amount} base units, more than 2^96 - 1")
        for risk in self.risks:
            if not risk["resolved"]:
                raise Wrong(f"{checksummed(risk['account'])} is paid and could not use it")

    def require_writable(self):
        """Refuses sums of more digits than an amount may have."""
        for what in ("quantity", "value"):
            total = sum(getattr(one, what) for one in self.source.contributions)
            if total >= 10 ** (MOST_DIGITS + self.source.units[what + "Decimals"]):
                raise Wrong(f"the sum of all {what} has more than {MOST_DIGITS} digits before the point")

    def unused_rules(self, person, redirected):
        idle = [account for account in self.statements.redirects if account not in redirected]
        if not self.program["exclude"] and not self.program["overrides"] and not idle:
            return []
        known = {candidate.account for candidate in self.candidates}
        lost = [account for account in self.program["exclude"] if person(account) not in known]
        unpaid = [account for account in self.program["overrides"] if account not in redirected]
        named = [("exclude", lost), ("overrides", unpaid), ("redirects", idle)]
        return [WARNINGS[rule].format(checksummed(account)) for rule, accounts in named for account in accounts]

    # The texts of allocation.csv and allocation.json. JSON is written as JavaScript does.

    def amount(self, units):
        return format_units(units, self.program["decimals"])

    def value(self, units):
        return format_units(units, self.source.units["valueDecimals"])

    def csv(self):
        shown = checksums_of([account for account, _ in self.entries])
        rows = [f"{account},{self.amount(amount)}\n" for account, (_, amount) in zip(shown, self.entries)]
        return "account,amount\n" + "".join(rows)

    def totals(self):
        """Sums over all candidates."""
        total, capped_amount, capped_value = 0, 0, 0
        for place, one in enumerate(self.candidates):
            if one.eligible and one.excluded is None and place not in self.shares.dropped:
                total += one.value
                if place in self.shares.capped:
                    capped_amount += self.shares.amounts[place]
                    capped_value += one.value
        groups = {}
        for place, candidate in enumerate(self.candidates):
            for one in candidate.contributions if self.shares.amounts[place] else ():
                if one.excluded is None:
                    group = groups.setdefault(one.group, [0, 0, 0])
                    group[0] += 1
                    group[1] += one.quantity
                    group[2] += one.value
        reasons = {}
        for place in self.unpaid:
            reason = unpaid_reason(self.candidates[place], place in self.shares.dropped)
            reasons[reason] = reasons.get(reason, 0) + 1
        return total, {"pool": self.program["pool"] - capped_amount, "value": total - capped_value}, groups, reasons

    def head(self, csv_sha256):
        program, units = self.program, self.source.units
        total, uncapped, groups, reasons = self.totals()
        quantity = units["quantityDecimals"]
        return {
            "format": "merkle-airdrop/allocation@1",
            "program": program["name"],
            "chainId": program["chainId"],
            "token": token_of(program),
            **self.block(),
            "inputs": self.inputs,
            "basis": self.source.basis,
            "units": units,
            "pool": self.amount(program["pool"]),
            "allocated": self.amount(sum(amount for _, amount in self.entries)),
            "undistributed": self.amount(self.shares.undistributed),
            "totalValue": self.value(total),
            "uncapped": {"pool": self.amount(uncapped["pool"]), "value": self.value(uncapped["value"])},
            "groups": [
                {
                    "group": group,
                    "contributions": count,
                    "quantity": format_units(quantities, quantity),
                    "value": self.value(values),
                }
                for group, (count, quantities, values) in sorted(groups.items())
            ],
            "participantCount": len(self.candidates) - len(self.unpaid),
            "unpaidCount": len(self.unpaid),
            "unpaidReasons": [{"reason": reason, "count": count} for reason, count in sorted(reasons.items())],
            "entries": {"file": "allocation.csv", "count": len(self.entries), "sha256": csv_sha256},
            "ruleEffects": [{**one, "moved": self.amount(one["moved"])} for one in self.effects],
            "risks": [
                {**one, "account": checksummed(one["account"]), "amount": self.amount(one["amount"])}
                for one in self.risks
            ],
            "warnings": self.warnings,
            "derivations": "complete" if self.is_derived else "omitted",
        }

    def json(self, csv_sha256):
        text = [json_text(self.head(csv_sha256))[:-2]]
        if self.is_derived:
            rows = [self.participant_row(place, payments) for place, payments in self.participants]
            text.append(json_list("participants", rows))
            text.append(json_list("unpaid", [self.unpaid_row(place) for place in self.unpaid]))
        return "".join(text) + "\n}\n"

    def unpaid_csv(self):
        shown, rows = checksums_of([self.candidates[place].account for place in self.unpaid]), []
        for account, place in zip(shown, self.unpaid):
            candidate = self.candidates[place]
            reason = unpaid_reason(candidate, place in self.shares.dropped)
            rows.append(f"{account},{reason},{csv_field(unpaid_detail(self.program, candidate, reason))}\n")
        return re.sub("[\ud800-\udfff]", "\ufffd", "account,reason,detail\n" + "".join(rows))

    def block(self):
        return {"block": self.snapshot["block"]} if self.snapshot else {}

    def participant_row(self, place, payments):
        candidate = self.candidates[place]
        return {
            "account": checksummed(candidate.account),
            "amount": self.amount(self.shares.amounts[place]),
            "value": self.value(candidate.value),
            "roundedUp": place in self.shares.up,
            "capped": place in self.shares.capped,
            "payments": [
                {
                    "account": checksummed(account),
                    "payee": checksummed(payee),
                    "amount": self.amount(amount),
                    **({"by": by} if by else {}),
                }
                for account, payee, amount, by in payments
            ],
            "contributions": self.contribution_rows(candidate),
        }

    def unpaid_row(self, place):
        candidate = self.candidates[place]
        reason = unpaid_reason(candidate, place in self.shares.dropped)
        return {
            "account": checksummed(candidate.account),
            "reason": reason,
            "detail": unpaid_detail(self.program, candidate, reason),
            "value": self.value(candidate.value),
            "contributions": self.contribution_rows(candidate),
        }

    def contribution_rows(self, candidate):
        rows = []
        for one in candidate.contributions:
            row = {
                "account": checksummed(one.account),
                "origin": str(one.origin),
                "group": one.group,
                "quantity": format_units(one.quantity, self.source.units["quantityDecimals"]),
                "factor": one.factor,
                "value": self.value(one.value),
            }
            if one.note is not None:
                row["note"] = one.note
            if one.excluded is not None:
                row["excludedReason"] = one.excluded
            rows.append(row)
        return rows

    # What the claim files say of it.

    def terms(self):
        total, uncapped, _, _ = self.totals()
        return {
            "basis": self.source.basis,
            "units": self.source.units,
            "pool": self.amount(self.program["pool"]),
            "allocated": self.amount(sum(amount for _, amount in self.entries)),
            "totalValue": self.value(total),
            "uncapped": {"pool": self.amount(uncapped["pool"]), "value": self.value(uncapped["value"])},
            **self.block(),
        }

    def derivations(self):
        """Returns the derivation of each payee, and the contents of the files of accounts without a claim."""
        terms, by_payee, pointers = self.terms(), {}, {}
        told = {account for account, _ in self.entries}
        for place, payments in self.participants:
            candidate, payees = self.candidates[place], list(dict.fromkeys(payee for _, payee, _, _ in payments))
            row = self.participant_row(place, payments)
            for payee in payees:
                by_payee.setdefault(payee, {**terms, "participants": []})["participants"].append(row)
            for account in candidate.accounts() + [account for account, _, _, _ in payments]:
                if account not in told:
                    told.add(account)
                    pointers[account] = ("paid-elsewhere", PAID_ELSEWHERE, payees, None)
        for place in self.unpaid if self.is_derived else ():
            row = self.unpaid_row(place)
            account = self.candidates[place].account
            if account not in told:
                told.add(account)
                pointers[account] = (row["reason"], row["detail"], [], {**terms, "participants": [row]})
        return by_payee, pointers


# -------------------------------------------------------------------------------------------------- 13. tree


def encoded_leaf(tranche, index, account, amount):
    """Returns the ABI encoding of a leaf's values."""
    words = bytes(12) + bytes.fromhex(account[2:]) + amount.to_bytes(32, "big")
    return index.to_bytes(32, "big") + words if tranche == "automatic" else words


class Tree:
    """Holds a tree as OpenZeppelin does: root at 0, children of p at 2p + 1 and 2p + 2, leaf i of n at 2n - 2 - i."""

    def __init__(self, tranche, entries):
        count = self.count = len(entries)
        encoded = b"".join(encoded_leaf(tranche, i, *entries[i]) for i in range(count - 1, -1, -1))
        hashed = keccak_all(encoded, len(encoded) // count, "leaves, inner hash")
        del encoded
        self.nodes = bytearray(32 * (count - 1)) + keccak_all(hashed, 32, "leaves, outer hash")
        end = count - 1
        while end > 0:  # the children of the inner nodes from `start` to `end` are known by now
            start = end // 2
            below = bytes(self.nodes[32 * (2 * start + 1) : 32 * (2 * end + 1)])
            pairs = b"".join(
                below[at : at + 64]
                if below[at : at + 32] < below[at + 32 : at + 64]
                else below[at + 32 : at + 64] + below[at : at + 32]
                for at in range(0, len(below), 64)
            )
            self.nodes[32 * start : 32 * end] = keccak_all(pairs, 64, "inner nodes")
            end = start
        self.root = self.text(0)

    def text(self, position):
        return "0x" + self.nodes[32 * position : 32 * position + 32].hex()

    def proof(self, index):
        """Returns the nodes beside the path from a leaf to the root."""
        position, found = 2 * self.count - 2 - index, []
        while position > 0:
            found.append(self.text(position + 1 if position % 2 else position - 1))
            position = (position - 1) // 2
        return found

    def range_proof(self, start, length):
        """Returns the nodes outside a run of leaves on one level, from the bottom up: first beside its lowest index."""
        high = 2 * self.count - 2 - start
        low, found = high - length + 1, []
        while high > 0:
            if high % 2:
                found.append(self.text(high + 1))
            if not low % 2:
                found.append(self.text(low - 1))
            high, low = (high - 1) // 2, (low - 1) // 2
        return found


# -------------------------------------------------------------------------------- 14. the contract's address

PROXY = "4e59b44847b379578588920ca78fbf26c0b4956c"  # the deterministic deployment proxy, whose CREATE2 is used
CODE_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "MerkleAirdrop.bin")


def word(number):
    return number.to_bytes(32, "big")


def contract_address(program, code, root, count):
    """Returns the CREATE2 address for a program's arguments. Returns None if the program leaves some open."""
    terms = program["contract"]
    if terms["owner"] is None or terms["sweepTime"] is None:
        return None
    numbers = [int(program["token"], 16), int(root, 16), count, program["reserve"], terms["reserveDelay"]]
    numbers += [terms["sweepTime"], int(terms["owner"], 16)]
    # A tuple with a dynamic part: its offset, the values, the offset of the empty text proofsURI, and its length.
    arguments = word(32) + b"".join(map(word, numbers)) + word(256) + word(0)
    made = keccak256(b"\xff" + bytes.fromhex(PROXY) + bytes(32) + keccak256(code + arguments))
    return "0x" + made[12:].hex()


def creation_code():
    """Reads the compiled code of the contract. Returns None if this file is used without the repository."""
    if not os.path.exists(CODE_FILE):
        return None
    text = text_of(read_bytes(CODE_FILE)).strip()
    if not re.fullmatch(r"(?:[0-9a-f]{2})+", text):
        raise Wrong("is not creation code in hex digits")
    return bytes.fromhex(text)


def possible_contracts(program, folder, code, root, count):
    """Returns the possible addresses of the contract: as recorded at its deployment, and by CREATE2."""
    found = []
    path = os.path.join(folder, "deployment.json")
    if os.path.lexists(path):
        record = deployment_of(parse_json(read_bytes(path)))
        if record["parameters"]["automaticRoot"] == root:
            found.append(address_of(record["address"]))
    computed = None if code is None else contract_address(program, code, root, count)
    return found + ([] if computed is None else [computed])


def deployment_of(record):
    """Checks the record of a deployment; returns it."""
    keys_of(
        record,
        ["format", "chainId", "address", "deployedBy", "transaction", "block", "tokenDecimals", "parameters"]
        + ["ownerHistory"],
        ["salt"],
        "the record",
    )
    if record["format"] != "merkle-airdrop/deployment@1" or record["deployedBy"] not in ("safe", "key"):
        raise Wrong("format or deployedBy is not that of a deployment")
    whole_of(record["chainId"], "chainId", 1)
    whole_of(record["block"], "block")
    decimals = whole_of(record["tokenDecimals"], "tokenDecimals", most=36)
    parameters = keys_of(
        record["parameters"],
        ["token", "automaticRoot", "leafCount", "reserveCap", "reserveDelay", "sweepTime", "owner", "proofsURI"],
        [],
        "parameters",
    )
    for value in (record["address"], parameters["token"], parameters["owner"]):
        address_of(value)
    for value in (record["transaction"], record.get("salt", "0x" + "0" * 64), parameters["automaticRoot"]):
        if not is_text(value, r"0x[0-9a-f]{64}"):
            raise Wrong(f"{shortened(value)} is not a hash")
    whole_text_of(parameters["leafCount"], "leafCount")
    whole_text_of(parameters["reserveDelay"], "reserveDelay")
    units_of(parameters["reserveCap"], decimals)
    time_of(parameters["sweepTime"])
    if not isinstance(parameters["proofsURI"], str):
        raise Wrong("proofsURI is not a text")
    for owner in list_of(record["ownerHistory"], "ownerHistory"):
        require_owner(owner)
    if not record["ownerHistory"]:
        raise Wrong("ownerHistory is empty")
    return record


def require_owner(owner):
    """Checks a record of the contract's owner, which nothing is computed from."""
    keys_of(owner, ["block", "time", "reason", "address", "safe"], [], "ownerHistory")
    whole_of(owner["block"], "ownerHistory.block")
    time_of(owner["time"])
    name_of(owner["reason"], "ownerHistory.reason")
    addresses, safe = [owner["address"]], owner["safe"]
    if safe is not None:
        settings = ["version", "implementation", "threshold", "owners", "modules"]
        optional = ["guard", "moduleGuard", "fallbackHandler"]
        keys_of(safe, settings + optional, [], "ownerHistory.safe")
        whole_of(safe["threshold"], "ownerHistory.safe.threshold", 1)
        if not isinstance(safe["version"], str) or not list_of(safe["owners"], "ownerHistory.safe.owners"):
            raise Wrong("ownerHistory.safe: version is not a text, or owners is empty")
        addresses += [safe["implementation"], *safe["owners"], *list_of(safe["modules"], "ownerHistory.safe.modules")]
        addresses += [safe[key] for key in optional if safe[key] is not None]
    for address in addresses:
        address_of(address)


# ----------------------------------------------------------------------------------- 15. the published files

CLAIMS_BY_DEFAULT, MOST_IN_TREE_JSON = 20000, 50000
SHARD_ROWS, MOST_SHARD_ROWS = 256, 384


# Each value as path, label and kind: how a wallet is to show it.
_INDEX, _ACCOUNT = ("index", "Position in the list", "text"), ("account", "Recipient", "account")
_TO, _AMOUNT = ("to", "Paid to", "account"), ("amount", "Amount", "amount")
_GRANTED, _DEADLINE = ("cumulativeAmount", "Granted in all", "amount"), ("deadline", "Valid until", "date")
_SIGNATURE, _PROOF, _ROOT = ("signature", "Signature", "hidden"), ("proof", "Proof", "hidden"), ("root", "Root", "text")

CALL_FORMATS = (
    ("claim(uint256 index, address account, uint256 amount, bytes32[] proof)",
     "Claim for the recipient", (_AMOUNT, _ACCOUNT, _INDEX, _PROOF)),
    ("claimTo(uint256 index, address to, uint256 amount, bytes32[] proof)",
     "Claim to another address", (_AMOUNT, _TO, _INDEX, _PROOF)),
    ("claimWithSignature(uint256 index, address account, address to, uint256 amount, uint256 deadline, "
     "bytes signature, bytes32[] proof)",
     "Submit a signed claim", (_AMOUNT, _ACCOUNT, _TO, _DEADLINE, _INDEX, _SIGNATURE, _PROOF)),
    ("claimRange(uint256 start, uint256[] entries, bytes32[] proof)", "Pay several recipients",
     (("start", "First position in the list", "text"),
      ("entries.[0].[0:20]", "First recipient", "account"), ("entries.[0].[20:32]", "First amount", "amount"),
      ("entries.[-1].[0:20]", "Last recipient", "account"), ("entries.[-1].[20:32]", "Last amount", "amount"),
      ("entries", "Recipients and amounts", "hidden"), _PROOF)),
    ("claimReserve(address account, uint256 cumulativeAmount, bytes32[] proof)",
     "Claim a grant for the recipient", (_GRANTED, _ACCOUNT, _PROOF)),
    ("claimReserveTo(address to, uint256 cumulativeAmount, bytes32[] proof)",
     "Claim a grant to another address", (_GRANTED, _TO, _PROOF)),
    ("claimReserveWithSignature(address account, address to, uint256 cumulativeAmount, uint256 deadline, "
     "bytes signature, bytes32[] proof)",
     "Submit a signed claim of a grant", (_GRANTED, _ACCOUNT, _TO, _DEADLINE, _SIGNATURE, _PROOF)),
    ("multicall(bytes[] data)", "Make several calls at once", (("data.[]", "Call", "call"),)),
    ("submitReserveRoot(bytes32 root, string proofsURI)", "Submit a reserve root",
     (_ROOT, ("proofsURI", "Proofs at", "text"))),
    ("acceptReserveRoot(bytes32 root)", "Accept the reserve root", (_ROOT,)),
    ("revokeReserveRoot(bytes32 root)", "Revoke the pending reserve root", (_ROOT,)),
    ("publishProofs(bytes32 root, string uri)", "Announce where the proofs are",
     (_ROOT, ("uri", "Proofs at", "text"))),
    ("sweep()", "Sweep what is left to the owner", ()),
    ("rescue(address token, address to, uint256 amount)", "Rescue another token",
     (("amount", "Amount", "foreign-amount"), _TO, ("token", "Token", "token"))),
    ("transferOwnership(address newOwner)", "Offer the ownership", (("newOwner", "New owner", "account"),)),
    ("acceptOwnership()", "Accept the ownership", ()),
)

MESSAGE_FORMATS = (
    ("Claim(uint256 index,address account,address to,uint256 amount,uint256 deadline)",
     "Allow others to submit your claim", (_AMOUNT, _ACCOUNT, _TO, _DEADLINE, _INDEX)),
    ("ClaimReserve(address account,address to,uint256 cumulativeAmount,uint256 deadline)",
     "Allow others to submit the claim of your grant", (_GRANTED, _ACCOUNT, _TO, _DEADLINE)),
)


def clear_signing(origin):
    """Yields path and text of the ERC-7730 descriptors, with which wallets show calls and messages of the contract."""
    contract, token = checksums_of([origin["contract"].lower(), origin["token"]["address"].lower()])
    kinds = {
        "amount": {"format": "tokenAmount", "params": {"token": token}},
        "foreign-amount": {"format": "tokenAmount", "params": {"tokenPath": "token"}},
        "account": {"format": "addressName", "params": {"types": ["eoa", "wallet", "contract"]}},
        "token": {"format": "addressName", "params": {"types": ["token"]}},
        "date": {"format": "date", "params": {"encoding": "timestamp"}},
        "call": {"format": "calldata", "params": {"calleePath": "@.to"}},
        "text": {"format": "raw"},
        "hidden": {"format": "raw"},
    }

    def field(path, label, kind):
        visible = "never" if kind == "hidden" else "always"
        return {"path": path, "label": label, **kinds[kind], "visible": visible}

    deployments = [{"chainId": origin["chainId"], "address": contract}]
    eip712 = {"domain": {"name": "MerkleAirdrop", "version": "1"}, "deployments": deployments}
    for path, context, formats in (
        ("calldata-MerkleAirdrop.json", {"contract": {"deployments": deployments}}, CALL_FORMATS),
        ("eip712-MerkleAirdrop.json", {"eip712": eip712}, MESSAGE_FORMATS),
    ):
        descriptor = {
            "$schema": "../../specs/erc7730-v2.schema.json",
            "context": {"$id": "MerkleAirdrop", **context},
            "metadata": {"owner": origin["program"], "contractName": "MerkleAirdrop"},
            "display": {
                "formats": {
                    signature: {"intent": intent, "fields": [field(*each) for each in fields]}
                    for signature, intent, fields in formats
                }
            },
        }
        yield path, json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"


class Publication:
    """Makes the files of a published folder from a list and the values of its manifest."""

    def __init__(self, origin, entries, claim_files, derivations=({}, {}), **manifest):
        self.origin, self.entries, self.claim_files = origin, entries, claim_files
        self.by_payee, self.pointers = derivations
        self.manifest = manifest  # draft, creationCodeHash, inputs
        self.tranche, self.decimals = origin["tranche"], origin["token"]["decimals"]
        self.tree = Tree(self.tranche, entries)
        self.shown = checksums_of([account for account, _ in entries])
        self.layout, self.shards = plan_shards(entries)

    def files(self):
        """Yields path and content of each file in the order of files.csv; the manifest is the last."""
        rows, outputs = [], {}
        for path, text in self.texts():
            content = text.encode("utf-8", "surrogatepass")
            record = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            rows.append(f"{record['sha256']},{record['size']},{path}\n")
            if path in ("allocations.csv", "tree.json"):
                outputs[path] = record
            yield path, content
        index = ("sha256,size,path\n" + "".join(rows)).encode()
        outputs["files.csv"] = {"sha256": hashlib.sha256(index).hexdigest(), "size": len(index)}
        yield "files.csv", index
        yield "manifest.json", self.manifest_text(outputs).encode("utf-8", "surrogatepass")

    def texts(self):
        decimals, rows = self.decimals, ["index,account,amount\n"]
        for index, (account, (_, amount)) in enumerate(zip(self.shown, self.entries)):
            rows.append(f"{index},{account},{format_units(amount, decimals)}\n")
        yield "allocations.csv", "".join(rows)
        if len(self.entries) <= MOST_IN_TREE_JSON:
            yield "tree.json", self.dump()
        if self.tranche == "automatic" and self.origin["contract"] is not None:
            yield from clear_signing(self.origin)
        if self.claim_files:
            for index, (account, _) in enumerate(self.entries):
                yield f"claims/{account}.json", self.claim(index)
            for account in sorted(self.pointers):
                yield f"claims/{account}.json", self.no_claim(account)
        for number, (prefix, start, end) in enumerate(self.shards):
            Progress.tell("shards", number, len(self.shards))
            yield f"shards/{prefix}.json", self.shard(prefix, start, end)

    def dump(self):
        """Returns the tree in OpenZeppelin's format standard-v1."""
        count = len(self.entries)
        values = []
        for index, (account, amount) in enumerate(self.entries):
            value = [account, str(amount)] if self.tranche == "reserve" else [str(index), account, str(amount)]
            values.append(f'{{"value":{compact(value)},"treeIndex":{2 * count - 2 - index}}}')
        nodes = ",\n".join(f'"{self.tree.text(position)}"' for position in range(2 * count - 1))
        encoding = compact(leaf_encoding(self.tranche))
        head = f'{{\n"format": "standard-v1",\n"leafEncoding": {encoding},\n"tree": [\n'
        return head + nodes + '\n],\n"values": [\n' + ",\n".join(values) + "\n]\n}\n"

    def claim(self, index):
        account, amount = self.entries[index]
        claim = {
            "format": "merkle-airdrop/claim@1",
            **self.origin,
            "root": self.tree.root,
            "index": index,
            "account": self.shown[index],
            "baseUnits": str(amount),
            "amount": format_units(amount, self.decimals),
            "formattedAmount": f"{human_amount(amount, self.decimals)} {self.origin['token']['symbol']}",
            "proof": self.tree.proof(index),
        }
        if account in self.by_payee:
            claim["derivation"] = self.by_payee[account]
        return json_text(claim) + "\n"

    def no_claim(self, account):
        reason, detail, paid_to, derivation = self.pointers[account]
        return json_text(
            {
                "format": "merkle-airdrop/no-claim@1",
                **self.origin,
                "account": checksummed(account),
                "reason": reason,
                "detail": detail,
                "paidTo": [checksummed(one) for one in paid_to],
                **({} if derivation is None else {"derivation": derivation}),
            }
        ) + "\n"

    def shard(self, prefix, start, end):
        """Returns the rows of a prefix and one neighbour on either side, in a range for each level they are on."""
        count = len(self.entries)
        first, last = max(0, start - 1), min(count, end + 1)
        deep = 2 * count - (1 << (2 * count - 1).bit_length() - 1)  # so many leaves are on the deeper level
        cuts = [first, *([deep] if first < deep < last else []), last]
        ranges = []
        for begin, stop in zip(cuts, cuts[1:]):
            rows = ",\n".join(f'["{account}","{amount}"]' for account, amount in self.entries[begin:stop])
            proof = ",\n".join(f'"{node}"' for node in self.tree.range_proof(begin, stop - begin))
            ranges.append(f'{{"start":{begin},"entries":[\n{rows}\n],"proof":[\n{proof}\n]}}')
        head = {
            "format": "merkle-airdrop/shard@1",
            "tranche": self.tranche,
            "root": self.tree.root,
            "leafCount": count,
            "prefix": prefix,
        }
        return f'{compact(head)[:-1]},"ranges":[{",".join(ranges)}]}}\n'

    def manifest_text(self, outputs):
        total, origin, code = sum(amount for _, amount in self.entries), dict(self.origin), {}
        if self.manifest.get("creationCodeHash") is not None:
            code = {"creationCodeHash": self.manifest["creationCodeHash"]}
        manifest = {
            "format": "merkle-airdrop/manifest@1",
            "program": origin["program"],
            **({"draft": True} if self.manifest["draft"] else {}),
            "tranche": origin["tranche"],
            "chainId": origin["chainId"],
            "contract": origin["contract"],
            **code,
            "token": origin["token"],
            "root": self.tree.root,
            "leafCount": len(self.entries),
            "leafEncoding": leaf_encoding(self.tranche),
            "total": {"baseUnits": str(total), "amount": format_units(total, self.decimals)},
            "claimFiles": self.claim_files,
            "shards": self.layout,
            "inputs": dict(sorted(self.manifest["inputs"].items())),
            "outputs": dict(sorted(outputs.items())),
        }
        return json_text(manifest) + "\n"


def leaf_encoding(tranche):
    return ["uint256"] * (tranche == "automatic") + ["address", "uint256"]


def plan_shards(entries):
    """Divides a list by the first digits of its addresses, by one more where a shard would be too long."""
    digits = 1
    while len(entries) > SHARD_ROWS * 16**digits:
        digits += 1
    accounts, split, shards = [account for account, _ in entries], [], []

    def visit(prefix, start, end):
        if len(prefix) >= digits:
            if end - start <= MOST_SHARD_ROWS:
                shards.append((prefix, start, end))
                return
            split.append(prefix)
        for digit in "0123456789abcdef":
            after = bisect.bisect_right(accounts, f"0x{prefix}{digit}g", start, end)  # "g" is above all digits
            visit(prefix + digit, start, after)
            start = after

    visit("", 0, len(entries))
    return {"prefixLength": digits, "splitPrefixes": split}, shards


# -------------------------------------------------------------------------------- 16. the folder on the disk


def survey(folder, left_out):
    """Lists the files below a folder, and everything that is not a plain file. Opens nothing and follows no link."""
    files, strange, folders = {}, [], [""]
    while folders:
        inside = folders.pop()
        for entry in os.scandir(os.path.join(folder, inside)):
            path = inside + entry.name
            kind = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(kind.st_mode):
                if path == "reserve" and path in left_out:
                    continue
                if path in ("claims", "shards"):
                    folders.append(path + "/")
                else:
                    strange.append((path, "is a folder that is not part of what is published"))
            elif stat.S_ISREG(kind.st_mode):
                if path != ATTESTATIONS_FILE or path not in left_out:
                    files[path] = kind.st_size
            else:
                word = "a symbolic link" if stat.S_ISLNK(kind.st_mode) else "no plain file"
                strange.append((path, f"is {word}; a publication has plain files only"))
    return files, strange


def compare_folder(folder, publication, left_out, problems):
    """Compares a folder with a publication, file by file and to the byte. Returns the number of leaves that it proves."""

    def problem(path, text):
        problems.append((os.path.join(folder, path), text))

    files, strange = survey(folder, left_out)
    for path, text in sorted(strange):
        problem(path, text)
    if strange:
        return 0
    good = set()
    for path, expected in publication.files():
        size = files.pop(path, None)
        if size is None:
            problem(path, "is missing")
            continue
        found = read_bytes(os.path.join(folder, path), len(expected) + MOST_DIFFERING)
        if found == expected:
            good.add(path)
        else:
            problem(path, difference(path, found, expected))
    for path in sorted(files):
        problem(path, "is not part of what is published")
    if publication.claim_files:
        return sum(f"claims/{account}.json" in good for account, _ in publication.entries)
    return sum(end - start for prefix, start, end in publication.shards if f"shards/{prefix}.json" in good)


MOST_DIFFERING = 1 << 20  # bytes beyond what is expected that are read to say what differs


def difference(path, found, expected):
    """Returns in words the first difference of a file: the key and both values of JSON, else the line."""
    try:
        found_text = text_of(found)
    except Wrong as error:
        return str(error)
    expected_text = expected.decode("utf-8", "surrogatepass")
    if path.endswith(".json"):
        try:
            value = parse_json(found)
        except Wrong as error:
            return str(error)
        other = difference_of_values("", value, json.loads(expected_text))
        return other or "has the right values, but is not written as the format says: spaces, or the order of keys"
    pairs = zip_longest(found_text.split("\n"), expected_text.split("\n"))
    for number, (line, right) in enumerate(pairs, 1):
        if line != right:
            return f"line {number}: is {shortened(line)}, computed {shortened(right)}"
    return "differs"


def difference_of_values(path, found, expected):
    """Returns in words the first difference of two JSON values. Returns None if they are equal."""
    name = path or "the file"
    if isinstance(expected, dict) and isinstance(found, dict):
        inner = f"{path}." if path else ""
        for key in expected:
            if key not in found:
                return f"{inner}{key} is missing"
        for key in found:
            if key not in expected:
                return f"{shortened(inner + key)} is not expected"
        for key in expected:
            text = difference_of_values(inner + key, found[key], expected[key])
            if text:
                return text
        return None
    if isinstance(expected, list) and isinstance(found, list):
        for number, (one, right) in enumerate(zip(found, expected)):
            text = difference_of_values(f"{path}[{number}]", one, right)
            if text:
                return text
        if len(found) != len(expected):
            return f"{name} has {len(found)} items, computed {len(expected)}"
        return None
    if isinstance(expected, dict) and not isinstance(found, dict):
        return f"{name} is not an object"
    if type(found) is type(expected) and found == expected:
        return None
    return f"{name} is {shortened(found)}, computed {shortened(expected)}"


def shortened(value):
    """Quotes a value in at most 120 characters."""
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


# ------------------------------------------------------------------------------------------- 17. the reserve


class Ledger:
    """Reads grants.jsonl from the top: grants add up by account, a revocation takes one back, a root records a build."""

    def __init__(self, data, decimals):
        self.grants, self.revoked, self.root, self.at_root = {}, set(), None, []
        self.current, self.problems = {}, []
        lines = data.split(b"\n")
        if lines.pop() != b"":
            raise Wrong(f"line {len(lines) + 1}: does not end; an interrupted write is not part of the ledger")
        for number, line in enumerate(lines, 1):
            try:
                if line.startswith(b"\xef\xbb\xbf"):
                    raise Wrong("begins with a byte-order mark")
                self.add(parse_json(line), decimals, number)
            except (Wrong, *MISSHAPEN) as error:
                raise Wrong(f"line {number}: {words_of(error)}") from None

    def add(self, entry, decimals, number):
        kind = entry.get("kind") if isinstance(entry, dict) else None
        if not isinstance(kind, str) or kind not in LEDGER_KEYS:
            raise Wrong(f"kind is {kind!r}")
        keys_of(entry, ["format", "kind", "time", *LEDGER_KEYS[kind][0]], LEDGER_KEYS[kind][1], "the line")
        if entry["format"] != "merkle-airdrop/grant@1":
            raise Wrong(f"format is {entry['format']!r}")
        time_of(entry["time"])
        if kind != "root" and name_of(entry["reason"], "reason").strip(BLANKS) == "":
            raise Wrong("reason is empty")
        {"grant": self.grant, "revoke": self.revoke, "root": self.built}[kind](entry, decimals, number)

    def grant(self, entry, decimals, _number):
        account, amount = address_of(entry["account"]), units_of(entry["amount"], decimals)
        if whole_of(entry["id"], "id", 1) != len(self.grants) + 1 or amount == 0:
            raise Wrong(f"grant {entry['id']!r} is out of turn, or its amount is zero")
        if "evidence" in entry:
            require_evidence(entry["evidence"], decimals)
        for one in list_of(entry.get("overriddenChecks", []), "overriddenChecks"):
            if not isinstance(one, str):
                raise Wrong("overriddenChecks: a check is not a text")
        self.grants[entry["id"]] = (account, amount)
        self.current[account] = self.current.get(account, 0) + amount
        if self.current[account] > MOST_PAID:
            raise Wrong(f"grant {entry['id']} brings {checksummed(account)} above 2^96 - 1 base units")

    def revoke(self, entry, _decimals, _number):
        key = whole_of(entry["grantId"], "grantId", 1)
        if key not in self.grants or key in self.revoked:
            raise Wrong(f"there is no grant {key} to revoke")
        self.revoked.add(key)
        account, amount = self.grants[key]
        self.current[account] -= amount

    def built(self, entry, decimals, number):
        sums = sorted((account, amount) for account, amount in self.current.items() if amount > 0)
        if whole_of(entry["accountCount"], "accountCount") != len(sums):
            raise Wrong(f"accountCount is {entry['accountCount']}, the grants above have {len(sums)} accounts")
        total = sum(amount for _, amount in sums)
        if units_of(entry["total"], decimals) != total:
            raise Wrong(f"total is {entry['total']!r}, the grants above come to {total} base units")
        if not is_text(entry["root"], r"0x[0-9a-f]{64}"):
            raise Wrong(f"root is {shortened(entry['root'])}, not a hash")
        root = Tree("reserve", sums).root if sums else None
        if entry["root"] != root:
            self.problems.append(f"line {number}: root is {entry['root']!r}, that of the grants above is {root}")
        self.root, self.at_root = root, sums


LEDGER_KEYS = {
    "grant": (["id", "account", "amount", "reason"], ["evidence", "overriddenChecks"]),
    "revoke": (["grantId", "reason"], []),
    "root": (["root", "accountCount", "total"], []),
}
EVIDENCE_KEYS = {
    "note": ["text"],
    "link": ["from", "to", "deadline", "scheme", "signature"],
    "transfers": ["from", "hops"],
}


def require_evidence(evidence, decimals):
    """Checks the shape of a grant's evidence. Whether it holds is for ./airdrop grants P check."""
    kind = evidence.get("kind") if isinstance(evidence, dict) else None
    if not isinstance(kind, str) or kind not in EVIDENCE_KEYS:
        raise Wrong(f"evidence: kind is {kind!r}")
    keys_of(evidence, ["kind", *EVIDENCE_KEYS[kind]], [], "evidence")
    if kind == "note":
        name_of(evidence["text"], "evidence.text")
        return
    address_of(evidence["from"])
    if kind == "link":
        address_of(evidence["to"])
        time_of(evidence["deadline"])
        Statement.signature_of(evidence)
        return
    hops = list_of(evidence["hops"], "evidence.hops")
    for hop in hops:
        keys_of(hop, ["to", "amount", "time", "transaction"], [], "evidence.hops")
        address_of(hop["to"])
        units_of(hop["amount"], decimals)
        time_of(hop["time"])
        if not is_text(hop["transaction"], r"0x[0-9a-f]{64}"):
            raise Wrong("evidence.hops: transaction is not a hash")
    if not hops:
        raise Wrong("evidence.hops is empty")


# ----------------------------------------------------------------------------------- 18. snapshot.anchor: Ethereum
#
# The Outbox, Arbitrum's contract on Ethereum, keeps the block hash of each confirmed assertion under its send root. A
# header of Ethereum and a proof of that word name a block of Arbitrum, and headers that link by their parents' hashes
# lead to it from the snapshot's block. Only the hash of the Ethereum block is taken on trust.

OUTBOXES = {
    42161: bytes.fromhex("0b9857ae2d4a3dbe74ffe1d7df045bb7f96e4840"),
    421614: bytes.fromhex("65f07c7d521164a4d5dac6eb8fac8da067a3b78f"),
}
ROOTS_SLOT = 3  # of the mapping from send roots to block hashes
ANCHOR_MAGIC = b"ANCHOR\0\1"
MOST_ANCHOR = 1 << 24  # bytes, unpacked
MOST_HEADERS = 14_400
HEADER_FIELDS = 16


def verify_anchor(found, program, snapshot, folder):
    """Checks snapshot.anchor if there is one, and adds the Ethereum block to compare to what was found."""
    path = os.path.join(folder, "snapshot.anchor")
    if snapshot is None or not os.path.lexists(path):
        return
    report = found.attempt(path, lambda: anchor_of(read_bytes(path, MOST_ANCHOR), snapshot["block"], program["chainId"]))
    if report is not None:
        found.result.update(report)


def anchor_of(data, block, chain):
    """Returns what has to be compared with an explorer of Ethereum."""
    outbox = OUTBOXES.get(chain)
    if outbox is None:
        raise Wrong(f"chain {chain} has no anchor")
    l1_header, nodes, headers = unpack_anchor(data)
    l1 = Header(l1_header, keccak256(l1_header), "the Ethereum header")
    last = follow_headers(headers, block)
    if len(last.extra) != 32:
        raise Wrong(f"block {last.number} has no send root in its extraData")
    for before, node in zip(nodes, nodes[1:]):
        if before >= node:
            raise Wrong("two trie nodes are swapped, or the same")
    trie = Trie(nodes)
    account = trie.get(l1.state_root, outbox, "the account of the Outbox")
    fields = account and rlp_list(account, "the account of the Outbox")
    if not fields or len(fields) != 4:
        raise Wrong("there is no account of the Outbox")
    slot = keccak256(last.extra + word(ROOTS_SLOT))
    value = trie.get(fields[2], slot, "the Outbox's word for the send root")
    if value is None:
        raise Wrong(f"the Outbox names no block for the send root of block {last.number}: it is not confirmed")
    named = rlp_item(value).rjust(32, b"\0")
    if named != last.hash:
        raise Wrong(f"the Outbox names block 0x{named.hex()}, the headers lead to 0x{last.hash.hex()}")
    if len(trie.used) != len(nodes):
        raise Wrong(f"{len(nodes) - len(trie.used)} trie nodes prove nothing of the Outbox")
    when = datetime.fromtimestamp(l1.timestamp, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"ethereum": f"block {l1.number} of {when}, 0x{l1.hash.hex()}: compare it with any explorer"}


def unpack_anchor(data):
    """Returns the Ethereum header, the trie nodes and the headers of Arbitrum."""
    body, digest = data[:-32], data[-32:]
    if not body.startswith(ANCHOR_MAGIC):
        raise Wrong("is not a snapshot's anchor")
    if hashlib.sha256(body).digest() != digest:
        raise Wrong("has been changed or cut off: the SHA-256 of its content is not its last 32 bytes")
    piece, pieces, end = unpacked(body[len(ANCHOR_MAGIC) :], MOST_ANCHOR)
    result = piece(), pieces(), pieces()
    end()
    return result


def unpacked(packed, most):
    """Unpacks a list of pieces; returns functions that read a piece, a counted list of them, and the end."""
    stream = zlib.decompressobj()
    try:
        plain = stream.decompress(packed, most)
    except zlib.error as error:
        raise Wrong(f"cannot be unpacked: {error}") from None
    if not stream.eof or stream.unused_data:
        raise Wrong("cannot be unpacked: it is too long, cut off, or has bytes left over")
    at = 0

    def number():
        nonlocal at
        at += 4
        if at > len(plain):
            raise Wrong("cannot be unpacked: it ends within a number")
        return int.from_bytes(plain[at - 4 : at], "big")

    def piece():
        nonlocal at
        size = number()
        at += size
        if at > len(plain):
            raise Wrong("cannot be unpacked: a piece is longer than the file")
        return plain[at - size : at]

    def end():
        if at != len(plain):
            raise Wrong("cannot be unpacked: bytes are left over")

    return piece, lambda: [piece() for _ in range(number())], end


class Header:
    """A block header in the form that is hashed."""

    def __init__(self, data, digest, what):
        fields = rlp_list(data, what)
        if len(fields) < HEADER_FIELDS:
            raise Wrong(f"{what}: has {len(fields)} fields, which is no block header")
        self.hash, self.count, self.extra = digest, len(fields), fields[12]
        self.parent, self.state_root = fields[0], fields[3]
        if len(self.parent) != 32 or len(self.state_root) != 32:
            raise Wrong(f"{what}: its parentHash or stateRoot is not 32 bytes long")
        self.number, self.timestamp = (small_number(fields[at], what) for at in (8, 11))


def small_number(data, what):
    if len(data) > 6 or data[:1] == b"\0":
        raise Wrong(f"{what}: its number or timestamp is not a number")
    return int.from_bytes(data, "big")


def follow_headers(headers, block):
    """Follows the headers from the snapshot's block, each of which names the one before; returns the last."""
    if not headers:
        raise Wrong("there is no header of the snapshot's block")
    if len(headers) - 1 > MOST_HEADERS:
        raise Wrong(f"there are {len(headers) - 1} headers after the snapshot's block, the most is {MOST_HEADERS}")
    last = None
    for i, (data, digest) in enumerate(zip(headers, hashes_of(headers))):
        what = f"header {i} (block {block['number'] + i})"
        header = Header(data, digest, what)
        if header.count != HEADER_FIELDS:
            raise Wrong(f"{what}: has {header.count} fields, a header of Arbitrum {HEADER_FIELDS}")
        if last is None:
            own = {"hash": "0x" + digest.hex(), "number": header.number, "timestamp": header.timestamp}
            for key, value in own.items():
                if block[key] != value:
                    raise Wrong(f"the snapshot's block has the {key} {block[key]}, its header has {value}")
        elif header.parent != last.hash:
            raise Wrong(f"{what}: does not name the header before it as its parent")
        elif header.number != last.number + 1:
            raise Wrong(f"{what}: is of block {header.number}")
        last = header
    return last


def hashes_of(messages):
    """Hashes messages of any length, those that fill as many blocks together."""
    groups, hashes = {}, [b""] * len(messages)
    for i, message in enumerate(messages):
        padded = bytearray(message) + bytes(8 * RATE - len(message) % (8 * RATE))
        padded[len(message)] ^= 0x01
        padded[-1] ^= 0x80
        groups.setdefault(len(padded), []).append((i, padded))
    for size, group in groups.items():
        for start in range(0, len(group), AT_ONCE):
            part = group[start : start + AT_ONCE]
            words = array("Q", b"".join(padded for _, padded in part))
            digests = _absorb(words, size // 8, len(part))
            for at, (i, _) in enumerate(part):
                hashes[i] = digests[32 * at : 32 * at + 32]
    return hashes


class Trie:
    """Merkle Patricia tries out of nodes that are found by their hashes."""

    def __init__(self, nodes):
        self.nodes = dict(zip(hashes_of(nodes), nodes))
        self.used = set()

    def get(self, root, key, what):
        """Returns the value of a key, None if it is provably absent."""
        if root == keccak256(b"\x80"):
            return None
        path = keccak256(key).hex()
        node = self.node(root, what)
        while True:
            if len(node) == 17:
                if not path:
                    return node[16] or None
                child, path = node[int(path[0], 16)], path[1:]
            elif len(node) == 2:
                nibbles = node[0].hex()
                is_leaf, is_odd = int(nibbles[0], 16) & 2, int(nibbles[0], 16) & 1
                part = nibbles[1:] if is_odd else nibbles[2:]
                if is_leaf:
                    return node[1] if part == path else None
                if not path.startswith(part):
                    return None
                child, path = node[1], path[len(part) :]
            else:
                raise Wrong(f"does not prove {what}: a trie node is malformed")
            if child == b"":
                return None
            node = child if isinstance(child, list) else self.node(child, what)

    def node(self, digest, what):
        if digest not in self.nodes:
            raise Wrong(f"does not prove {what}: a trie node is missing or changed")
        self.used.add(digest)
        return rlp_of(self.nodes[digest], what)


def rlp_of(data, what):
    """Reads RLP in its one encoding: bytes, or a list."""
    try:
        item, end = rlp_read(data, 0)
        if end == len(data):
            return item
    except (IndexError, RecursionError):
        pass
    raise Wrong(f"{what}: is not RLP")


def rlp_item(data):
    item = rlp_of(data, "a value")
    if not isinstance(item, bytes):
        raise Wrong("a value is not a string of bytes")
    return item


def rlp_list(data, what):
    fields = rlp_of(data, what)
    if not isinstance(fields, list) or not all(isinstance(field, bytes) for field in fields):
        raise Wrong(f"{what}: is not a list of fields in RLP")
    return fields


def rlp_read(data, at):
    """Returns the item at an offset, and the offset behind it."""
    first = data[at]
    if first < 0x80:
        return data[at : at + 1], at + 1
    base = 0xC0 if first >= 0xC0 else 0x80
    size, start = first - base, at + 1
    if size > 55:
        length = data[start : start + size - 55]
        start += size - 55
        size = int.from_bytes(length, "big")
        if length[:1] == b"\0" or size < 56:
            raise IndexError("a length is not in its one form")
    end = start + size
    if end > len(data):
        raise IndexError("an item is longer than its data")
    if base == 0x80:
        if size == 1 and data[start] < 0x80:
            raise IndexError("a byte is not in its one form")
        return data[start:end], end
    items = []
    while start < end:
        item, start = rlp_read(data, start)
        items.append(item)
    if start != end:
        raise IndexError("a list ends within an item")
    return items, end


# ------------------------------------------------------------------------------ 19. snapshot.proof: token balances
#
# The proof holds the header of the snapshot's block and trie nodes under its state root. A token keeps each balance in
# one word of its storage. Which one depends on its code, so the usual places are tried, and the one that fits is used
# for all holders. ./airdrop verify runs the token's code instead, and checks nodes and accounts as well.

PROOF_MAGIC = b"AIRDROP\1"
MOST_PROOF = 1 << 29  # bytes, unpacked
HEADER_NUMBERS = {"difficulty", "number", "gasLimit", "gasUsed", "timestamp", "baseFeePerGas"}
HEADER_NUMBERS |= {"blobGasUsed", "excessBlobGas"}
# The mapping of OpenZeppelin's upgradeable tokens: the first slot of the namespace openzeppelin.storage.ERC20.
NAMESPACED_BALANCES = 0x52C63247E1F47DB19D5CE0460030C497F067CA4CEBF71BA98EEADABE20BACE00
SOLADY_SEED = bytes.fromhex("000000000000000087a211a2")
BALANCE_SLOTS = [*range(256), NAMESPACED_BALANCES]


def balance_places():
    """Yields functions that return the preimage of the storage slot of an account's balance."""
    for slot in BALANCE_SLOTS:
        yield lambda account, slot=slot: bytes(12) + account + word(slot)  # Solidity
        yield lambda account, slot=slot: word(slot) + bytes(12) + account  # Vyper
    yield lambda account: account + SOLADY_SEED


def verify_balances(found, snapshot, folder):
    """Compares the balances of a snapshot with its proof, if it has both."""
    path = os.path.join(folder, "snapshot.proof")
    if snapshot is None:
        return
    section = snapshot["sections"].get("erc20-balances")
    rest = ["nodes", "accounts"] if "session-staking" in snapshot["sections"] else ["accounts"]
    found.unchecked.append(f"{' and '.join(rest)} in snapshot.json, which ./airdrop verify proves with snapshot.proof")
    if section is None or not os.path.lexists(path):
        return
    state = found.attempt(path, lambda: proven_storage(read_bytes(path, MOST_PROOF), snapshot["block"], section))
    if state is None:
        return
    place = found.attempt(path, lambda: place_of_balances(state, section["balances"]))
    if place is None:
        found.unchecked.append("the balances in snapshot.json, whose place in the storage is not a usual one")
        return
    for account, balance in section["balances"]:
        proven = found.attempt(path, lambda account=account: state(place, account))
        if proven is not None and proven != balance:
            text = f"the balance of {checksummed(account)} is {balance} in the snapshot, but {proven} on the chain"
            found.problems.append((os.path.join(folder, "snapshot.json"), text))
    if section["converts"]:
        found.unchecked.append("what shares are worth in assets, which ./airdrop verify proves")


def proven_storage(data, block, section):
    """Returns a function from a place and an account to the word that is proven there."""
    header, nodes = unpack_proof(data)
    encoded = rlp_encoded([header_field(name, text) for name, text in header.items()])
    if "0x" + keccak256(encoded).hex() != block["hash"]:
        raise Wrong("its header does not hash to the hash of the snapshot's block")
    trie = Trie(nodes)
    token = bytes.fromhex(section["token"][2:])
    account = trie.get(bytes.fromhex(header["stateRoot"][2:]), token, "the account of the token")
    fields = account and rlp_list(account, "the account of the token")
    if not fields or len(fields) != 4:
        raise Wrong("there is no account of the token")

    def state(place, holder):
        slot = keccak256(place(bytes.fromhex(holder[2:])))
        value = trie.get(fields[2], slot, f"the balance of {checksummed(holder)}")
        return 0 if value is None else int.from_bytes(rlp_item(value), "big")

    return state


def place_of_balances(state, balances):
    """Returns the place under which most balances are found; None if no balance is found anywhere."""
    some = [(account, balance) for account, balance in balances if balance > 0][:16]
    best, most = None, 0
    for place in balance_places():
        fitting = 0
        for account, balance in some:
            try:
                fitting += state(place, account) == balance
            except Wrong:
                break
        if fitting > most:
            best, most = place, fitting
    return best


def unpack_proof(data):
    """Returns the fields of the header, and the trie nodes."""
    body, digest = data[:-32], data[-32:]
    if not body.startswith(PROOF_MAGIC):
        raise Wrong("is not evidence of a snapshot")
    if keccak256(body) != digest:
        raise Wrong("has been changed or cut off: its content does not hash to its last 32 bytes")
    piece, pieces, end = unpacked(body[len(PROOF_MAGIC) :], MOST_PROOF)
    header, nodes, _codes = piece(), pieces(), pieces()
    end()
    fields = json.loads(header)
    if not isinstance(fields, dict) or not all(is_text(one, r"0x[0-9a-f]*") for one in fields.values()):
        raise Wrong("cannot be unpacked: its header is not a list of fields")
    return fields, nodes


def header_field(name, text):
    """Returns the bytes of a field as they are hashed: numbers have no leading zeros."""
    digits = text[2:]
    if name in HEADER_NUMBERS:
        digits = digits.lstrip("0")
    return bytes.fromhex(digits if len(digits) % 2 == 0 else "0" + digits)


def rlp_encoded(fields):
    """Returns the RLP of a list of strings of bytes."""

    def head(size, base):
        if size <= 55:
            return bytes([base + size])
        length = size.to_bytes((size.bit_length() + 7) // 8, "big")
        return bytes([base + 55 + len(length)]) + length

    def string(data):
        return data if len(data) == 1 and data[0] < 0x80 else head(len(data), 0x80) + data

    body = b"".join(map(string, fields))
    return head(len(body), 0xC0) + body


# ---------------------------------------------------------------------------------------------- 20. verification


class Verification:
    """Collects results, discrepancies, and the facts that could not be checked."""

    def __init__(self):
        self.result, self.problems, self.unchecked = {}, [], []

    def attempt(self, path, work):
        """Runs a step. A fault of its file is a discrepancy."""
        try:
            return work()
        except (Wrong, OSError, *MISSHAPEN) as error:
            self.problems.append((path, words_of(error)))
        return None


def verify_program(program_folder, proofs_folder):
    """Computes a program again from its inputs, and compares its allocation and publication."""
    found = Verification()
    inputs = Inputs(program_folder)

    def computed():
        program = program_of(inputs)
        return program, Allocation(program, inputs)

    both = found.attempt(program_folder, computed)
    if both is None:
        return found
    program, allocation = both
    verify_anchor(found, program, allocation.snapshot, program_folder)
    verify_balances(found, allocation.snapshot, program_folder)
    csv_text = allocation.csv()
    csv_record = record_of(csv_text.encode())
    json_bytes = allocation.json(csv_record["sha256"]).encode("utf-8", "surrogatepass")
    texts = [("allocation.csv", csv_text.encode()), ("allocation.json", json_bytes)]
    # Reports, which no other file follows from, may be missing.
    if os.path.lexists(os.path.join(program_folder, "report.html")):
        found.unchecked.append("report.html, which ./airdrop verify compares")
    if os.path.lexists(os.path.join(program_folder, "unpaid.csv")):
        texts.append(("unpaid.csv", allocation.unpaid_csv().encode("utf-8", "surrogatepass")))
    for name, expected in texts:
        path = os.path.join(program_folder, name)
        data = found.attempt(path, lambda: read_bytes(path, len(expected) + MOST_DIFFERING))
        if data is not None and data != expected:
            found.problems.append((path, difference(name, data, expected)))
    records = {**inputs.read, "allocation.csv": csv_record, "allocation.json": record_of(json_bytes)}
    del csv_text
    code = found.attempt(CODE_FILE, creation_code)
    if code is None:
        found.unchecked.append("contract and creationCodeHash: MerkleAirdrop.bin is not beside verify.py")
    published = published_manifest(proofs_folder)
    count = len(allocation.entries)
    claim_files = published.get("claimFiles")
    if not isinstance(claim_files, bool):
        claim_files = count <= CLAIMS_BY_DEFAULT
    origin = origin_of(program, "automatic")
    publication = Publication(
        origin,
        allocation.entries,
        claim_files,
        allocation.derivations(),
        draft=program["draft"],
        creationCodeHash=published.get("creationCodeHash") if code is None else "0x" + keccak256(code).hex(),
        inputs=records,
    )
    root = publication.tree.root
    found.result.update(program=program["name"], inputs=sorted(allocation.inputs), payees=count)
    found.result.update(total=str(sum(amount for _, amount in allocation.entries)), root=root)
    path = os.path.join(program_folder, "deployment.json")
    possible = found.attempt(path, lambda: possible_contracts(program, program_folder, code, root, count)) or []
    origin["contract"] = contract_in(possible, code, published)
    if code is not None and origin["contract"] is not None:
        computed = contract_address(program, code, root, count)
        if computed is None or origin["contract"] != checksummed(computed):
            found.unchecked.append("contract, as deployment.json names it: ./airdrop verify P --rpc URL compares its code")
    found.result.update(contract=origin["contract"], proven=0)
    unpayable = unpayable_contracts(program, possible)
    snapshot = allocation.snapshot
    block = (snapshot["block"]["number"], snapshot["block"]["hash"]) if snapshot else (0, "0x" + "0" * 64)
    attested = {"automatic": (root, sum(amount for _, amount in allocation.entries), block)}
    del allocation, snapshot
    if not os.path.isdir(proofs_folder):
        found.problems.append((proofs_folder, "is missing: nothing is published"))
        return found
    found.result["proven"] = compare_folder(proofs_folder, publication, BESIDE_THE_LIST, found.problems)
    reserve = os.path.join(proofs_folder, "reserve")
    origin = {
        **origin,
        "tranche": "reserve",
        "contract": contract_in(possible, code, published_manifest(reserve)),
    }
    granted = verify_reserve(found, program, program_folder, reserve, origin, unpayable)
    if granted is not None:
        attested["reserve"] = (*granted, block)
    verify_attestations(found, program, program_folder, proofs_folder, attested)
    return found


# What a published folder may hold that its list does not determine: the reserve, and what outsiders signed.
BESIDE_THE_LIST = {"reserve", ATTESTATIONS_FILE}


def verify_attestations(found, program, program_folder, proofs_folder, results):
    """Judges the attestations of a program, and compares the published copy with the file beside program.json."""
    path, copy = (os.path.join(folder, ATTESTATIONS_FILE) for folder in (program_folder, proofs_folder))
    if os.path.lexists(path) != os.path.lexists(copy):
        missing = copy if os.path.lexists(path) else path
        found.problems.append((missing, "is missing; the file is beside program.json and in the published folder"))
        return
    if not os.path.lexists(path):
        return
    data = found.attempt(path, lambda: read_bytes(path))
    other = found.attempt(copy, lambda: read_bytes(copy))
    if data is None or other is None:
        return
    if data != other:
        found.problems.append((copy, "differs from the file beside program.json"))
    judged = found.attempt(path, lambda: Attestations(program, data, results))
    if judged is None:
        return
    found.problems += [(f"{path}:{number}", text) for number, text in judged.problems]
    found.result["attested"] = {tranche: judged.names(tranche) for tranche in results}


def unpayable_contracts(program, airdrops):
    """Returns the contracts in which tokens are lost, each with its description."""
    named = {address: f"it is {name}" for address, name in contracts_read_by(program).items()}
    named.update((one, "it is the airdrop itself") for one in airdrops)
    shared = {address: f"it is {name}, a shared contract" for address, name in SHARED_CONTRACTS.items()}
    return {**shared, **named, program["token"]: "it is the token itself"}


def verify_reserve(found, program, program_folder, folder, origin, unpayable):
    """Builds the reserve from its ledger and compares it with the published one. Returns its root and total, if any.

    `unpayable` has the contracts in which tokens are lost.
    """
    path = os.path.join(program_folder, "grants.jsonl")
    ledger = None
    if os.path.lexists(path):
        ledger = found.attempt(path, lambda: Ledger(read_bytes(path), program["decimals"]))
        if ledger is None:
            return None
        found.problems += [(path, text) for text in ledger.problems]
    if ledger is None or ledger.root is None:
        if os.path.lexists(folder):
            found.problems.append((folder, "is there, but no line of grants.jsonl says that a root was built"))
        return None
    total = sum(amount for _, amount in ledger.at_root)
    if total > program["reserve"]:
        found.problems.append((path, f"grants {total} base units, the reserve has {program['reserve']}"))
        return None
    for account, _ in ledger.at_root:
        if account < RESERVED_TEXT or account in unpayable:
            what = "no key leads to an address below 2^64" if account < RESERVED_TEXT else unpayable[account]
            found.problems.append((path, f"grants to {checksummed(account)}, which cannot be paid: {what}"))
            return None
    found.result.update(reserve=ledger.root, granted=len(ledger.at_root))
    if os.path.islink(folder) or not os.path.isdir(folder):
        found.problems.append((folder, "is missing, although grants.jsonl says that a root was built"))
        return None
    publication = Publication(origin, ledger.at_root, True, draft=program["draft"], inputs={})
    compare_folder(folder, publication, set(), found.problems)
    return ledger.root, total


def contract_in(possible, code, published):
    """Returns the contract's address for the files: the published one if it is possible, else the first possible one."""
    named = published.get("contract")
    if code is None and not possible:
        return named  # cannot be computed: only that all files name the same one is checked
    shown = [checksummed(address) for address in possible]
    return named if named in shown else (shown[0] if shown else None)


def origin_of(program, tranche):
    """Returns the values that every published file repeats."""
    return {
        "program": program["name"],
        "tranche": tranche,
        "chainId": program["chainId"],
        "contract": None,
        "token": token_of(program),
    }


def token_of(program):
    return {
        "address": checksummed(program["token"]),
        "symbol": program["symbol"],
        "decimals": program["decimals"],
    }


MOST_MANIFEST = 1 << 20  # bytes: a manifest lists a program's few files


def published_manifest(folder):
    """Reads the published manifest for the two choices that it records. The comparison finds its faults."""
    try:
        manifest = parse_json(read_bytes(os.path.join(folder, "manifest.json"), MOST_MANIFEST))
        return manifest if isinstance(manifest, dict) else {}
    except (Wrong, *MISSHAPEN):
        return {}


def verify_folder(folder):
    """Checks a published folder alone: everything that follows from its list, and that it has no other file."""
    found = Verification()
    left_out = set()
    reserve = os.path.join(folder, "reserve")
    files, strange = survey(folder, BESIDE_THE_LIST)
    for path, text in sorted(strange):
        found.problems.append((os.path.join(folder, path), text))
    if strange:
        return found
    path = os.path.join(folder, "manifest.json")
    manifest = found.attempt(path, lambda: checked_manifest(read_bytes(path, MOST_MANIFEST)))
    if manifest is None:
        return found
    if manifest["tranche"] == "automatic":
        left_out = BESIDE_THE_LIST
        if os.path.lexists(os.path.join(folder, ATTESTATIONS_FILE)):
            found.unchecked.append(f"{ATTESTATIONS_FILE}, whose keys program.json names")
    path = os.path.join(folder, "allocations.csv")
    most = MOST_ROW * manifest["leafCount"] + 64
    entries = found.attempt(path, lambda: listed_entries(read_bytes(path, most), manifest))
    if entries is None:
        return found
    origin = {key: manifest[key] for key in ("program", "tranche", "chainId", "contract", "token")}
    told = Told(folder, files, entries, manifest, found.problems) if manifest["claimFiles"] else None
    publication = Publication(
        origin,
        entries,
        manifest["claimFiles"],
        ({}, {}) if told is None else (told.derivations, told.pointers),
        draft=manifest.get("draft", False),
        creationCodeHash=manifest.get("creationCodeHash"),
        inputs=manifest["inputs"],
    )
    found.result.update(program=manifest["program"], payees=len(entries), root=publication.tree.root)
    found.result["proven"] = compare_folder(folder, publication, left_out, found.problems)
    found.unchecked.append(
        "program, chainId, token, contract, creationCodeHash, draft and inputs, which follow from the program's folder"
    )
    if told is not None:
        found.unchecked.append("derivations, and which accounts have a file without a claim")
    if manifest["tranche"] == "automatic" and os.path.lexists(reserve):
        if os.path.islink(reserve) or not os.path.isdir(reserve):
            found.problems.append((reserve, "is not a plain folder"))
        else:
            inner = verify_folder(reserve)
            found.problems += inner.problems
            found.result["reserve"] = inner.result.get("root")
            other = published_manifest(reserve)
            for key in ("program", "chainId", "contract", "token", "draft"):
                if other.get(key) != manifest.get(key):
                    path = os.path.join(reserve, "manifest.json")
                    found.problems.append((path, f"{key} is another than in the manifest of the automatic tranche"))
            if other.get("tranche") != "reserve":
                found.problems.append((os.path.join(reserve, "manifest.json"), "tranche is not 'reserve'"))
    return found


MOST_LEAVES = 1 << 30
MOST_ROW = 180  # bytes of a row of allocations.csv at most


def checked_manifest(data):
    """Reads a manifest whose inputs are not known. The comparison checks the values that follow from the list."""
    manifest = keys_of(
        parse_json(data),
        ["format", "program", "tranche", "chainId", "contract", "token", "root", "leafCount", "leafEncoding"]
        + ["total", "claimFiles", "shards", "inputs", "outputs"],
        ["draft", "creationCodeHash"],
        "the manifest",
    )
    token = keys_of(manifest["token"], ["address", "symbol", "decimals"], [], "token")
    for value in (token["address"], manifest["contract"]):
        if value is not None and value != checksummed(address_of(value)):
            raise Wrong(f"{value!r} is not a checksummed address")
    if whole_of(token["decimals"], "token.decimals") > 36:
        raise Wrong("token.decimals is above 36")
    if not isinstance(token["symbol"], str) or not re.fullmatch(r"[A-Za-z0-9.$-]{1,12}", token["symbol"]):
        raise Wrong(f"token.symbol is {token['symbol']!r}")
    if not isinstance(manifest["program"], str) or not re.fullmatch(PROGRAM_NAME, manifest["program"]):
        raise Wrong(f"program is {shortened(manifest['program'])}")
    if manifest["tranche"] not in ("automatic", "reserve") or not isinstance(manifest["claimFiles"], bool):
        raise Wrong("tranche is neither 'automatic' nor 'reserve', or claimFiles neither true nor false")
    if manifest.get("draft", True) is not True:
        raise Wrong("draft is there and not true")
    code = manifest.get("creationCodeHash")
    if "creationCodeHash" in manifest and not (isinstance(code, str) and re.fullmatch(r"0x[0-9a-f]{64}", code)):
        raise Wrong("creationCodeHash is not a hash")
    whole_of(manifest["chainId"], "chainId", 1)
    whole_of(manifest["leafCount"], "leafCount", 1, MOST_LEAVES)
    for name, record in keys_of(manifest["inputs"], [], manifest["inputs"], "inputs").items():
        keys_of(record, ["sha256", "size"], [], f"inputs.{name}")
        whole_of(record["size"], f"inputs.{name}.size")
        digest = record["sha256"]
        if not re.fullmatch(FILE_NAME, name) or not isinstance(digest, str) or not re.fullmatch(r"[0-9a-f]{64}", digest):
            raise Wrong(f"inputs: {shortened(name)} is not a file's name with its SHA-256")
    if manifest["tranche"] == "reserve" and manifest["inputs"]:
        raise Wrong("inputs: the reserve follows from its ledger and has none")
    return manifest


def listed_entries(data, manifest):
    """Reads the published list, which ascends by address."""
    entries, decimals = [], manifest["token"]["decimals"]
    Unchecked.begin()
    try:
        for (index, account, amount), line in read_csv(data, False, ["index", "account", "amount"]):
            entry = (address_of(account), units_of(amount, decimals))
            Unchecked.mark(line)
            if index != str(len(entries)) or (entries and entries[-1][0] >= entry[0]):
                raise Wrong(f"line {line}: the index is not {len(entries)}, or the account is not above the one before")
            if not 0 < entry[1] <= MOST_PAID:
                raise Wrong(f"line {line}: {shortened(amount)} cannot be paid")
            entries.append(entry)
        Unchecked.check()
    finally:
        Unchecked.texts = None
    if len(entries) != manifest["leafCount"]:
        raise Wrong(f"has {len(entries)} rows, the manifest says {manifest['leafCount']}")
    return entries


class Told:
    """Reads what does not follow from a folder's list: derivations, and the accounts without a claim."""

    def __init__(self, folder, files, entries, manifest, problems):
        self.derivations, self.pointers = {}, {}
        self.amounts, self.decimals, self.tranche = dict(entries), manifest["token"]["decimals"], manifest["tranche"]
        self.total, self.terms = sum(amount for _, amount in entries), None
        for path in sorted(files):
            if not re.fullmatch(r"claims/0x[0-9a-f]{40}\.json", path):
                continue
            try:
                account = path[len("claims/") : -len(".json")]
                self.read(account, parse_json(read_bytes(os.path.join(folder, path), MOST_CLAIM)))
            except (Wrong, *MISSHAPEN) as error:
                problems.append((os.path.join(folder, path), words_of(error)))
        for account in self.amounts if self.derivations else ():
            if account not in self.derivations and f"claims/{account}.json" in files:
                problems.append((os.path.join(folder, f"claims/{account}.json"), "derivation is missing"))

    def read(self, account, claim):
        derivation = claim.get("derivation") if isinstance(claim, dict) else None
        if derivation is not None:
            if self.tranche == "reserve":
                raise Wrong("derivation is not expected: the reasons of grants are in the ledger")
            self.check(account, derivation)
        if account in self.amounts:
            if derivation is not None:
                self.derivations[account] = derivation
            return
        if self.tranche == "reserve":
            return  # a file too many, which the comparison names
        paid_to = [address_of(one) for one in claim["paidTo"]]
        elsewhere = claim["reason"] == "paid-elsewhere"
        if len(set(paid_to)) != len(paid_to):
            raise Wrong("paidTo names an account twice")
        if elsewhere != bool(paid_to) or not all(one in self.amounts for one in paid_to):
            raise Wrong("paidTo is not a list of accounts that have a claim")
        if elsewhere:
            if claim["detail"] != PAID_ELSEWHERE or derivation is not None:
                raise Wrong("detail or derivation is not that of an account that is paid elsewhere")
        elif claim["reason"] not in REASONS or not isinstance(claim["detail"], str) or derivation is None:
            raise Wrong("reason, detail or derivation is not that of an account without a claim")
        self.pointers[account] = claim["reason"], claim["detail"], paid_to, derivation

    def check(self, account, derivation):
        """Checks the keys of a derivation, and its values that follow from the list."""
        keys_of(derivation, TERMS, ["block"], "derivation")
        terms = {key: value for key, value in derivation.items() if key != "participants"}
        if self.terms is None:
            self.terms = terms
            keys_of(terms["units"], UNITS, [], "derivation.units")
            keys_of(terms.get("block", dict.fromkeys(BLOCK)), BLOCK, [], "derivation.block")
        if terms != self.terms or units_of(terms["allocated"], self.decimals) != self.total:
            raise Wrong("derivation says something else of the whole program than the list or another file")
        pool = units_of(terms["pool"], self.decimals)
        if pool < self.total:
            raise Wrong("derivation.pool is less than is paid")
        sharing = Sharing(terms, self.decimals)
        if sharing.pool > pool or sharing.value > sharing.total:
            raise Wrong("derivation.uncapped is more than the whole")
        paid = 0
        for participant in derivation["participants"]:
            is_unpaid = "reason" in participant
            keys_of(participant, UNPAID if is_unpaid else PARTICIPANT, [], "a participant")
            self.check_value(participant)
            if not all(isinstance(participant.get(key, False), bool) for key in ("roundedUp", "capped")):
                raise Wrong("roundedUp or capped of a participant is neither true nor false")
            payments = [] if is_unpaid else participant["payments"]
            for payment in payments:
                keys_of(payment, ["account", "payee", "amount"], ["by"], "a payment")
                if payment.get("by", "override") not in ("override", "redirect"):
                    raise Wrong(f"a payment is by {payment['by']!r}")
                if address_of(payment["payee"]) == account:
                    paid += units_of(payment["amount"], self.decimals)
            whole = sum(units_of(payment["amount"], self.decimals) for payment in payments)
            if is_unpaid:
                continue
            if units_of(participant["amount"], self.decimals) != whole:
                raise Wrong("the payments of a participant do not come to its amount")
            if not sharing.follows(whole, participant):
                raise Wrong("the amount of a participant does not follow from its value")
        if paid != self.amounts.get(account, 0):
            raise Wrong(f"derivation comes to {paid} base units, the list has {self.amounts.get(account, 0)}")

    def check_value(self, participant):
        """Checks that each contribution is quantity times factor, and that those that count add up to the value."""
        units, total = self.terms["units"], 0
        quantity_scale = whole_of(units["quantityDecimals"], "derivation.units.quantityDecimals", most=MOST_SCALE)
        value_scale = whole_of(units["valueDecimals"], "derivation.units.valueDecimals", most=MOST_SCALE)
        for one in participant["contributions"]:
            keys_of(one, CONTRIBUTION, ["note", "excludedReason"], "a contribution")
            quantity, factor = units_of(one["quantity"], quantity_scale), Factor(one["factor"])
            value, scale = units_of(one["value"], value_scale), value_scale - quantity_scale
            if factor.scale > scale or quantity * factor.at(scale) != value:
                raise Wrong("the value of a contribution is not its quantity times its factor")
            if "excludedReason" not in one:
                total += value
        if units_of(participant["value"], value_scale) != total:
            raise Wrong("the contributions of a participant do not come to its value")


class Sharing:
    """What a participant's amount follows from, besides its value."""

    def __init__(self, terms, decimals):
        keys_of(terms["uncapped"], ["pool", "value"], [], "derivation.uncapped")
        if terms["basis"] not in ("share", "amount"):
            raise Wrong(f"derivation.basis is {terms['basis']!r}")
        self.scale = whole_of(terms["units"]["valueDecimals"], "derivation.units.valueDecimals", most=MOST_SCALE)
        self.is_share, self.divisor = terms["basis"] == "share", 10 ** max(self.scale - decimals, 0)
        self.total = units_of(terms["totalValue"], self.scale)
        self.pool = units_of(terms["uncapped"]["pool"], decimals)
        self.value = units_of(terms["uncapped"]["value"], self.scale)

    def follows(self, amount, participant):
        """Tells whether an amount is the participant's share, or less where it is capped."""
        value = units_of(participant["value"], self.scale)
        product, of = (self.pool * value, self.value) if self.is_share else (value, self.divisor)
        if participant["capped"]:
            return of == 0 or amount * of <= product
        return of > 0 and amount == product // of + participant["roundedUp"]


TERMS = ["basis", "units", "pool", "allocated", "totalValue", "uncapped", "participants"]
UNITS = ["origin", "quantity", "quantityDecimals", "factor", "value", "valueDecimals"]
BLOCK = ["number", "hash", "timestamp"]
PARTICIPANT = ["account", "amount", "value", "roundedUp", "capped", "payments", "contributions"]
UNPAID = ["account", "reason", "detail", "value", "contributions"]
CONTRIBUTION = ["account", "origin", "group", "quantity", "factor", "value"]
MOST_SCALE = 72  # decimals of a value
MOST_CLAIM = 1 << 24  # bytes


def line_of(text):
    """Returns a text as one line without characters that a terminal acts on."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def proofs_of(program_folder):
    """Returns the folder of a program's proofs: beside programs/, or in the program's own folder."""
    folder = os.path.abspath(program_folder)
    proofs = os.path.join(folder, "proofs")
    if os.path.basename(os.path.dirname(folder)) == "programs" and not os.path.isdir(proofs):
        proofs = os.path.join(os.path.dirname(os.path.dirname(folder)), "proofs", os.path.basename(folder))
    return proofs


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", help="the program's folder, with program.json and its inputs; or a published one")
    parser.add_argument("proofs", nargs="?", help="the published folder; proofs/NAME beside programs/ if not given")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if os.path.isfile(os.path.join(options.folder, "program.json")):
        found = verify_program(options.folder, options.proofs or proofs_of(options.folder))
    elif options.proofs is None and os.path.lexists(os.path.join(options.folder, "manifest.json")):
        found = verify_folder(options.folder)
    else:
        parser.error(f"{line_of(options.folder)} has neither program.json nor manifest.json")
    Progress.end()
    report(found, options.json)
    return 1 if found.problems else 0


def report(found, as_json):
    problems = found.problems
    if as_json:
        listed = [{"file": path, "problem": text} for path, text in problems]
        print(json.dumps({"ok": not problems, **found.result, "unchecked": found.unchecked, "findings": listed}))
        return
    for key, value in found.result.items():
        print(line_of(f"{key:<9}{', '.join(value) if isinstance(value, list) else value}"))
    for text in found.unchecked:
        print(line_of(f"not checked: {text}"))
    for path, text in problems[:50]:
        print(line_of(f"{path}: {text}"))
    if len(problems) > 50:
        print(f"and {len(problems) - 50} more (--json lists all)")
    print(f"WRONG: {len(problems)} discrepanc{'y' if len(problems) == 1 else 'ies'}" if problems else "ok: all agrees")


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Verifies an airdrop from its inputs, independently of everything else in this repository.

    python3 scripts/verify.py programs/NAME [proofs/NAME] [--sample N] [--json]

Needs Python 3.9 or later and nothing but its standard library; shares no code with the TypeScript that made the
files, only the rules, which are written down in docs/verify.md and docs/formats.md. From program.json and the
files it names (snapshot, recipients, points, ...) it recomputes

  * who is paid what, in exact integers,
  * the Merkle tree and its root, with a Keccak-256 of its own,
  * every published proof, shard and hash,

and compares all of it with what was published. Every discrepancy is a line that begins with the file's name.
Exit status: 0 all agrees, 1 something differs, 2 the command line is wrong.

With --sample N the tree is not rebuilt: N leaves, evenly spread, are proven against the published root from the
recomputed amounts.
"""
import argparse
import csv
import gc
import gzip
import hashlib
import io
import json
import math
import multiprocessing
import os
import re
import sys
import time
import zlib
from array import array
from datetime import datetime, timezone
from fractions import Fraction

ZERO = "0x" + "0" * 40


class Wrong(Exception):
    """Something in a file is not as it has to be."""


# What reading a value leads to that is of another shape than it has to be.
MISSHAPEN = (KeyError, TypeError, IndexError, ValueError, AttributeError, OverflowError, RecursionError)


def words_of(error):
    """What was wrong, in a line."""
    if isinstance(error, Wrong):
        return str(error)
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} is missing"
    return f"is not shaped as it should be ({type(error).__name__}: {error})"


# --------------------------------------------------------------------------------------------- Keccak-256
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
    """Returns for rho and pi where each lane comes from, where it goes, and by how many bits it is rotated."""
    steps, x, y = [], 1, 0
    for t in range(24):
        source = x + 5 * y
        x, y = y, (2 * x + 3 * y) % 5
        steps.append((source, x + 5 * y, (t + 1) * (t + 2) // 2 % 64))
    return steps


ROUNDS, STEPS = _round_constants(), _steps()
MASKS = {}


def _masks(count):
    """Returns what the permutation of `count` states needs: rotations with their masks, and round constants."""
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
    """Hashes messages of `size` bytes, a multiple of 8, that lie end to end in `data`; returns the hashes end to end."""
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
    """Hashes padded messages of `width` lanes each."""
    state = [0] * 25
    for block in range(0, width, RATE):
        for lane in range(RATE):
            state[lane] ^= int.from_bytes(words[block + lane :: width].tobytes(), "little")
        _permute(state, count)
    hashes = array("Q", bytes(32 * count))
    for lane in range(4):
        hashes[lane::4] = array("Q", state[lane].to_bytes(8 * count, "little"))
    return hashes.tobytes()


def keccak256(data):
    """Hashes one message of any length."""
    padded = bytearray(data) + bytes(8 * RATE - len(data) % (8 * RATE))
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    return _absorb(array("Q", bytes(padded)), len(padded) // 8, 1)


def _hash_part(part):
    data, size = part
    step = AT_ONCE * size
    return b"".join(keccak_batch(data[at : at + step], size) for at in range(0, len(data), step))


# --------------------------------------------------------------------------------------- all processors, progress

PART = 16 * AT_ONCE  # messages that one process is given at a time


class Workers:
    """The other processes that hash; they are started with the first long list."""

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
    """Says on the error channel how far the hashing is: in place on a terminal, elsewhere a line every ten seconds."""

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
    """Hashes messages as `keccak_batch` does, a long list of them on all processors."""
    count = len(data) // size
    pool = Workers.start() if count >= 2 * PART else None
    step = PART * size
    parts = ((data[at : at + step], size) for at in range(0, len(data), step))
    hashed = []
    for part in pool.imap(_hash_part, parts) if pool else map(_hash_part, parts):
        hashed.append(part)
        Progress.tell(what, min(PART * len(hashed), count), count)
    return b"".join(hashed)


# ----------------------------------------------------------------------------- addresses, numbers, times, files

DECIMAL = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]+))?", re.ASCII)
ADDRESS = re.compile(r"0[xX][0-9a-fA-F]{40}")
# By character: the bit that makes a letter lower case, where it is a letter; where a digit of the hash is above 7.
LETTERS = bytes(0x20 if chr(code) in "abcdef" else 0 for code in range(256))
HIGH = bytes(0x20 if chr(code) in "89abcdef" else 0 for code in range(256))
CHECKSUMS = {}


def checksums_of(addresses):
    """Returns the EIP-55 form of addresses in lower case: a letter is upper case where the hash's digit is above 7."""
    texts = []
    for start in range(0, len(addresses), PART):
        digits = "".join(address[2:] for address in addresses[start : start + PART]).encode()
        hashed = keccak_all(digits, 40, "checksums")
        marks = b"".join(hashed[at : at + 20] for at in range(0, len(hashed), 32)).hex().encode()
        flips = int.from_bytes(digits.translate(LETTERS), "big") & int.from_bytes(marks.translate(HIGH), "big")
        shown = (int.from_bytes(digits, "big") ^ flips).to_bytes(len(digits), "big").decode()
        texts += ["0x" + shown[at : at + 40] for at in range(0, len(shown), 40)]
    return texts


def checksummed(address):
    """Returns the EIP-55 form of one address in lower case."""
    if address not in CHECKSUMS:
        CHECKSUMS[address] = checksums_of([address])[0]
    return CHECKSUMS[address]


class Unchecked:
    """Addresses of the file that is being read whose checksums are checked together, as that is many times as fast."""

    texts, lines = None, None

    @classmethod
    def begin(cls):
        cls.texts, cls.lines = [], []

    @classmethod
    def mark(cls, line):
        """Notes the line of the addresses that were added since the last mark."""
        cls.lines.extend([line] * (len(cls.texts) - len(cls.lines)))

    @classmethod
    def check(cls):
        texts, lines, cls.texts, cls.lines = cls.texts, cls.lines, None, None
        for text, line, right in zip(texts, lines, checksums_of([text.lower() for text in texts])):
            if text != right:
                raise Wrong(f"line {line}: {text!r} has a wrong checksum")


def address_of(text):
    """An address in lower case. Mixed case is a checksum; all lower and all upper case carry none."""
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
    """A plain decimal as a whole number of units of 10^-decimals."""
    match = DECIMAL.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise Wrong(f"{text!r} is not a plain decimal number")
    fraction = match[2] or ""
    if len(fraction) > decimals:  # zeros after the last decimal change nothing
        fraction = fraction.rstrip("0").ljust(decimals, "0")
    if len(fraction) > decimals:
        raise Wrong(f"{text!r} has more than {decimals} decimals")
    return int(match[1] + fraction.ljust(decimals, "0"))


def decimal_of(text):
    """A plain decimal, exactly."""
    return Fraction(units_of(text, 18), 10**18)


def time_of(text):
    """Seconds since 1970 of a moment such as 2025-11-21T00:00:00Z."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text, re.ASCII):
        raise Wrong(f"{text!r} is not a time in UTC")
    try:
        return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp())
    except ValueError:
        raise Wrong(f"{text!r} is not a time in UTC") from None


def read_bytes(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Wrong(f"cannot be read: {error.strerror}") from None


def text_of(data):
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("is not UTF-8 text") from None


def parse_json(data):
    """Strict: UTF-8, no key twice, whole numbers only."""

    def once(pairs):
        keys = [key for key, _ in pairs]
        if len(set(keys)) != len(keys):
            raise Wrong(f"a key comes twice among {keys}")
        return dict(pairs)

    def whole(text):
        raise Wrong(f"{text} is not a whole number")

    try:
        return json.loads(text_of(data), object_pairs_hook=once, parse_float=whole, parse_constant=whole)
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


def whole_of(value, what, least=0):
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Wrong(f"{what} is not a whole number from {least}")
    return value


def read_csv(data, gzipped, columns, ignore=()):
    """The wanted fields of each row of a CSV file with a header, and the row's line."""
    try:
        text = text_of(gzip.decompress(data) if gzipped else data)
    except (OSError, EOFError, zlib.error):
        raise Wrong("is not a gzip file, or is damaged") from None
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    header, places = None, []
    try:
        for fields in rows:
            if not fields:
                continue
            if header is None:
                header = fields
                missing = [c for c in columns if c not in header]
                extra = [c for c in header if c not in columns and c not in ignore]
                if missing or extra or len(set(header)) != len(header):
                    raise Wrong(f"line 1: the header is {','.join(header)!r}, not {','.join(columns)!r}")
                places = [header.index(c) for c in columns]
                continue
            if len(fields) != len(header):
                raise Wrong(f"line {rows.line_num}: {len(fields)} fields instead of {len(header)}")
            try:
                yield [fields[place] for place in places], rows.line_num
            except Wrong as error:
                raise Wrong(f"line {rows.line_num}: {error}") from None
    except csv.Error as error:
        raise Wrong(f"line {rows.line_num}: {error}") from None
    if header is None:
        raise Wrong("is empty")


def read_json_rows(data, gzipped, is_lines, columns, ignore=()):
    """The wanted texts of each object of a table in JSON, and the line on which the object begins."""
    try:
        text = text_of(gzip.decompress(data) if gzipped else data).removeprefix("\ufeff")
    except (OSError, EOFError):
        raise Wrong("is not a gzip file, or is damaged") from None

    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise Wrong("a key comes twice")
        return dict(pairs)

    decoder = json.JSONDecoder(object_pairs_hook=once)
    at, line = 0, 1

    def skip(wanted=""):
        """Goes on to what is no blank; true if that is wanted, and then past it."""
        nonlocal at, line
        start = at
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        line += text.count("\n", start, at)
        found = wanted != "" and text.startswith(wanted, at)
        at += len(wanted) if found else 0
        return found

    if not is_lines and not skip("["):
        raise Wrong(f"line {line}: no [ where the rows begin")
    has_end = not is_lines and skip("]")
    skip()
    while not has_end and not (is_lines and at == len(text)):
        skip()
        try:
            row, after = decoder.raw_decode(text, at)
        except (json.JSONDecodeError, RecursionError) as error:
            raise Wrong(f"line {line}: is not JSON: {error}") from None
        if not isinstance(row, dict) or not set(columns) <= set(row) <= {*columns, *ignore}:
            raise Wrong(f"line {line}: is not an object with the keys {','.join(columns)}")
        if not all(isinstance(row[column], str) for column in columns):
            raise Wrong(f"line {line}: a value is not a text")
        yield [row[column] for column in columns], line
        line += text.count("\n", at, after)
        at = after
        if is_lines:
            skip()
        elif not skip(","):
            if not skip("]"):
                raise Wrong(f"line {line}: no , or ] after a row")
            has_end = True
    skip()
    if at < len(text):
        raise Wrong(f"line {line}: something comes after the rows")


def read_table(data, name, columns, ignore=()):
    """A table as what its name says: JSON, JSON Lines, or else CSV; each may be packed."""
    gzipped = name.endswith(".gz")
    plain = name.removesuffix(".gz")
    if plain.endswith((".json", ".jsonl")):
        return read_json_rows(data, gzipped, plain.endswith(".jsonl"), columns, ignore)
    return read_csv(data, gzipped, columns, ignore)


# ------------------------------------------------------------------------------------------------- inputs


class Inputs:
    """The files of a program's folder, and the hash of each that was read."""

    def __init__(self, folder):
        self.folder = folder
        self.read = {}

    def data(self, name):
        if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
            raise Wrong(f"{name!r} is not the name of a file beside program.json")
        path = os.path.join(self.folder, name)
        try:
            data = read_bytes(path)
        except Wrong as error:
            raise Wrong(f"{path}: {error}") from None
        self.read[name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        return data

    def json(self, name):
        data = self.data(name)
        try:
            return parse_json(data)
        except Wrong as error:
            raise Wrong(f"{os.path.join(self.folder, name)}: {error}") from None

    def rows(self, name, columns, ignore, take):
        data = self.data(name)
        line = 1
        Unchecked.begin()
        try:
            for fields, line in read_table(data, name, columns, ignore):
                try:
                    take(fields, line)
                except Wrong as error:
                    raise Wrong(f"line {line}: {error}") from None
                if len(Unchecked.texts) > len(Unchecked.lines):
                    Unchecked.mark(line)
            Unchecked.check()
        except Wrong as error:
            Unchecked.texts = None
            raise Wrong(f"{os.path.join(self.folder, name)}: {error}") from None


def program_of(inputs):
    """Reads program.json; every key has to be known."""
    p = inputs.json("program.json")
    where = os.path.join(inputs.folder, "program.json")
    keys_of(
        p,
        ["format", "name", "chainId", "token", "tranches", "source"],
        ["description", "snapshot", "eligibility", "rules", "contract", "unconfirmed"],
        where,
    )
    if p["format"] != "merkle-airdrop/program@1":
        raise Wrong(f"{where}: format is {p['format']!r}")
    token = keys_of(p["token"], ["address", "symbol", "decimals"], [], f"{where}: token")
    decimals = whole_of(token["decimals"], f"{where}: token.decimals")
    tranches = keys_of(p["tranches"], ["automatic"], ["reserve"], f"{where}: tranches")
    rules = keys_of(
        p.get("rules", {}),
        [],
        ["payTo", "leavingNodes", "minimum", "cap", "exclude", "overrides"],
        f"{where}: rules",
    )
    exclude, overrides = {}, {}
    for one in rules.get("exclude", []):
        keys_of(one, ["account", "reason"], [], f"{where}: rules.exclude")
        account = address_of(one["account"])
        if account in exclude:
            raise Wrong(f"{where}: {one['account']} is excluded twice")
        exclude[account] = one["reason"]
    for one in rules.get("overrides", []):
        keys_of(one, ["account", "payTo", "reason"], [], f"{where}: rules.overrides")
        account = address_of(one["account"])
        if account in overrides or address_of(one["payTo"]) == ZERO:
            raise Wrong(f"{where}: the override of {account} comes twice or pays nobody")
        overrides[account] = address_of(one["payTo"])
    eligibility = p.get("eligibility")
    if eligibility is not None:
        keys_of(eligibility, ["file"], ["match"], f"{where}: eligibility")
    program = {
        "name": p["name"],
        "chainId": p["chainId"],
        "token": address_of(token["address"]),
        "symbol": token["symbol"],
        "decimals": decimals,
        "pool": units_of(tranches["automatic"], decimals),
        "reserve": units_of(tranches.get("reserve", "0"), decimals),
        "source": p["source"],
        "snapshot": p.get("snapshot"),
        "eligibility": eligibility,
        "payTo": rules.get("payTo", "beneficiary"),
        "leavingNodes": rules.get("leavingNodes", "include"),
        "minimum": units_of(rules.get("minimum", "0"), decimals),
        "cap": units_of(rules["cap"], decimals) if "cap" in rules else None,
        "exclude": exclude,
        "overrides": overrides,
        "draft": bool(p.get("unconfirmed")),
    }
    for name, allowed in (("payTo", ("beneficiary", "staker")), ("leavingNodes", ("include", "exclude"))):
        if program[name] not in allowed:
            raise Wrong(f"{where}: rules.{name} is {program[name]!r}")
    return program


def snapshot_of(inputs, program):
    """Reads snapshot.json; None for programs that read no chain."""
    if program["snapshot"] is None:
        return None
    s = inputs.json("snapshot.json")
    where = os.path.join(inputs.folder, "snapshot.json")
    if not isinstance(s, dict):
        raise Wrong(f"{where}: is not an object")
    for key in ("format", "chainId", "block", "contracts", "amounts", "nodes", "accounts"):
        if key not in s:
            raise Wrong(f"{where}: {key} is missing")
    if s["format"] != "merkle-airdrop/snapshot@1" or s["amounts"] != "base units":
        raise Wrong(f"{where}: is not a snapshot in base units")
    wanted = keys_of(
        program["snapshot"], [], ["block", "time", "stakingContract", "implementation"], "program.json: snapshot"
    )
    if ("block" in wanted) == ("time" in wanted):
        raise Wrong("program.json: snapshot must name a block or a time")
    contracts = keys_of(
        s["contracts"], ["token", "stakingContract", "implementations"], [], f"{where}: contracts"
    )
    running = keys_of(
        contracts["implementations"], ["token", "stakingContract"], [], f"{where}: contracts.implementations"
    )
    token, staking = address_of(contracts["token"]), address_of(contracts["stakingContract"])
    require_known_layout(where, s["chainId"], staking, address_of(running["stakingContract"]), wanted)
    expected = [
        (program["chainId"], s["chainId"], "chain"),
        (program["token"], token, "token"),
        (address_of(wanted["stakingContract"]) if "stakingContract" in wanted else staking, staking, "staking contract"),
        (wanted.get("block", s["block"]["number"]), s["block"]["number"], "block"),
    ]
    for asked, found, what in expected:
        if asked != found:
            raise Wrong(f"{where}: its {what} is {found}, the program's {asked}")
    # The last block at or before the time; that the next one is later only the chain can tell.
    timestamp = whole_of(s["block"]["timestamp"], f"{where}: block.timestamp")
    if "time" in wanted and timestamp > time_of(wanted["time"]):
        raise Wrong(f"{where}: its block is of {timestamp}, after the program's time {wanted['time']}")
    nodes, last = [], 0
    for node in s["nodes"]:
        number = units_of(node["id"], 0)
        if number <= last:
            raise Wrong(f"{where}: node {number} does not come after {last}")
        last = number
        stakes = [(address_of(c["address"]), units_of(c["stake"], 0)) for c in node["contributors"]]
        nodes.append((address_of(node["operator"]), node["leaveRequestTimestamp"] != 0, stakes))
    accounts = {}
    for key, account in s["accounts"].items():
        address = address_of(key)
        if address in accounts:
            raise Wrong(f"{where}: {key} stands there twice")
        accounts[address] = account
    return {"nodes": nodes, "accounts": accounts, "stakingContract": staking}


# The implementations of the staking contract whose storage layout the evidence of a snapshot relies on, by chain.
KNOWN_IMPLEMENTATIONS = {42161: ["0x40d1c84fcf7e18792b0431da2f744a6f0b664d46"]}


def require_known_layout(where, chain_id, staking, implementation, wanted):
    """Refuses a snapshot of code whose storage layout is not known and that the operators have not reviewed."""
    known = list(KNOWN_IMPLEMENTATIONS.get(chain_id, []))
    if "implementation" in wanted:
        known.append(address_of(wanted["implementation"]))
    if implementation not in known:
        raise Wrong(
            f"{where}: the staking contract {checksummed(staking)} runs {checksummed(implementation)}, "
            "whose storage layout is not known"
        )


def person_finder(snapshot):
    """Leads from an address to its person: the end of its chain of vesting contracts."""
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
            after = beneficiary(address)
            if after is None:
                return address
            address = after
        return min(path[path.index(address) :])  # a circle: its lowest address stands for all

    return person


# ------------------------------------------------------------------------------------------------- values

# Each source gives parts: (account, value, leaving, why it does not count or None), and whether the pool is
# shared by values or values are amounts. Values are exact fractions, in units of the source's own.


def staking_parts(program, source, snapshot, person, _inputs):
    keys_of(source, ["kind", "stakingContract", "weights"], [], "source")
    if address_of(source["stakingContract"]) != snapshot["stakingContract"]:
        raise Wrong("the snapshot is of another staking contract than the program")
    weights = keys_of(source["weights"], ["solo", "operator", "contributor"], [], "source.weights")
    weights = {role: decimal_of(weight) for role, weight in weights.items()}
    parts = []
    for operator, leaving, stakes in snapshot["nodes"]:
        stakes = [(address, stake) for address, stake in stakes if stake > 0]
        owners = {person(address) for address, _ in stakes}
        for address, stake in stakes:
            if address == ZERO:
                continue
            if len(owners) == 1:
                role = "solo"
            else:
                role = "operator" if person(address) == person(operator) else "contributor"
            parts.append((address, stake * weights[role], leaving, None))
    return parts, "share"


def columns_of(source, *names):
    given = source.get("columns", {})
    return [given.get(name, name) for name in names]


def once(seen, account):
    if account in seen:
        raise Wrong(f"{checksummed(account)} comes twice")
    seen.add(account)
    return account


def amounts_parts(program, source, _snapshot, _person, inputs):
    keys_of(source, ["kind", "file"], ["columns", "ignore", "unit"], "source")
    decimals = {"token": program["decimals"], "base": 0}[source.get("unit", "token")]
    parts, seen = [], set()

    def take(fields, _line):
        account, amount = address_of(fields[0]), units_of(fields[1], decimals)
        if not 0 < amount < 1 << 96:
            raise Wrong(f"an amount of {amount} base units cannot be paid")
        parts.append((once(seen, account), amount, False, None))

    inputs.rows(source["file"], columns_of(source, "account", "amount"), source.get("ignore", []), take)
    return parts, "amount"


def points_parts(_program, source, _snapshot, person, inputs):
    keys_of(source, ["kind", "file"], ["columns", "ignore", "unit", "decimals", "referrals"], "source")
    own, parts = {}, []

    def take(fields, _line):
        account, points = address_of(fields[0]), units_of(fields[1], source.get("decimals", 0))
        once(own_accounts, account)
        own[account] = points
        parts.append((account, points, False, None))

    own_accounts = set()
    inputs.rows(source["file"], columns_of(source, "account", "points"), source.get("ignore", []), take)
    referrals = source.get("referrals")
    if referrals is None:
        return parts, "share"
    keys_of(referrals, ["file", "referrerBonus"], ["columns", "ignore", "refereeBonus"], "source.referrals")
    bonus = decimal_of(referrals["referrerBonus"])
    welcome = decimal_of(referrals.get("refereeBonus", "0"))
    brought, referees = {}, set()

    def refer(fields, _line):
        referrer, referee = address_of(fields[0]), address_of(fields[1])
        once(referees, referee)
        at = person(referrer)
        while at is not None:
            if at == person(referee):
                raise Wrong(f"{checksummed(referee)} is referred by itself or by somebody it has brought in")
            at = brought.get(at)
        brought[person(referee)] = person(referrer)
        points = own.get(referee, 0)
        parts.append((referrer, points * bonus, False, None))
        parts.append((referee, points * welcome, False, None))

    inputs.rows(
        referrals["file"], columns_of(referrals, "referrer", "referee"), referrals.get("ignore", []), refer
    )
    return parts, "share"


def history_parts(_program, source, _snapshot, person, inputs):
    keys_of(
        source,
        ["kind", "file", "symbol", "decimals", "start", "close", "registrations"],
        ["columns", "ignore"],
        "source",
    )
    start, close = time_of(source["start"]), time_of(source["close"])
    registrations = keys_of(
        source["registrations"], ["file"], ["columns", "ignore"], "source.registrations"
    )
    registered, seen, parts = set(), set(), []

    def register(fields, _line):
        account = once(seen, address_of(fields[0]))
        if time_of(fields[1]) < close:
            registered.add(person(account))

    def take(fields, _line):
        account, stake = address_of(fields[0]), units_of(fields[1], source["decimals"])
        begin, end = time_of(fields[2]), close if fields[3] == "" else time_of(fields[3])
        if fields[3] != "" and end <= begin:
            raise Wrong(f"the stake ends at {fields[3]}, before it begins")
        seconds = max(0, min(end, close) - max(begin, start))
        parts.append((account, stake * seconds, False, account))

    inputs.rows(
        registrations["file"],
        columns_of(registrations, "account", "registered"),
        registrations.get("ignore", []),
        register,
    )
    inputs.rows(
        source["file"], columns_of(source, "account", "stake", "from", "to"), source.get("ignore", []), take
    )
    return [
        (account, value, False, None if person(account) in registered else "not registered")
        for account, value, _, _ in parts
    ], "share"


def conversion_parts(program, source, _snapshot, _person, inputs):
    keys_of(source, ["kind", "file", "symbol", "decimals", "schedule"], ["columns", "ignore"], "source")
    schedule = [
        (time_of(step["from"]), None if step["rate"] is None else decimal_of(step["rate"]))
        for step in source["schedule"]
    ]
    if [moment for moment, _ in schedule] != sorted({moment for moment, _ in schedule}):
        raise Wrong("source.schedule is not in ascending order of time")
    parts = []

    def take(fields, _line):
        account, amount = address_of(fields[0]), units_of(fields[1], source["decimals"])
        moment = time_of(fields[2])
        rate = ([rate for since, rate in schedule if since <= moment] or [None])[-1]
        if rate is None or amount == 0:
            raise Wrong(f"no rate for {fields[2]}, or nothing converted")
        value = amount * rate * Fraction(10) ** (program["decimals"] - source["decimals"])
        parts.append((account, value, False, None))

    inputs.rows(source["file"], columns_of(source, "account", "amount", "time"), source.get("ignore", []), take)
    return parts, "amount"


SOURCES = {
    "session-staking": staking_parts,
    "amounts": amounts_parts,
    "points": points_parts,
    "stake-history": history_parts,
    "conversion": conversion_parts,
}


# --------------------------------------------------------------------------------------------- allocation


def common_units(values):
    """Scales exact values to whole numbers of one common unit, which their proportions do not depend on."""
    unit = math.lcm(*{value.denominator for value in values})
    return [value.numerator * (unit // value.denominator) for value in values]


def largest_remainder(pool, values):
    """Shares a pool by whole values: rounded down, then a unit each to the largest remainders, ties to the earlier."""
    total = sum(values)
    amounts, remainders = [], []
    for value in values:
        amount, remainder = divmod(pool * value, total)
        amounts.append(amount)
        remainders.append(remainder)
    order = sorted(range(len(values)), key=lambda i: (-remainders[i], i))
    for i in order[: pool - sum(amounts)]:
        amounts[i] += 1
    return amounts


def share_pool(pool, values, minimum, cap):
    """Shares a pool by whole values with a least and a most amount; what the cap lets nobody have stays over.

    In descending order of value, those kept are the first `kept`, and the first `capped` of those have the cap. With
    each value that is dropped at the end the others' shares grow, so that `capped` only grows: one pass decides.
    """
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
    amounts = [0] * len(values)
    for i in order[:capped]:
        amounts[i] = cap
    free = sorted(order[capped:kept])
    if free:
        for i, amount in zip(free, largest_remainder(rest, [values[i] for i in free])):
            amounts[i] = amount
    return amounts


def require_known(snapshot, accounts):
    """A snapshot has to say what stands at each account: else a vesting contract passes for a person."""
    unknown = sorted(accounts - {ZERO} - set(snapshot["accounts"])) if snapshot else []
    if unknown:
        raise Wrong(f"the snapshot does not say what stands at {checksummed(unknown[0])}")


def fixed_amounts(values, minimum, cap):
    """Takes values for amounts, rounded down; too little is nothing, too much is the cap."""
    amounts = [value.numerator // value.denominator for value in values]
    amounts = [0 if amount < minimum else amount for amount in amounts]
    return amounts if cap is None else [min(amount, cap) for amount in amounts]


def allocate(program, inputs):
    """Who is paid what: a list of (account, base units) in ascending order of account."""
    snapshot = snapshot_of(inputs, program)
    person = person_finder(snapshot)
    listed = None
    if program["eligibility"] is not None:
        listed = set()
        inputs.rows(
            program["eligibility"]["file"],
            ["account"],
            [],
            lambda fields, _line: once(listed, address_of(fields[0])),
        )
    kind = program["source"].get("kind")
    if kind not in SOURCES:
        raise Wrong(f"no source is named {kind!r}")
    parts, basis = SOURCES[kind](program, program["source"], snapshot, person, inputs)
    require_known(snapshot, {account for account, *_ in parts} | (listed or set()))
    only_listed = listed is not None and program["eligibility"].get("match", "person") == "address"
    counted = {}
    for account, value, leaving, objection in parts:
        held = counted.setdefault(person(account), [])
        if objection is not None or (only_listed and account not in listed):
            continue
        if leaving and program["leavingNodes"] == "exclude":
            continue
        held.append((account, value))
    eligible = None if listed is None else {person(account) for account in listed}
    excluded = {person(account) for account in program["exclude"]}
    people = sorted(counted)
    values = [
        sum(value for _, value in counted[one])
        if (eligible is None or one in eligible) and one not in excluded
        else 0
        for one in people
    ]
    pool, minimum, cap = program["pool"], program["minimum"], program["cap"]
    if basis == "amount":
        amounts = fixed_amounts(values, minimum, cap)
    elif any(values):
        amounts = share_pool(pool, common_units(values), minimum, cap)
    else:
        raise Wrong("nobody has a share")
    if sum(amounts) > pool:
        raise Wrong(f"the amounts add up to {sum(amounts)} base units, more than the pool of {pool}")
    paid = {}
    for one, amount in zip(people, amounts):
        if amount > 0:
            for account, share in payments(program, one, counted[one], amount):
                payee = program["overrides"].get(account, account)
                paid[payee] = paid.get(payee, 0) + share
    entries = sorted(paid.items())
    refuse_unusable(program, snapshot, entries)
    return entries


def payments(program, account, parts, amount):
    """To the person; or to the addresses that its value comes from, in proportion."""
    if program["payTo"] == "beneficiary" or not parts:
        return [(account, amount)]
    values = {}
    for staker, value in parts:
        values[staker] = values.get(staker, 0) + value
    stakers = sorted(staker for staker, value in values.items() if value > 0)
    shares = largest_remainder(amount, common_units([values[staker] for staker in stakers]))
    return [(staker, share) for staker, share in zip(stakers, shares) if share > 0]


# Nobody can have the key of an address below this: its first 96 bits are zero, one is found in 2^96 tries.
RESERVED = 1 << 64


def refuse_unusable(program, snapshot, entries):
    """A list is not published while it pays somebody who could not use what he gets."""
    chosen = set(program["overrides"].values())
    for account, _ in entries:
        kind = (snapshot["accounts"].get(account, {}) if snapshot else {}).get("kind", "plain")
        unusable = kind == "contract" or kind.startswith("vesting-")
        lost = account == program["token"] or (snapshot is not None and account == snapshot["stakingContract"])
        if int(account, 16) < RESERVED or lost or (unusable and account not in chosen):
            raise Wrong(f"{checksummed(account)} is paid and could not use it")


# ---------------------------------------------------------------------------------------------------- tree


def pair_hash(a, b):
    return keccak256(a + b if a < b else b + a)


def leaf_hash(tranche, index, account, amount):
    encoded = int(account, 16).to_bytes(32, "big") + amount.to_bytes(32, "big")
    if tranche == "automatic":
        encoded = index.to_bytes(32, "big") + encoded
    return keccak256(keccak256(encoded))


def encoded_leaf(kind, index, account, amount):
    """Returns the ABI encoding of what a leaf holds."""
    words = bytes(12) + bytes.fromhex(account[2:]) + amount.to_bytes(32, "big")
    return index.to_bytes(32, "big") + words if kind == "automatic" else words


def tree_of(kind, entries):
    """OpenZeppelin's heap: root at 0, children of p at 2p + 1 and 2p + 2, leaf i of n at 2n - 2 - i."""
    count = len(entries)
    encoded = b"".join(encoded_leaf(kind, i, *entries[i]) for i in range(count - 1, -1, -1))
    hashed = keccak_all(encoded, len(encoded) // count, "leaves, inner hash")
    del encoded
    nodes = bytearray(32 * (count - 1)) + keccak_all(hashed, 32, "leaves, outer hash")
    end = count - 1
    while end > 0:  # the inner nodes from `start` to `end` have children that are known by now
        start = end // 2
        below = bytes(nodes[32 * (2 * start + 1) : 32 * (2 * end + 1)])
        pairs = b"".join(
            below[at : at + 64]
            if below[at : at + 32] < below[at + 32 : at + 64]
            else below[at + 32 : at + 64] + below[at : at + 32]
            for at in range(0, len(below), 64)
        )
        nodes[32 * start : 32 * end] = keccak_all(pairs, 64, "inner nodes")
        end = start
    return [bytes(nodes[at : at + 32]) for at in range(0, len(nodes), 32)]


def siblings(position):
    """The positions beside the path from a position to the root."""
    while position > 0:
        yield position + 1 if position % 2 else position - 1
        position = (position - 1) // 2


def range_siblings(count, start, length):
    """The positions outside a run of leaves on one level, from the bottom up: first beside its lowest index."""
    high = 2 * count - 2 - start
    low = high - length + 1
    if (high + 1).bit_length() != (low + 1).bit_length():
        raise Wrong(f"leaves {start} to {start + length - 1} stand on two levels")
    while high > 0:
        if high % 2:
            yield high + 1
        if not low % 2:
            yield low - 1
        high, low = (high - 1) // 2, (low - 1) // 2


def fold_range(count, start, leaves, proof):
    """The root that a run of leaves and the siblings outside it lead to."""
    high = 2 * count - 2 - start
    low, level, used = high - len(leaves) + 1, list(leaves), list(proof)
    while high > 0:
        if high % 2:
            level.insert(0, used.pop(0))
        if not low % 2:
            level.append(used.pop(0))
        level = [pair_hash(a, b) for a, b in zip(level[::2], level[1::2])]
        high, low = (high - 1) // 2, (low - 1) // 2
    return level[0]


# --------------------------------------------------------------------------------------------- publication


def hashes_of(value):
    if not isinstance(value, list) or not all(
        isinstance(one, str) and re.fullmatch(r"0x[0-9a-f]{64}", one) for one in value
    ):
        raise Wrong("a proof is not a list of hashes")
    return [bytes.fromhex(one[2:]) for one in value]


class Publication:
    """A published folder, and what should be in it."""

    def __init__(self, folder, tranche, entries, decimals, sample, problems):
        self.folder, self.tranche, self.entries = folder, tranche, entries
        self.decimals, self.sample, self.problems = decimals, sample, problems
        self.nodes, self.checked = None, 0

    def problem(self, path, text):
        self.problems.append((os.path.join(self.folder, path), text))

    def json(self, path):
        return parse_json(read_bytes(os.path.join(self.folder, path)))

    def attempt(self, path, check):
        """Runs a check of a file; what is wrong with it is a discrepancy."""
        try:
            return check()
        except (Wrong, *MISSHAPEN) as error:
            self.problem(path, words_of(error))
        return None

    def leaf(self, index):
        account, amount = self.entries[index]
        return leaf_hash(self.tranche, index, account, amount)

    def verify(self, expected_origin):
        manifest = self.attempt("manifest.json", lambda: self.manifest(expected_origin))
        if manifest is None:
            return None
        root = bytes.fromhex(manifest["root"][2:])
        count = len(self.entries)
        if self.sample is None:
            self.nodes = tree_of(self.tranche, self.entries)
            if self.nodes[0] != root:
                self.problem("manifest.json", f"root is {manifest['root']}, computed 0x{self.nodes[0].hex()}")
        self.attempt("allocations.csv", self.list)
        wanted = range(count) if self.sample is None else range(0, count, max(1, count // self.sample))
        if manifest["claimFiles"]:
            for index in wanted:
                path = f"claims/{self.entries[index][0]}.json"
                self.attempt(path, lambda: self.claim(path, index, manifest, root))
        self.shards(manifest, root, wanted)
        if self.nodes is not None and "tree.json" in manifest["outputs"]:
            self.attempt("tree.json", self.dump)
        self.attempt("files.csv", lambda: self.files(manifest))
        return manifest

    def manifest(self, expected_origin):
        manifest = keys_of(
            self.json("manifest.json"),
            ["format", "program", "tranche", "chainId", "contract", "token", "root", "leafCount", "leafEncoding"]
            + ["total", "claimFiles", "shards", "inputs", "outputs"],
            ["draft", "creationCodeHash"],
            "the manifest",
        )
        if not isinstance(manifest["claimFiles"], bool) or not isinstance(manifest["outputs"], dict):
            raise Wrong("claimFiles is neither true nor false, or outputs is not an object")
        if not self.entries:
            raise Wrong("nobody is paid: there is no tree over nobody")
        check_layout(manifest["shards"], len(self.entries))
        total = sum(amount for _, amount in self.entries)
        expected = {
            "format": "merkle-airdrop/manifest@1",
            "tranche": self.tranche,
            "leafCount": len(self.entries),
            "leafEncoding": ["uint256"] * (self.tranche == "automatic") + ["address", "uint256"],
            **expected_origin,
        }
        for key, value in expected.items():
            if manifest.get(key) != value:
                self.problem("manifest.json", f"{key} is {manifest.get(key)!r}, computed {value!r}")
        if manifest["total"]["baseUnits"] != str(total):
            self.problem("manifest.json", f"total is {manifest['total']['baseUnits']}, computed {total}")
        if units_of(manifest["total"]["amount"], self.decimals) != total:
            self.problem("manifest.json", f"total is {manifest['total']['amount']!r}, computed {total} base units")
        if not re.fullmatch(r"0x[0-9a-f]{64}", manifest["root"]):
            raise Wrong("root is not a hash")
        return manifest

    def list(self):
        data = read_bytes(os.path.join(self.folder, "allocations.csv"))
        rows = read_csv(data, False, ["index", "account", "amount"])
        number = 0
        for (index, account, amount), line in rows:
            if number >= len(self.entries):
                raise Wrong(f"line {line}: there are more rows than payees")
            wanted, units = self.entries[number]
            if index != str(number) or account.lower() != wanted or units_of(amount, self.decimals) != units:
                raise Wrong(f"line {line}: computed {number},{checksummed(wanted)},{units} base units")
            number += 1
        if number != len(self.entries):
            raise Wrong(f"has {number} rows, computed {len(self.entries)}")

    def claim(self, path, index, manifest, root):
        account, amount = self.entries[index]
        claim = self.json(path)
        expected = {
            "format": "merkle-airdrop/claim@1",
            "program": manifest["program"],
            "tranche": self.tranche,
            "chainId": manifest["chainId"],
            "contract": manifest["contract"],
            "token": manifest["token"],
            "root": manifest["root"],
            "index": index,
            "account": checksummed(account),
            "baseUnits": str(amount),
        }
        for key, value in expected.items():
            if claim.get(key) != value:
                raise Wrong(f"{key} is {claim.get(key)!r}, computed {value!r}")
        if units_of(claim["amount"], self.decimals) != amount:
            raise Wrong(f"amount is {claim['amount']!r}, computed {amount} base units")
        proof = hashes_of(claim["proof"])
        position = 2 * len(self.entries) - 2 - index
        if self.nodes is not None:
            right = proof == [self.nodes[p] for p in siblings(position)]
        else:
            node = self.leaf(index)
            for sibling in proof:
                node = pair_hash(node, sibling)
            right = node == root
        if not right:
            raise Wrong(f"the proof of {checksummed(account)} does not lead to the root")
        self.checked += 1

    def shards(self, manifest, root, wanted):
        layout = {**manifest["shards"], "splitPrefixes": set(manifest["shards"]["splitPrefixes"])}
        rows = {}
        for index, (account, _) in enumerate(self.entries):
            length = layout["prefixLength"]
            while account[2 : 2 + length] in layout["splitPrefixes"]:
                length += 1
            rows.setdefault(account[2 : 2 + length], []).append(index)
        names = {prefix: rows.get(prefix, []) for prefix in prefixes(layout)}
        if self.sample is not None:
            kept = set(wanted)
            names = {prefix: held for prefix, held in names.items() if kept.intersection(held)}
        for prefix, held in names.items():
            path = f"shards/{prefix}.json"
            self.attempt(path, lambda: self.shard(path, prefix, held, manifest, root))
        if not manifest["claimFiles"] and self.sample is None:
            self.checked += len(self.entries)

    def shard(self, path, prefix, held, manifest, root):
        shard = self.json(path)
        count = len(self.entries)
        for key, value in {
            "format": "merkle-airdrop/shard@1",
            "tranche": self.tranche,
            "root": manifest["root"],
            "leafCount": count,
            "prefix": prefix,
        }.items():
            if shard.get(key) != value:
                raise Wrong(f"{key} is {shard.get(key)!r}, computed {value!r}")
        # Its own rows, and one neighbour on either side.
        below = [i for i, (account, _) in enumerate(self.entries) if account[2:] < prefix] if not held else []
        first = (held[0] if held else len(below)) - 1
        last = held[-1] + 1 if held else len(below)
        expected = list(range(max(0, first), min(count - 1, last) + 1))
        found = []
        for run in shard["ranges"]:
            start, entries, proof = run["start"], run["entries"], hashes_of(run["proof"])
            found += range(start, start + len(entries))
            for index, (account, amount) in enumerate(entries, start):
                if (account, amount) != (self.entries[index][0], str(self.entries[index][1])):
                    raise Wrong(f"row {index} is {account}, {amount}; computed {self.entries[index]}")
            outside = list(range_siblings(count, start, len(entries)))
            if self.nodes is not None:
                right = proof == [self.nodes[p] for p in outside]
            else:
                leaves = [self.leaf(i) for i in range(start, start + len(entries))]
                right = len(proof) == len(outside) and fold_range(count, start, leaves, proof) == root
            if not right:
                raise Wrong(f"the rows from {start} do not lead to the root")
        if found != expected:
            raise Wrong(f"holds {len(found)} rows, should hold {len(expected)} from {expected[0]}")
        if self.sample is not None and not manifest["claimFiles"]:
            self.checked += len(held)

    def dump(self):
        tree = self.json("tree.json")
        if tree["format"] != "standard-v1" or tree["tree"] != ["0x" + node.hex() for node in self.nodes]:
            raise Wrong("is not the tree of the list")
        for index, (account, amount) in enumerate(self.entries):
            pair = [account, str(amount)]
            value = [str(index), *pair] if self.tranche == "automatic" else pair
            position = 2 * len(self.entries) - 2 - index
            if tree["values"][index] != {"value": value, "treeIndex": position}:
                raise Wrong(f"value {index} is {tree['values'][index]!r}")
        if len(tree["values"]) != len(self.entries):
            raise Wrong("has more values than the list")

    def files(self, manifest):
        """Every file named, hashed as named, and no other there."""
        named = dict(manifest["outputs"])
        data = read_bytes(os.path.join(self.folder, "files.csv"))
        for (digest, size, path), _line in read_csv(data, False, ["sha256", "size", "path"]):
            named[path] = {"sha256": digest, "size": int(size)}
        there = set()
        for parent, folders, names in os.walk(self.folder):
            inside = os.path.relpath(parent, self.folder).replace(os.sep, "/")
            if inside == "." and self.tranche == "automatic" and "reserve" in folders:
                folders.remove("reserve")
            there.update(name if inside == "." else f"{inside}/{name}" for name in names)
        for path in sorted(there - set(named) - {"manifest.json"}):
            self.problem(path, "is not part of what was published")
        for path, record in named.items():
            if path not in there:
                self.problem(path, "is missing")
                continue
            content = read_bytes(os.path.join(self.folder, path))
            digest = hashlib.sha256(content).hexdigest()
            if digest != record["sha256"] or len(content) != record["size"]:
                self.problem(path, f"has SHA-256 {digest}, published was {record['sha256']}")


def check_layout(layout, count):
    """A prefix is cut only with all before it, and there are no more shards than so many rows can need."""
    keys_of(layout, ["prefixLength", "splitPrefixes"], [], "shards")
    digits, split = whole_of(layout["prefixLength"], "shards.prefixLength", 1), layout["splitPrefixes"]
    if digits > 1 and (digits > 40 or 16**digits > count):
        raise Wrong(f"shards.prefixLength is {digits}, too many for {count} rows")
    if not isinstance(split, list) or len(split) > count:
        raise Wrong(f"shards.splitPrefixes is not a list of at most {count} prefixes")
    for prefix in split:
        if not isinstance(prefix, str) or not re.fullmatch(r"[0-9a-f]+", prefix) or not digits <= len(prefix) < 40:
            raise Wrong(f"shards.splitPrefixes: {prefix!r} is not {digits} to 39 digits of an address")
    known = set(split)
    for prefix in split:
        if len(prefix) > digits and prefix[:-1] not in known:
            raise Wrong(f"shards.splitPrefixes: {prefix!r} is there, but not {prefix[:-1]!r}")
    if split != sorted(known):
        raise Wrong("shards.splitPrefixes does not ascend")


def prefixes(layout, prefix=""):
    """All shards of a layout, in ascending order."""
    if len(prefix) >= layout["prefixLength"] and prefix not in layout["splitPrefixes"]:
        yield prefix
        return
    for digit in "0123456789abcdef":
        yield from prefixes(layout, prefix + digit)


# ---------------------------------------------------------------------------------------------------- main


def reserve_entries(inputs, decimals, root):
    """What the ledger grants up to the line of a root: grants add up by account, a revocation takes one back."""
    grants, revoked = {}, set()
    for number, line in enumerate(inputs.data("grants.jsonl").split(b"\n"), 1):
        if not line:
            continue
        try:
            entry = parse_json(line)
        except Wrong as error:
            raise Wrong(f"grants.jsonl: line {number}: {error}") from None
        if entry["kind"] == "grant":
            if entry["id"] != len(grants) + 1:
                raise Wrong(f"grants.jsonl: line {number}: grant {entry['id']} is out of turn")
            grants[entry["id"]] = (address_of(entry["account"]), units_of(entry["amount"], decimals))
        elif entry["kind"] == "revoke":
            if entry["grantId"] not in grants or entry["grantId"] in revoked:
                raise Wrong(f"grants.jsonl: line {number}: there is no grant {entry['grant']} to revoke")
            revoked.add(entry["grantId"])
        elif entry["kind"] == "root":
            if entry["root"] == root:
                sums = {}
                for key, (account, amount) in grants.items():
                    if key not in revoked:
                        sums[account] = sums.get(account, 0) + amount
                return sorted(sums.items())
        else:
            raise Wrong(f"grants.jsonl: line {number}: a {entry['kind']!r} is not known")
    raise Wrong(f"no line of grants.jsonl has the root {root}")


def verify(program_folder, proofs_folder, sample):
    """Returns what was found out, and the discrepancies."""
    problems, result = [], {}
    inputs = Inputs(program_folder)
    try:
        program = program_of(inputs)
        entries = allocate(program, inputs)
    except (Wrong, *MISSHAPEN) as error:
        return result, [(program_folder, words_of(error))]
    read = dict(inputs.read)
    for name in ("allocation.csv", "allocation.json"):
        try:
            inputs.data(name)
        except Wrong as error:
            problems.append((os.path.join(program_folder, name), str(error)))
    check_allocation(program_folder, program, entries, problems)
    publication = Publication(proofs_folder, "automatic", entries, program["decimals"], sample, problems)
    origin = origin_of(program)
    manifest = publication.verify({**origin, "inputs": inputs.read})
    result.update(
        program=program["name"],
        inputs=sorted(read),
        payees=len(entries),
        total=str(sum(amount for _, amount in entries)),
        root=manifest["root"] if manifest else None,
        proven=publication.checked,
    )
    reserve = os.path.join(proofs_folder, "reserve")
    if os.path.isdir(reserve):
        try:
            root = parse_json(read_bytes(os.path.join(reserve, "manifest.json")))["root"]
            granted = reserve_entries(Inputs(program_folder), program["decimals"], root)
            if sum(amount for _, amount in granted) > program["reserve"]:
                raise Wrong("more is granted than the reserve holds")
        except (Wrong, *MISSHAPEN) as error:
            problems.append((os.path.join(reserve, "manifest.json"), words_of(error)))
        else:
            folder = Publication(reserve, "reserve", granted, program["decimals"], sample, problems)
            manifest = folder.verify(origin)
            result.update(reserve=manifest["root"] if manifest else None, granted=len(granted))
    return result, problems


def origin_of(program):
    """What the program says of every manifest of its own; `draft` is absent where nothing is unconfirmed."""
    return {
        "program": program["name"],
        "chainId": program["chainId"],
        "token": {
            "address": checksummed(program["token"]),
            "symbol": program["symbol"],
            "decimals": program["decimals"],
        },
        "draft": True if program["draft"] else None,
    }


def check_allocation(folder, program, entries, problems):
    """Compares allocation.csv with the amounts that were computed."""
    path = os.path.join(folder, "allocation.csv")
    try:
        found = {}
        Unchecked.begin()
        for (account, amount), line in read_csv(read_bytes(path), False, ["account", "amount"]):
            found[address_of(account)] = units_of(amount, program["decimals"])
            Unchecked.mark(line)
        Unchecked.check()
    except (Wrong, *MISSHAPEN) as error:
        Unchecked.texts = None
        problems.append((path, words_of(error)))
        return
    wanted = dict(entries)
    for account in sorted(set(found) | set(wanted)):
        if found.get(account, 0) != wanted.get(account, 0):
            text = f"{checksummed(account)} has {found.get(account, 0)} base units"
            problems.append((path, f"{text}, computed {wanted.get(account, 0)}"))


def line_of(text):
    """A text as one line that a terminal can be shown."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", help="the program's folder, with program.json and its inputs")
    parser.add_argument("proofs", nargs="?", help="the published folder; proofs/NAME beside programs/ if not given")
    parser.add_argument("--sample", type=int, metavar="N", help="prove N leaves instead of rebuilding the tree")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    if not os.path.isfile(os.path.join(options.program, "program.json")):
        parser.error(f"{options.program} has no program.json")
    if options.sample is not None and options.sample < 1:
        parser.error("--sample must be above zero")
    proofs = options.proofs
    if proofs is None:
        folder = os.path.abspath(options.program)
        proofs = os.path.join(folder, "proofs")
        if os.path.basename(os.path.dirname(folder)) == "programs" and not os.path.isdir(proofs):
            proofs = os.path.join(os.path.dirname(os.path.dirname(folder)), "proofs", os.path.basename(folder))
    result, problems = verify(options.program, proofs, options.sample)
    Progress.end()
    if options.json:
        listed = [{"file": path, "problem": text} for path, text in problems]
        print(json.dumps({"ok": not problems, **result, "findings": listed}))
    else:
        for key, value in result.items():
            print(line_of(f"{key:<9}{', '.join(value) if isinstance(value, list) else value}"))
        for path, text in problems[:50]:
            print(line_of(f"{path}: {text}"))
        if len(problems) > 50:
            print(f"and {len(problems) - 50} more (--json lists all)")
        print(f"WRONG: {len(problems)} discrepancies" if problems else "ok: all agrees")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Verify an export of a Kesu ledger: one file, Python's standard library only, no database, no network.

    python3 kesu_verify.py EXPORT [--checkpoint FILE]... [--key HEX]... [--files FOLDER] [--lang zh|en]

EXPORT is what `kesu export-ledger` wrote. A checkpoint that you kept elsewhere (`kesu checkpoint`) shows that nothing
was cut off or rewritten since; --key is the public key you were told by another way; --files is where the files of cases lie
under their digests (`kesu export-ledger --files`). Exit status: 0 everything
holds, 1 something is broken (the first broken entry is named), 2 wrong use.

An export of one file is an extract: it proves the entries that it holds, and that there were no others in that file when
its checkpoint was signed (checkpoints of Kesu 0.1 do not sign the latter; it says which).
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import sys
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
CLOCK = ("clock correction proposed", "clock corrected", "clock/main")

TEXTS = {
    "missing": ("这条记录不见了", "this entry is missing"),
    "digest": (
        "记录的字节与其摘要不符",
        "the bytes do not have the digest that was sealed or stored for them",
    ),
    "content": ("记录的字节不是本条记录的（{0}）", "the bytes are not those of this entry ({0})"),
    "link": ("与前一条记录接不上", "it does not follow the entry before it"),
    "value": ("个人信息“{0}”与承诺值不符", 'the personal value "{0}" is not what was committed to'),
    "leaf": ("封存序号应为 {0}", "its leaf should be {0}"),
    "proof": ("不在检查点的树中", "it is not in the tree of the checkpoint"),
    "signature": ("签名不成立", "the signature does not hold"),
    "key": ("不是用你所给的密钥签的", "it was not signed by a key that you gave"),
    "body": ("内容无法读出或不属于本机构", "it cannot be read or belongs to another organisation"),
    "order": ("序号或条数没有递增", "its number or size does not grow"),
    "root": ("树根与记录不符", "its root is not that of the entries"),
    "short": (
        "涵盖 {0} 条，这里只有 {1} 条：末尾被截去",
        "it covers {0} entries, here are {1}: the end was cut off",
    ),
    "kept root": ("与你另存的检查点不符", "it differs from the checkpoint that you kept"),
    "end": (
        "文件不完整：结尾缺失或条数不符",
        "the export is incomplete: its end is missing or counts other lines",
    ),
    "unreadable": (
        "这一行少了内容或内容不对（{0}）",
        "something in this line is missing or is not what it should be ({0})",
    ),
    "other file": ("不属于所导出的卷宗", "it does not belong to the file of this extract"),
    "not by key": (
        "这里没有任何内容是用你所给的密钥签的",
        "nothing here was signed by the key that you gave",
    ),
    "not compared": (
        "没有与它比对：本摘录不含与它的一致性证明（导出时用 --kept 给出它）",
        "it was not compared: the extract holds no proof of consistency with it (give it to the export by --kept)",
    ),
    "consistency": (
        "一致性证明不成立：历史在它之后被改写",
        "the proof of consistency does not hold: the history was rewritten since",
    ),
    "head": (
        "“末条”的证明不成立：不能证明它是该卷宗的最后一条",
        "the proof of its head does not hold: it does not show that this is the last entry of the file",
    ),
    "no head": (
        "少了证明“末条”的那一行：不能证明其后没有别的记录",
        "the line that proves its head is missing: it does not show that there are no later entries",
    ),
    "cut": (
        "签检查点时该卷宗已封存到第 {0} 条，这里只到第 {1} 条：末尾被截去",
        "when the checkpoint was signed {0} of its entries were sealed, here are {1}: the end was cut off",
    ),
    "heads": (
        "所签的各卷宗末条与记录不符",
        "the heads of files that it signs are not those of the entries",
    ),
    "noted falls": (
        "记录时间早于前一条记录",
        "it was noted before the entry that it follows",
    ),
    "time falls": (
        "签署时间早于前一个检查点",
        "its time is before that of the checkpoint before it",
    ),
    "file gone": ("它的文件不在所给的目录里（SHA-256 {0}）", "its file is not in the folder (SHA-256 {0})"),
    "file altered": ("它的文件被改过（SHA-256 应为 {0}）", "its file was altered (SHA-256 should be {0})"),
    "uncovered": ("没有检查点覆盖", "no checkpoint covers it"),
}

# ── Ed25519 (RFC 8032), verification only
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]  # extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, xy = T/Z


def add(p: Point, q: Point) -> Point:
    """The sum of two points."""
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point(data: bytes) -> Point | None:
    """Decode a point; None when there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)


def signed_by(key: bytes, signature: bytes, message: bytes) -> bool:
    """Does the Ed25519 signature hold? Checks [s]B = R + [k]A as [s]B + [k](-A) = R."""
    a = point(key) if len(key) == 32 else None
    s = int.from_bytes(signature[32:], "little")
    if a is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    minus = (P - a[0], a[1], 1, P - a[3])
    both, total = add(BASE, minus), (0, 1, 1, 0)
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        total = add(total, total)
        if pick := (s >> bit & 1) + 2 * (k >> bit & 1):
            total = add(total, (BASE, minus, both)[pick - 1])
    inverse = pow(total[2], P - 2, P)
    x, y = total[0] * inverse % P, total[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# ── Merkle tree (RFC 9162, 2.1)
def node(left: bytes, right: bytes) -> bytes:
    """Hash of two halves."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A growing tree: only the roots of its perfect subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, digest: bytes) -> None:
        """One more leaf."""
        new, rest = hashlib.sha256(b"\0" + digest).digest(), self.size
        while rest & 1:
            new, rest = node(self.peaks.pop(), new), rest >> 1
        self.peaks.append(new)
        self.size += 1

    def root(self) -> str:
        """The root over the leaves so far, of which there is one at least."""
        whole: bytes = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            whole = node(peak, whole)
        return whole.hex()


def root_by_proof(digest: bytes, place: int, size: int, proof: list[str]) -> str | None:
    """The root to which an inclusion proof leads; None when the tree has no such place or the proof does not fit it."""
    if not 0 <= place < size:
        return None
    fn, sn, reached = place, size - 1, hashlib.sha256(b"\0" + digest).digest()
    for step in (bytes.fromhex(step) for step in proof):
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            reached = node(step, reached)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            reached = node(reached, step)
        fn, sn = fn >> 1, sn >> 1
    return reached.hex() if sn == 0 else None


def consistent(old: int, new: int, old_root: str, new_root: str, proof: list[str]) -> bool:
    """Does the tree of `new` leaves continue the one of `old` (RFC 9162, 2.1.4.2)? Both have one leaf at least."""
    path = [bytes.fromhex(step) for step in proof]
    if old & (old - 1) == 0:
        path.insert(0, bytes.fromhex(old_root))
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if not path:
        return False
    first = second = path[0]
    for step in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node(step, first), node(step, second)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node(second, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and (first.hex(), second.hex()) == (old_root, new_root)


def head_of(file: str, number: int, digest: bytes) -> bytes:
    """What stands in the tree of heads for a file."""
    return digest + f"{number} {file}".encode()


# ── The export
STRANGE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
)  # what reading strange lines ends in


class NotAnExport(Exception):
    """The file cannot be read as an export."""


def once(pairs: list[tuple[str, Any]]) -> Json:
    """An object in which no key stands twice: of two, one reader takes the first and another the last. Raises ValueError."""
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"“{twice}” stands here twice / 这里有两个“{twice}”")
    return found


def object_in(text: Any) -> Json:
    """The JSON object of a text. Raises ValueError for anything else, TypeError for no text."""
    try:
        found = json.loads(text, object_pairs_hook=once)
    except RecursionError:
        raise ValueError("nested too deep / 嵌套太深") from None
    if not isinstance(found, dict):
        raise ValueError("not a JSON object / 不是 JSON 对象")
    return found


def fingerprint(key: str) -> str:
    """What people compare of a public key: the first 80 bits of its SHA-256, in groups of four."""
    digest = hashlib.sha256(bytes.fromhex(key)).hexdigest()
    return " ".join(digest[place : place + 4] for place in range(0, 20, 4))


class Verifier:
    """Reads an export line by line; `faults` holds (where, what) in the order of reading."""

    def __init__(self, lang: str, keys: list[str], kept: list[Json]) -> None:
        self.language, self.given, self.keys = int(lang == "en"), set(keys), set(keys)
        self.faults: list[tuple[str, str]] = []
        self.kept: list[Json] = []
        for checkpoint in kept:
            body = self.read_body(checkpoint)
            if body is None or not self.holds(checkpoint, body):
                raise NotAnExport(
                    "另存的检查点签名不成立 / the checkpoint that you kept is not signed by its own key"
                )
            self.keys.add(body["key"])
            self.kept.append(body)
        self.tree = Tree()
        self.heads: dict[str, tuple[int, str | None, str]] = {}  # file -> its last number, digest, time noted
        self.due: list[Json] = []
        self.last: Json | None = None
        self.signed: set[str] = set()  # keys by which something here was signed
        self.entries = self.checkpoints = self.sealed = 0
        self.organisation = ""
        self.scope: str | None = None
        # size of a kept checkpoint -> proof of consistency with the last
        self.proofs: dict[int, list[str]] = {}
        self.ends: dict[str, tuple[int, bytes]] = {}  # file -> number and digest of its last sealed entry
        self.head: Json | None = None
        self.whole = False
        self.clock: dict[int, Json] = {}  # entries of the file of the clock
        self.files: list[tuple[str, tuple[str, int, str], str]] = []  # where, (file, entry, word), digest
        self.erased: set[tuple[str, int, str]] = set()
        self.falls: list[tuple[int, str, str, int | None]] = []  # place in `faults`, times, checkpoint before

    def fault(self, where: str, what: str, *details: object) -> None:
        """Note something that is broken."""
        self.faults.append((where, TEXTS[what][self.language].format(*details)))

    def place(self, line: Json) -> str:
        """Where an entry stands, in words."""
        words = ("机构 {}，卷宗 {} 第 {} 条", "organisation {}, file {}, entry {}")[self.language]
        return words.format(self.organisation, line.get("file"), line.get("number"))

    def name(self, number: object) -> str:
        """A checkpoint in words."""
        return ("机构 {}，检查点 {}", "organisation {}, checkpoint {}")[self.language].format(
            self.organisation, number
        )

    @staticmethod
    def read_body(checkpoint: Json) -> Json | None:
        """The signed statement."""
        try:
            body = object_in(checkpoint["body"])
            wanted = {
                "organisation": str, "number": int, "size": int, "root": str, "key": str, "time": str,
            }  # fmt: skip
            return body if all(type(body[name]) is kind for name, kind in wanted.items()) else None
        except STRANGE:
            return None

    @staticmethod
    def holds(checkpoint: Json, body: Json) -> bool:
        """Is the statement signed by the key it names?"""
        try:
            key, signature = bytes.fromhex(body["key"]), bytes.fromhex(checkpoint["signature"])
            text = checkpoint["body"].encode()
        except STRANGE:
            return False
        return signed_by(key, signature, text)

    def read(self, lines: Iterable[bytes]) -> None:
        """Go through the whole export. Raises NotAnExport."""
        numbered = enumerate(lines, 1)
        _, first = next(numbered, (1, b""))
        head = self.parse(1, first)
        file = head.get("file", ...)
        if (head.get("kesu"), head.get("v")) != ("ledger", 1) or not isinstance(file, (str, type(None))):
            raise NotAnExport(
                "第 1 行不是台账导出的开头 / line 1 is not the head of a ledger export of version 1"
            )
        self.organisation, self.scope = str(head.get("organisation")), file
        end = None
        for number, text in numbered:
            line = self.parse(number, text)
            if end is not None:
                self.fault(self.organisation, "end")
            try:
                end = self.line(line) or end
            except STRANGE as wrong:
                where = (f"第 {number} 行", f"line {number}")[self.language]
                self.fault(where, "unreadable", f"{type(wrong).__name__}: {wrong}")
        self.finish(end)

    def line(self, line: Json) -> Json | None:
        """One line after the head; what it says when it is the last. Raises one of STRANGE."""
        if "kesu" in line:
            raise ValueError("another export begins here / 这里开始了另一份导出")
        if "checkpoint" in line:
            self.checkpoint(line)
        elif "leaf" in line:
            self.entry(line)
        elif "consistency" in line:
            self.proofs[line["consistency"]["size"]] = line["consistency"]["proof"]
        elif "head" in line:
            if self.head is not None:
                raise ValueError("the head stands here twice / 末条的证明有两份")
            self.head = dict(line["head"])
        elif "correction" in line:
            self.correction(line["correction"])
        elif "end" in line:
            end: Json = line["end"]
            return end
        return None

    @staticmethod
    def parse(number: int, text: bytes) -> Json:
        """One line. Raises NotAnExport."""
        try:
            return object_in(text)
        except ValueError as wrong:
            raise NotAnExport(f"第 {number} 行读不出 / line {number} cannot be read: {wrong}") from None

    def checkpoint(self, line: Json) -> None:
        """Signature, key and order of a checkpoint; its root waits for the entries."""
        self.checkpoints += 1
        name, body = self.name(line["checkpoint"]), self.read_body(line)
        own = (self.organisation, line["checkpoint"])
        if body is None or (body["organisation"], body["number"]) != own:
            self.fault(name, "body")
            return
        if not self.holds(line, body):
            self.fault(name, "signature")
        else:
            self.signed.add(body["key"])
        if self.keys and body["key"] not in self.keys:
            self.fault(name, "key")
        before = self.last or {"number": 0, "size": 0, "time": ""}
        if body["time"] < before["time"]:
            self.falls.append((len(self.faults), before["time"], body["time"], before["number"]))
            self.fault(name, "time falls")
        grows = body["number"] == before["number"] + 1 and body["size"] > before["size"]
        if self.scope is None and not grows:
            self.fault(name, "order")
        self.last = body
        self.due.append(body)

    def entry(self, line: Json) -> None:
        """One entry: its bytes, its place in the file, its leaf."""
        self.entries += 1
        where = self.place(line)
        if self.scope is not None and line["file"] != self.scope:
            self.fault(where, "other file")
        if line["leaf"] is not None:
            self.sealed += 1
            self.leaf(line, where)
        if line.get("entry") is None:
            self.fault(where, "missing")
            return
        data = line["entry"].encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        if digest != line["digest"]:
            self.fault(where, "digest")
        noted = ""
        try:
            noted = self.content(line, object_in(data), where)
        except STRANGE as wrong:
            self.fault(where, "content", wrong)
        self.heads[line["file"]] = (line["number"], digest, noted)

    def content(self, line: Json, body: Json, where: str) -> str:
        """What the bytes say, against the line and the entry before; when it was noted. Raises one of STRANGE."""
        for name in ("organisation", "file", "number"):
            if body[name] != {**line, "organisation": self.organisation}[name]:
                self.fault(where, "content", name)
        number, previous, before = self.heads.get(line["file"], (0, None, ""))
        if line["number"] != number + 1:
            self.fault(self.place({**line, "number": number + 1}), "missing")
        if body["previous"] != previous:
            self.fault(where, "link")
        noted: str = body["noted"]
        if noted < before:
            self.falls.append((len(self.faults), before, noted, None))
            self.fault(where, "noted falls")
        if line["file"] == CLOCK[2]:
            self.clock[number + 1] = body
        self.values(line, body, where)
        self.named_files(line, body, where)
        return noted

    def leaf(self, line: Json, where: str) -> None:
        """The leaf in the tree, and the checkpoints that end with it."""
        digest = bytes.fromhex(line["digest"])
        if self.scope is not None:
            self.leaf_of_extract(line, digest, where)
            return
        if self.last and line["leaf"] <= self.last["size"]:
            self.ends[line["file"]] = (line["number"], digest)
        if line["leaf"] != self.tree.size + 1:
            self.fault(where, "leaf", self.tree.size + 1)
        self.tree.add(digest)
        for body in [body for body in self.due if body["size"] == self.tree.size]:
            if body["root"] != self.tree.root():
                self.fault(self.name(body["number"]), "root")
        for body in self.kept:
            if body["size"] == self.tree.size and body["root"] != self.tree.root():
                self.fault(self.name(body["number"]), "kept root")
        if not self.last or self.tree.size > self.last["size"]:
            self.fault(where, "uncovered")

    def leaf_of_extract(self, line: Json, digest: bytes, where: str) -> None:
        """The leaf by its proof; what is sealed of a file has no gap."""
        if line["number"] != self.ends.get(line["file"], (0, b""))[0] + 1:
            self.fault(where, "proof")
        self.ends[line["file"]] = (line["number"], digest)
        proof = line.get("proof")
        size, root = (self.last["size"], self.last["root"]) if self.last else (0, "")
        if proof is None or root_by_proof(digest, line["leaf"] - 1, size, proof) != root:
            self.fault(where, "proof")

    def correction(self, line: Json) -> None:
        """An entry of the file of the clock that an extract brings along, by its proof."""
        data = line["entry"].encode("utf-8", "surrogatepass")
        self.leaf_of_extract(line, hashlib.sha256(data).digest(), self.place(line))
        self.clock[line["number"]] = object_in(data)

    def corrections(self) -> Iterable[tuple[str, str, int]]:
        """From when, up to when and after which checkpoint two persons said that the clock had been wrong."""
        for body in self.clock.values():
            first = self.clock.get(body["facts"].get("entry"), body)
            if (first["kind"], body["kind"], body["file"]) == CLOCK and first["by"] != body["by"]:
                yield first["noted"], body["facts"]["until"], body["facts"]["checkpoint"]

    def values(self, line: Json, body: Json, where: str) -> None:
        """Personal values, where the export holds them, against the commitments."""
        for word, given in (line.get("values") or {}).items():
            commitment = hmac.new(bytes.fromhex(given["salt"]), given["value"].encode(), "sha256").hexdigest()
            if commitment != body["commitments"].get(word):
                self.fault(where, "value", word)

    def named_files(self, line: Json, body: Json, where: str) -> None:
        """The files that the entry names by their digests, and what it erases."""
        facts = body["facts"]
        for value in facts.get("values", ()) if body["kind"] == "erased" else ():
            self.erased.add((line["file"], value["number"], value["word"]))
        for word, value in facts.items() if "origin" not in facts else ():
            for one in value if isinstance(value, list) else ():
                if isinstance(one, dict) and set(one) == {"digest", "size", "sort", "type"}:
                    self.files.append((where, (line["file"], line["number"], word), one["digest"]))

    def look_at_files(self, folder: str) -> None:
        """Whether each file that was not erased lies in the folder under its digest, as it came."""
        for where, place, digest in self.files:
            if place in self.erased:
                continue
            path = os.path.join(folder, os.path.basename(digest))
            if not os.path.isfile(path):
                self.fault(where, "file gone", digest)
                continue
            found = hashlib.sha256()
            with open(path, "rb") as file:
                for piece in iter(lambda: file.read(1 << 20), b""):
                    found.update(piece)
            if found.hexdigest() != digest:
                self.fault(where, "file altered", digest)

    def finish(self, end: Json | None) -> None:
        """What can only be said at the end."""
        for place, before, after, number in reversed(self.falls):
            if any(c[0] <= after and before <= c[1] and number in (None, c[2]) for c in self.corrections()):
                del self.faults[place]
        if end != {"entries": self.entries, "checkpoints": self.checkpoints}:
            self.fault(self.organisation, "end")
        for body in self.kept:
            self.compare(body)
        if self.given and not self.signed & self.given:
            self.fault(self.organisation, "not by key")
        if self.scope is None and self.last and self.last["size"] > self.tree.size:
            self.fault(self.name(self.last["number"]), "short", self.last["size"], self.tree.size)
        elif self.last and self.last.get("heads") is not None:
            self.heads_hold(self.last)

    def heads_hold(self, last: Json) -> None:
        """What the last checkpoint signs of the heads of files: of all of them, or of the one file of an extract."""
        name = self.name(last["number"])
        if self.scope is None:
            tree = Tree()
            for file in sorted(self.ends, key=str):
                tree.add(head_of(file, *self.ends[file]))
            if (last["files"], last["heads"]) != (len(self.ends), tree.root() if self.ends else ""):
                self.fault(name, "heads")
            return
        number, digest = self.ends.get(self.scope, (0, b""))
        if self.head is None:
            if number:
                self.fault(name, "no head")
        elif self.head.get("number") != number:
            self.fault(name, "cut", self.head.get("number"), number)
        else:
            try:
                leaf, place = head_of(self.scope, number, digest), self.head["place"]
                self.whole = root_by_proof(leaf, place, last["files"], self.head["proof"]) == last["heads"]
            except STRANGE:
                self.whole = False
            if not self.whole:
                self.fault(name, "head")

    def compare(self, kept: Json) -> None:
        """A checkpoint that was kept elsewhere: is this the same history, and no shorter one?"""
        name = self.name(kept["number"])
        size = self.tree.size if self.scope is None else self.last["size"] if self.last else 0
        if kept["organisation"] != self.organisation:
            self.fault(name, "body")
        elif kept["size"] > size:
            self.fault(name, "short", kept["size"], size)
        elif self.scope is not None and self.last:
            proof = self.proofs.get(kept["size"])
            if kept["size"] == size:
                if kept["root"] != self.last["root"]:
                    self.fault(name, "kept root")
            elif proof is None:
                self.fault(name, "not compared")
            elif not consistent(kept["size"], size, kept["root"], self.last["root"], proof):
                self.fault(name, "consistency")

    def remarks(self) -> list[str]:
        """What a reader of the result has to know: how far it goes, and by which key it was signed."""
        said = []
        if self.scope is not None:
            number, sealed = self.heads.get(self.scope, (0,))[0], self.ends.get(self.scope, (0,))[0]
            texts = (
                "这是摘录：卷宗 {0} 到第 {1} 条为止；证明这些记录属实，不证明其后没有别的记录。",
                "An extract of one file: {0} up to entry {1}. It proves these entries, not that there are no later ones.",
            )
            if self.whole:
                texts = (
                    "这是摘录：卷宗 {0} 到第 {1} 条为止；检查点 {3}（{4}）签署时，该卷宗封存的正是前 {2} 条，没有别的。",
                    (
                        "An extract of one file: {0} up to entry {1}. When checkpoint {3} was signed ({4}), {2} of its"
                        " entries were sealed, which are here."
                    ),
                )
            when = (self.last or {}).get("time", "")[:19].replace("T", " ") + " UTC"
            name = (self.last or {}).get("number")
            said.append(texts[self.language].format(self.scope, number, sealed, name, when))
        if not self.checkpoints:
            said.append(
                (
                    "警告：这里没有任何签名的检查点，什么都没有封存。",
                    "Warning: no checkpoint stands here, nothing is sealed.",
                )[self.language]
            )
        elif not self.keys:
            said.append(
                (
                    "密钥只与导出文件自身核对过：请用 --key 或 --checkpoint 给出你另行保存的。",
                    "The key was checked against the export itself only: give one that you hold (--key, --checkpoint).",
                )[self.language]
            )
        for key in sorted(self.signed):
            said.append(
                ("签名公钥的指纹 {}。", "Fingerprint of the key that signed: {}.")[self.language].format(
                    fingerprint(key)
                )
            )
        return said


def main(arguments: list[str] | None = None) -> int:
    """Verify and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("export")
    parser.add_argument(
        "--checkpoint", action="append", default=[], help="a checkpoint that you kept elsewhere"
    )
    parser.add_argument("--key", action="append", default=[], help="public key that you trust, hexadecimal")
    parser.add_argument("--files", help="the folder in which the files of cases lie under their digests")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    options = parser.parse_args(arguments)
    try:
        kept = []
        for name in options.checkpoint:
            with open(name, "rb") as file:
                kept.append(Verifier.parse(1, file.readline()))
        verifier = Verifier(options.lang, options.key, kept)
        with open(options.export, "rb") as file:
            verifier.read(file)
        if options.files:
            verifier.look_at_files(options.files)
    except (OSError, NotAnExport) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    zh = options.lang == "zh"
    for where, what in verifier.faults[:20]:
        print(f"{where}{'：' if zh else ': '}{what}")
    counts = (
        verifier.entries,
        verifier.entries - verifier.sealed,
        verifier.checkpoints,
        len(verifier.faults),
    )
    if zh:
        print("记录 {} 条（未封存 {} 条），检查点 {} 个，发现问题 {} 处。".format(*counts))
    else:
        print("{} entries ({} unsealed), {} checkpoints, {} faults.".format(*counts))
    for remark in verifier.remarks():
        print(remark)
    return 1 if verifier.faults else 0


if __name__ == "__main__":
    sys.exit(main())

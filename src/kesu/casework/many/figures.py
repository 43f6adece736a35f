"""Counting cases for a periodic report: a pure function of files as they stood, so that it can be done again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.shapes.abilities import TotalsFigures
from kesu.procedure.words.names import FACT
from kesu.procedure.words.parts import ENDING_ALWAYS

from ..duties.joining import receipt
from ..file.case_file import CaseFile

NOT_KNOWN: Final = "not known"  # the key for cases of which a fact is not on record
DIGEST: Final = FACT.FIGURES_DIGEST


@dataclass(frozen=True, slots=True)
class Looked:
    """One file up to one of its entries."""

    file: str
    number: int
    case: CaseFile

    @property
    def place(self) -> str:
        """The file and the entry up to which it was looked at: `case/3f…#12`."""
        return f"{self.file}#{self.number}"


def called_figures(file: CaseFile, act: Act) -> list[tuple[str, TotalsFigures]]:
    """What has to be counted because of an act of the file, by the names of the rules."""
    return [
        (rule.name, shape)
        for rule, shape in file.procedure.able_at(act.step, TotalsFigures)
        if rule.when.holds(file.history, act)
    ]


def received_within(case: CaseFile, since: date, until: date) -> bool:
    """Whether a case was received on one of these local days, as it stands."""
    return since <= receipt(case.history).astimezone(ZoneInfo(case.calendar.zone)).date() <= until


def figured(looked: Iterable[Looked], shape: TotalsFigures, *, since: date, until: date) -> dict[str, Value]:
    """The facts of the entry: how many, of which kinds, which files up to which entry, and the digest of it all.

    Cases count by their receipt; those that were joined to another or voided do not. A case whose class is not known is
    left out and said so; imported ones are counted apart.
    """
    counted: list[Looked] = []
    left: list[Looked] = []
    apart: Counter[str] = Counter()
    for one in sorted(looked, key=lambda one: one.file):
        if not received_within(one.case, since, until):
            continue
        why = _left_out(one.case, shape)
        apart[why] += 1
        (left if why else counted).append(one)
    facts: dict[str, Value] = {
        FACT.FIGURES_OF: shape.procedure,
        FACT.COUNTED_FROM: since.isoformat(),
        FACT.COUNTED_TO: until.isoformat(),
        FACT.TOTAL_COUNTED: str(len(counted)),
        FACT.ENDED_COUNTED: str(sum(one.case.ended for one in counted)),
        FACT.IMPORTED_COUNTED: str(apart["imported"]),
        FACT.UNKNOWN_COUNTED: str(apart[NOT_KNOWN]),
        FACT.COUNTS: {word: _split(counted, word) for word in shape.by},
        FACT.CASES_COUNTED: [one.place for one in counted],
        FACT.CASES_LEFT_OUT: [one.place for one in left],
    }
    return {**facts, DIGEST: digest_of(facts)}


def digest_of(facts: Mapping[str, Value]) -> str:
    """SHA-256 of the figures, over everything but the digest itself."""
    plain = {word: value for word, value in facts.items() if word != DIGEST}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _left_out(case: CaseFile, shape: TotalsFigures) -> str:
    """Why a case of the period is not counted; empty when it is."""
    history = case.history
    if any(history.done(step) for step in ENDING_ALWAYS):
        return "closed without a case of its own"
    selected = shape.where.holds(history, None)
    if selected is not True:
        return NOT_KNOWN if selected is None else "of another class"
    return "imported" if history.acts[0].origin is not None else ""


def _split(counted: Sequence[Looked], word: str) -> dict[str, Value]:
    """How many cases there are of each value; a case of several values (its topics) counts for each."""
    found: Counter[str] = Counter()
    for one in counted:
        found.update(_values(one.case.history, word))
    return {value: str(found[value]) for value in sorted(found)}


def _values(history: History, word: str) -> set[str]:
    said = history.latest(word)
    flat = [one for value in said for one in (value if isinstance(value, list) else [value])]
    return {NOT_KNOWN if one is None else str(one) for one in flat} or {NOT_KNOWN}

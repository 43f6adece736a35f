"""经过: the entries of a file as people read them, with corrections struck through and late notes marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kesu.caseload.asking.opened import Opened
from kesu.caseload.sight.lines import Line
from kesu.forms.fields.making import MEDIA
from kesu.procedure import words
from kesu.procedure.history.act import MISSING
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import CONTACT
from kesu.reading.text import Text

from .gate import Gate
from .line_table import line_table
from .values import ERASED, Said, items_said, value_said

AT_ONCE = timedelta(minutes=1)  # an entry this fresh was not noted late
BY_HOUSE = Text("系统", "Kesu")


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of the timeline."""

    number: int
    kind: str
    title: Text
    at: datetime
    noted: datetime | None
    by: Text
    post: Text
    recorder: str
    medium: Text
    facts: list[Said]
    struck: bool
    suspended: bool
    imported: bool
    overridden: bool
    by_clock: bool
    masked: bool  # contact details stand in it, and not in full


def timeline(seen: Opened, gate: Gate, *, shown: frozenset[int] = frozenset()) -> list[Told]:
    """Every entry, in the order of the ledger; in those of `shown` contact details stand in full."""
    later = corrections(seen.lines)
    return [_told(line, seen, gate, later.get(line.number, {}), line.number in shown) for line in seen.lines]


def corrections(lines: list[Line]) -> dict[int, dict[str, Any]]:
    """Number of the entry -> fact -> the value that stands since it was corrected."""
    found: dict[int, dict[str, Any]] = {}
    for line in lines:
        if line.kind == STEP.CORRECTED and not line.struck:
            entry = str(line.facts.get(FACT.ENTRY))
            if entry.isdecimal():
                found.setdefault(int(entry), {})[str(line.facts.get(FACT.WORD))] = line.facts.get(FACT.VALUE)
    return found


def _told(line: Line, seen: Opened, gate: Gate, mended: Mapping[str, Any], shown: bool) -> Told:
    facts = [
        one
        for word, value in line.facts.items()
        if (one := _said(word, value, line, seen, gate, mended, shown))
    ]
    return Told(
        number=line.number,
        kind=line.kind,
        title=line.title,
        at=line.at,
        noted=line.noted if line.person is not None and line.noted - line.at > AT_ONCE else None,
        by=Text(line.by, line.by) if line.by else BY_HOUSE,
        post=_post(line, seen),
        recorder=line.recorder or "",
        medium=MEDIA.get(line.medium, Text("", "")),
        facts=_rule_said(line, seen) + facts,
        struck=line.struck,
        suspended=line.suspended,
        imported=line.imported,
        overridden=bool(line.overridden),
        by_clock=line.person is None,
        masked=not shown
        and any(line.facts.get(word) not in (None, ERASED) for word in CONTACT & set(line.facts)),
    )


def _post(line: Line, seen: Opened) -> Text:
    title = line.post_title or Text("", "")
    if not line.behalf:
        return title
    if line.behalf in seen.procedure.posts:
        place = seen.procedure.title_of(line.behalf)
        return Text(f"{title.zh}，代行{place.zh}", f"{title.en}, in place of the {place.en}")
    return Text(f"代{line.behalf}任{title.zh}", f"{title.en}, standing in for {line.behalf}")


def standing(words_: frozenset[str], seen: Opened, gate: Gate) -> list[Said]:
    """What the file says now of these facts, behind the gate."""
    known = words.facts()
    found = []
    for name in sorted(words_, key=list(known).index):
        value = seen.case.history.value(name)
        if value is not MISSING:
            hidden = gate.hides(name)
            text = Text("", "") if hidden else value_said(known[name], value, seen.directory)
            table = None if hidden else line_table(known[name], value)
            found.append(
                Said(name, known[name].title, text, table=table, hidden=hidden, draft=gate.marks(name))
            )
    return found


def _said(
    name: str, value: Any, line: Line, seen: Opened, gate: Gate, mended: Mapping[str, Any], shown: bool
) -> Said | None:
    word, directory = words.facts().get(name), seen.directory
    if word is None or (line.person is None and name in (FACT.ENTRY, FACT.WORD, FACT.RULE)):
        return None
    about = str(line.facts.get(FACT.WORD)) if name == FACT.VALUE else name
    if gate.hides(about):
        return Said(name, word.title, Text("", ""), hidden=True)
    if name == FACT.VALUE and about in words.facts():
        text = value_said(words.facts()[about], value, directory)
    else:
        text = value_said(word, value, directory, shown=shown, files=seen.named)
    was = None
    if name in mended:
        was, text = text, value_said(word, mended[name], directory, shown=shown)
    return Said(
        word=name,
        title=word.title,
        value=text,
        items=items_said(word, value, directory),
        table=line_table(word, value),
        was=was,
        draft=gate.marks(about),
        long=word.kind.free_text and len(text.zh) > 40,
    )


def _rule_said(line: Line, seen: Opened) -> list[Said]:
    """What the clock and the rules record names the rule by which they do."""
    rule = seen.procedure.by_name.get(str(line.facts.get(FACT.RULE, "")))
    if rule is None or line.person is not None:
        return []
    text = Text(sentence(rule, seen.procedure, "zh"), sentence(rule, seen.procedure, "en"))
    title = Text("依据", "By the rule")
    numbers = f"（{'、'.join(rule.clauses)}）" if rule.clauses else ""
    en = f" ({', '.join(rule.clauses)})" if rule.clauses else ""
    return [Said("rule", title, Text(text.zh + numbers, text.en + en), long=True)]

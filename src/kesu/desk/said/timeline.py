"""经过: the entries of a file as people read them, with corrections struck through and late notes marked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import ARRIVAL, COMPLAINANT
from kesu.caseload.sight.disclosure import Disclosed
from kesu.caseload.sight.lines import Line
from kesu.forms.fields.making import MEDIA
from kesu.forms.said.values import Said, fact_said
from kesu.names import OUTSIDER
from kesu.people.posts import seat_said
from kesu.procedure import words
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.paper_numbers import paper_numbers
from kesu.reading.text import Text

AT_ONCE = timedelta(minutes=1)  # an entry this fresh was not noted late
BY_HOUSE = Text("系统", "Kesu")
HIMSELF = Text("投诉人本人", "The complainant")
ITEM_FILE = "item/"  # how an entry names the register file of an item


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry of the timeline."""

    number: int
    kind: str
    title: Text
    at: datetime
    noted: datetime | None
    by: Text
    post: Text
    recorder: str
    unconfirmed: str  # the label of what waits for its author's word
    medium: Text
    facts: list[Said]
    struck: bool
    suspended: bool
    imported: bool
    overridden: bool
    by_clock: bool
    outside: bool  # told to the complainant, or brought by him
    masked: bool  # contact details stand in it, and not in full


def timeline(view: CaseView, *, unmasked: frozenset[int] = frozenset()) -> list[TimelineEntry]:
    """Every entry, in the order of the ledger; in those of `unmasked` contact details stand in full."""
    return [_entry(line, view) for line in view.timeline(unmasked=unmasked)]


def _entry(line: Line, view: CaseView) -> TimelineEntry:
    return TimelineEntry(
        number=line.number,
        kind=line.kind,
        title=line.title,
        at=line.at,
        noted=line.noted if line.person is not None and line.noted - line.at > AT_ONCE else None,
        by=_by(line),
        post=_post(line, view),
        recorder=line.recorder or "",
        unconfirmed=_unconfirmed(line),
        medium=MEDIA.get(line.medium, Text("", "")),
        facts=_rule_said(line, view) + [_told(fact, view) for fact in line.facts],
        struck=line.struck,
        suspended=line.suspended,
        imported=line.imported,
        overridden=bool(line.overridden) and line.kind != STEP.OVERRIDE_PROPOSED,
        outside=_outside(line.kind, view),
        by_clock=line.person is None,
        masked=line.masked and not view.unnamed,
    )


def _by(line: Line) -> Text:
    """Who acted, as people call him."""
    if line.person == OUTSIDER:
        return HIMSELF
    return Text(line.by, line.by) if line.by else BY_HOUSE


def _unconfirmed(line: Line) -> str:
    if line.waiting:
        return "waits for its author"
    return "not confirmed" if line.unconfirmed else ""


def _outside(kind: str, view: CaseView) -> bool:
    step = view.procedure.steps.get(kind)
    return step is not None and (step.audience == COMPLAINANT or kind == ARRIVAL)


def _told(fact: Disclosed, view: CaseView) -> Said:
    """A fact in words; what the house wrote by a name of its own is called as people call it."""
    told = fact_said(fact, view.directory)
    title = _called(fact, view) if isinstance(fact.value, str) else None
    return told if title is None else replace(told, value=title)


def _called(fact: Disclosed, view: CaseView) -> Text | None:
    """The procedure of a linked file by its title, the step by which it ended by its own, an item by its number."""
    value = str(fact.value)
    if fact.word == FACT.KIND:
        return next((one.title for one in view.reader.procedures if one.id == value), None)
    if fact.word == FACT.OUTCOME and value in words.steps():
        return words.steps()[value].title
    key = value.removeprefix(ITEM_FILE)
    return Text(key, key) if fact.word == FACT.FROM and key != value else None


def _post(line: Line, view: CaseView) -> Text:
    title = line.post_title or Text("", "")
    if line.behalf is not None and line.behalf in view.procedure.posts:
        return seat_said(title, for_post=view.procedure.title_of(line.behalf))
    return seat_said(title, for_person=line.behalf)


def _rule_said(line: Line, view: CaseView) -> list[Said]:
    """What the clock and the rules record names the rule by which they do."""
    rule = view.procedure.by_name.get(line.rule)
    if rule is None:
        return []
    text = Text(sentence(rule, view.procedure, "zh"), sentence(rule, view.procedure, "en"))
    title = Text("依据", "By the rule")
    cited = paper_numbers(view.procedure.own_clauses(rule.clauses))
    zh, en = (f"（{'、'.join(cited)}）", f" ({', '.join(cited)})") if cited else ("", "")
    return [Said("rule", title, Text(text.zh + zh, text.en + en))]

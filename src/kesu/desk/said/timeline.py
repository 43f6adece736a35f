"""经过: the entries of a file as people read them, with corrections struck through and late notes marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.lines import Line
from kesu.forms.fields.making import MEDIA
from kesu.people.posts import seat_said
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.words.names import STEP
from kesu.reading.text import Text

from .values import Said, fact_said

AT_ONCE = timedelta(minutes=1)  # an entry this fresh was not noted late
BY_HOUSE = Text("系统", "Kesu")


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
        by=Text(line.by, line.by) if line.by else BY_HOUSE,
        post=_post(line, view),
        recorder=line.recorder or "",
        unconfirmed=_unconfirmed(line),
        medium=MEDIA.get(line.medium, Text("", "")),
        facts=_rule_said(line, view) + [fact_said(fact, view.directory) for fact in line.facts],
        struck=line.struck,
        suspended=line.suspended,
        imported=line.imported,
        overridden=bool(line.overridden) and line.kind != STEP.OVERRIDE_PROPOSED,
        by_clock=line.person is None,
        masked=line.masked,
    )


def _unconfirmed(line: Line) -> str:
    if line.waiting:
        return "waits for its author"
    return "not confirmed" if line.unconfirmed else ""


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
    numbers = f"（{'、'.join(rule.clauses)}）" if rule.clauses else ""
    en = f" ({', '.join(rule.clauses)})" if rule.clauses else ""
    return [Said("rule", title, Text(text.zh + numbers, text.en + en))]

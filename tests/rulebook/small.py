"""A small procedure to hang one rule on, and short ways to say what happened and to hear what the rules make of it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kesu.casework.deciding.decide import Actor, clock_acts
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.options import Option, options
from kesu.casework.waiting.takers import NOBODY_THERE, Actors, Takers
from kesu.procedure.history.act import EVERYTHING, Act, Shown
from kesu.procedure.history.verdict import Finding
from kesu.procedure.saying.sentence import reason, sentence
from kesu.procedure.written.compose import composed
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.pile import Layer
from kesu.reading.strict import Block, fault, read_text
from kesu.reading.text import Text
from kesu.worktime.calendar import Calendar
from kesu.worktime.china import china_calendar

ZONE = ZoneInfo("Asia/Shanghai")

HEAD = """\
procedure: small
title: {zh: 小程序, en: Small procedure}
edition: "1"
kind: complaint
ends: [closed]
posts:
  clerk: {title: {zh: 经办员, en: Clerk}, last resort: outsider}
  lead: {title: {zh: 组长, en: Lead}, last resort: outsider}
  boss: {title: {zh: 主任, en: Boss}, last resort: outsider}
  outsider: {title: {zh: 外部人员, en: Outsider}, external: "yes", accountable: boss}
steps:
  received: {outside: "yes"}
  registered: {}
  acknowledged: {outside: "yes", audience: complainant, purpose: receipt}
  accepted: {}
  team appointed: {}
  investigated: {}
  data checked: {}
  found: {}
  handling report made: {}
  consented: {}
  result notified: {outside: "yes", audience: complainant, purpose: result}
  written form received: {outside: "yes"}
  window extended: {}
  compensation agreed: {}
  progress told: {outside: "yes", audience: complainant, purpose: progress}
  put on hold: {}
  taken in charge: {}
  retest decided: {}
  closed: {}
  archived: {}
  destroyed: {}
  note: {}
  added: {}
  named: {}
  item noted: {}
  evidence added: {}
  attested: {}
  corrected: {}
  struck: {}
  taken back: {}
  withdrawn: {outside: "yes"}
  joined: {}
  void proposed: {}
  voided: {}
  reopened: {}
  not possible: {}
  work confirmed: {}
  confirmed in person: {}
  naming confirmed: {}
  override proposed: {}
  override agreed: {}
  override declined: {}
  linked: {}
  link ended: {}
  figures: {}
  fell late: {}
  promoted: {}
  period began: {}
  rescheduled: {}
"""


def written(*rules: str, more: str = "", settings: dict[str, str] | None = None) -> Procedure:
    """The small procedure with these rules; `more` are further keys of the file."""
    return from_text(text_of(*rules, more=more), file="small.yaml", settings=settings)


def text_of(*rules: str, more: str = "") -> str:
    """The file itself."""
    listed = "".join(_item(part) for rule in rules for part in rule.split("\n---\n"))
    return HEAD + textwrap.dedent(more) + ("rules:\n" + listed if rules else "rules: []\n")


def _item(rule: str) -> str:
    lines = textwrap.dedent(rule).strip().splitlines()
    if not lines[0].startswith("rule:"):
        lines.insert(0, "rule: the rule")
    return "".join(("  - " if place == 0 else "    ") + line + "\n" for place, line in enumerate(lines))


def when(text: str) -> datetime:
    """A local time of the laboratory: “2026-03-02 09:00”."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def act(step: str, at: str = "2026-03-02 09:00", **more: Any) -> Act:
    """An act; keys that are no fields of an act are facts, with _ for a space."""
    fields = {name: more.pop(name) for name in list(more) if name in Act.__dataclass_fields__}
    noted = fields.pop("noted", at)
    facts = {name.replace("_", " "): value for name, value in more.items()} | dict(fields.pop("facts", {}))
    fields.setdefault("by", "an")
    return Act(
        number=fields.pop("number", 0), step=step, at=when(at), noted=when(noted), facts=facts, **fields
    )


def filed(
    procedure: Procedure, *acts: Act, shown: Shown = EVERYTHING, calendar: Calendar | None = None
) -> CaseFile:
    """A file in which these acts happened, one after the other."""
    file = CaseFile(procedure, calendar=calendar or china_calendar(), shown=shown)
    for one in acts:
        file.apply(replace(one, number=file.number + 1))
    return file


def takers_of(file: CaseFile, *, now: datetime, actors: Actors = NOBODY_THERE) -> Takers:
    """Who may take the steps of a file at a moment, with what time owes it by then."""
    standing = file.copy()
    clock_acts(standing, now)
    return Takers(standing, now=now, actors=actors)


def offered(file: CaseFile, *actors: Actor, now: datetime) -> dict[str, Option]:
    """The steps by their names, as these actors see them at a moment."""
    return {one.step.name: one for one in options(takers_of(file, now=now), actors=actors)}


Said = tuple[str, str, str, str]  # rule, verdict (and manner), the reason in Chinese and in English


def judged(procedure: Procedure, *acts: Act, shown: Shown = EVERYTHING) -> list[Said]:
    """What the rules say of the last act after the others."""
    file = filed(procedure, *acts[:-1], shown=shown)
    return _said(procedure, file.judge(replace(acts[-1], number=file.number + 1)))


def _said(procedure: Procedure, found: Iterable[Finding]) -> list[Said]:
    return [
        (
            one.rule,
            f"{one.verdict}{' ' + one.manner if one.manner else ''}",
            reason(one, procedure, "zh"),
            reason(one, procedure, "en"),
        )
        for one in found
    ]


def verdict(procedure: Procedure, *acts: Act, shown: Shown = EVERYTHING) -> str:
    """The one verdict on the last act; an empty text when the only rule has nothing to say."""
    found = judged(procedure, *acts, shown=shown)
    assert len(found) < 2, found
    return found[0][1] if found else ""


def why(procedure: Procedure, *acts: Act, shown: Shown = EVERYTHING) -> tuple[str, str, str]:
    """The one verdict on the last act with its reason, in Chinese and in English."""
    ((_, said, zh, en),) = judged(procedure, *acts, shown=shown)
    return said, zh, en


def says(procedure: Procedure, rule: str = "the rule") -> Text:
    """The sentence of a rule in both languages."""
    found = procedure.by_name[rule]
    return Text(sentence(found, procedure, "zh"), sentence(found, procedure, "en"))


def settled(procedure: Procedure, *acts: Act) -> list[Said]:
    """The findings on duties that the last act settled."""
    file = filed(procedure, *acts[:-1])
    return _said(procedure, file.apply(replace(acts[-1], number=file.number + 1)))


def standing(procedure: Procedure, *acts: Act, as_of: str) -> list[Said]:
    """The findings, as of a moment, on the duties that nobody has met."""
    return _said(procedure, filed(procedure, *acts).open_findings(when(as_of)))


def from_text(
    text: str, *, file: str = "procedure.yaml", settings: Mapping[str, str] | None = None
) -> Procedure:
    """A procedure that stands alone in one text: as a file would have it. Raises ReadError."""
    node = read_text(text, file=file)
    if not isinstance(node, Block):
        raise fault(node, en="a procedure is a mapping", zh="程序文件应是“键: 值”的形式")
    return composed([Layer(str(node.get("procedure", "")), node, "own")], settings=settings or {})

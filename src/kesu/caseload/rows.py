"""The rows that follow from a folded case file: a pure function, so that `rebuild --check` can prove them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from kesu.casework.duties import Duty
from kesu.procedure import words
from kesu.procedure.history import MISSING, History
from kesu.procedure.model import Procedure
from kesu.procedure.shapes.by import By
from kesu.procedure.shapes.keep_apart import KeepApart
from kesu.procedure.shapes.send import Send
from kesu.procedure.shapes.together import Together
from kesu.procedure.text import Lang, listed

from .fold import Folded
from .models import ApartRow, CaseRow, ConcernRow, DutyRow, PartRow
from .projection import Row

ASSIGNING: Final = ("persons", "person")  # kinds of facts that can give somebody a task
NO_TASK: Final = frozenset({"persons", "did the work"})  # words of these kinds that name, but give no task


def case_rows(fold: Folded) -> list[Row]:
    """Every row of this file."""
    duties = list(_duty_rows(fold))
    return [
        (CaseRow, _case_row(fold, duties)),
        *((DutyRow, row) for row in duties),
        *((PartRow, {"person": person}) for person in sorted(parties(fold.case.history))),
        *((ApartRow, row) for row in _apart_rows(fold)),
        *((ConcernRow, {"item": item}) for item in sorted(items(fold.case.history))),
    ]


def _case_row(fold: Folded, duties: list[dict[str, Any]]) -> dict[str, Any]:
    case, own = fold.case, fold.own
    history, procedure = case.history, case.procedure
    running = [row for row in duties if row["state"] in ("open", "late") and row["due_at"] is not None]
    next_ = min(running, key=lambda row: (row["due_at"], row["rule"], row["number"]), default=None)
    grade, topic = history.value("grade"), history.value("topic")
    return {
        "procedure": procedure.id,
        "edition": fold.first.edition or "",
        "kind": procedure.kind,
        "label": str(own.get("label", "")),
        "parent": str(own.get("parent") or ""),
        "title_zh": title(fold, "zh"),
        "title_en": title(fold, "en"),
        "state": case.state,
        "grade": grade if isinstance(grade, str) else "",
        "topic": topic if isinstance(topic, list) else [],
        "received": history.acts[0].at,
        "next_due": next_["due_at"] if next_ and not case.ended else None,
        "next_provisional": bool(next_ and next_["provisional"] and not case.ended),
        "owner": next_["post"] if next_ and not case.ended else "",
        "ended": _ended(fold),
        "clock": None if case.ended else _clock(case.duties),
        "calendar": _calendar(history, own),
        "site": str(own.get("site") or ""),
        "imported": history.acts[0].origin is not None,
        "number": fold.head.number,
        "head": fold.head.digest or "",
    }


def title(fold: Folded, lang: Lang) -> str:
    """One generated sentence without anything personal: what it is, about what, on which item."""
    history = fold.case.history
    matter = _said(history, "matter", lang) or fold.procedure.title.in_(lang)
    topics = _said(history, "topic", lang)
    item = history.value("item")
    subject = f"（{item}）" if lang == "zh" else f" ({item})"
    about = ("：" if lang == "zh" else ": ") + topics if topics else ""
    return (matter + about + (subject if isinstance(item, str) else ""))[:300]


def _said(history: History, word: str, lang: Lang) -> str:
    value = history.value(word)
    if value is MISSING or value is None:
        return ""
    labels = words.facts()[word].choices
    items = value if isinstance(value, list) else [value]
    return listed([labels[item].in_(lang) if item in labels else str(item) for item in items], lang)


def _ended(fold: Folded) -> datetime | None:
    history = fold.case.history
    if not fold.case.ended:
        return None
    return next(act.noted for act in reversed(history.acts) if act.step in fold.procedure.ends)


def _clock(duties: Iterable[Duty]) -> datetime | None:
    due = [duty.due.at for duty in duties if duty.state == "open" and duty.due is not None and not duty.paused]
    return min(due, default=None)


def _calendar(history: History, own: Mapping[str, Any]) -> str:
    last = history.last("rescheduled")
    return str((last.facts if last else own).get("calendar", ""))


# -- duties ----------------------------------------------------------------------------------------------------------


def _duty_rows(fold: Folded) -> Iterator[dict[str, Any]]:
    for duty in fold.case.duties:
        row = {
            "rule": duty.rule,
            "number": duty.number,
            "thing": duty.thing,
            "state": duty.state,
            "start": duty.start,
            "due_at": duty.due.at if duty.due else None,
            "due_date": duty.due.date if duty.due else None,
            "provisional": bool(duty.due and duty.running and duty.due.provisional),
            "steps": list(duty.steps),
            "answered_by": duty.answered_by,
        }
        for post, person in takers(fold, duty):
            yield {**row, "post": post, "person": person}


def takers(fold: Folded, duty: Duty) -> list[tuple[str, str]]:
    """The posts, or the persons, that can answer a duty: who owns it, else who may take its steps."""
    if duty.owner:
        return [(duty.owner, "")]
    history = fold.case.history
    posts: dict[str, None] = {}
    persons: set[str] = set()
    for step in duty.steps:
        found, doers = _may(fold.procedure, step, history)
        posts |= dict.fromkeys(found)
        persons |= history.persons(doers)
    if persons and not posts:
        return [("", person) for person in sorted(persons)]
    return [(post, "") for post in posts] or [("", "")]


def _may(procedure: Procedure, step: str, history: History) -> tuple[list[str], tuple[str, ...]]:
    """Posts that the rules in force now let take a step, and steps whose takers alone may."""
    sent: list[str] = []
    by: list[str] = []
    doers: tuple[str, ...] = ()
    for rule in procedure.asked.get(step, ()):
        shape = rule.shape
        if not isinstance(shape, By | Send | Together) or rule.when.holds(history, None) is False:
            continue
        if isinstance(shape, Send):
            sent += shape.posts
        elif isinstance(shape, Together):
            by += procedure.joint[step].lacking(history.all(step)) or shape.posts
        elif shape.doers and not shape.apart:
            doers += shape.doers
        else:
            by += shape.posts
    if sent and by:
        return [post for post in dict.fromkeys(by) if post in sent] or sent, doers
    return list(dict.fromkeys(sent or by)), doers


def items(history: History) -> set[str]:
    """The subject items that a file is about, as it stands."""
    return {value for _, value in history.values("item") if isinstance(value, str)}


# -- who sees it, and who does not -----------------------------------------------------------------------------------


def parties(history: History) -> set[str]:
    """Persons who acted in the file or were given a task in it."""
    found = {act.by for act in history.acts if act.by is not None}
    for act in history.acts:
        for word in act.facts:
            if word in _tasks():
                value = act.facts[word]
                found |= {one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)}
    return found


@lru_cache(maxsize=1)
def _tasks() -> frozenset[str]:
    return frozenset(name for name, word in words.facts().items() if word.kind in ASSIGNING and name not in NO_TASK)


def apart(fold: Folded) -> tuple[set[str], set[str]]:
    """Persons and units that have to stay out on what is on record now.

    Rules that bar only who took an earlier step (nobody approves his own work) hide nothing and are left out.
    """
    history = fold.case.history
    persons: set[str] = set()
    units: set[str] = set()
    for rule in fold.procedure.rules:
        shape = rule.shape
        if isinstance(shape, KeepApart) and shape.sources and rule.when.holds(history, None) is not False:
            persons |= replace(shape, doers=()).barred(history)
            units |= shape.units(history)
    return persons, units


def _apart_rows(fold: Folded) -> list[dict[str, Any]]:
    persons, units = apart(fold)
    return [
        *({"person": person, "unit": ""} for person in sorted(persons)),
        *({"person": "", "unit": unit} for unit in sorted(units)),
    ]

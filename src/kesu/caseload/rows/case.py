"""The rows that follow from a folded case file: a pure function, so that `rebuild --check` can prove them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

from kesu.casework.deciding.clock import next_instant
from kesu.casework.deciding.mending import owners
from kesu.casework.duties.joining import receipt
from kesu.casework.duties.of_a_file import Duty
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.recusal import CONFIRMING
from kesu.casework.file.roles_in_file import Apart, apart, ending, open_to, owed_in_person, parties, title
from kesu.casework.waiting.takers import OPEN_TO_ALL, Addressee, left_out, lying_with
from kesu.casework.waiting.turns import turns
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words import Part
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import STAGES

from ..folded.fold import Folded
from ..models import ApartRow, CaseRow, ConcernRow, CountedRow, DutyRow, PartRow, Row, SightRow, WatchRow
from .used_once import used_rows
from .watch import counted_rows, watch_rows

LONGEST_TITLE: Final = 300
LEFT_OPEN: Final = "left open"  # nobody met it before the file ended


def case_rows(fold: Folded) -> list[Row]:
    """Every row of this file."""
    fold.memory.catch_up(fold.case)
    duties = list(_duty_rows(fold))
    return [
        (CaseRow, _case_row(fold, duties)),
        *((DutyRow, row) for row in duties),
        *((DutyRow, row) for row in _next_rows(fold, duties)),
        *((PartRow, {"person": person}) for person in sorted(parts(fold))),
        *((ApartRow, row) for row in _apart_rows(fold)),
        *((ConcernRow, {"item": item}) for item in sorted(items(fold.case.history))),
        *((CountedRow, row) for row in counted_rows(fold)),
        *((WatchRow, row) for row in watch_rows(fold)),
        *used_rows(fold.case),
        *((SightRow, {"post": post}) for post in sight(fold.case)),
    ]


def _case_row(fold: Folded, duties: list[dict[str, Any]]) -> dict[str, Any]:
    case, own = fold.case, fold.own
    history, procedure = case.history, case.procedure
    running = [row for row in duties if row["state"] in ("open", "late") and row["due_at"] is not None]
    next_ = min(running, key=lambda row: (row["due_at"], row["rule"], row["number"]), default=None)
    words, last = title(case), ending(fold.case)
    grade, topic = history.value(FACT.GRADE), history.value(FACT.TOPIC)
    return {
        "procedure": procedure.id,
        "edition": fold.edition,
        "kind": procedure.kind,
        "label": str(own.get("label", "")),
        "parent": str(own.get("parent") or ""),
        "title_zh": words.zh[:LONGEST_TITLE],
        "title_en": words.en[:LONGEST_TITLE],
        "state": state(case),
        "grade": grade if isinstance(grade, str) else "",
        "topic": topic if isinstance(topic, list) else [],
        "received": receipt(history),
        "next_due": next_["due_at"] if next_ and not case.ended else None,
        "next_provisional": bool(next_ and next_["provisional"] and not case.ended),
        "owner": next_["post"] if next_ and not case.ended else "",
        "ended": last.noted if last else None,
        "clock": next_instant(case),
        "calendar": _calendar(history, own),
        "site": str(own.get("site") or ""),
        "imported": history.acts[0].origin is not None,
        "number": fold.head.number,
        "head": fold.head.digest or "",
    }


def state(case: CaseFile) -> str:
    """The last standing step that tells where the case is; notes, questions and the like do not."""
    steps = case.procedure.steps
    for act in reversed(case.history.acts):
        step = steps.get(act.step)
        if step is None or step.word.part is Part.CLOCK or not case.history.counts(act.number):
            continue
        if step.word.own_work or act.step in STAGES or act.step in case.procedure.ends:
            return act.step
    return case.history.acts[0].step


def _calendar(history: History, own: Mapping[str, Any]) -> str:
    last = history.last(STEP.RESCHEDULED)
    return str((last.facts if last else own).get("calendar", ""))


# -- duties ----------------------------------------------------------------------------------------------------------


def _duty_rows(fold: Folded) -> Iterator[dict[str, Any]]:
    last = ending(fold.case)
    # what it called for (archiving) is still to be done, what came before is not
    end = last.number if last else 0
    for duty in fold.case.duties:
        row = {
            "rule": duty.rule,
            "number": duty.number,
            "thing": duty.thing,
            "state": LEFT_OPEN if duty.running and duty.number < end else duty.state,
            "start": duty.start,
            "until": None,
            "due_at": duty.due.at if duty.due else None,
            "due_date": duty.due.date if duty.due else None,
            "provisional": bool(duty.due and duty.running and duty.due.provisional),
            "steps": list(duty.steps),
            "left_out": _left_out(fold, duty.steps) if duty.running else [],
            "answered_by": duty.answered_by,
        }
        for post, person in _owners(fold, duty):
            yield {**row, "post": post, "person": person}


def _owners(fold: Folded, duty: Duty) -> Sequence[Addressee]:
    """Who owes a duty; after the end, for want of anybody named, whoever may end the file."""
    case = fold.case
    if (person := duty.person or owed_in_person(case, duty)) is not None:
        return [("", person)]
    if duty.owner:
        return [(duty.owner, "")]
    addressees = _lying_with(fold, duty.steps)
    return _lying_with(fold, case.procedure.ends) if case.ended and addressees == OPEN_TO_ALL else addressees


def _lying_with(fold: Folded, steps: Iterable[str]) -> tuple[Addressee, ...]:
    return lying_with(fold.memory.addressees(fold.case, step) for step in steps)


def _left_out(fold: Folded, steps: Iterable[str]) -> list[str]:
    return list(left_out(fold.memory.addressees(fold.case, step) for step in steps))


def _next_rows(fold: Folded, duties: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The steps that can be taken now: a row for each who can, unless a running duty tells him already."""
    case = fold.case
    called_for = {
        (step, row["post"], row["person"])
        for row in duties
        if row["state"] in ("open", "late")
        for step in row["steps"]
    }
    for turn in turns(case, partial(fold.memory.need, case)):
        step, row = turn.ready.step, _next(fold, turn.ready.step, turn.ready.rule, turn.ready.limit)
        row |= {"number": turn.nth, "until": turn.until, "left_out": _left_out(fold, (step,))}
        row |= {"start": turn.start} if turn.start is not None else {}
        for post, person in _addressees_or_owners(fold, step):
            if (step, post, person) not in called_for:
                yield {**row, "post": post, "person": person}
    for act, rule in case.to_mend():
        row = {**_next(fold, CONFIRMING, rule.name, None), "thing": f"{CONFIRMING} {act.number}"}
        for post, person in _lying_with(fold, (act.step,)):
            yield {**row, "post": post, "person": person}


def _next(fold: Folded, step: str, rule: str, limit: Duty | None) -> dict[str, Any]:
    due = limit.due if limit else None
    return {
        "rule": rule,
        "number": 0,
        "thing": step,
        "state": "next",
        "start": fold.case.history.acts[0].at,
        "due_at": due.at if due else None,
        "due_date": due.date if due else None,
        "provisional": bool(due and due.provisional),
        "steps": [step],
        "until": None,
        "left_out": [],
        "answered_by": 0,
    }


def _addressees_or_owners(fold: Folded, step: str) -> tuple[Addressee, ...]:
    """A step that anybody may take is brought to whoever has the file, so that it lies with somebody."""
    addressees = _lying_with(fold, (step,))
    if addressees != OPEN_TO_ALL:
        return addressees
    posts = owners(fold.case)
    return tuple((post, "") for post in posts) or _lying_with(fold, fold.procedure.ends[:1])


def items(history: History) -> set[str]:
    """The subject items that a file is about, as it stands."""
    return {value for _, value in history.values(FACT.ITEM) if isinstance(value, str)}


# -- who sees it, and who does not -----------------------------------------------------------------------------------


def sight(case: CaseFile) -> list[str]:
    """The posts that “see” rules name and to which the file is open now."""
    return sorted(post for post in case.procedure.confined if open_to(case, post))


def parts(fold: Folded) -> set[str]:
    """Persons who acted in the file or were given a task in it; out of its rows, where these have been made."""
    if fold.rows is not None:
        return {str(key[0]) for model, key in fold.rows if model is PartRow}
    return {act.by for act in fold.case.history.acts if act.by is not None} | parties(fold.case)


def kept_apart(fold: Folded) -> Apart:
    """Persons and units that have to stay out of the file; out of its rows, where these have been made."""
    if fold.rows is None:
        return apart(fold.case)
    out = [row for (model, _), row in fold.rows.items() if model is ApartRow]
    return Apart(
        frozenset(row["person"] for row in out if row["person"]),
        frozenset(row["unit"] for row in out if row["unit"]),
    )


def _apart_rows(fold: Folded) -> list[dict[str, Any]]:
    out = apart(fold.case)
    return [
        *({"person": person, "unit": ""} for person in sorted(out.persons)),
        *({"person": "", "unit": unit} for unit in sorted(out.units)),
    ]

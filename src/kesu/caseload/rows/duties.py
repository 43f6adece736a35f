"""The rows of what somebody owes in a file and of what can be done next: for whom, by when, and what has to come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from kesu.casework.deciding.mending import completers
from kesu.casework.duties.of_a_file import Duty
from kesu.casework.file.recusal import CONFIRMING
from kesu.casework.file.roles_in_file import owed_in_person
from kesu.casework.waiting.called_on import called_on
from kesu.casework.waiting.takers import OPEN_TO_ALL, Addressee, Addressees, left_out, lying_with
from kesu.casework.waiting.turns import Turn

from ..folded.fold import Folded

LEFT_OPEN: Final = "left open"  # nobody met it before the file ended


def duty_rows(fold: Folded, turns: Sequence[Turn], *, end: int) -> Iterator[dict[str, Any]]:
    """A row for each who owes a duty; where none of them may take its step, one for each who may. `end`: the entry that ended it."""
    for duty in fold.case.duties:
        row, able = _row(fold, duty, turns, end)
        owners = _owners(fold, duty)
        others = () if any(_his(fold, able, *one) for one in owners) else _lying_with(fold, able)
        for post, person in dict.fromkeys((*owners, *(others if able else ()))):
            yield {**row, "post": post, "person": person, "able": _his(fold, able, post, person)}


def _row(fold: Folded, duty: Duty, turns: Sequence[Turn], end: int) -> tuple[dict[str, Any], list[str]]:
    """What all its rows say, and which of its steps can be taken.

    What the end called for (archiving) is still to be done then, what came before it is not.
    """
    able = _able(fold, duty, turns)
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
        "first": [] if able or not duty.running else _first(fold, duty),
        "left_out": _left_out(fold, able or duty.steps) if duty.running else [],
        "answered_by": duty.answered_by,
    }
    return row, able


def _able(fold: Folded, duty: Duty, turns: Sequence[Turn]) -> list[str]:
    """Which of its steps can be taken as the file stands, for as long as nothing happens."""
    if not duty.running:
        return []
    passing = {turn.ready.step for turn in turns if turn.start is not None or turn.until is not None}
    return [step for step in duty.steps if step not in passing and fold.memory.need(fold.case, step).ready]


def _first(fold: Folded, duty: Duty) -> list[str]:
    """What has to be done before its step; of several, before the one that its rule names first."""
    lacks = [fold.memory.need(fold.case, step).lacks for step in duty.steps[:1]]
    return list(dict.fromkeys(lacking for one in lacks for lacking, _ in one))


def _his(fold: Folded, steps: Iterable[str], post: str, person: str) -> list[str]:
    """Those of the steps that no rule keeps from this post, or this person."""
    return [step for step in steps if _lets(fold.memory.addressees(fold.case, step), post, person)]


def _lets(addressees: Addressees, post: str, person: str) -> bool:
    lying = lying_with([addressees])
    return lying == OPEN_TO_ALL or (post, person) in lying or bool(person and not addressees.persons)


def _owners(fold: Folded, duty: Duty) -> Sequence[Addressee]:
    """Who owes a duty; for want of anybody named whoever has the file, and after its end whoever may end it."""
    case = fold.case
    if (person := duty.person or owed_in_person(case, duty)) is not None:
        return [("", person)]
    if duty.owner:
        return [(duty.owner, "")]
    addressees = _lying_with(fold, duty.steps)
    if addressees != OPEN_TO_ALL:
        return addressees
    return _lying_with(fold, case.procedure.ends) if case.ended else _for_want(fold, duty.rule)


def _lying_with(fold: Folded, steps: Iterable[str]) -> tuple[Addressee, ...]:
    return lying_with(fold.memory.addressees(fold.case, step) for step in steps)


def _left_out(fold: Folded, steps: Iterable[str]) -> list[str]:
    return list(left_out(fold.memory.addressees(fold.case, step) for step in steps))


def next_rows(fold: Folded, duties: list[dict[str, Any]], turns: Sequence[Turn]) -> Iterator[dict[str, Any]]:
    """The steps that can be taken now: a row for each who can, unless a running limit tells him already."""
    case = fold.case
    called_for = {
        (step, row["post"], row["person"])
        for row in duties
        if row["state"] in ("open", "late") and row["due_at"] is not None
        for step in row["able"]
    }
    for turn in turns:
        step, row = turn.ready.step, _next(fold, turn.ready.step, turn.ready.rule, turn.ready.limit)
        row |= {"number": turn.nth, "until": turn.until, "left_out": _left_out(fold, (step,))}
        row |= {"start": turn.start} if turn.start is not None else {}
        wanted_of = tuple((post, "") for post in turn.ready.posts)
        for post, person in wanted_of or _addressees_or_owners(fold, step, turn.ready.rule):
            if (step, post, person) not in called_for:
                yield {**row, "post": post, "person": person}
    yield from _called_on(fold)
    for act, rule in case.to_mend():
        row = {**_next(fold, CONFIRMING, rule.name, None), "thing": f"{CONFIRMING} {act.number}"}
        for post, person in _lying_with(fold, (act.step,)):
            yield {**row, "post": post, "person": person}


def _called_on(fold: Folded) -> Iterator[dict[str, Any]]:
    """Whom an appointment or a route calls on: the post, or of its holders the one person."""
    for one in called_on(fold.case, partial(fold.memory.need, fold.case)):
        row = {**_next(fold, one.step, one.rule, None), "thing": f"{one.step} {one.entry}"}
        row |= {"left_out": _left_out(fold, (one.step,)), "person": one.person}
        for post in one.posts or ("",):
            yield {**row, "post": post}


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
        "able": [step],
        "first": [],
        "until": None,
        "left_out": [],
        "answered_by": 0,
    }


def _addressees_or_owners(fold: Folded, step: str, rule: str) -> tuple[Addressee, ...]:
    """A step that anybody may take is brought to whoever has the file, so that it lies with somebody."""
    addressees = _lying_with(fold, (step,))
    return addressees if addressees != OPEN_TO_ALL else _for_want(fold, rule)


def _for_want(fold: Folded, rule: str) -> tuple[Addressee, ...]:
    """With whom lies what anybody may do: with whoever left it out on arrival, else with whoever has the file."""
    posts = completers(fold.case, fold.procedure.by_name.get(rule))
    return tuple((post, "") for post in posts) or _lying_with(fold, fold.procedure.ends[:1])

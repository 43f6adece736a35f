"""The rows that follow from a folded case file: a pure function, so that `rebuild --check` can prove them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from kesu.casework.deciding.clock import next_instant
from kesu.casework.duties.joining import receipt
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.naming import confirmed_at, seen_still
from kesu.casework.file.roles_in_file import Apart, apart, ending, open_to, parties, title
from kesu.casework.waiting.turns import turns as turns_of
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.alike import matched
from kesu.procedure.words import Part, in_its_words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import STAGES

from ..folded.fold import Folded
from ..folded.secrecy import is_kept_secret
from ..models import (
    ApartRow,
    CaseRow,
    ConcernRow,
    CountedRow,
    CustomerRow,
    DutyRow,
    PartRow,
    Row,
    SightRow,
    TraitRow,
    WatchRow,
)
from .attached import attached_rows
from .customer import customer_rows
from .duties import duty_rows, next_rows
from .face import face_row
from .traits import trait_rows
from .used_once import used_rows
from .watch import counted_rows, watch_rows

LONGEST_TITLE: Final = 300


@in_its_words
def case_rows(fold: Folded) -> list[Row]:
    """Every row of this file that an act writes; the one of the search follows (`following`)."""
    fold.memory.catch_up(fold.case)
    turns = turns_of(fold.case, partial(fold.memory.need, fold.case))
    last = ending(fold.case)
    duties = list(duty_rows(fold, turns, end=last.number if last else 0))
    return [
        (CaseRow, _case_row(fold, duties)),
        *((DutyRow, row) for row in duties),
        *((DutyRow, row) for row in next_rows(fold, duties, turns)),
        *((PartRow, {"person": person}) for person in sorted(parts(fold))),
        *((ApartRow, row) for row in _apart_rows(fold)),
        *((ConcernRow, {"item": item}) for item in sorted(items(fold.case.history))),
        *((CountedRow, row) for row in counted_rows(fold)),
        *((WatchRow, row) for row in watch_rows(fold)),
        *used_rows(fold.case),
        *((SightRow, {"post": post}) for post in sight(fold.case)),
        *((TraitRow, row) for row in trait_rows(fold.case)),
        *((CustomerRow, row) for row in _customers(fold.case)),
        *attached_rows(fold.case),
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
        "face": face_row(history, secret=is_kept_secret(case)),
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


def _customers(case: CaseFile) -> Iterator[dict[str, Any]]:
    """Nobody is found by a case in which he wants to stay unnamed."""
    return iter(()) if is_kept_secret(case) else customer_rows(case.history)


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


def items(history: History) -> set[str]:
    """The subject items that a file is about, as it stands, each as all its spellings."""
    return {matched(value) for _, value in history.values(FACT.ITEM) if isinstance(value, str)}


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
    """Persons and units from whom the file is hidden; out of its rows, where these have been made."""
    made = fold.rows
    rows = (
        _apart_rows(fold) if made is None else [row for (model, _), row in made.items() if model is ApartRow]
    )
    out = [row for row in rows if row["hides"]]
    return Apart(
        frozenset(row["person"] for row in out if row["person"]),
        frozenset(row["unit"] for row in out if row["unit"]),
    )


def _apart_rows(fold: Folded) -> list[dict[str, Any]]:
    out, history = apart(fold.case), fold.case.history
    still, since = seen_still(history), confirmed_at(history)
    return [
        *(
            {"person": person, "unit": "", "hides": person not in still, "named_since": since.get(person)}
            for person in sorted(out.persons)
        ),
        *(
            {"person": "", "unit": unit, "hides": unit not in still, "named_since": None}
            for unit in sorted(out.units)
        ),
    ]

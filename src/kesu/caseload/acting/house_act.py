"""One act of the house: what it notes by itself in a file, because of a register, another file, a count or a report.

Whoever wants the house to note something calls `note`: a letter that was sent, a figure, the end of a linked file. The
order is always the same: the file is taken, what time owes it comes first, then the act, then what follows from it by
the rules, then the files that are called for by now. Everything is collected in `Changes` and written by its `write`.

No lock is taken here. Files may be noted in in any order, since `write` sorts them; but whoever also counts does that
last (`watch_counts.count`), because the keys of watches are locked before files (decision 0010).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from kesu.casework.deciding.decide import ChildToOpen, children_to_open
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.naming import seen_still
from kesu.casework.file.roles_in_file import apart
from kesu.names import FileName, StepName
from kesu.procedure.history.act import MISSING, NOTHING, Act, Value
from kesu.procedure.words.names import FACT, STEP
from kesu.reading.text import Text

from ..folded.recorded import ERASED_VALUE, erasable
from .changes import OF_THE_HOUSE, Changes
from .new_file import NewFile, first_step, new_file_of, open_file
from .prices import price_acts
from .subjects import item_act, key_of


class CannotLink(RuntimeError):
    """A linked file cannot be opened or joined; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def note(
    changes: Changes,
    file: FileName,
    step: StepName,
    facts: Mapping[str, Value],
    *,
    at: datetime | None = None,
) -> Act:
    """Notes one act of the house in a file, new or not, and everything that comes of it; gives the act.

    It happened at `at`, or now; it is noted now. Raises NoSuchFile.
    """
    case = changes.as_it_will_be(file)
    act = _act(changes, case, step, facts, at)
    note_act(changes, file, act)
    if not case.ended:
        open_children(changes, file)
    return act


def note_act(changes: Changes, file: FileName, act: Act) -> None:
    """Notes an act of the house with what follows from it by the rules; what it opens is left to the caller.

    For what the house notes just before somebody's own act: what that calls for is opened after it. Raises NoSuchFile.
    """
    case = changes.as_it_will_be(file)
    case.apply(act)
    changes.append(file, act)
    for followed in _what_follows(changes, case):
        changes.append(file, followed)


def note_item(changes: Changes, file: FileName, key: Value) -> bool:
    """What the register knows of the subject item `key`, unless the file has it or nobody names one. Raises NoSuchFile.

    Gives whether something was noted; what that opens is left to the caller.
    """
    case = changes.as_it_will_be(file)
    act = _item_act(changes, case, key)
    if act is not None:
        note_act(changes, file, act)
    return act is not None


def note_prices(changes: Changes, file: FileName, act: Act) -> None:
    """What the register has of the prices that rules look at for somebody's own act, just before it. Raises NoSuchFile."""
    case = changes.as_it_will_be(file)
    for noted in list(price_acts(case, act, organisation=changes.organisation, now=changes.now)):
        note_act(changes, file, replace(noted, number=case.number + 1))


def begin(
    changes: Changes,
    new: NewFile,
    facts: Mapping[str, Value],
    *,
    step: StepName | None = None,
    at: datetime | None = None,
    name: FileName | None = None,
    about: Mapping[str, Value] = NOTHING,
) -> FileName:
    """A new file that the house begins: its first act, what the register knows of its item, what follows, what it opens.

    `about`: whom and what the file that opens it is about, by which the same persons stay out here.
    """
    case = new.empty(changes.organisation)
    case.apply(_act(changes, case, step or first_step(new.procedure), facts, at))
    if (noted := _item_act(changes, case, facts.get(FACT.ITEM) or about.get(FACT.ITEM))) is not None:
        case.apply(noted)
    named: dict[str, Value] = {word: about[word] for word in (FACT.PERSONS, FACT.UNITS) if about.get(word)}
    if named and STEP.NAMED in new.procedure.steps:
        case.apply(_act(changes, case, STEP.NAMED, named))
    _what_follows(changes, case)
    file = open_file(changes, new, case, sender=OF_THE_HOUSE, name=name)
    open_children(changes, file)
    return file


def open_children(changes: Changes, file: FileName, *, needed: Sequence[ChildToOpen] = ()) -> None:
    """Opens the files that are called for as the file will be, and notes each of them in it. Raises NoSuchFile.

    Raises CannotLink for one of `needed` whose procedure is not in force; any other waits until it is.
    """
    case = changes.as_it_will_be(file)
    for child in children_to_open(case):
        edition = changes.directory.edition_at(child.procedure, changes.now)
        if edition is None and child in needed:
            raise CannotLink(
                Text(
                    zh=f"这一步要立“{child.procedure}”案卷，但该程序还没有生效；请程序负责人先使其生效",
                    en=f"this step opens a file under “{child.procedure}”, which is not in force; the procedure owner has to put it in force first",
                )
            )
        if edition is not None:
            link: dict[str, Value] = {
                FACT.KIND: child.procedure,
                FACT.LINKED_FILE: _begin_child(changes, file, child, edition.digest),
                FACT.RULE: child.rule,
                FACT.ENTRY: str(child.entry),
            }
            act = _act(changes, case, STEP.LINKED, link)
            case.apply(act)
            changes.append(file, act)


def _begin_child(changes: Changes, parent: FileName, child: ChildToOpen, edition: str) -> FileName:
    new = new_file_of(
        changes.directory,
        edition,
        site=changes.site_of(parent),
        parent=parent,
        source=f"{parent}#{child.entry}",
    )
    carried = {word: value for word, value in child.facts.items() if not _erased(word, value)}
    return begin(changes, new, carried, about=subject_of(changes.as_it_will_be(parent)))


def subject_of(case: CaseFile) -> Mapping[str, Value]:
    """Whom and what a file is about: its item, and the persons and units that are named for good and stay out of it."""
    history, out, pending = case.history, apart(case), seen_still(case.history)
    named = {one for act in history.all(STEP.NAMED) for one in act.facts.get(FACT.PERSONS) or ()}
    units = {one for act in history.all(STEP.NAMED) for one in act.facts.get(FACT.UNITS) or ()}
    item = history.value(FACT.ITEM)
    return {
        FACT.ITEM: None if item is MISSING else item,
        FACT.PERSONS: sorted((named & out.persons) - pending),
        FACT.UNITS: sorted((units & out.units) - pending),
    }


def _erased(word: str, value: Value) -> bool:
    """What was erased here is not carried on as if somebody had said it."""
    return bool(value == ERASED_VALUE) and erasable(word)


def _act(
    changes: Changes, case: CaseFile, step: StepName, facts: Mapping[str, Value], at: datetime | None = None
) -> Act:
    return Act(number=case.number + 1, step=step, at=at or changes.now, noted=changes.now, facts=facts)


def _item_act(changes: Changes, case: CaseFile, key: Value) -> Act | None:
    item = key_of(key)
    return item_act(case, item, organisation=changes.organisation, now=changes.now) if item else None


def _what_follows(changes: Changes, case: CaseFile) -> list[Act]:
    """What the rules record by now; applied to `case`."""
    acts = []
    for act in case.following(at=changes.now, noted=changes.now):
        case.apply(act)
        acts.append(act)
    return acts

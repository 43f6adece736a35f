"""Linked files: opening, end and reopening of a child are entries in the parent, in the same transaction (semantics 4.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kesu.casework.deciding.decide import ChildToOpen, children_to_open
from kesu.casework.duties.joining import receipt
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act, Value
from kesu.procedure.shapes.first import First
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import BEGINNING
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from ..folded.books import calendar_by_digest, procedure_by_digest
from ..folded.fold import Folded, NoSuchFile, new_file
from ..folded.recorded import ERASED_VALUE, erasable, new_entry
from .changes import Changes
from .subjects import item_act, key_of


class CannotLink(RuntimeError):
    """A linked file cannot be opened or joined; `text` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


def first_step(procedure: Procedure) -> str:
    """The step that a file of this procedure begins with."""
    for rule in procedure.rules:
        if isinstance(rule.shape, First):
            return rule.shape.step
    return next((step for step in BEGINNING if step in procedure.steps), STEP.RECEIVED)


def open_children(
    changes: Changes,
    file: str,
    case: CaseFile,
    called: Iterable[ChildToOpen],
    *,
    site: str | None,
    needed: Sequence[ChildToOpen] = (),
) -> None:
    """Opens the files that are called for, and notes each in `file`; the acts are applied to `case`, a copy of its fold.

    Raises CannotLink for one of `needed` whose procedure is not in force; any other waits until it is.
    """
    for opening in called:
        edition = changes.directory.edition_at(opening.procedure, changes.now)
        if edition is None and opening in needed:
            raise CannotLink(
                Text(
                    zh=f"这一步要立“{opening.procedure}”案卷，但该程序还没有生效；请程序负责人先使其生效",
                    en=f"this step opens a file under “{opening.procedure}”, which is not in force; the procedure owner has to put it in force first",
                )
            )
        if edition is not None:
            child = _open_child(changes, file, opening, edition.digest, site)
            link: dict[str, str] = {
                FACT.KIND: opening.procedure,
                FACT.LINKED_FILE: child,
                FACT.RULE: opening.rule,
                FACT.ENTRY: str(opening.entry),
            }
            _add(changes, file, case, STEP.LINKED, link)


def _open_child(changes: Changes, parent: str, opening: ChildToOpen, edition: str, site: str | None) -> str:
    """A new file with its first act, what the register knows of its item, what follows, and what it opens in turn."""
    procedure = procedure_by_digest(changes.organisation, edition)
    facts = {word: value for word, value in opening.facts.items() if not _erased(word, value)}
    case = empty_file(changes, procedure, site=site)
    first = Act(number=1, step=first_step(procedure), at=changes.now, noted=changes.now, facts=facts)
    case.apply(first)
    item = key_of(facts.get(FACT.ITEM))
    noted = (
        item_act(case, item, organisation=changes.organisation, number=2, now=changes.now) if item else None
    )
    then = [noted] if noted is not None else []
    for act in then:
        case.apply(act)
    for act in case.following(at=changes.now, noted=changes.now):
        case.apply(act)
        then.append(act)
    standing = f"{parent}#{opening.entry}"
    child = open_file(
        changes, procedure, edition, first, site=site, parent=parent, standing=standing, then=then
    )
    open_children(changes, child, case, children_to_open(case), site=site)
    return child


def _erased(word: str, value: Value) -> bool:
    """What was erased here is not carried on as if somebody had said it."""
    return bool(value == ERASED_VALUE) and erasable(word)


def open_file(
    changes: Changes,
    procedure: Procedure,
    edition: str,
    first: Act,
    *,
    site: str | None,
    parent: str | None = None,
    by: str = "system",
    key: str | None = None,
    command: str | None = None,
    standing: str = "",
    then: Iterable[Act] = (),
    name: str | None = None,
) -> str:
    """A new file with its first act, which carries the calendar and the site that it is counted by."""
    calendar = changes.directory.calendar_at(site)
    assert calendar is not None, "every organisation is founded with a calendar"
    own = {"calendar": calendar.digest, "site": site, "parent": parent, "standing": standing or None}
    also = {word: value for word, value in own.items() if value is not None}
    entries = [new_entry(first, by=by, edition=edition, key=key, command=command, also=also)]
    entries += [new_entry(act, by="system", edition=edition) for act in then]
    return changes.open(procedure, entries, name=name)


def tell_parent(changes: Changes, child: str, parent: str, *, procedure: str, step: str, ended: bool) -> None:
    """The parent notes that a linked file has ended, or was opened again; after its own end that calls for a duty."""
    fold = changes.take(parent)
    kind = STEP.LINK_ENDED if ended else STEP.LINK_REOPENED if fold.case.ended else STEP.LINKED
    facts = {
        FACT.KIND: procedure,
        FACT.LINKED_FILE: child,
        FACT.OUTCOME: step,
        FACT.ENTRY: _called_by(fold.case, child),
    }
    _note(changes, fold, kind, {word: value for word, value in facts.items() if value})


def _called_by(parent: CaseFile, child: str) -> str:
    """The entry of the parent that called for a linked file."""
    links = (
        link.facts for link in parent.history.all(STEP.LINKED) if link.facts.get(FACT.LINKED_FILE) == child
    )
    return str(next((facts[FACT.ENTRY] for facts in links if FACT.ENTRY in facts), ""))


def tell_joined(changes: Changes, fold: Folded, act: Act, seen_by: Callable[[Folded], bool]) -> None:
    """The file that another one joins takes note of it, with the earlier receipt. Raises CannotLink."""
    target = str(act.facts.get(FACT.JOINED_TO) or "")
    try:
        other = changes.take(target) if target != fold.file else None
    except NoSuchFile:
        other = None
    if other is None or not seen_by(other) or other.case.ended:
        raise CannotLink(
            Text(
                zh="没有可以并入的在办案件；请选另一件在办的案件",
                en="there is no such open case to join; choose another open one",
            )
        )
    since = receipt(fold.case.history).isoformat()
    _note(changes, other, STEP.LINKED, {FACT.KIND: STEP.JOINED, FACT.LINKED_FILE: fold.file, "since": since})


def _note(changes: Changes, fold: Folded, step: str, facts: Mapping[str, Value]) -> None:
    """An entry of the house in another file, after what time owes that file, and with what follows from it."""
    trial = fold.case.copy()
    for act in changes.owed(fold, trial):
        changes.add(fold.file, act)
    _add(changes, fold.file, trial, step, facts)
    for act in trial.following(at=changes.now, noted=changes.now):
        trial.apply(act)
        changes.add(fold.file, act)
    if not trial.ended:
        open_children(changes, fold.file, trial, children_to_open(trial), site=site_of(fold))


def _add(changes: Changes, file: str, case: CaseFile, step: str, facts: Mapping[str, Value]) -> None:
    """An entry of the house at the end of a file, applied to `case`, a copy of its fold."""
    act = Act(number=case.number + 1, step=step, at=changes.now, noted=changes.now, facts=facts)
    case.apply(act)
    changes.add(file, act)


def site_of(fold: Folded) -> str | None:
    """The site whose calendar a file is counted by, and the files that it opens with it."""
    return fold.own.get("site")


def empty_file(changes: Changes, procedure: Procedure, *, site: str | None) -> CaseFile:
    """What a file would be before its first act, for deciding upon it."""
    calendar = changes.directory.calendar_at(site)
    assert calendar is not None, "every organisation is founded with a calendar"
    found = calendar_by_digest(changes.organisation, calendar.digest, site or "")
    return new_file(organisation=changes.organisation, procedure=procedure, calendar=found, site=site or "")

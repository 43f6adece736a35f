"""`perform`: the one way in. Idempotency, claims, sight, the clock, the rules, the ledger and the rows: one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import OperationalError, connection, transaction

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Barred, ChildToOpen, children_to_open, decide_in_place
from kesu.casework.file.case_file import CaseFile
from kesu.casework.file.edition_move import MOVING
from kesu.ledger.append import Conflict
from kesu.ledger.oneway import writing
from kesu.ledger.read import answered
from kesu.people.directory import Directory, directory_of
from kesu.procedure.history.act import Act
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ENDING_ALWAYS
from kesu.reading.text import Text

from ..folded.books import procedure_by_digest
from ..folded.fold import Folded, NoSuchFile
from ..rows.used_once import UsedElsewhere, tell_what_others_use
from ..sight.lines import line_of
from ..sight.reader import Reader
from ..sight.seeing import sees, stays_out
from .answers import Busy, Changed, Done, KeyTaken, NotYours, Refused, digest, refused
from .barred import note_barred, note_unseen
from .changed_meanwhile import touched
from .changes import Changes
from .claims import Claim, checked
from .edition_move import movers, with_edition
from .figures import enter_figures
from .linked_files import (
    CannotLink,
    empty_file,
    first_step,
    open_children,
    open_file,
    site_of,
    tell_joined,
    tell_parent,
)
from .seal_at_end import seal_when_committed
from .subjects import item_act, key_of
from .watch_counts import count

ATTEMPTS = 4  # the first, and three more when somebody else was quicker

Answer = Done | Refused | Changed


@dataclass(frozen=True, slots=True)
class Order:
    """A command with everything that came with it."""

    command: Command
    person: str
    now: datetime
    key: str
    digest: str
    file: str | None
    procedure: str | None
    seen: int | None


def perform(
    command: Command,
    *,
    organisation: str,
    person: str,
    now: datetime,
    key: str,
    file: str | None = None,
    procedure: str | None = None,
    seen: int | None = None,
) -> Answer:
    """Does what `person` asks at `now`: takes a step in `file`, or opens a new file under `procedure`.

    `key` is the idempotency key: the same command with the same key is done once and answered alike. `seen` is the
    last entry that the person saw; when later ones touch what the rules of the command read, the answer is `Changed`.
    Raises NotYours, KeyTaken, Busy, and what the ledger raises for values that cannot be written.
    """
    order = Order(
        command, person, now, key, digest(command, file=file, procedure=procedure), file, procedure, seen
    )
    conflict: Conflict | None = None
    for _ in range(ATTEMPTS):
        try:
            with writing(), transaction.atomic():
                return _attempt(order, directory_of(organisation))
        except Conflict as lost:
            conflict = lost
        except NotYours:
            with writing(), transaction.atomic():
                note_unseen(**_who(order, organisation), file=str(order.file))
            raise
        except OperationalError as error:
            if not deadlocked(error):
                raise
    if isinstance(conflict, UsedElsewhere):
        return refused(
            file,
            zh="这里用到的一个号在本单位只能用一次，别的案卷已经用了；请换一个，或先在那件案卷里更正",
            en="a value used here is used once in the whole organisation, and another file has it; use another one, or correct it there first",
        )
    raise Busy("others kept writing to this file; nothing was written, please try again")


def deadlocked(error: OperationalError) -> bool:
    """Whether PostgreSQL gave this transaction up in favour of another (40P01) or could not serialise it (40001)."""
    return connection.vendor == "postgresql" and getattr(error.__cause__, "sqlstate", None) in (
        "40P01",
        "40001",
    )


def _attempt(order: Order, directory: Directory) -> Answer:
    organisation = directory.organisation.organisation
    earlier = answered(organisation, order.person, order.key)
    if earlier is not None:
        if earlier.command != order.digest:
            raise KeyTaken("this key has answered another command; send the new command with a new key")
        return Done(earlier.file, earlier.number, _label(earlier.file, organisation), again=True)
    changes = Changes(directory, order.now)
    answer = _arrive(order, changes) if order.file is None else _proceed(order, order.file, changes)
    if not isinstance(answer, Done):
        changes.give_back()
    if isinstance(answer, Refused):
        # it leaves nothing in the file; that it was sent goes into the access log
        note_barred(answer, **_who(order, organisation), file=order.file)
    return answer


def _label(file: str, organisation: str) -> str:
    from ..models import CaseRow

    return (
        CaseRow.objects.filter(organisation=organisation, file=file).values_list("label", flat=True).first()
        or ""
    )


# -- a new file ------------------------------------------------------------------------------------------------------


def _arrive(order: Order, changes: Changes) -> Answer:
    edition = changes.directory.edition_at(order.procedure or "", order.command.at or order.now)
    if edition is None:
        return refused(
            None,
            zh=f"程序“{order.procedure}”没有生效的版本",
            en=f"no edition of “{order.procedure}” is in force",
        )
    procedure = procedure_by_digest(changes.organisation, edition.digest)
    claim = checked(
        order.command,
        person=order.person,
        directory=changes.directory,
        procedure=procedure,
        fold=None,
        now=order.now,
    )
    if isinstance(claim, Text):
        return Refused(None, problems=(claim,))
    if order.command.step != first_step(procedure):
        return refused(None, zh="新案卷要从收到开始", en=f"a new file begins with “{first_step(procedure)}”")
    site = changes.directory.site_of(claim.unit or next(iter(claim.command.units), None), order.now)
    case = empty_file(changes, procedure, site=site)
    tell_what_others_use(case, claim.command, organisation=changes.organisation, file=None, now=order.now)
    decided = decide_in_place(case, claim.command, now=order.now)
    if isinstance(decided, Barred):
        return Refused(None, decided.findings, decided.problems, procedure)
    later = list(decided.acts[1:])
    if (key := key_of(decided.act.facts.get(FACT.ITEM))) is not None:
        after = decided.after
        noted = item_act(
            after, key, organisation=changes.organisation, number=after.number + 1, now=order.now
        )
        later += _and_what_follows(after, noted, order.now)
    file = open_file(
        changes, procedure, edition.digest, decided.act, site=site, by=order.person, key=order.key,
        command=order.digest, standing=claim.source, then=later,
    )  # fmt: skip
    open_children(changes, file, decided.after, children_to_open(decided.after), site=site)
    count(changes)
    changes.write()
    first = changes.stored[file][0]
    return Done(file, 1, str(first.facts["label"]), decided.findings)


# -- a step in a file ------------------------------------------------------------------------------------------------


def _proceed(order: Order, file: str, changes: Changes) -> Answer:
    try:
        fold = changes.take(file)
    except NoSuchFile:
        raise NotYours(file) from None
    directory, now = changes.directory, changes.now
    reader = Reader(order.person, directory, now)
    if not (sees(fold, reader) or _moves(order, fold, directory)):
        raise NotYours(file)
    claim = checked(
        order.command, person=order.person, directory=directory, procedure=fold.procedure, fold=fold, now=now
    )
    if isinstance(claim, Text):
        return Refused(file, problems=(claim,), procedure=fold.procedure)
    command = with_edition(claim.command, fold=fold, directory=directory, now=now)
    if isinstance(command, Text):
        return Refused(file, problems=(command,), procedure=fold.procedure)
    claim = replace(claim, command=command)
    if order.seen is not None and (later := touched(fold, claim.command, order.seen)):
        return Changed(file, order.seen, tuple(line_of(fold, directory, act) for act in later))
    return _decided(order, fold, claim, changes)


def _moves(order: Order, fold: Folded, directory: Directory) -> bool:
    """The owner of procedures moves a file to another edition without having to see what is in it."""
    owner = order.command.step == MOVING and bool(movers(order.person, directory, order.now))
    return owner and not stays_out(fold, Reader(order.person, directory, order.now))


def _decided(order: Order, fold: Folded, claim: Claim, changes: Changes) -> Answer:
    file, now = fold.file, changes.now
    trial = fold.case.copy()
    known = _known_before(fold, trial, claim.command, changes)
    tell_what_others_use(trial, claim.command, organisation=changes.organisation, file=file, now=now)
    decided = decide_in_place(trial, claim.command, now=now)
    if isinstance(decided, Barred):
        return Refused(file, decided.findings, decided.problems, fold.procedure)
    for act in known:
        changes.add(file, act)
    for act in decided.acts:
        if act is decided.act:
            own = {"standing": claim.source} if claim.source else {}
            changes.add(file, act, by=order.person, key=order.key, command=order.digest, also=own)
        else:
            changes.add(file, act)
    enter_figures(changes, file, decided.after, decided.act)
    try:
        open_children(
            changes,
            file,
            decided.after,
            decided.children,
            site=site_of(fold),
            needed=_newly_called(fold, decided),
        )
        _tell(changes, fold, decided, order.person)
    except CannotLink as unable:
        return Refused(file, problems=(unable.text,), procedure=fold.procedure)
    count(changes)
    changes.write()
    if decided.after.ended and decided.act.step in (*fold.procedure.ends, *ENDING_ALWAYS):
        seal_when_committed(changes.organisation, changes.now)
    return Done(file, decided.act.number, str(fold.own.get("label", "")), decided.findings)


def _newly_called(fold: Folded, decided: Accepted) -> list[ChildToOpen]:
    """The linked files that this very act calls for; what was called for before does not stand in its way."""
    if not decided.children:
        return []
    before = {(one.rule, one.entry) for one in children_to_open(fold.case)}
    people = {act.number for act in decided.after.history.acts if act.by is not None}
    return [one for one in decided.children if one.entry in people and (one.rule, one.entry) not in before]


def _known_before(fold: Folded, trial: CaseFile, command: Command, changes: Changes) -> list[Act]:
    """What the clock owes and the register knows of an item that the command names, before the command is judged."""
    acts = changes.owed(fold, trial)
    key = key_of(command.facts.get(FACT.ITEM))
    if key is None:
        return acts
    noted = item_act(trial, key, organisation=changes.organisation, number=trial.number + 1, now=changes.now)
    return acts + _and_what_follows(trial, noted, changes.now)


def _and_what_follows(case: CaseFile, act: Act | None, now: datetime) -> list[Act]:
    """An act of the house with what the rules record because of it; all are applied to `case`."""
    if act is None:
        return []
    case.apply(act)
    acts = [act]
    for one in case.following(at=now, noted=now):
        case.apply(one)
        acts.append(one)
    return acts


def _tell(changes: Changes, fold: Folded, decided: Accepted, person: str) -> None:
    """A parent hears of the end and of the reopening of a linked file; a file that others join hears of that."""
    step, parent = decided.act.step, fold.own.get("parent")
    ended = decided.after.ended
    if parent and ended is not fold.case.ended:
        tell_parent(changes, fold.file, parent, procedure=fold.procedure.id, step=step, ended=ended)
    if step == STEP.JOINED:
        tell_joined(
            changes,
            fold,
            decided.act,
            lambda other: sees(other, Reader(person, changes.directory, changes.now)),
        )


def _who(order: Order, organisation: str) -> dict[str, Any]:
    """What the access log holds of a command: who wanted which step, in which post, and when."""
    command = order.command
    return {
        "organisation": organisation,
        "person": order.person,
        "post": command.post,
        "step": command.step,
        "when": order.now,
    }

"""`perform`: the one way in. A command becomes entries and rows in one transaction, or nothing remains of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from django.db import OperationalError, connection, transaction

from kesu.casework.deciding.command import Command
from kesu.ledger.append import Conflict
from kesu.ledger.clock_watch import require_clock
from kesu.ledger.oneway import writing
from kesu.names import FileName, PersonId
from kesu.procedure.words import spoken

from ..folded.books import words_of_the_house
from ..rows.used_once import UsedElsewhere
from . import stages
from .answers import Answer, Busy, NotYours, Refused, digest, refused
from .barred import note_barred, note_unseen
from .changes import Changes
from .first_look import FirstLook, first_look
from .order import Attempt, Order

ATTEMPTS: Final = 4  # the first, and three more when somebody else was quicker

Stage = Callable[[Attempt], Answer | None]

OF_THE_FILE: Final[tuple[Stage, ...]] = (stages.the_key, stages.the_file, stages.sight)
OF_EACH_COMMAND: Final[tuple[Stage, ...]] = (
    stages.claims,
    stages.the_edition,
    stages.changed_meanwhile,
    stages.what_is_owed,
    stages.used_elsewhere,
    stages.decide,
    stages.collect,
    stages.figures,
    stages.linked_files,
)
OF_WRITING: Final[tuple[Stage, ...]] = (stages.counts, stages.write, stages.seal)

STAGES: Final[tuple[Stage, ...]] = (*OF_THE_FILE, *OF_EACH_COMMAND, *OF_WRITING)


def perform(
    command: Command,
    *,
    organisation: str,
    person: str,
    now: datetime,
    key: str,
    file: str | None = None,
    procedure: str | None = None,
    seen_up_to: int | None = None,
    then: Command | None = None,
) -> Answer:
    """Does what `person` asks at `now` (aware): takes a step in `file`, or opens a new file under `procedure`.

    `key` is the idempotency key: the same command with the same key is done once and answered alike. `seen_up_to` is the
    last entry that the person saw; when later ones touch what the rules of the command read, the answer is `Changed`.
    `then` is the step that completes an arrival, in the file that `command` opens: one act under one key, so that both
    stand in the ledger or neither.

    The stages (`STAGES`) come in this order, all in one transaction. Any of them may end the attempt with an answer, and
    then nothing is written but a line in the list of barred commands:

    - of the file: the key; the file; sight;
    - of each command: claims; the edition; changed meanwhile; what is owed; used elsewhere; decide; collect; figures;
      linked files;
    - of writing: counts; write; seal.

    Locks are taken in the last three only: keys of watches, by number (counts); files, by name; values used once, by
    digest; number series, by prefix (write). Whoever comes second at one of them loses (`Conflict`): his transaction is
    rolled back and the whole is done anew, up to `ATTEMPTS` times.

    Raises NotYours (no such file, or not one that he may see), KeyTaken, Busy (others kept writing), NoSuchOrganisation,
    and from the ledger ClockInDoubt before anything is looked at, NotCanonical (values that cannot be written), HappensLater and
    ClockWentBack.
    """
    require_clock()
    asked = (one for one in (command, then) if one is not None)
    commands = tuple(replace(one, at=_in_utc(one.at)) if one.at else one for one in asked)
    order = Order(
        commands,
        PersonId(person),
        _in_utc(now),
        key,
        digest(command, then, file=file, procedure=procedure),
        FileName(file) if file is not None else None,
        procedure,
        seen_up_to,
    )
    return _attempts(order, organisation)


def _attempts(order: Order, organisation: str) -> Answer:
    """The answer of the first attempt in which nobody else was quicker."""
    conflict: Conflict | None = None
    for _ in range(ATTEMPTS):
        try:
            with writing(), transaction.atomic():
                return _attempt(order, organisation)
        except Conflict as lost:
            conflict = lost
        except NotYours:
            with writing(), transaction.atomic():
                note_unseen(**_who(order, order.commands[0], organisation), file=str(order.file))
            raise
        except OperationalError as error:
            if not deadlocked(error):
                raise
    if isinstance(conflict, UsedElsewhere):
        return refused(
            order.file,
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


def _attempt(order: Order, organisation: str) -> Answer:
    look = first_look(organisation, person=order.person, key=order.key, file=order.file)
    with spoken(words_of_the_house(look.directory)):
        return _of_look(order, look, organisation)


def _of_look(order: Order, look: FirstLook, organisation: str) -> Answer:
    attempt = Attempt(order, look, Changes(look.directory, order.now), order.commands[0])
    answer = _through(OF_THE_FILE, attempt)
    for command in order.commands if answer is None else ():
        attempt.command = command
        answer = _through(OF_EACH_COMMAND, attempt)
        if answer is not None:
            break
    answer = answer or _through(OF_WRITING, attempt)
    if answer is None:
        return stages.done(attempt)
    attempt.changes.give_back()
    if isinstance(answer, Refused):
        # it leaves nothing in the file; that it was sent goes into the access log
        note_barred(answer, **_who(order, attempt.command, organisation), file=order.file)
    return answer


def _through(listed: tuple[Stage, ...], attempt: Attempt) -> Answer | None:
    """The answer of the first stage that gives one."""
    return next((answer for stage in listed if (answer := stage(attempt)) is not None), None)


def _in_utc(moment: datetime) -> datetime:
    """As the ledger writes it; what has no time zone is left for others to refuse."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC)


def _who(order: Order, command: Command, organisation: str) -> dict[str, Any]:
    """What the access log holds of a command: who wanted which step, in which post, and when."""
    return {
        "organisation": organisation,
        "person": order.person,
        "post": command.post,
        "step": command.step,
        "when": order.now,
    }

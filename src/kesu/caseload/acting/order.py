"""What somebody asks of `perform`, and what one attempt at it knows so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted
from kesu.casework.file.case_file import CaseFile
from kesu.names import FileName, PersonId
from kesu.procedure.history.act import Value
from kesu.procedure.history.verdict import Finding
from kesu.procedure.written.model import Procedure

from ..folded.fold import Folded
from ..sight.reader import Reader
from .changes import Changes, Sender
from .first_look import FirstLook
from .new_file import NewFile


@dataclass(frozen=True, slots=True)
class Order:
    """The commands that are one act, with everything that came with them.

    - `commands`: one, or at an arrival several, each in the file as those before it leave it; all are done or none.
    - `person`: who sends them in, at `now` (aware).
    - `key`: the idempotency key of all of them together, `digest` (hexadecimal) what it stands for.
    - `file`: the file in which the step is taken; None opens a new one under `procedure`.
    - `seen_up_to`: the number of the last entry that the person saw; None when he looked at nothing.
    """

    commands: Sequence[Command]
    person: PersonId
    now: datetime
    key: str
    digest: str
    file: FileName | None
    procedure: str | None
    seen_up_to: int | None


@dataclass
class Attempt:
    """One try at an order, in one transaction: what its stages have found out and decided so far.

    - `order`, `look`, `changes`: what is asked, what was read at first, and what is going to be written.
    - `command`: the command at hand, as far as it has been checked; `source`: the register entry, as “file#number”, that
      its post follows from.
    - `fold`: the file as it is; None for one that is opened, and that is `new`: what it is before its first act.
    - `file`: its name; None until a new file is opened.
    - `case`: the file as it will be, with everything decided so far; None until a stage has made it.
    - `decided`: what became of the command at hand; `findings`: what the rules say of all commands so far.
    - `called`: the linked files, as (rule, entry), that a new file calls for since its last command.
    """

    order: Order
    look: FirstLook
    changes: Changes
    command: Command
    source: str = ""
    fold: Folded | None = None
    new: NewFile | None = None
    file: FileName | None = None
    case: CaseFile | None = None
    decided: Accepted | None = None
    findings: list[Finding] = field(default_factory=list)
    called: frozenset[tuple[str, int]] = frozenset()

    @property
    def reader(self) -> Reader:
        """The person who asks, for what he may see."""
        return Reader(self.order.person, self.changes.directory, self.changes.now)

    @property
    def procedure(self) -> Procedure:
        """The edition that the file is judged by."""
        if self.fold is not None:
            return self.fold.procedure
        assert self.new is not None, "the stage of the file comes first"
        return self.new.procedure

    @property
    def trial(self) -> CaseFile:
        """The file as it will be."""
        assert self.case is not None, "claims and what is owed come first"
        return self.case

    @property
    def accepted(self) -> Accepted:
        """What was decided on the command at hand."""
        assert self.decided is not None, "deciding comes first"
        return self.decided

    @property
    def the_file(self) -> FileName:
        """The name of the file, once it has one."""
        assert self.file is not None, "collecting comes first"
        return self.file

    @property
    def aside(self) -> Mapping[str, Value]:
        """The facts of the file itself that the entry carries beside those of the command."""
        if self.file is None and self.new is not None:
            return self.new.facts()
        return {"standing": self.source} if self.source else {}

    def sender(self) -> Sender:
        """Who sends in the command at hand. The first bears the key, which answers for all of them."""
        if self.fold is not None or self.file is None:
            return Sender(self.order.person, self.order.key, self.order.digest)
        return Sender(self.order.person)

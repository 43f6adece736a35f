"""The acts that are performed: whole lives of `lab-pd-007` cases, as the demo performs them, over and over in new files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

from kesu.caseload.acting.answers import Done, NotYours
from kesu.caseload.acting.perform import perform
from kesu.caseload.models import CaseRow
from kesu.casework.deciding.command import Command
from kesu.demo import stories, story

_keys = count(1)


@dataclass(frozen=True, slots=True)
class Said:
    """One command of the demo; `case` is the file it belongs to there, `opens` whether it made that file."""

    command: Command
    case: str
    opens: bool
    more: dict[str, Any]


@dataclass
class Recording:
    """The commands in the order of their time, and of the files that others opened: whose child, of which kind."""

    said: list[Said] = field(default_factory=list)
    parents: dict[str, tuple[str, str]] = field(default_factory=dict)

    def root(self, case: str) -> str:
        """The file that was not opened by another one."""
        while case in self.parents:
            case = self.parents[case][0]
        return case


def recorded() -> Recording:
    """Makes the demo and listens. Its organisations stay: the acts are performed in them again."""
    made = Recording()

    def listening(command: Command, *, file: str | None = None, key: str, **more: Any) -> Any:
        answer = perform(command, file=file, key=key, **more)
        if isinstance(answer, Done):
            made.said.append(Said(command, answer.file, file is None, more))
        return answer

    with patch.object(story, "perform", listening):
        stories.load_demo(now=datetime.now(UTC))
    rows = CaseRow.objects.exclude(parent="").values_list("file", "parent", "procedure")
    made.parents = {file: (parent, procedure) for file, parent, procedure in rows}
    own = set(CaseRow.objects.filter(procedure=MEASURED, parent="").values_list("file", flat=True))
    made.said = [said for said in made.said if made.root(said.case) in own]
    return made


@contextmanager
def over_again() -> Iterator[None]:
    """The ledger lets times begin anew with each round: it looks at the clock as ever, and tolerates ten years."""
    years = timedelta(days=3653)
    with patch("kesu.ledger.append.TOLERANCE", years):  # the seal goes by it as well
        yield


MEASURED = "lab-pd-007"  # its cases stand alone; those that a watch counts would meet their own earlier round in its file


def tried(command: Command, more: dict[str, Any]) -> Any:
    """What `perform` answers; None where the file is hidden from who acts."""
    try:
        return perform(command, **more)
    except NotYours:
        return None


class Again:
    """One more time through the recording, in files of its own."""

    def __init__(self, recording: Recording, without: frozenset[str] = frozenset()) -> None:
        self.recording, self.without = recording, without
        self.files: dict[str, str] = {}
        self.refused: set[str] = set()

    def __iter__(self) -> Iterator[tuple[Said, dict[str, Any]]]:
        """What to hand to `perform`; whoever takes it has to say what became of it (`done`)."""
        for said in self.recording.said:
            if self.recording.root(said.case) not in self.without:
                yield said, {**said.more, "key": f"bench/{next(_keys)}", "file": self._file(said)}

    def done(self, said: Said, answer: Any) -> None:
        """Remembers the file; a case in which something is refused is not performed in the rounds that count."""
        if not isinstance(answer, Done):
            self.refused.add(self.recording.root(said.case))
        elif said.opens:
            self.files[said.case] = answer.file

    def _file(self, said: Said) -> str | None:
        if said.opens:
            return None
        if said.case not in self.files and said.case in self.recording.parents:
            parent, procedure = self.recording.parents[said.case]
            found = CaseRow.objects.filter(parent=self.files.get(parent), procedure=procedure)
            self.files[said.case] = found.values_list("file", flat=True).first() or "none"
        return self.files.get(said.case, "none")

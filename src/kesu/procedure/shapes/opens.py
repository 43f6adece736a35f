"""A step that opens a linked file of another procedure, and the end that waits for it (semantics 4.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from kesu.names import StepName
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import fault
from kesu.reading.text import Text

from ..history.act import Act, Value
from ..history.of_a_file import History
from ..history.verdict import KEPT, Lack, Outcome, Reason, What, broken, cannot_tell
from ..words.names import FACT, STEP
from .abilities import OpensFiles
from .carried import Carried, carried_facts, read_carried
from .shape import END, Each, Shape, Spoken, Vocabulary
from .slots import Linked, Slots, Steps

HOLDS = ("until closed", "until opened", "no")
OPENED = (STEP.LINKED, STEP.LINK_REOPENED)


class Why(Reason):
    """Why it is not kept."""

    NOT_OPENED = "not opened"
    STILL_OPEN = "still open"
    NOT_DONE = "not done"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Opens(Shape, OpensFiles):
    """`opens: procedure, at: steps, holds: until closed | until opened | no, before: steps, each: yes, with: {fact there: fact here}`.

    Steps that are named `before` wait as the end does: what the linked file is to bring out comes first.
    """

    sign: ClassVar[str] = "opens"
    keys: ClassVar[frozenset[str]] = frozenset({"opens", "at", "holds", "before", "each", "with"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)
    by_acts: ClassVar[bool] = True
    fits_endless: ClassVar[bool] = True
    in_findings: ClassVar[bool] = False
    does: ClassVar[Text] = Text("要开立", "opens")

    procedure: str
    steps: tuple[StepName, ...]
    holds: str = "until closed"
    each: bool = False
    given: tuple[Carried, ...] = ()
    before: tuple[StepName, ...] = ()

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Opens:
        holds = keys.maybe("holds")
        before = vocabulary.steps_of(keys, "before") if "before" in keys else ()
        if before and holds is not None and holds != "until closed":
            raise fault(
                holds,
                en="what waits for the end of the linked file (“before”) goes with “holds: until closed”",
                zh="“before”列的步骤要等关联案卷办结，只能与“holds: until closed”一起写",
            )
        return cls(
            str(keys.text("opens")),
            vocabulary.steps_of(keys, "at"),
            known_word(holds, HOLDS, what="“holds”") if holds is not None else "until closed",
            keys.flag("each"),
            read_carried(keys, vocabulary),
            before,
        )

    def asked(self) -> tuple[str, ...]:
        return () if self.holds == "no" else (*self.before, END)

    def silent(self, history: History) -> bool:
        return not any(history.done(step) for step in self.steps)

    def acts(self, history: History) -> list[Act]:
        """The standing acts of its steps that count, in order."""
        found = [act for step in self.steps for act in history.all(step) if history.done(step)]
        return sorted(
            (act for act in found if act.number not in history.suspended), key=lambda act: act.number
        )

    def one_by_one(self, history: History) -> list[Act] | None:
        return self.acts(history) if self.each else None

    def facts(self, history: History, act: Act) -> dict[str, Value]:
        """What the first act of the file carries that `act` opens."""
        return carried_facts(self.given, history, act)

    def lacks(self, history: History, act: Act) -> bool:
        """Whether no file was opened for this act (without `each`: for any), and nobody said why not."""
        if any(self._counts(history, link, act) for link in self._links(history)):
            return False
        waived = history.left_out(self.procedure)
        return not any(one.number > act.number for one in waived) if self.each else not waived

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        lacks = (Lack(What.FILE, self.procedure),)
        if not history.shown.step(STEP.LINKED):
            return cannot_tell(Why.NOT_SHOWN, lacks=lacks)
        acts = self.acts(history)
        if each is not None:
            acts = [one for one in acts if str(one.number) in each.things]
        mine = [link for link in self._links(history) if any(self._for(link, one) for one in acts)]
        if not mine or any(not any(self._for(link, one) for link in mine) for one in acts):
            return broken(Why.NOT_OPENED, lacks=lacks)
        undone = tuple(self._undone(history, acts, mine))
        if undone:
            return broken(Why.NOT_DONE, lacks=lacks, files=undone)
        running = tuple(self._running(history, mine))
        if self.holds == "until closed" and running:
            return broken(Why.STILL_OPEN, lacks=lacks, files=running)
        return KEPT

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, *self.before, *OPENED, STEP.LINK_ENDED)), self.reads())

    def chief_step(self) -> str:
        return self.steps[0]

    def wording(self) -> str:
        holding = "before" if self.before else "rule" if self.holds == "until closed" else self.holds
        return f"each {holding}" if self.each else holding

    def slots(self) -> Slots:
        return {"steps": Steps(self.steps), "procedure": Linked(self.procedure), "before": Steps(self.before)}

    def _links(self, history: History) -> Iterator[Act]:
        return (
            link
            for step in OPENED
            for link in history.all(step)
            if link.facts.get(FACT.KIND) == self.procedure
        )

    def _for(self, link: Act, act: Act) -> bool:
        """Whether a file was opened for this act; one whose entry was not noted stands for all acts before it."""
        entry = link.facts.get(FACT.ENTRY)
        return not self.each or (str(entry) == str(act.number) if entry else link.number > act.number)

    def _counts(self, history: History, link: Act, act: Act) -> bool:
        """Whether the file was opened for this act, and had not ended undone by the time that it was taken."""
        return self._for(link, act) and not 0 < self._undone_at(history, link) < act.number

    def _undone(self, history: History, acts: list[Act], links: list[Act]) -> Iterator[str]:
        """The files that ended without having been done, for acts that no later act has made good (semantics 4.7)."""
        good = [link for link in links if not self._undone_at(history, link)]
        for act in acts:
            mine = [link for link in links if self._for(link, act)]
            later = any(self._for(link, one) for link in good for one in acts if one.number >= act.number)
            if mine and not later:
                yield from dict.fromkeys(str(link.facts.get(FACT.LINKED_FILE)) for link in mine)

    def _undone_at(self, history: History, link: Act) -> int:
        """By which entry its file ended by being voided, joined, withdrawn and the like; 0 where it did not."""
        ends = (
            end
            for end in history.all(STEP.LINK_ENDED)
            if end.number > link.number
            and end.facts.get(FACT.LINKED_FILE) == link.facts.get(FACT.LINKED_FILE)
        )
        last = max(ends, key=lambda end: end.number, default=None)
        return last.number if last is not None and last.facts.get(FACT.OUTCOME) in history.undone else 0

    def _running(self, history: History, links: list[Act]) -> Iterator[str]:
        ended = {link.facts.get(FACT.LINKED_FILE): link.number for link in history.all(STEP.LINK_ENDED)}
        last = {str(link.facts.get(FACT.LINKED_FILE)): link.number for link in links}
        return (file for file, number in last.items() if ended.get(file, 0) < number)

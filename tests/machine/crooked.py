"""Moves of the machine that go round something: a fact of another step, a figure left out or below nothing, one person in two
posts, a linked file that came to no good end. Each takes a line of the story and bends one thing in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from tests.machine.places import Place

from kesu.casework.deciding.admissible import ARRIVAL
from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Barred, decide
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act

HAPPENED: Final[Counter[str]] = Counter()
NEVER_BELOW_NOTHING: Final = ("money", "quantity")


class Crooked(RuleBasedStateMachine):
    """The moves; the machine that has them says how a command is made of a line and tried."""

    place: Place
    file: CaseFile
    now: datetime
    story: tuple[Act, ...]
    line: int

    def _command(self, line: Act, facts: dict[str, Any] | None = None) -> Command:
        raise NotImplementedError

    def _try(self, command: Command) -> None:
        raise NotImplementedError

    def _by_the_house(self, line: Act) -> None:
        raise NotImplementedError

    @rule(data=st.data())
    def a_fact_of_another_step_comes_along(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.story[: self.line + 2]))
        foreign = self.place.procedure.foreign.get(line.step, frozenset())
        told = {word: value for other in self.story for word, value in other.facts.items() if word in foreign}
        if line.by is not None and told:
            word = data.draw(st.sampled_from(sorted(told)))
            command = self._command(line, {**line.facts, word: told[word]})
            answer = decide(self.file, command, now=self.now)
            assert isinstance(answer, Barred), (line.step, word)
            assert answer.problems or answer.findings
            HAPPENED["foreign fact"] += 1

    @rule(data=st.data(), left_out=st.booleans())
    def a_figure_is_left_out_or_below_nothing(self, data: st.DataObject, left_out: bool) -> None:
        figures = [
            (line, word) for line in self.story[: self.line + 3] for word in _figures(line, self.place)
        ]
        if not figures:
            return
        line, word = data.draw(st.sampled_from(figures))
        if left_out:
            self._try(
                self._command(line, {name: value for name, value in line.facts.items() if name != word})
            )
            HAPPENED["no figure"] += 1
        else:
            below = self._command(line, {**line.facts, word: "-2"})
            assert line.step in ARRIVAL or isinstance(decide(self.file, below, now=self.now), Barred)
            HAPPENED["negative figure"] += 1

    @rule(data=st.data())
    def one_person_acts_in_two_posts(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.story[: self.line + 2]))
        before = [act.by for act in self.file.history.acts if act.by is not None]
        if line.by is not None and before:
            self._try(replace(self._command(line), by=data.draw(st.sampled_from(before))))

    @rule(outcome=st.sampled_from(["voided", "joined", "withdrawn"]))
    def a_linked_file_comes_to_no_good_end(self, outcome: str) -> None:
        ended = {act.facts.get("linked file") for act in self.file.history.all("link ended")}
        running = [
            act for act in self.file.history.all("linked") if act.facts.get("linked file") not in ended
        ]
        if running:
            facts = {"linked file": running[0].facts["linked file"], "outcome": outcome}
            self._by_the_house(Act(number=0, step="link ended", at=self.now, noted=self.now, facts=facts))
            HAPPENED["voided child"] += 1


def _figures(line: Act, place: Place) -> Iterator[str]:
    """The figures that somebody typed in a line, which cannot be below nothing."""
    known = place.procedure.words.facts
    if line.by is not None:
        yield from (word for word in sorted(line.facts) if known[word].kind.name in NEVER_BELOW_NOTHING)

"""A step that opens a linked file of another procedure, and the end that waits for it (semantics 4.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ..history import Act, History
from ..keys import Keys, known
from ..verdict import KEPT, Outcome, broken, cannot_tell
from .shape import END, Each, Shape, Vocabulary

HOLDS = ("until closed", "until opened", "no")


@dataclass(frozen=True)
class Opens(Shape):
    """`opens: procedure, at: steps, holds: until closed | until opened | no`."""

    sign: ClassVar[str] = "opens"
    keys: ClassVar[frozenset[str]] = frozenset({"opens", "at", "holds"})

    procedure: str
    steps: tuple[str, ...]
    holds: str = "until closed"

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Opens:
        holds = keys.maybe("holds")
        return cls(
            str(keys.text("opens")),
            vocabulary.steps_of(keys, "at"),
            known(holds, HOLDS, what="“holds”") if holds is not None else "until closed",
        )

    def asked(self) -> tuple[str, ...]:
        return () if self.holds == "no" else (END,)

    def silent(self, history: History) -> bool:
        return not any(history.done(step) for step in self.steps)

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if not history.shown.step("linked"):
            return cannot_tell(
                "not shown", missing=(self.procedure,), procedure=("procedure", self.procedure)
            )
        opened = {
            link.facts.get("linked file"): link.number
            for step in ("linked", "link reopened")
            for link in history.all(step)
            if link.facts.get("kind") == self.procedure
        }
        if not opened:
            return broken("not opened", missing=(self.procedure,), procedure=("procedure", self.procedure))
        ended = {link.facts.get("linked file"): link.number for link in history.all("link ended")}
        running = tuple(str(file) for file, number in opened.items() if ended.get(file, 0) < number)
        if self.holds == "until closed" and running:
            return broken(
                "still open",
                missing=(self.procedure,),
                files=("plain", "、".join(running)),
                procedure=("procedure", self.procedure),
            )
        return KEPT

    def slots(self) -> Mapping[str, object]:
        return {
            "sentence": ("choice", "rule" if self.holds == "until closed" else self.holds),
            "steps": ("steps", self.steps),
            "procedure": ("procedure", self.procedure),
        }

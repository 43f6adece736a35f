"""Whom a rule lets take a step, as far as the file tells: one answer for everybody, instead of a question for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .act import Act
from .of_a_file import History


@dataclass(frozen=True, slots=True)
class Circle:
    """The persons whom a rule lets take a step, before anything is filled in; each field narrows it further.

    `posts`: only in one of these, or in the last resort of one where the file names somebody who has to stay out.
    `persons`: only these. `barred`: not these, for what they did in the file. `about`: nor these, whom the matter is
    about (from them the whole file is hidden). `units`: nor anybody of these. `parts`, at a joint act: in which posts
    each person who gave a part of it already may give that same part again, for he gives no other.
    `posts`, `persons` and `parts` narrow nothing where they are None; empty `posts` let nobody.

    `settled` is False where what the form is going to say, or what is not on record yet, may narrow it still.
    """

    posts: tuple[str, ...] | None = None
    persons: frozenset[str] | None = None
    barred: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    parts: Mapping[str, frozenset[str]] | None = None
    settled: bool = True

    def admits(self, history: History, act: Act) -> bool:
        """Whether whoever takes the act is one of them, in the post in which he takes it."""
        return (
            self._in_post(history, act)
            and (self.persons is None or act.by in self.persons)
            and act.by not in self.barred
            and act.by not in self.about
            and self.units.isdisjoint(act.units)
        )

    def _in_post(self, history: History, act: Act) -> bool:
        if self.posts is None:
            return True
        if self.parts is None:
            return history.acts_as(act, self.posts)
        seat = act.seat(self.posts)
        return seat is not None and seat in self.parts.get(act.by or "", {seat})


EVERYBODY: Final = Circle()
NOT_TOLD: Final = Circle(settled=False)  # everybody as yet

"""A step that several posts take together."""

from __future__ import annotations

from dataclasses import dataclass

from .act import Act, Value


@dataclass(frozen=True, slots=True)
class Joint:
    """A step that several posts take together, each by another person, on the same content (semantics 4.2).

    `parts`: for each part the posts of which any may give it.
    """

    parts: tuple[tuple[str, ...], ...]
    content: tuple[str, ...] = ()
    ordered: bool = False

    def complete(self, acts: list[Act]) -> bool:
        """Whether each part has been given, by distinct persons, since the content last changed."""
        return not self.lacking(acts)

    def lacking(self, acts: list[Act]) -> list[str]:
        """The posts that may give what has not been given yet on the content of the last act."""
        return [post for part in self._lacking(acts) for post in part]

    def turn(self, acts: list[Act]) -> list[str]:
        """The same posts; where the parts go in order, those of the next one."""
        return [post for part in self._lacking(acts)[: 1 if self.ordered else None] for post in part]

    def part(self, act: Act) -> tuple[str, ...] | None:
        """The part that an act gives, by its posts: by the post it was taken in, or the one whose last resort that is."""
        seat = act.seat(tuple(post for part in self.parts for post in part))
        return next((part for part in self.parts if seat in part), None)

    def _lacking(self, acts: list[Act]) -> list[tuple[str, ...]]:
        given = self._given(acts) if acts else {}
        return [part for part in self.parts if part not in given]

    def givers(self, acts: list[Act]) -> set[str]:
        """Who has given the step on the content of the last act, and so has no other part to give."""
        given = self._given(acts) if acts else {}
        return {person for person in given.values() if person is not None}

    def _given(self, acts: list[Act]) -> dict[tuple[str, ...], str | None]:
        """By part, who gave it on the content of the last act."""
        content = self._content(acts[-1])
        given: dict[tuple[str, ...], str | None] = {}
        for act in acts:
            part = self.part(act)
            if part is not None and self._content(act) == content and act.by not in given.values():
                given[part] = act.by
        return given

    def _content(self, act: Act) -> list[Value]:
        return [act.facts.get(word) for word in self.content]

"""Which files a post sees: without such a rule all of the procedure, with one only those where it holds (semantics 4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kesu.names import PostName
from kesu.reading.keys import Keys

from .abilities import ShowsFiles
from .shape import Spoken, Unjudged, Vocabulary
from .slots import AllPosts, Slots


@dataclass(frozen=True)
class See(Unjudged, ShowsFiles):
    """`see: [posts]`, with `when`. Nothing is judged: from whom a file is hidden, for him it does not exist."""

    sign: ClassVar[str] = "see"
    keys: ClassVar[frozenset[str]] = frozenset({"see"})
    bars: ClassVar[bool] = False
    in_findings: ClassVar[bool] = False

    posts: tuple[PostName, ...]

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> See:
        return cls(vocabulary.posts_of(keys, "see"))

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(), self.reads())

    def slots(self) -> Slots:
        return {"posts": AllPosts(self.posts)}

"""The places in which the machine works: a procedure with the stories of its examples, and who holds which post there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

from kesu.casework.examples.trying import exemplified
from kesu.procedure.history.act import Act
from kesu.procedure.words import Part
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure

TOLD = "examples.yaml"
IN_A_POST = ", as: "  # so a line of a story says in which post somebody acts
NOBODY_IN_PARTICULAR = ("tang", "wu")  # they hold no post of their own


@dataclass(frozen=True)
class Place:
    """A procedure with the settings of its examples, and its stories as acts."""

    procedure: Procedure
    stories: dict[str, tuple[Act, ...]]

    @cached_property
    def lines(self) -> tuple[Act, ...]:
        """Every line that a person takes in some story."""
        return tuple(line for story in self.stories.values() for line in story if line.by is not None)

    @cached_property
    def holders(self) -> dict[str, str]:
        """Who holds each post: whoever acts in it first in a story, else somebody of the post's own name."""
        taken: dict[str, str] = {}
        for line in self.lines:
            if line.post in self.procedure.posts and line.behalf is None:
                taken.setdefault(str(line.post), str(line.by))
        return {post: taken.get(post, f"holder of {post}") for post in self.procedure.posts}

    @cached_property
    def persons(self) -> tuple[str, ...]:
        """Everybody there is."""
        return tuple(dict.fromkeys((*self.holders.values(), *NOBODY_IN_PARTICULAR)))

    @cached_property
    def units(self) -> dict[str, tuple[str, ...]]:
        """The units that persons belong to in the stories."""
        return {str(line.by): line.units for line in self.lines if line.units}

    @cached_property
    def owner(self) -> tuple[str, str]:
        """The person, with the post, who does most in the stories: who names, mends and waives."""
        busiest, _ = Counter(line.post for line in self.lines if line.post).most_common(1)[0]
        return self.holders[str(busiest)], str(busiest)

    @cached_property
    def last_resort(self) -> tuple[str, str]:
        """The holder and the post of the last resort; where a procedure names none, its owner in his own post."""
        posts = self.procedure.posts.values()
        post = next((post.last_resort for post in posts if post.last_resort), None)
        return (self.holders[post], post) if post is not None else self.owner

    @cached_property
    def steps(self) -> list[str]:
        """Every step that a person may try, those of the house too, which have to be refused."""
        return [name for name, step in self.procedure.steps.items() if step.word.part is not Part.CLOCK]


def sizes() -> dict[str, int]:
    """How much each procedure of the library tells of itself, in characters; where nobody acts in a post is no place."""
    library = here()
    files = {name: library.find(name) / TOLD for name in library.names()}
    told = {name: path.read_text("utf-8") for name, path in files.items() if path.is_file()}
    return {name: len(text) for name, text in told.items() if IN_A_POST in text}


def histories(every: int) -> dict[str, int]:
    """So many histories in all, shared out by size among the procedures; three at least for each."""
    told = sizes()
    whole = sum(told.values())
    return {name: max(3, round(every * size / whole)) for name, size in told.items()}


@cache
def place(procedure: str) -> Place:
    """The place of a procedure, with every story of its examples that arrives from outside."""
    found, examples = exemplified(here(), procedure)
    return Place(found, {name: tuple(examples.story(name)) for name in examples.stories})

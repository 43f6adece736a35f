"""Abilities that bear on who takes a step: who stays out, who has to have done what, where the file goes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from kesu.names import FactName, PostName, RuleName, StepName

from ...history.of_a_file import History

EVERYBODY: Final = "everybody"  # instead of posts: whoever sees the file, save those who only read

EXTERNAL_PART: Final = "external part"


class KeepsPersonsApart(ABC):
    """Keeps persons out of `steps`: those whom the matter is about, by `sources`, and those who took the steps `doers`.

    Without `sources` it bars acts only; with them the file is hidden from whom it is about. Nobody may let pass what it
    refuses.
    """

    sources: tuple[str, ...]
    doers: tuple[StepName, ...]
    steps: tuple[StepName, ...]

    @abstractmethod
    def barred(self, history: History) -> set[str]:
        """The persons who have to stay out, as far as is on record."""

    @abstractmethod
    def about(self, history: History) -> set[str]:
        """The persons whom the matter is about: named, or those who did the work."""

    @abstractmethod
    def units(self, history: History) -> set[str]:
        """The units that have to stay out."""

    @abstractmethod
    def unknown(self, history: History) -> tuple[str, ...]:
        """The facts without which nobody can tell who stays out, though something on record calls for them."""


class NamesADoer(ABC):
    """Says who takes its steps by what is on record of persons.

    - `naming`: the fact of the very act that names him; None: no fact does.
    - `appointed`: the fact that names him as the file stands; None: no fact does.
    - `doers`: the steps that he took before, or with `apart` that he did not take.
    """

    naming: FactName | None
    appointed: FactName | None
    doers: tuple[StepName, ...]
    apart: bool


class Sends(ABC):
    """Sends its `steps` to `posts`.

    - `what`: in which part (semantics 4.4): `lead`, `owner` or `external part`.
    - `instead_of`, `together_with`: the names of rules that it meets and that are settled with it.
    """

    steps: tuple[StepName, ...]
    posts: tuple[PostName, ...]
    what: str
    instead_of: tuple[RuleName, ...]
    together_with: tuple[RuleName, ...]

    @property
    def external(self) -> bool:
        """Whether it is the part towards the outside that it gives away, which begins when something comes up."""
        return self.what == EXTERNAL_PART


class SaysWho(ABC):
    """Says who takes a step, so that all others are kept from it; a step of which nothing says so is a fault of the file."""

    @abstractmethod
    def says_who_takes(self) -> tuple[StepName, ...]:
        """The steps of which it says so; one that only keeps somebody out leaves all others, and says it of none."""

    @abstractmethod
    def posts_named(self) -> tuple[str, ...] | None:
        """The posts that it lets take them, if only some of them in each case; None where it names no post."""

    def hangs_on_more(self) -> bool:
        """Whether more than the post decides: an amount, what the person did, whom the act names."""
        return False

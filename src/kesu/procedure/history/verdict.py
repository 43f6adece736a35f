"""What a rule says of an act: kept, broken or cannot tell, why, and the facts of it. Sentences are made of these in `saying`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import partial
from typing import Final, NamedTuple

from kesu.names import RuleName
from kesu.worktime.due import Delay, Due

from ..kinds.line_sums import Difference


class Verdict(StrEnum):
    """Three verdicts, and the state of a duty that still has time."""

    KEPT = "kept"
    BROKEN = "broken"
    CANNOT_TELL = "cannot tell"
    OPEN = "open"


class Reason(Enum):
    """Why an outcome is as it is. Each shape has its own reasons, in its own file; this is what all of them carry.

    - `sentence`: the template of the shape's sentence file that says it. Nothing is decided by it.
    - `nobody_may`: as things stand nobody can be named who may, whatever his post: every limit is passed, or it is not
      known yet from whom the step has to be kept.
    """

    sentence: str
    nobody_may: bool

    def __init__(self, sentence: str, nobody_may: bool = False) -> None:
        self.sentence, self.nobody_may = sentence, nobody_may


class General(Reason):
    """The reasons that an outcome of any shape may have."""

    WHEN_UNKNOWN = "when unknown"  # nobody knows whether the rule applies, and it would be broken if it did
    EXPECTED = "expected"  # what the rule is about is not on record yet, nor that there is none
    NOT_SHOWN = "not shown"  # a foreign log does not show what it hangs on
    BACKWARD = "backward"  # one row of a log has the answer before the time from which it is counted
    STILL_OWED = "still owed"  # a duty runs that has to be met before the file ends
    UNCONFIRMED = "unconfirmed"  # somebody else noted the act, and whoever acted has not confirmed it
    LATE_TO_THE_END = "late to the end"  # a duty was past its limit when it ceased to be owed


class What(Enum):
    """What can be lacking."""

    STEP = "a step of this file"
    FACT = "a fact, of the act or on record"
    FILE = "a linked file, by its procedure"


class Lack(NamedTuple):
    """One thing without which it is as it is: it would settle a “cannot tell”, or mend a breach.

    `name` is that of a step, a fact or a procedure, `thing` the one thing for which it is lacking, where there are several.
    """

    what: What
    name: str
    thing: str | None = None


def lacking_steps(*names: str) -> tuple[Lack, ...]:
    """Steps that are lacking, in this order."""
    return tuple([Lack(What.STEP, name) for name in names])


def lacking_facts(*names: str) -> tuple[Lack, ...]:
    """Facts that are lacking, in this order."""
    return tuple([Lack(What.FACT, name) for name in names])


@dataclass(frozen=True, slots=True)
class Things:
    """Values of a fact, items of a checklist, numbers: `of` is the word whose choices give them titles, if any does."""

    of: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What something comes to, and what it may come to at most or has to come to; exact, in the unit of the fact."""

    stands: Decimal
    bound: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """Until when something could be done (None: no limit is set), when it was, and by how much that was too late."""

    due: Due | None
    moved: datetime | None = None
    delay: Delay | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """Where the lines of one fact are not those of another, article by article."""

    given: str
    approved: str
    by_article: tuple[Difference, ...]


class Outcome(NamedTuple):
    """A shape's answer, in facts. Words are names of the rule book, persons and units ids; who says it gives titles.

    A tuple, since one is made for every breach that a page or a review comes by.

    - `verdict`: kept, broken or cannot tell; for a duty also open.
    - `reason`: why; None only of what is plainly kept.
    - `lacks`: what would settle or mend it. All of it is wanted, except where the reason asks for one of several.
    - `steps`: the step that was judged, or those that would meet a duty.
    - `posts`: who may; `post`: the post in which the act was taken (None: none).
    - `persons`, `units`: who is in the way.
    - `facts`: the facts that are wrong or that it is about; `things`: values of them.
    - `amounts`, `times`, `differences`: what was reckoned.
    - `files`: linked files that are in the way, by name.

    What it does not speak of is empty. Equal outcomes are equal in every field.
    """

    verdict: Verdict
    reason: Reason | None = None
    lacks: tuple[Lack, ...] = ()
    steps: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    post: str | None = None
    persons: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    things: Things | None = None
    amounts: Amounts | None = None
    times: Times | None = None
    differences: Differences | None = None
    files: tuple[str, ...] = ()

    @property
    def lacking_steps(self) -> tuple[str, ...]:
        """The steps among what it lacks, each once."""
        return self._lacking(What.STEP)

    @property
    def lacking_facts(self) -> tuple[str, ...]:
        """The facts among what it lacks, each once."""
        return self._lacking(What.FACT)

    def _lacking(self, what: What) -> tuple[str, ...]:
        return tuple(dict.fromkeys(lack.name for lack in self.lacks if lack.what is what))


KEPT: Final = Outcome(Verdict.KEPT)  # shared, so that what is plainly kept costs nothing
broken: Final = partial(Outcome, Verdict.BROKEN)
cannot_tell: Final = partial(Outcome, Verdict.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's verdict on one act or duty of a file: what refuses online is what a review lists.

    - `rule`, `clauses`: which rule, and where it comes from. `outcome`: the shape's own answer.
    - `verdict`: that of the outcome, but for what `manner` changes.
    - `number`, `at`: the entry judged and its `at`; for a duty the entry that called for it, and the moment of judging.
    - `bars`: online this refuses the act. Never of a shape that bars nothing, of `force: show`, or once overridden.
    - `manner`: how it came about where that matters: late, reasoned (kept, since somebody said why not), overridden
      (broken or cannot tell, and let pass by two persons); else empty.
    - `thing`: of a duty said `for each`.
    """

    rule: RuleName
    clauses: tuple[str, ...]
    verdict: Verdict
    number: int
    at: datetime
    outcome: Outcome
    bars: bool = False
    manner: str = ""
    thing: str = ""

    def key(self) -> tuple[str, str, int, str, str]:
        """What must be equal online and in review."""
        return (self.rule, self.verdict.value, self.number, self.manner, self.thing)

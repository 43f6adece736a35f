"""What a rule sees: the acts of one file in the order of its ledger, and the facts they put on record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from kesu.names import OUTSIDER, FactName, StepName
from kesu.worktime.calendar import Calendar

from .. import words
from ..kinds.line_sums import number_text
from ..words.names import FACT, STEP
from .act import EVERYTHING, MISSING, NOTHING, Act, Missing, Shown, Value
from .deriving import at_the_least, derive
from .hearing import HEARS_ALL, Hearing
from .hearsay import AS_NOTED, Hearsay
from .joint import Joint
from .reckoning import AS_IT_WAS, Reckoning

__all__ = [
    "EVERYTHING",
    "MISSING",
    "NOTHING",
    "Act",
    "History",
    "Joint",
    "Missing",
    "Shown",
    "Value",
    "thing_of",
]

Said = tuple[int, Value, "str | None"]  # number of the act, what it said, of which thing (None: of the file)


def thing_of(facts: Mapping[str, Value]) -> str | None:
    """For which one thing an act was taken, by its facts (“of topic”); None: for the file as a whole, or for several."""
    if words.telling_words().isdisjoint(facts):
        return None
    return next((facts[word] for word in words.thing_words() if isinstance(facts.get(word), str)), None)


class History:
    """The acts of one file, and quick answers about them. Grows by `add`; nothing else changes it but casework."""

    __slots__ = (
        "_changed",
        "_facts",
        "_mended",
        "acts",
        "adding",
        "by_step",
        "calendar",
        "elsewhere",
        "hearing",
        "hearsay",
        "joint",
        "reckoning",
        "resorts",
        "shown",
        "spent",
        "stood_by",
        "struck",
        "suspended",
        "undone",
        "unheard",
        "waiting",
        "written_in",
    )

    def __init__(
        self,
        *,
        calendar: Calendar | None = None,
        shown: Shown = EVERYTHING,
        joint: Mapping[str, Joint] | None = None,
        resorts: Mapping[str, frozenset[str]] | None = None,
        unheard: Mapping[StepName, frozenset[FactName]] | None = None,
        hearing: Hearing = HEARS_ALL,
        hearsay: Hearsay = AS_NOTED,
        reckoning: Reckoning = AS_IT_WAS,
        undone: frozenset[StepName] = frozenset(),
        written_in: words.Lexicon | None = None,
    ) -> None:
        self.calendar = calendar
        self.acts: list[Act] = []
        self.by_step: dict[str, list[Act]] = {}
        self._facts: dict[str, list[Said]] = {}
        self._mended: dict[int, Act] = {}  # how a corrected act reads now
        self._changed: dict[str, int] = {}  # by which act a fact was last corrected
        self.adding: set[int] = set()  # acts of steps whose lines add up
        self.struck: set[int] = set()
        self.suspended: set[int] = set()  # acts that do not count as taken, for now
        self.spent: set[int] = set()  # those of them that a reopening asks for again, or that were sent back
        self.waiting: set[int] = set()  # noted by another, and not confirmed yet: they count for nothing
        self.stood_by: frozenset[int] = frozenset()  # noted by another, and confirmed by whoever acted
        self.shown = shown
        self.joint: Mapping[str, Joint] = joint or {}
        self.resorts = resorts or {}  # post of last resort -> posts it may stand for
        # step -> facts that are not its to say: with an act of it they put nothing on record
        self.unheard: Mapping[StepName, frozenset[FactName]] = unheard or {}
        self.hearing, self.reckoning, self.hearsay = hearing, reckoning, hearsay
        self.written_in = written_in  # the words of its edition; None: those that are spoken
        self.undone = undone  # the steps by which a linked file ends without having been done
        self.elsewhere: frozenset[tuple[str, str]] = (
            frozenset()
        )  # (word, value) that other files have used up

    def add(self, act: Act) -> None:
        """The next act, with what it puts on record."""
        self.acts.append(act)
        act = self.hearing.heard(act)
        acts = self.by_step.get(act.step)
        if acts is None:
            self.by_step[act.step] = [act]
        else:
            acts.append(act)
        if act.step in self.reckoning.again:
            self.adding.add(act.number)
        said: Mapping[str, Value] = act.facts
        if unsaid := self.unsaid(act):
            said = {**said, **dict.fromkeys(unsaid)}  # a figure that was wanted and not given is not known
        if said:
            facts, unheard = said, self.unheard.get(act.step)
            if unheard is not None and not unheard.isdisjoint(facts):
                facts = {word: value for word, value in facts.items() if word not in unheard}
            tag = thing_of(facts)
            for word, value in facts.items():
                self._facts.setdefault(word, []).append((act.number, value, tag))

    def add_struck(self, act: Act) -> None:
        """The next act, of which it is known already that it did not happen: it stays in `acts` and counts for nothing."""
        self.acts.append(act)
        self.struck.add(act.number)

    def add_waiting(self, act: Act) -> None:
        """The next act, which counts for nothing before whoever acted has confirmed it."""
        self.acts.append(act)
        self.waiting.add(act.number)

    def correct(self, *, entry: int, word: str, value: Value, by: int) -> None:
        """From the correction on the entry counts as if it had said `value`; in `acts` it stays as it was written."""
        standing = self.standing_act(entry)
        if standing is None:
            return
        if word == "at":
            self._mended[entry] = replace(standing, at=datetime.fromisoformat(str(value)))
        else:
            self._mended[entry] = replace(standing, facts={**standing.facts, word: value})
        self._changed[word] = by
        self._recount()

    def _recount(self) -> None:
        written, standing = self.acts, list(self.all_standing())
        self.acts, self.by_step, self._facts, self.adding = [], {}, {}, set()
        for act in standing:
            self.add(act)
        self.acts = written

    def emptied(self) -> History:
        """One in which nothing has happened yet, of the same procedure, calendar and log."""
        return History(
            calendar=self.calendar,
            shown=self.shown,
            joint=self.joint,
            resorts=self.resorts,
            unheard=self.unheard,
            hearing=self.hearing,
            hearsay=self.hearsay,
            reckoning=self.reckoning,
            undone=self.undone,
            written_in=self.written_in,
        )

    def copy(self) -> History:
        """An independent copy; the acts themselves are shared, they never change."""
        made = self.emptied()
        made.acts = list(self.acts)
        made.by_step = {step: list(acts) for step, acts in self.by_step.items()}
        made._facts = {word: list(said) for word, said in self._facts.items()}
        made._mended, made._changed = dict(self._mended), dict(self._changed)
        made.adding = set(self.adding)
        made.struck, made.suspended, made.spent = set(self.struck), set(self.suspended), set(self.spent)
        made.waiting, made.stood_by = set(self.waiting), self.stood_by
        made.elsewhere = self.elsewhere
        return made

    def recused(self, number: int) -> bool:
        """Whether an act does not count because its author has to stay out, until somebody confirms or redoes it."""
        return number in self.suspended and number not in self.spent

    @property
    def lexicon(self) -> words.Lexicon:
        """The words in which what is on record is meant: by them what follows from others is worked out."""
        return self.written_in or words.spoken_now()

    # -- questions -------------------------------------------------------------------------------------------------

    def all(self, step: str) -> list[Act]:
        """The standing acts of a step, in order."""
        return self.by_step.get(step, [])

    def all_standing(self) -> Iterator[Act]:
        """Every act that counts, in order, as corrected: not struck, and not waiting for a confirmation."""
        out = self.struck | self.waiting if self.waiting else self.struck
        return (self._mended.get(act.number, act) for act in self.acts if act.number not in out)

    def noted_by_others(self) -> Iterator[Act]:
        """Every act that was not struck and that somebody else noted, confirmed or not."""
        acts = (self._mended.get(act.number, act) for act in self.acts if act.number not in self.struck)
        return (act for act in acts if act.recorder is not None and self.hearsay.says(act))

    def entry(self, number: int) -> Act | None:
        """The act with this number as it was written, struck or not."""
        return next((act for act in self.acts if act.number == number), None)

    def counts(self, number: int) -> bool:
        """Whether the entry counts: not struck, and not waiting for a confirmation."""
        return number not in self.struck and number not in self.waiting

    def standing_act(self, number: int) -> Act | None:
        """The act with this number as it stands now: corrected where it was, None when struck."""
        acts = self.acts
        if 0 < number <= len(acts) and acts[number - 1].number == number:  # as good as always
            return None if number in self.struck else self._mended.get(number, acts[number - 1])
        return next((act for act in self.all_standing() if act.number == number), None)

    def last(self, step: str) -> Act | None:
        """The last standing act of a step that counts."""
        acts = self.by_step.get(step)
        if acts is None:
            return None
        if not self.suspended:
            return acts[-1]
        for act in reversed(acts):
            if act.number not in self.suspended:
                return act
        return None

    def done(self, step: str, *, word: str | None = None, thing: str | None = None) -> bool:
        """Whether the step has been taken (for one thing, if asked): struck, suspended and half-given joint acts do not count."""
        if step not in self.by_step:
            return False
        if thing is None and not self.suspended and step not in self.joint:
            return True
        acts = [act for act in self.by_step[step] if act.number not in self.suspended]
        if word is not None and thing is not None:
            acts = [act for act in acts if self.concerns(act, word, thing)]
        if not acts:
            return False
        joint = self.joint.get(step)
        return joint is None or joint.complete(acts)

    def concerns(self, act: Act, word: str, thing: str) -> bool:
        """Whether an act stands for this one thing; an act that names none stands for the only one there is."""
        named = act.facts.get(words.per_thing(word), MISSING)
        if named is MISSING:
            named = act.facts.get(word, MISSING)  # it is the act that brings the thing
        if named is MISSING or named is None:
            return len(self.things(word)) == 1
        return thing in named if isinstance(named, list) else bool(thing == named)

    def things(self, word: str) -> list[str]:
        """The things of a kind in this file, in the order in which they came."""
        if words.facts()[word].kind.several:
            value = self.value(word)
            return list(value) if isinstance(value, list) else [value] if isinstance(value, str) else []
        found: dict[str, None] = {}
        for _, value, _ in self._facts.get(word, ()):
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, str):
                    found[one] = None
        return list(found)

    def value(self, word: str, act: Act | None = None) -> Value | Missing:
        """The fact as it stands, an act's own facts first (also “of topic” for “topic”); MISSING when not on record."""
        if act is not None and act.facts:
            own = act.facts.get(words.per_thing(word), MISSING)
            if own is MISSING:
                own = act.facts.get(word, MISSING)
            if own is not MISSING:
                return own
        said = self._facts.get(word)
        return said[-1][1] if said else self._derived(word, act)

    def _derived(self, word: str, act: Act | None) -> Value | Missing:
        """What nobody put on record because it follows from other facts; MISSING when they do not tell."""
        derived = self.lexicon.derived.get(word)
        if derived is None:
            return MISSING
        amount = derive(derived, self, act)
        return MISSING if isinstance(amount, tuple) else number_text(amount)

    def lacking(self, word: str, act: Act | None = None) -> tuple[str, ...]:
        """What has to be put on record before this fact can be told: the word itself, or those from which it follows."""
        derived = self.lexicon.derived.get(word)
        amount = (word,) if derived is None else derive(derived, self, act)
        return amount if isinstance(amount, tuple) else ()

    def least(self, word: str, act: Act | None = None) -> Value | Missing:
        """What a fact that cannot be told comes to at the least, by what is known of it; MISSING when nothing tells that."""
        derived = self.lexicon.derived.get(word)
        amount = None if derived is None or not self.reckoning.in_full else at_the_least(derived, self, act)
        return MISSING if amount is None else number_text(amount)

    def unsaid(self, act: Act) -> frozenset[str]:
        """The figures that its step needs and that an act does not bring; what it is by itself tells whether it needs them."""
        wanted = self.reckoning.wanted.get(act.step)
        if wanted is None:
            return frozenset()
        return frozenset(
            word
            for applies, figures in wanted
            for word in figures
            if word not in act.facts and applies.holds(BEFORE_ALL, act)
        )

    def values(self, word: str) -> Iterator[tuple[int, Value]]:
        """Everything ever said of a fact, as (number of the act, value)."""
        return ((number, value) for number, value, _ in self._facts.get(word, ()))

    def ever(self, word: str, thing: str | None = None) -> list[Value]:
        """Everything that was said of a fact, of one thing or of the file as a whole where that is asked."""
        said = self._facts.get(word, ())
        return [value for _, value, tag in said if thing is None or tag is None or tag == thing]

    def latest(self, word: str, act: Act | None = None) -> list[Value]:
        """What was last said of a fact for each thing it was said of (“of topic”), and for the file as a whole."""
        said = self._facts.get(word)
        if not said:
            value = self._derived(word, act)
            return [] if value is MISSING else [value]
        return [said[0][1]] if len(said) == 1 else list({tag: value for _, value, tag in said}.values())

    def value_for(self, word: str, thing: str, act: Act | None = None) -> Value | Missing:
        """The fact as it stands for one thing: what was said of that thing, or of the file as a whole."""
        said = self._facts.get(word)
        for _, value, tag in reversed(said or ()):
            if tag is None or tag == thing:
                return value
        return MISSING if said else self._derived(word, act)

    def changed(self, word: str) -> int:
        """The number of the act that last said or corrected this fact; 0 when never."""
        said = self._facts.get(word)
        return max(said[-1][0] if said else 0, self._changed.get(word, 0))

    def left_out(self, what: str, thing: str | None = None) -> list[Act]:
        """The acts by which somebody said that this is not possible or not needed: for this one thing, or for all of them."""
        return [
            act
            for act in self.all(STEP.NOT_POSSIBLE)
            if act.facts.get(FACT.INSTEAD_OF) == what
            and (thing is None or thing_of(act.facts) in (None, thing))
        ]

    def acts_as(self, act: Act, posts: tuple[str, ...]) -> bool:
        """Whether the act was taken in one of these posts, or in its last resort where somebody has to stay out.

        That really every holder and stand-in has to stay out is checked where people are known, before the act. A rule that
        says who takes a step says who takes it down for the complainant: where he takes it himself, he needs no post.
        """
        if act.by == OUTSIDER:
            word = words.steps().get(act.step)
            return word is not None and word.complainants
        if act.post in posts:
            return True
        stands_for = self.resorts.get(act.post or "", frozenset())
        place = act.behalf in posts if act.behalf in stands_for else not stands_for.isdisjoint(posts)
        return place and (FACT.PERSONS in self._facts or FACT.DID_THE_WORK in self._facts)

    def persons(self, steps: Iterable[str]) -> set[str]:
        """Who took any of these steps."""
        return {act.by for step in steps for act in self.all(step) if act.by is not None}


BEFORE_ALL: Final = History()  # nothing has happened in it

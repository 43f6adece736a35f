"""A procedure as read: its posts, settings, steps, rules and the clauses they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kesu.names import FactName, PostName, StepName
from kesu.reading.text import Text

from ..history.hearing import HEARS_ALL, Hearing
from ..history.hearsay import AS_NOTED, Hearsay
from ..history.joint import Joint
from ..history.reckoning import AS_IT_WAS, Reckoning
from ..shapes.abilities import ShowsFiles, TakesHearsay, WantsFacts
from ..shapes.shape import END
from ..words import Lexicon, Part, StepWord, of_the_software, spoken
from .belonging import belonging, foreign, unknowable
from .citing import most_cited, of_one_paper
from .deciding import deciding
from .gate import gated, waiting
from .language import LANGUAGE
from .prepared import Prepared, prepared
from .reckoned import reckoned
from .rule import Able, Dropped, Rule, able_among
from .unset import unset_title

HOW = ("enforced", "timed", "recorded", "measured", "attested", "built in", "partly", "declared", "outside")


@dataclass(frozen=True, slots=True)
class Post:
    """A role that persons hold for a time; `last_resort` acts when every holder and stand-in has to stay out."""

    name: PostName
    title: Text
    last_resort: PostName | None = None
    external: bool = False
    accountable: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What the paper leaves open. `value` None is “to be set”."""

    name: str
    value: str | None
    kind: str
    clauses: tuple[str, ...] = ()
    reading: Text | None = None
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of this procedure: how it is called here, what its form asks, and the word that says its part in a file."""

    word: StepWord
    title: Text
    outside: bool = False
    again: bool = False  # the lines that it says add up, time after time
    uncounted: bool = False  # the figures that it says are of what was refused, and count nowhere
    asks: tuple[str, ...] = ()
    unknown: tuple[FactName, ...] | None = None  # the facts that may be “not known”; None: as their words say
    audience: str | None = None
    purpose: str | None = None
    origin: str = field(default="", compare=False)  # the file and line that say it
    line: int = field(default=0, compare=False)

    @property
    def name(self) -> StepName:
        """Its name among the words."""
        return self.word.name


@dataclass(frozen=True, slots=True)
class ClauseNote:
    """A clause that no rule holds, and how it is held instead."""

    id: str
    how: str
    text: Text | None = None
    reason: Text | None = None
    test: str | None = None
    origin: str = field(default="", compare=False)  # the file and line that say it
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Procedure:
    """A whole procedure, flat: base, overlays and own file composed."""

    id: str
    title: Text
    edition: str
    kind: str
    steps: Mapping[str, Step]
    rules: tuple[Rule, ...]
    ends: tuple[str, ...] = ()
    posts: Mapping[str, Post] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    clauses: Mapping[str, ClauseNote] = field(default_factory=dict)
    purpose: Text | None = None
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overriders: tuple[str, ...] = ()  # two of these posts let a refused act pass; none: nobody does
    overriding: Text | None = None  # the reading by which they were named
    language: int = LANGUAGE
    linked: Mapping[str, Text] = field(
        default_factory=dict, compare=False
    )  # titles of procedures that rules open
    dropped: tuple[Dropped, ...] = field(default=(), compare=False)  # inherited rules that do not hold here
    words: Lexicon = field(default_factory=of_the_software, compare=False)  # what it is written in

    @property
    def unset(self) -> tuple[str, ...]:
        """Settings that somebody has to fill before this can be put in force."""
        return tuple(name for name, setting in self.settings.items() if setting.value is None)

    def able(self, ability: type[Able]) -> tuple[tuple[Rule, Able], ...]:
        """The rules whose shape has an ability (`shapes.abilities`), in order, each with its shape as one that has it."""
        if ability not in self._able:
            self._able[ability] = able_among(self.rules, ability)
        return self._able[ability]

    def able_at(self, step: str, ability: type[Able]) -> tuple[tuple[Rule, Able], ...]:
        """Those of them that are asked at a step; none at a step that the procedure does not have."""
        if (step, ability) not in self._able_at:
            self._able_at[step, ability] = able_among(self.asked.get(step, ()), ability)
        return self._able_at[step, ability]

    @cached_property
    def _able(self) -> dict[type[object], tuple[tuple[Rule, Any], ...]]:
        return {}

    @cached_property
    def _able_at(self) -> dict[tuple[str, type[object]], tuple[tuple[Rule, Any], ...]]:
        return {}

    @cached_property
    def asked(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules judged at each step; END stands for every step that ends the file."""
        table: dict[str, list[Rule]] = {name: [] for name in (*self.steps, END)}
        for rule in self.rules:
            for word in rule.shape.asked():
                for step in self._meant(word):
                    if rule not in table.setdefault(step, []):
                        table[step].append(rule)
        for step in gated(
            {name: step.word for name, step in self.steps.items()}, self.ends, language=self.language
        ):
            table.setdefault(step, []).extend(
                rule for rule in table[END] if rule not in table[step] and step not in rule.excepted
            )
        return {step: tuple(rules) for step, rules in table.items()}

    def _meant(self, word: str) -> tuple[str, ...]:
        """`*` is every step that people take, `* own` those that wait until the arrival is complete."""
        if word == "*":
            return tuple(name for name, step in self.steps.items() if step.word.part is not Part.CLOCK)
        if word == "* own":
            return waiting(self.steps, language=self.language)
        return (word,)

    @cached_property
    def ready(self) -> Mapping[str, Prepared]:
        """`asked`, made ready for judging an act that is not the first of its file."""
        return {
            step: prepared((rule for rule in rules if not rule.shape.first_only), joint=self.joint)
            for step, rules in self.asked.items()
        }

    @cached_property
    def ready_first(self) -> Mapping[str, Prepared]:
        """`asked`, made ready for judging the first act of a file."""
        return {step: prepared(rules, joint=self.joint) for step, rules in self.asked.items()}

    @cached_property
    def looked_at(self) -> frozenset[str]:
        """The facts that some rule looks at, also by way of one that follows from them."""
        read = frozenset[str]().union(*self.reads.values())
        return read.union(*map(self.words.underneath, read))

    @property
    def mends_as_acts(self) -> bool:
        """Whether a correction or a strike is judged as the act that it touches: save in editions of Kesu 0.1."""
        return self.language >= 2

    @cached_property
    def timed(self) -> tuple[Rule, ...]:
        """The rules that call for duties."""
        return tuple(rule for rule in self.rules if rule.shape.timed is not None)

    @cached_property
    def promoting(self) -> tuple[Rule, ...]:
        """Those by which the clock alone puts a fact on record; nobody owes anything by them."""
        return tuple(
            rule for rule in self.timed if rule.shape.timed is not None and not rule.shape.timed.owed
        )

    @cached_property
    def periodic(self) -> tuple[Rule, ...]:
        """Those that call for something in every period of the calendar."""
        return tuple(rule for rule in self.timed if rule.shape.timed is not None and rule.shape.timed.period)

    @cached_property
    def touching(self) -> Mapping[str, tuple[Rule, ...]]:
        """The rules whose duties a step can open, answer, pause or void."""
        table: dict[str, list[Rule]] = {}
        for rule in self.timed:
            timed = rule.shape.timed
            assert timed is not None
            steps: set[str] = {*timed.calls, *timed.answers, *timed.until, *timed.pause_from, *timed.pause_to}
            if timed.again or timed.period is not None or not timed.owed:
                steps |= set(self.ends)
            if timed.fact is not None:
                steps |= set(self.steps)
            for step in steps:
                table.setdefault(step, []).append(rule)
        return {step: tuple(rules) for step, rules in table.items()}

    @cached_property
    def timed_words(self) -> frozenset[str]:
        """The facts that can open or void a duty."""
        return frozenset(word for rule in self.timed for word in (*rule.conditions, *rule.shape.reads()))

    @cached_property
    def reads(self) -> Mapping[str, frozenset[str]]:
        """For each rule, by its name, the facts that can change what it says, those of its `when` included."""
        return {rule.name: rule.conditions | rule.shape.reads() for rule in self.rules}

    @cached_property
    def confined(self) -> Mapping[str, tuple[Rule, ...]]:
        """The posts inside the house to which rules show files, each with these rules: it sees no other files."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule, shape in self.able(ShowsFiles):
            for post in shape.posts:
                if not self.posts[post].external:
                    found[post] = (*found.get(post, ()), rule)
        return found

    @cached_property
    def gates(self) -> Mapping[str, tuple[Rule, ...]]:
        """For each step the rules of this very step that say after what, or under which condition, its turn comes."""
        return {
            step: tuple(rule for rule in rules if rule.shape.gate and step in rule.shape.asked())
            for step, rules in self.asked.items()
        }

    @cached_property
    def led_by_thing(self) -> Mapping[str, str]:
        """The steps where it hangs on the thing for which one is taken which rules say who may, with the fact that tells it."""
        return {
            step.name: word
            for step in self.steps.values()
            for word in reversed(step.asks)
            if (thing := self.words.facts[word].thing_of) is not None
            and any(thing in rule.when.words for rule in self.ready_first[step.name].persons)
        }

    @cached_property
    def wanting(self) -> Mapping[str, tuple[tuple[Rule, tuple[str, ...]], ...]]:
        """The rules that want facts with a step itself, and which."""
        with spoken(self.words):
            return {
                step: tuple(
                    (rule, tuple(sorted(shape.wanted())))
                    for rule, shape in self.able_at(step, WantsFacts)
                    if step in shape.steps
                )
                for step in self.asked
            }

    @cached_property
    def belonging(self) -> Mapping[StepName, frozenset[FactName]]:
        """For each step the facts that an act of it may bring."""
        asked = {
            step.name: map(
                FactName, (*step.asks, *(fact for _, facts in self.wanting[name] for fact in facts))
            )
            for name, step in self.steps.items()
        }
        late = [
            FactName(fact) for _, shape in self.able(WantsFacts) if shape.arrival for fact in shape.wanted()
        ]
        return belonging(self._words(), asked=asked, late=late)

    @cached_property
    def foreign(self) -> Mapping[StepName, frozenset[FactName]]:
        """For each step that people take the facts that other steps say and it does not."""
        return foreign(self._words(), self.belonging)

    def _wanted(self, step: str) -> list[str]:
        return [fact for _, facts in self.wanting[step] for fact in facts]

    def _words(self) -> list[StepWord]:
        return [step.word for step in self.steps.values()]

    @cached_property
    def unheard(self) -> Mapping[StepName, frozenset[FactName]]:
        """For each step the facts that count for nothing on record with it, save in editions of Kesu 0.1.

        Those of other steps, and the figures of what a step refuses.
        """
        if self.language < 2:
            return {}
        refused = {
            StepName(name): self.belonging[StepName(name)] & self.words.summed
            for name, step in self.steps.items()
            if step.uncounted
        }
        return {
            **self.foreign,
            **{name: self.foreign[name] | figures for name, figures in refused.items()},
        }

    @cached_property
    def unknowable(self) -> Mapping[StepName, frozenset[FactName]]:
        """For each step that people take the facts to which “not known” is no answer; none in editions of Kesu 0.1."""
        named = {step.name: step.unknown for step in self.steps.values() if step.word.by_people}
        with spoken(self.words):
            return unknowable(named, self.belonging) if self.language >= 2 else {}

    @cached_property
    def hearing(self) -> Hearing:
        """What of an act counts; in editions of Kesu 0.1 all that was written."""
        return Hearing(foreign=self.foreign, unknowable=self.unknowable) if self.language >= 2 else HEARS_ALL

    @cached_property
    def hearsay(self) -> Hearsay:
        """What waits for the word of whoever acted: what decides, unless a rule lets it count; in editions of Kesu 0.1 nothing."""
        waits = deciding(self.steps, self.ends, self.joint, counted=self.able(TakesHearsay))
        return Hearsay(waits, by_scan=False) if self.language >= 2 else AS_NOTED

    @cached_property
    def reckoning(self) -> Reckoning:
        """How figures are reckoned in its files; as Kesu 0.1 did in editions of that language."""
        if self.language < 2:
            return AS_IT_WAS
        return reckoned(
            self.steps.values(), wanting=self.wanting, summed=self.words.summed, belonging=self.belonging
        )

    @cached_property
    def askers(self) -> Mapping[str, tuple[str, ...]]:
        """For each fact the steps whose own form asks it."""
        table: dict[str, dict[str, None]] = {}
        for step in self.steps.values():
            for word in step.asks:
                table.setdefault(word, {})[step.name] = None
        return {word: tuple(steps) for word, steps in table.items()}

    @cached_property
    def changing(self) -> Mapping[str, tuple[Rule, ...]]:
        """For each step the rules that look at the time: what bars it now may not bar it later."""
        late = {
            step: tuple(one for one in rules if one.shape.changes_with_time)
            for step, rules in self.asked.items()
        }
        return {step: rules for step, rules in late.items() if rules}

    @cached_property
    def own_paper(self) -> str:
        """The paper that most of its own rules cite, as it is called in the ids of clauses; “” where they cite none."""
        return most_cited(rule for rule in self.rules if rule.origin == self.id)

    def own_clauses(self, clauses: tuple[str, ...]) -> tuple[str, ...]:
        """Of the clauses of a rule those that people here can look up."""
        return of_one_paper(clauses, self.own_paper)

    @cached_property
    def by_name(self) -> Mapping[str, Rule]:
        """The rules by their names."""
        return {rule.name: rule for rule in self.rules}

    @cached_property
    def sentences(self) -> dict[tuple[str, str], str]:
        """What its rules say, by rule and language, as far as that was asked for already: see `saying`."""
        return {}

    @cached_property
    def joint(self) -> Mapping[str, Joint]:
        """Steps taken by several posts together."""
        return {step: joint for rule in self.rules for step, joint in rule.shape.joint().items()}

    @cached_property
    def resorts(self) -> Mapping[str, frozenset[str]]:
        """For each post of last resort the posts that it may stand for."""
        lasts = {post.last_resort for post in self.posts.values() if post.last_resort}
        return {
            last: frozenset(post.name for post in self.posts.values() if post.last_resort == last)
            for last in lasts
        }

    def title_of(self, post: str) -> Text:
        """A post's title; its name when the procedure gives none."""
        found = self.posts.get(post)
        return found.title if found else unset_title(post, self.settings) or Text(post, post)

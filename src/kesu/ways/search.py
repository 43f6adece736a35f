"""The least with which a file can be brought to a step: nothing is done but what a refusal asks for.

The search asks the rule book itself. It tries the step; what is refused says what it lacks; that is done first, in the same
way, and the step is tried again. Forms are filled in as little as the rules allow. So each way is short, and it is found by
no knowledge of the procedure. It is no proof that there is none shorter: of several things of which one would do, and of
several who may, the first that is accepted is taken.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Accepted, Actor, clock_acts, decide_in_place
from kesu.casework.deciding.on_form import blank_form, filled_in
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.takers import taken_by
from kesu.names import RuleName, StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.of_a_file import MISSING
from kesu.procedure.history.verdict import Finding, Lack, What
from kesu.procedure.kinds.files import holds_files, named
from kesu.procedure.shapes.abilities import NamesADoer
from kesu.procedure.shapes.blank import Blank
from kesu.procedure.words import Lexicon, in_its_words
from kesu.procedure.words.names import FACT
from kesu.procedure.words.parts import ARRIVAL, NAMING
from kesu.procedure.written.model import Procedure, Step
from kesu.worktime.calendar import Calendar

from .house import begun_by_the_house, linked_ended, with_what_the_house_adds
from .lacking import Sought, lacking, things_wanted

BETWEEN: Final = timedelta(minutes=10)  # from one act to the next
FILE: Final = "1.txt"  # stands for the file that a form asks for
MOST_TRIES: Final = 2_000  # commands of one search
MOST_TRIES_OF_A_VALUE: Final = (
    500  # commands of one that only asks whether a fact with this value lets it pass
)
MOST_TRIES_OF_VALUES: Final = 8_000  # commands of all those together
MOST_ROUNDS: Final = 40  # times that one step is tried anew after something it lacked was done


@dataclass(frozen=True, slots=True)
class Way:
    """How a file was brought to a step. `acts` are all entries, those of the house included; `branch` what was given.

    Where it was not reached, `stuck` says what bars it whoever tries, and `given_up` whether the search ended before it had
    tried everything it could think of.
    """

    goal: StepName
    acts: tuple[Act, ...]
    reached: bool
    branch: Mapping[str, Value] = field(default_factory=dict)
    stuck: tuple[Finding, ...] = ()
    given_up: bool = False
    walls: tuple[
        RuleName, ...
    ] = ()  # the rules that barred a step on the way for which nothing could be done


@in_its_words
def shortest(
    procedure: Procedure,
    goal: StepName,
    *,
    calendar: Calendar,
    actors: Sequence[Actor],
    start: datetime,
    branch: Mapping[str, Value] | None = None,
) -> Way:
    """The least that leads to the step; where that takes facts to be so, with the first values that let it pass.

    The facts of the branch are put on record on the way: by the first step that asks them and can be taken, where none on
    the way does.

    One value after the other of each fact on which hangs what barred the way; where a value brings it before another wall,
    with those of that wall's facts as well.
    """
    asked = tuple(branch or {})
    first = Search(procedure, calendar, actors, start, branch or {}, asked).way_to(goal)
    left, waiting = MOST_TRIES_OF_VALUES, deque(_with_values(procedure, first))
    tried: set[frozenset[tuple[str, str]]] = set()
    while waiting and left > 0 and not first.reached:
        given = waiting.popleft()
        values = frozenset((name, str(value)) for name, value in given.items())
        if values in tried:
            continue
        tried.add(values)
        search = Search(procedure, calendar, actors, start, given, asked, most=MOST_TRIES_OF_A_VALUE)
        found = search.way_to(goal)
        if found.reached:
            return found
        left -= search.tries
        waiting.extend(_with_values(procedure, found))
    return first


def _with_values(procedure: Procedure, way: Way) -> Iterator[Mapping[str, Value]]:
    """The branch of a way, and one more value of a fact on which hangs what barred it."""
    known = words.facts()
    for name in dict.fromkeys(name for rule in way.walls for name in sorted(procedure.reads[rule])):
        if name not in way.branch:
            for value in procedure.choices.get(name) or known[name].choices:
                yield {**way.branch, name: value}


@dataclass(slots=True)
class Search:
    """One search in one procedure. `branch` are facts that are written wherever a form asks them; those of them that are
    `on_record` some form has to have asked before the end.
    """

    procedure: Procedure
    calendar: Calendar
    actors: Sequence[Actor]
    start: datetime
    branch: Mapping[str, Value] = field(default_factory=dict)
    on_record: Sequence[str] = ()
    most: int = MOST_TRIES
    tries: int = 0
    stuck: tuple[Finding, ...] = ()
    walls: dict[RuleName, None] = field(default_factory=dict)  # in the order in which they were come upon
    in_vain: set[tuple[frozenset[str], Sought]] = field(default_factory=set)  # after these steps, that one

    @property
    def words(self) -> Lexicon:
        """The words in which the procedure is written: every search is in those."""
        return self.procedure.words

    @in_its_words
    def way_to(self, goal: StepName) -> Way:
        """The least that leads to the step."""
        case = self.begun()
        for name in self.on_record:
            case = case and self._put_on_record(case, name, goal)
        return self.way_on(case, goal) if case is not None else Way(goal, (), False, self.branch, self.stuck)

    @in_its_words
    def way_on(self, case: CaseFile, goal: StepName) -> Way:
        """The least that leads a file, as it stands, to the step."""
        reached = case if case.history.done(goal) else self._reach(case, Sought(goal), above=())
        acts = tuple((reached or case).history.acts)
        stuck = () if reached else self.stuck
        barred = dict.fromkeys((*(finding.rule for finding in stuck), *self.walls))
        return Way(
            goal, acts, reached is not None, self.branch, stuck, self.tries >= self.most, tuple(barred)
        )

    def _put_on_record(self, case: CaseFile, name: str, goal: StepName) -> CaseFile | None:
        """The file after the first step that asks the fact, where nothing on the way to the end did; None where none is taken."""
        if case.history.value(name) is not MISSING:
            return case
        steps = (StepName(step) for step in self.procedure.askers.get(name, ()) if step != goal)
        reached = (self._reach(case, Sought(step, brings=(name,)), above=()) for step in steps)
        return next((after for after in reached if after is not None), None)

    @in_its_words
    def begun(self) -> CaseFile | None:
        """A file with the first step that begins one, or as the house begins it."""
        by_house = begun_by_the_house(CaseFile(self.procedure, calendar=self.calendar), at=self.start)
        if by_house is not None:
            return by_house
        first = [name for name, step in self.procedure.steps.items() if step.word.begins or name in ARRIVAL]
        for name in (*first, *(one for one in self.procedure.steps if one not in first)):
            case = self._taken(CaseFile(self.procedure, calendar=self.calendar), Sought(StepName(name)))
            if case is not None:
                return case
        return None

    # -- one step, and what it lacks ---------------------------------------------------------------------------------

    def _reach(self, case: CaseFile, goal: Sought, *, above: tuple[StepName, ...]) -> CaseFile | None:
        """The file after the step; what it lacks is done first. None where nothing leads to it."""
        here = frozenset(act.step for act in case.history.acts), goal
        if here in self.in_vain:
            return None
        reached = self._through(case, goal, above=above)
        if reached is None:
            self.in_vain.add(here)
        return reached

    def _through(self, case: CaseFile, goal: Sought, *, above: tuple[StepName, ...]) -> CaseFile | None:
        done: set[tuple[str, Lack, Sought]] = (
            set()
        )  # what was done for what a rule lacked: once, it did not help
        for _ in range(MOST_ROUNDS):
            taken = self._taken(case, goal)
            if taken is not None:
                return taken
            if self.tries >= self.most:
                return None
            further = self._nearer(case, goal.step, self.stuck, above=(*above, goal.step), done=done)
            if further is None:
                return None
            case = further
        return None

    def _nearer(
        self,
        case: CaseFile,
        goal: StepName,
        stuck: Sequence[Finding],
        *,
        above: tuple[StepName, ...],
        done: set[tuple[str, Lack, Sought]],
    ) -> CaseFile | None:
        """The file after the first thing that it lacks and that can be done."""
        for sought in things_wanted(case, goal):
            nearer = self._reach(case, sought, above=above) if sought.step not in above else None
            if nearer is not None:
                return nearer
        wanted = [lack.name for finding in stuck for lack in finding.outcome.lacks if lack.what is What.FACT]
        for finding in stuck:
            for lack, sought in lacking(case, finding, goal, wanted):
                mark = finding.rule, lack, sought
                if sought.step in above or (mark in done and sought.step not in self.procedure.joint):
                    continue
                nearer = self._reach(case, sought, above=above)
                if nearer is not None:
                    done.add(mark)
                    return nearer
            nearer = linked_ended(case, finding, at=self._next(case))
            if nearer is not None:
                return nearer
        self.stuck = tuple(stuck)
        self.walls.update(dict.fromkeys(finding.rule for finding in stuck))
        return None

    @in_its_words
    def after(self, case: CaseFile, step: StepName) -> CaseFile | None:
        """The file after somebody took the step, as it is; None where nobody may."""
        return self._taken(case, Sought(step))

    def _taken(self, case: CaseFile, goal: Sought) -> CaseFile | None:
        """The file after the first of the actors took the step with as little as is accepted; what bars it is kept in `stuck`."""
        step = self.procedure.steps[goal.step]
        if not step.word.by_people or (case.ended and not step.word.may_follow_end):
            self.stuck = ()
            return None
        least: tuple[Finding, ...] | None = None
        for actor in self._in_turn(case, goal.step):
            made = self._by(case, step, actor, goal)
            if isinstance(made, CaseFile):
                return made
            if made is not None and (least is None or self._distance(made) < self._distance(least)):
                least = made
        self.stuck = least or ()
        return None

    def _distance(self, stuck: Sequence[Finding]) -> tuple[int, int]:
        """How far somebody is from taking a step: first by the rules that bar him for who he is."""
        about_him = sum(self.procedure.by_name[finding.rule].shape.about_persons for finding in stuck)
        return about_him, len(stuck)

    def _in_turn(self, case: CaseFile, name: StepName) -> list[Actor]:
        """The actors; at a step that several posts take together, first those whose part is lacking."""
        joint = self.procedure.joint.get(name)
        lacking = joint.lacking(case.history.all(name)) if joint is not None else ()
        return sorted(self.actors, key=lambda actor: {actor.post, actor.behalf}.isdisjoint(lacking))

    def _by(
        self, case: CaseFile, step: Step, actor: Actor, goal: Sought
    ) -> CaseFile | tuple[Finding, ...] | None:
        """The file after this actor took the step, or what bars him however its form is filled in."""
        self.tries += 1
        now = self._next(case)
        trial = case.copy()
        clock_acts(trial, now)
        blank = blank_form(trial, step)
        act = taken_by(actor, Act(number=trial.number + 1, step=step.name, at=now, noted=now))
        act = replace(
            act, facts=self._written(blank, goal, whole=not case.history.acts or step.name in ARRIVAL)
        )
        barring = tuple(finding for finding in trial.judge(act) if finding.bars)
        filled = filled_in(trial, blank, act, barring) if barring and step.name not in ARRIVAL else act
        if not isinstance(filled, Act):
            return filled
        written = {**filled.facts, **self._given(blank)}
        facts = {name: self._typed(name, value, now) for name, value in written.items()}
        command = Command(
            step.name, actor.person, actor.post, behalf=actor.behalf, facts=facts, units=actor.units
        )
        decided = decide_in_place(trial, command, now=now)
        if not isinstance(decided, Accepted):
            return decided.findings or None
        return with_what_the_house_adds(decided.after, filled, decided.children, at=now)

    def _written(self, blank: Blank, goal: Sought, *, whole: bool) -> dict[str, Value]:
        """What the step is taken for, and what of the branch the form asks.

        An arrival, which is refused to nobody, brings something of all that is asked; a naming always has its ground.
        """
        wanted = {*goal.brings, *((FACT.REASON,) if goal.step in NAMING else ())}
        given: dict[str, Value] = {name: blank.some(name) for name in blank.asks if whole or name in wanted}
        if goal.thing is not None:
            given |= _for_the_thing(blank, goal.thing)
        return given | self._given(blank)

    def _given(self, blank: Blank) -> dict[str, Value]:
        """What of the branch the form asks; no rule writes over it."""
        return {name: self._as_kind(name, value) for name, value in self.branch.items() if name in blank.asks}

    def _as_kind(self, name: str, value: Value) -> Value:
        several = words.facts()[name].kind.several
        return [value] if several and not isinstance(value, list) else value

    def _typed(self, name: str, value: Value, now: datetime) -> Value:
        """A value as it can be typed: what rules only want to be there is some text; a date has to be one, a file too, a person somebody here."""
        kind = words.facts()[name].kind
        if kind.of_files:
            return value if holds_files(value) else [named(FILE)]
        match kind.name:
            case "date":
                return value if _is_a_day(value) else now.date().isoformat()
            case "instant":
                return value if _is_a_day(value) else now.isoformat(sep=" ", timespec="minutes")[:16]
            case "person" if name in _appointing(self.procedure):
                return self.actors[0].person
            case _:
                return value

    def _next(self, case: CaseFile) -> datetime:
        acts = case.history.acts
        return acts[-1].noted + BETWEEN if acts else self.start


def _appointing(procedure: Procedure) -> frozenset[str]:
    """The facts by which the file names who takes a later step."""
    return frozenset(shape.appointed for _, shape in procedure.able(NamesADoer) if shape.appointed)


def _is_a_day(value: Value) -> bool:
    return isinstance(value, str) and value[:4].isdecimal()


def _for_the_thing(blank: Blank, thing: str) -> dict[str, Value]:
    """Where the form says for which one of several things it stands: for this one."""
    known = words.facts()
    return {
        name: thing
        for name in blank.asks
        if (of := known[name].thing_of) is not None and thing in blank.history.things(of)
    }

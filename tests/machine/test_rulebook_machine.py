"""A machine drives whole procedures with right and wrong commands and holds the two worlds against each other.

Three thousand histories run in CI over every procedure of the library, shared out by how much each tells, a few otherwise;
`KESU_MACHINE=20000` runs that many and prints how much happened.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from tests.machine.crooked import HAPPENED, Crooked
from tests.machine.places import Place, histories, place
from tests.rulebook.small import offered, when

from kesu.casework.deciding.admissible import ARRIVAL
from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import Actor, Barred, clock_acts, decide
from kesu.casework.deciding.replay import replay
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.history.act import Act, Value
from kesu.procedure.history.verdict import Finding
from kesu.procedure.kinds.files import named
from kesu.procedure.shapes.watch import Watch
from kesu.procedure.written.rule import Rule
from kesu.worktime.china import china_calendar

FILES = int(os.environ.get("KESU_MACHINE", "3000" if os.environ.get("CI") == "true" else "60"))
SHARE = 70  # a procedure's histories come in shares of at most so many, so that several processes can work on them
MINUTES = st.sampled_from([1, 10, 30, 60, 60 * 9, 60 * 24, 60 * 24 * 4, 60 * 24 * 30])


def keys(found: list[Finding]) -> list[tuple[object, ...]]:
    return sorted(one.key() for one in found)


def picture(file: CaseFile) -> tuple[object, ...]:
    """Everything that a refused command must leave as it was."""
    duties = [(one.key, one.state, one.answered_by, one.due, one.pauses, one.start) for one in file.duties]
    history = file.history
    said = {word: history.value(word) for act in history.acts for word in act.facts}
    return (list(history.acts), set(history.struck), set(history.suspended), duties, file.ended, said)


class OneFile(Crooked):
    """One file of the place it stands in. `given` are the findings that each act got when it was taken."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.file = CaseFile(self.place.procedure, calendar=china_calendar())
        self.given: dict[int, list[tuple[object, ...]]] = {}
        self.now = when("2026-03-02 09:00")
        self.line = 0

    @initialize(data=st.data())
    def a_file_has_come_some_way(self, data: st.DataObject) -> None:
        self.story = self.place.stories[data.draw(st.sampled_from(sorted(self.place.stories)))]
        self.now = max(self.now, self.story[0].at)  # a report on a quarter begins when it is over
        for _ in range(data.draw(st.integers(2, len(self.story)))):
            self._along()

    # -- ways to act -------------------------------------------------------------------------------------------------

    @rule(lines=st.integers(1, 20), minutes=MINUTES)
    def work_goes_on_as_the_story_has_it(self, lines: int, minutes: int) -> None:
        for _ in range(lines):
            self._along()
        self._pass(min(minutes, 60))

    @rule(minutes=MINUTES, running=st.booleans())
    def time_passes_while_the_clock_runs_or_stands(self, minutes: int, running: bool) -> None:
        self._pass(minutes)
        if running:
            owed = clock_acts(self.file, self.now)
            HAPPENED["acts of the clock"] += len(owed)
            HAPPENED["clock ran"] += 1

    @rule(data=st.data())
    def somebody_tries_some_step(self, data: st.DataObject) -> None:
        step = data.draw(st.sampled_from(self.place.steps))
        person, post = self._person(data), self._post(data)
        units = self.place.units.get(person, ())
        self._try(Command(step=step, by=person, post=post, units=units, facts=self._facts_of(step)))

    @rule(data=st.data())
    def somebody_takes_what_the_page_offers(self, data: st.DataObject) -> None:
        actor = data.draw(st.sampled_from([Actor(one, post) for post, one in self.place.holders.items()]))
        allowed = [name for name, one in offered(self.file, actor, now=self.now).items() if one.allowed]
        step = data.draw(st.sampled_from(allowed))
        self._try(Command(step=step, by=actor.person, post=actor.post, facts=self._facts_of(step)))

    @rule(
        data=st.data(), minutes=MINUTES, reason=st.sampled_from([None, "met on site"]), recorded=st.booleans()
    )
    def something_is_noted_late_or_by_another(
        self, data: st.DataObject, minutes: int, reason: str | None, recorded: bool
    ) -> None:
        line = data.draw(st.sampled_from(self.story[: self.line + 2]))
        if line.by is None:
            return
        facts = {**line.facts, **({"scan": [named("page one")]} if data.draw(st.booleans()) else {})}
        command = self._command(line, facts)
        recorder, medium = (self.place.persons[-1], "signed paper") if recorded else (None, "system")
        at = self.now - timedelta(minutes=minutes)
        self._try(replace(command, at=at, reason=reason, recorder=recorder, medium=medium))

    @rule(last=st.booleans(), data=st.data())
    def a_stand_in_acts(self, last: bool, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.story[: self.line + 2]))
        if line.by is not None:
            resort, its_post = self.place.last_resort
            stand_in = resort if last else self.place.persons[-2]
            post, behalf = (its_post, line.post) if last else (line.post, self._person(data))
            self._try(replace(self._command(line), by=stand_in, post=post, behalf=behalf))

    @rule(data=st.data(), with_unit=st.booleans())
    def somebody_is_named_late(self, data: st.DataObject, with_unit: bool) -> None:
        there = sorted({unit for units in self.place.units.values() for unit in units})
        units = {"units": [data.draw(st.sampled_from(there))]} if there and with_unit else {}
        by, post = self.place.owner
        self._try(
            Command(
                step="named",
                by=by,
                post=post,
                facts={"persons": [self._person(data)], "reason": "so it is said", **units},
            )
        )

    @precondition(lambda self: self.file.history.acts)
    @rule(data=st.data())
    def an_entry_is_mended(self, data: st.DataObject) -> None:
        entry = data.draw(st.sampled_from(self.file.history.acts))
        own = data.draw(st.booleans())
        person, post = self._person(data), self._post(data)
        by, seat = (entry.by or person, entry.post) if own else (person, post)
        facts: dict[str, Value] = {"entry": str(entry.number), "reason": "a slip"}
        step = data.draw(st.sampled_from(["corrected", "struck", "taken back"]))
        if step == "corrected":
            facts |= self._correction(data, entry)
        self._try(Command(step=step, by=by, post=seat, facts=facts))

    @rule()
    def a_count_over_other_files_reaches_its_number(self) -> None:
        for one in self.place.procedure.rules:
            if isinstance(one.shape, Watch) and one.shape.follows is not None:
                fact, value = one.shape.follows
                facts = {fact: value, "rule": one.name}
                self._by_the_house(Act(number=0, step="promoted", at=self.now, noted=self.now, facts=facts))
                HAPPENED["promoted by a count"] += 1

    @rule(data=st.data())
    def something_is_done_once_more(self, data: st.DataObject) -> None:
        line = data.draw(st.sampled_from(self.story[: self.line + 1]))
        if line.by is not None:
            self._try(self._command(line))

    @rule(data=st.data())
    def earlier_work_is_confirmed(self, data: st.DataObject) -> None:
        person, (_, post) = self._person(data), self.place.owner
        waiting = sorted(self.file.history.suspended) or [1]
        entry = str(data.draw(st.sampled_from(waiting)))
        self._try(Command(step="work confirmed", by=person, post=post, facts={"entry": entry}))
        self._try(Command(step="confirmed in person", by=person, facts={}))

    @rule(data=st.data())
    def something_is_waived(self, data: st.DataObject) -> None:
        waivable = sorted({step for one in self.place.procedure.rules for step in _waived_by(one)})
        facts: dict[str, Value] = {
            "instead of": data.draw(st.sampled_from(waivable or self.place.steps)),
            "reason": "nobody there",
        }
        by, post = self.place.owner
        self._try(Command(step="not possible", by=by, post=post, facts=facts))

    @rule(
        step=st.sampled_from(
            ["withdrawn", "ended on withdrawal", "reopened", "void proposed", "voided", "joined"]
        )
    )
    def the_file_takes_a_turn(self, step: str) -> None:
        facts: dict[str, Value] = {
            "reason": "so it is",
            **({"joined to": "TS-2026-0001"} if step == "joined" else {}),
        }
        by, post = self.place.owner
        if self.line > 8:
            self._try(Command(step=step, by=by, post=post, facts=facts))

    @rule(data=st.data())
    def two_persons_override(self, data: st.DataObject) -> None:
        second = self._person(data)
        line = data.draw(st.sampled_from(self.story))
        if line.by is None:
            return
        command, posts = self._command(line), self.place.procedure.overriders
        if posts and data.draw(st.booleans()):
            command = replace(command, by=self.place.holders[posts[0]], post=posts[0])
        refused = decide(self.file, command, now=self.now)
        if isinstance(refused, Barred) and refused.findings:
            rules = tuple(one.rule for one in refused.findings)
            about = {"override step": command.step, "override reason": "no other way", "signature": "one"}
            asked = replace(
                command, step="override proposed", facts={**command.facts, **about}, passes=rules, at=None
            )
            self._try(asked)
            entry = str(self.file.number)
            second_post = data.draw(st.sampled_from([*posts, None]))
            agreed = {"entry": entry, "signature": "two"}
            self._try(Command(step="override agreed", by=second, post=second_post, facts=agreed))
            used = replace(command, facts={**command.facts, "override entry": entry}, passes=rules)
            answer = decide(self.file, used, now=self.now)
            assert isinstance(answer, Barred) or (
                {command.post, second_post} <= set(posts) and second != command.by
            )
            self._try(used)

    # -- what has to hold --------------------------------------------------------------------------------------------

    @invariant()
    def act_by_act_a_review_finds_what_was_found_when_it_was_done(self) -> None:
        fresh = CaseFile(self.place.procedure, calendar=china_calendar())
        reviewed = {act.number: keys(found) for act, found in replay(fresh, self.file.history.acts)}
        assert reviewed == self.given
        clock_acts(fresh, self.now)
        mine = self.file.copy()
        clock_acts(mine, self.now)
        assert picture(fresh)[1:] == picture(mine)[1:]

    @invariant()
    def no_duty_names_a_done_step_as_open(self) -> None:
        once = Counter(one.rule for one in self.file.duties)
        for duty in self.file.running():
            asked = self.place.procedure.by_name[duty.rule]
            if (
                once[duty.rule] == 1
                and asked.each is None
                and not duty.person
                and asked.shape.sign == "within"
            ):
                done = [
                    one
                    for step in duty.steps
                    if step not in self.file.history.joint  # half of a joint act answers nothing yet
                    for one in self.file.history.all(step)
                    if one.number > duty.number
                ]
                assert done == [], duty

    @invariant()
    def nothing_is_due_before_it_began(self) -> None:
        for duty in self.file.duties:
            assert duty.due is None or duty.due.at >= duty.start
            assert duty.aim is None or duty.due is None or duty.aim.at <= duty.due.at

    # -- doing it ----------------------------------------------------------------------------------------------------

    def _person(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(self.place.persons))

    def _post(self, data: st.DataObject) -> str | None:
        return data.draw(st.sampled_from([None, *self.place.holders]))

    def _pass(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    def _along(self) -> None:
        """The next line of the story, by whoever takes it there."""
        if self.line >= len(self.story):
            return
        line = self.story[self.line]
        self.line += 1
        self._pass(5)
        if line.by is None:
            self._by_the_house(line)
        else:
            self._try(self._command(line))

    def _by_the_house(self, line: Act) -> None:
        clock_acts(self.file, self.now)
        act = replace(line, number=self.file.number + 1, at=self.now, noted=self.now)
        found = self.file.judge(act) + self.file.apply(act)
        for one in self.file.following(at=self.now, noted=self.now):
            found += self.file.apply(one)
        self.given[act.number] = keys(found)

    def _try(self, command: Command) -> None:
        before = picture(self.file)
        decision = decide(self.file, command, now=self.now)
        assert picture(self.file) == before, "decide has changed the file"
        if isinstance(decision, Barred):
            HAPPENED["refused"] += 1
            assert decision.problems or decision.findings
            assert all(one.bars for one in decision.findings)
            return
        HAPPENED["accepted"] += 1
        HAPPENED[command.step] += 1
        HAPPENED["overrides"] += bool(command.passes) and command.step != "override proposed"
        assert command.step in ARRIVAL or not any(one.bars for one in decision.findings)
        for act in decision.acts:
            self.file.apply(act)
        self.given[decision.act.number] = keys(list(decision.findings))
        other = self.file.copy()
        after = picture(self.file)
        other.apply(
            Act(
                number=other.number + 1,
                step="named",
                at=self.now,
                noted=self.now,
                by=self.place.owner[0],
                facts={"persons": [self.place.persons[0]]},
            )
        )
        assert picture(self.file) == after, "a copy is not independent"

    def _command(self, line: Act, facts: dict[str, Value] | None = None) -> Command:
        assert line.by is not None
        return Command(
            step=line.step,
            by=line.by,
            post=line.post,
            units=self.place.units.get(line.by, ()),
            facts=dict(line.facts) if facts is None else facts,
        )

    def _facts_of(self, step: str) -> dict[str, Value]:
        return dict(next((line.facts for line in self.story if line.step == step), {}))

    def _correction(self, data: st.DataObject, entry: Act) -> dict[str, Value]:
        word = data.draw(st.sampled_from(sorted(entry.facts) or ["at"]))
        others = [
            line.facts[word] for story in self.place.stories.values() for line in story if word in line.facts
        ]
        return {"word": word, "value": data.draw(st.sampled_from(others or ["2026-03-01 08:00"]))}


def _waived_by(asked: Rule) -> tuple[str, ...]:
    """What may be left out with a reason under a rule."""
    if asked.force != "reason":
        return ()
    return asked.shape.timed.answers if asked.shape.timed is not None else (asked.name,)


def shares() -> list[tuple[str, int, int]]:
    """Each share: a procedure, which of its shares it is, and how many histories."""
    found = []
    for procedure, many in histories(FILES).items():
        parts = -(-many // SHARE)
        found += [(procedure, part, -(-many // parts)) for part in range(parts)]
    return found


@pytest.mark.parametrize(("procedure", "share", "many"), shares())
def test_whatever_people_try_both_worlds_find_the_same(
    procedure: str, share: int, many: int, record_property: Callable[[str, object], None]
) -> None:
    HAPPENED.clear()
    machine = type("OneFile", (OneFile,), {"place": place(procedure)})
    seeded = seed(share)(machine)
    run_state_machine_as_test(
        seeded,
        settings=settings(
            max_examples=many,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    few = many < 20  # in so few histories it may be that nobody was refused
    assert few or (HAPPENED["accepted"] > many and HAPPENED["refused"] > many)
    record_property("machine", (procedure, many, dict(HAPPENED)))

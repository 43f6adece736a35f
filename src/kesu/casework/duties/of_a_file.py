"""Duties with their whole life: called for, due, answered, late, reasoned, void, paused, recomputed (semantics 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from kesu.procedure.history.act import EVERYTHING, Act
from kesu.procedure.history.of_a_file import History
from kesu.procedure.history.verdict import Finding, General, Verdict
from kesu.procedure.shapes.timed import OfDuty
from kesu.procedure.words import per_thing
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ENDING_ALWAYS
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar
from kesu.worktime.due import Pause, in_time

from .calling import (
    PERIOD,
    answered_by_hand,
    answers,
    callers,
    counted_from,
    new_duty,
    over,
    reasons,
    things_called_for,
    timed_of,
)
from .duty import Duty, Key
from .joining import brings_receipt
from .limits import Limits
from .said import finding, late
from .unseen import unseen_answers, unseen_relief

__all__ = ["Duties", "Duty"]

VOID: Final = ("void", "void late")

MAY_TOUCH_ANY_DUTY = (
    STEP.CORRECTED,
    STEP.STRUCK,
    STEP.TAKEN_BACK,
    STEP.NOT_POSSIBLE,
    STEP.PROMOTED,
    STEP.WITHDRAWN,
    STEP.REOPENED,
    *ENDING_ALWAYS,
)


class Duties:
    """All duties of one file. `renewed` is called after every entry; `falling_due` tells the clock what ran out.

    `began`: the last period of each rule that has any, and how many it had. Iterating gives what somebody owes, or owed.
    """

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.by_key: dict[Key, Duty] = {}
        self.began: dict[str, tuple[Act, int]] = {}
        self._of_rule: dict[str, list[Duty]] = {}
        self._limits = Limits(self.by_key)

    def __iter__(self) -> Iterator[Duty]:
        return (duty for duty in self.by_key.values() if duty.owed)

    def copy(self) -> Duties:
        """An independent copy, for trying an act. None but running duties ever change: the others are shared."""
        made = Duties(self.procedure)
        for key, duty in self.by_key.items():
            made._put(key, replace(duty) if duty.running else duty)
        made._limits.like(self._limits)
        made.began = dict(self.began)
        return made

    def keep(self, key: Key, duty: Duty) -> None:
        """Takes a duty in, in the place of the one that had its key."""
        self._put(key, duty)
        self._limits.add(duty)

    def _put(self, key: Key, duty: Duty) -> None:
        before = self.by_key.get(key)
        self.by_key[key] = duty
        of_rule = self._of_rule.setdefault(key[0], [])
        if before is None:
            of_rule.append(duty)
        else:
            of_rule[of_rule.index(before)] = duty

    def renewed(self, history: History, act: Act, calendar: Calendar) -> list[Finding]:
        """Opens, answers, voids and pauses what this entry touches; gives the findings on what it settled."""
        if act.step == PERIOD:
            self._period_began(history, act, calendar)
            return []
        found: list[Finding] = []
        if act.step == STEP.JOINED and act.number not in history.waiting:
            found.extend(self._taken_over(act, calendar))
        counts = act.number not in history.waiting
        for rule in self._touched(act):
            if counts:
                found.extend(self._answered(rule, history, act, calendar))
                self._pause(rule, act, calendar)
            opened, ceased = self._called(rule, history, act, calendar)
            found.extend(ceased)
            found.extend(self._caught_up(rule, opened, history, calendar))
        return found

    def _touched(self, act: Act) -> tuple[Rule, ...]:
        procedure = self.procedure
        unsettled = act.step in MAY_TOUCH_ANY_DUTY or act.recorder is not None or brings_receipt(act)
        if unsettled or not procedure.timed_words.isdisjoint(act.facts):
            return procedure.timed
        return procedure.touching.get(act.step, ())

    def _of(self, rule: Rule) -> list[Duty]:
        """The duties of a rule that somebody still has to meet, the oldest first."""
        mine = [duty for duty in self._of_rule.get(rule.name, ()) if duty.running]
        return sorted(mine, key=lambda duty: (duty.start, duty.number)) if len(mine) > 1 else mine

    def _taken_over(self, act: Act, calendar: Calendar) -> Iterator[Finding]:
        for duty in self.by_key.values():
            if duty.running:
                yield from self._ceases(duty, act, calendar, "taken over")

    def _ceases(self, duty: Duty, act: Act, calendar: Calendar, state: str) -> Iterator[Finding]:
        """The act ends what was owed: inside its limit nothing is left of it, past its limit it stays late (semantics 8.5)."""
        since = duty.pauses[-1].start if duty.paused else act.at
        if not duty.owed or duty.due is None or in_time(due=duty.due, moment=since):
            duty.state = state
            return
        duty.state = "void late" if duty.can_be_late else state
        rule = self.procedure.by_name[duty.rule]
        why = OfDuty.LATE if act.step in duty.steps else General.LATE_TO_THE_END  # it may be its answer, too
        yield late(rule, duty, at=act.at, calendar=calendar, why=why)

    # -- calling -----------------------------------------------------------------------------------------------------

    def _called(
        self, rule: Rule, history: History, act: Act, calendar: Calendar
    ) -> tuple[list[Duty], list[Finding]]:
        """Opens what is called for and voids what is not.

        Gives what came to apply only after the act that calls for it, and the findings on what was late when it ended.
        """
        wanted: set[Key] = set()
        calling: set[int] = set()
        opened: list[Duty] = []
        if not rule.shape.fulfilled(history):
            for caller, start in callers(rule, history, calendar):
                calling.add(caller.number)
                if not over(rule, caller, history, self.procedure):
                    keys, new = self._called_by(rule, caller, start, history, act, calendar)
                    wanted.update(keys)
                    opened += new if caller.number < act.number else ()
        ceased: list[Finding] = []
        for duty in self._of(rule):
            if duty.key in wanted:
                continue
            if duty.number in calling and act.step != STEP.CORRECTED:
                ceased += self._ceases(duty, act, calendar, "void")
            else:
                duty.state = "void"  # it was never owed: what called for it reads otherwise now
        return opened, ceased

    def _period_began(self, history: History, act: Act, calendar: Calendar) -> None:
        """A period changes nothing of those before it, so that a file that slept for years wakes up fast."""
        rule = self.procedure.by_name.get(str(act.facts.get(FACT.RULE)))
        if rule is None or rule.shape.timed is None or rule.shape.timed.period is None:
            return  # another edition had such a rule
        self.began[rule.name] = act, self.began.get(rule.name, (act, 0))[1] + 1
        if not over(rule, act, history, self.procedure):
            self._called_by(rule, act, act.at, history, act, calendar)

    def _called_by(
        self, rule: Rule, caller: Act, start: datetime, history: History, act: Act, calendar: Calendar
    ) -> tuple[list[Key], list[Duty]]:
        """Every duty that the caller calls for, and those of them that did not stand before."""
        opened: list[Duty] = []
        starts = {
            (rule.name, caller.number, thing): since
            for thing in things_called_for(rule, caller, history)
            if rule.when.holds(history, None, thing if rule.each and thing else None) is True
            and (since := counted_from(rule, caller, thing, start, history, calendar)) is not None
        }
        for key, since in starts.items():
            duty = self.by_key.get(key)
            if duty is None or duty.state in VOID:
                duty = new_duty(rule, caller, key, since, act, calendar)
                if history.shown is not EVERYTHING:
                    duty.unseen = unseen_answers(timed_of(rule), history.shown)
                    duty.unseen_relief = unseen_relief(timed_of(rule), history.shown)
                opened.append(duty)
                self.keep(key, duty)
            elif (duty.state == "open" and duty.start != since) or (duty.running and since < duty.start):
                duty.start, duty.opened_by = since, act.number
                self._recount(duty, calendar)
        return list(starts), opened

    def _caught_up(
        self, rule: Rule, opened: list[Duty], history: History, calendar: Calendar
    ) -> Iterator[Finding]:
        """A duty that comes to apply late knows what happened since it was called for: what was done need not be done again."""
        for act in history.all_standing() if opened else ():
            if history.recused(act.number):
                continue
            if act.step not in history.joint or act.number == history.all(act.step)[-1].number:
                free = [duty for duty in opened if not self._answers_another(rule, act, duty)]
                yield from self._answered(rule, history, act, calendar, free)
            self._pause(rule, act, calendar, opened)

    def _answers_another(self, rule: Rule, act: Act, duty: Duty) -> bool:
        """A step answers one duty of a rule, with `for each` one for each of its things."""
        same = (one for one in self._of_rule[rule.name] if not rule.each or one.thing == duty.thing)
        return any(one.answered_by == act.number for one in same)

    # -- answering ---------------------------------------------------------------------------------------------------

    def _answered(
        self, rule: Rule, history: History, act: Act, calendar: Calendar, among: list[Duty] | None = None
    ) -> Iterator[Finding]:
        if not answers(rule, act, history):
            return
        for duty in self._meant(rule, act, history, among):
            duty.answered_by, duty.answered_at = act.number, act.at
            if reasons(rule, act, history):
                duty.state = "reasoned"
                yield finding(rule, duty, Verdict.KEPT, at=act.at, manner="reasoned")
                continue
            self._resume(duty, act, calendar)
            if duty.due is None or in_time(due=duty.due, moment=act.at):
                duty.state = "met"
                yield finding(rule, duty, Verdict.KEPT, at=act.at)
            else:
                duty.state = "met late"
                yield late(rule, duty, at=act.at, calendar=calendar)

    def _meant(self, rule: Rule, act: Act, history: History, among: list[Duty] | None) -> list[Duty]:
        """The oldest duty that the act answers, or the one that it names; with `for each`, one for each of its things."""
        named = answered_by_hand(rule, act)
        found: dict[str, Duty] = {}
        for duty in self._of(rule):
            if among is not None and duty not in among:
                continue
            if duty.number >= act.number or (named is not None and str(duty.number) != named):
                continue
            if duty.person and duty.person != act.by:
                continue
            if act.at < duty.start and timed_of(rule).period is not None:
                continue
            if duty.thing and rule.each and not self._concerns(rule, act, duty.thing, history):
                continue
            found.setdefault(duty.thing if rule.each else "", duty)
        return list(found.values())

    def _concerns(self, rule: Rule, act: Act, thing: str, history: History) -> bool:
        """A waiver that names no thing is for all of them."""
        assert rule.each is not None
        named = act.facts.get(per_thing(rule.each))
        return (named is None and act.step == STEP.NOT_POSSIBLE) or history.concerns(act, rule.each, thing)

    # -- clocks ------------------------------------------------------------------------------------------------------

    def _pause(self, rule: Rule, act: Act, calendar: Calendar, among: list[Duty] | None = None) -> None:
        timed = timed_of(rule)
        for duty in self._of(rule) if act.step in (*timed.pause_from, *timed.pause_to) else ():
            if among is not None and duty not in among:
                continue
            if duty.number >= act.number:
                continue
            if act.step in timed.pause_from and not duty.paused:
                why = str(act.facts.get(FACT.REASON) or act.step)
                duty.pauses = (*duty.pauses, Pause(start=act.at, end=None, reason=why))
            elif act.step in timed.pause_to:
                self._resume(duty, act, calendar)

    def _resume(self, duty: Duty, act: Act, calendar: Calendar) -> None:
        """The clock goes on from the act's own time; a pause that lasted no time by its dates stopped nothing."""
        if duty.paused:
            *before, last = duty.pauses
            ended = [replace(last, end=act.at)] if act.at > last.start else []
            duty.pauses = (*before, *ended)
            self._recount(duty, calendar)

    def _recount(self, duty: Duty, calendar: Calendar) -> None:
        limit = timed_of(self.procedure.by_name[duty.rule]).limit_at(start=duty.start, calendar=calendar)
        duty.due = limit.due(calendar=calendar, start=duty.start, pauses=duty.pauses)
        duty.aim = limit.aimed(calendar=calendar, start=duty.start, pauses=duty.pauses)
        self._limits.add(duty)

    def falling_due(self, until: datetime) -> Duty | None:
        """The duty that was the first to run out by `until`, of those that stand open."""
        return self._limits.first(until)

    def next_limit(self) -> datetime | None:
        """When the next of them runs out; None when none runs."""
        return self._limits.next()

    def spans(self) -> Iterator[Duty]:
        """The spans at which the clock alone looks and of which it has said nothing yet."""
        return (duty for rule in self.procedure.promoting for duty in self._of(rule))

    def rescheduled(self, calendar: Calendar) -> None:
        """Counts the running duties anew with another calendar; what is met, reasoned or void stays as it is."""
        for duty in self.by_key.values():
            if duty.running:
                before = duty.due
                self._recount(duty, calendar)
                duty.calendar = calendar.digest
                if duty.due is None or before is None or duty.due.at != before.at:
                    duty.state = "open"

"""One file: its history, its duties, and what the rules say of the next act. A pure fold of its entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Final

from kesu.procedure.history.act import EVERYTHING, Act, Shown, Value
from kesu.procedure.history.hearsay import confirmed, counting, hangs_on_a_word
from kesu.procedure.history.verdict import KEPT, Finding, Outcome, Verdict
from kesu.procedure.shapes import END
from kesu.procedure.shapes.abilities import FollowsFrom, KeepsPersonsApart
from kesu.procedure.waiver import all_left_out
from kesu.procedure.words import in_its_words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ENDING_ALWAYS, MENDING, TAKING_OUT
from kesu.procedure.written.expected import not_yet_known
from kesu.procedure.written.gate import end_is_one_gate
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.prepared import Prepared, Question
from kesu.procedure.written.rule import Rule
from kesu.worktime.calendar import Calendar

from ..duties.of_a_file import Duties, Duty
from ..duties.said import answered_backward, bars_end, running, still_owed
from .begun import history_of
from .effects import EFFECTS, by_clock
from .hearsay import unconfirmed
from .let_pass import rules_let_pass
from .mended_act import mended_act, unread
from .naming import of_whoever_states, states_himself
from .outcome import outcome_of
from .promoting import PROMOTED, next_that_follows
from .recusal import apart_rules, renew_suspensions, to_mend
from .reopening import renew_spent
from .taking_out import entry_of, mends_item, taken_out

Weighed = tuple[Sequence[Rule], Sequence[Finding]]  # the rules plainly kept, and every other finding
NO_FINDINGS: Final[Sequence[Finding]] = ()
NOTHING_SAID: Final[Weighed] = ((), NO_FINDINGS)


class CaseFile:
    """The fold of one file. `judge` asks, `apply` adds; nothing else changes it."""

    def __init__(
        self,
        procedure: Procedure,
        *,
        calendar: Calendar,
        calendars: Mapping[str, Calendar] | None = None,
        editions: Mapping[str, Procedure] | None = None,
        shown: Shown = EVERYTHING,
    ) -> None:
        self._opened_under = procedure
        self.judge_by(procedure)
        self.calendar = self._opened_with = calendar
        self.calendars = calendars or {}
        self.editions = editions or {}  # by digest: what the file can be moved to
        self.history = history_of(procedure, calendar=calendar, shown=shown)
        self.duties = Duties(procedure)
        self.ended = False
        # The last entry that not time alone made, and up to when time has made entries since: periods count from there.
        self.last_by_people: Act | None = None
        self.ticked: datetime | None = None

    def judge_by(self, procedure: Procedure) -> None:
        """From here on by this edition; history and duties are the caller's to bring along."""
        self.procedure, self.words = procedure, procedure.words
        self._apart = apart_rules(procedure)

    @property
    def number(self) -> int:
        """The number of the last entry."""
        return self.history.acts[-1].number if self.history.acts else 0

    @property
    def state(self) -> str:
        """The last step of this procedure's own that stands, for lists."""
        return next(
            (
                act.step
                for act in reversed(self.history.acts)
                if act.by is not None and self.history.counts(act.number)
            ),
            "",
        )

    def copy(self) -> CaseFile:
        """An independent copy, for trying acts without changing this file."""
        made = copy(self)
        made.history = self.history.copy()
        made.duties = self.duties.copy()
        return made

    def empty(self) -> CaseFile:
        """The file as it began, by the edition it was opened under, before anything happened in it."""
        return CaseFile(
            self._opened_under,
            calendar=self._opened_with,
            calendars=self.calendars,
            editions=self.editions,
            shown=self.history.shown,
        )

    def anew(self, procedure: Procedure) -> CaseFile:
        """What happened so far, as if it had been judged by another edition from the start."""
        made = CaseFile(
            procedure, calendar=self._opened_with, calendars=self.calendars, shown=self.history.shown
        )
        made._refold(self.history.acts)
        return made

    # -- judging -----------------------------------------------------------------------------------------------------

    def ready(self, step: str) -> Prepared | None:
        """The rules asked at a step of this file, made ready; None for a step that no rule speaks of."""
        return (self.procedure.ready if self.history.acts else self.procedure.ready_first).get(step)

    @in_its_words
    def judge(self, act: Act) -> list[Finding]:
        """What every rule asked at this step says of the act, which is not applied."""
        said = self._said(act)
        return [unconfirmed(one) for one in said] if hangs_on_a_word(self.history, act) else said

    def _said(self, act: Act) -> list[Finding]:
        rules = of_whoever_states(self.procedure.asked.get(act.step, ()), act, self.history)
        heard = self.history.hearing.heard(act)
        findings = [found for rule in rules if (found := self.finding(rule, heard)) is not None]
        findings += self.owed_at(act)
        return [*findings, *self._of_mended(act)] if act.step in MENDING else findings

    def owed_at(self, act: Act) -> list[Finding]:
        """The duties that bar the act where it ends the file: what is owed is done first (semantics 5.11)."""
        gate = act.step in self.procedure.ends and act.step not in ENDING_ALWAYS
        if not gate or not end_is_one_gate(self.procedure.language):
            return []
        return [
            still_owed(self.procedure.by_name[duty.rule], duty, act)
            for duty in self.running()
            if bars_end(self.procedure.by_name[duty.rule], duty, act)
        ]

    def _of_mended(self, mending: Act) -> list[Finding]:
        """What the rules of the entry that an act mends say of it, as that act makes it: what they did not say before.

        They are asked as the file stood when the entry was noted. Whoever takes an entry out is only asked whether he could
        have taken it; his own act everybody may take back.
        """
        entry = self.history.standing_act(entry_of(mending.facts.get(FACT.ENTRY)))
        if (
            not self.procedure.mends_as_acts
            or entry is None
            or entry.by is None
            or unread(self.procedure, mending)
        ):
            return []
        then = self._until(entry.number)
        stood = {found.rule for found in then._said(entry) if found.verdict is not Verdict.KEPT}
        stood.update(
            rule.name for rule in self.procedure.asked.get(mending.step, ())
        )  # they speak for themselves
        anew = then._said(mended_act(entry, mending, zone=self.calendar.zone))
        return [
            replace(found, number=mending.number, at=mending.at)
            for found in anew
            if found.verdict is not Verdict.KEPT
            and found.rule not in stood
            and (mending.step not in TAKING_OUT or self.procedure.by_name[found.rule].shape.about_persons)
        ]

    def _until(self, number: int) -> CaseFile:
        """The file as it was before an entry, without what was taken out since."""
        fresh = self.empty()
        for act in self.history.acts:
            if act.number >= number:
                break
            if act.number in self.history.struck:
                fresh.history.add_struck(act)
            else:
                fresh._evolve(act)
        return fresh

    def judge_end(self, at: datetime) -> list[Finding]:
        """What the rules of the end say of a log's case that is complete though no step of it ends a file."""
        act = Act(number=self.number + 1, step=END, at=at, noted=at)
        return [said for rule in self.procedure.asked[END] if (said := self.finding(rule, act)) is not None]

    def weigh(self, act: Act) -> Weighed:
        """What `judge` says, with the rules that are plainly kept only named: for whoever counts them by the million."""
        if hangs_on_a_word(self.history, act):
            return (), self.judge(act)
        (kept, found), owed = self._weighed(act), self.owed_at(act)
        return (kept, [*found, *owed]) if owed else (kept, found)

    def _weighed(self, act: Act) -> Weighed:
        history, ready = self.history, self.ready(act.step)
        if ready is None or not ready.questions:
            return NOTHING_SAID
        act = history.hearing.heard(act)
        if states_himself(history, act):
            return self.ask(act, [one for one in ready.questions if not one[0].shape.about_persons])
        if not ready.sure or not ready.at_a_glance(history):
            return self.ask(act, ready.questions)
        return self.ask(act, ready.others, sure=ready.sure) if ready.others else (ready.sure, NO_FINDINGS)

    def weigh_end(self, at: datetime) -> Weighed:
        """What `judge_end` says, weighed."""
        ready = self.procedure.ready.get(END)
        if ready is not None and not ready.others and ready.at_a_glance(self.history):
            return ready.sure, NO_FINDINGS
        return self.weigh(Act(number=self.number + 1, step=END, at=at, noted=at))

    def ask(self, act: Act, questions: Iterable[Question], *, sure: Iterable[Rule] = ()) -> Weighed:
        """What these questions come to for the act, weighed; `sure` are rules of which it is known that they are kept."""
        history = self.history
        kept, found = list(sure), []
        for rule, judge in questions:
            outcome = self.outcome(rule, act) if judge is None else judge(history, act, None)
            if outcome is KEPT:
                kept.append(rule)
            elif outcome is not None:
                found.append(self._finding(rule, act, outcome))
        return kept, found

    def barring(self, act: Act) -> list[Finding]:
        """The findings of `judge` that bar whoever takes the step: for whoever asks about step after step."""
        said = (self.barred_by(question, act) for question in self.barring_questions(act.step))
        return [finding for finding in said if finding is not None]

    def barring_questions(self, step: str) -> tuple[Question, ...]:
        """What is asked at a step by rules that bar whoever takes it."""
        ready = self.ready(step)
        return ready.barring if ready is not None else ()

    def barred_by(self, question: Question, act: Act) -> Finding | None:
        """What one of these questions comes to; None where it does not bar."""
        rule, judge = question
        outcome = self.outcome(rule, act) if judge is None else judge(self.history, act, None)
        if outcome is None or outcome is KEPT:
            return None
        said = self._finding(rule, act, outcome)
        return said if said.bars else None

    def refusing(self, act: Act, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
        """The findings of `judge` that bar, of these rules or all: for whoever tries one act after the other."""
        found = []
        for rule in self.procedure.asked.get(act.step, ()) if rules is None else rules:
            outcome = self.outcome(rule, act) if rule.bars else None
            if outcome is not None and outcome is not KEPT:
                said = self._finding(rule, act, outcome)
                if said.bars:
                    found.append(said)
        return tuple(found)

    def finding(self, rule: Rule, act: Act) -> Finding | None:
        """The finding of one rule on the act; None when it has nothing to say."""
        outcome = self.outcome(rule, act)
        return None if outcome is None else self._finding(rule, act, outcome)

    def outcome(self, rule: Rule, act: Act) -> Outcome | None:
        """What one rule says of the act; None when it has nothing to say. Over nothing that is known nobody can tell."""
        outcome = outcome_of(rule, act, self.history)
        if not rule.expects or outcome is None or outcome.verdict is not Verdict.KEPT:
            return outcome
        return not_yet_known(rule.expects, self.history, act) or outcome

    def _reasoned(self, rule: Rule, outcome: Outcome) -> bool:
        """Whether everything that is lacking, for every thing, has been said with a reason not to be possible or needed."""
        return rule.waiver is not None and all_left_out(
            rule.waiver, self.history, outcome.lacks, one_is_enough=rule.shape.one_is_enough()
        )

    def _finding(self, rule: Rule, act: Act, outcome: Outcome) -> Finding:
        manner, verdict = "", outcome.verdict
        if verdict is Verdict.BROKEN and self._reasoned(rule, outcome):
            verdict, manner = Verdict.KEPT, "reasoned"
        elif verdict is not Verdict.KEPT and rule.name in rules_let_pass(self.history, act):
            manner = "" if rule.able(KeepsPersonsApart) is not None else "overridden"
        return Finding(
            rule=rule.name,
            clauses=rule.clauses,
            verdict=verdict,
            number=act.number,
            at=act.at,
            outcome=outcome,
            bars=rule.bars and verdict in (Verdict.BROKEN, Verdict.CANNOT_TELL) and manner != "overridden",
            manner=manner,
        )

    # -- evolving ----------------------------------------------------------------------------------------------------

    @in_its_words
    def apply(self, act: Act) -> list[Finding]:
        """Adds the act; gives the findings on duties that it settled."""
        anew = act.step in TAKING_OUT or (self.procedure.mends_as_acts and mends_item(act))
        if anew and not self.history.hearsay.waits(act):
            self._refold([*self.history.acts, act])
            return []
        if act.step == STEP.CONFIRMED_IN_PERSON and self.history.waiting:
            return self._confirm(act)
        found = self._evolve(act)
        if act.step == STEP.CONFIRMED_IN_PERSON:
            self.history.stood_by = confirmed(self.history.acts, self.history.hearsay, self.history.struck)
        return found

    def _confirm(self, act: Act) -> list[Finding]:
        """What waited for the confirmation counts from its own place on; gives the findings on duties that this settled."""
        before = {duty.key: duty.running for duty in self.duties}
        found = self._refold([*self.history.acts, act])
        return [one for one in found if before.get((one.rule, one.number, one.thing), True)]

    def _evolve(self, act: Act) -> list[Finding]:
        if self.history.hearsay.waits(act) and act.number not in self.history.stood_by:
            return self._wait(act)
        if act.step in EFFECTS:
            EFFECTS[act.step](self, act)
        self.history.add(act)
        if act.step == STEP.REOPENED:
            renew_spent(self.procedure, self.history)
        if self.procedure.periodic:
            self._tell(act)
        if self._apart:
            renew_suspensions(self.procedure, self.history, act, self._apart)
        found = self.duties.renewed(self.history, act, self.calendar) if self.procedure.timed else []
        if act.step in self.procedure.ends or act.step in ENDING_ALWAYS:
            self.ended = True
        elif act.step == STEP.REOPENED:
            self.ended = False
        return found

    def _wait(self, act: Act) -> list[Finding]:
        """Only whoever acted has something to do now: to confirm it, or to take the step himself."""
        self.history.add_waiting(act)
        if self.procedure.periodic:
            self._tell(act)
        return self.duties.renewed(self.history, act, self.calendar) if self.procedure.timed else []

    def _tell(self, act: Act) -> None:
        if by_clock(act):
            self.ticked = act.at if self.ticked is None else max(self.ticked, act.at)
        else:
            self.last_by_people, self.ticked = act, None

    def _refold(self, acts: list[Act]) -> list[Finding]:
        """Folds everything anew without what was taken out, and with what was confirmed, as if that had been so from the start.

        Gives the findings on duties, all of them once more.
        """
        hearsay = self.history.hearsay
        fresh, gone = self.empty(), taken_out(counting(acts, hearsay), links=self.procedure.mends_as_acts)
        fresh.history.stood_by = confirmed(acts, hearsay, gone)
        found: list[Finding] = []
        for act in acts:
            if act.number in gone:
                fresh.history.add_struck(act)
            else:
                found += fresh._evolve(act)
        self.judge_by(fresh.procedure)
        self.history, self.duties = fresh.history, fresh.duties
        self.calendar, self.ended = fresh.calendar, fresh.ended
        self.last_by_people, self.ticked = fresh.last_by_people, fresh.ticked
        return found

    # -- the clock ---------------------------------------------------------------------------------------------------

    def following(self, *, at: datetime, noted: datetime) -> Iterator[Act]:
        """The entries in which rules record what now follows; each has to be applied before the next is asked for."""
        for rule, shape, value in next_that_follows(self.procedure.able(FollowsFrom), self.history):
            facts: dict[str, Value] = {shape.fact: value, FACT.RULE: rule.name}
            yield Act(number=self.number + 1, step=PROMOTED, at=at, noted=noted, facts=facts)

    # -- what stands -------------------------------------------------------------------------------------------------

    def running(self) -> Iterator[Duty]:
        """Duties that somebody still has to meet."""
        return (duty for duty in self.duties if duty.running)

    def to_mend(self) -> list[tuple[Act, Rule]]:
        """Earlier acts that do not count because their author has to stay out, until somebody confirms or redoes them."""
        return to_mend(self.procedure, self.history, self._apart) if self.history.suspended else []

    def open_findings(self, as_of: datetime) -> list[Finding]:
        """The verdicts, as of a moment, on duties that nobody has met: open inside the limit, broken past it."""
        return [
            running(
                self.procedure.by_name[duty.rule],
                duty,
                as_of=as_of,
                calendar=self.calendar,
                answered_backward=answered_backward(duty, self.history),
            )
            for duty in self.running()
        ]

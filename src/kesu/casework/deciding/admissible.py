"""What is wrong with a command itself, before any rule is asked: unknown step, wrong values, a time it may not have."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from kesu.procedure.history.act import Act
from kesu.procedure.history.hearsay import to_confirm
from kesu.procedure.shapes.abilities import NamesADoer
from kesu.procedure.words import facts as fact_words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ARRIVAL, FROM_THE_REGISTER
from kesu.procedure.written.model import Step
from kesu.reading.strict import suggestion
from kesu.reading.text import Text
from kesu.worktime.due import due, in_time
from kesu.worktime.span import Span, Unit

from ..duties.calling import PERIOD
from ..file.case_file import CaseFile
from ..file.roles_in_file import apart
from ..file.taking_out import entry_of
from .command import Command
from .mending import wrong_mending
from .naming import wrong_naming
from .overriding import facts_of_another_step, wrong_override
from .sending_back import wrong_sending_back
from .things_named import wrong_things
from .values import wrong_values

BACK_DATING: Final = "back-dating"  # a setting: an act older than this needs a reason
OWN_WORK: Final = Text(
    "批准的是你自己办的事，请批准人自己登录办理；代记的，要附上签字件的扫描件",
    "what is approved is your own work; whoever approves it does so in his own sign-in, or you attach the scan of the signed paper",
)
OWN_TIME: Final = Span(Decimal(1), Unit.WORKING_DAYS)


def wrong_command(file: CaseFile, command: Command, now: datetime) -> list[Text]:
    """Everything that is wrong with the command; what a rule would bar is not asked here."""
    step = file.procedure.steps.get(command.step)
    if step is None:
        en, zh = suggestion(command.step, file.procedure.steps)
        return [
            Text(f"本程序没有“{command.step}”这一步{zh}", f"this procedure has no step “{command.step}”{en}")
        ]
    if not step.word.by_people:
        return [
            Text(
                f"“{step.title.zh}”由系统记录，不能由人办理",
                f"“{step.title.en}” is recorded by the system, not by a person",
            )
        ]
    return [
        *_wrong_facts(file, command),
        *facts_of_another_step(file, command),
        *_wrong_state(file, step),
        *_wrong_time(file, command, step, now),
        *_wrong_seat(file, command),
        *_wrong_noting(file, command, step),
        *_wrong_confirmation(file, command),
        *wrong_naming(file, command),
        *wrong_mending(file, command),
        *wrong_sending_back(file, command, now),
        *wrong_override(file, command),
    ]


def _wrong_facts(file: CaseFile, command: Command) -> list[Text]:
    given = {**command.facts, FACT.REASON: command.reason} if command.reason else command.facts
    plain = {
        word: value
        for word, value in given.items()
        if not (command.step == STEP.CORRECTED and word == FACT.VALUE)
    }
    problems = [*wrong_values(file.procedure, plain), *wrong_things(file.history, plain)]
    for word in FROM_THE_REGISTER:
        if word in given:
            title = fact_words()[word].title
            problems.append(
                Text(
                    f"“{title.zh}”由样品和报告的登记带来，不能在案卷里填写",
                    f"“{title.en}” comes from the register of items and is not filled in here",
                )
            )
    return problems


def _wrong_state(file: CaseFile, step: Step) -> list[Text]:
    if step.word.begins and step.name in ARRIVAL and file.history.done(step.name):
        return [
            Text(
                "本案已经收到；另一件事请另立案卷，同一件事的补充请用“补充”",
                "this has been received already; another matter opens a file of its own, what belongs to this one is added",
            )
        ]
    if file.ended and not step.word.may_follow_end:
        return [Text("案卷已办结；要再办，先“重新开启”", "the file has ended; reopen it first")]
    return []


# -- time ------------------------------------------------------------------------------------------------------------


def _wrong_time(file: CaseFile, command: Command, step: Step, now: datetime) -> list[Text]:
    if command.at is None or command.at == now:
        return []
    if command.at.tzinfo is None:
        return [Text("时间没有时区", "the time has no zone")]
    elsewhere = step.outside or (command.recorder is not None and command.recorder != command.by)
    if not elsewhere:
        return [
            Text(
                f"“{step.title.zh}”以记录时间为准，不能另填时间",
                f"“{step.title.en}” counts from when it is noted; it takes no time of its own",
            )
        ]
    if command.at > now:
        return [Text("发生时间不能晚于现在", "it cannot have happened later than now")]
    return [*_before_its_start(file, command, step), *_long_ago(file, command, step, now)]


def _before_its_start(file: CaseFile, command: Command, step: Step) -> list[Text]:
    """It cannot have happened before the act from which its own time is counted (semantics 2.1)."""
    assert command.at is not None
    for duty in file.running():
        caller = file.history.standing_act(duty.number)
        if caller is not None and caller.step == PERIOD:
            continue  # what happened before a period began is no answer to it, but it may have happened
        if command.step in duty.steps and caller is not None and command.at < caller.at and not duty.person:
            title = (
                file.procedure.steps[caller.step].title if caller.step in file.procedure.steps else step.title
            )
            return [
                Text(
                    f"“{step.title.zh}”不能早于它所依据的“{title.zh}”",
                    f"“{step.title.en}” cannot have happened before “{title.en}”, from which its time is counted",
                )
            ]
    return []


def _long_ago(file: CaseFile, command: Command, step: Step, now: datetime) -> list[Text]:
    """What is noted later than a working day after it happened says why; the arrival itself is never refused."""
    assert command.at is not None
    if command.reason or command.facts.get(FACT.REASON) or step.name in ARRIVAL:
        return []
    span = _back_dating(file)
    if span is None or in_time(due=due(calendar=file.calendar, start=command.at, span=span), moment=now):
        return []
    return [
        Text(
            f"“{step.title.zh}”发生已超过{span.label('zh')}，补记请写明理由",
            f"“{step.title.en}” happened more than {span.label('en')} ago; say why it is noted only now",
        )
    ]


def _back_dating(file: CaseFile) -> Span | None:
    """How long ago something may have happened without a reason for noting it late; None without limit."""
    setting = file.procedure.settings.get(BACK_DATING)
    if setting is None or not setting.value:
        return OWN_TIME
    if setting.value == "no limit":
        return None
    span = Span.parse(setting.value)
    return span if isinstance(span, Span) else span.limit


# -- persons ---------------------------------------------------------------------------------------------------------


def _wrong_seat(file: CaseFile, command: Command) -> list[Text]:
    """A person stands in for another person, or a post of last resort for a post; never for himself."""
    if command.behalf is None:
        return []
    if command.behalf == command.by:
        return [Text("不能代理自己", "nobody stands in for himself")]
    place = file.procedure.posts.get(command.behalf)
    if place is not None and place.last_resort != command.post:
        return [
            Text(
                f"{file.procedure.title_of(command.post or '').zh}不是{place.title.zh}的最后人选",
                f"the {command.post or 'person'} is no last resort of the {place.name}",
            )
        ]
    return []


def _wrong_noting(file: CaseFile, command: Command, step: Step) -> list[Text]:
    """Whoever's own work is being approved does not note the approval; some steps nobody notes for another (semantics 5.7)."""
    noted = command.recorder not in (None, command.by)
    if noted and step.word.in_person and command.step != STEP.CONFIRMED_IN_PERSON:
        return [
            Text(
                f"“{step.title.zh}”不能代记，请本人登录办理",
                f"“{step.title.en}” is not noted for another; whoever takes it does so in his own sign-in",
            )
        ]
    if not noted or file.procedure.hearsay.scanned(command.facts):
        return []
    for _, shape in file.procedure.able_at(command.step, NamesADoer):
        if shape.apart and command.recorder in file.history.persons(shape.doers):
            return [OWN_WORK]
    return []


def _wrong_confirmation(file: CaseFile, command: Command) -> list[Text]:
    if command.step == STEP.CONFIRMED_IN_PERSON:
        return (
            []
            if _waiting(file, command)
            else [Text("没有等你本人确认的代记事项", "nothing noted for you waits for your confirmation")]
        )
    if command.step != STEP.WORK_CONFIRMED:
        return []
    if not file.history.recused(entry_of(command.facts.get(FACT.ENTRY))):
        return [Text("这一条不需要别人确认", "this entry does not wait for somebody else's confirmation")]
    if _kept_out(file, command.by) or apart(file).units.intersection(command.units):
        return [Text("须由不需回避的人确认", "somebody who does not have to stay out has to confirm it")]
    return []


def _waiting(file: CaseFile, command: Command) -> list[Act]:
    entry = command.facts.get(FACT.ENTRY)
    noted = to_confirm(file.history, command.by)
    own_words = command.recorder in (None, command.by)
    return [act for act in noted if own_words and (entry is None or act.number == entry_of(entry))]


def _kept_out(file: CaseFile, person: str) -> bool:
    return person in apart(file).persons

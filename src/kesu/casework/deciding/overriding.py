"""What is wrong with a command that asks for an override, answers one, or uses one."""

from __future__ import annotations

from collections.abc import Iterator

from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import KeepsPersonsApart
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step
from kesu.reading.strict import suggestion
from kesu.reading.text import Text

from ..file.case_file import CaseFile
from ..file.let_pass import content, proposal
from ..file.roles_in_file import apart
from .command import Command
from .foreign import foreign_facts
from .unknown import unanswered_facts

ANSWERS = (STEP.OVERRIDE_AGREED, STEP.OVERRIDE_DECLINED)
NOBODY_MAY = Text(
    "本程序没有写由谁特批，不能特批",
    "this procedure names nobody who may override; it cannot be overridden",
)


def wrong_override(file: CaseFile, command: Command) -> list[Text]:
    """What is wrong with it as a part of an override; nothing where it is none."""
    if command.step == STEP.OVERRIDE_PROPOSED:
        return [*_wrong_persons(file, command), *_wrong_proposal(file, command)]
    if command.step in ANSWERS:
        return [*_wrong_persons(file, command), *_wrong_answer(file, command)]
    return [*_wrong_persons(file, command), *_wrong_use(file, command)] if command.passes else []


def asked_step(file: CaseFile, command: Command) -> Step | None:
    """The step whose facts a command brings: of a proposal the one that it asks for."""
    name = command.facts.get(FACT.OVERRIDE_STEP) if command.step == STEP.OVERRIDE_PROPOSED else command.step
    return file.procedure.steps.get(str(name))


def facts_of_another_step(file: CaseFile, command: Command) -> Iterator[Text]:
    """Facts that the step does not say, or that have to be known; those of a proposal are its step's."""
    step = asked_step(file, command)
    given = content(command.facts) if command.step == STEP.OVERRIDE_PROPOSED else command.facts
    if step is not None:
        yield from foreign_facts(file.procedure, step, given)
        yield from unanswered_facts(file.procedure, step, given)


def as_let_pass(file: CaseFile, act: Act) -> dict[str, object]:
    """What goes on record with an act that passes by an override: with whom, and why."""
    asked = proposal(file.history, act.facts.get(FACT.OVERRIDE_ENTRY)) if act.overridden else None
    if asked is None or asked.agreed is None:
        return {}
    return {FACT.OVERRIDDEN_BY: asked.agreed.by, FACT.OVERRIDE_REASON: asked.reason}


def _wrong_persons(file: CaseFile, command: Command) -> Iterator[Text]:
    posts = file.procedure.overriders
    if not posts:
        yield NOBODY_MAY
    elif command.post not in posts:
        zh = "、".join(file.procedure.title_of(post).zh for post in posts)
        yield Text(f"特批由这些岗位作出：{zh}", f"an override is for these posts: {', '.join(posts)}")
    signs = command.step in (STEP.OVERRIDE_PROPOSED, STEP.OVERRIDE_AGREED)
    if signs and not any(map(str.isalnum, str(command.facts.get(FACT.SIGNATURE) or ""))):
        yield Text("特批要有签名", "an override needs a signature")
    if command.by in apart(file).persons:
        yield Text("须回避的人不能特批", "who has to stay out cannot override")


def _wrong_proposal(file: CaseFile, command: Command) -> Iterator[Text]:
    target = asked_step(file, command)
    if target is None or not target.word.by_people or target.name == STEP.OVERRIDE_PROPOSED:
        yield Text("要写明放行哪一步", "it has to name the step that is to pass")
    if not command.passes:
        yield Text("要写明放行哪几条规则", "it has to name the rules that are to let it pass")
    for name in command.passes:
        rule = file.procedure.by_name.get(name)
        if rule is None:
            en, zh = suggestion(name, file.procedure.by_name)
            yield Text(f"没有规则“{name}”{zh}", f"no rule is called “{name}”{en}")
        elif rule.able(KeepsPersonsApart) is not None:
            yield Text(f"“{name}”是回避，不能特批", f"“{name}” keeps persons apart and cannot be overridden")
    if not command.facts.get(FACT.OVERRIDE_REASON):
        yield Text("特批要写明理由", "an override needs its reason")


def _wrong_answer(file: CaseFile, command: Command) -> Iterator[Text]:
    asked = proposal(file.history, command.facts.get(FACT.ENTRY))
    if asked is None or not asked.waits:
        yield Text("没有等你答复的特批", "no override waits for your answer")
    elif asked.act.by == command.by:
        yield Text("特批要由另一个人同意", "another person has to agree to an override")
    if command.step == STEP.OVERRIDE_DECLINED and not (command.reason or command.facts.get(FACT.REASON)):
        yield Text("不同意要写明理由", "declining needs its reason")


def _wrong_use(file: CaseFile, command: Command) -> Iterator[Text]:
    asked = proposal(file.history, command.facts.get(FACT.OVERRIDE_ENTRY))
    if asked is None or asked.step != command.step or not set(command.passes) <= set(asked.rules):
        yield Text(
            "特批要先提请，由另一个人本人登录同意",
            "an override is proposed first, and another person agrees in his own sign-in",
        )
    elif asked.used is not None:
        yield Text("这次特批已经用过", "this override has been used")
    elif asked.agreed is None:
        yield Text("另一个人还没有同意特批", "the other person has not agreed to the override")
    elif asked.act.by != command.by:
        yield Text("特批由提请的人本人办理", "whoever proposed the override takes the step")
    elif content(command.facts) != content(asked.act.facts):
        yield Text(
            "填的内容和同意特批时的不一样；要改，请重新提请",
            "this is not what was agreed to; propose anew what is changed",
        )

"""Mending what stands on record: what a strike or a taking back takes out, who may mend, what a strike would pull away."""

from __future__ import annotations

from kesu.procedure import words
from kesu.procedure.history.act import Act
from kesu.procedure.kinds.instant import instant_of
from kesu.procedure.shapes.abilities import Sends, WantsFacts
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import ARRIVAL, MENDING
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text

from ..file.case_file import CaseFile
from ..file.roles_in_file import apart, owner
from ..file.taking_out import entry_of, own_last
from .command import Command
from .things_named import wrong_things
from .unknown import unanswered_facts
from .values import wrong_values

FIXED = {  # what no correction reaches (semantics 3.6)
    "number": Text("序号", "number"),
    "noted": Text("记录时间", "time of noting"),
    "by": Text("经办人", "person who acted"),
    "step": Text("步骤", "step"),
    "edition": Text("版号", "edition"),
    FACT.EDITION_DIGEST: Text("版本指纹", "digest of the edition"),
}

NO_OTHER_FILE = Text(
    "文件不能换成别的；传错的请划去那一条，再办一次",
    "a file is not exchanged for another; strike the entry and take the step again",
)


def wrong_mending(file: CaseFile, command: Command) -> list[Text]:
    """Why an entry may not be mended like this by this person."""
    if command.step not in MENDING:
        return []
    entry = _entry(file, command)
    if isinstance(entry, Text):
        return [entry]
    if (said := _wrong_person(file, command, entry)) is not None:
        return [said]
    if command.step == STEP.CORRECTED:
        return _wrong_correction(file, command, entry)
    if entry.step in ARRIVAL:
        title = _title(file, entry)
        return [
            Text(
                f"“{title.zh}”是案卷的来由，不能划去；写错的请“更正”，整卷不该立的请“作废”",
                f"“{title.en}” is how the matter came in and is not struck; correct what is wrong in it, void a file that should not be",
            )
        ]
    needing = needing_it(file, entry.number)
    if needing:
        zh = "、".join(f"第 {act.number} 条“{_title(file, act).zh}”" for act in needing)
        en = ", ".join(f"{act.number} “{_title(file, act).en}”" for act in needing)
        return [
            Text(
                f"后面的记录要靠第 {entry.number} 条，不能划去：{zh}；请先处理这些记录，或改用“更正”",
                f"later entries need entry {entry.number}, so it cannot be struck: {en}; mend those first, or correct it instead",
            )
        ]
    return []


def _entry(file: CaseFile, command: Command) -> Act | Text:
    history = file.history
    said = command.facts.get(FACT.ENTRY)
    if command.step == STEP.TAKEN_BACK and said is None:
        number = own_last(history.acts, command.by)
    else:
        number = entry_of(said)
    entry = history.standing_act(number)
    if entry is None:
        return Text(
            f"没有第 {said or '—'} 条记录，或已划去",
            f"there is no entry {said or '—'}, or it has been struck",
        )
    if entry.by is None:
        return Text(
            f"第 {number} 条由系统记录，请到它的来源处更正",
            f"entry {number} was recorded by the house itself; mend it where it comes from",
        )
    if command.step == STEP.TAKEN_BACK and (
        entry.by != command.by
        or any(act.by not in (None, command.by) for act in history.acts if act.number > number)
    ):
        return Text(
            "只能撤回自己办的、后面还没有别人办过的事",
            "only an act of one's own can be taken back, and only before the next person has acted",
        )
    return entry


def _wrong_person(file: CaseFile, command: Command, entry: Act) -> Text | None:
    kept = apart(file)
    if command.by in kept.persons or kept.units.intersection(command.units):
        return Text(
            "须回避的人不能更正或划去本案的记录",
            "who has to stay out of a file may not mend its entries",
        )
    allowed = dict.fromkeys(filter(None, (entry.post, *owners(file))))
    if command.step == STEP.TAKEN_BACK or command.post == entry.post or command.post in allowed:
        return None
    titles = [file.procedure.title_of(post) for post in allowed] or [Text("办理它的人", "person who took it")]
    return Text(
        f"第 {entry.number} 条由{'或'.join(title.zh for title in titles)}更正或划去",
        f"entry {entry.number} is mended by the {' or '.join(title.en[:1].lower() + title.en[1:] for title in titles)}",
    )


def owners(file: CaseFile) -> tuple[str, ...]:
    """The posts that own the file: those to which its rules send it as owner, else whoever has it now."""
    routed = [
        post
        for rule, shape in file.procedure.able(Sends)
        if shape.what == "owner" and rule.when.holds(file.history, None) is True
        for post in shape.posts
    ]
    return tuple(dict.fromkeys(routed)) or tuple(filter(None, [owner(file)]))


def completers(file: CaseFile, rule: Rule | None) -> tuple[str, ...]:
    """The posts that left out what a rule wants of the arrival: they were told, and complete it; for want of any, the owners."""
    shape = rule.able(WantsFacts) if rule is not None else None
    steps = shape.steps if shape is not None and shape.arrival else ()
    acts = [act for step in steps for act in file.history.all(step)]
    posts = [act.post for act in acts if act.post in file.procedure.posts]
    return tuple(filter(None, posts[-1:])) or owners(file)


def _wrong_correction(file: CaseFile, command: Command, entry: Act) -> list[Text]:
    word = str(command.facts.get(FACT.WORD) or "")
    if word in FIXED:
        said = FIXED[word]
        return [
            Text(
                f"{said.zh}不能更正；办错了的请“划去”",
                f"the {said.en} cannot be corrected; strike what did not happen",
            )
        ]
    if word == "at":
        return _wrong_moment(file, command, entry)
    if word in words.facts() and words.facts()[word].kind.of_files:
        return [NO_OTHER_FILE]
    if word not in words.facts() and word not in entry.facts:
        return []  # `wrong_values` and the record rules say what is missing
    corrected = {word: command.facts.get(FACT.VALUE)}
    step = file.procedure.steps.get(entry.step)
    unanswered = unanswered_facts(file.procedure, step, corrected) if step is not None else ()
    return [*wrong_values(file.procedure, corrected), *wrong_things(file.history, corrected), *unanswered]


def _wrong_moment(file: CaseFile, command: Command, entry: Act) -> list[Text]:
    step = file.procedure.steps.get(entry.step)
    if entry.at == entry.noted and not (step is not None and step.outside):
        return [
            Text(
                "这一步以记录时间为准，没有另外的发生时间可更正",
                "this step counts from when it was noted; it has no time of its own to correct",
            )
        ]
    if instant_of(command.facts.get(FACT.VALUE), file.calendar.zone) is None:
        return [
            Text(
                "更正的时间应写成 2026-03-09 10:20",
                "the corrected time has to be one such as 2026-03-09 10:20",
            )
        ]
    return []


def needing_it(file: CaseFile, number: int) -> list[Act]:
    """The later entries that a rule would bar without this one, though it bars them not with it."""
    with_it, without = _barred(file, frozenset()), _barred(file, frozenset({number}))
    return [
        act
        for act in file.history.all_standing()
        if act.number > number and act.by is not None and without[act.number] - with_it[act.number]
    ]


def _barred(file: CaseFile, left_out: frozenset[int]) -> dict[int, set[str]]:
    fresh = file.empty()
    found: dict[int, set[str]] = {}
    for act in file.history.acts:
        if act.number in left_out or act.number in file.history.struck:
            fresh.history.add_struck(act)
            continue
        found[act.number] = {finding.rule for finding in fresh.judge(act) if finding.bars}
        fresh.apply(act)
    return found


def _title(file: CaseFile, act: Act) -> Text:
    step = file.procedure.steps.get(act.step)
    return step.title if step else Text(act.step, act.step)

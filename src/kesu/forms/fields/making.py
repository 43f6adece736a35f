"""Making the empty form of a step in a file: which fields, which of them wanted, what stands in them already."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from kesu.caseload.folded.secrecy import HUSHED
from kesu.casework.deciding.decide import ONLINE, PAPER, Actor
from kesu.casework.deciding.on_form import asked_facts
from kesu.casework.deciding.signature import OF_SIGNATURES, wants_signature
from kesu.casework.file.case_file import CaseFile
from kesu.casework.waiting.called_on import began
from kesu.people.directory import Directory
from kesu.procedure.history.act import MISSING
from kesu.procedure.shapes.abilities import Draws, NamesADoer, Sends, WantsAttested, WantsFacts
from kesu.procedure.words import facts as fact_words
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.words.parts import COMPLETING, CONTACT
from kesu.procedure.written.model import Step
from kesu.reading.text import Text

from ..standing_of_a_person.in_words import actors_in_words
from .fields import Around, Choice, Field, field_for, may_be_unknown
from .line_rows import standing_rows
from .loose import loose_field
from .step_form import Elsewhere, Passing, Signing, StepForm

MEDIA: Final = {
    "signed paper": Text("签字纸件", "Signed paper"),
    "phone": Text("电话", "Phone"),
    "face to face": Text("当面", "Face to face"),
    "WeChat": Text("微信", "WeChat"),
    ONLINE: Text("网上", "Online"),
}
DRAWN: Final = Text(
    "可以不填：系统按随机种子抽出，日后可以复核",
    "may stay empty: Kesu draws it from the seed, and again to check",
)


def step_form(
    step: Step,
    *,
    case: CaseFile,
    directory: Directory,
    actors: Sequence[Actor],
    mine: Sequence[Actor] = (),
    others: Sequence[Actor],
    around: Around,
    seen_up_to: int,
    kept_back: Collection[str] = (),
) -> StepForm:
    """The empty form of a step; `mine` are all the posts of the reader, `others` those whose act the reader could note.

    It begins with nothing of what is `kept_back` from the reader, nor with anybody's telephone number.
    """
    needed = required_facts(case, step)
    asks = [*asked_facts(case, step), *(lacking_facts(case) if step.name in COMPLETING else ())]
    fields = [
        field_for(word, around=around, step=step.name, required=word in needed)
        for word in dict.fromkeys(asks)
        if word not in OF_SIGNATURES
    ]
    if step.name in COMPLETING:
        for field in fields:
            field.may_be_unknown = field.word in lacking_facts(case) and may_be_unknown(
                fact_words()[field.word], step=step.name, procedure=case.procedure
            )
    in_hand = _in_hand(case, step)
    for field in fields:
        field.may_be_unknown = field.may_be_unknown and field.word not in in_hand
    _prefill([field for field in fields if field.word not in (*kept_back, *CONTACT)], case, step)
    _in_person(fields, case, step, actors)
    _drawn(fields, case, step)
    if step.word.own_work:
        _proposed(fields, case)
    if step.name == STEP.ATTESTED:
        _to_attest(fields, case)
    return StepForm(
        step=step,
        actors=list(actors),
        fields=fields,
        elsewhere=_elsewhere(
            case,
            directory,
            others,
            around=around,
            step=step,
            scan=all(one.word != FACT.SCAN for one in fields),
        ),
        passing=_passing(case, mine),
        signing=_signing(case, step),
        seen_up_to=seen_up_to,
        attached=_attached(around, step),
    )


def required_facts(case: CaseFile, step: Step) -> set[str]:
    """The facts that rules want with this step as the case stands; none at the arrival, which is never refused.

    What hangs on an answer of this very form is not known yet: the opinion that a review wants when it sends back.
    """
    required: set[str] = set()
    for rule, shape in case.procedure.able_at(step.name, WantsFacts):
        mine = step.name in shape.steps and not shape.arrival
        open_ = not rule.when.words.isdisjoint(step.asks)
        if mine and rule.bars and not open_ and rule.when.holds(case.history, None) is True:
            required |= shape.wanted()
    return required


def _in_hand(case: CaseFile, step: Step) -> set[str]:
    """The papers that have to be there, of which nobody can say that they are not known."""
    papers: set[str] = set()
    for rule, shape in case.procedure.able_at(step.name, WantsFacts):
        if shape.in_hand and rule.when.holds(case.history, None) is True:
            papers |= shape.wanted()
    return papers


def lacking_facts(case: CaseFile) -> list[str]:
    """The facts of the arrival that are still to be completed."""
    lacking: dict[str, None] = {}
    for rule, shape in case.procedure.able(WantsFacts):
        begun = shape.arrival and any(map(case.history.done, shape.steps))
        if begun and rule.when.holds(case.history, None) is True:
            lacking |= dict.fromkeys(shape.lacking(case.history, None))
    return list(lacking)


def _prefill(fields: Sequence[Field], case: CaseFile, step: Step) -> None:
    """The second person of a joint act begins with what the first one wrote."""
    joint, last = case.procedure.joint.get(step.name), case.history.last(step.name)
    if joint is None or last is None or not joint.lacking(case.history.all(step.name)):
        return
    for field in fields:
        value = last.facts.get(field.word, MISSING)
        if field.widget == "checklist" and isinstance(value, dict):
            field.answers = {item: str(answer) for item, answer in value.items()}
        elif field.widget == "lines" and isinstance(value, list):
            field.rows = standing_rows(value)
        elif isinstance(value, str) and HUSHED not in value:
            field.typed = [value]


def _in_person(fields: Sequence[Field], case: CaseFile, step: Step, actors: Sequence[Actor]) -> None:
    """Where only the person whom the step names may take it, the reader's own name stands there already."""
    named = {shape.naming for _, shape in case.procedure.able_at(step.name, NamesADoer)}
    for one in fields if actors else ():
        if one.word in named:
            one.typed, one.required, one.may_be_unknown = [actors[0].person], True, False


def _drawn(fields: Sequence[Field], case: CaseFile, step: Step) -> None:
    """What Kesu draws itself need not be typed, and the form says so."""
    drawn = {shape.drawn for _, shape in case.procedure.able_at(step.name, Draws)}
    for one in fields:
        if one.word in drawn:
            one.hint = DRAWN


def _proposed(fields: Sequence[Field], case: CaseFile) -> None:
    """Whom to tell: the post to which a rule gives the part that has begun; whoever fills in the form confirms it."""
    posts: list[str] = [
        post for rule, shape in case.procedure.able(Sends) if began(case, rule, shape) for post in shape.posts
    ]
    for one in fields:
        if one.word == FACT.TO_POST and posts and not one.typed:
            one.typed = posts[:1]


def _to_attest(fields: Sequence[Field], case: CaseFile) -> None:
    """What is to be attested next, and all of it: half an attestation is none."""
    wanted = [shape for _, shape in case.procedure.able(WantsAttested) if not shape.given(case.history)]
    for one in fields if wanted else ():
        one.required, one.may_be_unknown = True, False
        if one.word == FACT.CONDUCT:
            one.typed = [wanted[0].conduct]


def _attached(around: Around, step: Step) -> Field | None:
    """Files that belong to the act; what mends the record, or confirms what somebody did, has none of its own."""
    if step.word.mends is not None or step.word.in_person:
        return None
    return field_for(FACT.EVIDENCE_FILES, around=around, step=step.name, required=False)


def _elsewhere(
    case: CaseFile, directory: Directory, others: Sequence[Actor], *, around: Around, step: Step, scan: bool
) -> Elsewhere:
    now = Text("不填就是现在", "now, unless you say otherwise")
    late = Text("早于一个工作日的事要写", "for what lies more than a working day back")
    media = [Choice(one, MEDIA[one]) for one in PAPER]
    return Elsewhere(
        at=loose_field("at", Text("发生时间", "When it happened"), "instant", hint=now),
        why_late=loose_field(
            "late reason", Text("为什么现在才记", "Why it is noted only now"), "line", hint=late
        ),
        by=loose_field(
            "by", Text("是谁办的", "Who acted"), "select", choices=_people(case, directory, others)
        ),
        medium=loose_field("medium", Text("怎样办的", "How"), "radios", choices=media),
        scan=field_for(FACT.SCAN, around=around, step=step.name, required=False) if scan else None,
        others=list(others),
    )


def _passing(case: CaseFile, actors: Sequence[Actor]) -> Passing:
    return Passing(
        reason=loose_field(FACT.OVERRIDE_REASON, Text("放行理由", "Reason for letting it pass"), "area"),
        own=[actor for actor in actors if actor.post in case.procedure.overriders],
    )


def _signing(case: CaseFile, step: Step) -> Signing:
    """Whoever takes a part of what two persons take, or what a rule wants signed, signs it with his password."""
    hint = Text(
        "这一步由本人签名：再输一次密码", "whoever takes this step signs it: give your password again"
    )
    return Signing(
        password=loose_field(
            "password",
            Text("你的密码（即签名）", "Your password (this is your signature)"),
            "password",
            hint=hint,
        ),
        wanted=step.name != STEP.OVERRIDE_PROPOSED and wants_signature(case.procedure, step.name),
    )


def _people(case: CaseFile, directory: Directory, actors: Sequence[Actor]) -> list[Choice]:
    """Each actor by name and post; the value is the place in the list."""
    return [
        Choice(str(place), actors_in_words([actor], case, directory)) for place, actor in enumerate(actors)
    ]

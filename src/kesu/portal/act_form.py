"""A step of his own as a form: what it asks of him, and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from kesu.caseload.asking.for_complainant import own_steps
from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import is_his
from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import ONLINE
from kesu.casework.deciding.on_form import asked_facts
from kesu.forms.fields.fields import Around, Field, field_for
from kesu.forms.fields.making import required_facts
from kesu.forms.fields.reading import read_fields
from kesu.forms.fields.widgets import TABLE
from kesu.names import OUTSIDER
from kesu.procedure.history.act import Value
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.model import Step
from kesu.reading.text import Text

from .visit import Visit

NOTHING: Final = Text("请写明情况，或附上文件", "say something, or attach a file")
CALLED: Final[Mapping[str, Text]] = {  # his steps as he is offered them
    STEP.ADDED: Text("补充情况或证据、回答询问", "Add facts or evidence, answer a question"),
    STEP.WITHDRAWN: Text("撤回投诉", "Withdraw the complaint"),
    STEP.VIEWS_GIVEN: Text("对处理结果表示意见", "Say what you think of the result"),
    STEP.SOURCE_SECRECY_SET: Text("要求来源保密，或解除", "Ask to stay unnamed, or no more"),
    STEP.APPEALED: Text("对处理结果提出申诉", "Appeal against the result"),
    STEP.RECUSAL_ASKED: Text("请求有关人员回避", "Ask that somebody stay out of it"),
}


@dataclass
class ActForm:
    """The form, empty or as it was sent; `step` is one that he may take now."""

    step: Step
    fields: list[Field]
    key: str = field(default_factory=lambda: uuid4().hex)
    facts: dict[str, Value] = field(default_factory=dict)
    problems: list[Text] = field(default_factory=list)

    @property
    def title(self) -> Text:
        """What he does by it."""
        return called(self.step)

    @property
    def errors(self) -> list[tuple[Field, Text]]:
        """What is wrong, with the field it is about."""
        return [(one, error) for one in self.fields for error in one.errors]

    @property
    def ok(self) -> bool:
        """Whether it can be sent in."""
        return not self.errors and not self.problems

    def read(self, typed: Mapping[str, Sequence[str]], visit: Visit, view: CaseView) -> None:
        """Takes what was sent; a form in which nothing was said says nothing."""
        self.key = "".join(typed.get("key", ())).strip()[:60] or self.key
        self.facts = read_fields(self.fields, typed, procedure=view.procedure, now=visit.now, zone=visit.zone)
        if not self.facts and self.step.name != STEP.WITHDRAWN:
            self.problems.append(NOTHING)

    def command(self) -> Command:
        """What he does."""
        return Command(step=self.step.name, by=OUTSIDER, medium=ONLINE, facts=self.facts)


def called(step: Step) -> Text:
    """A step of his as he is offered it; one that is not listed goes by the title of the procedure."""
    return CALLED.get(step.name, step.title)


def act_form(name: str, view: CaseView) -> ActForm | None:
    """The empty form; None where it is no step of his, or the rules do not let him take it now."""
    option = next((one for one in own_steps(view) if one.step.name == name), None)
    if option is None:
        return None
    step = option.step
    around, needed = Around(procedure=view.procedure), required_facts(view.case, step)
    made = [
        field_for(word, around=around, step=step.name, required=word in needed)
        for word in dict.fromkeys((*asked_facts(view.case, step), FACT.EVIDENCE_FILES))
        if is_his(word) or word == FACT.EVIDENCE_FILES
    ]
    for one in made:
        one.may_be_unknown = False
    return ActForm(step, [one for one in made if one.widget != TABLE])

"""The form of a complaint from outside: what he himself can say, the privacy notice, and his own consent to facts of health."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kesu.caseload.acting.new_file import empty_file, first_step
from kesu.caseload.asking.for_complainant import HIMSELF
from kesu.caseload.sight.complainant import is_his
from kesu.casework.deciding.command import Command
from kesu.casework.deciding.decide import ONLINE
from kesu.forms.fields.arrival import Arrival, arrival, site_field
from kesu.forms.fields.fields import Around, Field
from kesu.forms.fields.widgets import TABLE
from kesu.forms.standing_of_a_person.beginning import Beginning
from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.words.names import FACT
from kesu.procedure.words.parts import CONTACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .visit import Visit

GIVEN: Final[Mapping[str, str]] = {
    FACT.CHANNEL: "website",
    FACT.FORM: "written",
}  # what follows from how it comes
MAIN: Final = frozenset({*CONTACT, FACT.EVIDENCE_FILES, FACT.SOURCE_SECRECY})
NOTICE: Final = "agree"  # the names of the boxes
HEALTH: Final = "agree-health"
NOT_AGREED: Final = Text(
    "请先阅读个人信息告知并勾选同意；填写的内容都还在",
    "please read the privacy notice and agree to it; what you typed is kept",
)
NO_HEALTH: Final = Text(
    "您填写了健康信息，请单独勾选同意，或删去这些内容",
    "you gave facts of your health; agree to that by its own box, or take them out",
)
WHERE: Final = Text("是哪一处的事", "Which of our places it is about")
CALLED: Final[Mapping[str, Text]] = {
    FACT.COMPLAINANT: Text("您的姓名或单位", "Your name or firm"),
    FACT.ACCOUNT: Text("您要反映什么", "What happened"),
    FACT.SOURCE_SECRECY: Text("请为我的身份保密", "Keep my name to yourselves"),
}


@dataclass
class ComplaintForm:
    """The form, empty or as it was sent. `arrival` holds its fields; `notice` and `health` what was agreed to."""

    procedure: Procedure
    arrival: Arrival
    around: Around
    notice: bool = False
    health: bool = False
    problems: list[Text] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether it can be sent in."""
        return self.arrival.ok and not self.problems

    @property
    def key(self) -> str:
        """The key that answers for one complaint."""
        return self.arrival.key

    @property
    def errors(self) -> list[tuple[Field, Text]]:
        """What is wrong, with the field it is about."""
        return self.arrival.errors

    @property
    def main(self) -> list[Field]:
        """What everybody is asked: what happened, who, how to reach him, his evidence."""
        return [*self.arrival.first, *(one for one in self.arrival.more if one.word in MAIN)]

    @property
    def other(self) -> list[Field]:
        """What else an arrival asks."""
        return [one for one in self.arrival.more if one.word not in MAIN]

    def read(self, typed: Mapping[str, Sequence[str]], visit: Visit) -> None:
        """Takes what was sent."""
        self.arrival.read(typed, around=self.around, now=visit.now, zone=visit.zone)
        self.notice, self.health = bool(typed.get(NOTICE)), bool(typed.get(HEALTH))
        if not self.notice:
            self.problems.append(NOT_AGREED)
        known = words.facts()
        if not self.health and any(
            known[word].health and value for word, value in self.arrival.facts.items()
        ):
            self.problems.append(NO_HEALTH)

    def opening(self, visit: Visit) -> Command:
        """What he brings, with what he agreed to."""
        command = self.arrival.opening()
        asked = self.procedure.steps[command.step].asks
        allowed = words.facts()
        given: dict[str, Value] = {
            word: value
            for word, value in GIVEN.items()
            if word in asked and value in (self.procedure.choices.get(word) or allowed[word].choices)
        }
        agreed: dict[str, Value] = {FACT.NOTICE_AGREED: visit.settings.version}
        if self.health:
            agreed[FACT.HEALTH_AGREED] = "yes"
        return replace(command, medium=ONLINE, facts={**given, **command.facts, **agreed})

    def registered(self) -> Command | None:
        """The second half of the arrival, where the procedure has that step."""
        command = self.arrival.registered()
        return replace(command, medium=ONLINE) if command else None


def complaint_form(procedure: Procedure, visit: Visit) -> ComplaintForm:
    """The empty form: of what an arrival asks, that which is his own to tell."""
    step = procedure.steps[first_step(procedure)]
    around = Around(procedure=procedure)
    begun = Beginning(procedure, step, empty_file(procedure, visit.directory), HIMSELF)
    made = arrival(around=around, actor=HIMSELF, begun=begun)
    made.at = None  # the moment of sending
    made.site = site_field(visit.directory, title=WHERE, unit=None, now=visit.now)
    made.first = [_his(one, visit) for one in made.first if _asked_of_him(one)]
    made.more = [_his(one, visit) for one in made.more if _asked_of_him(one)]
    return ComplaintForm(procedure, made, around)


def _asked_of_him(asked: Field) -> bool:
    return (
        asked.word not in GIVEN
        and asked.widget != TABLE
        and (is_his(asked.word) or asked.word == FACT.EVIDENCE_FILES)
    )


def _his(asked: Field, visit: Visit) -> Field:
    """The field as he is asked: in words of his own, and nobody wants to know whether he does not know."""
    asked.title = CALLED.get(asked.word, asked.title)
    asked.may_be_unknown = asked.word == FACT.COMPLAINANT and visit.settings.anonymous
    return asked

"""One case of the demo: its lines become commands, one after the other, until a rule refuses to go on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from kesu.caseload.acting.answers import Answer, Done, NotYours, Refused
from kesu.caseload.acting.perform import perform
from kesu.caseload.models import CaseRow, WatchRow
from kesu.casework.deciding.command import Command, Signature
from kesu.files.drafts import Sender
from kesu.names import FileName, PostName, StepName
from kesu.procedure import words
from kesu.procedure.kinds.date import DATE
from kesu.procedure.kinds.instant import INSTANT
from kesu.procedure.words.names import FACT, STEP
from kesu.reading.strict import Block
from kesu.reading.text import Lang, Text

from .papers import papers
from .staffing import House
from .timetable import Timetable

OWN: Final = frozenset(  # keys of a line; every other one is a fact
    {
        "day",
        "ago",
        "time",
        "step",
        "by",
        "as",
        "in",
        "opens",
        "refused",
        STEP.NOTED_BY,
        "medium",
        "watch",
        "signed",
        "before",
    }
)
NO_FILE: Final = Text("没有这一行所说的案卷", "there is no file of which this line speaks")
NOT_REFUSED: Final = Text("本应被退回，却办成了", "it was to be refused and was done")


@dataclass(frozen=True, slots=True)
class Stopped:
    """A story that could not go on: whose, by which script, received when, at which step, and why."""

    organisation: str
    script: str
    received: date
    step: str
    why: tuple[Text, ...]

    def in_(self, lang: Lang) -> str:
        """In one line."""
        where = f"{self.organisation}, {self.script}, {self.received}, {self.step}"
        colon, stop = ("：", "；") if lang == "zh" else (": ", "; ")
        return f"{where}{colon}{stop.join(one.in_(lang) for one in self.why)}"


@dataclass
class Story:
    """One case of the demo: its lines as read, and the file it lives in once it was received."""

    outline: Block
    received: date
    procedure: str
    file: FileName | None = None
    opened: dict[str, FileName] = field(
        default_factory=dict
    )  # linked files by the name that a line gave them
    over: bool = False  # a command was refused: where the demo means it to be, or where it does not


class _Lost(LookupError):
    """A line speaks of a file that there is not."""


def act(house: House, story: Story, line: Block, *, at: datetime, times: Timetable) -> Stopped | None:
    """Performs one line of a story. Where that does not come out as the story has it, the story is over, and why."""
    try:
        answer = _performed(house, story, line, at, times)
        if isinstance(answer, Done) and "refused" not in line:
            story.file = story.file or FileName(answer.file)
            if "opens" in line:
                story.opened[str(line["opens"])] = _newest_child(house, answer.file)
            return None
        if isinstance(answer, Refused) and ("refused" in line or "refused in the end" in story.outline):
            story.over = "refused" not in line
            return None
        why = why_refused(answer) if isinstance(answer, Refused) else (NOT_REFUSED,)
    except (NotYours, _Lost):
        why = (NO_FILE,)
    story.over = True
    return Stopped(house.organisation, str(story.outline["script"]), story.received, str(line["step"]), why)


def why_refused(answer: Refused) -> tuple[Text, ...]:
    """The sentences of a refusal in both languages."""
    pairs = zip(answer.sentences("zh"), answer.sentences("en"), strict=True)
    return tuple(Text(*both) for both in pairs)


def _performed(house: House, story: Story, line: Block, at: datetime, times: Timetable) -> Answer:
    name, behalf = str(line["by"]), None
    if name in story.outline.get("by", {}):
        other = story.outline["by"][name]
        name, behalf = str(other["person"]), other.get("behalf")
    command = Command(
        step=StepName(str(line["step"])),
        by=house.persons[name],
        post=PostName(str(line["as"])),
        behalf=house.persons[behalf] if behalf else None,
        medium=str(line.get("medium", "system")),
        facts=_facts(house, line, story, times, _sender(house, line, name, at)),
    )
    file = _file(house, line, story, times)
    signed = Signature(command.by, command.step, 0, at) if "signed" in line else None
    return perform(
        replace(command, signed=signed),
        organisation=house.organisation,
        person=house.persons[str(line.get(STEP.NOTED_BY, name))],
        now=at,
        key=house.key(),
        file=file,
        procedure=None if file else story.procedure,
    )


def _file(house: House, line: Block, story: Story, times: Timetable) -> FileName | None:
    """The case itself, the linked file that the line speaks of, or the file of the watch on a batch (`watch: batch`)."""
    if "watch" in line:
        batch = times.filled(str(line["watch"]))
        return _only(WatchRow.objects.filter(organisation=house.organisation, values__batch=batch))
    if "in" not in line:
        return story.file
    if str(line["in"]) in story.opened:
        return story.opened[str(line["in"])]
    children = CaseRow.objects.filter(organisation=house.organisation, parent=story.file)
    return _only(children.filter(procedure=str(line["in"])))


def _only(rows: QuerySet[CaseRow] | QuerySet[WatchRow]) -> FileName:
    """The file of the one row that there has to be."""
    files = list(rows.values_list("file", flat=True)[:2])
    if len(files) != 1:
        raise _Lost
    return FileName(files[0])


def _newest_child(house: House, file: str) -> FileName:
    """The file that the last act in `file` opened: labels of one kind are given in order."""
    children = CaseRow.objects.filter(organisation=house.organisation, parent=file)
    newest = children.order_by("received", "label").values_list("file", flat=True).last()
    if newest is None:
        raise _Lost
    return FileName(newest)


def _sender(house: House, line: Block, name: str, at: datetime) -> Sender:
    """Who sends in the files of a line: whoever notes it."""
    return Sender(house.organisation, house.persons[str(line.get(STEP.NOTED_BY, name))], at)


def _facts(house: House, line: Block, story: Story, times: Timetable, sender: Sender) -> dict[str, Any]:
    outline = story.outline
    facts = {str(word): _plain(value) for word, value in line.items() if word not in OWN}
    if line["step"] == STEP.RECEIVED:
        facts |= {word: str(outline[word]) for word in (FACT.COMPLAINANT, FACT.ACCOUNT) if word in outline}
    if line["step"] == STEP.REGISTERED and FACT.TOPIC in outline:
        facts[FACT.TOPIC] = [str(topic) for topic in outline[FACT.TOPIC]]
        if FACT.ITEM in outline:
            facts[FACT.ITEM] = str(outline[FACT.ITEM])
    facts |= _plain(outline.get("facts", {}).get(line["step"], {}))
    made = {word: _value(house, word, value, story, times) for word, value in facts.items()}
    return made | {
        word: papers(value, sender) for word, value in made.items() if words.facts()[word].kind.of_files
    }


def _value(house: House, word: str, value: Any, story: Story, times: Timetable) -> Any:
    kind = words.facts()[word].kind
    if value == "not known":
        return None
    if kind.of_persons:
        return [house.persons[one] for one in value] if isinstance(value, list) else house.persons[value]
    if kind is DATE and value.startswith("+"):
        return times.later(story.received, int(value)).isoformat()
    if kind is INSTANT and value.startswith("+"):
        days, clock = value.split()
        return times.at(times.later(story.received, int(days)), clock).isoformat()
    return times.filled(value) if isinstance(value, str) else value


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    return [_plain(one) for one in node] if isinstance(node, list) else str(node)

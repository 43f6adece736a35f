"""One fact as a field: which widget, which choices, whether it has to be given, what was typed and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.of_a_file import History
from kesu.procedure.kinds.files import SORTS, as_typed, files_typed
from kesu.procedure.kinds.word import WORD
from kesu.procedure.waiver import Waivable
from kesu.procedure.words import FactWord
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .line_rows import LineRow, empty_rows
from .widgets import ITEM_LINES, TABLE, UPLOAD, widget_for


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `note` says what is worth knowing of it, or why it cannot be chosen (`closed`)."""

    value: str
    title: Text
    note: Text | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What fields choose from in this organisation and this file. `entries` are those that can be mended.

    `cases` are looked up when a field asks for them: few do.
    """

    procedure: Procedure
    history: History | None = None
    persons: Sequence[Choice] = ()
    apart: Mapping[str, Text] = field(default_factory=dict)  # person -> why he has to stay out
    units: Sequence[Choice] = ()
    entries: Sequence[Choice] = ()
    cases: Callable[[], Sequence[Choice]] = tuple


@dataclass(slots=True)
class Field:
    """A fact on a form. `typed` is what stands in it now, `answers` that of a checklist, item by item.

    `near`: what may have been meant by a number that no register knows. `before`: what stands before the names of its inputs,
    where several forms stand on one page.
    """

    word: str
    title: Text
    widget: str
    required: bool = False
    may_be_unknown: bool = True
    choices: list[Choice] = field(default_factory=list)
    hint: Text | None = None
    typed: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    rows: list[LineRow] = field(default_factory=list)
    unknown: bool = False
    read_as: Text | None = None
    near: list[Choice] = field(default_factory=list)
    before: str = ""
    errors: list[Text] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the input, and its id."""
        return self.before + "f-" + self.word.replace(" ", "-")

    @property
    def several(self) -> bool:
        """Whether it has several inputs, so that a legend stands over them and not a label beside one."""
        return self.widget in ("radios", "checks", "checklist", "lines", UPLOAD)

    @property
    def value(self) -> str:
        """What is typed in a field of one value."""
        return self.typed[0] if self.typed else ""

    @property
    def files(self) -> list[tuple[str, Mapping[str, str]]]:
        """The files that were sent so far: how the form carries each, and what it is."""
        return [(as_typed(file), file) for file in files_typed(self.typed)]

    @property
    def at_rows(self) -> bool:
        """Whether what is wrong stands at the rows of its table."""
        return any(row.error is not None for row in self.rows)

    @property
    def items(self) -> list[tuple[str, Choice, str]]:
        """A checklist's items: name of the input, the item, what was answered."""
        made = ((f"{self.name}--{one.value.replace(' ', '-')}", one) for one in self.choices)
        return [(name, one, self.answers.get(one.value, "")) for name, one in made]


def field_for(name: str, *, around: Around, step: StepName, required: bool) -> Field:
    """The field of a fact on the form of a step, empty."""
    word = words.facts()[name]
    choices = _choices(word, around)
    field = Field(
        word=name,
        title=word.title,
        widget=widget_for(word, many=len(choices), listed=word.names_of is not None),
        required=required,
        may_be_unknown=required and may_be_unknown(word, step=step, procedure=around.procedure),
        choices=choices,
        hint=_hint(word),
    )
    if word.thing_of is not None and not word.kind.several:
        field.may_be_unknown = False
        if len(choices) == 1:
            field.typed = [choices[0].value]
    if field.widget == TABLE:
        field.rows = empty_rows()
    if field.widget == ITEM_LINES:
        field.hint = Text("一行写一个", "one on each line")
    return field


def may_be_unknown(word: FactWord, *, step: StepName, procedure: Procedure) -> bool:
    """Whether the form of a step offers “not known” for a fact."""
    said = word.always_known or word.name in procedure.unknowable.get(step, frozenset())
    return not said and word.kind.may_be_unknown


def _choices(word: FactWord, around: Around) -> list[Choice]:
    if word.kind.of_persons:
        return [_person(one, word.name, around) for one in around.persons]
    if word.kind.of_units:
        return list(around.units)
    if word.kind.of_files:
        return [Choice(sort, title) for sort, title in SORTS.items()]
    if word.kind.of_things:
        return _things(word, around)
    if word.name == FACT.ENTRY:
        return list(around.entries)
    if word.kind is WORD:
        return _words(word.name, around)
    if word.name == FACT.WAIVER_GROUND:
        return _grounds(word, around)
    allowed = around.procedure.choices.get(word.name) or tuple(word.choices)
    return [Choice(value, word.choices[value]) for value in allowed if value in word.choices]


def _person(person: Choice, word: str, around: Around) -> Choice:
    """Somebody who has to stay out cannot be given a task; the list says so instead of leaving a gap."""
    kept_out = around.apart.get(person.value)
    if kept_out is None or word in (FACT.PERSONS, FACT.DID_THE_WORK):
        return person
    return Choice(person.value, person.title, kept_out, closed=True)


def _things(word: FactWord, around: Around) -> list[Choice]:
    of = word.names_of
    if of is None or around.history is None:
        return []
    labels = words.facts()[of].choices
    return [Choice(one, labels.get(one, Text(one, one))) for one in around.history.things(of)]


def _words(name: str, around: Around) -> list[Choice]:
    procedure = around.procedure
    match name:
        case FACT.TO_POST:
            return [Choice(post.name, post.title) for post in procedure.posts.values()]
        case FACT.TO_DO:
            own = (step for step in procedure.steps.values() if step.word.own_work)
            return [Choice(step.name, step.title) for step in own]
        case FACT.JOINED_TO:
            return list(around.cases())
        case FACT.WORD:
            return _said_so_far(around.history)
        case FACT.INSTEAD_OF:
            return _waivable(around)
    return []


def _said_so_far(history: History | None) -> list[Choice]:
    if history is None:
        return []
    fact_words = words.facts()
    recorded = dict.fromkeys(word for act in history.acts for word in act.facts if word in fact_words)
    return [Choice(word, fact_words[word].title) for word in recorded]


def _waivable(around: Around) -> list[Choice]:
    """Steps that some rule wants, as the file stands, and that may be left out with a reason."""
    steps = around.procedure.steps
    names = dict.fromkeys(thing.what for thing in _left_out(around) if thing.what in steps)
    return [Choice(name, steps[StepName(name)].title) for name in names]


def _grounds(word: FactWord, around: Around) -> list[Choice]:
    """The grounds on which one of these may be left out; all there are where one of them takes any reason."""
    waivers = [thing.waiver for thing in _left_out(around)]
    free = any(not waiver.grounds for waiver in waivers)
    allowed = {ground for waiver in waivers for ground in waiver.grounds}
    return [Choice(name, title) for name, title in word.choices.items() if free or name in allowed]


def _left_out(around: Around) -> Iterator[Waivable]:
    """What may be left out in this file, as far as that is known by now."""
    for rule in around.procedure.rules:
        for thing in rule.waivable:
            history = around.history
            if history is None or (
                thing.when.holds(history, None) is not False
                and thing.waiver.excepted(history, None) is not False
            ):
                yield thing


def _hint(word: FactWord) -> Text | None:
    """What is worth saying beside the field: of this word, else of its kind."""
    return OF_A_WORD.get(word.name, word.kind.hint)


OF_A_WORD: Mapping[str, Text | None] = {
    FACT.DEMANDED_AMOUNT: Text(
        "元，最多两位小数；没有要求金额的写 0", "yuan, at most two decimals; 0 where none is asked"
    ),
    FACT.ENTRY: None,
    FACT.ANSWERS_ENTRY: None,
    FACT.VALUE: Text(
        "更正明细的，一行写一种：品名，数量，单价",
        "lines: one article a row, as article, quantity, price",
    ),
    FACT.ITEM: Text("报告、证书或批次的编号", "number of the report, certificate or batch"),
}

"""What every kind of fact offers: what it can do, and how a value is read, checked, said and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final, NoReturn, Protocol

from kesu.reading.keys import scalar
from kesu.reading.strict import Node, Scalar, Series
from kesu.reading.text import Text, listed

Value = Any  # JSON: str, list[str], dict[str, str], list[dict[str, str]], or None for “not known” (不清楚)

LONGEST: Final = 20_000  # characters of one text
NOT_KNOWN: Final = "not known"  # how “not known” is written in a file of examples


@dataclass(frozen=True, slots=True)
class Filled:
    """What one field of a form brought: `texts` that are not blank, the `answers` of a checklist, the `rows` of a table."""

    texts: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """The value that a field gave, and how it was understood where that is worth saying (a date without its year)."""

    value: Value
    understood: Text | None = None


class Cell(Protocol):
    """One cell of a foreign log, as its mapping has it read."""

    def text(self) -> str:
        """What stands in it, without spaces around it."""

    def parts(self) -> list[str]:
        """The texts that stand in it, by the separator of the mapping; one where it names none."""

    def value_of(self, text: str) -> str:
        """The value that the mapping's table has for a text, held against the choices of the word."""

    def moment(self) -> datetime:
        """The instant in it, aware of its zone."""

    def day(self) -> date:
        """The local date in it."""

    def refuse(self, value: object, reason: Text) -> NoReturn:
        """Says that the cell cannot be taken, and why."""


class Names(Protocol):
    """How persons, units and words are called where a value is said."""

    def person(self, person: str) -> str:
        """The name of a person by his id."""

    def unit(self, unit: str) -> str:
        """The title of a unit by its id."""

    def word(self, word: str) -> Text:
        """The title of a step or fact; the text itself where it is none."""

    def fact(self, word: str) -> Text:
        """The title of a fact."""

    def counted(self, word: str, value: str) -> Text:
        """A value of a fact by which cases were counted."""


class Kind:
    """One kind of value that a fact can have. Instances know no word, no procedure, no page and no database.

    A kind of a new sort is one file in this folder with one instance in it; what a page shows it with is one line in
    `forms/fields/widgets`.
    """

    name: ClassVar[str]  # as it stands under `kind:` in a file of words

    several: ClassVar[bool] = False  # a value is a list of texts
    one_text: ClassVar[bool] = True  # a value is one text; what is none is kept as JSON beside the ledger
    free_text: ClassVar[bool] = False  # written freely, so that it can be erased and no rule may compare it
    of_persons: ClassVar[bool] = False  # names persons by their ids
    of_units: ClassVar[bool] = False  # names units by their ids
    of_things: ClassVar[bool] = False  # names things of the file: evidence, items, measures
    of_files: ClassVar[bool] = (
        False  # names files by their digests; their names stand beside the ledger, the rest in it
    )
    comparable: ClassVar[bool] = True  # `when` may compare it, `for each` may go through it
    chosen: ClassVar[bool] = False  # one of the choices of its word, or several of them
    technical: ClassVar[bool] = False  # names of steps, posts, batches: text that people do not write freely
    tells_alike: ClassVar[bool] = False  # files can be told alike by it (`watch … by`)
    classes: ClassVar[bool] = False  # cases can be told apart by it (`figures … by`)
    summed: ClassVar[bool] = False  # can be added up over a file
    single_figure: ClassVar[bool] = False  # one figure, by which a sum can be divided
    in_yuan: ClassVar[bool] = False  # an amount of money
    never_below_0: ClassVar[bool] = False  # no value of it lowers a sum
    spoken: ClassVar[bool] = False  # any value of it reads as plain text, so that a text can carry it
    only_item: ClassVar[tuple[str, ...]] = ()  # kinds of which a value can stand as the only item of this one
    inside: ClassVar[bool] = False  # says who or how inside the house: never shown to the complainant
    own_words: ClassVar[bool] = (
        True  # who brings a matter says it in his own words; False where the house classes it
    )
    from_column: ClassVar[bool] = True  # a column of a foreign log can hold it
    may_be_unknown: ClassVar[bool] = True  # “not known” is offered on a form
    hint: ClassVar[Text | None] = None  # what to say beside its field

    def __str__(self) -> str:
        return self.name

    # -- reading -----------------------------------------------------------------------------------------------------

    def from_yaml(self, node: Node, *, word: str) -> Value:
        """The value in a file of examples; `not known` is None. Raises ReadError where the node is of another build."""
        if isinstance(node, Scalar):
            return None if node == NOT_KNOWN else [str(node)] if self.several else str(node)
        if isinstance(node, Series):
            return [self._item(item, word=word) for item in node]
        return {key: str(scalar(value, what=key)) for key, value in node.items()}

    def _item(self, node: Node, *, word: str) -> Value:
        return str(scalar(node, what=word))

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        """The value that was typed or chosen; None when nothing was. What cannot be read stays as typed, for `wrong`."""
        if not filled.texts:
            return None
        return Given(list(filled.texts) if self.several else filled.texts[0].strip())

    def from_cell(self, cell: Cell) -> Value:
        """The value in a cell that is not empty; raises what `cell.refuse` raises."""
        if self.several:
            return [cell.value_of(part) for part in cell.parts()]
        return cell.value_of(cell.text())

    # -- checking ----------------------------------------------------------------------------------------------------

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        """What is wrong with a value, for whoever typed it; None when it can be put on record. Never raises.

        `allowed` are the choices that the procedure leaves.
        """
        return wrong_text(value)

    def holds(self, other: Kind) -> bool:
        """Whether every value of another kind can be a value of this one (choices aside)."""
        if self.free_text:
            return other.spoken
        return self is other or (self.technical and other.technical) or other.name in self.only_item

    def adds(self, value: Value, *, in_units: bool) -> Decimal | None:
        """What a value adds to a sum, in yuan or in pieces (`in_units`); None where that cannot be told."""
        return None

    # -- saying ------------------------------------------------------------------------------------------------------

    def in_words(self, value: Value, *, choices: Mapping[str, Text], names: Names) -> Text:
        """A value in words; what cannot be read as one is said as it stands."""
        if isinstance(value, list):
            parts = [self.in_words(item, choices=choices, names=names) for item in value]
            return Text(listed([part.zh for part in parts], "zh"), listed([part.en for part in parts], "en"))
        text = str(value)
        return choices[text] if text in choices else self.alone_in_words(text, names)

    def alone_in_words(self, text: str, names: Names) -> Text:
        """One text that is no choice."""
        return Text(text, text)

    def items(
        self, value: Value, *, choices: Mapping[str, Text], names: Names
    ) -> tuple[tuple[Text, Text], ...]:
        """A value that is read item by item: each with its title; empty for a value that is said at once."""
        return ()


def wrong_text(value: object) -> Text | None:
    """What is wrong with one text: too long, or with half a character in it."""
    if not isinstance(value, str):
        return Text("应是一段文字", "has to be a text")
    if len(value) > LONGEST:
        return Text(
            f"最长 {LONGEST} 字，现在 {len(value)} 字；请放进附件",
            f"at most {LONGEST} characters, this has {len(value)}; attach it instead",
        )
    try:
        value.encode()
    except UnicodeEncodeError:
        return Text("含有不完整的字符，请重新输入", "holds half a character; type it again")
    return None


def wrong_choice(value: object, allowed: Sequence[str]) -> Text | None:
    """What is wrong with one choice."""
    if not isinstance(value, str) or value not in allowed:
        return Text(
            f"“{value}”不在可选项内：{'、'.join(allowed)}", f"“{value}” is none of {', '.join(allowed)}"
        )
    return None


def wrong_texts(value: Value) -> Text | None:
    """The first thing that is wrong with several texts, or with one that stands for several."""
    items = value if isinstance(value, list) else [value]
    return next((wrong for item in items if (wrong := wrong_text(item)) is not None), None)

"""With what a fact is asked on a page: the name of a widget, one line a kind. Its template part is `forms/parts/field.html`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.procedure.kinds import Kind
from kesu.procedure.kinds.checklist import CHECKLIST
from kesu.procedure.kinds.choice import CHOICE
from kesu.procedure.kinds.counts import COUNTS
from kesu.procedure.kinds.date import DATE
from kesu.procedure.kinds.files import FILES
from kesu.procedure.kinds.instant import INSTANT
from kesu.procedure.kinds.lines import LINES
from kesu.procedure.kinds.list import LIST
from kesu.procedure.kinds.money import MONEY
from kesu.procedure.kinds.number import NUMBER
from kesu.procedure.kinds.person import PERSON
from kesu.procedure.kinds.persons import PERSONS
from kesu.procedure.kinds.quantity import QUANTITY
from kesu.procedure.kinds.text import TEXT
from kesu.procedure.kinds.thing import THING
from kesu.procedure.kinds.things import THINGS
from kesu.procedure.kinds.unit import UNIT
from kesu.procedure.kinds.units import UNITS
from kesu.procedure.kinds.whole import WHOLE
from kesu.procedure.kinds.word import WORD
from kesu.procedure.kinds.yesno import YESNO
from kesu.procedure.words import FactWord
from kesu.procedure.words.names import FACT

AREA: Final = "area"
LINE: Final = "line"
SELECT: Final = "select"
RADIOS: Final = "radios"
CHECKS: Final = "checks"
TABLE: Final = "lines"
ITEMS: Final = "checklist"
UPLOAD: Final = "files"
ITEM_LINES: Final = "item lines"  # an area of which each line is one thing

BUTTONS: Final = 10  # up to so many choices stand as buttons, more in a list
WIDGETS: Final[Mapping[Kind, str]] = {
    TEXT: AREA,
    WORD: LINE,
    CHOICE: RADIOS,
    LIST: CHECKS,
    NUMBER: "number",
    QUANTITY: "number",
    WHOLE: "number",
    MONEY: "money",
    INSTANT: "instant",
    DATE: "date",
    PERSON: SELECT,
    PERSONS: CHECKS,
    UNIT: SELECT,
    UNITS: CHECKS,
    THING: LINE,
    THINGS: CHECKS,
    CHECKLIST: ITEMS,
    YESNO: RADIOS,
    LINES: TABLE,
    FILES: UPLOAD,
    COUNTS: LINE,  # entered by the house; a form never asks it
}


def widget_for(word: FactWord, *, many: int, listed: bool) -> str:
    """The widget of a fact: `many` choices are there; `listed`: it names things that the file lists."""
    widget = LINE if word.one_line else WIDGETS[word.kind]
    if word.kind is THING and word.thing_of is not None and many:
        widget = RADIOS
    if word.name == FACT.ENTRY or (widget == LINE and many):
        widget = SELECT
    if word.kind is THINGS and not listed:
        return ITEM_LINES
    return SELECT if widget == RADIOS and many > BUTTONS else widget

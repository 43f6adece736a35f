"""A table of lines on a form: rows of article, quantity and price, as they were typed and as they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from kesu.procedure.kinds.line_sums import MOST_LINES
from kesu.procedure.kinds.typed_figures import typed_amount, typed_figure
from kesu.procedure.kinds.wrong_rows import COLUMNS, wrong_rows
from kesu.reading.text import Text

BLANK: Final = 3  # rows that stand empty at first, and so many more each time somebody asks
MORE: Final = "more-rows"  # the button that asks for them; its value is the name of the fact
MOST_SHOWN: Final = MOST_LINES + BLANK  # one more than can be recorded has to fit, so that it can be said


@dataclass(slots=True)
class LineRow:
    """One row. `asked`: it is the first of those that somebody has just asked for."""

    article: str = ""
    quantity: str = ""
    price: str = ""
    error: Text | None = None
    asked: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is typed in it."""
        return not (self.article.strip() or self.quantity.strip() or self.price.strip())

    def read(self) -> dict[str, str]:
        """What it says: full-width figures, thousands and signs of currency as the rules know them."""
        line = {"article": self.article.strip(), "quantity": typed_figure(self.quantity)}
        return {**line, "price": typed_amount(self.price)} if self.price.strip() else line


def empty_rows(many: int = BLANK) -> list[LineRow]:
    """Rows to be typed into."""
    return [LineRow() for _ in range(many)]


def typed_rows(name: str, typed: Mapping[str, Sequence[str]]) -> list[LineRow]:
    """The rows as they were sent, those with something in them first: as many as before, three at least."""
    columns = [typed.get(f"{name}--{column}", ())[:MOST_SHOWN] for column in COLUMNS]
    sent = [
        LineRow(article, quantity, price) for article, quantity, price in zip_longest(*columns, fillvalue="")
    ]
    full = [row for row in sent if not row.blank]
    return full + empty_rows(max(len(sent), BLANK) - len(full))


def more_rows(rows: list[LineRow]) -> None:
    """Adds empty rows and marks the first one that is empty, so that typing goes on there."""
    rows += empty_rows(min(BLANK, MOST_SHOWN - len(rows)))
    first = next((row for row in rows if row.blank), None)
    if first is not None:
        first.asked = True


def standing_rows(value: object) -> list[LineRow]:
    """Rows that begin with what stands on record."""
    lines = value if isinstance(value, list) else []
    made = [LineRow(line["article"], line["quantity"], line.get("price", "")) for line in lines]
    return made + empty_rows(max(BLANK - len(made), 0))


def check_rows(rows: Sequence[LineRow]) -> list[Text]:
    """Puts what is wrong with a row beside it; gives what is to be said of the table."""
    full = [row for row in rows if not row.blank]
    wrong = list(wrong_rows([row.read() for row in full]))
    for number, error in wrong:
        full[number - 1].error = error
    return [error for _, error in wrong]

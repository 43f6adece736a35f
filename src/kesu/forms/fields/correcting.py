"""A corrected value is typed as text, whatever its word is; a table of lines row by row, with commas between the columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.kinds.lines import LINES
from kesu.procedure.kinds.number import Number
from kesu.procedure.words import FactWord
from kesu.procedure.words.names import FACT

from .line_rows import LineRow

COLUMN_ENDS = re.compile(r"[,，\t]")
CHOICES_END = re.compile(r"[,，、;；\n]")


def as_its_word(facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts of a correction, its value as the word has it that it corrects."""
    word, value = words.facts().get(str(facts.get(FACT.WORD))), facts.get(FACT.VALUE)
    if word is None or not isinstance(value, str):
        return dict(facts)
    if word.choices:
        return {**facts, FACT.VALUE: _chosen(value, word)}
    if isinstance(word.kind, Number):
        return {**facts, FACT.VALUE: word.kind.typed(value)}
    if word.kind is not LINES:
        return dict(facts)
    return {**facts, FACT.VALUE: [_row(line).read() for line in value.splitlines() if line.strip()]}


def _chosen(value: str, word: FactWord) -> Value:
    """A choice as people name it, in either language, or several with commas between; what is no title stays as typed."""
    names = {title: name for name, said in word.choices.items() for title in (name, said.zh, said.en)}
    parts = (
        [part.strip() for part in CHOICES_END.split(value) if part.strip()]
        if word.kind.several
        else [value.strip()]
    )
    chosen: list[Value] = [names.get(part, part) for part in parts]
    return chosen if word.kind.several else chosen[0]


def _row(line: str) -> LineRow:
    """“盒装奶，3，19.90”: article, quantity and, if there is one, the price; a name may hold commas itself."""
    cells = [cell.strip() for cell in COLUMN_ENDS.split(line)]
    figures: list[str] = []
    while len(cells) > 1 and len(figures) < 2 and cells[-1][:1].isdigit():
        figures.insert(0, cells.pop())
    quantity, price = (*figures, "", "")[:2]
    return LineRow("，".join(cells), quantity, price)

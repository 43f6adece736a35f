"""Choices that stand under others, to any depth: a condition on one holds for all that stand below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kesu.reading.keys import Keys, both
from kesu.reading.strict import Block, Node, Scalar, fault
from kesu.reading.text import Text

UNDER: Final = "under"
STEP: Final = " › "


def read_choices(block: Block) -> tuple[dict[str, Text], dict[str, str]]:
    """The values of a fact, each called by its whole way down, and which stands under which. Raises ReadError."""
    said = {value: _read_one(node, value) for value, node in block.items()}
    under = {value: str(above) for value, (_, above) in said.items() if above is not None}
    for value, (_, above) in said.items():
        if above is not None:
            _check(value, above, under, said)
    titles = {value: title for value, (title, _) in said.items()}
    return {value: _whole(value, titles, under) for value in said}, under


def _read_one(node: Node, value: str) -> tuple[Text, Scalar | None]:
    if not isinstance(node, Block) or UNDER not in node:
        return both(node, what=f"“{value}”"), None
    above = Keys(node, what=f"“{value}”").text(UNDER)
    bare = Block(node.file, node.line)
    for key, part in node.items():
        if key != UNDER:
            bare[key], bare.lines[key] = part, node.lines[key]
    return both(bare, what=f"“{value}”"), above


def _check(value: str, above: Scalar, under: Mapping[str, str], choices: Mapping[str, object]) -> None:
    if above not in choices:
        raise fault(
            above,
            en=f"“{value}” stands under “{above}”, which is no choice of this fact",
            zh=f"“{value}”归在“{above}”之下，而这个事实没有这个选项",
        )
    if value in ways_up(value, under):
        raise fault(above, en=f"“{value}” stands under itself", zh=f"“{value}”归到了自己之下")


def ways_up(value: str, under: Mapping[str, str]) -> list[str]:
    """What a value stands under, the nearest first; a circle is gone round once."""
    found: list[str] = []
    above = under.get(value)
    while above is not None and above not in found:
        found.append(above)
        above = under.get(above)
    return found


def _whole(value: str, titles: Mapping[str, Text], under: Mapping[str, str]) -> Text:
    way = [titles[one] for one in (*reversed(ways_up(value, under)), value)]
    return Text(STEP.join(one.zh for one in way), STEP.join(one.en for one in way))


def below(values: tuple[str, ...], under: Mapping[str, str]) -> tuple[str, ...]:
    """These values and all that stand under them."""
    return (
        *values,
        *(one for one in under if one not in values and not set(values).isdisjoint(ways_up(one, under))),
    )

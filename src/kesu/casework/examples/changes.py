"""Changes of a story, one at a time: a line less, a line more, one value another, an earlier end.

`changed` never alters the lines it is given; a line that it puts in or says otherwise is another object than before,
so whoever compares two versions of a story sees by identity which lines are new.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kesu.reading.keys import Keys
from kesu.reading.strict import Block, Node, Scalar, fault

from .lines import line_of

KINDS: Final = ("without", "set", "unset", "insert", "until")
PLACES: Final = {"before": 0, "after": 1}  # where an insert may stand, and how far from the line it names


def changed(lines: Sequence[Block], node: Node, *, judged: Scalar | None = None) -> list[Block]:
    """The story with one change.

    `without: LINE` drops every line of that step, or the one with a number (“found #1”); `set: {line, KEY: value}` and
    `unset: {line, fact}` say one line otherwise; `until: LINE` ends the story there; `insert: LINE` stands where
    `before` or `after` beside it says, else right before the `judged` line, else at the end. Raises ReadError.
    """
    change = Keys(node, what="“change”")
    kinds = [kind for kind in KINDS if kind in change]
    if len(kinds) != 1:
        raise fault(
            node,
            en=f"a change is one of {', '.join(KINDS)}",
            zh=f"改动只能是 {'、'.join(KINDS)} 之一",
        )
    kind = kinds[0]
    if kind == "without":
        made = _without(lines, change.text(kind))
    elif kind == "until":
        made = list(lines[: place_of(lines, change.text(kind)) + 1])
    elif kind == "insert":
        place = _place_of_insert(lines, change, judged)
        made = [*lines[:place], line_of(change.need(kind)), *lines[place:]]
    else:
        inner = Keys(change.need(kind), what=f"“{kind}”")
        place = place_of(lines, inner.text("line"))
        edit = _with_one_set if kind == "set" else _with_one_unset
        made = [*lines[:place], edit(lines[place], inner), *lines[place + 1 :]]
    change.done()
    return made


def place_of(lines: Sequence[Block], name: Scalar) -> int:
    """Where a line stands: “found” is the last of its step, “found #1” the first. Raises ReadError where there is none."""
    places = _places(lines, name)
    nth = name.partition(" #")[2]
    if not places or (nth and not (nth.isdecimal() and 0 < int(nth) <= len(places))):
        raise fault(name, en=f"the story has no line “{name}”", zh=f"故事里没有“{name}”这一行")
    return places[int(nth) - 1] if nth else places[-1]


def _places(lines: Sequence[Block], name: Scalar) -> list[int]:
    step = name.partition(" #")[0]
    return [place for place, line in enumerate(lines) if line["step"] == step]


def _without(lines: Sequence[Block], name: Scalar) -> list[Block]:
    last = place_of(lines, name)
    dropped = {last} if " #" in name else set(_places(lines, name))
    return [line for place, line in enumerate(lines) if place not in dropped]


def _place_of_insert(lines: Sequence[Block], change: Keys, judged: Scalar | None) -> int:
    named = [(shift, line) for key, shift in PLACES.items() if (line := change.maybe(key)) is not None]
    if len(named) > 1:
        raise fault(
            change.block,
            en="an insert stands “before” one line or “after” one",
            zh="insert 只能写 before 或 after 之一",
        )
    for shift, line in named:
        return place_of(lines, line) + shift
    return place_of(lines, judged) if judged is not None else len(lines)


def _with_one_set(line: Block, change: Keys) -> Block:
    keys = [key for key in change.block if key != "line"]
    if len(keys) != 1:
        raise fault(change.block, en="“set” changes one fact of one line", zh="“set”只改一行里的一项")
    made = copy_of(line)
    made[keys[0]] = change.need(keys[0])
    made.lines[keys[0]] = change.block.lines[keys[0]]
    return made


def _with_one_unset(line: Block, change: Keys) -> Block:
    word = change.text("fact")
    if word not in line:
        raise fault(word, en=f"the line has no “{word}”", zh=f"这一行没有“{word}”")
    made = copy_of(line)
    del made[str(word)]
    return made


def copy_of(block: Block) -> Block:
    """The same mapping at the same place of the file, to be changed by whoever asked for it."""
    made = Block(block.file, block.line)
    made.lines = dict(block.lines)
    made.update(block)
    return made

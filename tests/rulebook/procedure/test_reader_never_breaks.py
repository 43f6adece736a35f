"""Whatever stands in a procedure file, the reader answers with a place and a sentence, never with a stack trace."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest

from kesu.procedure.audit import audit
from kesu.procedure.compose import Layer, composed
from kesu.procedure.library import here
from kesu.procedure.reading import Block, Node, ReadError, Scalar, Series
from kesu.procedure.sentence import sentence

PLACES = 24  # the work is split so that a failure names its part


def _places(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(node, Block):
        for key, value in node.items():
            yield from _places(value, (*path, key))
    elif isinstance(node, Series):
        for place, value in enumerate(node):
            yield from _places(value, (*path, place))


def _with(root: Block, path: tuple[str | int, ...], value: Node) -> Block:
    made = copy.deepcopy(root)
    holder: Node = made
    for key in path[:-1]:
        holder = holder[key]  # type: ignore[index,call-overload]
    holder[path[-1]] = value  # type: ignore[index,call-overload]
    return made


def _strange(file: str) -> list[Node]:
    block = Block(file, 7)
    block["what"], block.lines["what"] = Scalar("ever", file, 7), 7
    return [
        Scalar("", file, 7),
        Scalar("nonsense", file, 7),
        Series([], file, 7),
        Series([block], file, 7),
        Block(file, 7),
        block,
    ]


@pytest.mark.parametrize("part", range(PLACES))
@pytest.mark.parametrize("name", ["iso-17025-7-9", "lab-retest"])
def test_a_strange_value_in_any_place_is_either_read_or_refused_with_its_place(name: str, part: int) -> None:
    library = here()
    layers = library.layers(library.own(name))
    own = layers[-1].block
    paths = [path for path in _places(own) if path]
    for path in paths[part::PLACES]:
        for value in _strange(str(own.file)):
            changed = [*layers[:-1], Layer(name, _with(own, path, value), "own")]
            try:
                procedure = composed(changed, settings={})
            except ReadError as error:
                assert error.en, path
                assert error.zh, path
                continue
            audit(procedure)
            for rule in procedure.rules:
                sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")

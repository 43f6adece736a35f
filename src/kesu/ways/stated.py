"""What a procedure says of its ways, in `ways.yaml` beside it: the branches that are kept, and which clauses an end may pass over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kesu.names import StepName
from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.written.model import Procedure
from kesu.reading.keys import Keys, known_word, scalar
from kesu.reading.strict import Block, Node, Scalar, fault, read_file
from kesu.reading.text import Text

FILE: Final = "ways.yaml"


@dataclass(frozen=True, slots=True)
class Passed:
    """An end that a clause may be left out on the way to, as the paper was read."""

    end: Scalar
    clauses: tuple[Scalar, ...]
    reading: Text


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the paper: the facts that are so in it, and the ends to which its ways are kept."""

    where: Mapping[str, Value]
    ends: tuple[StepName, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What `ways.yaml` says."""

    branches: tuple[Branch, ...] = ()
    passed: tuple[Passed, ...] = ()


@words.in_its_words
def read_stated(path: Path, procedure: Procedure) -> Stated:
    """What the file says; nothing where there is none. Raises ReadError."""
    if not path.is_file():
        return Stated()
    keys = Keys(read_file(path, called=f"{path.parent.name}/{path.name}"), what="the file of ways")
    branches = tuple(_branch(node, procedure) for node in keys.items("branches"))
    passed = tuple(_passed(node, procedure) for node in keys.items("without"))
    keys.done()
    return Stated(branches, passed)


def _passed(node: Node, procedure: Procedure) -> Passed:
    keys = Keys(node, what="“without”")
    end = keys.text("to")
    known_word(end, procedure.ends, what="the end")
    keys.need("clause")
    keys.need("reading")
    reading = keys.both("reading")
    assert reading is not None
    found = Passed(end, keys.words("clause"), reading)
    keys.done()
    return found


def _branch(node: Node, procedure: Procedure) -> Branch:
    """A branch. Its facts are such as some form asks and some rule reads: with another value nothing would be otherwise."""
    keys = Keys(node, what="a branch")
    keys.need("where")
    where = dict(_facts(keys, procedure))
    ends = keys.words("to")
    for end in ends:
        known_word(end, procedure.ends, what="the end")
    keys.done()
    return Branch(where, tuple(map(StepName, ends or procedure.ends)))


def _facts(keys: Keys, procedure: Procedure) -> Iterator[tuple[str, Value]]:
    block = keys.need("where")
    if not isinstance(block, Block):
        raise fault(
            block,
            en="“where” names the facts of the branch, each with its value",
            zh="“where”要写这一分支的各项事实和值",
        )
    read = frozenset[str]().union(*procedure.reads.values())
    known = words.facts()
    for name, node in block.items():
        fact = Scalar(name, block.file, block.lines[name])
        known_word(fact, sorted(read & procedure.askers.keys()), what="the fact")
        value = scalar(node, what=f"“{name}” of a branch")
        choices = procedure.choices.get(name) or known[name].choices
        if choices:
            known_word(value, choices, what=f"the value of “{name}”")
        yield str(name), str(value)

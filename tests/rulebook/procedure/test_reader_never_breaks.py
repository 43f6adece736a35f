"""Whatever stands in a procedure file, the reader answers with a place and a sentence, never with a stack trace."""

from __future__ import annotations

import copy
from collections.abc import Iterator

import pytest
from tests.rulebook.small import text_of

from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.audit import audit
from kesu.procedure.written.compose import composed
from kesu.procedure.written.pile import Layer
from kesu.reading.strict import Block, Node, ReadError, Scalar, Series, read_text

RULES = (
    "rule: a\nclause: [A-1]\nwhen: {grade: major, amount: over <limit>}\nreading: {zh: x, en: x}\nat: found\nafter: {any of: [accepted]}",
    "rule: b\nat: found\nat most: '1'",
    "rule: c\nattest: warm reception\nby: clerk\nbefore: the end",
    "rule: d\nauthority: amount\nat: found\nlimits: [{up to: '5', by: [clerk]}, {by: boss}]",
    "rule: e\nat: found\nby: {not who did: accepted}",
    "rule: f\nat: data checked\ncomplete: factors",
    "rule: g\nevery: <time>\nfrom: accepted\ndo: progress told\nuntil: [closed]\nowner: clerk",
    "rule: h\nafter each: accepted\nmust follow: found",
    "rule: i\nwhen: {topic: <topics>}\nfollows: {grade: major}\none way: 'yes'",
    "rule: j\nkeep: complaint letters\nfor: 6 years\nfrom: closed\nbars: destroyed\nby: boss",
    "rule: k\nkeep apart: [named, {who did: found}]\nfrom: [consented]\nassigned as: [team]",
    "rule: l\nmeasure: m\nof: time\nfrom: accepted\nto: found\nby: [grade]",
    "rule: m\nfor each: topic\nbefore: [found, the end]\nmust have: [accepted]\nwith: {grade: major}\nforce: <effect>",
    "rule: n\nat: closed\nonly if: {grade: major}",
    "rule: o\nopens: lab-retest\nat: retest decided\nholds: until closed",
    "rule: p\nat: [received]\nrecord: [topic, account]",
    "rule: q\nsame content: [result]\nconsented at: consented\ntold at: result notified",
    "rule: r\nsend: [found]\nto: lead\nas: lead\ninstead of: s",
    "rule: t\nat: data checked\ntogether: [lead, boss]\ncontent: [factors]\nin order: 'yes'",
    "rule: u\nwithin: 8 to 16 working hours\nfrom: accepted\nto: [found]\nuntil: [closed]\npauses: {from: put on hold, to: taken in charge}\nroll: none\ncutoff: midnight\nhow: timed",
    "rule: v\nwithin: <time>\nfrom: report received\nto: received\nbars: [accepted]\nunless: window extended",
    "rule: w\nconfirm: confirmed in person",
    "rule: x\nfirst: received",
)
MORE = """
settings:
  limit: {value: to be set, kind: money, clause: [A-1], title: {zh: x, en: x}, reading: {zh: x, en: x}}
  time: {value: 5 working days, kind: span}
  topics: {value: [conduct], kind: topic list}
  effect: {value: reason, kind: force}
purpose: {zh: x, en: x}
overriders: [boss]
without: {}
facts: {grade: {choices: [major]}}
clauses:
  A-2: {how: built in, test: here}
  A-3: {how: outside, reason: {zh: x, en: x}}
"""


def _places(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield path
    if isinstance(node, Block):
        for key, value in node.items():
            yield from _places(value, (*path, key))
    elif isinstance(node, Series):
        for place, value in enumerate(node):
            yield from _places(value, (*path, place))


def _with(node: Node, path: tuple[str | int, ...], value: Node) -> Node:
    """The tree with another value in one place; the rest is shared."""
    if not path:
        return value
    made = copy.copy(node)
    made[path[0]] = _with(node[path[0]], path[1:], value)  # type: ignore[index,call-overload]
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


@pytest.mark.parametrize("turn", range(3))
def test_a_strange_value_in_any_place_is_either_read_or_refused_with_its_place(turn: int) -> None:
    own = read_text(text_of(*RULES, more=MORE), file="small.yaml")
    assert isinstance(own, Block)
    composed([Layer("small", own, "own")], settings={})
    for place, path in enumerate(path for path in _places(own) if path):
        if (place + turn) % 3 == 0:
            changed = _with(own, path, _strange("small.yaml")[(place // 3 + turn) % 6])
            assert isinstance(changed, Block)
            _tried(changed, path)


def _tried(changed: Block, path: tuple[str | int, ...]) -> None:
    try:
        procedure = composed([Layer("small", changed, "own")], settings={})
    except ReadError as error:
        assert error.en, path
        assert error.zh, path
        assert error.file == "small.yaml", path
        assert error.line > 0, path
        return
    audit(procedure)
    for rule in procedure.rules:
        assert sentence(rule, procedure, "zh")
        assert sentence(rule, procedure, "en")

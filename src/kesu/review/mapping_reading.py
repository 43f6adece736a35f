"""Reads a mapping file strictly, against the procedure that it is meant for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kesu.procedure import words
from kesu.procedure.history.act import Shown
from kesu.procedure.written.model import Procedure
from kesu.reading.keys import Keys, both, known_word, scalar
from kesu.reading.strict import Block, Node, Scalar, Series, fault, read_file
from kesu.reading.text import Text

from .mapping import IGNORED, ActColumns, LogMapping, Source
from .mapping_parts import file_format, number, times

WHOLE: Final = ("with the log", "by a step")
EXPECTED: Final = ("rows", "cases", "acts")


@words.in_its_words
def read_mapping(path: Path, *, procedure: Procedure) -> LogMapping:
    """The mapping in a file; raises ReadError with line and nearest right word for anything that is not right."""
    keys = Keys(read_file(path), what="the mapping")
    name = keys.text("mapping")
    title = keys.get("title")
    _same_procedure(keys, procedure)
    acts = _acts(keys, procedure)
    calendar = keys.maybe("calendar")
    mapping = LogMapping(
        name=str(name),
        title=both(title, what="title") if title is not None else Text(str(name), str(name)),
        file=file_format(keys.get("file")),
        times=times(keys.need("times")),
        case=str(keys.text("case")),
        acts=acts,
        shown=_shown(keys.get("shows"), acts, procedure),
        complete=_complete(keys),
        only=_filter(keys.get("only"), "only"),
        without=_filter(keys.get("except"), "except"),
        once=_once(keys),
        expects=_expects(keys.get("expects")),
        calendar=path.parent / str(calendar) if calendar is not None else None,
    )
    keys.done()
    return mapping


def _same_procedure(keys: Keys, procedure: Procedure) -> None:
    meant = keys.maybe("procedure")
    if meant is not None and meant != procedure.id:
        raise fault(
            meant,
            en=f"this mapping is made for the procedure “{meant}”, not for “{procedure.id}”",
            zh=f"这份映射是为程序“{meant}”写的，不是“{procedure.id}”",
        )


def _acts(keys: Keys, procedure: Procedure) -> tuple[ActColumns, ...]:
    node = keys.need("acts")
    if not isinstance(node, Series) or not node:
        raise fault(
            node, en="“acts” is a list: what each row says was done", zh="“acts”应是列表：每行记了哪些动作"
        )
    return tuple(_act(item, procedure) for item in node)


def _act(node: Node, procedure: Procedure) -> ActColumns:
    keys = Keys(node, what="an act")
    step = _step(keys.need("step"), procedure)
    post = keys.get("as")
    facts = keys.get("facts")
    by = keys.maybe("by")
    at, at_time = _when(keys.need("at"), "at")
    later = keys.get("noted")
    noted, noted_time = _when(later, "noted") if later is not None else (None, None)
    empty = keys.maybe("if empty")
    if empty is not None:
        known_word(empty, ("skip", "refuse"), what="“if empty”")
    act = ActColumns(
        step=step,
        at=at,
        at_time=at_time,
        noted=noted,
        noted_time=noted_time,
        by=str(by) if by is not None else None,
        post=_source(post, among=procedure.posts, what="the post") if post is not None else None,
        facts=_facts(facts, procedure) if facts is not None else (),
        skip_empty=empty == "skip",
    )
    keys.done()
    return act


def _when(node: Node, key: str) -> tuple[str, str | None]:
    """The column of a time, or `{date: column, time: column}` where the time of day stands in one of its own."""
    if isinstance(node, Scalar):
        return str(node), None
    keys = Keys(node, what=f"“{key}”")
    day, clock = str(keys.text("date")), str(keys.text("time"))
    keys.done()
    return day, clock


def _step(node: Node, procedure: Procedure) -> Source:
    if isinstance(node, Scalar):
        return Source(fixed=known_word(node, procedure.steps, what="the step"))
    source = _source(node, among=procedure.steps, what="the step", ignorable=True)
    if source.column is not None and source.table is None:
        raise fault(
            node, en="a step that comes from a column needs “values”", zh="来自某列的步骤需要写“values”对照表"
        )
    return source


def _facts(node: Node, procedure: Procedure) -> tuple[tuple[str, Source], ...]:
    if not isinstance(node, Block):
        raise fault(node, en="“facts” is a mapping from a fact to its column", zh="“facts”应写成“事实: 列名”")
    sources = []
    for key, value in node.items():
        word = _recorded(Scalar(key, node.file, node.lines[key]))
        fact = words.facts()[word]
        if not fact.kind.from_column:
            raise fault(
                value,
                en=f"“{word}” is a checklist and cannot come from a column",
                zh=f"“{word}”是核对表，不能取自一列",
            )
        choices = procedure.choices.get(word) or tuple(fact.choices)
        sources.append((word, _source(value, among=choices or None, what=f"the value of “{word}”")))
    return tuple(sources)


def _recorded(word: Scalar) -> str:
    """A fact that a log can show: not one that follows from others."""
    name = known_word(word, words.facts(), what="the fact")
    if words.facts()[name].derived is not None:
        raise fault(word, **words.derived_only(name))
    return name


def _source(node: Node, *, among: Any, what: str, ignorable: bool = False) -> Source:
    """A column by its name, `{column, values, other, separator, not known}`, or `{value: the same for every row}`."""
    if isinstance(node, Scalar):
        return Source(column=str(node))
    keys = Keys(node, what=what)
    words_ = (*among, IGNORED) if ignorable and among is not None else among
    if "value" in keys:
        fixed = keys.text("value")
        keys.done()
        return Source(fixed=known_word(fixed, among, what=what) if among is not None else str(fixed))
    column, other, separator = keys.text("column"), keys.maybe("other"), keys.maybe("separator")
    table = keys.get("values")
    unknown = frozenset(str(word) for word in keys.words("not known"))
    keys.done()
    return Source(
        column=str(column),
        table=_table(table, words_, what) if table is not None else None,
        other=None
        if other is None
        else str(other)
        if words_ is None
        else known_word(other, words_, what=what),
        separator=str(separator) if separator is not None else None,
        unknown=unknown,
    )


def _table(node: Node, among: Any, what: str) -> Mapping[str, str]:
    if not isinstance(node, Block):
        raise fault(
            node,
            en="“values” is a mapping from what stands in the cell to our word",
            zh="“values”应写成“单元格内容: 我们的词”",
        )
    our_words = {}
    for key, value in node.items():
        text = scalar(value, what=f"“{key}”")
        our_words[key] = str(text) if among is None else known_word(text, among, what=what)
    return our_words


def _complete(keys: Keys) -> bool:
    ends = keys.maybe("ends")
    return ends is not None and known_word(ends, WHOLE, what="“ends”") == "with the log"


def _once(keys: Keys) -> bool:
    """`repeated rows: skip`: rows that say the same of a case count once."""
    word = keys.maybe("repeated rows")
    return word is not None and known_word(word, ("skip", "keep"), what="“repeated rows”") == "skip"


def _expects(node: Node | None) -> Mapping[str, int]:
    """How many rows, cases and acts there have to be, as far as somebody says it."""
    if node is None:
        return {}
    keys = Keys(node, what="“expects”")
    found = {name: number(word, what=name) for name in EXPECTED if (word := keys.maybe(name)) is not None}
    keys.done()
    return found


def _filter(node: Node | None, key: str) -> tuple[tuple[str, frozenset[str]], ...]:
    if node is None:
        return ()
    keys = Keys(node, what=f"“{key}”")
    return tuple((column, frozenset(str(word) for word in keys.words(column))) for column in keys.block)


def _shown(node: Node | None, acts: tuple[ActColumns, ...], procedure: Procedure) -> Shown:
    """What the log would show; what nobody lists is what the acts bring."""
    steps = frozenset(step for act in acts for step in _brought(act.step))
    facts = frozenset(word for act in acts for word, _ in act.facts)
    persons, posts = any(act.by for act in acts), any(act.post for act in acts)
    if node is None:
        return Shown(steps=steps, facts=facts, persons=persons, posts=posts)
    keys = Keys(node, what="“shows”")
    listed_steps = frozenset(
        known_word(word, procedure.steps, what="the step") for word in keys.words("steps")
    )
    listed_facts = frozenset(_recorded(word) for word in keys.words("facts"))
    shown = Shown(
        steps=listed_steps if "steps" in keys else steps,
        facts=listed_facts if "facts" in keys else facts,
        persons=keys.flag("persons") if "persons" in keys else persons,
        posts=keys.flag("posts") if "posts" in keys else posts,
    )
    keys.done()
    return shown


def _brought(step: Source) -> set[str]:
    if step.fixed is not None:
        return {step.fixed}
    return {word for word in (*(step.table or {}).values(), step.other) if word and word != IGNORED}

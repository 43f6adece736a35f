"""Reads a mapping file strictly, against the procedure that it is meant for."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kesu.procedure import words
from kesu.procedure.history.act import Shown
from kesu.procedure.written.model import Procedure
from kesu.reading.keys import Keys, both, known_word, scalar
from kesu.reading.strict import Block, Node, Scalar, Series, fault, read_file
from kesu.reading.text import Text

from .mapping import IGNORED, ActColumns, DayAlone, FileFormat, LogMapping, Source, Times

KINDS: Final = ("csv", "xlsx", "xes")
WHOLE: Final = ("with the log", "by a step")


def read_mapping(path: Path, *, procedure: Procedure) -> LogMapping:
    """The mapping in a file; raises ReadError with line and nearest right word for anything that is not right."""
    keys = Keys(read_file(path), what="the mapping")
    name = keys.text("mapping")
    title = keys.get("title")
    _same_procedure(keys, procedure)
    acts = _acts(keys, procedure)
    mapping = LogMapping(
        name=str(name),
        title=both(title, what="title") if title is not None else Text(str(name), str(name)),
        file=_file(keys.get("file")),
        times=_times(keys.need("times")),
        case=str(keys.text("case")),
        acts=acts,
        shown=_shown(keys.get("shows"), acts, procedure),
        complete=_complete(keys),
        only=_only(keys.get("only")),
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


def _file(node: Node | None) -> FileFormat:
    if node is None:
        return FileFormat()
    keys = Keys(node, what="“file”")
    kind, encoding, delimiter, sheet = (keys.maybe(key) for key in ("kind", "encoding", "delimiter", "sheet"))
    row = keys.maybe("header row")
    keys.done()
    if row is not None and (not row.isdecimal() or int(row) < 1):
        raise fault(
            row,
            en=f"“header row” is a number from 1, not “{row}”",
            zh=f"“header row”应是从 1 起的行号，不是“{row}”",
        )
    return FileFormat(
        kind=known_word(kind, KINDS, what="the kind of file") if kind is not None else None,
        encoding=_encoding(encoding),
        delimiter=_delimiter(delimiter),
        sheet=str(sheet) if sheet is not None else None,
        header_row=int(row) if row is not None else 1,
    )


def _encoding(word: Scalar | None) -> str | None:
    if word is None:
        return None
    try:
        codecs.getincrementaldecoder(str(word))
    except LookupError:
        raise fault(
            word,
            en=f"“{word}” is no encoding; write utf-8 or gb18030",
            zh=f"没有“{word}”这种编码；请写 utf-8 或 gb18030",
        ) from None
    return str(word)


def _delimiter(word: Scalar | None) -> str:
    if word is None:
        return ","
    text = "\t" if word == "tab" else str(word)
    if len(text) != 1 or text in '"\r\n':
        raise fault(word, en="“delimiter” is one character, or tab", zh="“delimiter”应是一个字符，或写 tab")
    return text


def _times(node: Node) -> Times:
    keys = Keys(node, what="“times”")
    zone = keys.text("zone")
    written = keys.words("written") or (Scalar("iso"),)
    alone = keys.maybe("day alone")
    keys.done()
    for form in written:
        if form != "iso" and "%" not in form:
            raise fault(
                form,
                en=f"“{form}” is no form of a time; write iso or one like %Y/%m/%d %H:%M:%S",
                zh=f"“{form}”不是时间格式；请写 iso 或 %Y/%m/%d %H:%M:%S 之类",
            )
    placed = (
        known_word(alone, ("start", "end", "refuse"), what="“day alone”") if alone is not None else "refuse"
    )
    try:
        zone_info = ZoneInfo(str(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise fault(
            zone,
            en=f"“{zone}” is no time zone; write one like Asia/Shanghai",
            zh=f"没有“{zone}”这个时区；请写 Asia/Shanghai 之类",
        ) from None
    return Times(zone_info, tuple(str(form) for form in written), cast(DayAlone, placed))


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
    noted, by = keys.maybe("noted"), keys.maybe("by")
    empty = keys.maybe("if empty")
    if empty is not None:
        known_word(empty, ("skip", "refuse"), what="“if empty”")
    act = ActColumns(
        step=step,
        at=str(keys.text("at")),
        noted=str(noted) if noted is not None else None,
        by=str(by) if by is not None else None,
        post=_source(post, among=procedure.posts, what="the post") if post is not None else None,
        facts=_facts(facts, procedure) if facts is not None else (),
        skip_empty=empty == "skip",
    )
    keys.done()
    return act


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


def _only(node: Node | None) -> tuple[tuple[str, frozenset[str]], ...]:
    if node is None:
        return ()
    keys = Keys(node, what="“only”")
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

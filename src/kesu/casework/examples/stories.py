"""Reading `examples.yaml`: stories told once, and pairs that differ from them by one change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kesu.procedure.history.act import Act
from kesu.procedure.shapes.abilities import Counts
from kesu.procedure.written.model import Procedure
from kesu.reading.keys import Keys
from kesu.reading.strict import Block, Node, ReadError, Scalar, Series, fault, read_file, suggestion

from .changes import PLACES, changed, copy_of, place_of
from .lines import Lines, line_of

IN_A_PAIR: Final = ("without", "set", "unset", "insert", "as of", "others")  # by what its sides may differ


@dataclass(frozen=True, slots=True)
class Example:
    """One side of a pair: what was given, the judged line, until when duties are looked at, and which rule it shows."""

    name: str
    rule: str
    given: tuple[Act, ...]
    judged: Act | None
    as_of: datetime | None
    kept: bool
    line: int = 0
    paired: bool = (
        True  # a broken side shows that the change counts; a kept one alone has to make its rule speak
    )
    others: tuple[Act, ...] = ()  # of a rule that counts over many cases: the arrivals of the other ones
    too: frozenset[str] = frozenset()  # rules that cannot be kept where this one is broken

    @property
    def acts(self) -> tuple[Act, ...]:
        """The whole story: what was given, and the judged line if there is one."""
        return self.given if self.judged is None else (*self.given, self.judged)


class Examples:
    """The examples of one procedure."""

    def __init__(self, block: Block, procedure: Procedure, *, zone: str = "Asia/Shanghai") -> None:
        self.procedure = procedure
        keys = Keys(block, what="the examples")
        self.settings = settings_of(keys.get("settings"))
        self.stories = stories_of(keys.get("stories"))
        self.lines = Lines(procedure, zone=ZoneInfo(zone), units=_units(keys.get("people")))
        listed = keys.get("examples")
        self._pairs: Sequence[Node] = listed if isinstance(listed, Series) else []
        self._told: dict[tuple[int, int], tuple[Block, Act]] = {}
        keys.done()

    def __iter__(self) -> Iterator[Example]:
        for node in self._pairs:
            yield from self._pair(node)

    def story(self, name: str) -> list[Act]:
        """A whole story as acts."""
        return self.acts(self.stories[name])

    def acts(self, lines: Sequence[Block]) -> list[Act]:
        """Lines as acts; a line that stands at the same place of two stories is one and the same act in both."""
        return [self._act(line, number) for number, line in enumerate(lines, 1)]

    def _act(self, line: Block, number: int) -> Act:
        key = id(line), number
        if key not in self._told:
            self._told[key] = line, self.lines.act(line, number)  # the line is held, so its id stays its own
        return self._told[key][1]

    # -- one pair ----------------------------------------------------------------------------------------------------

    def _pair(self, node: Node) -> Iterator[Example]:
        keys = Keys(node, what="an example")
        rule = _known(keys.text("rule"), self.procedure.by_name, en="no rule is called", zh="没有规则")
        story = _known(keys.text("story"), self.stories, en="no story is called", zh="没有故事")
        at, as_of = keys.maybe("at"), keys.maybe("as of")
        always, change, beside = keys.get("always"), keys.get("change"), keys.get("others")
        kept, broken = keys.maybe("kept"), keys.maybe("broken")
        too = frozenset(
            str(_known(word, self.procedure.by_name, en="no rule is called", zh="没有规则"))
            for word in keys.words("too")
        )
        keys.flag("kept only")
        keys.done()
        lines: Sequence[Block] = self.stories[story]
        for one in always if isinstance(always, Series) else [always] if always is not None else []:
            lines = changed(lines, one, judged=at)
        others = self._others(beside, rule) if beside is not None else ()
        if kept is not None:
            yield self._example(
                kept, rule, lines, at, as_of, kept=True, paired=broken is not None, others=others
            )
        if broken is None:
            return
        if change is None:
            raise fault(
                node, en="a broken example needs its one “change”", zh="违反的例子要写明唯一的“change”"
            )
        difference = _difference(change)
        late, more = difference.maybe("as of"), difference.maybe("others")
        if late is None and more is None:
            lines = changed(lines, change, judged=at)
        if more is not None and beside is not None:
            others = self._others(beside, rule, count=more)
        yield self._example(
            broken,
            rule,
            lines,
            at,
            as_of if late is None else late,
            kept=False,
            paired=True,
            others=others,
            too=too,
        )

    def _others(self, node: Node, rule: Scalar, *, count: Scalar | None = None) -> tuple[Act, ...]:
        """`others: {count, at, fact: value …}`: the arrivals of so many further cases, for a rule that counts them."""
        keys = Keys(node, what="“others”")
        shape = self.procedure.by_name[str(rule)].able(Counts)
        count = keys.text("count") if count is None else count
        if shape is None or not count.isdecimal():
            raise fault(
                count,
                en="“others” are so many further cases, for a rule of the shape “watch”",
                zh="“others”写其余案件的件数，只用于“watch”规则的例子",
            )
        return self.arrivals(keys.block, step=shape.counts) * int(count)

    def arrivals(self, others: Block, *, step: str) -> tuple[Act]:
        """The one act with which each of the `others` arrived."""
        line = copy_of(others)
        line.pop("count", None)
        line["step"] = Scalar(step, line.file, line.line)
        return (self.lines.act(line, 1),)

    def _example(
        self,
        name: Scalar,
        rule: Scalar,
        lines: Sequence[Block],
        at: Scalar | None,
        as_of: Scalar | None,
        *,
        kept: bool,
        paired: bool,
        others: tuple[Act, ...],
        too: frozenset[str] = frozenset(),
    ) -> Example:
        moment = self.lines.moment(as_of) if as_of is not None else None
        judged = None
        if at is not None:
            *given, judged = self.acts(lines[: place_of(lines, at) + 1])
        else:
            given = [act for act in self.acts(lines) if moment is None or act.noted <= moment]
        return Example(
            str(name), str(rule), tuple(given), judged, moment, kept, rule.line, paired, others, too
        )


def read_examples(path: Path, procedure: Procedure, *, zone: str = "Asia/Shanghai") -> Examples:
    """The examples beside a procedure. Raises ReadError."""
    node = read_file(path, called=f"{path.parent.name}/{path.name}")
    if not isinstance(node, Block):
        raise ReadError(file=path.name, line=1, en="examples are a mapping", zh="例子文件应是“键: 值”的形式")
    return Examples(node, procedure, zone=zone)


def settings_of(node: Node | None) -> Mapping[str, str]:
    """Settings as `name: value`; a list becomes text with commas; a mapping gives its `value`. Raises ReadError."""
    if node is None:
        return {}
    if not isinstance(node, Block):
        raise fault(node, en="settings are `name: value`", zh="设定应写成“名称: 值”")
    return {name: _setting(value) for name, value in node.items()}


def stories_of(node: Node | None) -> dict[str, list[Block]]:
    """Stories as `name: [line, line …]`; none when the file has none. Raises ReadError."""
    stories: dict[str, list[Block]] = {}
    for name, lines in node.items() if isinstance(node, Block) else ():
        if not isinstance(lines, Series):
            raise fault(lines, en=f"the story “{name}” is a list of lines", zh=f"故事“{name}”应是若干行")
        stories[name] = [line_of(line) for line in lines]
    return stories


def _units(node: Node | None) -> Mapping[str, tuple[str, ...]]:
    """`people: {name: {units: […]}}`: the units of whoever acts in the examples."""
    if node is None:
        return {}
    people = Keys(node, what="“people”").block
    return {name: tuple(map(str, Keys(person, what=name).words("units"))) for name, person in people.items()}


def _setting(value: Node) -> str:
    if isinstance(value, Block):
        return _setting(Keys(value, what="a setting").need("value"))
    return ", ".join(map(str, value)) if isinstance(value, Series) else str(value)


def _known(name: Scalar, among: Mapping[str, object], *, en: str, zh: str) -> Scalar:
    """The name, if there is such a rule or story; else a ReadError with the nearest one."""
    if name not in among:
        nearest_en, nearest_zh = suggestion(name, among)
        raise fault(name, en=f"{en} “{name}”{nearest_en}", zh=f"{zh}“{name}”{nearest_zh}")
    return name


def _difference(node: Node) -> Keys:
    """The one change between the two sides of a pair."""
    keys = Keys(node, what="“change”")
    kinds = [key for key in keys.block if key not in PLACES]
    if len(kinds) != 1:
        raise fault(
            node,
            en="a change is exactly one thing, so that the pair is minimal",
            zh="change 只能改一处，成对的例子才是最小差别",
        )
    if kinds[0] not in IN_A_PAIR:
        raise fault(
            node,
            en=f"the sides of a pair differ by one of {', '.join(IN_A_PAIR)}",
            zh=f"成对例子的 change 只能是 {'、'.join(IN_A_PAIR)} 之一",
        )
    return keys

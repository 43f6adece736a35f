"""Reading `examples.yaml`: stories told once, and pairs that differ from them by one change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.shapes.watch import Watch
from kesu.procedure.written.model import Procedure
from kesu.reading.keys import Keys, scalar
from kesu.reading.strict import Block, Node, ReadError, Scalar, Series, fault, read_file, suggestion

OWN_KEYS = ("at", "noted", "step", "by", "as", "for", "recorder", "medium", "in")
CHANGES = ("without", "set", "unset", "insert", "as of", "others")


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


class Examples:
    """The examples of one procedure."""

    def __init__(self, block: Block, procedure: Procedure, *, zone: str = "Asia/Shanghai") -> None:
        self.procedure, self.zone = procedure, ZoneInfo(zone)
        keys = Keys(block, what="the examples")
        self.settings = settings_of(keys.get("settings"))
        stories = keys.get("stories")
        self.stories: dict[str, list[Block]] = {}
        for name, lines in stories.items() if isinstance(stories, Block) else ():
            if not isinstance(lines, Series):
                raise fault(lines, en=f"the story “{name}” is a list of lines", zh=f"故事“{name}”应是若干行")
            self.stories[name] = [_line(node) for node in lines]
        self.units = _units(keys.get("people"))
        listed = keys.get("examples")
        self.raw = list(listed) if isinstance(listed, Series) else []
        keys.done()

    def __iter__(self) -> Iterator[Example]:
        for node in self.raw:
            yield from self._pair(node)

    def story(self, name: str) -> list[Act]:
        """A whole story as acts."""
        return [self._act(line, number) for number, line in enumerate(self.stories[name], 1)]

    # -- one pair ----------------------------------------------------------------------------------------------------

    def _pair(self, node: Node) -> Iterator[Example]:
        keys = Keys(node, what="an example")
        rule = keys.text("rule")
        if rule not in self.procedure.by_name:
            en, zh = suggestion(rule, self.procedure.by_name)
            raise fault(rule, en=f"no rule is called “{rule}”{en}", zh=f"没有规则“{rule}”{zh}")
        story = keys.text("story")
        if story not in self.stories:
            en, zh = suggestion(story, self.stories)
            raise fault(story, en=f"no story is called “{story}”{en}", zh=f"没有故事“{story}”{zh}")
        at, as_of = keys.maybe("at"), keys.maybe("as of")
        always, change = keys.get("always"), keys.get("change")
        beside = keys.get("others")
        kept, broken_name = keys.maybe("kept"), keys.maybe("broken")
        keys.flag("kept only")
        keys.done()
        lines = [*self.stories[story]]
        paired = broken_name is not None
        for one in always if isinstance(always, Series) else [always] if always is not None else []:
            lines = self._changed(lines, one, at)
        others = self._others(beside, rule) if beside is not None else ()
        if kept is not None:
            told = self._example(str(kept), rule, lines, at, as_of, kept=True)
            yield replace(told, paired=paired, others=others)
        if broken_name is not None:
            if change is None:
                raise fault(
                    node, en="a broken example needs its one “change”", zh="违反的例子要写明唯一的“change”"
                )
            late, more = _change(change).maybe("as of"), _change(change).maybe("others")
            other = lines if late is not None or more is not None else self._changed(lines, change, at)
            if more is not None and beside is not None:
                others = self._others(beside, rule, count=more)
            told = self._example(
                str(broken_name), rule, other, at, late if late is not None else as_of, kept=False
            )
            yield replace(told, others=others)

    def _others(self, node: Node, rule: Scalar, *, count: Scalar | None = None) -> tuple[Act, ...]:
        """`others: {count, at, fact: value …}`: the arrivals of so many further cases, for a rule that counts them."""
        keys = Keys(node, what="“others”")
        shape = self.procedure.by_name[str(rule)].shape
        said = keys.text("count") if count is None else count
        if not isinstance(shape, Watch) or not said.isdecimal():
            raise fault(
                said,
                en="“others” are so many further cases, for a rule of the shape “watch”",
                zh="“others”写其余案件的件数，只用于“watch”规则的例子",
            )
        line = Block(keys.block.file, keys.block.line)
        line.lines = dict(keys.block.lines)
        line.update({word: value for word, value in keys.block.items() if word != "count"})
        line["step"] = Scalar(shape.counts, line.file, line.line)
        return tuple(self._act(line, 1) for _ in range(int(said)))

    def _example(
        self,
        name: str,
        rule: Scalar,
        lines: list[Block],
        at: Scalar | None,
        as_of: Scalar | None,
        *,
        kept: bool,
    ) -> Example:
        moment = self._moment(as_of) if as_of is not None else None
        if at is None:
            acts = [self._act(line, number) for number, line in enumerate(lines, 1)]
            if moment is not None:
                acts = [act for act in acts if act.noted <= moment]
            return Example(name, str(rule), tuple(acts), None, moment, kept, rule.line)
        place = self._place(lines, at)
        acts = [self._act(line, number) for number, line in enumerate(lines[: place + 1], 1)]
        return Example(name, str(rule), tuple(acts[:-1]), acts[-1], moment, kept, rule.line)

    # -- changes -----------------------------------------------------------------------------------------------------

    def _changed(self, lines: list[Block], node: Node, at: Scalar | None) -> list[Block]:
        keys = _change(node)
        made = list(lines)
        if (without := keys.maybe("without")) is not None:
            step, _, nth = without.partition(" #")
            drop = (
                [self._place(lines, without)]
                if nth
                else [place for place, line in enumerate(lines) if line["step"] == step]
            )
            if not drop:
                self._place(lines, without)
            return [line for place, line in enumerate(lines) if place not in drop]
        for key in ("set", "unset"):
            if key in keys:
                inner = Keys(keys.need(key), what=f"“{key}”")
                place = self._place(lines, inner.text("line"))
                made[place] = _edited(made[place], inner, removing=key == "unset")
                return made
        if (insert := keys.get("insert")) is not None:
            place = self._place(lines, at) if at is not None else len(lines)
            return [*lines[:place], _line(insert), *lines[place:]]
        raise fault(
            node, en=f"a change is one of {', '.join(CHANGES)}", zh=f"change 只能是 {'、'.join(CHANGES)} 之一"
        )

    def _place(self, lines: list[Block], said: Scalar) -> int:
        step, _, nth = said.partition(" #")
        places = [place for place, line in enumerate(lines) if line["step"] == step]
        if not places or (nth and not 0 < int(nth) <= len(places)):
            raise fault(said, en=f"the story has no line “{said}”", zh=f"故事里没有“{said}”这一行")
        return places[int(nth) - 1] if nth else places[-1]

    # -- lines as acts -----------------------------------------------------------------------------------------------

    def _act(self, line: Block, number: int) -> Act:
        keys = Keys(line, what="a line")
        step = keys.text("step")
        if step not in self.procedure.steps:
            en, zh = suggestion(step, self.procedure.steps)
            raise fault(step, en=f"the procedure has no step “{step}”{en}", zh=f"程序没有“{step}”这一步{zh}")
        at = self._moment(keys.text("at"))
        noted = keys.maybe("noted")
        taken = {
            name: str(said) if (said := keys.maybe(name)) is not None else None
            for name in ("by", "as", "for", "recorder", "medium")
        }
        return Act(
            number=number,
            step=str(step),
            at=at,
            noted=self._moment(noted) if noted is not None else at,
            by=taken["by"],
            post=taken["as"],
            behalf=taken["for"],
            recorder=taken["recorder"],
            medium=taken["medium"] or "system",
            units=tuple(map(str, keys.words("in"))) or self.units.get(taken["by"] or "", ()),
            facts={
                word: _value(Scalar(word, line.file, line.lines.get(word, line.line)), node)
                for word, node in line.items()
                if word not in OWN_KEYS
            },
        )

    def _moment(self, text: Scalar) -> datetime:
        try:
            when = datetime.fromisoformat(str(text))
        except ValueError:
            raise fault(
                text,
                en=f"“{text}” is no time; write 2026-03-09 10:20",
                zh=f"“{text}”不是时间；请写成 2026-03-09 10:20",
            ) from None
        return when if when.tzinfo else when.replace(tzinfo=self.zone)


def read_examples(path: Path, procedure: Procedure, *, zone: str = "Asia/Shanghai") -> Examples:
    """The examples beside a procedure. Raises ReadError."""
    node = read_file(path, called=f"{path.parent.name}/{path.name}")
    if not isinstance(node, Block):
        raise ReadError(file=path.name, line=1, en="examples are a mapping", zh="例子文件应是“键: 值”的形式")
    return Examples(node, procedure, zone=zone)


def settings_of(node: Node | None) -> Mapping[str, str]:
    """Settings as `name: value`; a list becomes text with commas; a mapping gives its `value`."""
    if node is None:
        return {}
    if not isinstance(node, Block):
        raise fault(node, en="settings are `name: value`", zh="设定应写成“名称: 值”")
    return {name: _setting(value) for name, value in node.items()}


def _units(node: Node | None) -> Mapping[str, tuple[str, ...]]:
    """`people: {name: {units: […]}}`: the units of whoever acts in the examples."""
    if node is None:
        return {}
    people = Keys(node, what="“people”").block
    return {name: tuple(map(str, Keys(said, what=name).words("units"))) for name, said in people.items()}


def _setting(value: Node) -> str:
    if isinstance(value, Block):
        return _setting(Keys(value, what="a setting").need("value"))
    return ", ".join(map(str, value)) if isinstance(value, Series) else str(value)


def _line(node: Node) -> Block:
    keys = Keys(node, what="a line of a story")
    keys.text("step")
    keys.text("at")
    return keys.block


def _change(node: Node) -> Keys:
    keys = Keys(node, what="“change”")
    if len(keys.block) != 1:
        raise fault(
            node,
            en="a change is exactly one thing, so that the pair is minimal",
            zh="change 只能改一处，成对的例子才是最小差别",
        )
    return keys


def _edited(line: Block, keys: Keys, *, removing: bool) -> Block:
    made = Block(line.file, line.line)
    made.lines = dict(line.lines)
    made.update(line)
    changes = [key for key in keys.block if key != "line"]
    if removing:
        word = keys.text("fact")
        if word not in made:
            raise fault(word, en=f"the line has no “{word}”", zh=f"这一行没有“{word}”")
        del made[str(word)]
        return made
    if len(changes) != 1:
        raise fault(keys.block, en="“set” changes one fact of one line", zh="“set”只改一行里的一项")
    made[changes[0]] = keys.need(changes[0])
    made.lines[changes[0]] = keys.block.lines[changes[0]]
    return made


def _value(word: Scalar, node: Node) -> Value:
    fact = words.facts().get(str(word))
    if fact is None:
        en, zh = suggestion(word, words.facts())
        raise fault(word, en=f"there is no fact “{word}”{en}", zh=f"没有“{word}”这一项{zh}")
    if fact.derived is not None:
        raise fault(word, **words.derived_only(str(word)))
    if fact.kind == "lines" and isinstance(node, Series):
        return [_one_line(item) for item in node]
    if isinstance(node, Scalar):
        if node == "not known":
            return None
        return [str(node)] if fact.kind in ("list", "persons", "units", "things") else str(node)
    if isinstance(node, Series):
        if fact.kind == "lines":
            return [_pairs(Keys(item, what=f"“{word}”").block) for item in node]
        return [str(scalar(item, what=str(word))) for item in node]
    return _pairs(node)


def _pairs(node: Block) -> dict[str, str]:
    return {key: str(scalar(value, what=key)) for key, value in node.items()}


def _one_line(node: Node) -> Value:
    """One line of a table: {article, quantity, price}, whose values are looked at like those of any command."""
    keys = Keys(node, what="a line of a table")
    return {key: str(keys.text(key)) for key in keys.block}

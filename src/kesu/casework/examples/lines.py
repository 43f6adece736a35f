"""A line of a story as an act: its own keys are who, when and where; every other key is a fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from kesu.names import PersonId, PostName, StepName
from kesu.procedure import words
from kesu.procedure.history.act import Act, Value
from kesu.procedure.words import FactWord, Lexicon, in_its_words
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.reading.called import name_called, suggested
from kesu.reading.keys import Keys
from kesu.reading.strict import Block, Node, Scalar, Series, fault

OWN_KEYS: Final = ("at", "noted", "step", "by", "as", "for", "recorder", "medium", "in")


class Lines:
    """Reads lines by the words of one procedure; `units` says to which units a person of the examples belongs."""

    def __init__(
        self, procedure: Procedure, *, zone: ZoneInfo, units: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.procedure, self.zone, self.units = procedure, zone, units or {}

    @property
    def words(self) -> Lexicon:
        """The words of the procedure."""
        return self.procedure.words

    @in_its_words
    def act(self, line: Block, number: int) -> Act:
        """The line as the act with this number. Raises ReadError where a step, a fact or a time is none."""
        keys = Keys(line, what="a line")
        step = keys.text("step")
        titles = {name: one.title for name, one in self.procedure.steps.items()}
        name = name_called(step, titles)
        if name is None:
            en, zh = suggested(step, titles)
            raise fault(step, en=f"the procedure has no step “{step}”{en}", zh=f"程序没有“{step}”这一步{zh}")
        at = self.moment(keys.text("at"))
        noted = keys.maybe("noted")
        seat = {
            name: str(text) if (text := keys.maybe(name)) is not None else None
            for name in ("by", "as", "for", "recorder", "medium")
        }
        return Act(
            number=number,
            step=StepName(name),
            at=at,
            noted=self.moment(noted) if noted is not None else at,
            by=None if (by := seat["by"]) is None else PersonId(by),
            post=None if (post := seat["as"]) is None else PostName(post),
            behalf=seat["for"],
            recorder=None if (recorder := seat["recorder"]) is None else PersonId(recorder),
            medium=seat["medium"] or "system",
            units=tuple(map(str, keys.words("in"))) or self.units.get(seat["by"] or "", ()),
            facts=dict(_fact(line, word, node) for word, node in line.items() if word not in OWN_KEYS),
        )

    def moment(self, text: Scalar) -> datetime:
        """A time of the examples, in their zone where it names none. Raises ReadError."""
        try:
            when = datetime.fromisoformat(str(text))
        except ValueError:
            raise fault(
                text,
                en=f"“{text}” is no time; write 2026-03-09 10:20",
                zh=f"“{text}”不是时间；请写成 2026-03-09 10:20",
            ) from None
        return when if when.tzinfo else when.replace(tzinfo=self.zone)


def line_of(node: Node) -> Block:
    """A node that tells a line: a mapping with a step and a time. Raises ReadError."""
    keys = Keys(node, what="a line of a story")
    keys.text("step")
    keys.text("at")
    return keys.block


def _word(line: Block, word: str) -> Scalar:
    return Scalar(word, line.file, line.lines.get(word, line.line))


def _fact(line: Block, key: str, node: Node) -> tuple[str, Value]:
    """A fact of a line with its value; the new value of a correction is one of the word that it corrects."""
    word, titles = _word(line, key), words.spoken_now().fact_titles
    name = name_called(word, titles)
    if name is None:
        en, zh = suggested(word, titles)
        raise fault(word, en=f"there is no fact “{word}”{en}", zh=f"没有“{word}”这一项{zh}")
    like = words.facts().get(str(line.get(FACT.WORD))) if name == FACT.VALUE else None
    fact = like or words.facts()[name]
    if fact.derived is not None:
        raise fault(word, **words.derived_only(name))
    return name, fact.kind.from_yaml(_chosen(node, fact), word=name)


def _chosen(node: Node, fact: FactWord) -> Node:
    """The value by its name, where it stands by its title."""
    if isinstance(node, Scalar) and fact.choices and node not in fact.choices:
        name = name_called(node, fact.choices)
        return node if name is None else Scalar(name, node.file, node.line)
    if isinstance(node, Series):
        return Series((_chosen(one, fact) for one in node), node.file, node.line)
    return node

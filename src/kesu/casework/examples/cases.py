"""Reading a file of cases: short histories, each a story with something changed in it, and the verdict that is right.

An example belongs to a rule and says what the rules do. A case belongs to clauses and says what the paper asks for, also
where no rule holds the clause yet; so a case may differ from what comes out, and then says what is still to be mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Block, Node, Scalar, Series, fault, read_file, suggestion

from .changes import changed, copy_of, place_of
from .stories import Examples, stories_of
from .trying import exemplified

FILE: Final = "cases.yaml"  # beside a procedure
KEPT: Final = "kept"
BREACHES: Final = ("broken", "cannot tell", "broken or cannot tell")
OF_DUTIES: Final = ("late", "something late", "owed", "not owed")
LEAVING_OUT: Final = frozenset({"without", "unset", "until"})  # changes by which something is not there
UNUSED: Final = ("rule", "ground")  # fields that only the reader of the file wants


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it is headed; the rest of its block is read when it is run.

    `at` names the line that is judged, with which the story ends; `as_of` is the moment at which duties are looked at.
    """

    name: str
    shows: tuple[str, ...]  # the findings of somebody's survey
    clauses: tuple[str, ...]
    at: Scalar | None
    as_of: Scalar | None
    right: str  # what should happen, in words, and the reason
    why: str
    block: Block

    @property
    def keeps(self) -> bool:
        """Whether a side of it keeps its clauses."""
        return KEPT in self.block or self.block.get("want") in (KEPT, "not owed")

    @property
    def breaks(self) -> bool:
        """Whether a side of it breaks them."""
        return "broken" in self.block or self.block.get("want") in (
            *BREACHES,
            "late",
            "something late",
            "owed",
        )

    @property
    def leaves_out(self) -> bool:
        """Whether it breaks them by what is not there: a step, a fact, or what was due by then."""
        if not self.breaks:
            return False
        changes = self.block.get("change" if "broken" in self.block else "always")
        listed = changes if isinstance(changes, Series) else (changes,)
        taken_away = (isinstance(one, Block) and not LEAVING_OUT.isdisjoint(one) for one in listed)
        return self.block.get("want") in OF_DUTIES or any(taken_away)


@dataclass(frozen=True, slots=True)
class Side:
    """A story as a case tells it, and the verdict that is right for it; the two sides of a pair have names.

    `before` is the story without what the case is about: what is broken in that already does not count.
    """

    want: str
    lines: Sequence[Block]
    before: Sequence[Block] = ()
    name: str = ""
    others: Block | None = None  # with `count`: so many further cases, for a rule that counts over many


@dataclass(frozen=True, slots=True)
class CaseInFull:
    """A case that can be run: its procedure as its own examples set it, and its sides on their stories."""

    procedure: Procedure
    examples: Examples
    sides: tuple[Side, ...]
    story: Sequence[Block]  # as it stands in the examples; a line that is not among these is the case's own
    moment: datetime | None
    harmless: Mapping[str, str]  # the act may pass where the file still says this afterwards


class Cases:
    """The cases of one file, in order, on the stories of the procedures and on those that the file brings along."""

    def __init__(self, path: Path, library: Library) -> None:
        """Reads the heads of all cases. Raises ReadError where the file is none of cases."""
        node = read_file(path)
        keys = Keys(node, what="a file of cases")
        listed = keys.need("cases")
        if not isinstance(listed, Series):
            raise fault(listed, en="“cases” is a list", zh="“cases”应是若干案例的列表")
        self._library, self._procedure = library, keys.maybe("procedure")
        self._stories = stories_of(keys.get("stories"))
        self._read: dict[str, tuple[Procedure, Examples]] = {}
        keys.done()
        self._cases = [_head(node) for node in listed]

    def __iter__(self) -> Iterator[Case]:
        return iter(self._cases)

    def in_full(self, case: Case) -> CaseInFull:
        """The case with its sides. Raises ReadError where it cannot be run: a story, a line, a field or a verdict is none."""
        keys = Keys(case.block, what="a case")
        procedure, examples = self._of_procedure(keys.maybe("procedure") or self._procedure, case)
        moment = examples.lines.moment(case.as_of) if case.as_of is not None else None
        story = self._story(keys.text("story"), examples)
        sides = _sides(case, keys, story)
        harmless = keys.get("harmless")
        for key in (*UNUSED, "case", "finding", "clause", "at", "as of", "right", "why"):
            keys.get(key)
        keys.done()
        if case.at is None and case.as_of is None:
            raise fault(
                case.block,
                en="a case is looked at “at” a line or “as of” a moment",
                zh="案例要写明看哪一行（at）或看到什么时候（as of）",
            )
        return CaseInFull(
            procedure=procedure,
            examples=examples,
            sides=sides,
            story=story,
            moment=moment,
            harmless={} if harmless is None else _texts(harmless),
        )

    def _of_procedure(self, name: Scalar | None, case: Case) -> tuple[Procedure, Examples]:
        if name is None:
            raise fault(case.block, en="the case names no procedure", zh="案例没有写明属于哪个程序")
        if name not in self._read:
            known_word(name, self._library.names(), what="the procedure")
            self._read[name] = exemplified(self._library, name)
        return self._read[name]

    def _story(self, name: Scalar, examples: Examples) -> Sequence[Block]:
        """The story of that name; the procedure's own goes before one that the file of cases brings along."""
        story = examples.stories.get(name, self._stories.get(name))
        if story is None:
            en, zh = suggestion(name, {**self._stories, **examples.stories})
            raise fault(name, en=f"no story is called “{name}”{en}", zh=f"没有故事“{name}”{zh}")
        return story


def _head(node: Node) -> Case:
    keys = Keys(node, what="a case")
    return Case(
        name=str(keys.text("case")),
        shows=tuple(map(str, keys.words("finding"))),
        clauses=tuple(map(str, keys.words("clause"))),
        at=keys.maybe("at"),
        as_of=keys.maybe("as of"),
        right=str(keys.maybe("right") or ""),
        why=str(keys.maybe("why") or ""),
        block=keys.block,
    )


def _sides(case: Case, keys: Keys, story: Sequence[Block]) -> tuple[Side, ...]:
    """One side with its `want`, or the two of a pair, of which the second differs by the `change`."""
    want, kept, broken = keys.maybe("want"), keys.maybe("kept"), keys.maybe("broken")
    change, others = keys.get("change"), _others(keys.get("others"))
    lines = _changed(story, keys.get("always"))
    if want is not None:
        verdict = known_word(want, (KEPT, *BREACHES, *OF_DUTIES), what="the verdict")
        before = () if verdict == KEPT else story
        return (Side(verdict, _up_to(case, lines), before, others=others),)
    if kept is None:
        raise fault(case.block, en="a case has “want” or “kept”", zh="案例要写“want”或“kept”")
    first = Side(KEPT, _up_to(case, lines), name=str(kept), others=others)
    if broken is None:
        return (first,)
    if change is None:
        raise fault(broken, en="the second side needs its “change”", zh="第二种情形要写明“change”")
    if others is not None and isinstance(change, Block) and "others" in change:
        others = copy_of(others)
        others["count"] = Keys(change, what="“change”").text("others")
        changed_lines = lines
    else:
        changed_lines = _changed(lines, change)
    return first, Side(BREACHES[-1], _up_to(case, changed_lines), lines, str(broken), others)


def _others(node: Node | None) -> Block | None:
    if node is None:
        return None
    keys = Keys(node, what="“others”")
    count = keys.text("count")
    if not count.isdecimal():
        raise fault(count, en="“count” is a number of cases", zh="“count”应是案件的件数")
    return keys.block


def _texts(node: Node) -> Mapping[str, str]:
    keys = Keys(node, what="“harmless”")
    return {key: str(keys.text(key)) for key in keys.block}


def _changed(lines: Sequence[Block], changes: Node | None) -> Sequence[Block]:
    """The story with one change after the other."""
    for change in changes if isinstance(changes, Series) else [] if changes is None else [changes]:
        lines = changed(lines, change)
    return lines


def _up_to(case: Case, lines: Sequence[Block]) -> Sequence[Block]:
    return lines if case.at is None else lines[: place_of(lines, case.at) + 1]

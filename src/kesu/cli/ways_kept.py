"""`kesu ways --write` and `--check`: the ways of procedures kept as text beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kesu.casework.examples.trying import exemplified
from kesu.names import StepName
from kesu.procedure.written.library import Library
from kesu.reading.text import Lang, Text
from kesu.ways.kept import FILE, kept_text, read_kept
from kesu.ways.stated import FILE as STATED
from kesu.ways.stated import read_stated
from kesu.ways.survey import Survey, surveyed
from kesu.worktime.china import china_calendar

from .printed import as_json


@dataclass(frozen=True, slots=True)
class Kept:
    """The text of one procedure: where it lies, what is there, and what the rules give now."""

    procedure: str
    path: Path
    there: str | None
    survey: Survey

    @property
    def now(self) -> str:
        """What the text should be."""
        return kept_text(self.survey)

    @property
    def stale(self) -> bool:
        """Whether the text does not say what the rules give."""
        return self.there != self.now

    def changed(self) -> list[StepName]:
        """The ends to which there are other ways than the text says. Raises ReadError where it is no such text."""
        before = read_kept(self.path)
        known = before.ways if before is not None else ()
        other = {*known} ^ {*self.survey.ways}
        return list(dict.fromkeys(way.goal for way in (*self.survey.ways, *known) if way in other))


def kept(library: Library, name: str) -> Kept:
    """The text of one procedure, and what it should be. Raises ReadError."""
    procedure = exemplified(library, name)[0]
    folder = library.find(name)
    path, branches = folder / FILE, read_stated(folder / STATED, procedure).branches
    there = path.read_text(encoding="utf-8") if path.is_file() else None
    return Kept(name, path, there, surveyed(procedure, branches, calendar=china_calendar()))


def kept_ways(library: Library, names: Sequence[str], *, write: bool, json: bool, tongue: Lang) -> int:
    """Writes the texts that differ, or only names them; exit status 1 when one differs and is not written."""
    stale: list[tuple[str, Sequence[StepName]]] = []
    for one in (kept(library, name) for name in names):
        if one.stale:
            stale.append((one.procedure, [] if write else one.changed()))
            if write:
                one.path.write_text(one.now, encoding="utf-8")
    if json:
        as_json({"stale": [name for name, _ in stale], "written": write})
    else:
        print("\n".join(text.in_(tongue) for text in _said(stale, write=write)))
    return 1 if stale and not write else 0


def _said(stale: Sequence[tuple[str, Sequence[StepName]]], *, write: bool) -> Iterator[Text]:
    for name, ends in stale:
        yield (
            Text(f"{name}：{FILE} 已更新", f"{name}: {FILE} written")
            if write
            else Text(
                f"{name}：按现在的规则，{_where(ends).zh}变了，与 {FILE} 不一致；运行 kesu ways {name} --write 后，"
                "看差异里开了什么口子、堵了什么路",
                f"{name}: by its rules there are other {_where(ends).en} now than {FILE} says; run kesu ways {name} --write"
                " and see in the difference what was opened and what was shut",
            )
        )
    if not stale:
        yield Text(f"各程序的 {FILE} 都是最新的", f"every {FILE} is up to date")


def _where(ends: Sequence[StepName]) -> Text:
    if not ends:
        return Text("各岗位能办的事或走不通的地方", "dead ends, or things that a post can do,")
    return Text(f"到“{'、'.join(ends)}”的走法", f"ways to “{', '.join(ends)}”")

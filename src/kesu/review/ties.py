"""Acts of one case that happened at one instant: in which order they are taken, and which of them are the same act twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from kesu.procedure.history.act import Act
from kesu.reading.text import Text

NAMED = 3  # lines that a remark names


def ordered(acts: Sequence[Act], *, newest_first: bool = False) -> list[Act]:
    """By time; those of one instant in the order of their lines, or from the last line to the first, numbered anew."""
    if newest_first:
        found = sorted(acts, key=lambda act: (act.at, -_line(act), act.number))
    else:
        found = sorted(acts, key=lambda act: act.at)
    return numbered(found)


def numbered(acts: Sequence[Act]) -> list[Act]:
    """The same acts, numbered in their order."""
    return [replace(act, number=number) for number, act in enumerate(acts, start=1)]


def once(acts: Sequence[Act]) -> list[Act]:
    """Of acts that are equal but for their line the first, numbered anew."""
    kept: list[Act] = []
    for _, same in groupby(acts, key=lambda act: act.at):
        different: list[Act] = []
        for act in same:
            if not any(equal(act, other) for other in different):
                different.append(act)
        kept += different
    return numbered(kept)


def equal(act: Act, other: Act) -> bool:
    """Whether two acts of a case are the same one, written twice."""
    return (act.step, act.at, act.noted, act.by, act.post, act.facts) == (
        other.step,
        other.at,
        other.noted,
        other.by,
        other.post,
        other.facts,
    )


@dataclass(slots=True)
class Ties:
    """How many acts stand at one instant with another step of their case, and how many are there twice."""

    cases: int = 0
    acts: int = 0
    doubles: int = 0
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    def look(self, case: str, acts: Sequence[Act]) -> None:
        """The acts of one case, by time."""
        tied = 0
        for one, other in pairwise(acts):
            if one.at == other.at and one.origin != other.origin:
                if equal(one, other):
                    self.doubles += 1
                    if len(self.examples) < NAMED:
                        self.examples.append((case, one.origin or "", other.origin or ""))
                elif one.step != other.step:
                    tied += 1
        self.cases += tied > 0
        self.acts += tied

    def sentences(self, *, newest_first: bool, recognised: bool, skipped: bool) -> Iterator[Text]:
        """What has to be said of them."""
        if recognised:
            yield Text(
                "文件里新的在前，同一时刻的动作按从下到上的行序排列（不对请在 file 里写 order: oldest first）",
                "the file has the newest first, so acts of one instant were taken from the last line to the first (write order: oldest first if that is wrong)",
            )
        elif self.acts and not newest_first:
            yield Text(
                f"{self.cases} 件里有 {self.acts} 处不同动作在同一时刻，按行的先后排列；若文件是新的在前，请在 file 里写 order: newest first",
                f"{self.acts} acts of {self.cases} cases have the same instant as another one and were taken in the order of lines; if the file has the newest first, write order: newest first",
            )
        if self.doubles:
            places = [f"{case} ({one}, {other})" for case, one, other in self.examples]
            zh, en = ("只算一次", "count once") if skipped else ("各算一次", "count each")
            more = (
                Text("", "")
                if skipped
                else Text(
                    "；要只算一次请写 repeated rows: skip", "; write repeated rows: skip to take them once"
                )
            )
            yield Text(
                f"{self.doubles} 个动作与另一行完全相同，{zh}：{'、'.join(places)}{more.zh}",
                f"{self.doubles} acts are the same as another line and {en}: {', '.join(places)}{more.en}",
            )


def _line(act: Act) -> int:
    place = (act.origin or "").rpartition(" ")[2]
    return int(place) if place.isdecimal() else 0

"""打印台账: the list as it is narrowed, on A4 across, with the lines of whoever made it and looked it over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kesu.caseload.asking.continuity import Run, continuity
from kesu.prints.document import Document, Paragraphs, Signatures, Table, Value
from kesu.reading.text import Text

from ..own.asked_list import TYPED, Asked
from ..own.filters import filters
from ..own.sheet import listed_lines
from ..said.rows_said import CaseLine
from ..who.here import Here
from .stated import Stated

WIDTHS: Final = (1.6, 1.5, 4.6, 1.5, 0.9, 1.9, 1.4, 1.9, 1.2)
MOST: Final = 2_000  # cases of one print, some hundred pages


def list_paper(asked: Asked, title: str, here: Here) -> Document:
    """Every case of the list in its order, with what it is narrowed to and how many they are."""
    stated, lines = Stated.for_(here), list(listed_lines(asked, here, MOST))
    n = f"{len(lines)}+" if len(lines) == MOST else len(lines)
    whole = asked.view == "all" and not asked.narrowed
    runs = [run for run in (continuity(here) if whole else []) if run.last]
    house = here.directory.organisation.title
    return Document(
        lang=here.lang,
        house=house,
        title=stated.text(Text("投诉台账", "Register of complaints")),
        under_title=(
            " · ".join([title, stated.text(Text(f"{n} 件", f"{n} cases")), *_narrowed(asked, here, stated)]),
        ),
        above=(house, stated.text(Text("台账", "Register"))),
        below=stated.printed(here),
        blocks=(
            _table(lines, stated),
            *(Paragraphs(_run(run, stated), small=True) for run in runs),
            _signed(stated),
        ),
        landscape=True,
    )


def _narrowed(asked: Asked, here: Here, stated: Stated) -> list[str]:
    """What the list is narrowed to, in words."""
    between = "：" if here.lang == "zh" else ": "
    chosen = [
        f"{one.title}{between}{stated.text(one.chosen_title)}"
        for one in filters(asked, here)
        if one.chosen_title
    ]
    typed = (asked.query.get(name, "").strip() for name in TYPED)
    return [*chosen, *filter(None, typed)]


def _table(lines: Sequence[CaseLine], stated: Stated) -> Table:
    head = Text(
        "编号|收到|谁 · 说了什么 · 哪件|投诉事项|级别|阶段|下一期限|在谁手上|办结",
        "Number|Received|Who, what, which|Topic|Grade|Stage|Next limit|With|Ended",
    )
    rows = tuple(tuple(map(Value, _cells(line, stated))) for line in lines)
    return Table(tuple(stated.text(head).split("|")), rows, WIDTHS, whole=True)


def _cells(line: CaseLine, stated: Stated) -> tuple[str, ...]:
    row = line.row
    return (
        row.label,
        stated.moment(row.received),
        *map(stated.text, (line.title, line.topics, line.grade, line.state)),
        stated.until(line.until),
        stated.text(line.owner),
        stated.moment(row.ended).partition(" ")[0],
    )


def _signed(stated: Stated) -> Signatures:
    titles = (Text("编制", "Made by"), Text("审核", "Looked over by"))
    return Signatures(tuple(map(stated.text, titles)), date=stated.text(Text("日期", "Date")))


def _run(run: Run, stated: Stated) -> str:
    """Whether the numbers of a series run without a gap, as the page says it."""
    missing = (
        Text(f"缺 {run.missing} 号", f"{run.missing} missing") if run.missing else Text("无缺号", "no gap")
    )
    agrees = Text("件数与账本一致", "as many as in the ledger")
    if not run.agrees:
        agrees = Text("件数与账本不一致", "not as many as in the ledger")
    return stated.text(
        Text(
            f"{run.prefix} {run.year} 年 0001–{run.last:04d} 连续，{missing.zh}；作废 {run.voided} 件；{agrees.zh}"
            if not run.missing
            else f"{run.prefix} {run.year} 年 0001–{run.last:04d}，{missing.zh}；作废 {run.voided} 件；{agrees.zh}",
            f"{run.prefix} {run.year}: 0001–{run.last:04d}, {missing.en}; {run.voided} voided; {agrees.en}",
        )
    )

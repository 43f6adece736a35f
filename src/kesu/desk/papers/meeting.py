"""例会单: what a meeting looks at, on one A4 page and as text: what is late, what runs out within a week, what is major."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kesu.caseload.asking.listing import cases, counts
from kesu.caseload.asking.narrowing import Wanted
from kesu.caseload.sight.face import cut
from kesu.prints.document import Block, Document, Heading, Paragraphs, Signatures, Table, Value
from kesu.reading.text import Text

from ..own.asked_list import VIEWS
from ..said.rows_said import CaseLine, case_lines
from ..who.here import Here
from .stated import Stated

AHEAD: Final = timedelta(days=7)
MOST: Final = {"late": 8, "soon": 4, "major": 3}  # lines of each part; more fit no single page
LONGEST: Final = 30  # full-width characters of a case
TITLES: Final = {
    "late": Text("逾期", "Overdue"),
    "soon": Text("七天内到期", "Due within seven days"),
    "major": Text("重大，在办", "Major and open"),
}


@dataclass(frozen=True, slots=True)
class Meeting:
    """Counts over all that the reader sees, and the cases of each part, the most urgent first; a case stands in one part."""

    open: int
    late: int
    major: int
    new: int
    parts: dict[str, list[CaseLine]]
    more: dict[str, int]  # how many of a part are not listed


def meeting(here: Here) -> Meeting:
    """As things stand now."""
    week = Wanted(since=here.now - AHEAD)
    found = counts(here, {**{name: VIEWS[name] for name in ("open", "overdue", "major")}, "new": week})
    late = cases(here, wanted=VIEWS["overdue"], order="next_due", limit=MOST["late"]).rows
    running = Wanted(open=True, overdue=False)
    near = cases(here, wanted=running, order="next_due", limit=MOST["soon"]).rows
    soon = [row for row in near if row.next_due is not None and row.next_due <= here.now + AHEAD]
    major = cases(
        here, wanted=VIEWS["major"], order="next_due", limit=MOST["major"] + len(late) + len(soon)
    ).rows
    told = {row.file for row in (*late, *soon)}
    others = [row for row in major if row.file not in told][: MOST["major"]]
    return Meeting(
        open=found["open"],
        late=found["overdue"],
        major=found["major"],
        new=found["new"],
        parts={
            name: case_lines(rows, here) for name, rows in (("late", late), ("soon", soon), ("major", others))
        },
        more={"late": found["overdue"] - len(late)},
    )


def meeting_counts(sheet: Meeting) -> Text:
    """The counts in one sentence."""
    return Text(
        f"在办 {sheet.open} 件，逾期 {sheet.late} 件，重大 {sheet.major} 件；近七天新收 {sheet.new} 件。",
        f"{sheet.open} open, {sheet.late} overdue, {sheet.major} major; {sheet.new} received within seven days.",
    )


def meeting_text(sheet: Meeting, here: Here) -> str:
    """The same as lines to be copied into a message."""
    stated = Stated.for_(here)
    house = here.directory.organisation.title
    lines = [
        f"{house} {stated.text(Text('投诉例会单', 'Complaints: meeting sheet'))} {stated.moment(here.now)}"
    ]
    lines.append(stated.text(meeting_counts(sheet)))
    for name, rows in sheet.parts.items():
        if rows:
            lines.append(f"【{stated.text(TITLES[name])}】" if here.lang == "zh" else f"[{TITLES[name].en}]")
            lines += [" · ".join(filter(None, _cells(line, stated))) for line in rows]
            lines += _more(sheet, name, stated)
    return "\n".join(lines)


def meeting_paper(sheet: Meeting, here: Here) -> Document:
    """One page, with room for what was agreed on."""
    stated = Stated.for_(here)
    head = stated.text(
        Text("编号|案件|阶段|期限|在谁手上|会上定的", "Number|Case|Stage|Until|With|Agreed on")
    ).split("|")
    blocks: list[Block] = [Paragraphs(stated.text(meeting_counts(sheet)))]
    for name, lines in sheet.parts.items():
        if lines:
            rows = tuple((*map(Value, _cells(line, stated)), Value("")) for line in lines)
            blocks += [
                Heading(f"{stated.text(TITLES[name])} {len(lines)}", level=2),
                Table(tuple(head), rows, (1.8, 5, 1.7, 1.6, 1.6, 1.6), whole=True),
                *(Paragraphs(text, small=True) for text in _more(sheet, name, stated)),
            ]
    signed = (Text("编制", "Made by"), Text("审核", "Looked over by"))
    blocks.append(Signatures(tuple(map(stated.text, signed)), date=stated.text(Text("日期", "Date"))))
    house = here.directory.organisation.title
    return Document(
        lang=here.lang,
        house=house,
        title=stated.text(Text("投诉例会单", "Complaints: meeting sheet")),
        under_title=(stated.moment(here.now),),
        above=(house, stated.text(Text("例会单", "Meeting sheet"))),
        below=stated.printed(here),
        blocks=tuple(blocks),
    )


def _cells(line: CaseLine, stated: Stated) -> tuple[str, ...]:
    return (
        line.row.label,
        cut(stated.text(line.title), LONGEST),
        stated.text(line.state),
        stated.until(line.until),
        stated.text(line.owner),
    )


def _more(sheet: Meeting, name: str, stated: Stated) -> list[str]:
    many = sheet.more.get(name, 0)
    return (
        [stated.text(Text(f"另有 {many} 件，见台账。", f"{many} more stand in the list."))]
        if many > 0
        else []
    )

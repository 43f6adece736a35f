"""The draft: a mapping as YAML, with what was guessed, why, and what nobody but the reader can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, cast
from zoneinfo import ZoneInfo

from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text

from ..mapping import EMPTY
from ..rows import Cell
from .acts_written import write_acts
from .forms import read_moment
from .guess import Guess, TimeColumn
from .look import Look
from .names import Names
from .page import Page
from .table import Table, first_text
from .written import example, examples, inline, listed, quoted

YEAR: Final = re.compile(r"(?<!\d)(19[5-9]\d|20\d\d|21\d\d)(?!\d)")
COMPLETE: Final = "complete"  # of XES: the activity was done


@dataclass(frozen=True, slots=True)
class Subject:
    """All that a draft is made of. `year`: the one to write where nothing says it."""

    look: Look
    table: Table
    guess: Guess
    names: Names
    procedure: Procedure | None
    zone: ZoneInfo
    year: int


def drafted(
    subject: Subject,
    *,
    lang: Lang,
    without: Mapping[str, str],
    expects: Mapping[str, int],
    refused: list[Text],
) -> Page:
    """The draft. `without`: facts whose columns turned out not to hold them, and why; `refused`: rows that the trial refused."""
    page = Page(lang)
    look, guess = subject.look, subject.guess
    _head(page, subject)
    page.write(f"mapping: {quoted(_name(look))}")
    if subject.procedure is not None:
        page.write(f"procedure: {quoted(subject.procedure.id)}")
    page.write("")
    _file(page, subject)
    _times(page, subject)
    page.write("")
    _case(page, subject)
    _filters(page, subject)
    write_acts(
        page, guess, subject.names, subject.procedure, [c.name for c in subject.table.columns], without
    )
    page.write("ends: by a step")
    for reason in refused:
        page.say("acts", reason, to_do=True)
    if expects:
        page.say(
            "expects",
            Text(
                "本文件的行数、案件数；换文件时请改或删",
                "as many as this file has; change or remove it for another file",
            ),
        )
        page.write(f"expects: {inline({key: str(count) for key, count in expects.items()})}")
    return page


def year_of(look: Look, table: Table) -> int | None:
    """The year that the title above the table, the sheet or the file names."""
    for text in (*table.titles, look.sheet, look.name):
        found = YEAR.search(text)
        if found:
            return int(found.group())
    return None


def _name(look: Look) -> str:
    return re.sub(r"[^\w-]+", "-", Path(look.name).stem).strip("-") or "log"


def _head(page: Page, subject: Subject) -> None:
    look, count = subject.look, len(subject.table.rows)
    kind = look.kind.upper() if look.kind != "csv" else {"\t": "TSV"}.get(look.delimiter, "CSV")
    page.say("file", Text(
        f"由 kesu map 起草：{example(look.name)}（{kind}，{count} 行）。以下都是推测，用前请核对",
        f"Drafted by kesu map from {example(look.name)} ({kind}, {count} rows). All of it is guessed: look through it before use",
    ))  # fmt: skip
    if not look.whole:
        page.say(
            "file",
            Text(
                f"文件更长，只看了前 {count} 行", f"the file is longer; the first {count} rows were looked at"
            ),
        )
    if subject.procedure is None:
        page.say("procedure", Text(
            "没有指明程序（--procedure），步骤和事实按客诉的全部用词猜",
            "no procedure was named (--procedure): steps and facts are guessed among all words of Kesu",
        ))  # fmt: skip


def _file(page: Page, subject: Subject) -> None:
    look, table, keys = subject.look, subject.table, dict[str, str]()
    if look.encoding == "gb18030":
        page.say("encoding", Text("不是 UTF-8，按 GB18030 能读通", "is not UTF-8; it reads as GB18030"))
        keys["encoding"] = look.encoding
    if look.delimiter != ",":
        keys["delimiter"] = "tab" if look.delimiter == "\t" else quoted(look.delimiter)
    if look.other_sheets:
        page.say("sheet", Text(
            f"读取工作表“{example(look.sheet)}”；没有读取：{examples(look.other_sheets, 5)}",
            f"the sheet “{example(look.sheet)}” is read; not read: {examples(look.other_sheets, 5)}",
        ))  # fmt: skip
    if look.named_sheet:
        keys["sheet"] = quoted(look.sheet)
    if not table.first and table.header is not None:
        page.say("header row", Text(
            f"标题行上面还有：{examples(table.titles)}", f"above the header stands: {examples(table.titles)}"
        ))  # fmt: skip
        keys["header row"] = quoted(str(table.header.number))
    _lines(page, subject, keys)
    if keys:
        page.write(f"file: {inline(keys)}")


def _lines(page: Page, subject: Subject, keys: dict[str, str]) -> None:
    table, guess = subject.table, subject.guess
    _columns(page, table)
    if guess.fill_down and guess.case is not None:
        page.say("fill down", Text(
            f"{guess.fill_down} 行的“{example(guess.case.name)}”是空的，像合并单元格，用上一行的值",
            f"{guess.fill_down} rows have no “{example(guess.case.name)}”, as below a merged cell: they have the one above",
        ))  # fmt: skip
        keys["fill down"] = listed([guess.case.name])
    if table.foot:
        page.say(
            "stop at",
            Text(
                f"从“{table.foot[0]}”一行起不再是案件",
                f"from the line of “{table.foot[0]}” on there are no cases",
            ),
        )
        keys["stop at"] = listed(table.foot)
    if table.short:
        page.say("uneven rows", Text(
            f"{len(table.short)} 行的格数不足（第 {table.short[0]} 行等），缺的按空格读",
            f"{len(table.short)} lines have too few cells (line {table.short[0]} …): the others are read as empty",
        ))  # fmt: skip
        keys["uneven rows"] = "fill"
    if guess.activity is not None and _newest_first(subject):
        page.say("order", Text("同一案件的记录多由新到旧", "the rows of a case mostly go from new to old"))
        keys["order"] = "newest first"


def _columns(page: Page, table: Table) -> None:
    if table.second is not None:
        page.say("header row", Text(
            f"标题像有两行：下面一行是 {examples(filter(None, table.second.cells), 6)}。请先把列名写进同一行",
            f"the header seems to have two lines, the second with {examples(filter(None, table.second.cells), 6)}; write the names of columns into one row first",
        ), to_do=True)  # fmt: skip
    if table.doubled:
        page.say("header row", Text(
            f"列名重复，不能用：{examples(table.doubled, 6)}", f"names that stand twice cannot be used: {examples(table.doubled, 6)}"
        ))  # fmt: skip
    if table.long:
        page.say("uneven rows", Text(
            f"{len(table.long)} 行的格数多于标题行（第 {table.long[0]} 行等），会被拒绝；请检查分隔符和引号",
            f"{len(table.long)} lines have more cells than the header (line {table.long[0]} …) and will be refused: look at separators and quotation marks",
        ), to_do=True)  # fmt: skip


def _newest_first(subject: Subject) -> bool:
    """Whether the rows of a case go from new to old, nine times of ten."""
    guess = subject.guess
    if guess.case is None or guess.time is None:
        return False
    times = guess.forms.times(subject.zone, none=guess.none, year=subject.year)
    backward, steps, last, case = 0, 0, dict[Cell, datetime](), cast(Cell, "")
    for number, cell in zip(guess.case.cells, guess.time.column.cells, strict=True):
        case = case if number == "" and guess.fill_down else number
        at = read_moment(cell, times)
        before = last.get(case)
        if at is not None:
            last[case] = at
            if before is not None and before != at:
                backward, steps = backward + (at < before), steps + 1
    return backward > 0 and backward * 10 >= 9 * steps


def _times(page: Page, subject: Subject) -> None:
    guess = subject.guess
    _zone_said(page, subject)
    for rival in guess.forms.rivals:
        _rival(page, subject, rival.form, rival.other, rival.values, rival.examples, rival.backward)
    keys = {"zone": quoted(subject.zone.key), "written": listed(guess.forms.written or ["iso"])}
    if any(one.reading.alone for one in _all_times(guess)):
        alone = ", ".join(
            f"“{example(o.column.name)}” {o.reading.alone}" for o in _all_times(guess) if o.reading.alone
        )
        page.say("day alone", Text(
            f"有的格只有日期（{alone}）：按当天终了计，可改为 start",
            f"some cells hold a day alone ({alone}): it counts at its end; start is the other choice",
        ))  # fmt: skip
        keys["day alone"] = "end"
    if guess.none:
        page.say("none", Text("这些词表示还没有时间", "these words say that there is no time yet"))
        keys["none"] = listed(guess.none)
    if guess.forms.yearless:
        named = year_of(subject.look, subject.table)
        page.say("year", Text(
            f"时间没有写年份；{'标题、工作表或文件名里写着' if named else '文件里看不出是哪一年'}",
            f"the times have no year; {'a title, the sheet or the name of the file says it' if named else 'nothing in the file says which it is'}",
        ), to_do=named is None)  # fmt: skip
        keys["year"] = quoted(str(named or subject.year))
    page.write(f"times: {inline(keys)}")


def _zone_said(page: Page, subject: Subject) -> None:
    page.say("zone", Text(
        f"没有写明时区的时间按 {subject.zone.key} 读；别处用 --zone",
        f"times that name no zone are read as of {subject.zone.key}; --zone names another",
    ))  # fmt: skip
    for one in _all_times(subject.guess):
        left, seen = one.reading.unread, one.column.filled
        if left:
            page.say("written", Text(
                f"“{example(one.column.name)}”的 {seen} 个值里 {one.reading.read} 个读作时间，这些不是：{examples(left)}",
                f"{one.reading.read} of {seen} values of “{example(one.column.name)}” read as times; these not: {examples(left)}",
            ), to_do=True)  # fmt: skip
        else:
            page.say("written", Text(
                f"“{example(one.column.name)}”的 {seen} 个值里 {one.reading.read} 个读作时间，如 {examples(one.column.values)}",
                f"{one.reading.read} of {seen} values of “{example(one.column.name)}” read as times, like {examples(one.column.values)}",
            ))  # fmt: skip


def _rival(
    page: Page,
    subject: Subject,
    form: str,
    other: str,
    values: int,
    instances: tuple[str, ...],
    backward: tuple[int, int],
) -> None:
    if other in subject.guess.forms.written:
        form, other, backward = other, form, (backward[1], backward[0])
    page.say("written", Text(
        f"{examples(instances)} 既可读作 {form} 也可读作 {other}，看了 {values} 种写法都分不出；暂用 {form}（表中时间倒退 {backward[0]} 次，另一种 {backward[1]} 次）",
        f"{examples(instances)} may be {form} or {other}; none of {values} ways of writing tells which; {form} stands here (by it the list goes backward {backward[0]} times, by the other {backward[1]})",
    ), to_do=True)  # fmt: skip


def _all_times(guess: Guess) -> Iterator[TimeColumn]:
    yield from (one for one in (guess.time, *guess.times, guess.noted) if one is not None)


def _case(page: Page, subject: Subject) -> None:
    guess, columns = subject.guess, subject.table.columns
    if guess.case is None:
        page.say(
            "case", Text("看不出哪一列是案件编号", "no column looks like the number of a case"), to_do=True
        )
        page.write(f"case: {quoted(columns[0].name if columns else '?')}")
        return
    count, filled = len(guess.case.values), guess.case.filled
    why = (
        Text("按列名", "by its name")
        if guess.case_by_header
        else Text("列名看不出，按值", "not by its name but by its values")
    )
    page.say("case", Text(
        f"{why.zh}；{filled} 格里有 {count} 个不同的编号，如 {examples(guess.case.values, 2)}",
        f"{why.en}; {count} different numbers in {filled} cells, like {examples(guess.case.values, 2)}",
    ))  # fmt: skip
    if guess.case.empty and not guess.fill_down:
        page.say(
            "case",
            Text(f"{guess.case.empty} 行没有编号", f"{guess.case.empty} rows have no number"),
            to_do=True,
        )
    page.write(f"case: {quoted(guess.case.name)}")


def _filters(page: Page, subject: Subject) -> None:
    guess, table = subject.guess, subject.table
    found = guess.transition
    if found is not None and COMPLETE in found.values and len(found.values) > 1:
        others = sorted(f"{value} {count}" for value, count in found.values.items() if value != COMPLETE)
        page.say("only", Text(
            f"一个动作有开始有完成，只取完成的 {found.values[COMPLETE]} 行；不取：{examples(others)}",
            f"an activity begins and is completed: the {found.values[COMPLETE]} rows of the second are read; not read: {examples(others)}",
        ))  # fmt: skip
        page.write(f"only: {inline({found.name: COMPLETE})}")
    if table.within and guess.case is not None:
        place = (
            next((at for at, cell in enumerate(table.header.cells) if cell == guess.case.name), 0)
            if table.header
            else 0
        )
        marks = {str(line.cells[place]) if place < len(line.cells) else "" for line in table.within}
        page.say("except", Text(
            f"表中间有 {len(table.within)} 行小计或说明：{examples(map(first_text, table.within))}",
            f"{len(table.within)} lines in the midst are totals or notes: {examples(map(first_text, table.within))}",
        ))  # fmt: skip
        page.write(f"except: {inline({guess.case.name: listed(sorted(mark or EMPTY for mark in marks))})}")

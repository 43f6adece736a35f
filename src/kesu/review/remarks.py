"""What of a file was left out or taken together while it was read: how much, and why. Each report ends with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kesu.reading.text import Text

from .rows import PLACES

TRANSITION = "lifecycle:transition"  # of an XES event: whether the activity began, was completed …
NAMED = 5  # lines, sheets and numbers that a remark names


@dataclass(slots=True)
class Remarks:
    """Counted while the rows come; `sentences` says it. `unit` is what a row is called (`PLACES`)."""

    unit: str
    rows: int = 0
    others: list[Text] = field(default_factory=list)  # remarked as they stand
    filtered: dict[str, Counter[str]] = field(
        default_factory=dict
    )  # rows left out, by key of the mapping and value
    cases_filtered: set[str] = field(default_factory=set)
    ignored: Counter[str] = field(
        default_factory=Counter
    )  # rows whose value the table says to ignore, by value
    no_time: Counter[str] = field(default_factory=Counter)  # acts without a time, by column
    hidden_rows: int = 0
    filled_down: int = 0
    stopped_at: int = 0
    not_rounded: Counter[str] = field(default_factory=Counter)
    transitions: Counter[str] = field(default_factory=Counter)
    doubled_traces: int = 0
    reopened: int = 0

    def sheet_not_read(self, title: str, rows: int, *, hidden: bool) -> None:
        """One more sheet of the workbook that is not read."""
        zh, en = ("隐藏的", "hidden ") if hidden else ("", "")
        self.others.append(
            Text(
                f"{zh}工作表“{title}”（约 {rows} 行）没有读取；要读取请在 file 里写 sheet 或 sheets: all",
                f"the {en}sheet “{title}” (about {rows} rows) was not read; name it under “sheet”, or write sheets: all",
            )
        )

    def rounded(self, column: str) -> None:
        """One more number of more digits than a spreadsheet keeps."""
        self.not_rounded[column] += 1

    def sentences(self) -> Iterator[Text]:
        """What the file itself gave rise to, a sentence each."""
        yield from self.others
        yield from self._left_out()
        yield from self._odd()

    def _left_out(self) -> Iterator[Text]:
        for key, values in self.filtered.items():
            rows = sum(values.values())
            yield Text(
                f"按映射的“{key}”略去 {rows} 行（{_counted(values, '空格')}）",
                f"{rows} rows were left out by “{key}” of the mapping ({_counted(values, 'empty')})",
            )
        for value, rows in self.ignored.most_common(NAMED):
            yield Text(
                f"{rows} 行的“{value}”按映射不取（ignore）",
                f"{rows} rows with “{value}” bring no act (the mapping says ignore)",
            )
        more = sum(self.ignored.values()) - sum(rows for _, rows in self.ignored.most_common(NAMED))
        if more:
            yield Text(
                f"另有 {more} 行的其他值按映射不取", f"{more} rows with other values bring no act, either"
            )
        for column, acts in self.no_time.items():
            yield Text(
                f"“{column}”列有 {acts} 格没有时间，按映射不算动作（if empty: skip）",
                f"{acts} cells of “{column}” have no time and bring no act (the mapping says if empty: skip)",
            )
        if self.stopped_at:
            yield Text(
                f"从第 {self.stopped_at} 行起没有读取（stop at）",
                f"nothing was read from line {self.stopped_at} on (stop at)",
            )

    def _odd(self) -> Iterator[Text]:
        if self.hidden_rows:
            yield Text(
                f"{self.hidden_rows} 行在表里是隐藏的（多半是筛选掉的），照样读取了",
                f"{self.hidden_rows} rows are hidden in the sheet (filtered out, most likely) and were read as well",
            )
        if self.filled_down:
            yield Text(
                f"{self.filled_down} 个空格用上一行的值补上（fill down）",
                f"{self.filled_down} empty cells have what stands above them (fill down)",
            )
        for column, cells in self.not_rounded.items():
            yield Text(
                f"“{column}”列有 {cells} 个数超过 15 位，表格软件只保留 15 位，后面的数字已丢失",
                f"{cells} numbers of “{column}” have more than 15 digits, of which a spreadsheet keeps 15: the last figures are lost",
            )
        other = {name: count for name, count in self.transitions.items() if name.lower() != "complete"}
        if other:
            found = ", ".join(f"{name or '-'} {count}" for name, count in sorted(self.transitions.items()))
            yield Text(
                f"记录里有 {TRANSITION} 不是 complete 的事件（{found}），映射没有用到这一列，开始与完成都算作动作",
                f"events have a {TRANSITION} other than complete ({found}) and the mapping does not use it: start and complete both count as the act",
            )
        if self.reopened:
            yield Text(
                f"{self.reopened} 个动作重新开启了案件：此前已办的不再重新计时，未办的从重新开启起算",
                f"{self.reopened} acts reopen a case: what was met before is not owed again, what is open counts from there",
            )
        if self.doubled_traces:
            yield Text(
                f"{self.doubled_traces} 条轨迹与前面的同名，已并作一件",
                f"{self.doubled_traces} traces have the name of an earlier one and were taken together with it",
            )


def _counted(values: Counter[str], empty: str) -> str:
    """The commonest values with their numbers."""
    counts = [f"{value or empty} {count}" for value, count in values.most_common(NAMED)]
    return ", ".join(counts) + (" …" if len(values) > NAMED else "")


def cases_gone(remarks: Remarks, kept: Mapping[str, int]) -> Iterator[Text]:
    """That cases are not there at all, since all their rows were left out."""
    gone = sorted(remarks.cases_filtered - kept.keys())
    if gone:
        names = "、".join(gone[:NAMED]), ", ".join(gone[:NAMED])
        more = ("等", " …") if len(gone) > NAMED else ("", "")
        yield Text(
            f"其中 {len(gone)} 件因此整件不在报告里：{names[0]}{more[0]}",
            f"{len(gone)} cases are not in the report at all for that: {names[1]}{more[1]}",
        )


def place_in_words(unit: str, place: int) -> Text:
    """A place of the file in words."""
    return Text(PLACES[unit].zh.format(place), PLACES[unit].en.format(place))

"""From a file to the draft of its mapping."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from kesu.procedure.words import in_its_words
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Lang, Text

from ..rows import LogError, Problem
from .draft import Subject, drafted, year_of
from .guess import guessed
from .look import Look, look_at
from .names import names_of
from .page import Note
from .table import table_of
from .trial import Trial, tried

SHOWN: Final = 5  # refused rows that a draft tells of
ROUNDS: Final = 3  # times that facts are taken out and the draft is tried again


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping as text, what was said of it, and what the rows that were looked at gave by it."""

    text: str
    notes: tuple[Note, ...]
    rows: int
    whole: bool
    cases: int | None
    acts: int | None

    @property
    def complete(self) -> bool:
        """Whether nothing has to be filled in."""
        return not any(one.to_do for one in self.notes)


@in_its_words
def draft_of(
    path: Path, *, procedure: Procedure | None, zone: ZoneInfo, sheet: str | None, lang: Lang, this_year: int
) -> Draft:
    """Raises LogError for what `kesu review` cannot read either."""
    look = look_at(path, sheet=sheet)
    table = table_of(look)
    if not table.rows:
        raise _nothing(look, Text("标题行下面没有记录", "no rows stand below the header"))
    if not table.columns:
        raise _nothing(
            look,
            Text(
                "标题行里没有可用的列名（空的，或都重复）",
                "the header has no name that can be used: all are empty or double",
            ),
        )
    names = names_of(procedure)
    year = year_of(look, table) or this_year
    subject = Subject(
        look, table, guessed(table, names, zone=zone, year=year), names, procedure, zone, this_year
    )
    without, trial = _tried_out(subject, lang) if procedure is not None else ({}, None)
    expects = _expects(subject, trial)
    refused = _refused(trial, look) if trial is not None else []
    page = drafted(subject, lang=lang, without=without, expects=expects, refused=refused)
    trial = trial if trial is not None and trial.unreadable is None else None
    return Draft(
        _text(page.lines),
        tuple(page.notes),
        len(table.rows),
        look.whole,
        trial.cases if trial is not None else None,
        trial.acts if trial is not None else None,
    )


def _nothing(look: Look, reason: Text) -> LogError:
    return LogError(file=look.name, unit=look.unit, problems=[Problem(0, reason)], count=1)


def _tried_out(subject: Subject, lang: Lang) -> tuple[dict[str, str], Trial]:
    """The facts that their columns do not hold, each with why; and what came of the draft without them."""
    without: dict[str, str] = {}
    assert subject.procedure is not None
    for _ in range(ROUNDS):
        page = drafted(subject, lang=lang, without=without, expects={}, refused=[])
        trial = tried(_text(page.lines), look=subject.look, table=subject.table, procedure=subject.procedure)
        bad = {one.column: one.reason.in_(lang) for one in trial.problems}
        dropped = {
            fact: bad[column.name]
            for fact, column in subject.guess.facts.items()
            if column.name in bad and fact not in without
        }
        if not dropped:
            break
        without |= dropped
    return without, trial


def _expects(subject: Subject, trial: Trial | None) -> dict[str, int]:
    """What the mapping may expect of the file: nothing of one that was not seen to its end."""
    if not subject.look.whole:
        return {}
    expects = {"rows": len(subject.table.rows) + len(subject.table.within)}
    if trial is not None and trial.cases and not trial.refused:
        expects["cases"] = trial.cases
    return expects


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _refused(trial: Trial, look: Look) -> list[Text]:
    if trial.unreadable is not None:
        return [
            Text(
                f"草稿还不能读取：{trial.unreadable.zh}",
                f"the draft cannot be read yet: {trial.unreadable.en}",
            )
        ]
    if not trial.refused:
        return []
    error = LogError(
        file=look.name, unit=look.unit, problems=trial.problems[:SHOWN], count=min(trial.refused, SHOWN)
    )
    said = Text(
        f"按这份草稿有 {trial.refused} 处不能读取：", f"{trial.refused} places cannot be read by this draft:"
    )
    zh, en = (error.in_(lang).splitlines()[-min(trial.refused, SHOWN) :] for lang in ("zh", "en"))
    return [said, *(Text(one, other) for one, other in zip(zh, en, strict=True))]

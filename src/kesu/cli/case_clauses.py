"""`kesu case-clauses`: how each rule stands in one case, as recorded and as now known, with what that rests on."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kesu.names import FileName
from kesu.reading.text import Lang, Text, listed

from . import office
from .printed import as_json
from .table import lined_up
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.review.clause_panel import Column, Row

RECORDED = Text("当时所记", "as recorded")
TODAY = Text("现在所知", "as now known")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu case-clauses`."""
    title = Text(
        "列出一件案卷的条款核对：当时所记、现在所知，各依据什么",
        "list how each clause stands in one case: as recorded and as now known, and what that rests on",
    )
    parser = commands.add_parser("case-clauses", help=title.in_(lang()), description=title.in_(lang()))
    number = Text("案卷的编号，如 TS-2026-0003", "the number of the case, such as TS-2026-0003")
    parser.add_argument("case", metavar="NUMBER", help=number.in_(lang()))
    which = Text("哪个单位（只有一个时可不写）", "the organisation; may be left out when there is one")
    parser.add_argument("--organisation", metavar="NAME", help=which.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints it; 1 when a rule is broken in either column."""
    office.setup()
    from django.utils import timezone

    from kesu.caseload.folded.fold import folds
    from kesu.caseload.models import CaseRow
    from kesu.review.clause_panel import State, panel

    organisation = office.organisation_named(args.organisation).organisation.organisation
    row = CaseRow.objects.filter(organisation=organisation, label=args.case).first()
    if row is None:
        raise WrongUse(zh=f"没有编号为 {args.case} 的案卷", en=f"no case has the number {args.case}")
    case = folds.take(organisation, FileName(row.file)).case
    rows = panel(case, as_of=timezone.now())
    if args.json:
        as_json(
            {"case": row.label, "edition": case.procedure.edition, "rules": [_plain(one) for one in rows]}
        )
    else:
        print("\n".join(_printed(rows, args.lang)))
    broken = any(State.BROKEN in (one.recorded.state, one.today.state) for one in rows)
    return 1 if broken else 0


def _plain(row: Row) -> dict[str, Any]:
    return {
        "rule": row.rule.name,
        "clauses": list(row.rule.clauses),
        "recorded": _column(row.recorded),
        "now_known": _column(row.today),
    }


def _column(column: Column) -> dict[str, Any]:
    return {"state": str(column.state), "marks": [str(mark) for mark in column.marks]}


def _printed(rows: list[Row], lang: Lang) -> list[str]:
    from kesu.forms.standing_of_a_person.clauses import MARKS, STATES

    def in_words(column: Column) -> str:
        marks = listed([MARKS[mark].in_(lang) for mark in column.marks], lang)
        return STATES[column.state].in_(lang) + (f" · {marks}" if marks else "")

    head = ["", RECORDED.in_(lang), TODAY.in_(lang)]
    table = [
        [" ".join(one.rule.clauses) or one.rule.name, in_words(one.recorded), in_words(one.today)]
        for one in rows
    ]
    return list(lined_up([head, *table]))

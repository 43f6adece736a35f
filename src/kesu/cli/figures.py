"""`kesu figures`: counts again what periodic reports counted, from the ledger, and says whether it is the same."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.caseload.acting.figures import Recounted
    from kesu.caseload.models import CaseRow


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu figures`."""
    title = Text(
        "依台账重新统计汇总表里的数据，核对是否一致",
        "count again, from the ledger, what reports counted, and say whether it is the same",
    )
    parser = commands.add_parser("figures", help=title.in_(lang()), description=title.in_(lang()))
    which = Text("汇总表的编号；不写则核对全部", "the numbers of the reports; without any, all of them")
    parser.add_argument("report", metavar="NUMBER", nargs="*", help=which.in_(lang()))
    only = Text("只看这个单位", "only this organisation")
    parser.add_argument("--organisation", metavar="NAME", help=only.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Counts again; 1 when something differs."""
    from . import office

    office.setup()
    from kesu.caseload.acting.figures import recount

    recounted = [
        (row, count)
        for row in _reports(args.organisation, args.report)
        for count in recount(row.organisation, row.file)
    ]
    if args.json:
        as_json({"reports": [_plain(row, count) for row, count in recounted]})
    else:
        _print(recounted, args)
    return 0 if all(count.same for _, count in recounted) else 1


def _reports(organisation: str | None, numbers: list[str]) -> list[CaseRow]:
    """The reports that hold figures, or those of these numbers. Raises WrongUse for a number without any."""
    from kesu.caseload.acting.figures import with_figures

    rows = with_figures(organisation)
    unknown = sorted(set(numbers) - {row.label for row in rows})
    if unknown:
        raise WrongUse(
            zh=f"没有编号为 {'、'.join(unknown)} 且汇入过数据的汇总表",
            en=f"no report with figures has the number {', '.join(unknown)}",
        )
    return [row for row in rows if not numbers or row.label in numbers]


def _plain(row: CaseRow, count: Recounted) -> dict[str, Any]:
    return {
        "organisation": row.organisation,
        "report": row.label,
        "entry": count.number,
        "at": count.at.isoformat(),
        "same": count.same,
        "total": int(count.facts[FACT.TOTAL_COUNTED]),
        "again": int(count.again[FACT.TOTAL_COUNTED]),
        "digest": count.facts[FACT.FIGURES_DIGEST],
        "different": list(count.different),
        "missed": list(count.missed),
    }


def _print(recounted: list[tuple[CaseRow, Recounted]], args: argparse.Namespace) -> None:
    for row, count in recounted:
        where = f"{row.organisation} {row.label} #{count.number}"
        print(f"{where}: {_said(count).in_(args.lang)}")
    if not recounted:
        print(Text("还没有汇入过数据的汇总表", "no report holds figures yet").in_(args.lang))


def _said(count: Recounted) -> Text:
    total = count.facts[FACT.TOTAL_COUNTED]
    if count.same:
        return Text(f"一致，{total} 件", f"same, {total} cases")
    parts_zh, parts_en = [], []
    if count.different:
        parts_zh.append(f"不一致：{'、'.join(count.different)}")
        parts_en.append(f"differs in {', '.join(count.different)}")
    if count.missed:
        parts_zh.append(f"当时已在台账、未计入的案卷：{'、'.join(count.missed)}")
        parts_en.append(f"on record by then and not looked at: {', '.join(count.missed)}")
    return Text("；".join(parts_zh), "; ".join(parts_en))

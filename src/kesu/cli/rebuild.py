"""`kesu rebuild`: every row from the ledger again, or (`--check`) the proof that the rows are what the ledger says."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kesu.reading.text import Text

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.caseload.rebuilding.rebuild import Difference


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu rebuild`."""
    said = Text("由台账重建案件列表，或核对两者一致", "rebuild the case rows from the ledger, or check them")
    parser = commands.add_parser("rebuild", help=said.in_(lang()), description=said.in_(lang()))
    check = Text("只核对，不改；有出入时退出码为 1", "change nothing; exit status 1 when rows differ")
    parser.add_argument("--check", action="store_true", help=check.in_(lang()))
    only = Text("只看这个单位", "only this organisation")
    parser.add_argument("--organisation", metavar="NAME", help=only.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Names every row that is not what the ledger says, and puts it right unless `--check`."""
    from . import office

    office.setup()
    from kesu.caseload.rebuilding.rebuild import rebuild
    from kesu.ledger.read import organisations

    known = organisations()
    if args.organisation and args.organisation not in known:
        raise WrongUse(
            zh=f"没有“{args.organisation}”这个单位；有 {'、'.join(known) or '无'}",
            en=f"there is no organisation “{args.organisation}”; known are {', '.join(known) or 'none'}",
        )
    found = rebuild(organisation=args.organisation, check=args.check)
    if args.json:
        as_json({"checked_only": args.check, "differences": [_plain(one) for one in found]})
    else:
        _print(found, args)
    return 1 if found and args.check else 0


def _plain(one: Difference) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "table": one.table,
        "file": one.file,
        "key": [_value(part) for part in one.key],
        "field": one.field or None,
        "row": _value(one.row),
        "ledger": _value(one.ledger),
    }


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _value(part) for name, part in value.items()}
    return value


def _print(found: list[Difference], args: argparse.Namespace) -> None:
    for one in found:
        place = " ".join(
            str(part) for part in (one.organisation, one.table, one.file, *one.key) if part != ""
        )
        if one.row is None:
            said = Text("列表里没有这一行", "the row is missing")
        elif one.ledger is None:
            said = Text("台账里没有这一行", "the ledger knows no such row")
        else:
            said = Text(
                f"{one.field}：列表为 {one.row}，台账为 {one.ledger}",
                f"{one.field}: the row says {one.row}, the ledger {one.ledger}",
            )
        print(f"{place}: {said.in_(args.lang)}")
    if not found:
        print(Text("每一行都和台账一致", "every row is what the ledger says").in_(args.lang))
    elif args.check:
        print(Text(f"{len(found)} 处不一致", f"{len(found)} differences").in_(args.lang))
    else:
        print(Text(f"已按台账改正 {len(found)} 处", f"put right in {len(found)} places").in_(args.lang))

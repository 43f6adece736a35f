"""`kesu rebuild`: every row from the ledger again, or (`--check`) the proof that the rows are what the ledger says."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kesu.reading.text import Text

from . import differing
from .printed import as_json
from .tongue import lang
from .verify import with_subjects
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
    """Names every row that is not what the ledger says, and puts it right unless `--check`.

    Rows made of a ledger that is not the one that was signed prove nothing: what is missing from it is named first.
    """
    from . import office

    office.setup()
    from kesu.caseload.rebuilding.claims import claims
    from kesu.caseload.rebuilding.gaps import gaps
    from kesu.caseload.rebuilding.rebuild import rebuild
    from kesu.caseload.rebuilding.sign_ins import altered_sign_ins
    from kesu.ledger.logs import against_logs
    from kesu.ledger.marked import against_marks, marks_path
    from kesu.ledger.marks import read_marks
    from kesu.ledger.read import organisations

    names = organisations()
    if args.organisation and args.organisation not in names:
        raise WrongUse(
            zh=f"没有“{args.organisation}”这个单位；有 {'、'.join(names) or '无'}",
            en=f"there is no organisation “{args.organisation}”; known are {', '.join(names) or 'none'}",
        )
    faults = [
        *against_marks(args.organisation, read_marks(marks_path())),
        *gaps(args.organisation),
        *claims(args.organisation),
        *altered_sign_ins(args.organisation),
        *against_logs(read_marks(marks_path())),
    ]
    differences = rebuild(organisation=args.organisation, check=args.check)
    said = with_subjects(faults, args.lang)
    if args.json:
        as_json(
            {
                "checked_only": args.check,
                "faults": said,
                "differences": [differing.document(one) for one in differences],
            }
        )
    else:
        for sentence in said:
            print(sentence)
        _print(differences, args)
    return 1 if faults or (differences and args.check) else 0


def _print(differences: list[Difference], args: argparse.Namespace) -> None:
    for difference in differences:
        print(differing.sentence(difference).in_(args.lang))
    if not differences:
        print(Text("每一行都和台账一致", "every row is what the ledger says").in_(args.lang))
    elif args.check:
        print(Text(f"{len(differences)} 处不一致", f"{len(differences)} differences").in_(args.lang))
    else:
        print(
            Text(f"已按台账改正 {len(differences)} 处", f"put right in {len(differences)} places").in_(
                args.lang
            )
        )

"""`kesu marks`: what was signed so far, as it is written down beside the signing key; and to accept a backup put back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kesu.reading.saying_nothing import says_nothing
from kesu.reading.text import Text

from . import office
from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.ledger.marks import Mark

HOW = {
    "sealed": Text("封存", "sealed"),
    "founded": Text("设立，尚未封存", "founded, nothing sealed yet"),
    "adopted": Text("标记开始时照原样认下", "taken as it stood when the marks began"),
    "accepted": Text("恢复备份后认下", "accepted after a backup was put back"),
}


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu marks`."""
    said = Text("密钥旁的标记：签到了哪里", "the marks beside the signing key: what was signed so far")
    parser = commands.add_parser("marks", help=said.in_(lang()))
    accept = Text(
        "恢复备份之后，认下该机构现有的台账（此后每次核验都会提到）",
        "take what the ledger holds of this organisation now as what counts, after a backup was put back;"
        " every verification says so from then on",
    )
    parser.add_argument("--accept", metavar="ID", help=accept.in_(lang()))
    reason = Text("为什么认下；与 --accept 一起给出", "why; belongs to --accept")
    parser.add_argument("--reason", metavar="TEXT", help=reason.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Shows the newest mark of each organisation; with `--accept` adds one first."""
    if bool(args.accept) != bool(args.reason and not says_nothing(args.reason)):
        raise WrongUse(
            zh="--accept 和 --reason 要一起给出：认下哪家机构，为什么",
            en="--accept and --reason belong together: which organisation, and why",
        )
    office.setup()
    from django.utils import timezone

    from kesu.ledger.accepting import accept
    from kesu.ledger.marked import marks_path
    from kesu.ledger.marks import read_marks

    marks = read_marks(marks_path())
    if args.accept:
        if marks is None or args.accept not in {*marks.newest, *_organisations()}:
            raise WrongUse(
                zh=f"标记和台账里都没有机构“{args.accept}”",
                en=f"neither the marks nor the ledger know an organisation “{args.accept}”",
            )
        accept(args.accept, args.reason.strip(), timezone.now())
        marks = read_marks(marks_path())
    newest = list(marks.newest.values()) if marks else []
    if args.json:
        as_json(
            {"file": str(marks_path()), "begun": marks is not None, "marks": [_plain(one) for one in newest]}
        )
        return 0
    if not newest:
        none = Text("还没有标记；第一次封存时开始", "there are no marks yet; they begin with the first seal")
        print(none.in_(args.lang))
    for one in newest:
        print(_said(one).in_(args.lang))
    return 0


def _organisations() -> list[str]:
    from kesu.ledger.read import organisations

    return organisations()


def _said(mark: Mark) -> Text:
    how, when = HOW[mark.how], mark.time.isoformat(timespec="seconds")
    why = Text(f"：{mark.reason}", f": {mark.reason}") if mark.reason else Text("", "")
    key = Text(f"，公钥指纹 {mark.key}", f", key {mark.key}") if mark.key else Text("", "")
    return Text(
        f"机构 {mark.organisation}，检查点 {mark.number}：前 {mark.size} 条，{when}，{how.zh}{why.zh}{key.zh}",
        f"organisation {mark.organisation}, checkpoint {mark.number}: the first {mark.size} entries, {when},"
        f" {how.en}{why.en}{key.en}",
    )


def _plain(mark: Mark) -> dict[str, Any]:
    return {
        "organisation": mark.organisation,
        "checkpoint": mark.number,
        "size": mark.size,
        "root": mark.root,
        "key": mark.key,
        "time": mark.time.isoformat(),
        "how": mark.how,
        "reason": mark.reason,
    }

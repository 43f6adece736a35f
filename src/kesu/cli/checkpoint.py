"""`kesu checkpoint`: seals what waits and prints the newest checkpoint, to be kept somewhere else."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kesu.reading.text import Text
from kesu.upkeep.new_file import free, new_file

from . import office
from .printed import as_json
from .tongue import lang
from .verify import must_be_there
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.upkeep.giving_away import Outcome


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu checkpoint`."""
    said = Text("封存台账并签出检查点", "seal the ledger and sign a checkpoint")
    parser = commands.add_parser("checkpoint", help=said.in_(lang()))
    which = Text("哪家机构", "of which organisation")
    parser.add_argument("--organisation", metavar="ID", required=True, help=which.in_(lang()))
    out = Text("写入文件，供另处保存", "write it to a file, to be kept elsewhere")
    parser.add_argument("--out", metavar="FILE", help=out.in_(lang()))
    give = Text(
        "现在就按设定的途径（邮件、时间戳）交出，不等到期",
        "give it away now, by mail and time stamp as they are set, without waiting until it is due",
    )
    parser.add_argument("--give", action="store_true", help=give.in_(lang()))
    last = Text("不封存，只取最近的检查点", "seal nothing, take the newest there is")
    parser.add_argument("--no-seal", action="store_true", help=last.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Seals, then prints or writes the newest checkpoint."""
    office.setup()
    from django.utils import timezone

    from kesu.ledger.checkpoint import fingerprint
    from kesu.ledger.export import checkpoint_file
    from kesu.ledger.giving import note_given
    from kesu.ledger.seal import last_checkpoint, seal
    from kesu.upkeep.giving_away import give_now
    from kesu.upkeep.giving_away_said import in_words

    must_be_there(args.organisation)
    if args.give:
        _must_be_set()
    out = free(args.out) if args.out else None
    if not args.no_seal:
        seal(args.organisation, timezone.now())
    last = last_checkpoint(args.organisation)
    if last is None:
        raise WrongUse(
            zh=f"机构“{args.organisation}”还没有检查点；去掉 --no-seal 即可签出一个",
            en=f"organisation “{args.organisation}” has no checkpoint yet; without --no-seal one is made",
        )
    if out:
        with new_file(out) as to:
            to.write(checkpoint_file(last))
        note_given(last.statement, timezone.now())
    given = give_now(args.organisation, timezone.now()) if args.give else []
    statement = last.statement
    when = statement.time.isoformat()
    if args.json:
        as_json(
            {
                "organisation": statement.organisation,
                "number": statement.number,
                "size": statement.size,
                "root": statement.root,
                "time": when,
                "key": statement.key,
                "signature": last.signature.hex(),
                "out": args.out,
                "given": [_plain(one) for one in given],
            }
        )
        return _status(given)
    zh = f"机构 {statement.organisation}，检查点 {statement.number}：前 {statement.size} 条，{when}"
    en = f"organisation {statement.organisation}, checkpoint {statement.number}: the first {statement.size} entries, {when}"
    print(Text(zh, en).in_(args.lang))
    finger = fingerprint(statement.key)
    zh = f"树根 {statement.root}\n公钥 {statement.key}\n公钥指纹 {finger}"
    en = f"root {statement.root}\nkey  {statement.key}\nfingerprint of the key {finger}"
    print(Text(zh, en).in_(args.lang))
    for one in given:
        print(in_words(one).in_(args.lang))
    return _status(given)


def _must_be_set() -> None:
    from kesu.upkeep.giving_away import ways

    if not ways():
        raise WrongUse(
            zh="没有设定途径：邮件要 KESU_SMTP 和 KESU_MARKS_TO，时间戳要 KESU_TSA",
            en="no way is set: mail wants KESU_SMTP and KESU_MARKS_TO, a time stamp wants KESU_TSA",
        )


def _status(given: Sequence[Outcome]) -> int:
    """1 when one of them did not go out."""
    return 1 if any(one.failed for one in given) else 0


def _plain(outcome: Outcome) -> dict[str, object]:
    failed = outcome.failed
    return {"way": outcome.way, "failed": {"zh": failed.zh, "en": failed.en} if failed else None}

"""`kesu backup`: the whole installation in one new file, taken while it is in use."""

from __future__ import annotations

import argparse
import dataclasses
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kesu.reading.text import Text
from kesu.upkeep.new_file import free

from . import office
from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.upkeep.backing_up import Taken

SECRETS = ("signing-key", "mac-key", "secret-key")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu backup`."""
    said = Text("备份整个安装，服务照常运行", "back up the whole installation while it runs")
    parser = commands.add_parser("backup", help=said.in_(lang()))
    parser.description = Text(
        "把数据库（同一时刻的）、密钥、标记和目录里的其他文件写成一个新文件，附清单和摘要；从不覆盖已有文件。",
        "Writes the database (as it is at one moment), the keys, the marks and the other files of the home to one new file, with"
        " a manifest of digests; never over a file that is there.",
    ).in_(lang())
    to = Text(
        "写到哪个文件夹或新文件（默认当前文件夹）",
        "the folder, or the new file (default: the current folder)",
    )
    parser.add_argument("--to", metavar="PATH", default=".", help=to.in_(lang()))
    whom = Text(
        "加密给这个公钥（age1…），可以给多个；只有对应的密钥能打开",
        "encrypt it to this public key (age1…; may be given again); only the key that belongs to it opens it",
    )
    parser.add_argument("--encrypt", metavar="KEY", action="append", default=[], help=whom.in_(lang()))
    pair = Text(
        "生成一对密钥写入新文件，显示公钥；不备份",
        "make a pair of keys in a new file and show the public one; backs up nothing",
    )
    parser.add_argument("--new-identity", metavar="FILE", help=pair.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Takes it, and says what is in it and what has to be kept apart."""
    from kesu.upkeep.archive import new_identity, recipient

    if args.new_identity:
        return _pair(args, new_identity(free(args.new_identity)))
    recipients = [recipient(text) for text in args.encrypt]
    office.connect()
    from django.conf import settings
    from django.utils import timezone

    from kesu.upkeep.backing_up import back_up
    from kesu.upkeep.upgrading import nothing_there

    if nothing_there():
        raise WrongUse(
            zh=f"{settings.HOME} 还没有数据，没有什么可备份",
            en=f"{settings.HOME} holds no data yet; there is nothing to back up",
        )
    now = timezone.now()
    out = free(_named(Path(args.to), now, encrypted=bool(recipients)))
    taken = back_up(settings.HOME, out, recipients=recipients, now=now)
    if args.json:
        as_json(_document(taken, args.encrypt))
    else:
        print("\n".join(line.in_(args.lang) for line in _said(taken, args.encrypt)))
    return 0


def _named(to: Path, now: datetime, *, encrypted: bool) -> Path:
    """The file: in a folder under a name that tells when."""
    if not to.is_dir():
        return to
    return to / f"kesu-{now:%Y-%m-%dT%H-%M-%SZ}.tar.gz{'.age' if encrypted else ''}"


def _pair(args: argparse.Namespace, public: str) -> int:
    if args.json:
        as_json({"identity": args.new_identity, "public": public})
        return 0
    text = Text(
        f"密钥写入 {args.new_identity}：请移到别处保存两份，不要留在这台机器上；丢了它，加密的备份就打不开。\n"
        f"公钥（用于 --encrypt）：{public}",
        f"The key is in {args.new_identity}: keep it elsewhere, twice, and not on this machine; without it no encrypted backup"
        f" opens.\nPublic key, for --encrypt: {public}",
    )
    print(text.in_(args.lang))
    return 0


def _said(taken: Taken, keys: list[str]) -> list[Text]:
    found = taken.manifest
    names = [member.name.partition("/")[2] for member in found.members if member.name.startswith("home/")]
    secret = [name for name in names if name in SECRETS]
    lines = [
        Text(
            f"已备份到 {taken.out}：{taken.size} 字节，SHA-256 {taken.sha256}",
            f"{taken.out}: {taken.size} bytes, SHA-256 {taken.sha256}",
        ),
        Text(
            f"其中有 {found.database} 数据库，台账 {found.entries} 条，目录里的文件 {len(names)} 个，含密钥 {'、'.join(secret)}",
            f"In it: the {found.database} database with {found.entries} entries, {len(names)} files of the home, among them the"
            f" keys {', '.join(secret)}",
        ),
    ]
    for one in found.organisations:
        lines.append(
            Text(
                f"机构 {one.name}：{one.entries} 条，最近的检查点 {one.checkpoint}，前 {one.size} 条",
                f"organisation {one.name}: {one.entries} entries, newest checkpoint {one.checkpoint} over {one.size}",
            )
        )
    lines.append(_to_keep_apart(keys))
    lines += [
        Text(
            f"不在其中：{name}（不是目录里的普通文件，请另外备份）",
            f"Not in it: {name} (no ordinary file of the home; back it up by itself)",
        )
        for name in taken.left_out
    ]
    return lines


def _to_keep_apart(keys: list[str]) -> Text:
    if keys:
        return Text(
            f"已加密给 {'、'.join(keys)}；打开它的密钥不在其中，要另处保存。另存一个检查点（kesu checkpoint --out），恢复时用 --kept 比对",
            f"Encrypted to {', '.join(keys)}; the key that opens it is not in it and has to be kept elsewhere. Keep a checkpoint"
            " elsewhere too (kesu checkpoint --out): a restore compares with it by --kept",
        )
    return Text(
        "没有加密：谁拿到它，就有了个人信息，也有了密钥，可以冒签台账。请像密钥一样保管，或用 --encrypt。"
        "另存一个检查点（kesu checkpoint --out），恢复时用 --kept 比对",
        "Not encrypted: whoever has it has the personal data, and keys with which a ledger can be forged. Keep it as a key is"
        " kept, or use --encrypt. Keep a checkpoint elsewhere too (kesu checkpoint --out): a restore compares with it by --kept",
    )


def _document(taken: Taken, keys: list[str]) -> dict[str, object]:
    """In the shape of schemas/backup.json."""
    found = taken.manifest
    return {
        "out": str(taken.out),
        "bytes": taken.size,
        "sha256": taken.sha256,
        "made": found.taken.isoformat(),
        "database": found.database,
        "entries": found.entries,
        "organisations": [dataclasses.asdict(one) for one in found.organisations],
        "files": [dataclasses.asdict(one) for one in found.members],
        "encrypted_to": keys,
        "left_out": list(taken.left_out),
    }

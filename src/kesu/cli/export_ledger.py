"""`kesu export-ledger`: one file with everything that somebody else needs to verify the ledger."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from kesu.reading.text import Text
from kesu.upkeep.new_file import free, new_file, new_folder

from . import office
from .printed import as_json
from .tongue import lang
from .verify import must_be_there
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.ledger.export import Exported


READ_ONLY = ("readonly", "read-only")  # what SQLite and PostgreSQL say


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu export-ledger`."""
    said = Text("导出台账，供离线核验", "export the ledger for verification elsewhere")
    parser = commands.add_parser("export-ledger", help=said.in_(lang()))
    for flag, name, text in (
        ("--organisation", "ID", Text("哪家机构", "of which organisation")),
        ("--out", "FILE", Text("写入哪个文件", "the file to write")),
    ):
        parser.add_argument(flag, metavar=name, required=True, help=text.in_(lang()))
    file = Text(
        "只导出这个卷宗，并附各条的包含证明", "only this file of the ledger, with proofs of inclusion"
    )
    parser.add_argument("--file", metavar="NAME", help=file.in_(lang()))
    personal = Text("连同个人信息一并导出", "with the personal values")
    parser.add_argument("--personal", action="store_true", help=personal.in_(lang()))
    kept = Text(
        "对方保存的检查点文件；单卷宗导出附上与它的一致性证明",
        "a checkpoint that the reader keeps; an export of one file then proves that it continues it",
    )
    parser.add_argument("--kept", metavar="FILE", action="append", default=[], help=kept.in_(lang()))
    files = Text(
        "把案件的文件也写到这个新目录，按摘要命名",
        "write the files of cases to this new folder too, under their digests",
    )
    parser.add_argument("--files", metavar="FOLDER", help=files.in_(lang()))
    script = Text(
        "同时写出离线核验程序 kesu_verify.py", "write the verifier kesu_verify.py beside it as well"
    )
    parser.add_argument("--verifier", action="store_true", help=script.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Writes the file; nothing is left behind when it cannot be finished."""
    office.setup()
    from kesu.ledger.export import NothingToExport, export_ledger
    from kesu.ledger.offline import SCRIPT

    must_be_there(args.organisation)
    out = free(args.out)
    folder = free(args.files) if args.files else None
    script = out.with_name(SCRIPT.name)
    wants_script = args.verifier and not (script.is_file() and script.read_bytes() == SCRIPT.read_bytes())
    if wants_script:
        free(script)
    kept = [_size_of(name) for name in args.kept]
    try:
        with new_file(out) as to:
            done = export_ledger(
                organisation=args.organisation, to=to, file=args.file, personal=args.personal, kept=kept
            )
            _log(args)
            if folder is not None:
                _copy_files(args, folder)
    except NothingToExport:
        raise WrongUse(
            zh=f"机构“{args.organisation}”没有卷宗“{args.file}”；名称如 case/0001，请核对",
            en=f"organisation “{args.organisation}” has no file “{args.file}”; names look like case/0001",
        ) from None
    if wants_script:
        with new_file(script) as to:
            to.write(SCRIPT.read_bytes())
    _say(args, out, done, script if args.verifier else None)
    return 0


def _copy_files(args: argparse.Namespace, folder: Path) -> None:
    """Every file that the export names and that is there; what is missing the verifier names."""
    from kesu.caseload.models import AttachedRow
    from kesu.files.keeping import store
    from kesu.files.store import NotKept, pieces

    rows = AttachedRow.objects.filter(organisation=args.organisation)
    named = rows.filter(file=args.file) if args.file else rows
    with new_folder(folder, mode=0o700) as draft:
        for digest in sorted(set(named.values_list("digest", flat=True))):
            try:
                content = store().open(args.organisation, digest)
            except NotKept:
                continue
            with content, (draft / digest).open("xb") as to:
                to.writelines(pieces(content))


def _log(args: argparse.Namespace) -> None:
    """In the log of look-ups before anything is there to be taken; a copy that nobody can write in has none, which is said."""
    from django.db import OperationalError
    from django.utils import timezone

    from kesu.desk.who.access import note_export

    try:
        note_export(
            organisation=args.organisation,
            file=args.file,
            personal=args.personal or args.files is not None,
            account=office.account(),
            now=timezone.now(),
        )
    except OperationalError as refused:
        if not any(sign in str(refused) for sign in READ_ONLY):
            raise
        said = Text(
            "这里的数据库只能读，本次导出没有留痕",
            "the database can only be read here: this export is not logged",
        )
        print(said.in_(args.lang), file=sys.stderr)


def _size_of(name: str) -> int:
    """How many entries a checkpoint that somebody keeps covers. Raises WrongUse."""
    from kesu.ledger.checkpoint import read_statement

    try:
        kept = orjson.loads(Path(name).read_bytes())
        return read_statement(kept["body"].encode()).size
    except (ValueError, KeyError, TypeError, AttributeError):
        raise WrongUse(
            zh=f"{name} 不是检查点文件；要的是 kesu checkpoint --out 写出的那种",
            en=f"{name} is no checkpoint; give a file that kesu checkpoint --out wrote",
        ) from None


def _say(args: argparse.Namespace, out: Path, done: Exported, script: Path | None) -> None:
    from kesu.ledger.marked import own_fingerprint

    entries, checkpoints, key = done.entries, done.checkpoints, own_fingerprint()
    if args.json:
        as_json(
            {
                "out": str(out),
                "entries": entries,
                "checkpoints": checkpoints,
                "key": key,
                "verifier": str(script) if script else None,
            }
        )
        return
    name = script or "kesu_verify.py"
    print(
        Text(
            f"已写入 {out}：记录 {entries} 条，检查点 {checkpoints} 个。核验：python3 {name} {out}",
            f"{out}: {entries} entries, {checkpoints} checkpoints. To verify: python3 {name} {out}",
        ).in_(args.lang)
    )
    if key:
        print(Text(f"公钥指纹 {key}。", f"Fingerprint of the key: {key}.").in_(args.lang))

"""`kesu restore`: a backup back into an empty home, verified as a whole before it may be served."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kesu.reading.text import Text

from . import differing, office
from .printed import as_json
from .tongue import lang
from .verify import with_subjects

if TYPE_CHECKING:
    from kesu.upkeep.manifest import Manifest
    from kesu.upkeep.verifying import Behind, Verified


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu restore`."""
    said = Text("把备份恢复到空目录，并核验", "put a backup back into an empty home, and verify it")
    parser = commands.add_parser("restore", help=said.in_(lang()))
    parser.description = Text(
        "恢复到 KESU_HOME 指的空目录（PostgreSQL 还要 DATABASE_URL 指的空数据库）：核对每个文件的摘要，核验整个台账，然后才可以启动服务。",
        "Into the empty folder that KESU_HOME names (and, for PostgreSQL, the empty database at DATABASE_URL): compares every"
        " digest and verifies the whole ledger; only then may it be served.",
    ).in_(lang())
    which = Text("kesu backup 写出的文件", "the file that kesu backup wrote")
    parser.add_argument("backup", metavar="BACKUP", help=which.in_(lang()))
    key = Text("打开加密备份的密钥文件", "the file of the key that opens an encrypted backup")
    parser.add_argument("--identity", metavar="FILE", help=key.in_(lang()))
    kept = Text(
        "另处保存的检查点，或原目录的 ledger-marks：说出备份之后少了哪些记录（可以给多个）",
        "a checkpoint that was kept elsewhere, or the ledger-marks of the former home: says which entries are lost since the"
        " backup (may be given again)",
    )
    parser.add_argument("--kept", metavar="FILE", action="append", default=[], help=kept.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Puts it back; 1 when it must not be served, or not before a loss is accepted."""
    from kesu.upkeep.home import home_folder
    from kesu.upkeep.kept import kept_marks
    from kesu.upkeep.restoring import finished, put_files_back, undo

    kept = [mark for name in args.kept for mark in kept_marks(Path(name))]
    home = home_folder()
    manifest, tables, digest = put_files_back(
        Path(args.backup),
        home,
        identity=Path(args.identity) if args.identity else None,
        database=office.vendor(),
    )
    try:
        office.connect()
        from kesu.upkeep.verifying import put_database_back

        put_database_back(manifest, tables)
    except BaseException:  # whatever it is: the database is as it was, and so is the home again
        undo(home)
        raise
    from django.utils import timezone

    from kesu.upkeep.verifying import keep, restored_line, verified

    verification = verified(kept)
    if verification.sound and not any(one.other for one in verification.behind):
        restored_line(manifest, digest, timezone.now())
        keep((one.kept for one in verification.behind), timezone.now())
        finished(home)
    if args.json:
        as_json(_document(home, manifest, digest, verification))
    else:
        for line in _said(home, manifest, verification, asked=bool(args.kept)):
            print(line.in_(args.lang))
        for sentence in with_subjects(verification.report.faults, args.lang):
            print(sentence)
        for difference in verification.differences:
            print(differing.sentence(difference).in_(args.lang))
    return 0 if verification.sound and not verification.behind else 1


def _said(home: Path, manifest: Manifest, verification: Verified, *, asked: bool) -> list[Text]:
    when = manifest.taken.astimezone().isoformat(timespec="seconds")
    report = verification.report
    lines = [
        Text(
            f"{when} 的备份已恢复到 {home}：文件 {len(manifest.members)} 个，摘要都对；台账 {report.entries} 条，检查点"
            f" {report.checkpoints} 个",
            f"The backup of {when} is in {home}: {len(manifest.members)} files, every digest right; {report.entries} entries,"
            f" {report.checkpoints} checkpoints",
        )
    ]
    if verification.upgraded:
        lines.append(
            Text(
                f"备份出自 {manifest.kesu}，数据库已升级到本版本",
                f"It is of release {manifest.kesu}; its tables were brought up to this one",
            )
        )
    if not verification.sound:
        lines.append(
            Text(
                f"核验发现问题 {report.fault_count} 处，离线核验程序发现 {verification.named_away} 处，列表与台账不一致"
                f" {len(verification.differences)} 处，汇总数据不一致 {verification.other_figures} 份：不能启动服务。请换一份备份",
                f"Verification found {report.fault_count} faults, the verifier for others {verification.named_away},"
                f" {len(verification.differences)} rows are not what the ledger says, {verification.other_figures} reports have other"
                " figures: it must not be served. Take another backup",
            )
        )
        return lines
    lines += [_lost(one, when) for one in verification.behind]
    if not verification.behind:
        lines.append(
            Text(
                f"核验完好，可以启动服务。{when} 之后写入的内容不在其中",
                f"It is sound and may be served. What was written after {when} is not in it",
            )
        )
        if not asked:
            lines.append(
                Text(
                    "没有给出另处保存的检查点（--kept），所以说不出之后是否还有记录",
                    "No checkpoint that was kept elsewhere was given (--kept), so nobody can say whether there were entries since",
                )
            )
    return lines


def _lost(lost: Behind, when: str) -> Text:
    kept = lost.kept
    then = kept.time.astimezone().isoformat(timespec="seconds")
    todo = f"kesu marks --accept {kept.organisation} --reason"
    if lost.other:
        return Text(
            f"机构 {kept.organisation}：检查点 {kept.number}（前 {kept.size} 条）与另处保存的不同，这是另一段历史，不能启动服务",
            f"organisation {kept.organisation}: checkpoint {kept.number} over {kept.size} entries is another one than that which"
            " was kept elsewhere: this is another history, and nothing is served from it",
        )
    return Text(
        f"机构 {kept.organisation}：另处保存的检查点 {kept.number} 签到第 {kept.size} 条（{then}），备份只封存到第 {lost.after} 条"
        f"（{when}）：第 {lost.after + 1} 到 {kept.size} 条没有了，之后尚未封存的也没有了。写明原因后才能启动服务：{todo} 原因；此后每次核验都会提到",
        f"organisation {kept.organisation}: checkpoint {kept.number}, kept elsewhere, was signed over {kept.size} entries ({then});"
        f" the backup of {when} has {lost.after} of them sealed: entries {lost.after + 1} to {kept.size} are lost, and what was not"
        f" sealed yet after them. Nothing is served until you have written down why: {todo} WHY; every verification says so from"
        " then on",
    )


def _document(home: Path, manifest: Manifest, digest: str, verification: Verified) -> dict[str, object]:
    """In the shape of schemas/restore.json."""
    return {
        "home": str(home),
        "backup": {"made": manifest.taken.isoformat(), "kesu": manifest.kesu, "sha256": digest},
        "entries": verification.report.entries,
        "checkpoints": verification.report.checkpoints,
        "faults": [
            {"zh": one.sentence("zh"), "en": one.sentence("en")} for one in verification.report.faults
        ],
        "named_away": verification.named_away,
        "differences": [differing.document(one) for one in verification.differences],
        "other_figures": verification.other_figures,
        "upgraded": verification.upgraded,
        "sound": verification.sound,
        "behind": [
            {
                "organisation": one.kept.organisation,
                "checkpoint": one.kept.number,
                "size": one.kept.size,
                "restored": one.after,
                "other": one.other,
            }
            for one in verification.behind
        ],
    }

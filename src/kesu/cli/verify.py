"""`kesu verify`: is the ledger what was written? Names the first broken entry; changes and seals nothing."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kesu.reading.text import Text

from . import office
from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

if TYPE_CHECKING:
    from kesu.ledger.checkpoint import Statement
    from kesu.ledger.faults import Fault
    from kesu.ledger.stamps_kept import Stamped
    from kesu.ledger.verify import Report

SHOWN = 20
NEWEST = 5
FILES = 20  # of those that a wrong clock wrote into


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu verify`."""
    said = Text("核验台账未被改动", "verify that nobody altered the ledger")
    parser = commands.add_parser("verify", help=said.in_(lang()))
    only = Text("只核验这一家机构", "only this organisation")
    parser.add_argument("--organisation", metavar="ID", help=only.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Verifies; 1 when something is not as it was written."""
    office.setup()
    from kesu.caseload.rebuilding.claims import claims
    from kesu.caseload.rebuilding.files_kept import files_kept
    from kesu.caseload.rebuilding.gaps import gaps
    from kesu.caseload.rebuilding.sign_ins import altered_sign_ins
    from kesu.ledger.readers import cores
    from kesu.ledger.verify import verify

    if args.organisation is not None:
        must_be_there(args.organisation)
    report = verify(args.organisation, processes=cores()).and_also(
        [
            *gaps(args.organisation),
            *claims(args.organisation),
            *altered_sign_ins(args.organisation),
            *files_kept(args.organisation),
        ]
    )
    if args.json:
        as_json(as_document(report, args.organisation))
    else:
        print("\n".join(lines(report, args.lang)))
    return 1 if report.fault_count else 0


def must_be_there(organisation: str) -> None:
    """Refuses the name of an organisation that has written nothing."""
    from kesu.ledger.read import organisations

    names = organisations()
    if organisation not in names:
        raise WrongUse(
            zh=f"台账里没有机构“{organisation}”；有的是：{'、'.join(names) or '（一家也没有）'}",
            en=f"the ledger knows no organisation “{organisation}”; it knows {', '.join(names) or 'none'}",
        )


def as_document(report: Report, organisation: str | None) -> dict[str, Any]:
    """The report in the shape of schemas/verify.json."""
    from kesu.caseload.rebuilding.naming import subjects

    faults = [_fault(*both) for both in zip(report.faults, subjects(report.faults), strict=True)]
    return {
        "organisation": organisation,
        "entries": report.entries,
        "files": report.files,
        "leaves": report.leaves,
        "checkpoints": report.checkpoints,
        "key": report.key,
        "newest": [_newest(one) for one in report.newest],
        "notices": [{"zh": one.zh, "en": one.en} for one in notices(report)],
        "unsealed": report.unsealed,
        "unsealed_since": report.unsealed_since.isoformat() if report.unsealed_since else None,
        "seconds": round(report.seconds, 3),
        "fault_count": report.fault_count,
        "first": faults[0] if faults else None,
        "faults": faults,
    }


def notices(report: Report) -> list[Text]:
    """What is no fault and has to be known all the same: what the marks say was put right by hand, or that there are none."""
    said = _corrections(report)
    if report.marks is None:
        missing = Text(
            "密钥旁还没有标记：只核对了数据库自己说的，旧库放回或检查点被删看不出来",
            "no marks are kept beside the signing key: only what the database says of itself was compared,"
            " an older copy put back would not be seen",
        )
        return [*said, missing] if report.checkpoints else said
    from kesu.ledger.giving import nudges

    return [
        *said,
        *nudges(report.marks, report.newest),
        *map(_stamped, report.stamped),
        *(
            Text(
                f"{one.time:%Y-%m-%d %H:%M} 由 {one.taken:%Y-%m-%d %H:%M} 的备份恢复（SHA-256 {one.sha256[:16]}…）；两者之间写入的内容不在里面",
                f"{one.time:%Y-%m-%d %H:%M} restored from the backup of {one.taken:%Y-%m-%d %H:%M} (SHA-256 {one.sha256[:16]}…);"
                " what was written between the two is not in it",
            )
            for one in report.marks.restored
        ),
        *(
            Text(
                f"机构 {one.organisation}：{one.time:%Y-%m-%d} 的检查点 {one.number}（{one.size} 条）是恢复备份后认下的，原因：{one.reason}",
                f"organisation {one.organisation}: checkpoint {one.number} over {one.size} entries of {one.time:%Y-%m-%d}"
                f" was accepted after a backup was put back, because: {one.reason}",
            )
            for one in report.marks.accepted
        ),
        *(
            Text(
                f"机构 {line.organisation}：前 {line.after} 条不核对认证码（旧版写入，或认下时已在），由签名的检查点保证",
                f"organisation {line.organisation}: of its first {line.after} entries no authentication code is wanted (a"
                " release before wrote them, or they were accepted); the signed checkpoints hold them",
            )
            for line in report.marks.macs.values()
            if line.after
        ),
        *(
            Text(
                f"{one.time:%Y-%m-%d %H:%M} 触发器曾与应有的不同，其后重建：{'；'.join(one.what)}",
                f"{one.time:%Y-%m-%d %H:%M} triggers were not as they must be, and were made anew: {'; '.join(one.what)}",
            )
            for one in report.marks.remade
        ),
    ]


def _stamped(stamped: Stamped) -> Text:
    when = f"{stamped.time.astimezone():%Y-%m-%d %H:%M:%S}"
    return Text(
        f"机构 {stamped.statement.organisation}：检查点 {stamped.statement.number} 在 {when} 已存在，有 {stamped.by} 签的时间戳",
        f"organisation {stamped.statement.organisation}: checkpoint {stamped.statement.number} was there at {when}, by a time stamp of"
        f" {stamped.by}",
    )


def _corrections(report: Report) -> list[Text]:
    """Each correction of the clock: when, by whom, why, and which entries from before bear a later time."""
    from kesu.caseload.rebuilding.naming import label_of, name_of

    said = []
    for one in report.corrected:
        made = one.correction
        persons = [name_of(made.organisation, person) for person in (made.proposed_by, made.by)]
        count = sum(len(each.numbers) for each in one.between)
        files = [
            f"{label_of(made.organisation, each.file) or each.file} {_in_runs(each.numbers)}"
            for each in one.between
        ]
        more = len(files) - FILES
        zh = "；".join(files[:FILES]) + (f"；另有 {more} 件" if more > 0 else "")
        en = "; ".join(files[:FILES]) + (f"; and {more} more" if more > 0 else "")
        when, until = (f"{moment.astimezone():%Y-%m-%d %H:%M}" for moment in (made.time, made.until))
        said.append(
            Text(
                f"机构 {made.organisation}：{when} 由{persons[0].zh}提出、{persons[1].zh}确认，更正了服务器的时钟（{made.reason}）；"
                f"此前写着更晚时间（到 {until} 为止）的记录有 {count} 条{'：' if files else ''}{zh}",
                f"organisation {made.organisation}: at {when} the server's clock was corrected, proposed by {persons[0].en} and"
                f" confirmed by {persons[1].en} ({made.reason}); {count} entries from before bear a later time, up to"
                f" {until}{': ' if files else ''}{en}",
            )
        )
    return said


def _in_runs(numbers: Sequence[int]) -> str:
    """Numbers of entries, those that follow each other as one: #3–7, #9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"#{run[0]}" if len(run) == 1 else f"#{run[0]}–{run[-1]}" for run in runs)


def _newest(statement: Statement) -> dict[str, Any]:
    return {
        "organisation": statement.organisation,
        "number": statement.number,
        "size": statement.size,
        "time": statement.time.isoformat(),
    }


def lines(report: Report, language: str) -> list[str]:
    """The report for people: what is broken, first things first, then what was read."""
    faults = with_subjects(report.faults[:SHOWN], language)
    more = report.fault_count - len(faults)
    if more > 0:
        faults.append(f"……另有 {more} 处。" if language == "zh" else f"… and {more} more.")
    read = _in_chinese(report) if language == "zh" else _in_english(report)
    noticed = [one.in_("zh" if language == "zh" else "en") for one in notices(report)]
    return [*faults, *read[:-1], *_sealed_by(report, language), *noticed, read[-1]]


def with_subjects(faults: Sequence[Fault], language: str) -> list[str]:
    """Each fault as a person reads it: the case, step, day and person that it is about, then what is wrong and where."""
    from kesu.caseload.rebuilding.naming import subjects

    zh = language == "zh"
    return [
        f"{subject.zh if zh else subject.en}{'；' if zh else '; '}{sentence}" if subject else sentence
        for subject, sentence in zip(
            subjects(faults), (fault.sentence("zh" if zh else "en") for fault in faults), strict=True
        )
    ]


def _sealed_by(report: Report, language: str) -> list[str]:
    """The fingerprint of the key, and the last checkpoint of each organisation (of five at most)."""
    said = [
        f"机构 {one.organisation}：最近的检查点 {one.number}，前 {one.size} 条，{one.time.astimezone():%Y-%m-%d %H:%M:%S}。"
        if language == "zh"
        else f"organisation {one.organisation}: last checkpoint {one.number}, the first {one.size} entries,"
        f" {one.time.astimezone():%Y-%m-%d %H:%M:%S}."
        for one in report.newest[:NEWEST]
    ]
    if report.key:
        said.append(
            f"公钥指纹 {report.key}。" if language == "zh" else f"Fingerprint of the key: {report.key}."
        )
    return said


def _in_chinese(report: Report) -> list[str]:
    counts = f"卷宗 {report.files} 个，记录 {report.entries} 条，已封存 {report.leaves} 条，检查点 {report.checkpoints} 个"
    parts = [f"{counts}；用时 {report.seconds:.1f} 秒。"]
    if report.unsealed_since is not None:
        since = report.unsealed_since.astimezone()
        parts.append(f"尚未封存 {report.unsealed} 条，最早一条记于 {since:%Y-%m-%d %H:%M:%S}。")
    parts.append(f"发现问题 {report.fault_count} 处。" if report.fault_count else "台账完好，与写入时一致。")
    return parts


def _in_english(report: Report) -> list[str]:
    counts = f"{report.files} files, {report.entries} entries, {report.leaves} sealed, {report.checkpoints} checkpoints"
    parts = [f"{counts}; {report.seconds:.1f} s."]
    if report.unsealed_since is not None:
        since = report.unsealed_since.astimezone()
        parts.append(f"{report.unsealed} not sealed yet, the oldest noted at {since:%Y-%m-%d %H:%M:%S}.")
    parts.append(
        f"{report.fault_count} faults." if report.fault_count else "The ledger is as it was written."
    )
    return parts


def _fault(fault: Fault, subject: Text | None) -> dict[str, Any]:
    return {
        "subject": {"zh": subject.zh, "en": subject.en} if subject else None,
        "what": fault.what,
        "organisation": fault.organisation or None,
        "file": fault.file,
        "number": fault.number,
        "leaf": fault.leaf,
        "checkpoint": fault.checkpoint,
        "zh": fault.sentence("zh"),
        "en": fault.sentence("en"),
    }

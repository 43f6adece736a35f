"""卷宗: a case as one file on paper, for the house itself or for whoever complained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kesu.caseload.asking.evidence import evidence_of
from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.complainant import ARRIVAL, for_the_complainant, has_complainant
from kesu.forms.said.values import fact_said
from kesu.forms.standing_of_a_person.clauses import Clause, clauses_of, numbers
from kesu.prints.document import (
    Block,
    Document,
    Event,
    Events,
    Facts,
    Heading,
    Index,
    Paragraphs,
    Table,
    Value,
)
from kesu.procedure.words.names import FACT, STEP
from kesu.procedure.written.paper_numbers import paper_numbers
from kesu.reading.text import Text

from ..case.case_page import kept_out
from ..case.deadlines import deadlines
from ..case.sealed import ledger_line
from ..case.told_outside import Notice, judgements, notices
from ..said.chips import CHIPS
from ..said.on_page import size
from ..said.rows_said import case_lines, line_of
from ..said.timeline import TimelineEntry, timeline
from ..who.here import Here
from .stated import DRAFT_ACROSS, Stated

NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that lies open before somebody: what every part of its file is made from."""

    view: CaseView
    here: Here
    stated: Stated
    entries: list[TimelineEntry]  # the oldest first

    def text(self, zh: str, en: str) -> str:
        """One of the two, in the language of the paper."""
        return self.stated.text(Text(zh, en))


def inside_file(view: CaseView, here: Here) -> Document:
    """Everything that this reader sees of the case; marked across each page while a text in it may not be told yet."""
    of = Opened(view, here, Stated.for_(here), timeline(view))
    parts = (
        (Text("登记", "As registered"), _registered(of)),
        (Text("判断与回避", "Judgements and who stays out"), _judged(of)),
        (Text("告知", "What the complainant was told"), _told(of)),
        (Text("期限", "Limits"), _limits(of)),
        (Text("条款核对", "Clauses"), _clauses(of)),
        (Text("经过", "What happened"), _happened(of)),
        (Text("证据目录", "Evidence"), _evidence(of)),
        (Text("相关案卷", "Linked files"), _linked(of)),
        (Text("存证", "Ledger"), _ledger(of)),
    )
    blocks: list[Block] = [_cover(of), Index(of.text("目录", "Contents"))]
    told = [(title, rows) for title, rows in parts if rows]
    for place, (title, rows) in enumerate(told):
        number = f"{NUMERALS[place]}、" if here.lang == "zh" else f"{place + 1}. "
        blocks += [Heading(number + of.stated.text(title)), *rows]
    drafts = any(said.draft for entry in of.entries for said in entry.facts)
    return _document(
        of,
        title=Text("投诉卷宗", "Case file") if has_complainant(view.case) else Text("案卷", "Case file"),
        side=Text("对内", "inside"),
        blocks=tuple(blocks),
        watermark=of.stated.text(DRAFT_ACROSS) if drafts else "",
    )


def outside_file(view: CaseView, here: Here) -> Document:
    """What may be handed to the complainant: what he brought, what he was told, the end; nothing from inside."""
    of = Opened(view, here, Stated.for_(here), [])
    rows = tuple(
        Event(
            number=str(place),
            when=of.stated.moment(entry.at),
            noted="",
            title=of.stated.text(entry.title),
            by="",
            remarks=(),
            facts=of.stated.facts(fact_said(fact, view.directory) for fact in entry.facts),
        )
        for place, entry in enumerate(for_the_complainant(view.case), 1)
    )
    return _document(
        of,
        title=Text("投诉办理情况", "How your matter was handled"),
        side=Text("对外", "for the complainant"),
        blocks=(Events(rows),),
        cover=False,
    )


def _document(
    of: Opened, *, title: Text, side: Text, blocks: tuple[Block, ...], cover: bool = True, watermark: str = ""
) -> Document:
    stated, row, here = of.stated, of.view.row, of.here
    house, side_said = here.directory.organisation.title, stated.text(side)
    inner = cover  # whom it is printed by, and what the ledger had then, is for the house alone
    head = of.text("末条摘要", "last entry") + f" {row.head[:16]}"
    below = (
        (row.label, side_said, stated.printed(here), head) if inner else (row.label, stated.moment(here.now))
    )
    return Document(
        lang=here.lang,
        house=house,
        title=stated.text(title),
        under_title=(row.label, stated.text(of.view.face)) if inner else (row.label,),
        above=(house, f"{row.label} · {side_said}"),
        below=" · ".join(below),
        blocks=blocks,
        watermark=watermark,
        bound=inner,
        cover=cover,
    )


def _cover(of: Opened) -> Block:
    view, stated, line = of.view, of.stated, line_of(of.view, of.here)
    first = of.entries[0]
    procedure = f"{stated.text(view.procedure.title)}，{stated.edition(view.procedure.edition)}"
    if stated.lang == "en":
        procedure = procedure.replace("，", ", ")
    rows = [
        (of.text("依据", "By"), procedure),
        (of.text("收到", "Received"), stated.moment(view.row.received)),
        (of.text("记下", "Noted"), stated.moment(first.noted)),
        (of.text("级别", "Grade"), stated.text(line.grade)),
        (of.text("到哪一步", "Stage"), stated.text(line.state)),
        (of.text("办结", "Ended"), stated.moment(view.row.ended) or of.text("未办结", "not yet")),
        (
            of.text("范围", "Holds"),
            of.text("对内：全部内容，不得交给外人", "everything; not to be handed out"),
        ),
    ]
    return Facts(tuple((title, Value(value)) for title, value in rows if value))


def _registered(of: Opened) -> list[Block]:
    """What the steps of the arrival ask, as it stands now."""
    steps = of.view.procedure.steps
    asked = {word for step in (ARRIVAL, STEP.REGISTERED) if step in steps for word in steps[step].asks}
    facts = of.stated.facts(fact_said(fact, of.view.directory) for fact in of.view.as_they_stand(asked))
    return [Facts(facts)] if facts else []


def _judged(of: Opened) -> list[Block]:
    newest = of.entries[::-1]
    rows = []
    if has_complainant(of.view.case):
        for one in judgements(newest):
            value = (
                of.stated.value(one.answer)
                if one.answer
                else Value(of.text("还没有判断", "nobody has judged yet"))
            )
            who = ""
            if one.entry is not None:
                name, when = of.stated.text(one.entry.by), of.stated.moment(one.entry.at)
                who = of.text(f"（{name}，{when}）", f" ({name}, {when})")
            rows.append((of.stated.text(one.question), Value(value.text + who, draft=value.draft)))
    out = of.text("、", ", ").join(kept_out(of.view)) or of.text("没有", "nobody")
    rows.append((of.text("须回避", "Stays out"), Value(out)))
    return [Facts(tuple(rows))]


def _told(of: Opened) -> list[Block]:
    limits = deadlines(of.view, of.here)
    rows = tuple(_notice(one, of) for one in notices(of.view, of.entries[::-1], limits))
    if not rows:
        return []
    head = of.text("告知|何时|怎么告知|谁告知|证明", "Notice|When|How|By whom|Proof").split("|")
    return [Table(tuple(head), rows, (1, 2, 1.4, 1.4, 3))]


def _notice(notice: Notice, of: Opened) -> tuple[Value, ...]:
    stated, title = of.stated, Value(of.stated.text(notice.title))
    if notice.given is not None:
        proof = "\n".join(stated.text(said.value) for said in notice.proof)
        medium = stated.text(notice.given.medium) or stated.text(notice.given.title)
        cells = (stated.moment(notice.given.at), medium, stated.text(notice.given.by), proof or "—")
        return (title, *map(Value, cells))
    if notice.excused is not None:
        grounds = [fact for fact in notice.excused.facts if fact.word in (FACT.WAIVER_GROUND, FACT.REASON)]
        why = of.text("、", ", ").join(stated.text(one.value) for one in grounds)
        return (
            title,
            *map(Value, (of.text("不能告知", "cannot be told"), "", stated.text(notice.excused.by), why)),
        )
    none = of.text("程序没有这一步", "no step for it") if not notice.steps else of.text("还没有", "not yet")
    return (title, Value(none), Value(""), Value(""), Value(""))


def _limits(of: Opened) -> list[Block]:
    stated = of.stated
    rows = tuple(
        tuple(
            map(
                Value,
                (
                    " · ".join(filter(None, (stated.text(one.what), stated.text(one.thing)))),
                    stated.until(one.until),
                    str(CHIPS[one.chip].word) if one.chip in CHIPS else "",
                    stated.text(one.owner),
                    "\n".join(paper_numbers(one.clauses)),
                ),
            )
        )
        for one in deadlines(of.view, of.here)
    )
    head = of.text("要办的事|期限|结果|归谁|条款", "What|Until|Outcome|Whose|Clause").split("|")
    return [Table(tuple(head), rows, (3, 2.2, 1.4, 1.8, 1.2))] if rows else []


def _clauses(of: Opened) -> list[Block]:
    """By verdict, those that want to be looked at first; what was judged another way at the time says so."""
    checked = clauses_of(of.view, now=of.here.now)
    if not checked:
        return []
    note = of.text(
        "按现在所知分列，更正、确认和补记都算进去；当时按已记下的判断不同的，另写明。",
        "Sorted by what is now known, with corrections, confirmations and late notes; where what was on record at the "
        "time told otherwise, it says so.",
    )
    blocks: list[Block] = [Paragraphs(note, small=True)]
    for one in numbers(checked):
        mine = [rule for rule in checked if rule.today.state is one.state]
        if mine:
            blocks += [Heading(f"{of.stated.text(one.title)} {len(mine)}", level=2), _verdicts(mine, of)]
    return blocks


def _verdicts(rules: list[Clause], of: Opened) -> Table:
    said = [_remarks(rule, of) for rule in rules]
    numbers_ = ["\n".join(paper_numbers(rule.clauses)) for rule in rules]
    sentences = [of.stated.text(rule.sentence) for rule in rules]
    head = of.text("条款|内容|说明", "Clause|What it says|Remarks").split("|")
    if not any(said):
        rows = tuple(tuple(map(Value, cells)) for cells in zip(numbers_, sentences, strict=True))
        return Table(tuple(head[:2]), rows, (1.2, 8))
    rows = tuple(tuple(map(Value, cells)) for cells in zip(numbers_, sentences, said, strict=True))
    return Table(tuple(head), rows, (1.2, 5, 3))


def _remarks(rule: Clause, of: Opened) -> str:
    """Marks and reasons, and the verdict of the time where it was another."""
    now = " · ".join(map(of.stated.text, rule.today.marks))
    parts = [now, of.stated.text(rule.today.why)]
    if rule.recorded != rule.today:
        then = " · ".join(map(of.stated.text, (rule.recorded.title, *rule.recorded.marks)))
        parts.append(of.text(f"当时：{then}", f"At the time: {then}"))
    return "\n".join(filter(None, parts))


def _happened(of: Opened) -> list[Block]:
    return [Events(tuple(_event(entry, of) for entry in of.entries))]


def _event(entry: TimelineEntry, of: Opened) -> Event:
    stated = of.stated
    by = " · ".join(filter(None, (stated.text(entry.by), stated.text(entry.post))))
    if entry.recorder:
        medium = stated.text(entry.medium)
        by += of.text(f"（{medium}；{entry.recorder} 记）", f" ({medium}; noted by {entry.recorder})")
    marks = [
        (entry.struck, "struck out"),
        (entry.suspended, "suspended"),
        (entry.imported, "imported"),
        (entry.overridden, "let pass"),
        (bool(entry.recorder), "on paper"),
        (bool(entry.unconfirmed), entry.unconfirmed),
    ]
    noted = stated.moment(entry.noted)
    return Event(
        number=str(entry.number),
        when=stated.moment(entry.at),
        noted=of.text(f"记于 {noted}", f"noted {noted}") if noted else "",
        title=stated.text(entry.title),
        by=by,
        remarks=tuple(str(CHIPS[name].word) for holds, name in marks if holds),
        facts=stated.facts(entry.facts),
        struck=entry.struck,
    )


def _evidence(of: Opened) -> list[Block]:
    stated = of.stated
    rows = tuple(
        (
            Value(str(place)),
            Value(one.name or of.text("已删除", "erased"), struck=one.struck),
            Value(" · ".join(filter(None, (stated.text(one.sort), one.type, size(one.size))))),
            Value(
                of.text(
                    f"第 {one.number} 条，{one.by}\n{stated.moment(one.at)}",
                    f"entry {one.number}, {one.by}\n{stated.moment(one.at)}",
                )
            ),
            Value(one.digest),
        )
        for place, one in enumerate(evidence_of(of.view), 1)
    )
    head = of.text("序号|文件|类型|来自|SHA-256", "No.|File|Type|From|SHA-256").split("|")
    if not rows:
        return [Paragraphs(of.text("没有文件。", "No files."))]
    return [Table(tuple(head), rows, (0.9, 3, 2, 2.2, 3))]


def _linked(of: Opened) -> list[Block]:
    rows = tuple(
        tuple(map(Value, (one.row.label, of.stated.text(one.title), of.stated.text(one.state))))
        for one in case_lines(of.view.links, of.here)
    )
    head = of.text("编号|案卷|到哪一步", "Number|File|Stage").split("|")
    return [Table(tuple(head), rows, (2, 4, 2))] if rows else []


def _ledger(of: Opened) -> list[Block]:
    line = ledger_line(of.here.organisation, of.view)
    waiting = of.text(f"{line.unsealed} 条等下一次封存", f"{line.unsealed} wait for the next seal")
    rows = (
        (of.text("条数", "Entries"), Value(str(line.entries))),
        (of.text("末条摘要", "Digest of the last entry"), Value(line.head)),
        (of.text("封存", "Seals"), Value(waiting if line.unsealed else of.text("全部已封存", "all sealed"))),
    )
    how = of.text(
        "每条记录的摘要含上一条的摘要，改动任何一条，末条摘要就不同。核对：在“存证”页查看末条摘要，或由管理员运行 kesu verify；"
        "导出的台账可以在没有本软件的机器上用 kesu_verify.py 核对。",
        "The digest of each entry covers that of the one before, so that whatever is changed shows in the last. To check: "
        "compare it with the page of the case, or let the administrator run kesu verify; an exported ledger is checked "
        "by kesu_verify.py on a machine without this software.",
    )
    return [Facts(rows), Paragraphs(how, small=True)]

"""`kesu try --cases FILE`: what comes out of each case, and what would be right, as people and programs read it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kesu.casework.examples.answers import Answer, Breach, Heard, answers
from kesu.casework.examples.cases import Case, Cases
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.written.library import here
from kesu.reading.strict import suggestion
from kesu.reading.text import Lang, Text
from kesu.worktime.china import china_calendar

from .printed import as_json
from .verdicts import MANNERS, VERDICTS
from .wrong_use import WrongUse

Answered = tuple[Case, Sequence[Answer]]
WANTS: Final[Mapping[str, Text]] = {
    "kept": VERDICTS[Verdict.KEPT],
    "broken": VERDICTS[Verdict.BROKEN],
    "cannot tell": VERDICTS[Verdict.CANNOT_TELL],
    "broken or cannot tell": Text("违反或无法判定", "broken or cannot tell"),
    "late": Text("逾期", "late"),
    "something late": Text("有事项逾期", "something late"),
    "owed": Text("有待办事项", "owed"),
    "not owed": Text("没有待办事项", "not owed"),
}
IS_RIGHT, DIFFERS = Text("相符", "right"), Text("不符", "differs")
NOTHING: Final = Text("没有违反", "nothing broken")


def run_cases(args: argparse.Namespace) -> int:
    """Runs the cases of a file, or those named; 1 when one differs. Raises ReadError and WrongUse."""
    cases = Cases(Path(args.cases), here())
    answered: list[Answered] = []
    for case in _chosen(cases, args.names):
        case_answers = answers(cases, case, calendar=china_calendar())
        answered.append((case, case_answers))
        for line in () if args.json else (_short if args.short else _full)(case, case_answers, args.lang):
            print(line)
    right = sum(_is_right(case_answers) for _, case_answers in answered)
    if args.json:
        as_json({"right": right, "cases": [_data(case, case_answers) for case, case_answers in answered]})
    else:
        total = len(answered)
        print(Text(f"{total} 个案例，{right} 个相符", f"{right} of {total} cases right").in_(args.lang))
    return 0 if right == len(answered) else 1


def _chosen(cases: Cases, names: Sequence[str]) -> list[Case]:
    there = {case.name for case in cases}
    for name in names:
        if name not in there:
            en, zh = suggestion(name, there)
            raise WrongUse(zh=f"没有案例“{name}”{zh}", en=f"there is no case “{name}”{en}")
    return [case for case in cases if not names or case.name in names]


def _is_right(case_answers: Sequence[Answer]) -> bool:
    return all(answer.right for answer in case_answers)


# -- a case ----------------------------------------------------------------------------------------------------------


def _full(case: Case, case_answers: Sequence[Answer], lang: Lang) -> Iterator[str]:
    looked = Text(f"看到 {case.as_of}", f"as of {case.as_of}")
    if case.at is not None:
        looked = Text(f"看“{case.at}”", f"at “{case.at}”")
    yield "  ".join([case.name, ", ".join(case.shows), ", ".join(case.clauses), looked.in_(lang)])
    for answer in case_answers:
        if answer.name:
            yield f"  {answer.name}"
        for title, text in (
            (Text("办理时", "as command"), _as_command(case, answer)),
            (Text("记录中", "as log"), _as_log(case, answer)),
            (Text("应　为", "right"), _want(answer)),
            (Text("现　在", "today"), IS_RIGHT if answer.right else DIFFERS),
        ):
            yield f"    {title.zh}  {text.zh}" if lang == "zh" else f"    {title.en:<10}  {text.en}"
    if reasons := [text for text in (case.right, case.why) if text]:
        yield f"  {' '.join(reasons)}"


def _short(case: Case, case_answers: Sequence[Answer], lang: Lang) -> Iterator[str]:
    """A case that differs, in one line."""
    differing = [answer for answer in case_answers if not answer.right]
    if differing:
        texts = [_in_one_line(case, answer).in_(lang) for answer in differing]
        yield Text(f"{case.name} 不符：", f"{case.name} differs: ").in_(lang) + " | ".join(texts)


def _in_one_line(case: Case, answer: Answer) -> Text:
    want, command, log = _want(answer), _as_command(case, answer), _as_log(case, answer)
    verdicts = Text(
        f"应为{want.zh}；办理时{command.zh}；记录中{log.zh}",
        f"right {want.en}; as command {command.en}; as log {log.en}",
    )
    return Text(f"{answer.name}：{verdicts.zh}", f"{answer.name}: {verdicts.en}") if answer.name else verdicts


def _data(case: Case, case_answers: Sequence[Answer]) -> dict[str, Any]:
    return {
        "case": case.name,
        "clauses": list(case.clauses),
        "right": _is_right(case_answers),
        "answers": [
            {
                "name": answer.name,
                "as_command": _both(_as_command(case, answer)),
                "as_log": _both(_as_log(case, answer)),
                "want": answer.want,
                "right": answer.right,
            }
            for answer in case_answers
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


# -- what came out ---------------------------------------------------------------------------------------------------


def _want(answer: Answer) -> Text:
    return WANTS.get(answer.want, Text("成对", answer.want))


def _as_command(case: Case, answer: Answer) -> Text:
    if answer.command is None:
        assert answer.fault is not None
        return Text(f"无法运行：{answer.fault.in_('zh')}", f"cannot be run: {answer.fault.in_('en')}")
    text = _heard(case, answer.command)
    if case.at is None or answer.command.counted is not None:
        return text
    done = Text("已拒绝", "refused") if answer.command.refused else Text("已接受", "accepted")
    return Text(f"{done.zh}：{text.zh}", f"{done.en}: {text.en}")


def _as_log(case: Case, answer: Answer) -> Text:
    return Text("无法运行", "cannot be run") if answer.log is None else _heard(case, answer.log)


def _heard(case: Case, heard: Heard) -> Text:
    if heard.counted is not None:
        yes = heard.counted
        return Text(f"合并计数：{'是' if yes else '否'}", f"counted together: {'yes' if yes else 'no'}")
    texts = []
    if case.at is not None:
        texts += [_breach(breach) for breach in heard.judged]
        texts += [_before(breach) for breach in heard.earlier]
        if heard.barred:
            zh, en = "、".join(heard.barred), ", ".join(heard.barred)
            texts.append(Text(f"此前被拒绝：{zh}", f"refused before it: {en}"))
        texts = texts or [NOTHING]
    if heard.duties is not None:
        texts.append(_duties(heard.duties))
    return Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts))


def _before(breach: Breach) -> Text:
    text = _breach(breach)
    return Text(f"此前“{breach.step}”：{text.zh}", f"before it, “{breach.step}”: {text.en}")


def _breach(breach: Breach) -> Text:
    if breach.finding is None:
        assert breach.problem is not None
        return breach.problem
    finding = breach.finding
    manner = f"（{MANNERS[finding.manner].zh}）" if finding.manner else ""
    return Text(
        f"“{finding.rule}”{VERDICTS[finding.verdict].zh}{manner}",
        f"{finding.rule} {finding.verdict} {finding.manner}".strip(),
    )


def _duties(duties: Sequence[Finding]) -> Text:
    """How many duties of each rule are open or late."""
    counts = Counter((finding.rule, finding.verdict is Verdict.BROKEN) for finding in duties)
    zh, en = [], []
    for (rule, late), times in counts.items():
        often = f" × {times}" if times > 1 else ""
        zh.append(f"“{rule}”{'逾期' if late else '未到期'}{often}")
        en.append(f"{rule} {'late' if late else 'open'}{often}")
    return Text(f"待办：{'、'.join(zh) or '无'}", f"duties: {', '.join(en) or 'none'}")

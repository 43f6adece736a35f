"""`kesu try NAME --only PAIR`: the course of one example, line by line and both ways, as people and programs read it."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from kesu.casework.examples.courses import Course, Passage, as_command, as_log, run
from kesu.casework.examples.stories import Example
from kesu.casework.examples.trying import exemplified, outcome_of, tried
from kesu.procedure.history.act import Act
from kesu.procedure.history.verdict import Finding, Verdict
from kesu.procedure.saying.sentence import reason
from kesu.procedure.words.names import FACT
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.reading.strict import suggestion
from kesu.reading.text import Lang, Text
from kesu.worktime.china import china_calendar

from .printed import as_json
from .verdicts import MANNERS, VERDICTS
from .wrong_use import WrongUse

WHEN: Final = "%Y-%m-%d %H:%M"
AS_COMMAND, AS_LOG, BOTH_WAYS = (
    Text("办理时", "as command"),
    Text("记录中", "as log"),
    Text("两种都", "both ways"),
)
NOTHING: Final = Text("没有规则要说的", "nothing to say")
NAMED_BY: Final[Sequence[Callable[[Example], str]]] = (
    lambda example: example.name,
    lambda example: str(example.line),
    lambda example: example.rule,
)


def run_course(args: argparse.Namespace) -> int:
    """Shows the examples that `--only` names; 1 when one of them does not hold. Raises WrongUse and ReadError."""
    (name,) = args.names
    procedure, examples = exemplified(here(), name)
    examined = [
        (example, tried(procedure, example, calendar=china_calendar()))
        for example in _chosen(list(examples), args.only)
    ]
    if args.json:
        courses = [_data(procedure, example, wrong) for example, wrong in examined]
        as_json({"procedure": name, "courses": courses})
    else:
        for example, wrong in examined:
            print("\n".join(_printed(procedure, example, wrong, args.lang)))
    return 1 if any(wrong for _, wrong in examined) else 0


def _chosen(examples: Sequence[Example], only: str) -> list[Example]:
    """The example of that name; else both sides of the pair on that line of the file; else every one of that rule."""
    for name_of in NAMED_BY:
        chosen = [example for example in examples if name_of(example) == only]
        if chosen:
            return chosen
    en, zh = suggestion(
        only, {name_of(example) for example in examples for name_of in (NAMED_BY[0], NAMED_BY[2])}
    )
    raise WrongUse(zh=f"没有示例“{only}”{zh}", en=f"there is no example “{only}”{en}")


def _printed(procedure: Procedure, example: Example, wrong: str, lang: Lang) -> Iterator[str]:
    verdict = VERDICTS[Verdict.KEPT if example.kept else Verdict.BROKEN]
    yield Text(
        f"{'✗' if wrong else '✓'} {example.name}（{procedure.id}，第 {example.line} 行；“{example.rule}”{verdict.zh}）",
        f"{'✗' if wrong else '✓'} {example.name} ({procedure.id}, line {example.line}; “{example.rule}” {verdict.en})",
    ).in_(lang)
    commands, log = _both_ways(procedure, example)
    for line, command, logged in zip(example.acts, commands.passages, log.passages, strict=True):
        judged = Text("  ← 所判", "  ← judged").in_(lang) if line is example.judged else ""
        who = ", ".join(part for part in (line.by, line.post) if part)
        yield f"  {line.at:{WHEN}}  {line.step}  {who}".rstrip() + judged
        for title, text in _ways(procedure, command, logged):
            yield _titled(title, text, lang)
    yield from _at_the_end(example, commands, log, lang)
    if wrong:
        yield Text(f"  不成立：{wrong}", f"  does not hold: {wrong}").in_(lang)


def _at_the_end(example: Example, commands: Course, log: Course, lang: Lang) -> Iterator[str]:
    """What is looked at when the story is over: duties as of a moment, or the count among further cases."""
    if example.others:
        yield Text(
            f"  与另外 {len(example.others)} 件一起计数", f"  counted with {len(example.others)} more"
        ).in_(lang)
    elif example.judged is None and example.as_of is not None:
        yield Text(f"  看到 {example.as_of:{WHEN}}", f"  as of {example.as_of:{WHEN}}").in_(lang)
    else:
        return
    for title, course in ((AS_COMMAND, commands), (AS_LOG, log)):
        zh = [f"“{one.rule}”{VERDICTS[one.verdict].zh}" for one in outcome_of(example, course)]
        en = [f"{one.rule} {one.verdict}" for one in outcome_of(example, course)]
        yield _titled(title, Text("；".join(zh) or NOTHING.zh, "; ".join(en) or NOTHING.en), lang)


def _data(procedure: Procedure, example: Example, wrong: str) -> dict[str, Any]:
    commands, log = _both_ways(procedure, example)
    return {
        "example": example.name,
        "rule": example.rule,
        "line": example.line,
        "said": wrong,
        "course": [
            {
                "step": line.step,
                "at": line.at.isoformat(),
                "by": line.by,
                "refused": command.refused,
                "as_command": _both(_heard(procedure, command)),
                "as_log": _both(_heard(procedure, logged)),
            }
            for line, command, logged in zip(example.acts, commands.passages, log.passages, strict=True)
        ],
    }


def _both_ways(procedure: Procedure, example: Example) -> tuple[Course, Course]:
    calendar = china_calendar()
    return (
        run(as_command, example.acts, procedure=procedure, calendar=calendar),
        run(as_log, example.acts, procedure=procedure, calendar=calendar),
    )


# -- one line --------------------------------------------------------------------------------------------------------


def _ways(procedure: Procedure, command: Passage, logged: Passage) -> Iterator[tuple[Text, Text]]:
    """What becomes of a line, once where both ways say the same."""
    asked, happened = _heard(procedure, command), _heard(procedure, logged)
    if not command.refused and asked == happened:
        yield BOTH_WAYS, asked
        return
    done = Text("已拒绝", "refused") if command.refused else Text("已接受", "accepted")
    yield AS_COMMAND, Text(f"{done.zh}：{asked.zh}", f"{done.en}: {asked.en}")
    yield AS_LOG, happened


def _heard(procedure: Procedure, passage: Passage) -> Text:
    """What the rules say of the line, what is wrong with the command, and what came on record besides."""
    kept = [
        finding.rule for finding in passage.findings if finding.verdict is Verdict.KEPT and not finding.manner
    ]
    texts = [_finding(procedure, finding) for finding in passage.findings if finding.rule not in kept]
    texts += passage.problems
    if kept:
        texts.append(Text(f"守规：{'、'.join(kept)}", f"kept: {', '.join(kept)}"))
    if passage.recorded:
        recorded = [_entry(act) for act in passage.recorded]
        texts.append(Text(f"另记：{'、'.join(recorded)}", f"on record besides: {', '.join(recorded)}"))
    return Text(
        "；".join(text.zh for text in texts) or NOTHING.zh, "; ".join(text.en for text in texts) or NOTHING.en
    )


def _finding(procedure: Procedure, finding: Finding) -> Text:
    manner = MANNERS.get(finding.manner)
    why = [reason(finding, procedure, lang) for lang in ("zh", "en")]
    zh = f"“{finding.rule}”{VERDICTS[finding.verdict].zh}{f'（{manner.zh}）' if manner else ''}"
    en = f"{finding.rule} {finding.verdict}{f' ({manner.en})' if manner else ''}"
    return Text(f"{zh}：{why[0]}" if why[0] else zh, f"{en}: {why[1]}" if why[1] else en)


def _entry(act: Act) -> str:
    rule = act.facts.get(FACT.RULE)
    return f"{act.step} ({rule})" if rule else act.step


def _titled(title: Text, text: Text, lang: Lang) -> str:
    return f"      {title.zh}  {text.zh}" if lang == "zh" else f"      {title.en:<10}  {text.en}"


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}

"""`kesu show`: a procedure as people read it, every rule as a sentence."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from kesu.procedure.saying.not_known import not_known_said
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.catalogue import paper_beside
from kesu.procedure.written.library import here
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.overriding import overriding_said
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Lang, Text

from .printed import as_json
from .tongue import lang


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu show`."""
    parser = commands.add_parser(
        "show",
        help=Text("把程序的每条规则写成一句话", "say each rule of a procedure in a sentence").in_(lang()),
    )
    parser.add_argument("procedure", help=Text("程序名", "the name of a procedure").in_(lang()))
    parser.add_argument(
        "--flat",
        action="store_true",
        help=Text("写明每条规则来自哪个文件", "say from which file each rule comes").in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints it."""
    procedure = here().load(args.procedure)
    if args.json:
        as_json(procedure_data(procedure))
    else:
        paper = {clause.id: clause.text for clause in paper_beside(here().find(args.procedure))}
        print("\n".join(printed(procedure, args.lang, flat=args.flat, paper=paper)))
    return 0


def procedure_data(procedure: Procedure) -> dict[str, Any]:
    """The whole procedure as plain data."""
    return {
        "procedure": procedure.id,
        "edition": procedure.edition,
        "title": {"zh": procedure.title.zh, "en": procedure.title.en},
        "steps": [
            {"step": step.name, "zh": step.title.zh, "en": step.title.en} for step in procedure.steps.values()
        ],
        "posts": [
            {"post": post.name, "zh": post.title.zh, "en": post.title.en} for post in procedure.posts.values()
        ],
        "settings": [
            {"setting": setting.name, "value": setting.value} for setting in procedure.settings.values()
        ],
        "rules": [_rule(rule, procedure) for rule in procedure.rules],
        "clauses": [{"id": note.id, "how": note.how} for note in procedure.clauses.values()],
    }


def _rule(rule: Rule, procedure: Procedure) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "shape": rule.shape.sign,
        "clauses": list(rule.clauses),
        "how": rule.how,
        "origin": rule.origin,
        "zh": sentence(rule, procedure, "zh"),
        "en": sentence(rule, procedure, "en"),
    }


def printed(procedure: Procedure, lang: Lang, *, flat: bool, paper: Mapping[str, str]) -> Iterator[str]:
    """The lines of the print: title, settings, rules with clauses, readings, and the clauses held otherwise.

    `paper`: the organisation's own words by clause, printed under the rules that cite it.
    """
    title = procedure.title.in_(lang)
    yield Text(
        f"{title}（{procedure.id}，第 {procedure.edition} 版）",
        f"{title} ({procedure.id}, edition {procedure.edition})",
    ).in_(lang)
    if procedure.unset:
        still_open = [procedure.settings[name] for name in procedure.unset]
        names = [setting.title.in_(lang) if setting.title else setting.name for setting in still_open]
        yield Text(f"待定：{'、'.join(names)}", f"To be set: {', '.join(names)}").in_(lang)
    for rule in procedure.rules:
        cited = f" [{', '.join(rule.clauses)}]" if rule.clauses else ""
        origin = f" ({rule.origin})" if flat else ""
        yield f"- {sentence(rule, procedure, lang)}{cited}{origin}"
        yield from _of_the_paper(rule, paper, lang)
        if rule.reading is not None:
            yield f"    {Text('理解', 'Reading').in_(lang)}{'：' if lang == 'zh' else ': '}{rule.reading.in_(lang)}"
    yield from _dropped(procedure, lang)
    yield f"- {overriding_said(procedure).in_(lang)}"
    if procedure.overriding is not None:
        yield f"    {Text('理解', 'Reading').in_(lang)}{'：' if lang == 'zh' else ': '}{procedure.overriding.in_(lang)}"
    yield f"- {not_known_said(procedure).in_(lang)}"
    for note in procedure.clauses.values():
        text = note.text or note.reason
        yield f"- {note.id} [{note.how}] {text.in_(lang) if text else note.test or ''}"


def _of_the_paper(rule: Rule, paper: Mapping[str, str], lang: Lang) -> Iterator[str]:
    """The organisation's own words that a rule holds."""
    for clause in rule.clauses:
        if clause in paper:
            yield f"    {Text('原文', 'Paper').in_(lang)}{'：' if lang == 'zh' else ': '}{paper[clause]}"


def _dropped(procedure: Procedure, lang: Lang) -> Iterator[str]:
    """The inherited rules that do not hold here, and why."""
    for one in procedure.dropped:
        text = Text(
            f"此处不适用：规则“{one.rule}”（{one.reason.zh}）",
            f"Not here: the rule “{one.rule}” ({one.reason.en})",
        )
        yield f"- {text.in_(lang)}"

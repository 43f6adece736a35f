"""`kesu clauses`: every clause of the catalogue, how it is held, and the examples and cases that keep and break it."""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from kesu.casework.examples.cases import FILE as CASES
from kesu.casework.examples.cases import Case, Cases
from kesu.casework.examples.trying import exemplified
from kesu.procedure.written.catalogue import PARTLY, Held, clauses_of, held
from kesu.procedure.written.clause_notes import without_clause
from kesu.procedure.written.library import Library, here
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse

SHOWN = ("enforced", "timed")  # these need a minimal pair


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu clauses`."""
    parser = commands.add_parser(
        "clauses",
        help=Text(
            "列出条款：由哪条规则落实，有没有示例",
            "list the clauses, what holds each, which examples show it",
        ).in_(lang()),
    )
    parser.add_argument(
        "--document", help=Text("只看这份文件，如 A03", "only this document, such as A03").in_(lang())
    )
    parser.add_argument(
        "--missing",
        action="store_true",
        help=Text(
            "只看没有落实、或缺成对示例的", "only those that nothing holds, or that lack a pair of examples"
        ).in_(lang()),
    )
    parser.add_argument(
        "--untold",
        action="store_true",
        help=Text(
            "只看由规则落实或计时、而没有从原文写出守规和违反的案例的",
            "only enforced or timed ones that lack a case written from the paper that keeps or one that breaks them",
        ).in_(lang()),
    )
    parser.add_argument(
        "--rules",
        action="store_true",
        help=Text(
            "改列没有条款出处的规则，连同理由",
            "list instead the rules that cite no clause, with their readings",
        ).in_(lang()),
    )
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints them; with --missing or --untold 1 when there are any."""
    if args.rules:
        return _run_rules(args)
    rows = clause_rows(here())
    documents = {row["document"] for row in rows}
    if args.document and args.document not in documents:
        raise WrongUse(
            zh=f"条款目录里没有文件 {args.document}；有 {'、'.join(sorted(documents))}",
            en=f"the catalogue has no document {args.document}; it has {', '.join(sorted(documents))}",
        )
    wanted = [lacks for asked, lacks in ((args.missing, missing), (args.untold, untold)) if asked]
    listed = (row for row in rows if args.document in (None, row["document"]))
    rows = [row for row in listed if all(lacks(row) for lacks in wanted)]
    if args.json:
        as_json(rows)
    else:
        _print(rows, args)
    return 1 if wanted and rows else 0


def _run_rules(args: argparse.Namespace) -> int:
    rows = [
        {"procedure": name, "rule": rule.name, "reading": rule.reading.in_(args.lang) if rule.reading else ""}
        for name in here().names()
        for rule in without_clause(here().load(name))
    ]
    if args.json:
        as_json(rows)
        return 0
    for row in rows:
        print(f"{row['procedure']:24} {row['rule']}{': ' if row['reading'] else ''}{row['reading']}")
    print(Text(f"{len(rows)} 条规则没有条款出处", f"{len(rows)} rules cite no clause").in_(args.lang))
    return 0


def missing(row: dict[str, Any]) -> bool:
    """Whether nothing holds the clause, or an enforced or timed one, or the part of one that is held, lacks its minimal pair."""
    halved = bool(row["kept_by"]) is not bool(row["broken_by"])
    whole = bool(row["kept_by"] and row["broken_by"])
    return row["how"] is None or (row["how"] in SHOWN and not whole) or (row["how"] == PARTLY and halved)


def untold(row: dict[str, Any]) -> bool:
    """Whether an enforced or timed clause lacks a case written from the paper that keeps it, or one that breaks it."""
    return row["how"] in SHOWN and not (row["cases_kept"] and row["cases_broken"])


def clause_rows(library: Library) -> list[dict[str, Any]]:
    """A row a clause: id, document, kind, procedure, how, reason, and by name the examples (`kept_by`, `broken_by`), which start
    from a rule, and the cases (`cases_kept`, `cases_broken`), which start from the paper; `cases_left_out` are those of
    the latter that break it by what is not there.
    """
    procedures: dict[str, Procedure] = {}
    kept: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    broken: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name in library.names():
        procedure, examples = exemplified(library, name)
        procedures[name] = procedure
        for example in examples:
            for clause in _shown_by(procedure, example.rule):
                (kept if example.kept else broken)[name, clause].append(example.name)
    cases = [case for name in library.names() for case in _cases_beside(library, name)]
    return [
        {**_row(one, kept, broken), **_of_cases(one.clause.id, cases)}
        for one in held(clauses_of(library), procedures)
    ]


def _shown_by(procedure: Procedure, name: str) -> Iterator[str]:
    """The clauses of which an example of a rule shows something: what is only counted breaks nothing, and is no half of a pair."""
    rule = procedure.by_name[name]
    for clause in rule.clauses:
        note = procedure.clauses.get(clause)
        if rule.how != "measured" or note is None or note.how != PARTLY:
            yield clause


def _cases_beside(library: Library, name: str) -> Iterable[Case]:
    path = library.find(name) / CASES
    return Cases(path, library) if path.is_file() else ()


def _of_cases(clause: str, cases: Iterable[Case]) -> dict[str, list[str]]:
    about = [case for case in cases if clause in case.clauses]
    return {
        "cases_kept": [case.name for case in about if case.keeps],
        "cases_broken": [case.name for case in about if case.breaks],
        "cases_left_out": [case.name for case in about if case.leaves_out],
    }


def _row(
    held: Held, kept: dict[tuple[str, str], list[str]], broken: dict[tuple[str, str], list[str]]
) -> dict[str, Any]:
    key = (held.procedure or "", held.clause.id)
    return {
        "id": held.clause.id,
        "document": held.clause.document,
        "kind": held.clause.kind,
        "procedure": held.procedure,
        "how": held.how,
        "reason": held.reason,
        "kept_by": kept.get(key, []),
        "broken_by": broken.get(key, []),
    }


def _print(rows: list[dict[str, Any]], args: argparse.Namespace) -> None:
    counts: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["how"] or Text("未落实", "not held").in_(args.lang)] += 1
        pair = f"{len(row['kept_by'])}+{len(row['broken_by'])}"
        cases = f"{len(row['cases_kept'])}+{len(row['cases_broken'])}-{len(row['cases_left_out'])}"
        print(
            f"{row['id']:18} {row['how'] or '-':10} {row['procedure'] or '-':22} {pair:6} {cases:7} {row['reason']}"
        )
    said = ", ".join(f"{how} {count}" for how, count in sorted(counts.items()))
    print(Text(f"共 {len(rows)} 条：{said}", f"{len(rows)} clauses: {said}").in_(args.lang))
    shown = [row for row in rows if row["how"] in SHOWN]
    told = sum(not untold(row) for row in shown)
    left_out = sum(bool(row["cases_left_out"]) for row in shown)
    print(
        Text(
            f"由规则落实或计时的 {len(shown)} 条中，{told} 条有从原文写出的案例，守规、违反都有；其中 {left_out} 条有因漏办、漏填而违反的",
            f"of {len(shown)} enforced or timed clauses {told} have cases written from the paper that keep and break them; {left_out} have one that breaks them by leaving something out",
        ).in_(args.lang)
    )

"""Clauses of the own paper: which inherited rules hold them (`cites`), and which paper that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from kesu.reading.strict import Scalar, fault, suggestion

from .rule import Dropped, Rule


def paper_of(clause: str) -> str:
    """The paper in which a clause stands, as ids call it."""
    return clause.partition("-")[0]


def most_cited(rules: Iterable[Rule]) -> str:
    """The paper that most of these rules cite; “” where they cite none."""
    cited = Counter(paper_of(clause) for rule in rules for clause in rule.clauses)
    return cited.most_common(1)[0][0] if cited else ""


def of_one_paper(clauses: tuple[str, ...], paper: str) -> tuple[str, ...]:
    """Of the clauses those of this paper; where there are none, those of the paper that stands first."""
    papers = [paper_of(clause) for clause in clauses]
    shown = paper if paper in papers else next(iter(papers), "")
    return tuple(clause for clause in clauses if paper_of(clause) == shown)


def citing(
    rules: tuple[Rule, ...], cites: Mapping[str, tuple[Scalar, ...]], dropped: Collection[Dropped]
) -> tuple[Rule, ...]:
    """The rules, those that are cited with the clauses for which they are. Raises ReadError at a citation of no rule."""
    there, gone = {rule.name for rule in rules}, {one.rule for one in dropped}
    for name, (first, *_) in cites.items():
        if name in gone:
            raise fault(
                first,
                en=f"“cites” names the rule “{name}”, which a setting takes out (not asked)",
                zh=f"“cites”里的规则“{name}”已按设定去掉（不要求）",
            )
        if name not in there:
            en, zh = suggestion(name, there)
            raise fault(
                first,
                en=f"“cites” names no inherited rule “{name}”{en}",
                zh=f"“cites”里没有叫“{name}”的规则{zh}",
            )
    return tuple(
        _with(rule, tuple(map(str, cites[rule.name]))) if rule.name in cites else rule for rule in rules
    )


def _with(rule: Rule, clauses: tuple[str, ...]) -> Rule:
    return replace(rule, clauses=tuple(dict.fromkeys((*rule.clauses, *clauses))), cited=clauses)

"""docs/reference/paper-findings.md has a line for every finding and every row of both papers, with rules, cases and tests that are there."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from tests.claimed import ROOT, is_test

from kesu.cli.clauses import clause_rows
from kesu.procedure.written.library import here

PAGE = ROOT / "docs" / "reference" / "paper-findings.md"
TEXT = PAGE.read_text(encoding="utf-8")
HOW_MANY = {"L": 26, "G": 20}
CASES = {"L": "lab-pd-007", "G": "fmcg-emergency"}
PAPERS = ("A03", "A06", "B21")


def _lines(first: str) -> list[list[str]]:
    rows = [line.strip("|").split(" | ") for line in TEXT.splitlines() if line[:2] == "| "]
    return [[cell.strip() for cell in row] for row in rows if re.fullmatch(first, row[0].strip())]


FINDINGS, ROWS = _lines(r"[LG]-F\d+"), _lines(r"(A03|A06|B21)-[\w.]+")


@cache
def rules_of(procedure: str) -> frozenset[str]:
    return frozenset(rule.name for rule in here().load(procedure).rules)


@cache
def cases_of(paper: str) -> frozenset[str]:
    text = (ROOT / "procedures" / CASES[paper] / "cases.yaml").read_text(encoding="utf-8")
    return frozenset(re.findall(r"- case: (\S+)", text))


def test_every_finding_stands_there_once_in_its_order() -> None:
    assert [line[0] for line in FINDINGS] == [
        f"{paper}-F{number}" for paper, many in HOW_MANY.items() for number in range(1, many + 1)
    ]
    count = Counter(line[2] for line in FINDINGS)
    sums = f"settled {count['settled']}, partly {count['partly']}, open {count['open']}"
    assert f"Of the {len(FINDINGS)} findings: **{sums}**." in TEXT
    assert count.total() == count["settled"] + count["partly"] + count["open"]


@pytest.mark.parametrize("line", FINDINGS, ids=[line[0] for line in FINDINGS])
def test_it_names_cases_rules_and_tests_that_are_there_or_says_what_lacks(line: list[str]) -> None:
    name, what, state, held = line
    cases = re.findall(r"\b[LG]\d\d\b", held)
    rules = re.findall(r"rule `([^`]+)`", held)
    tests = re.findall(r"`(tests/[^`]+)`", held)
    assert what
    assert set(cases) <= cases_of(name[0])
    assert set(rules) <= rules_of(CASES[name[0]])
    assert [test for test in tests if not is_test(test)] == []
    if state == "settled":
        assert cases or tests
    else:
        assert len(re.sub(r"`[^`]*`|[(),]", "", held).strip()) > 20


def test_every_row_of_the_catalogue_stands_there_as_it_is_held_now() -> None:
    known = {row["id"]: row["how"] for row in clause_rows(here()) if row["document"] in PAPERS}
    assert {line[0]: line[2] for line in ROWS} == known
    assert len(ROWS) == len(known)


@pytest.mark.parametrize("line", ROWS, ids=[line[0] for line in ROWS])
def test_the_rules_of_a_row_are_there_and_cite_it(line: list[str]) -> None:
    row, _, how, held = line
    named = re.findall(r"`([\w-]+)`: ([^;|]+)", held)
    assert bool(named) == (how in ("enforced", "timed", "recorded", "measured", "attested")) or how in (
        "partly",
        "built in",
        "declared",
    )
    for procedure, rule in named:
        by_name = clauses_by_rule(procedure)
        assert row in by_name.get(rule.strip(), ()), f"{procedure}: {rule}"


@cache
def clauses_by_rule(procedure: str) -> dict[str, tuple[str, ...]]:
    return {rule.name: rule.clauses for rule in here().load(procedure).rules}

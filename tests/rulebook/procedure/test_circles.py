"""A library in which files would open each other in a circle is refused."""

from __future__ import annotations

from pathlib import Path

from kesu.procedure.written.circles import circles
from kesu.procedure.written.library import Library, here
from kesu.reading.text import Text

FILE = """\
procedure: {name}
title: {{zh: 程序, en: Procedure}}
edition: "1"
kind: complaint
ends: [closed]
steps: {{received: {{}}, retest decided: {{}}, closed: {{}}, linked: {{}}}}
rules:
"""
RULE = "  - {{rule: {rule}, opens: {other}, at: retest decided, holds: {holds}}}\n"


def library(tmp_path: Path, **opened: tuple[str, str]) -> Library:
    """Procedures by name, each with what it opens and how that holds."""
    for name, (other, holds) in opened.items():
        folder = tmp_path / name
        folder.mkdir()
        text = FILE.format(name=name) + RULE.format(rule=f"of {name}", other=other, holds=holds)
        (folder / "procedure.yaml").write_text(text, encoding="utf-8")
    return Library(tmp_path)


def said(library_: Library, name: str) -> list[Text]:
    return [fault.text for fault in circles(library_, name)]


def test_no_procedure_of_the_house_closes_a_circle() -> None:
    assert {name: said(here(), name) for name in here().names()} == {name: [] for name in here().names()}


def test_kinds_that_wait_for_each_other_are_refused_at_the_rule_that_closes_the_circle(
    tmp_path: Path,
) -> None:
    made = library(tmp_path, a=("b", "until closed"), b=("c", "until closed"), c=("a", "until closed"))
    assert said(made, "a") == [
        Text(
            "规则“of a”使案卷互相等待办结，谁也办结不了：a → b → c → a；请去掉其中一处",
            "by the rule “of a” files wait for each other's end, so that none can end: a → b → c → a; take one link out",
        )
    ]
    assert [fault.line for fault in circles(made, "a")] == [8]


def test_a_circle_in_which_nobody_waits_is_refused_as_well(tmp_path: Path) -> None:
    made = library(tmp_path, a=("b", "until opened"), b=("a", '"no"'), c=("c", '"no"'), d=("a", '"no"'))
    chain = "the rule “of a” closes a circle of files that open each other: a → b → a; take one link out"
    assert [text.en for text in said(made, "a")] == [chain]
    assert len(said(made, "c")) == 1
    assert said(made, "d") == []


def test_what_is_missing_is_a_fault_of_its_own_and_closes_nothing(tmp_path: Path) -> None:
    assert said(library(tmp_path, a=("nowhere", "until closed")), "a") == []

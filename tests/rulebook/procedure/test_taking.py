"""Every step belongs to somebody: its line says who takes it, or a rule does, and `everybody` is a word that is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rulebook.small import HEAD, act, from_text, verdict, written

from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.audit import audit
from kesu.procedure.written.library import Library
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.taking import untaken
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

Lines = dict[str, str]


def lined(lines: Lines, *rules: str, settings: str = "") -> Procedure:
    """The small procedure in which these steps say who takes them."""
    text = HEAD.replace("steps:\n", f"{settings}steps:\n")
    for step, line in lines.items():
        assert f"  {step}: {{}}" in text
        text = text.replace(f"  {step}: {{}}", f"  {step}: {{{line}}}")
    listed = "".join(f"  - {rule}\n" for rule in rules)
    return from_text(text + ("rules:\n" + listed if rules else "rules: []\n"), file="small.yaml")


def of_steps(procedure: Procedure) -> dict[str, tuple[str, ...]]:
    """The rules that the lines of steps make, with their steps."""
    return {rule.name: rule.shape.steps for rule in procedure.rules if rule.of_steps}  # type: ignore[attr-defined]


def open_steps(procedure: Procedure) -> list[str]:
    return [fault.text.en.split("“")[1].split("”")[0] for fault in untaken(procedure)]


def test_a_line_names_its_posts_and_the_steps_of_the_same_posts_make_one_rule() -> None:
    procedure = lined({"accepted": "by: clerk", "found": "by: [lead, boss]", "closed": "by: clerk"})
    assert of_steps(procedure) == {
        "steps of clerk": ("accepted", "closed"),
        "steps of lead, boss": ("found",),
    }
    rule = procedure.by_name["steps of clerk"]
    assert (sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")) == (
        "“受理”、“结案”由经办员办。",
        "The clerk takes “Accepted” and “Closed”.",
    )
    assert verdict(procedure, act("accepted", post="clerk")) == "kept"
    assert verdict(procedure, act("accepted", post="boss")) == "broken"


def test_everybody_is_written_in_a_line_and_asked_of_nobody() -> None:
    procedure = lined({"accepted": "by: everybody", "found": "by: everybody"})
    assert of_steps(procedure) == {"steps of everybody": ("accepted", "found")}
    assert procedure.asked["accepted"] == ()


def test_a_line_may_name_a_setting_and_waits_for_it() -> None:
    settings = "settings:\n  deciders: {value: VALUE, kind: posts}\n"
    of_the_house = lined({"found": "by: <deciders>"}, settings=settings.replace("VALUE", "[lead, boss]"))
    assert of_steps(of_the_house) == {"steps of lead, boss": ("found",)}
    waiting = lined({"found": "by: <deciders>"}, settings=settings.replace("VALUE", "to be set"))
    assert [rule.unset for rule in waiting.rules] == [("deciders",)]


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ("{rule: r, at: found, by: boss}", ()),
        ("{rule: r, at: found, by: everybody}", ()),
        ("{rule: r, at: found, together: [lead, boss]}", ()),
        ("{rule: r, at: found, by: boss, force: show}", ("steps of clerk",)),
        ("{rule: r, at: found, by: boss, when: {grade: major}}", ("steps of clerk",)),
        ("{rule: r, at: found, by: {who did: investigated}}", ("steps of clerk",)),
        ("{rule: r, at: found, by: {not who did: investigated}}", ("steps of clerk",)),
    ],
)
def test_a_rule_that_names_posts_for_a_step_whatever_the_case_stands_for_its_line(
    rule: str, left: tuple[str, ...]
) -> None:
    assert tuple(of_steps(lined({"found": "by: clerk"}, rule))) == left


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{rule: r, at: found, by: boss}", True),
        ("{rule: r, at: found, by: {who did: investigated}}", True),
        ("{rule: r, at: found, by: {named in: to person}}", True),
        ("{rule: r, send: found, to: boss, as: lead}", True),
        ("{rule: r, at: found, by: {not who did: investigated}}", False),
        ("{rule: r, keep apart: [named], from: found}", False),
        ("{rule: r, at: found, by: boss, force: show}", False),
        ("{rule: r, at: found, by: boss, when: {grade: major}}", False),
        ("{rule: r, at: found, after: investigated}", False),
    ],
)
def test_only_what_keeps_all_others_out_whatever_the_case_says_who_takes_a_step(
    rule: str, said: bool
) -> None:
    assert ("found" not in open_steps(lined({}, rule))) is said


def test_a_step_of_which_nothing_says_who_takes_it_is_a_fault_with_its_line() -> None:
    procedure = written()
    line = next(place for place, text in enumerate(HEAD.splitlines(), 1) if text.startswith("  accepted:"))
    found = next(fault for fault in audit(procedure) if "“accepted”" in fault.text.en)
    assert (found.origin, found.line, found.text) == (
        "small.yaml",
        line,
        Text(
            "没有写明“受理”由谁办；请在这一步写 by: 岗位，谁都可以办的写 by: everybody",
            "nothing says who takes the step “accepted”; write “by: posts” there, or “by: everybody”",
        ),
    )


def test_what_the_house_and_the_clock_record_needs_nobody() -> None:
    assert {"linked", "fell late", "item noted", "figures"}.isdisjoint(open_steps(written()))


def test_a_post_that_is_none_is_refused_where_it_stands() -> None:
    with pytest.raises(ReadError) as error:
        lined({"found": "by: clrk"})
    assert error.value.in_("en").endswith(
        "the rule “steps of clrk” speaks of the post “clrk”, which no line under “posts” names; did you mean “clerk”?"
    )


BASE = """\
procedure: ground
title: {zh: 底, en: Ground}
edition: "1"
kind: file
settings:
  keepers: {value: to be set, kind: posts, title: {zh: 保管, en: Keepers}, reading: {zh: 由本机构定, en: we say}}
steps:
  received: {by: everybody}
  archived: {by: <keepers>}
rules: []
"""
OWN = """\
procedure: own
title: {zh: 自己, en: Own}
edition: "1"
kind: file
extends: ground
posts: {clerk: {title: {zh: 经办员, en: Clerk}}}
settings: {keepers: {value: clerk}}
rules: []
"""


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], None]:
    def write(name: str, text: str) -> None:
        (tmp_path / name).mkdir()
        (tmp_path / name / "procedure.yaml").write_text(text, encoding="utf-8")

    return write


def test_a_procedure_sets_who_takes_the_steps_of_its_base(
    put: Callable[[str, str], None], tmp_path: Path
) -> None:
    put("ground", BASE)
    put("own", OWN)
    procedure = Library(tmp_path).load("own")
    assert of_steps(procedure) == {"steps of everybody": ("received",), "steps of clerk": ("archived",)}
    keepers = procedure.settings["keepers"]
    assert (keepers.value, keepers.kind, keepers.title, keepers.reading) == (
        "clerk",
        "posts",
        Text("保管", "Keepers"),
        Text("由本机构定", "we say"),
    )

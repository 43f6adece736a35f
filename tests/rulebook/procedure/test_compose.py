"""Base, overlays and own file laid over each other (semantics 4.8), read from a library of folders."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.rulebook.refused import refused
from tests.rulebook.small import HEAD, from_text, written

from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.canonical import canonical, digest, from_canonical
from kesu.procedure.written.library import Library
from kesu.reading.strict import ReadError

Write = Callable[..., Library]


@pytest.fixture
def library(tmp_path: Path) -> Write:
    def write(**files: str) -> Library:
        for name, text in files.items():
            (tmp_path / name).mkdir()
            head = f'procedure: {name}\ntitle: {{zh: 程序, en: Procedure}}\nedition: "1"\nkind: case\n'
            (tmp_path / name / "procedure.yaml").write_text(head + textwrap.dedent(text), encoding="utf-8")
        return Library(tmp_path)

    return write


GROUND = """
posts: {clerk: {title: {zh: 经办员, en: Clerk}}, boss: {title: {zh: 主任, en: Boss}}}
settings: {limit: {value: to be set, kind: money}}
steps: {note: {}, received: {}, accepted: {}, found: {}, closed: {}}
ends: [closed]
rules:
  - {rule: one, at: accepted, by: clerk}
  - {rule: two, at: found, by: clerk}
"""


def refusal(library: Library, name: str) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        library.load(name)
    return str(caught.value), caught.value.in_("zh")


def test_an_own_rule_replaces_the_inherited_one_whole_and_stands_in_its_place(library: Write) -> None:
    own = "extends: ground\nrules:\n  - {rule: one, at: found, after: accepted}\n  - {rule: three, first: received}\n"
    flat = library(ground=GROUND, own=own).load("own")
    assert [(rule.name, rule.origin, rule.shape.sign) for rule in flat.rules] == [
        ("one", "own", "after"),
        ("two", "ground", "by"),
        ("three", "own", "first"),
    ]
    assert (flat.ends, sorted(flat.steps), flat.unset) == (
        ("closed",),
        ["accepted", "closed", "found", "note", "received"],
        ("limit",),
    )


def test_without_drops_an_inherited_rule_with_its_reason(library: Write) -> None:
    flat = library(ground=GROUND, own="extends: ground\nwithout: {two: the boss does it all}\n").load("own")
    assert [rule.name for rule in flat.rules] == ["one"]


def test_without_names_a_rule_that_is_there_and_says_why(library: Write) -> None:
    files = library(
        ground=GROUND,
        wrong="extends: ground\nwithout: {tow: x}\n",
        mute="extends: ground\nwithout: {two: ''}\n",
        scalar="extends: ground\nwithout: two\n",
    )
    assert refusal(files, "wrong") == (
        "wrong/procedure.yaml, line 6: “without” names no inherited rule “tow”; did you mean “two”?",
        "wrong/procedure.yaml 第 6 行：“without”里的规则“tow”并不存在；是不是“two”？",
    )
    assert refusal(files, "mute") == (
        "mute/procedure.yaml, line 6: “without” gives no reason for dropping “two”",
        "mute/procedure.yaml 第 6 行：“without”没有写明为什么去掉“two”",
    )
    assert refusal(files, "scalar") == (
        "scalar/procedure.yaml, line 6: “without” is a mapping of rule names to reasons",
        "scalar/procedure.yaml 第 6 行：“without”应是“规则名: 理由”的形式",
    )


OVER = "extends: ground\nrules:\n  - {{rule: one, at: found, by: {post}}}\n"


def test_two_overlays_that_touch_one_rule_are_settled_by_the_own_file(library: Write) -> None:
    layers = {"ground": GROUND, "left": OVER.format(post="clerk"), "right": OVER.format(post="boss")}
    files = library(
        **layers,
        open="extends: ground\nwith: [left, right]\n",
        settled="extends: ground\nwith: [left, right]\nrules:\n  - {rule: one, at: closed, by: boss}\n",
        dropped="extends: ground\nwith: [left, right]\nwithout: {one: neither fits}\n",
    )
    assert refusal(files, "open") == (
        "right/procedure.yaml, line 7: the overlays left and right both have the rule “one”; write it in the own file",
        "right/procedure.yaml 第 7 行：叠加件 left 和 right 都有规则“one”；请在本程序里写明用哪一条",
    )
    assert files.load("settled").by_name["one"].origin == "settled"
    assert [rule.name for rule in files.load("dropped").rules] == ["two"]


def test_one_overlay_may_replace_a_rule_of_the_base(library: Write) -> None:
    flat = library(ground=GROUND, left=OVER.format(post="boss"), own="extends: ground\nwith: left\n").load(
        "own"
    )
    assert (flat.by_name["one"].origin, flat.by_name["one"].shape.asked()) == ("left", ("found",))


def test_a_file_that_extends_itself_or_nothing_is_refused(library: Write) -> None:
    files = library(
        round="extends: about\n", about="extends: round\n", lost="extends: grond\n", ground=GROUND
    )
    assert (
        refusal(files, "round")[0]
        == "round/procedure.yaml, line 1: “round” extends itself by way of round → about"
    )
    assert refusal(files, "lost") == (
        "lost/procedure.yaml, line 5: no procedure is called “grond”; did you mean “ground”?",
        "lost/procedure.yaml 第 5 行：没有叫“grond”的程序；是不是“ground”？",
    )
    assert refusal(files, "groundd")[0] == "groundd: no procedure is called “groundd”; did you mean “ground”?"


def test_settings_are_filled_from_outside_and_checked(library: Write) -> None:
    files = library(ground=GROUND)
    assert files.load("ground", settings={"limit": "500"}).unset == ()
    with pytest.raises(ReadError) as caught:
        files.load("ground", settings={"limit": "much"})
    assert caught.value.en == "a number is wanted, not “much”"


def test_the_canonical_text_holds_everything_and_judges_for_ever(library: Write) -> None:
    own = "extends: ground\nrules:\n  - {rule: sum, at: found, when: {amount: over <limit>}, by: boss, clause: [A-1]}\n"
    files = library(ground=GROUND, own=own)
    text = canonical(files, "own", settings={"limit": "500"})
    again = from_canonical(text)
    first = files.load("own", settings={"limit": "500"})
    assert [(r.name, r.clauses, r.shape, r.when, r.origin) for r in again.rules] == [
        (r.name, r.clauses, r.shape, r.when, r.origin) for r in first.rules
    ]
    assert (again.steps, again.posts, again.settings, again.ends) == (
        first.steps,
        first.posts,
        first.settings,
        first.ends,
    )
    assert canonical(files, "own", settings={"limit": "500"}) == text
    assert digest(text) == digest(canonical(files, "own", settings={"limit": "500"}))
    assert digest(text) != digest(canonical(files, "own", settings={"limit": "501"}))


@pytest.mark.parametrize(
    "odd",
    ["a\u2028b", "“quoted” 'twice'", "tab\tand: colon # no comment", "😀", "- dash", "\\n", "~", "1.10"],
)
def test_odd_text_comes_back_from_the_canonical_text_as_it_was(library: Write, odd: str) -> None:
    import json

    own = f"extends: ground\npurpose: {{zh: {json.dumps(odd, ensure_ascii=False)}, en: x}}\n"
    files = library(ground=GROUND, own=own)
    said = files.load("own").purpose
    assert said is not None
    assert from_canonical(canonical(files, "own", settings={})).purpose == said


def test_every_procedure_of_the_house_comes_back_from_its_canonical_text() -> None:
    from kesu.procedure.written.library import here

    for name in here().names():
        again, first = from_canonical(canonical(here(), name, settings={})), here().load(name)
        assert [sentence(rule, again, "zh") for rule in again.rules] == [
            sentence(rule, first, "zh") for rule in first.rules
        ]
        assert (again.linked, again.choices, again.clauses) == (first.linked, first.choices, first.clauses)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"layers": [{"name": "x", "kind": "own", "file": "y"}], "settings": {}, "linked": {}}',
    ],
)
def test_what_is_no_canonical_text_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_canonical(text)
    assert (caught.value.en, caught.value.zh) == ("this is no text of a procedure", "这不是程序的存档文本")


@pytest.mark.parametrize(
    ("more", "en", "zh"),
    [
        ("stepps: {}\n", "a procedure does not know the key “stepps”; did you mean “steps”?", "程序文件没有“stepps”这个键；是不是“steps”？"),
        ("purpose: x\n", "“purpose” of the procedure has to be a mapping (key: value)", "程序文件的“purpose”应写成“键: 值”的形式"),
        ("purpose: {zh: x}\n", "“purpose” of the procedure needs “en”", "程序文件的“purpose”缺少“en”"),
        ("settings: [x]\n", "“settings” is a mapping of names", "“settings”应是“名称: 内容”的形式"),
        ("overriders: bos\n", "the procedure speaks of the post “bos”, which no line under “posts” names; did you mean “boss”?", "程序文件里的岗位“bos”在“posts”里没有；是不是“boss”？"),
        ("facts: {grad: {choices: [x]}}\n", "the fact “grad” is not known; did you mean “grade”?", "事实“grad”没有定义；是不是“grade”？"),
        ("facts: {grade: {choices: [mayor]}}\n", "the value of “grade” “mayor” is not known; did you mean “major”?", "“grade”的取值“mayor”没有定义；是不是“major”？"),
        ("clauses: {A-1: {how: builtin}}\n", "“how” “builtin” is not known; did you mean “built in”?", "“how”“builtin”没有定义；是不是“built in”？"),
        ("clauses: {A-1: {how: outside}}\n", "the clause A-1 is “outside”, so it needs “reason”", "条款 A-1 标为“outside”，须写明“reason”"),
        ("clauses: {A-1: {how: built in, text: {zh: x, en: x}}}\n", "the clause A-1 is “built in”, so it needs “test”", "条款 A-1 标为“built in”，须写明“test”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said_in_both_languages(more: str, en: str, zh: str) -> None:
    said = refused(more=more)
    assert said == (en, zh)


def test_a_step_is_one_that_the_software_knows_and_may_be_retitled() -> None:
    retitled = from_text(HEAD.replace("found: {}", "found: {title: {zh: 定性, en: Judged}}") + "rules: []\n")
    assert (retitled.steps["found"].title.zh, retitled.steps["found"].outside) == ("定性", False)
    with pytest.raises(ReadError) as caught:
        from_text(HEAD.replace("found: {}", "foundd: {}"), file="small.yaml")
    assert str(caught.value) == "small.yaml, line 19: the step “foundd” is not known; did you mean “found”?"
    with pytest.raises(ReadError) as caught:
        from_text(HEAD.replace("found: {}", "found: {ask: [grade]}"), file="small.yaml")
    assert caught.value.in_("zh") == "small.yaml 第 19 行：步骤“found”没有“ask”这个键；是不是“asks”？"


def test_the_ends_are_steps_and_a_later_layer_says_them_anew() -> None:
    assert written().ends == ("closed",)
    with pytest.raises(ReadError) as caught:
        from_text(HEAD.replace("ends: [closed]", "ends: [clsed]"))
    assert "which no line under “steps” names; did you mean “closed”?" in caught.value.en


def test_a_setting_that_a_procedure_does_not_have_is_left_out(library: Write) -> None:
    flat = library(ground=GROUND).load("ground", settings={"limits": "500"})
    assert (list(flat.settings), flat.unset) == (["limit"], ("limit",))


def test_a_file_that_is_a_list_is_no_procedure(tmp_path: Path) -> None:
    (tmp_path / "listed").mkdir()
    (tmp_path / "listed" / "procedure.yaml").write_text("- procedure: listed\n", encoding="utf-8")
    assert refusal(Library(tmp_path), "listed") == (
        "listed/procedure.yaml, line 1: a procedure is a mapping",
        "listed/procedure.yaml 第 1 行：程序文件应是“键: 值”的形式",
    )


def test_a_period_that_is_set_is_one_that_there_is() -> None:
    en, zh = refused(more="settings: {often: {value: sometimes, kind: period}}\n")
    assert (en.split(";")[0], zh.split("；")[0]) == ("“sometimes” is no period", "没有“sometimes”这种周期")

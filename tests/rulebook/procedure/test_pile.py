"""What a paper's own file may say of what it inherits: citing, leaving out, changing key by key (semantics 4.8)."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.canonical import canonical, from_canonical
from kesu.procedure.written.catalogue import Clause, Held, held_by
from kesu.procedure.written.library import Library
from kesu.procedure.written.rule import Dropped
from kesu.reading.strict import ReadError
from kesu.reading.text import Text

Write = Callable[..., Library]

GROUND = """
    posts: {clerk: {title: {zh: 经办员, en: Clerk}, last resort: boss}, boss: {title: {zh: 主任, en: Boss}}}
    settings: {contact time: {value: 3 working days, kind: span, title: {zh: 联系时限, en: Time for first contact}}}
    steps:
      received: {by: everybody, outside: "yes", asks: [account]}
      accepted: {by: clerk, asks: [grade]}
      closed: {by: clerk, asks: [closing summary]}
    ends: [closed]
    rules:
      - {rule: contact in time, clause: [X-1], within: <contact time>, from: received, to: accepted}
      - {rule: accepted first, clause: [X-2], at: closed, after: accepted}
"""


@pytest.fixture
def library(tmp_path: Path) -> Write:
    def write(**files: str) -> Library:
        for name, text in {"ground": GROUND, **files}.items():
            (tmp_path / name).mkdir()
            head = f'procedure: {name}\ntitle: {{zh: 程序, en: Procedure}}\nedition: "1"\nkind: case\n'
            (tmp_path / name / "procedure.yaml").write_text(head + textwrap.dedent(text), encoding="utf-8")
        return Library(tmp_path)

    return write


def refusal(library: Library) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught:
        library.load("own")
    return caught.value.in_("en"), caught.value.in_("zh")


def test_an_inherited_rule_holds_the_clauses_for_which_the_own_paper_cites_it(library: Write) -> None:
    flat = library(own="extends: ground\ncites: {accepted first: [P-7, P-8]}\n").load("own")
    rule = flat.by_name["accepted first"]
    assert (rule.origin, rule.clauses, rule.cited) == ("ground", ("X-2", "P-7", "P-8"), ("P-7", "P-8"))
    clause = Clause("P-7", "P", "duty", "M", "", "")
    assert held_by(clause, flat) == Held(clause, "own", "enforced", "", ("accepted first",))
    assert held_by(Clause("X-2", "X", "duty", "M", "", ""), flat) is None


def test_what_an_edition_cites_stands_in_its_text(library: Write) -> None:
    files = library(own="extends: ground\ncites: {accepted first: [P-7]}\n")
    read = from_canonical(canonical(files, "own", settings={}))
    assert read.by_name["accepted first"].cited == ("P-7",)


@pytest.mark.parametrize(
    ("more", "en", "zh"),
    [
        (
            "cites: {accepted frst: [P-7]}\n",
            "own/procedure.yaml, line 6: “cites” names no inherited rule “accepted frst”; did you mean “accepted first”?",
            "own/procedure.yaml 第 6 行：“cites”里没有叫“accepted frst”的规则；是不是“accepted first”？",
        ),
        (
            "cites: {accepted first: []}\n",
            "own/procedure.yaml, line 6: “cites” names no clause for “accepted first”",
            "own/procedure.yaml 第 6 行：“cites”里“accepted first”没有写条款",
        ),
        (
            "cites: {mine: [P-1]}\nrules: [{rule: mine, at: closed, after: accepted}]\n",
            "own/procedure.yaml, line 6: “mine” is a rule of this file; write its clauses at the rule",
            "own/procedure.yaml 第 6 行：“mine”是本文件自己的规则；请把条款写在那条规则里",
        ),
        (
            "settings: {contact time: {value: not asked}}\ncites: {contact in time: [P-1]}\n",
            "own/procedure.yaml, line 7: “cites” names the rule “contact in time”, which a setting takes out (not asked)",
            "own/procedure.yaml 第 7 行：“cites”里的规则“contact in time”已按设定去掉（不要求）",
        ),
        (
            "without: {accepted first: {zh: 无, en: there is another way}}\n",
            "own/procedure.yaml, line 6: “without” gives no reason for dropping “accepted first”",
            "own/procedure.yaml 第 6 行：“without”没有写明为什么去掉“accepted first”",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_it_is_said_with_its_line(library: Write, more: str, en: str, zh: str) -> None:
    assert refusal(library(own="extends: ground\n" + more)) == (en, zh)


def test_a_setting_that_is_not_asked_takes_its_rules_out_and_the_procedure_says_so(library: Write) -> None:
    files = library(own="extends: ground\nsettings: {contact time: {value: not asked}}\n")
    flat = files.load("own")
    gone = Dropped(
        "contact in time",
        "ground",
        Text("设定“联系时限”：不要求", "setting “Time for first contact”: not asked"),
    )
    assert ([rule.name for rule in flat.rules if not rule.of_steps], flat.dropped) == (
        ["accepted first"],
        (gone,),
    )
    assert files.load("ground", settings={"contact time": "not asked"}).dropped == (gone,)
    assert files.load("own", settings={"contact time": "2 working days"}).dropped == ()


def test_a_rule_that_is_dropped_says_why_in_both_languages(library: Write) -> None:
    flat = library(
        own="extends: ground\nwithout: {accepted first: {zh: 当场办结, en: ended on the spot}}\n"
    ).load("own")
    assert flat.dropped == (Dropped("accepted first", "own", Text("当场办结", "ended on the spot")),)


def test_a_later_file_changes_of_a_step_a_post_and_a_setting_what_it_says_and_no_more(library: Write) -> None:
    own = """
        extends: ground
        posts: {clerk: {title: {zh: 客服, en: Service desk}}}
        settings: {contact time: {value: 1 working day}}
        steps:
          received: {}
          accepted: {asks: [grade, text]}
          closed: {asks: []}
    """
    flat = library(own=own).load("own")
    received, accepted, closed = (flat.steps[name] for name in ("received", "accepted", "closed"))
    assert (received.outside, received.asks, accepted.asks, closed.asks) == (
        True,
        ("account",),
        ("grade", "text"),
        (),
    )
    assert (flat.posts["clerk"].title.en, flat.posts["clerk"].last_resort) == ("Service desk", "boss")
    assert (flat.settings["contact time"].value, flat.settings["contact time"].kind) == (
        "1 working day",
        "span",
    )
    taken = [rule for rule in flat.rules if rule.of_steps]
    assert [sentence(rule, flat, "zh") for rule in taken] == [
        "“收到投诉”谁都可以办，评审员只看不办。",
        "“受理”、“结案”由客服办。",
    ]


def test_an_edition_of_the_first_release_is_read_as_then_a_later_step_replaced_the_earlier_whole(
    library: Write,
) -> None:
    files = library(own="extends: ground\nsteps: {accepted: {by: clerk}}\n")
    text = canonical(files, "own", settings={})
    assert from_canonical(text).steps["accepted"].asks == ("grade",)
    assert from_canonical(text.replace('{"language":2,', "{")).steps["accepted"].asks == ()

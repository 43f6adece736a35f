"""Posts are held for a time; a stand-in is refused one minute after it ends; nobody stands in for himself."""

from __future__ import annotations

import pytest
from tests.office.caseload.office import Office, at

from kesu.caseload.acting.answers import Done, Refused
from kesu.people.directory import directory_of


def test_a_post_is_held_from_its_first_instant_until_just_before_its_last(office: Office) -> None:
    person = office.persons["ren"]
    facts = {"person": person, "unit": "lab", "from": at("2026-04-01 00:00"), "until": at("2026-05-01 00:00")}
    office.note("post/quality manager", "post taken", facts, now=at("2026-03-20 09:00"))
    held = [
        [one.post for one in directory_of("hengce").seats_of(person, at(moment))]
        for moment in ("2026-03-31 23:59", "2026-04-01 00:00", "2026-04-30 23:59", "2026-05-01 00:00")
    ]
    assert held == [
        ["registrar"],
        ["registrar", "quality manager"],
        ["registrar", "quality manager"],
        ["registrar"],
    ]


def test_a_stand_in_acts_to_the_minute(office: Office) -> None:
    first, second = office.receive("2026-03-02 09:00").file, office.receive("2026-03-02 09:05").file
    facts = {
        "person": office.persons["lin"],
        "behalf": office.persons["gu"],
        "from": at("2026-03-03 08:00"),
        "until": at("2026-03-03 18:00"),
    }
    office.note("post/quality manager", "stand-in named", facts, now=at("2026-03-02 17:00"))
    ways = {"post": "quality manager", "behalf": office.persons["gu"], "facts": {"ours": "yes"}}
    before = office.attempt("accepted", "lin", "2026-03-03 07:59", file=first, **dict(ways))
    in_time = office.attempt("accepted", "lin", "2026-03-03 17:59", file=first, **dict(ways))
    after = office.attempt("accepted", "lin", "2026-03-03 18:00", file=second, **dict(ways))
    assert (type(before), type(in_time), type(after)) == (Refused, Done, Refused)
    assert isinstance(after, Refused)
    assert after.sentences("en") == [
        "lin of hengce does not stand in for gu of hengce as Quality manager at this time; the administrator can name a stand-in"
    ]


def test_nobody_stands_in_for_himself(office: Office) -> None:
    gu = office.persons["gu"]
    facts = {"person": gu, "behalf": gu, "from": at("2026-03-03 08:00"), "until": at("2026-03-04 08:00")}
    answer = office.try_note("post/quality manager", "stand-in named", facts, now=at("2026-03-02 09:00"))
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["不能代理自己"]


def test_a_stand_in_takes_the_place_of_a_holder_only(office: Office) -> None:
    facts = {
        "person": office.persons["lin"],
        "behalf": office.persons["zhou"],
        "from": at("2026-03-03 08:00"),
        "until": at("2026-03-04 08:00"),
    }
    answer = office.try_note("post/quality manager", "stand-in named", facts, now=at("2026-03-02 09:00"))
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["被代理的人那时不任此岗位"]


def test_a_post_that_one_does_not_hold_cannot_be_claimed(office: Office) -> None:
    file = office.receive().file
    answer = office.attempt("accepted", "zhou", "2026-03-02 10:00", file=file, post="quality manager")
    assert isinstance(answer, Refused)
    assert answer.findings == ()
    assert answer.sentences("zh") == ["zhou of hengce此时不任质量负责人；请由任此岗位的人办"]


def test_who_has_left_the_post_is_refused_from_that_instant(office: Office) -> None:
    number = office.note(
        "post/quality manager",
        "post taken",
        {"person": office.persons["lin"], "unit": "lab", "from": at("2026-01-10 09:00")},
        now=at("2026-01-10 09:00"),
    )
    leave = {"entry": number, "until": at("2026-03-02 10:00")}
    office.note("post/quality manager", "post left", leave, now=at("2026-03-01 09:00"))
    answers = []
    for minute in ("09:59", "10:00"):
        file = office.receive("2026-03-02 09:00").file
        now = f"2026-03-02 {minute}"
        ways = {"post": "quality manager", "facts": {"ours": "yes"}}
        answers.append(type(office.attempt("accepted", "lin", now, file=file, **ways)))
    assert answers == [Done, Refused]


@pytest.mark.parametrize(
    ("file", "step", "facts", "said"),
    [
        (
            "organisation/hengce",
            "unit moved",
            {"unit": "lab", "under": "chemistry"},
            "“chemistry”不能作为“lab”的上级",
        ),
        ("organisation/hengce", "unit added", {"unit": "lab", "title": "x"}, "部门“lab”已经有了"),
        ("organisation/hengce", "unit closed", {"unit": "lab"}, "“lab”还有下级部门，先撤下级"),
        ("organisation/hengce", "founded", {"title": "x", "zone": "Asia/Shanghai"}, "本单位已经登记"),
        ("post/quality manager", "post taken", {"person": "p-gu", "unit": "lab"}, "缺少“from”"),
        ("post/quality manager", "post taken", {"person": "p-nobody"}, "名册中没有“p-nobody”这个人"),
        ("person/p-gu", "person registered", {"name": "顾"}, "此人已经登记"),
        ("person/p-new", "renamed", {"name": "顾"}, "先登记此人"),
        ("setting/office-trial", "set", {"name": "check time", "value": "no limit"}, "设为“不限”要写理由"),
        ("person/p-gu", "dismissed", {}, "没有这样的登记：person/p-gu，dismissed"),
        (
            "person/p-new",
            "person registered",
            {"name": "x", "age": "9"},
            "没有“age”这一项；可用的有 name、sign in、external",
        ),
    ],
)
def test_what_a_register_refuses(
    office: Office, file: str, step: str, facts: dict[str, str], said: str
) -> None:
    answer = office.try_note(file, step, facts, now=at("2026-03-02 09:00"))
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == [said]


def test_registers_are_kept_by_their_own_posts(office: Office) -> None:
    facts = {"person": office.persons["zhou"], "unit": "main", "from": at("2026-03-02 09:00")}
    answer = office.try_note(
        "post/quality manager", "post taken", facts, now=at("2026-03-02 09:00"), by="zhou"
    )
    assert isinstance(answer, Refused)
    assert answer.sentences("en") == ["this is done by: administrator"]


def test_nobody_enters_work_of_his_own_on_a_subject_item(office: Office) -> None:
    now = at("2026-02-01 09:00")
    office.note("item/R-118", "item registered", {"kind": "report"}, now=now, by="ren")
    answer = office.try_note(
        "item/R-118", "work done", {"person": office.persons["ren"], "what": "测试"}, now=now, by="ren"
    )
    assert isinstance(answer, Refused)
    assert answer.sentences("zh") == ["本人做的工作要由别人登记"]


def test_units_above_a_person_follow_the_tree_of_that_day(office: Office) -> None:
    shen = office.persons["shen"]
    facts = {"unit": "chemistry", "under": "main"}
    office.note("organisation/hengce", "unit moved", facts, now=at("2026-03-10 09:00"))
    directory = directory_of("hengce")
    assert directory.units_above(shen, at("2026-03-10 08:59")) == ("chemistry", "lab", "main")
    assert directory.units_above(shen, at("2026-03-10 09:00")) == ("chemistry", "main")

"""Every rule of the house can be read aloud, and every refusal says why, in both languages."""

from __future__ import annotations

import re

import pytest
from tests.rulebook.small import says, written

from kesu.casework.deciding.replay import replay
from kesu.casework.examples.trying import exemplified
from kesu.casework.file.case_file import CaseFile
from kesu.procedure.saying.sentence import reason, sentence
from kesu.procedure.saying.slots_in_words import Saying, slot_in_words
from kesu.procedure.written.library import here
from kesu.reading.text import Text, listed
from kesu.worktime.china import china_calendar

ODD = re.compile(r"…|\{|\}|  |None|\(\)|（）|“”|、、|，，|。。| ,| \.")
HALF_WIDTH = re.compile(r"[一-鿿][,;:!?]|[,;:!?][一-鿿]")


def odd(zh: str, en: str) -> bool:
    return bool(ODD.search(zh) or ODD.search(en) or HALF_WIDTH.search(zh) or re.search(r"[一-鿿]", en))


def test_no_sentence_of_the_house_has_a_gap_in_it() -> None:
    found = []
    for name in here().names():
        procedure = exemplified(here(), name)[0]
        for rule in procedure.rules:
            zh, en = sentence(rule, procedure, "zh"), sentence(rule, procedure, "en")
            if odd(zh, en) or not zh.endswith("。") or not en.endswith(".") or en[0].islower():
                found.append((name, rule.name, zh, en))
    assert found == []


def test_no_reason_of_a_breach_in_the_examples_has_a_gap_in_it() -> None:
    procedure, examples = exemplified(here(), "lab-pd-007")
    said: dict[str, tuple[str, str]] = {}
    for example in examples:
        if example.kept or example.judged is None or example.rule in said:
            continue
        file = CaseFile(procedure, calendar=china_calendar())
        *_, (_, found) = replay(file, (*example.given, example.judged))
        for one in found:
            if one.outcome.reason and one.rule == example.rule:
                said[one.rule] = (reason(one, procedure, "zh"), reason(one, procedure, "en"))
    assert len(said) > 60
    assert {rule: text for rule, text in said.items() if odd(*text) or text[0].endswith("。")} == {}


def test_several_things_are_listed_as_people_do() -> None:
    assert [listed(list("abc")[:n], "en") for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(["甲", "乙", "丙"], "zh") == "甲、乙、丙"


def test_a_condition_goes_before_its_rule_and_things_behind() -> None:
    whole = written(
        'when: {grade: major, ours: "yes"}\nfor each: topic\nbefore: found\nmust have: investigated'
    )
    assert says(whole) == Text(
        zh="级别为“重大”，且属于本机构负责的活动的：“作出认定”之前要有“调查核实”（每一项投诉事项）。",
        en="Where grade is “Major” and ours to answer for is “yes”, before “Finding made”: “Investigated” (for each topic).",
    )


def test_every_test_of_a_condition_has_its_words() -> None:
    tests = {
        "major": ("级别为“重大”", "grade is “Major”"),
        "not major": ("级别不是“重大”", "grade is not “Major”"),
        "[major, ordinary]": ("级别为“重大”或“一般”", "grade is “Major” or “Ordinary”"),
    }
    for value, (zh, en) in tests.items():
        said = says(written(f"when: {{grade: {value}}}\nfirst: received"))
        assert (said.zh.partition("的：")[0], said.en.partition(", ")[0]) == (zh, f"Where {en}")
    amounts = {
        "over": ("超过", "is over"),
        "under": ("不满", "is under"),
        "at least": ("达到", "is at least"),
        "up to": ("不超过", "is up to"),
    }
    for test, (zh, en) in amounts.items():
        said = says(written(f"when: {{amount: {test} 500}}\nfirst: received"))
        assert (said.zh.partition("的：")[0], said.en.partition(", ")[0]) == (
            f"金额{zh}“500”",
            f"Where amount {en} “500”",
        )


def test_a_rule_that_is_not_the_procedure_s_own_is_said_anew_and_not_kept() -> None:
    own, other = written("at: found\nby: boss"), written("at: found\nby: lead")
    assert sentence(other.by_name["the rule"], own, "en") == "The lead takes “Finding made”."
    assert says(own).en == "The boss takes “Finding made”."


def test_what_is_no_slot_is_said_in_no_words() -> None:
    with pytest.raises(TypeError, match="no slot of a sentence"):
        slot_in_words("lead", Saying(written(), "en"))  # type: ignore[arg-type]


UNSET = """
settings:
  answer time: {value: to be set, kind: span, title: {zh: 答复时限, en: Time for the answer}}
  second time: {value: to be set, kind: span, title: {zh: 再答时限, en: Time for the second answer}}
  big amount: {value: to be set, kind: money, title: {zh: 大额, en: Large amount}}
  extender: {value: to be set, kind: post, title: {zh: 准予的岗位, en: Post that extends}}
  hard topics: {value: to be set, kind: topic list, title: {zh: 难办的事项, en: Hard topics}}
  lateness: {value: to be set, kind: force, title: {zh: 逾期的处理, en: Effect of lateness}}
"""


def test_a_setting_without_a_value_is_said_by_its_title_and_never_by_what_stands_in() -> None:
    told = written(
        "rule: time\nwithin: <answer time>\naim: <second time>\nfrom: accepted\nto: result notified",
        "rule: amount\nwhen: {demanded amount: at least <big amount>}\nfollows: {grade: major}",
        "rule: post\nat: window extended\nby: [lead, <extender>]",
        "rule: topics\nwhen: {topic: <hard topics>}\nat: found\nafter: investigated",
        "rule: force\nforce: <lateness>\nat: found\nafter: investigated",
        more=UNSET,
    )
    assert [says(told, name) for name in ("time", "amount", "post", "topics", "force")] == [
        Text(
            zh="“受理”之后【答复时限】内要有“通报处理结果”，争取【再答时限】内。",
            en="Within [time for the answer] of “Accepted”, if possible within [time for the second answer]: “Result notified”.",
        ),
        Text(
            zh="要求的金额达到【大额】的：这时级别定为“重大”。",
            en="Where amount demanded is at least [large amount], then grade is “Major”.",
        ),
        Text(
            zh="“准予延长提出期限”由组长或【准予的岗位】办。",
            en="The lead or [post that extends] takes “Time for objecting extended”.",
        ),
        Text(
            zh="投诉事项为【难办的事项】的：“作出认定”之前要先有“调查核实”。",
            en="Where topic is [hard topics], “Finding made”: only after “Investigated”.",
        ),
        Text(
            zh="“作出认定”之前要先有“调查核实”。（待定：“逾期的处理”）",
            en="“Finding made”: only after “Investigated”. (To be set: “effect of lateness”.)",
        ),
    ]

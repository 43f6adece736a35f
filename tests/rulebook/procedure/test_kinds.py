"""What every kind of fact keeps to, whatever it is; a kind that somebody adds is held to the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu.procedure import words
from kesu.procedure.kinds import Filled, Kind, kinds
from kesu.procedure.kinds.files import named
from kesu.procedure.kinds.kind import LONGEST
from kesu.procedure.kinds.line_sums import yuan
from kesu.procedure.words import FactWord
from kesu.reading.strict import Block, read_text
from kesu.reading.text import Text

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
ZONE = "Asia/Shanghai"
CHOICES = {"one": Text("甲", "One"), "two": Text("乙", "Two")}

# What somebody types, the same in a file of examples, the same in a cell of a log, and the value that all three give.
GIVEN: Mapping[str, tuple[Filled, str, str, Any]] = {
    "text": (Filled(["味道不对 "]), "'味道不对 '", "味道不对", "味道不对"),
    "word": (Filled([" B-1 "]), "B-1", "B-1", "B-1"),
    "choice": (Filled(["one"]), "one", "one", "one"),
    "list": (Filled(["one", "two"]), "[one, two]", "one;two", ["one", "two"]),
    "yesno": (Filled(["one"]), "one", "one", "one"),
    "number": (Filled(["１．１０"]), "'1.10'", "1.10", "1.10"),
    "quantity": (Filled(["２"]), "'2'", "2", "2"),
    "whole number": (Filled(["十二"]), "'12'", "12", "12"),
    "money": (Filled(["1,200.50 元"]), "壹仟贰佰元伍角整", "￥1200.50", "1200.50"),
    "instant": (Filled(["3.6 17:10"]), "'2026-03-06T17:10:00+08:00'", "", "2026-03-06T17:10:00+08:00"),
    "date": (Filled(["3月6日"]), "'2026-03-06'", "", "2026-03-06"),
    "person": (Filled(["p-1"]), "p-1", "p-1", "p-1"),
    "persons": (Filled(["p-1", "p-2"]), "[p-1, p-2]", "p-1;p-2", ["p-1", "p-2"]),
    "unit": (Filled(["u-1"]), "u-1", "u-1", "u-1"),
    "units": (Filled(["u-1"]), "u-1", "u-1", ["u-1"]),
    "thing": (Filled(["photo"]), "photo", "photo", "photo"),
    "things": (Filled(["photo", "invoice"]), "[photo, invoice]", "photo;invoice", ["photo", "invoice"]),
    "checklist": (
        Filled(answers={"one": "不需要：已查"}),
        "{one: 'not needed: 已查'}",
        "",
        {"one": "not needed: 已查"},
    ),
    "lines": (
        Filled(rows=[{"article": "茶", "quantity": "3"}]),
        "[{article: 茶, quantity: '3'}]",
        '[{"article": "茶", "quantity": 3}]',
        [{"article": "茶", "quantity": "3"}],
    ),
    "files": (
        Filled([json.dumps(named("收条"))]),
        "收条",
        "收条",
        [
            {
                "digest": "ef6bba4082070a28ef17318fbde8c9f01b0ef8a911fe405266476b6933138a5f",
                "name": "收条",
                "size": "6",
                "sort": "",
                "type": "text/plain",
            }
        ],
    ),
    "counts": (Filled(["{}"]), "{}", "", {"topic": {"conduct": "3"}}),
}
NOT_IN_A_COLUMN = {"checklist", "counts"}
NOT_TYPED = {"counts"}
JUNK = st.one_of(
    st.none(),
    st.text(),
    st.text(alphabet="\ud800\udfff\x00\x1f,;{}[]\"'元0123456789.eE+-"),
    st.integers(),
    st.floats(),
    st.lists(st.one_of(st.text(), st.dictionaries(st.text(), st.text()), st.none()), max_size=4),
    st.dictionaries(
        st.sampled_from(["one", "two", "article", "quantity", "price", "x"]), st.text(), max_size=4
    ),
)


@dataclass(frozen=True)
class OfALog:
    """A cell as a mapping has it read."""

    said: str

    def text(self) -> str:
        return self.said

    def parts(self) -> list[str]:
        return self.said.split(";")

    def value_of(self, text: str) -> str:
        return text

    def moment(self) -> datetime:
        return datetime(2026, 3, 6, 9, 10, tzinfo=UTC).astimezone(
            datetime.fromisoformat(GIVEN["instant"][3]).tzinfo
        )

    def day(self) -> date:
        return date(2026, 3, 6)

    def refuse(self, value: object, said: Text) -> NoReturn:
        raise ValueError(said.en)


class Called:
    """Names as a test has them."""

    def person(self, person: str) -> str:
        return f"name of {person}"

    def unit(self, unit: str) -> str:
        return f"title of {unit}"

    def word(self, word: str) -> Text:
        return Text(word, word)

    def fact(self, word: str) -> Text:
        return Text(word, word)

    def counted(self, word: str, value: str) -> Text:
        return Text(value, value)


def every(*left_out: str) -> pytest.MarkDecorator:
    """All kinds but some, each by its name."""
    return pytest.mark.parametrize(
        "kind", [one for name, one in kinds().items() if name not in left_out], ids=str
    )


def _in_yaml(text: str, kind: Kind) -> Any:
    block = read_text(f"fact: {text}", file="a story")
    assert isinstance(block, Block)
    return kind.from_yaml(block["fact"], word="fact")


def test_every_kind_is_tried_here() -> None:
    assert set(GIVEN) == set(kinds())


@every(*NOT_TYPED)
def test_what_is_typed_is_what_a_file_of_examples_says(kind: Kind) -> None:
    filled, in_yaml, _, value = GIVEN[kind.name]
    typed = kind.from_form(filled, now=NOW, zone=ZONE)
    assert typed is not None
    assert (typed.value, _in_yaml(in_yaml, kind)) == (
        (value, value) if kind.name != "text" else ("味道不对 ",) * 2
    )


@every(*NOT_IN_A_COLUMN)
def test_a_cell_of_a_log_gives_the_same_value(kind: Kind) -> None:
    assert kind.from_cell(OfALog(GIVEN[kind.name][2])) == GIVEN[kind.name][3]


@every()
def test_what_it_gives_it_accepts_and_says_in_both_languages(kind: Kind) -> None:
    value = GIVEN[kind.name][3]
    assert kind.wrong(value, tuple(CHOICES)) is None or kind.name == "counts"
    said = kind.in_words(value, choices=CHOICES, names=Called())
    items = kind.items(value, choices=CHOICES, names=Called())
    assert all((text.zh, text.en) > ("", "") for text in (said, *(text for item in items for text in item)))


@every()
def test_not_known_is_an_answer_in_a_file_and_nothing_typed_is_none(kind: Kind) -> None:
    assert _in_yaml("not known", kind) is None
    assert kind.from_form(Filled(), now=NOW, zone=ZONE) is None


@every()
@given(value=JUNK)
def test_no_value_makes_it_raise(kind: Kind, value: Any) -> None:
    wrong = kind.wrong(value, tuple(CHOICES))
    assert wrong is None or (wrong.zh and wrong.en)
    kind.adds(value, in_units=False)
    kind.in_words(value, choices=CHOICES, names=Called())
    kind.items(value, choices=CHOICES, names=Called())


@every("checklist", "lines")
@given(texts=st.lists(st.text(), max_size=3))
def test_nothing_that_somebody_types_makes_it_raise(kind: Kind, texts: list[str]) -> None:
    typed = kind.from_form(Filled([text for text in texts if text.strip()]), now=NOW, zone=ZONE)
    if typed is not None:
        wrong = kind.wrong(typed.value, tuple(CHOICES))
        assert wrong is None or (wrong.zh and wrong.en)


@every()
def test_its_capabilities_do_not_contradict_each_other(kind: Kind) -> None:
    assert not (kind.several and kind.one_text)
    assert not (kind.free_text and (kind.tells_alike or kind.classes or kind.summed)), "it can be erased"
    assert not (kind.inside and kind.own_words), "what stays inside is nobody’s own words"
    assert not kind.single_figure or kind.summed
    assert all(name in kinds() for name in kind.only_item)
    assert kind.holds(kind)


@pytest.mark.parametrize(
    ("kind", "taken", "refused"),
    [
        ("number", ["-1", "0", "1.10"], ["1e3", "+1", "1,5", "", "１", ".5", "1.", "1" * 16, "1.1234567"]),
        ("quantity", ["0.000001", "1", "2.50"], ["0", "0.00", "-2", "1e3", "∞", "NaN"]),
        ("whole number", ["0", "12"], ["-1", "1.0", "1e3", "half"]),
        ("money", ["0", "0.01", "500.00", "12.500"], ["-5", "500.005", "1e3", "¥5", "5 元", "1,200"]),
    ],
)
def test_a_figure_has_its_sign_and_its_smallest_unit(kind: str, taken: list[str], refused: list[str]) -> None:
    assert [kinds()[kind].wrong(figure, ()) for figure in taken] == [None] * len(taken)
    assert all(kinds()[kind].wrong(figure, ()) for figure in refused)


def test_what_is_wrong_with_a_figure_says_what_is_wanted() -> None:
    assert (kinds()["quantity"].wrong("-2", ()), kinds()["money"].wrong("500.005", ())) == (
        Text("应是大于 0 的数，不是“-2”", "has to be a number over 0, not “-2”"),
        Text("金额最多两位小数", "an amount has at most two decimals"),
    )


def test_a_negative_figure_of_a_log_is_read_for_the_review_to_say_and_what_is_none_is_refused() -> None:
    assert kinds()["money"].from_cell(OfALog("-5")) == "-5"
    with pytest.raises(ValueError, match="is no number"):
        kinds()["quantity"].from_cell(OfALog("1e3"))


def test_a_text_holds_what_reads_as_text_and_a_list_its_only_item() -> None:
    held = {
        str(one): sorted(str(other) for other in kinds().values() if other is not one and one.holds(other))
        for one in kinds().values()
    }
    assert {name: others for name, others in held.items() if others} == {
        "text": [
            "choice",
            "date",
            "instant",
            "money",
            "number",
            "quantity",
            "thing",
            "whole number",
            "word",
            "yesno",
        ],
        "word": ["thing"],
        "thing": ["word"],
        "list": ["choice"],
        "persons": ["person"],
        "units": ["unit"],
        "things": ["thing", "word"],
    }


def test_a_word_asks_its_kind_what_it_can() -> None:
    topic = words.facts()["topic"]
    assert isinstance(topic, FactWord)
    assert (str(topic.kind), topic.kind.several, topic.erasable, words.facts()["account"].erasable) == (
        "list",
        True,
        False,
        True,
    )


def test_an_item_of_a_checklist_is_answered_by_a_text() -> None:
    checklist = kinds()["checklist"]
    assert checklist.wrong({"one": 3}, tuple(CHOICES)) == Text("应是一段文字", "has to be a text")
    assert checklist.wrong({"one": "\ud800"}, tuple(CHOICES)) == Text(
        "含有不完整的字符，请重新输入", "holds half a character; type it again"
    )


def test_an_item_that_is_answered_keeps_its_words_and_one_not_needed_is_written_as_rules_know_it() -> None:
    for typed, known in (
        ("已查看", "已查看"),
        ("不需要", "not needed"),
        ("not needed: seen", "not needed: seen"),
    ):
        given = kinds()["checklist"].from_form(Filled(answers={"one": typed}), now=NOW, zone=ZONE)
        assert given is not None
        assert given.value == {"one": known}


def test_a_cell_that_holds_no_number_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="is no number"):
        kinds()["number"].from_cell(OfALog("three"))


def test_an_amount_is_written_with_two_decimals_or_as_many_as_it_has() -> None:
    assert [yuan(Decimal(amount)) for amount in ("0", "3", "3.5", "3.50", "1E+1", "0.125")] == [
        "0.00",
        "3.00",
        "3.50",
        "3.50",
        "10.00",
        "0.125",
    ]


def test_a_text_that_is_too_long_belongs_into_an_attachment() -> None:
    assert kinds()["text"].wrong("字" * LONGEST, ()) is None
    wrong = kinds()["text"].wrong("字" * (LONGEST + 1), ())
    assert wrong == Text(
        f"最长 {LONGEST} 字，现在 {LONGEST + 1} 字；请放进附件",
        f"at most {LONGEST} characters, this has {LONGEST + 1}; attach it instead",
    )

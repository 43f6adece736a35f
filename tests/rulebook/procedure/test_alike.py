"""When two texts name the same item, batch, product or receipt: as people write them, kept as written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu.procedure.kinds.alike import alike, matched, spellings


@pytest.mark.parametrize(
    "spelt",
    [
        ("20260211A", "2026 0211A", "20260211-A", "2026-02-11A", "２０２６０２１１ａ", "20260211A批", "批号：20260211A", "2026\u200b0211A", "2026–0211—A"),
        ("纯牛奶 250ml", "纯牛奶250ml", "纯牛奶(250ml)", "纯牛奶（250毫升）", "纯牛奶 250 ML", "纯牛奶　２５０ ｍｌ"),
        ("XP-1", "XP 1", "No. XP-1", "№XP1", "xp_1"),
        ("奶粉 1 公斤", "奶粉1kg", "奶粉1千克"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_one(spelt: tuple[str, ...]) -> None:
    assert len({matched(text) for text in spelt}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HC-9999", "HC-0099"),
        ("250ml", "250g"),
        ("1.5l", "15l"),
        ("A/1", "A1"),
        ("克明面 1", "g明面 1"),
        ("-", "—x"),
    ],
)
def test_other_names_are_others(one: str, other: str) -> None:
    assert matched(one) != matched(other)


def test_what_is_nothing_but_marks_is_still_something() -> None:
    assert (matched("—"), matched("批"), matched("No.")) == ("—", "批", "no.")


def test_a_value_is_looked_up_as_it_was_before_and_as_people_write_it() -> None:
    assert spellings("XP 1", loosely=True) == ("xp 1", "xp1")
    assert spellings("XP 1", loosely=False) == ("xp 1",)


@given(st.text())
def test_folding_twice_is_folding_once_and_what_was_alike_stays_so(text: str) -> None:
    assert matched(alike(text)) == matched(text)
    assert not text.strip() or matched(text)

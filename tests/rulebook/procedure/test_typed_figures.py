"""Figures as people in an office type them: what is read, and what is left for somebody to type again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kesu.procedure.kinds.typed_figures import typed_amount, typed_figure

DIGITS, UNITS, SECTIONS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), ("", "万", "亿")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1200", "1200"),
        (" １２００ ", "1200"),
        ("1.10", "1.10"),
        ("1,200.50", "1200.50"),
        ("1，200", "1200"),
        ("1 200 300", "1200300"),
        ("1.2万", "12000"),
        ("3亿", "300000000"),
        ("十二", "12"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("〇", "0"),
        ("-2", "-2"),
    ],
)
def test_a_figure_is_read_in_digits(typed: str, read: str) -> None:
    assert typed_figure(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("¥1200", "1200"),
        ("￥1,200.50元", "1200.50"),
        ("人民币 1200 元整", "1200"),
        ("RMB 30", "30"),
        ("12 CNY", "12"),
        ("壹仟贰佰元整", "1200"),
        ("人民币壹仟贰佰圆正", "1200"),
        ("壹万零伍拾元叁角", "10050.30"),
        ("贰拾元零伍分", "20.05"),
        ("伍角", "0.50"),
        ("拾元", "10"),
        ("两百块", "200"),
        ("叁亿零肆佰万元", "304000000"),
    ],
)
def test_an_amount_is_read_without_its_currency(typed: str, read: str) -> None:
    assert typed_amount(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "12,50",
        "1,20,000",
        "1e3",
        "佰元",
        "壹贰元",
        "零零元",
        "元",
        "壹仟仟元",
        "about 5",
        "5盒",
        "1.2.3",
        "--1",
        "¥",
    ],
)
def test_what_is_no_figure_stays_as_it_was_typed(typed: str) -> None:
    assert typed_amount(typed) == typed


def _written(amount: int) -> str:
    """An amount as a clerk writes it out."""
    sections = []
    for place, section in enumerate(SECTIONS):
        part = amount // 10 ** (4 * place) % 10**4
        said, gap = "", False
        for power in (3, 2, 1, 0):
            digit = part // 10**power % 10
            gap = gap or (not digit and bool(said))
            if digit:
                said += ("零" if gap else "") + DIGITS[digit] + UNITS[power]
                gap = False
        if said:
            short = part < 1000 and amount >= 10 ** (4 * place + 4)
            sections.insert(0, ("零" if short else "") + said + section)
    return "".join(sections) or "零"


@given(st.integers(0, 10**12 - 1), st.integers(0, 9), st.integers(0, 9))
def test_every_amount_that_is_written_out_is_read(yuan: int, jiao: int, fen: int) -> None:
    cents = f"{DIGITS[jiao]}角" * (jiao > 0) + f"{DIGITS[fen]}分" * (fen > 0)
    read = f"{yuan}.{jiao}{fen}" if jiao or fen else str(yuan)
    assert typed_amount(f"{_written(yuan)}元{cents or '整'}") == read


@given(st.text())
def test_nothing_that_is_typed_makes_it_raise(text: str) -> None:
    assert isinstance(typed_figure(text) + typed_amount(text), str)

"""Amounts in the capitals of Chinese papers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kesu.forms.said.capitals import in_capitals


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("1", "壹元整"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("105.20", "壹佰零伍元贰角整"),
        ("1000.01", "壹仟元零壹分"),
        ("3000", "叁仟元整"),
        ("30000", "叁万元整"),
        ("30005.50", "叁万零伍元伍角整"),
        ("100100", "壹拾万零壹佰元整"),
        ("1000000", "壹佰万元整"),
        ("10203040.56", "壹仟零贰拾万叁仟零肆拾元伍角陆分"),
        ("100000000", "壹亿元整"),
        ("100000005", "壹亿零伍元整"),
        ("1000050000", "壹拾亿零伍万元整"),
        ("1000000000000", "壹万亿元整"),
        ("0.004", "零元整"),
        ("0.005", "壹分"),
    ],
)
def test_an_amount_is_written_as_papers_write_it(amount: str, said: str) -> None:
    assert in_capitals(Decimal(amount)) == said


@pytest.mark.parametrize("amount", ["-1", "10000000000000000"])
def test_what_nobody_writes_so_is_left_out(amount: str) -> None:
    assert in_capitals(Decimal(amount)) == ""

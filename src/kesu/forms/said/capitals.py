"""An amount in yuan in the capitals of Chinese papers: 30,000.50 is 叁万元伍角. On what is signed no figure can be altered then."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

FIGURES: Final = "零壹贰叁肆伍陆柒捌玖"
PLACES: Final = ("", "拾", "佰", "仟")
GROUPS: Final = ("", "万", "亿", "万亿")
MOST: Final = Decimal(10) ** 16  # beyond it there is no usual way of writing one


def in_capitals(amount: Decimal) -> str:
    """To the 分, which is as far as papers go. Empty for what nobody writes so: less than nothing, or 10^16 and more."""
    cents = amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    if not 0 <= cents < MOST:
        return ""
    whole, rest = divmod(int(cents * 100), 100)
    tenths, hundredths = divmod(rest, 10)
    text = f"{_whole(whole)}元" if whole or not rest else ""
    if not rest:
        return f"{text}整"
    if tenths:
        text += f"{FIGURES[tenths]}角"
    elif whole:
        text += FIGURES[0]
    return text + (f"{FIGURES[hundredths]}分" if hundredths else "整")


def _whole(number: int) -> str:
    """A whole number, four figures at a time; zeros within it are said once, those at the end not at all."""
    if not number:
        return FIGURES[0]
    text, gap = "", False
    for place in range(len(GROUPS) - 1, -1, -1):
        group = number // 10000**place % 10000
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += FIGURES[0]
        text += _group(group) + GROUPS[place]
        gap = False
    return text


def _group(group: int) -> str:
    text, gap = "", False
    for place in range(3, -1, -1):
        figure = group // 10**place % 10
        if not figure:
            gap = bool(text)
            continue
        text += (FIGURES[0] if gap else "") + FIGURES[figure] + PLACES[place]
        gap = False
    return text

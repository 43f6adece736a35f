"""Chinese numerals up to 9,999, as papers number their chapters."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "零一二三四五六七八九"
PLACES: Final = {"十": 10, "百": 100, "千": 1000}
SAME: Final = str.maketrans({"两": "二", "〇": "零"})


def chinese(count: int) -> str:
    """A whole number above 0 and below 10,000 in Chinese: 3 三, 12 十二, 20 二十, 105 一百零五."""
    written, gap = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, count = divmod(count, place)
        if digit == 0:
            gap = bool(written)
            continue
        written += ("零" if gap else "") + DIGITS[digit] + word
        gap = False
    return written[1:] if written.startswith("一十") else written


def number(written: str) -> int | None:
    """The number that is written in Chinese or in digits; None where it is neither."""
    if written.isdecimal():
        return int(written)
    total = digit = 0
    for sign in written.translate(SAME):
        if sign in PLACES:
            total += (digit or 1) * PLACES[sign]
            digit = 0
        elif sign in DIGITS:
            digit = DIGITS.index(sign)
        else:
            return None
    return total + digit if written else None

"""Figures as people in an office type them: １２００, 1,200.50 元, ¥1200, 1.2万, 壹仟贰佰元整."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

# Characters that look like a figure written out, by the ones under which they are read; formal and everyday writing alike.
WRITTEN: Final = str.maketrans(
    "〇○零一二两三四五六七八九弍貳叁參叄陸十百千萬億圓圆块塊正",
    "零零零壹贰贰叁肆伍陆柒捌玖贰贰叁叁叁陆拾佰仟万亿元元元元整",
)
DIGITS: Final = {mark: place for place, mark in enumerate("零壹贰叁肆伍陆柒捌玖")}
TENS: Final = {"拾": 10, "佰": 100, "仟": 1000, "万": 10**4, "亿": 10**8}
_DIGIT = "[壹贰叁肆伍陆柒捌玖]"
_UP_TO_9999 = f"(?:{_DIGIT}仟)?(?:零)?(?:{_DIGIT}佰)?(?:零)?(?:{_DIGIT}?拾)?(?:零)?{_DIGIT}?"
WHOLE: Final = re.compile(f"(?:({_UP_TO_9999})亿)?(?:零)?(?:({_UP_TO_9999})万)?(?:零)?({_UP_TO_9999})")
SPELT: Final = re.compile(
    f"(?P<whole>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*)(?P<yuan>元)?(?:零)?(?:(?P<jiao>{_DIGIT})角)?(?:零)?(?:(?P<fen>{_DIGIT})分)?(?:整)?"
)
PART: Final = re.compile(f"({_DIGIT}?)([仟佰拾]|$)")
THOUSANDS: Final = re.compile(r"([-+]?\d{1,3})((?:[, ]\d{3})+)(\.\d+)?", re.ASCII)
MANY: Final = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)([万亿])", re.ASCII)
CURRENCY: Final = re.compile(r"^(?:人民币|rmb|cny|¥)|(?:元(?:整)?|rmb|cny)$", re.IGNORECASE)


def typed_figure(text: str) -> str:
    """The digits of a figure, as exact as it was written; what is none comes back as it was typed, for whoever says so."""
    return _figure(_narrow(text)) or text.strip()


def typed_amount(text: str) -> str:
    """The same for money: signs and words of the currency are left away, jiao and fen are read."""
    said = _narrow(text)
    bare = CURRENCY.sub("", CURRENCY.sub("", said.strip()).strip()).strip()
    return _figure(bare) or _spelt_amount(said.translate(WRITTEN)) or text.strip()


def _narrow(text: str) -> str:
    """Half width, composed, without what nobody sees."""
    seen = (mark for mark in unicodedata.normalize("NFKC", text) if unicodedata.category(mark) != "Cf")
    return "".join(seen).strip()


def _figure(text: str) -> str | None:
    if re.fullmatch(r"[-+]?\d+(\.\d+)?", text, re.ASCII):
        return text
    if grouped := THOUSANDS.fullmatch(text):
        return re.sub("[, ]", "", text) if grouped else None
    said = text.translate(WRITTEN)
    if many := MANY.fullmatch(said):
        return format((Decimal(many[1]) * TENS[many[2]]).normalize(), "f")
    return str(whole) if (whole := _whole(said)) is not None else None


def _spelt_amount(text: str) -> str | None:
    """壹仟贰佰元伍角整; None for what is none."""
    found = SPELT.fullmatch(text.removeprefix("人民币"))
    if found is None or not (found["yuan"] or found["jiao"] or found["fen"]):
        return None
    whole = _whole(found["whole"]) if found["whole"] else 0
    if whole is None or (found["yuan"] and not found["whole"]):
        return None
    cents = 10 * DIGITS[found["jiao"] or "零"] + DIGITS[found["fen"] or "零"]
    return f"{whole}.{cents:02}" if cents else str(whole)


def _whole(text: str) -> int | None:
    """A whole number that is written out; None for what is none."""
    if text == "零":
        return 0
    found = WHOLE.fullmatch(text)
    if not text or found is None or text.endswith("零"):
        return None
    many, thousands, rest = (_up_to_9999(part) for part in found.groups())
    return many * TENS["亿"] + thousands * TENS["万"] + rest


def _up_to_9999(text: str | None) -> int:
    """拾 alone is ten, as people write it."""
    parts = PART.findall((text or "").replace("零", ""))
    return sum((DIGITS[digit] if digit else int(unit != "")) * TENS.get(unit, 1) for digit, unit in parts)

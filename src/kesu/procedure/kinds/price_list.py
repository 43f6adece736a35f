"""A price list as it is set: “article = 5.50; article = 6”, or “none”."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from .alike import matched
from .line_sums import figure

NO_LIST: Final = "none"


def price_list(text: str) -> Mapping[str, Decimal] | None:
    """Each article as it is matched, with its price in yuan; empty for “none”, None where the text is no list."""
    if text.strip() == NO_LIST:
        return {}
    found: dict[str, Decimal] = {}
    for part in text.replace("；", ";").split(";"):
        article, between, price = part.rpartition("=")
        amount = figure(price.strip())
        if not between or not article.strip() or amount is None or matched(article) in found:
            return None
        found[matched(article)] = amount
    return found

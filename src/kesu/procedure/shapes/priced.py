"""Lines carry the price that is known of their article: of the register, else of a price list, else taken up with the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Scalar, fault

from ..history.act import Act
from ..history.listed_prices import listed_prices, price_day
from ..history.of_a_file import History
from ..history.verdict import KEPT, Amounts, Outcome, Reason, Things, broken
from ..kinds import kinds_that
from ..kinds.alike import matched
from ..kinds.date import DATE
from ..kinds.line_sums import Line, number_text, read_lines
from ..kinds.lines import LINES
from ..kinds.money import MONEY
from ..kinds.number import number
from ..kinds.price_list import NO_LIST, price_list
from ..words.names import FACT, STEP
from ..words.parts import BEGINNING
from .abilities import KnowsPrices
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Facts, Plain, Slots, Steps

OF_THE_REGISTER: Final = frozenset(
    {FACT.LISTED_ARTICLE, FACT.LISTED_PRICE, FACT.LISTED_SINCE, FACT.LISTED_UNTIL}
)
NAMES: Final = kinds_that(lambda kind: kind.one_text)


class Why(Reason):
    """Why it is not kept."""

    OTHER_PRICE = "other price"
    OTHER_ON_RECORD = "other on record"


@dataclass(frozen=True)
class Priced(Shape, KnowsPrices):
    """`at: steps, priced: lines, as: {product: unit price}, on: date, list: price list`. An article of which no price is known is free.

    The register of prices outranks the list, with its price of the day `on`, or of the receipt where that is not on record; and
    the list what was taken up in the file. A unit price on record that differs has to be corrected first, since ratios are
    reckoned with it. Articles are the same as people write them.
    """

    sign: ClassVar[str] = "priced"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "priced", "as", "on", "list"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    steps: tuple[StepName, ...]
    lines: FactName
    product: FactName
    price: FactName
    listed: tuple[tuple[str, Decimal], ...] = ()  # (article as it is matched, its price)
    on: FactName | None = None  # the day whose prices of the register count; None: that of the receipt

    @classmethod
    def read(cls, keys: Keys, vocabulary: Vocabulary) -> Priced:
        pair = Keys(keys.need("as"), what=f"“as” of the rule “{vocabulary.rule}”")
        if len(pair.block) != 1:
            raise fault(
                pair.block,
                en="“as” names one product and its price: {product: unit price}",
                zh="“as”写一种产品和它的单价：{product: unit price}",
            )
        (name,) = pair.block
        product = Scalar(name, pair.block.file, pair.block.lines[name])
        text = keys.maybe("list")
        listed = price_list(str(text)) if text is not None else {}
        if listed is None:
            raise fault(
                keys.need("list"),
                en=f"“{text}” is no price list; write “article = 5.50; article = 6”, or “{NO_LIST}”",
                zh=f"“{text}”不是价目表；请写“品名 = 5.50; 品名 = 6”，没有的写“{NO_LIST}”",
            )
        return cls(
            vocabulary.steps_of(keys, "at"),
            vocabulary.fact(keys.text("priced"), kinds=(LINES,)),
            vocabulary.fact(product, kinds=NAMES),
            vocabulary.fact(pair.text(name), kinds=(MONEY,)),
            tuple(listed.items()),
            vocabulary.fact(keys.text("on"), kinds=(DATE,)) if "on" in keys else None,
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
        if (wrong := self._taken_up_wrongly(history, act)) is not None:
            return wrong
        lines = read_lines(act.facts.get(self.lines))
        if lines is None:
            return None
        known = self._known(history, act)
        for line in lines:
            price = known.get(matched(line.article))
            if price is not None and line.price is not None and line.price != price:
                things, amounts = Things(None, (line.article,)), Amounts(line.price, price)
                return broken(
                    Why.OTHER_PRICE, facts=(self.lines,), steps=(act.step,), things=things, amounts=amounts
                )
        return KEPT

    def _taken_up_wrongly(self, history: History, act: Act) -> Outcome | None:
        """Where the register or the list has the product, and the unit price on record is another."""
        product, price = history.value(self.product, act), number(history.value(self.price, act))
        if not isinstance(product, str) or price is None:
            return None
        set_down = self._set_down(history, act).get(matched(product), price)
        if price == set_down:
            return None
        things, amounts = Things(None, (product,)), Amounts(price, set_down)
        return broken(Why.OTHER_ON_RECORD, facts=(self.price,), things=things, amounts=amounts)

    def _known(self, history: History, act: Act) -> Mapping[str, Decimal]:
        product, price = history.value(self.product, act), number(history.value(self.price, act))
        taken_up = {matched(product): price} if isinstance(product, str) and price is not None else {}
        return {**taken_up, **self._set_down(history, act)}

    def _set_down(self, history: History, act: Act) -> Mapping[str, Decimal]:
        """The prices that nobody chooses: those of the register for the day, then those of the list."""
        return {**dict(self.listed), **listed_prices(history, self.day(history, act))}

    def articles(self, history: History, act: Act) -> tuple[str, ...]:
        lines = read_lines(act.facts.get(self.lines)) if act.step in self.steps else None
        product = history.value(self.product, act)
        named = [product] if isinstance(product, str) else []
        return tuple(dict.fromkeys([*(line.article for line in lines or ()), *named]))

    def day(self, history: History, act: Act) -> date:
        return price_day(history, act, self.on)

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
        if self.price in blank.asks:
            yield from ({self.price: number_text(price)} for _, price in self.listed)
        if self.lines in blank.asks:
            known = self._known(blank.history, act)
            for line in (Line(name, Decimal(1), price) for name, price in known.items()):
                row = {
                    "article": line.article,
                    "quantity": "1",
                    "price": number_text(line.price or Decimal(0)),
                }
                yield {self.lines: [row]}
            yield {self.lines: [{"article": "another article", "quantity": "1"}]}

    def reads(self) -> frozenset[str]:
        own = {self.lines, self.product, self.price, *((self.on,) if self.on is not None else ())}
        return frozenset(own) | OF_THE_REGISTER

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset((*self.steps, STEP.PRICE_NOTED, *BEGINNING)), self.reads())

    def wording(self) -> str:
        day = " by its day" if self.on is not None else ""
        return ("with a list" if self.listed else "rule") + day

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "lines": Facts((self.lines,)),
            "goods": Facts((self.product,)),
            "price": Facts((self.price,)),
            "day": Facts((self.on,) if self.on is not None else ()),
            "list": Plain("；".join(f"{name} {number_text(price)}" for name, price in self.listed)),
        }

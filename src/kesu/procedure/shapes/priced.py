"""Lines carry the price that is known of their article: that of a price list, else the one taken up with the product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Final

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Scalar, fault

from ..history.act import Act
from ..history.of_a_file import History
from ..history.verdict import KEPT, Amounts, Outcome, Reason, Things, broken
from ..kinds import kinds_that
from ..kinds.alike import matched
from ..kinds.line_sums import Line, number_text, read_lines
from ..kinds.lines import LINES
from ..kinds.money import MONEY
from ..kinds.number import number
from ..kinds.price_list import NO_LIST, price_list
from .blank import Blank, Filling
from .shape import Each, Shape, Spoken, Vocabulary
from .slots import Facts, Plain, Slots, Steps

NAMES: Final = kinds_that(lambda kind: kind.one_text)


class Why(Reason):
    """Why it is not kept."""

    OTHER_PRICE = "other price"


@dataclass(frozen=True)
class Priced(Shape):
    """`at: steps, priced: lines, as: {product: unit price}, list: price list`. An article of which no price is known is free.

    The list outranks what was taken up in the file. Articles are the same as people write them.
    """

    sign: ClassVar[str] = "priced"
    keys: ClassVar[frozenset[str]] = frozenset({"at", "priced", "as", "list"})
    reasons: ClassVar[tuple[type[Reason], ...]] = (Why,)

    steps: tuple[StepName, ...]
    lines: FactName
    product: FactName
    price: FactName
    listed: tuple[tuple[str, Decimal], ...] = ()  # (article as it is matched, its price)

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
        )

    def asked(self) -> tuple[str, ...]:
        return self.steps

    def judge(self, history: History, act: Act, each: Each | None) -> Outcome | None:
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

    def _known(self, history: History, act: Act) -> Mapping[str, Decimal]:
        product, price = history.value(self.product, act), number(history.value(self.price, act))
        taken_up = {matched(product): price} if isinstance(product, str) and price is not None else {}
        return {**taken_up, **dict(self.listed)}

    def fillings(self, blank: Blank, act: Act) -> Iterator[Filling]:
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
        return frozenset({self.lines, self.product, self.price})

    def speaks_of(self) -> Spoken:
        return Spoken(frozenset(self.steps), self.reads())

    def wording(self) -> str:
        return "with a list" if self.listed else "rule"

    def slots(self) -> Slots:
        return {
            "steps": Steps(self.steps),
            "lines": Facts((self.lines,)),
            "goods": Facts((self.product,)),
            "price": Facts((self.price,)),
            "list": Plain("；".join(f"{name} {number_text(price)}" for name, price in self.listed)),
        }

"""Words that nobody puts on record because they follow from others: a sum over the file, or a sum per so much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kesu.reading.keys import Keys
from kesu.reading.strict import Node

from ..kinds import Kind


@dataclass(frozen=True, slots=True)
class Derived:
    """How a word follows from others. Every word is named by its own name; `per` is multiplied together.

    `summed`: everything ever put on record under these words, what is being judged included. `latest`: only the last
    act that said one of these, and only while nothing of `summed` came after it. `above`: what an act says under the money
    word beyond what its lines come to, act by act; less than they come to is nothing. `in_units`: pieces are counted, not
    yuan; money then counts for as many pieces as it buys `at` the price that stands.
    """

    summed: tuple[str, ...]
    in_units: bool = False
    latest: tuple[str, ...] = ()
    at: str | None = None
    per: tuple[str, ...] = ()
    above: tuple[tuple[str, str], ...] = ()  # (money, the lines that it pays for)

    @property
    def added_up(self) -> tuple[str, ...]:
        """The words that are added up."""
        return (*self.summed, *self.latest)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word underneath, once."""
        beyond = (word for pair in self.above for word in pair)
        return tuple(dict.fromkeys((*self.added_up, *beyond, *self.per, *((self.at,) if self.at else ()))))


def read_derived(node: Node | None, *, word: str) -> Derived | None:
    """Reads `derived: {sum of | units of: words, cash: words, at: word, latest of: words, above: {money: lines}, per: words}`; None without.

    Raises ReadError, ValueError.
    """
    if node is None:
        return None
    keys = Keys(node, what=f"“derived” of the fact “{word}”")
    ways = [key for key in ("units of", "sum of", "above") if key in keys]
    in_units = "units of" in ways
    if not ways or (in_units and len(ways) > 1):
        raise ValueError(f"the fact “{word}” is derived by one of “sum of”, “units of” and “above”")
    at = keys.maybe("at")
    made = Derived(
        summed=(*_words(keys, "units of" if in_units else "sum of"), *_words(keys, "cash")),
        in_units=in_units,
        latest=_words(keys, "latest of"),
        at=None if at is None else str(at),
        per=_words(keys, "per"),
        above=_above(keys),
    )
    keys.done()
    return made


def _words(keys: Keys, key: str) -> tuple[str, ...]:
    return tuple(map(str, keys.words(key)))


def _above(keys: Keys) -> tuple[tuple[str, str], ...]:
    node = keys.get("above")
    if node is None:
        return ()
    pairs = Keys(node, what="“above”")
    return tuple((str(money), str(pairs.text(money))) for money in pairs.block)


def check_derived(word: str, derived: Derived, kinds: Mapping[str, Kind]) -> None:
    """Raises ValueError for a word of ours that rests on what cannot be added up. `kinds`: of words that are put on record."""
    for one in derived.added_up:
        if one not in kinds or not kinds[one].summed:
            raise ValueError(
                f"the fact “{word}” rests on “{one}”, which is not put on record as what can be added up"
            )
    _check_above(word, derived, kinds)
    for one in (*derived.per, *((derived.at,) if derived.at else ())):
        if one not in kinds or not kinds[one].single_figure:
            raise ValueError(f"the fact “{word}” rests on “{one}”, which is not put on record as one figure")
    if derived.in_units and derived.at is None and any(kinds[one].in_yuan for one in derived.added_up):
        raise ValueError(f"the fact “{word}” counts money in pieces and names no price under “at”")


def _check_above(word: str, derived: Derived, kinds: Mapping[str, Kind]) -> None:
    for money, lines in derived.above:
        if money not in kinds or not kinds[money].in_yuan or lines not in kinds or kinds[lines].comparable:
            raise ValueError(
                f"the fact “{word}” rests on “{money}” above “{lines}”, which are no money and no lines"
            )

"""Who may let one refused act pass once, as a procedure names them (semantics 5.5); where it names nobody, nobody may."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.reading.keys import Keys
from kesu.reading.strict import Block
from kesu.reading.text import Text, listed

from ..shapes import Vocabulary
from .model import Procedure


@dataclass(frozen=True, slots=True)
class Overriders:
    """The posts, and how the paper was read where it does not say so itself."""

    posts: tuple[str, ...] = ()
    reading: Text | None = None


def read_overriders(keys: Keys, vocabulary: Vocabulary) -> Overriders:
    """`overriders: [posts]`, or `overriders: {posts: [posts], reading: {zh, en}}`. Raises ReadError."""
    node = keys.get("overriders")
    if not isinstance(node, Block):
        return Overriders(tuple(vocabulary.post(word) for word in keys.words("overriders")))
    inner = Keys(node, what="“overriders”")
    inner.need("posts")
    found = Overriders(tuple(vocabulary.post(word) for word in inner.words("posts")), inner.both("reading"))
    inner.done()
    return found


def overriding_said(procedure: Procedure) -> Text:
    """The sentence about overriding, for prints of the whole procedure."""
    posts = [procedure.title_of(post) for post in procedure.overriders]
    if not posts:
        return Text(
            "本程序没有写由谁特批，不能特批。", "It names nobody who may override, so nothing is overridden."
        )
    zh = listed([title.zh for title in posts], "zh")
    en = listed([title.en[:1].lower() + title.en[1:] for title in posts], "en")
    return Text(
        f"特批由{zh}中的两人签名并写明理由；回避不能特批。",
        f"An override takes two persons out of {en}, their signature and a reason; staying out is never overridden.",
    )

"""公开的投诉处理说明: the published description of a procedure on paper, for anybody: no person, no setting, no internal limit."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from kesu.people.models import Edition
from kesu.people.models import Organisation as House
from kesu.prints.document import Block, Document, Heading, Paragraphs, Table, Value
from kesu.procedure.saying.described import Part, described
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.paper_numbers import paper_numbers
from kesu.reading.text import Lang, Text

from .stated import Stated


def published_paper(procedure: Procedure, edition: Edition, house: House, lang: Lang) -> Document:
    """What the page of the description tells, part by part, with the clause of each sentence."""
    stated = Stated(lang, ZoneInfo(house.zone))
    number, since = stated.edition(procedure.edition), stated.day(edition.since)
    in_force = stated.text(Text(f"{since}起生效", f"in force since {since}"))
    blocks: list[Block] = [Paragraphs(stated.text(procedure.purpose))] if procedure.purpose else []
    for place, part in enumerate(described(procedure), 1):
        blocks += [Heading(f"{place}. {stated.text(part.title)}"), *_part(part, stated)]
    return Document(
        lang=lang,
        house=house.title,
        title=stated.text(Text("我们怎样处理投诉", "How we handle complaints")),
        under_title=(stated.text(procedure.title), f"{number} · {in_force}"),
        above=(house.title, f"{stated.text(procedure.title)} · {number}"),
        below=in_force,
        blocks=tuple(blocks),
    )


def _part(part: Part, stated: Stated) -> list[Block]:
    steps = Paragraphs(" → ".join(map(stated.text, part.steps)), small=True)
    rows = tuple(
        (Value("\n".join(paper_numbers(clauses))), Value(stated.text(text)))
        for text, clauses in part.sentences
    )
    head = Text("条款|内容", "Clause|What it says").in_(stated.lang).split("|")
    return [steps, Table(tuple(head), rows, (1.2, 8))] if rows else [steps]

"""程序的受控文本: an edition as a controlled document, in the order of its paper's clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kesu.people.models import Edition
from kesu.prints.document import Block, Document, Facts, Heading, Index, Paragraphs, Table, Value
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.written.citing import paper_of
from kesu.procedure.written.model import Procedure
from kesu.procedure.written.paper_numbers import paper_number, paper_numbers
from kesu.procedure.written.rule import Rule
from kesu.reading.text import Text
from kesu.registry.drafts import Signers

from ..own.how_held import how_held
from ..said.on_page import setting_value
from ..who.here import Here
from .stated import Stated

OTHERS: Final = Text("另行采用的要求", "Requirements taken over from elsewhere")
UNNUMBERED: Final = Text("没有条款号的规则", "Rules without a clause")
Place = tuple[int, tuple[int, ...]]


def procedure_paper(procedure: Procedure, edition: Edition, signers: Signers, here: Here) -> Document:
    """Every rule with how it is held and how it is read here, the settings and the posts; for the house alone."""
    stated, house = Stated.for_(here), here.directory.organisation.title
    number = stated.edition(procedure.edition)
    blocks: list[Block] = [
        _head(edition, signers, here, stated),
        Index(stated.text(Text("目录", "Contents"))),
    ]
    if procedure.purpose:
        blocks += [Heading(stated.text(Text("目的", "Purpose"))), Paragraphs(stated.text(procedure.purpose))]
    blocks += [*_rules(procedure, stated), *_settings(procedure, stated), *_posts(procedure, here, stated)]
    present = here.directory.edition_at(procedure.id, here.now)
    old = present is None or present.number != edition.number
    return Document(
        lang=here.lang,
        house=house,
        title=stated.text(procedure.title),
        under_title=(number, stated.text(Text("受控文件", "Controlled document"))),
        above=(house, f"{stated.text(procedure.title)} · {number}"),
        below=" · ".join(
            [
                stated.text(Text("生效", "in force since")) + f" {stated.moment(edition.since)}",
                stated.text(Text("摘要", "digest")) + f" {edition.digest[:16]}",
                stated.text(Text("打印", "printed")) + f" {stated.moment(here.now)}",
            ]
        ),
        blocks=tuple(blocks),
        watermark=stated.text(Text("不是现行版本", "Not the present edition")) if old else "",
        bound=True,
        cover=True,
    )


def _head(edition: Edition, signers: Signers, here: Here, stated: Stated) -> Facts:
    names = {
        person: here.directory.name_of(person) if person else "—"
        for person in (signers.drafter, signers.reviewer, signers.approver)
    }
    rows = [
        (Text("版次", "Edition"), edition.edition),
        (Text("生效", "In force since"), stated.moment(edition.since)),
        (Text("停用", "Withdrawn"), stated.moment(edition.withdrawn)),
        (Text("编制", "Drafted by"), names[signers.drafter]),
        (Text("审核", "Reviewed by"), names[signers.reviewer]),
        (Text("批准", "Approved by"), names[signers.approver]),
        (Text("文本摘要", "Digest of the text"), edition.digest),
    ]
    return Facts(tuple((stated.text(title), Value(value)) for title, value in rows if value))


def _rules(procedure: Procedure, stated: Stated) -> Iterator[Block]:
    """By chapters of the paper itself; then what other texts want, then what has no number."""
    own = procedure.own_paper
    chapters: dict[tuple[int, int], list[tuple[Place, Rule]]] = {}
    for rule in procedure.rules:
        place = _place(rule, own)
        key = (place[0], place[1][0] if place[0] == 0 and place[1] else 0)
        chapters.setdefault(key, []).append((place, rule))
    head = Text("条款|内容|怎么落实|本单位的理解", "Clause|What it says|How it is held|How we read it")
    for key in sorted(chapters):
        rules = [rule for _, rule in sorted(chapters[key], key=lambda one: one[0])]
        yield Heading(_chapter(key, stated))
        rows = tuple(_row(rule, procedure, stated) for rule in rules)
        yield Table(tuple(stated.text(head).split("|")), rows, (1.2, 5, 1.5, 2.4))


def _place(rule: Rule, own: str) -> Place:
    """Where it stands: 0 in the paper itself, 1 in another, 2 nowhere; and its number, part by part."""
    mine = [clause for clause in rule.clauses if paper_of(clause) == own]
    clause = next(iter([*mine, *rule.clauses]), "")
    number = tuple(int(part) for part in re.findall(r"\d+", paper_number(clause)))
    return (0 if mine and number else 1 if clause else 2), number


def _chapter(key: tuple[int, int], stated: Stated) -> str:
    rank, chapter = key
    if rank == 0:
        return stated.text(Text(f"第 {chapter} 章", f"Chapter {chapter}"))
    return stated.text(OTHERS if rank == 1 else UNNUMBERED)


def _row(rule: Rule, procedure: Procedure, stated: Stated) -> tuple[Value, ...]:
    return tuple(
        map(
            Value,
            (
                "\n".join(paper_numbers(procedure.own_clauses(rule.clauses))),
                sentence(rule, procedure, stated.lang),
                stated.text(how_held(rule)),
                stated.text(rule.reading),
            ),
        )
    )


def _settings(procedure: Procedure, stated: Stated) -> list[Block]:
    unset = stated.text(Text("待定", "to be set"))
    rows = tuple(
        tuple(
            map(
                Value,
                (
                    stated.text(one.title) or one.name,
                    setting_value(one.value, procedure) if one.value else unset,
                    "\n".join(paper_numbers(procedure.own_clauses(one.clauses))),
                    stated.text(one.reading),
                ),
            )
        )
        for one in procedure.settings.values()
    )
    head = Text("设定|取值|条款|理由", "Setting|Value|Clause|Why").in_(stated.lang).split("|")
    if not rows:
        return []
    return [
        Heading(stated.text(Text("本单位的设定", "What this house has set"))),
        Table(tuple(head), rows, (3, 2, 1.2, 4)),
    ]


def _posts(procedure: Procedure, here: Here, stated: Stated) -> list[Block]:
    between = "、" if stated.lang == "zh" else ", "
    rows = tuple(
        tuple(
            map(
                Value,
                (
                    stated.text(post.title),
                    between.join(map(here.directory.name_of, here.directory.acting(post.name, here.now))),
                    stated.text(procedure.title_of(post.last_resort)) if post.last_resort else "",
                ),
            )
        )
        for post in procedure.posts.values()
    )
    head = (
        Text("岗位|打印时由谁任|没有人时由谁办", "Post|Held when printed by|Last resort")
        .in_(stated.lang)
        .split("|")
    )
    return [Heading(stated.text(Text("岗位", "Posts"))), Table(tuple(head), rows, (2, 4, 2))]

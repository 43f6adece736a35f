"""The first draft of a procedure from a paper: a file that can be read and tried, with a note where each clause still wants its rule."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from .clauses import PaperClause, posts_of

COLUMNS: Final = ("id", "document", "kind", "modality", "bars", "text")  # those of the catalogue of clauses
POSTS_AT_MOST: Final = 8
FORCE: Final = {
    "M": "必须 binds",
    "S": "应尽量 as far as possible",
    "O": "可以 allowed",
    "N": "陈述 a statement",
}
BARS: Final = {"refused": "，说到不得或须先 refused", "before": "，说到先后 comes first", "": ""}


@dataclass(frozen=True, slots=True)
class Begun:
    """What a draft starts from: the procedure's name, its title, the base, where the paper came from, and its clauses."""

    name: str
    title: str
    base: str
    source: str
    clauses: tuple[PaperClause, ...]

    def id(self, clause: PaperClause) -> str:
        """The name by which rules cite a clause."""
        return f"{self.name}-{clause.number}"


def drafted(begun: Begun) -> dict[str, str]:
    """The files of the procedure's folder, by name."""
    posts = posts_of(begun.clauses)[:POSTS_AT_MOST] or ["经办人员"]
    files = {
        "procedure.yaml": "\n".join(_procedure(begun, posts)) + "\n",
        "examples.yaml": "\n".join(_examples(posts[0])) + "\n",
    }
    if begun.clauses:
        files["paper.csv"] = _rows(begun)
    return files


def _procedure(begun: Begun, posts: Sequence[str]) -> Iterator[str]:
    title = _quoted(begun.title)
    if begun.source:
        yield f"# 由 kesu new 依“{begun.source}”起草：岗位、时限是从原文猜的，逐条核对后再用。"
        yield f"# Drafted by kesu new from “{begun.source}”: posts and limits are guessed; read each against the paper."
    yield f"procedure: {begun.name}"
    yield f"title: {{zh: {title}, en: {title}}}"
    yield 'edition: "1"'
    yield "kind: complaint"
    yield f"extends: {begun.base}"
    yield "ends: [closed]"
    yield ""
    yield "posts:                                 # 岗位：英文名待译 the English titles are to be translated"
    for post in posts:
        yield f"  {post}: {{title: {{zh: {post}, en: {post}}}}}"
    yield ""
    yield "settings:"
    yield "  working posts: {value: everybody}      # 谁记事、补充 who notes and adds"
    for name in ("hearing posts", "answering posts", "keeping posts"):
        yield f"  {name}: {{value: {posts[0]}}}"
    yield from _limits(begun)
    yield ""
    yield "steps:"
    yield '  received: {by: everybody, outside: "yes", asks: [complainant, channel, account]}'
    yield "  registered: {by: everybody, asks: [phone, demand]}"
    yield f"  closed: {{by: {posts[0]}, asks: [closing summary]}}"
    yield ""
    yield "rules:"
    yield "  - rule: closing summary"
    yield "    clause: []"
    yield "    at: closed"
    yield "    record: [closing summary]"
    for clause in begun.clauses:
        yield from _stub(begun, clause)


def _limits(begun: Begun) -> Iterator[str]:
    """The limits as comments: a setting of which no rule speaks is a fault."""
    for clause in begun.clauses:
        for place, limit in enumerate(clause.limits):
            zh, en = f"{clause.number} 的时限（{limit.wording}）", f"Limit of {clause.number}"
            title = f"{{zh: {_quoted(zh)}, en: {_quoted(en)}}}"
            yield f"  # {_limit_name(clause, place)}: {{value: {limit.span}, kind: span, title: {title}}}"


def _limit_name(clause: PaperClause, place: int) -> str:
    return f"limit of {clause.number}" + (f" no {place + 1}" if place else "")


def _stub(begun: Begun, clause: PaperClause) -> Iterator[str]:
    """A clause as a comment: its words, whether it binds, and the beginning of its rule."""
    yield ""
    if clause.heading:
        yield f"  # ── {clause.number} {clause.text}"
        return
    yield f"  # {clause.number}（{FORCE[clause.modality]}{BARS[clause.bars]}）{clause.text}"
    if clause.modality == "N":
        return
    yield "  # - rule:"
    yield f"  #   clause: [{_quoted(begun.id(clause))}]"
    if clause.limits:
        yield f"  #   within: <{_limit_name(clause, 0)}>"
        yield "  #   from:"
        yield "  #   to:"
    else:
        yield "  #   at:"


def _examples(post: str) -> Iterator[str]:
    yield "stories:"
    yield "  ordinary:                              # 一件普通投诉从头到尾 one ordinary complaint from beginning to end"
    lines = (
        '2026-03-02 09:00, step: received, by: a, as: %s, complainant: "王女士", channel: phone, account: "…"',
        '2026-03-02 09:10, step: registered, by: a, as: %s, phone: "13800000000", demand: "…"',
        '2026-03-04 10:00, step: closed, by: a, as: %s, closing summary: "已答复"',
    )
    yield from (f"    - {{at: {line % post}}}" for line in lines)
    yield ""
    yield "examples:"
    yield (
        "  - {rule: closing summary, story: ordinary, at: closed, "
        'kept: "写了结案说明", broken: "没有写结案说明", change: {unset: {line: closed, fact: closing summary}}}'
    )


def _rows(begun: Begun) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    for clause in begun.clauses:
        if not clause.heading:
            rows.writerow([begun.id(clause), begun.name, "clause", clause.modality, clause.bars, clause.text])
    return out.getvalue()


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)

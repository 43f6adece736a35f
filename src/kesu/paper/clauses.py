"""From paragraphs to clauses: what number each bears, whether it binds, and which limits and posts it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kesu.worktime.span import Span, SpanError

from .numerals import number

DOTTED: Final = re.compile(r"^(?:第\s*)?(\d{1,3}(?:\s*[.．]\s*\d{1,3}){0,6})\s*[.．、）)]?\s*(?=\D|$)")
NUMBERED: Final = re.compile(r"^第([零〇一二三四五六七八九十百千两]+)([章节条款])\s*[、：:．.]?\s*")
LISTED: Final = re.compile(r"^[（(]?([零一二三四五六七八九十]{1,3}|\d{1,3}|[a-zA-Z])[）)、．.]\s*")
MUST: Final = re.compile(
    r"由[一-鿿]{1,9}(?:部|科|室|组|中心|处|经理|主管|员|领导)|必须|不得|不应|不许|严禁|禁止|应当|须|应(?![用付对变邀急聘])|要求|负责|\bshall\b|\bmust\b",
    re.IGNORECASE,
)
SHOULD: Final = re.compile(r"宜|尽量|尽可能|原则上|\bshould\b", re.IGNORECASE)
MAY: Final = re.compile(r"可以|允许|有权|可(?=[由在向按以])|\bmay\b", re.IGNORECASE)
REFUSED: Final = re.compile(
    r"不得|不应|严禁|禁止|未经|方可|才能|方能|\bshall not\b|\bmust not\b", re.IGNORECASE
)
BEFORE: Final = re.compile(r"(?:之前|前)(?=[，,应须先])|先[^，。；]{1,20}[再后]|\bbefore\b", re.IGNORECASE)

FIGURE: Final = r"(\d{1,4}|[零〇一二三四五六七八九十百千两]{1,5})"
SPAN: Final = re.compile(
    FIGURE + r"\s*个?\s*(工作日|自然日|日历日|小时|周|星期|个月|月|年|天|日)(?=之?[内前]|以内|[，。；、）)])"
)
BARE: Final = {
    "天": "自然日",
    "日": "自然日",
}  # a bare day fixes no unit; guessed, and read against the paper

POST_ENDS: Final = "部|科|室|组|中心|处|经理|主管|负责人|专员|人员|员|主任|代表|领导|总监"
NAMED: Final = rf"((?:(?![由报经交送和与或及应须])[一-鿿]){{1,8}}(?:{POST_ENDS}))"
POST: Final = re.compile(rf"[由报经交送]{NAMED}|(?:^|[，。；：,;:]){NAMED}(?=负责|应|须|对|组织|接到|收到)")


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit as a clause says it: `wording` are its words, `span` the language's (`3 working days`)."""

    wording: str
    span: str


@dataclass(frozen=True, slots=True)
class PaperClause:
    """One clause of a paper.

    `number`: its own number as the paper is cited (`4.2.1`, `十二`), with that of what it stands under. `heading`: it only
    names what follows. `modality`: M binds, S as far as possible, O allows, N states. `bars`: `refused` or `before` where the
    words say that something is refused or comes first, else empty.
    """

    number: str
    text: str
    heading: bool
    modality: str
    bars: str
    limits: tuple[Limit, ...]


def clauses_of(paragraphs: Iterable[str]) -> list[PaperClause]:
    """The numbered clauses of a paper, each with the paragraphs that follow it unnumbered. What stands before the first is none."""
    texts: dict[str, list[str]] = {}
    place = _Place()
    current = ""
    for paragraph in paragraphs:
        found = place.next(paragraph)
        if found is None:
            if current:
                texts[current].append(paragraph)
            continue
        current, rest = found
        texts[current] = (
            [rest] if rest else []
        )  # the table of contents comes first, the clause itself later: the later holds
    return [_clause(number_, " ".join(said)) for number_, said in texts.items()]


class _Place:
    """Where in the paper one is, so that “(1)” under 4.2 is 4.2(1)."""

    def __init__(self) -> None:
        self._above = ""  # the last number of a chapter or a dotted clause
        self._article = ""

    def next(self, paragraph: str) -> tuple[str, str] | None:
        """The number of the clause that this paragraph begins and what it says; None where it goes on with the last one."""
        if _of_the_contents(paragraph):
            return None
        dotted = DOTTED.match(paragraph)
        if dotted and ("." in dotted[1] or "．" in dotted[1] or not self._inside(paragraph)):
            self._above = ".".join(part.strip() for part in dotted[1].replace("．", ".").split("."))
            self._article = self._above
            return self._above, paragraph[dotted.end() :].strip()
        numbered = NUMBERED.match(paragraph)
        if numbered:
            counted = number(numbered[1])
            own = f"{counted if counted is not None else numbered[1]}"
            if numbered[2] in "章节":
                self._above = f"{numbered[2]}{own}"
                self._article = self._above
                return self._above, paragraph[numbered.end() :].strip()
            self._article = own
            return own, paragraph[numbered.end() :].strip()
        listed = LISTED.match(paragraph)
        if listed:
            own = listed[1]
            return f"{self._article}({own})" if self._article else own, paragraph[listed.end() :].strip()
        return None

    def _inside(self, paragraph: str) -> bool:
        """Whether a bare number (“1、”) counts inside a clause that has a number of its own."""
        return bool(self._article) and "." in self._article and bool(LISTED.match(paragraph))


def _of_the_contents(paragraph: str) -> bool:
    """Whether it is a line of the table of contents: it ends with its page."""
    title = paragraph.rstrip("0123456789")
    return 0 < len(paragraph) - len(title) <= 3 and title[-1:] in (" ", ".", "…", "\t") and len(title) < 60


def _clause(number_: str, text: str) -> PaperClause:
    heading = len(text) <= 20 and not re.search(r"[，。；]", text) and not MUST.search(text)
    modality = "N" if heading else _modality(text)
    bars = "refused" if REFUSED.search(text) else "before" if BEFORE.search(text) else ""
    return PaperClause(
        number_, text, heading, modality, bars if modality == "M" else "", tuple(_limits(text))
    )


def _modality(text: str) -> str:
    if MUST.search(text):
        return "M"
    if SHOULD.search(text):
        return "S"
    return "O" if MAY.search(text) else "N"


def _limits(text: str) -> Iterator[Limit]:
    for found in SPAN.finditer(text):
        try:
            span = Span.parse(f"{found[1]}{BARE.get(found[2], found[2])}")
        except SpanError:
            continue  # 零日内
        if isinstance(span, Span):
            yield Limit(found[0], f"{span.amount} {span.unit.value}")


def posts_of(clauses: Iterable[PaperClause]) -> list[str]:
    """The posts and departments that the clauses name as doing something, the most often named first."""
    named: Counter[str] = Counter()
    for clause in clauses:
        named.update(one or other for one, other in POST.findall(clause.text))
    return [name for name, _ in named.most_common()]

"""告知: what the complainant is told of a case, prepared for whoever tells him, as a letter on paper and as a short text to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kesu.caseload.asking.opened import CaseView
from kesu.caseload.sight.gate import Disclosure
from kesu.forms.said.values import Said, fact_said
from kesu.prints.document import Closing, Document, Paragraphs
from kesu.procedure.words.names import FACT
from kesu.reading.text import Text

from ..case.deadlines import Deadline
from ..case.read_out import promised_times
from ..who.here import Here
from .stated import DRAFT_ACROSS, Stated

SHORT: Final = 300  # characters of a text that is sent by hand
LONGEST: Final = 5_000  # characters of a letter
TITLES: Final[Mapping[str, Text]] = {
    "receipt": Text("投诉收悉告知书", "We have received your complaint"),
    "progress": Text("投诉办理进展告知书", "How your complaint is getting on"),
    "result": Text("投诉处理结果告知书", "The result of your complaint"),
    "end": Text("投诉办结告知书", "Your complaint is closed"),
}
RESULTS: Final = ("result", "end")  # the letters that may speak of what is behind the gate


def kept_back(view: CaseView, name: str) -> bool:
    """Whether there is no such letter for this reader yet: it would tell what waits for a consent."""
    return name in RESULTS and bool(view.gate.words) and view.gate.disclosure is Disclosure.HIDDEN


def is_draft(view: CaseView, name: str) -> bool:
    """Whether it may be written and not sent: the result in it waits for a consent."""
    return name in RESULTS and bool(view.gate.words) and view.gate.disclosure is Disclosure.DRAFT


def prepared(view: CaseView, name: str, limits: Iterable[Deadline], here: Here) -> str:
    """A letter to begin with: the first paragraph is whom it is to. It promises times and never a remedy (B21-S4.1b)."""
    stated, number = Stated.for_(here), view.row.label
    day, times = stated.day(view.row.received), promised_times(view, limits)
    call = Text(f"联系我们时请报编号 {number}。", f"Please give the number {number} when you write or call.")
    body = {
        "receipt": [
            Text(
                f"您于{day}反映的情况，我们已经收到并登记，编号 {number}。{times.zh}",
                f"We received what you told us on {day} and registered it under {number}. {times.en}",
            ),
            Text(f"如有补充的材料，可以随时交给我们。{call.zh}", f"You can add to it at any time. {call.en}"),
        ],
        "progress": [
            Text(
                f"您于{day}反映的情况（编号 {number}）正在办理。{times.zh}",
                f"We are working on what you told us on {day} ({number}). {times.en}",
            ),
            call,
        ],
        "result": [
            Text(
                f"您于{day}反映的情况（编号 {number}）已经处理，结果如下。",
                f"We have dealt with what you told us on {day} ({number}). This is the result.",
            ),
            *_content(view),
            Text(f"如对结果有异议，请告诉我们。{call.zh}", f"If you do not agree, please tell us. {call.en}"),
        ],
        "end": [
            Text(
                f"您于{day}反映的情况（编号 {number}）已经办理完毕，本次处理到此结束。",
                f"What you told us on {day} ({number}) has been dealt with, and we close it with this letter.",
            ),
            call,
        ],
    }[name]
    return "\n".join(filter(None, [_addressee(view, stated), *(stated.text(one).strip() for one in body)]))


def letter_paper(view: CaseView, name: str, body: str, here: Here) -> Document:
    """The letter as it was edited, with room for the seal over name and date; a draft is marked across it."""
    stated, house = Stated.for_(here), here.directory.organisation.title
    number = stated.text(Text(f"编号：{view.row.label}", f"Number: {view.row.label}"))
    return Document(
        lang=here.lang,
        house=house,
        title=stated.text(TITLES[name]),
        under_title=(number,),
        above=("", ""),
        below=view.row.label,
        blocks=(Paragraphs(_lines(body), letter=True), Closing(house, stated.day(here.now))),
        watermark=stated.text(DRAFT_ACROSS) if is_draft(view, name) else "",
        bound=True,
    )


def short_text(body: str, here: Here) -> str:
    """The same as one text to be sent by hand, signed with the house; it may come out too long (see `SHORT`)."""
    return f"{_lines(body)}\n{here.directory.organisation.title}"


def _lines(body: str) -> str:
    return "\n".join(line.strip() for line in body.splitlines() if line.strip())


def _addressee(view: CaseView, stated: Stated) -> str:
    """李女士：, as this reader knows who complained."""
    who = _of(view, [FACT.COMPLAINANT])
    name = stated.text(who[0].value) if who and not who[0].hidden else ""
    if stated.lang == "zh":
        return f"{name or '您好'}："
    return f"Dear {name}," if name else "Dear Sir or Madam,"


def _content(view: CaseView) -> list[Text]:
    """What was consented to, a line each, as this reader may have it."""
    said = [one for one in _of(view, view.gate.words) if not one.hidden]
    return [
        Text(f"{one.title.zh}：{one.value.zh}。".replace("。。", "。"), f"{one.title.en}: {one.value.en}")
        for one in said
    ]


def _of(view: CaseView, names: Iterable[str]) -> list[Said]:
    return [fact_said(fact, view.directory) for fact in view.as_they_stand(names)]

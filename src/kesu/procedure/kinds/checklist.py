"""A list of items, each with its answer: what was looked at, or why it was not needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from kesu.reading.text import Text

from .kind import Filled, Given, Kind, Names, Value, wrong_text

NOT_NEEDED: Final = (
    "not needed"  # how an answer begins that says that an item is not needed; its reason follows
)
TYPED: Final = ("不需要", "无需")  # how people write that


class Checklist(Kind):
    """A mapping from item to answer; an answer is a text, or “not needed: the reason”."""

    name = "checklist"
    one_text = False
    inside = True
    own_words = False
    from_column = False
    may_be_unknown = False
    hint = Text(
        "逐项填写；不需要的写“不需要：理由”",
        "answer each; where one is not needed, write “not needed: reason”",
    )

    def from_form(self, filled: Filled, *, now: datetime, zone: str) -> Given | None:
        if not filled.answers:
            return None
        return Given({item: _as_known(answer) for item, answer in filled.answers.items()})

    def wrong(self, value: Value, allowed: Sequence[str]) -> Text | None:
        if not isinstance(value, dict):
            return Text("应逐项填写", "has to be answered item by item")
        for item, answer in value.items():
            if item not in allowed:
                return Text(f"没有“{item}”这一项", f"has no item “{item}”")
            if (wrong := wrong_text(answer)) is not None:
                return wrong
        return None

    def items(
        self, value: Value, *, choices: Mapping[str, Text], names: Names
    ) -> tuple[tuple[Text, Text], ...]:
        if not isinstance(value, Mapping):
            return ()
        return tuple((title, _answer_said(value.get(item))) for item, title in choices.items())


def reason_not_needed(answer: Value) -> str | None:
    """Why an answer says that an item is not needed; None where it does not say so."""
    if not isinstance(answer, str) or not answer.startswith(NOT_NEEDED):
        return None
    return answer[len(NOT_NEEDED) :].strip(" :：，,")


def _as_known(text: str) -> str:
    """“不需要：理由” is written down in the words that the rules know."""
    for typed in TYPED:
        if text.startswith(typed):
            reason = text[len(typed) :].strip(" :：，,")
            return f"{NOT_NEEDED}: {reason}" if reason else NOT_NEEDED
    return text


def _answer_said(answer: object) -> Text:
    if answer is None:
        return Text("—", "—")
    text, reason = str(answer), reason_not_needed(answer)
    if reason is not None:
        return Text(f"不需要：{reason}", f"not needed: {reason}")
    return Text(text, text)


CHECKLIST = Checklist()

"""What a register is: a kind of file that holds no case, the steps it knows, and the rows that follow from it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, TypeAlias

from kesu.reading.saying_nothing import wrong_reason
from kesu.reading.text import Text

from ..models import Projection
from ..permissions import Permission

Row: TypeAlias = tuple[type[Projection], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry of a register file as its rules see it; erased values read “erased”."""

    number: int
    step: str
    at: datetime
    noted: datetime
    by: str
    facts: Mapping[str, Any]

    def instant(self, word: str) -> datetime | None:
        """A fact that is an instant."""
        value = self.facts.get(word)
        return None if value is None else datetime.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class Form:
    """What a step of a register asks: word -> kind of value; `personal` words stand beside the ledger."""

    needs: Mapping[str, str]
    may: Mapping[str, str] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()


class Register(ABC):
    """One kind of register file; `KIND/name` is the file's id. `by`: who may take its steps."""

    kind: ClassVar[str]
    by: ClassVar[Permission]
    forms: ClassVar[Mapping[str, Form]]

    def permission(self, step: str) -> Permission:
        """Who may take a step."""
        return self.by

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """Why the act cannot be taken after what stands in the file; None when it can."""
        return None

    @abstractmethod
    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """The projection rows that follow from the file, without organisation and file."""


def malformed(form: Form, facts: Mapping[str, Any]) -> Text | None:
    """What is wrong with the facts of a step: missing, unknown, or of another kind."""
    for word in form.needs:
        if facts.get(word) is None:
            return Text(zh=f"缺少“{word}”", en=f"“{word}” is missing")
    for word, value in facts.items():
        kind = form.needs.get(word) or form.may.get(word)
        if kind is None:
            asked = [*form.needs, *form.may]
            return Text(
                zh=f"没有“{word}”这一项；可用的有 {'、'.join(asked)}",
                en=f"“{word}” is not asked here; known are {', '.join(asked)}",
            )
        if kind == "reason" and isinstance(value, str) and (wrong := wrong_reason(value)) is not None:
            return Text(zh=f"“{word}”：{wrong.zh}", en=f"“{word}”: {wrong.en}")
        if value is not None and not _is(kind, value):
            return Text(zh=f"“{word}”的写法不对：{value}", en=f"“{word}” is no {kind}: {value}")
    return None


def _is(kind: str, value: Any) -> bool:
    if kind in ("texts", "persons", "units"):
        return isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if kind == "number":
        return type(value) is int
    if not isinstance(value, str) or not value:
        return False
    try:
        if kind == "instant":
            return datetime.fromisoformat(value).tzinfo is not None
        if kind == "date":
            date.fromisoformat(value)
    except ValueError:
        return False
    return True

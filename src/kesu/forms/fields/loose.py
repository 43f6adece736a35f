"""Fields that are no facts of the case: when it happened, who acted, by what medium, who lets it pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kesu.procedure.kinds.typed_times import in_full, moment
from kesu.reading.text import Text

from .fields import Choice, Field
from .reading import Typed


def loose_field(
    word: str,
    title: Text,
    widget: str,
    *,
    hint: Text | None = None,
    choices: Sequence[Choice] = (),
    required: bool = False,
) -> Field:
    """An empty field that is no fact."""
    return Field(
        word=word,
        title=title,
        widget=widget,
        hint=hint,
        choices=list(choices),
        required=required,
        may_be_unknown=False,
    )


def read_loose(fields: Sequence[Field], typed: Typed, *, now: datetime, zone: str) -> dict[str, str]:
    """What these fields say; each keeps what was typed and gets its error. Instants come as ISO texts."""
    values: dict[str, str] = {}
    for field in fields:
        field.typed = [text for text in typed.get(field.name, ()) if text.strip()]
        value = field.value.strip()
        if not value:
            if field.required:
                field.errors.append(
                    Text("还没有选", "choose one") if field.choices else Text("还没有填", "fill this in")
                )
        elif field.widget == "instant":
            at = moment(value, now=now, zone=zone)
            if at is None:
                field.errors.append(no_moment(value))
            else:
                field.read_as, values[field.word] = in_full(at, zone=zone), at.isoformat()
        elif field.choices and value not in {choice.value for choice in field.choices}:
            field.errors.append(Text("请从列出的里面选", "choose one of those listed"))
        else:
            values[field.word] = value
    return values


def no_moment(value: str) -> Text:
    """What to say of a text that names no time."""
    return Text(
        f"看不懂“{value}”是什么时间；可以写 3.6 17:10、0306 1710 或昨天17:10",
        f"“{value}” is no time that can be read; write 3.6 17:10, 0306 1710 or yesterday 17:10",
    )

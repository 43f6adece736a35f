"""What was typed into fields, read into facts; what cannot be read is said beside its field and stays there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kesu.casework.deciding.values import wrong_values
from kesu.procedure.history.act import Value
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .fields import Field
from .line_rows import MORE, check_rows, more_rows, typed_rows
from .moments import calendar_day, in_full, moment

Typed = Mapping[str, Sequence[str]]  # name of an input -> everything that was sent under it
NOT_KNOWN = "?"  # the value of “not known” among buttons; no choice of any word is called so
SEVERAL = frozenset({"checks"})
NOT_NEEDED = (("不需要", "not needed"), ("无需", "not needed"))


def read_fields(
    fields: Sequence[Field], typed: Typed, *, procedure: Procedure, now: datetime, zone: str
) -> dict[str, Value]:
    """The facts that these fields give; each field keeps what was typed and gets its errors."""
    facts: dict[str, Value] = {}
    for field in fields:
        _take(field, typed)
        if field.unknown:
            facts[field.word] = None
            continue
        given, value = _value(field, now=now, zone=zone)
        if not given:
            if field.required:
                field.errors.append(_missing(field))
            continue
        problems = [_without_title(one, field) for one in wrong_values(procedure, {field.word: value})]
        field.errors += (check_rows(field.rows) or problems) if field.widget == "lines" else problems
        field.errors += _closed(field)
        facts[field.word] = value
    return facts


def more_rows_asked(fields: Sequence[Field], typed: Typed) -> bool:
    """Whether somebody wants more rows of a table and nothing else: then nothing is wrong yet, and all that was typed stays."""
    asked = {word for word in typed.get(MORE, ()) if word}
    for field in fields if asked else ():
        field.errors = []
        for row in field.rows:
            row.error = None
        if field.word in asked:
            more_rows(field.rows)
    return bool(asked)


def _take(field: Field, typed: Typed) -> None:
    sent = [text for text in typed.get(field.name, ()) if text.strip()]
    field.typed = [text for text in sent if text != NOT_KNOWN]
    if field.widget == "lines":
        field.rows = typed_rows(field.name, typed)
        field.typed = [row.article for row in field.rows if not row.blank]
    said = NOT_KNOWN in sent or bool(typed.get(field.name + "--unknown"))
    field.unknown = (
        field.may_be_unknown and said and not field.typed
    )  # what was typed says more than a tick beside it
    if field.widget == "checklist":
        answers = {one.value: "".join(typed.get(name, ())).strip() for name, one, _ in field.items}
        field.answers = {item: answer for item, answer in answers.items() if answer}


def _value(field: Field, *, now: datetime, zone: str) -> tuple[bool, Value]:
    """Whether anything was given, and what."""
    if field.widget == "checklist":
        return bool(field.answers), {item: _answer(answer) for item, answer in field.answers.items()}
    if not field.typed:
        return False, None
    if field.widget == "lines":
        return True, [row.read() for row in field.rows if not row.blank]
    if field.widget == "item lines":
        return True, [line.strip() for line in field.typed[0].splitlines() if line.strip()]
    if field.widget in SEVERAL:
        return True, list(field.typed)
    text = field.typed[0].strip() if field.widget != "area" else field.typed[0]
    if field.widget == "money":
        return True, text.replace(",", "").replace("，", "").removesuffix("元").strip()
    if field.widget == "date":
        day = calendar_day(text, now=now, zone=zone)
        field.read_as = in_full(day, zone=zone) if day else None
        return True, day.isoformat() if day else text
    if field.widget == "instant":
        at = moment(text, now=now, zone=zone)
        field.read_as = in_full(at, zone=zone) if at else None
        return True, at.isoformat() if at else text
    return True, text


def _answer(text: str) -> str:
    """“不需要：理由” is written down in the words that the rules know."""
    for said, meant in NOT_NEEDED:
        if text.startswith(said):
            reason = text[len(said) :].strip(" :：，,")
            return f"{meant}: {reason}" if reason else meant
    return text


def _closed(field: Field) -> list[Text]:
    chosen = [one for one in field.choices if one.closed and one.value in field.typed]
    return [
        Text(f"不能选{one.title.zh}：{one.note.zh}", f"{one.title.en} cannot be chosen: {one.note.en}")
        for one in chosen
        if one.note
    ]


def _missing(field: Field) -> Text:
    if field.widget == "checklist":
        return Text("还没有逐项填写", "answer the items")
    verb = Text("还没有选", "choose one") if field.choices else Text("还没有填", "fill this in")
    return Text(
        verb.zh + ("；不知道就选“不清楚”" if field.may_be_unknown else ""),
        verb.en + (", or mark it as not known" if field.may_be_unknown else ""),
    )


def _without_title(problem: Text, field: Field) -> Text:
    """The sentence of `wrong_values` without the name of the fact, which stands beside it anyway."""
    return Text(
        problem.zh.removeprefix(f"“{field.title.zh}”："), problem.en.removeprefix(f"“{field.title.en}”: ")
    )

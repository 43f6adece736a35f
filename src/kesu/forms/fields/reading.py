"""What was typed into fields, read into facts; what cannot be read is said beside its field and stays there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from kesu.casework.deciding.values import wrong_values
from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.kinds import Filled, Given
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

from .fields import Field
from .line_rows import MORE, check_rows, more_rows, typed_rows
from .widgets import ITEM_LINES, ITEMS, LINE, TABLE, UPLOAD

Typed = Mapping[str, Sequence[str]]  # name of an input -> everything that was sent under it
NOT_KNOWN = "?"  # the value of “not known” among buttons; no choice of any word is called so


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
        given = _given(field, now=now, zone=zone)
        if given is None:
            if field.required:
                field.errors.append(_missing(field))
            continue
        problems = [_without_title(one, field) for one in wrong_values(procedure, {field.word: given.value})]
        field.errors += (check_rows(field.rows) or problems) if field.widget == TABLE else problems
        field.errors += _closed(field)
        facts[field.word] = given.value
    return facts


def not_taken(fields: Sequence[Field], problems: Mapping[str, Sequence[Text]]) -> None:
    """Says beside their fields which files were not taken, and why; by the names of the inputs."""
    for field in fields:
        field.errors += problems.get(field.name, ())


def more_rows_asked(fields: Sequence[Field], typed: Typed) -> bool:
    """Whether somebody wants more rows of a table and nothing else: then nothing is wrong yet, and all that was typed stays."""
    asked = {word for word in typed.get(MORE, ()) if word}
    if asked:
        not_judged_yet(fields)
    for field in fields:
        if field.word in asked:
            more_rows(field.rows)
    return bool(asked)


def not_judged_yet(fields: Sequence[Field]) -> None:
    """Takes back what was said to be wrong: nobody has sent the form."""
    for field in fields:
        field.errors = []
        for row in field.rows:
            row.error = None


def _take(field: Field, typed: Typed) -> None:
    sent = [text for text in typed.get(field.name, ()) if text.strip()]
    field.typed = [text for text in sent if text != NOT_KNOWN]
    if field.widget == TABLE:
        field.rows = typed_rows(field.name, typed)
        field.typed = [row.article for row in field.rows if not row.blank]
    said = NOT_KNOWN in sent or bool(typed.get(field.name + "--unknown"))
    field.unknown = (
        field.may_be_unknown and said and not field.typed
    )  # what was typed says more than a tick beside it
    if field.widget == ITEMS:
        answers = {one.value: "".join(typed.get(name, ())).strip() for name, one, _ in field.items}
        field.answers = {item: answer for item, answer in answers.items() if answer}


def _given(field: Field, *, now: datetime, zone: str) -> Given | None:
    """What the field gave, read by the kind of its fact; None when nothing was typed."""
    given = words.facts()[field.word].kind.from_form(_filled(field), now=now, zone=zone)
    field.read_as = given.understood if given else None
    return given


def _filled(field: Field) -> Filled:
    texts = field.typed
    if field.widget == ITEM_LINES:
        texts = [line.strip() for text in texts[:1] for line in text.splitlines() if line.strip()]
    elif field.widget == LINE:
        texts = [text.strip() for text in texts]
    rows = [row.read() for row in field.rows if not row.blank]
    return Filled(texts=texts, answers=field.answers, rows=rows)


def _closed(field: Field) -> list[Text]:
    chosen = [choice for choice in field.choices if choice.closed and choice.value in field.typed]
    return [
        Text(
            f"不能选{choice.title.zh}：{choice.note.zh}",
            f"{choice.title.en} cannot be chosen: {choice.note.en}",
        )
        for choice in chosen
        if choice.note
    ]


def _missing(field: Field) -> Text:
    if field.widget == ITEMS:
        return Text("还没有逐项填写", "answer the items")
    if field.widget == UPLOAD:
        return Text("还没有传文件", "attach a file")
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

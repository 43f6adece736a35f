"""Whether the values of a command are of their words' kinds; what, where, why and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kesu.procedure import words
from kesu.procedure.history.act import Value
from kesu.procedure.history.hearing import empty_answer
from kesu.procedure.words import FactWord
from kesu.procedure.written.model import Procedure
from kesu.reading.saying_nothing import wrong_reason
from kesu.reading.strict import suggestion
from kesu.reading.text import Text


def wrong_values(procedure: Procedure, facts: Mapping[str, Value]) -> list[Text]:
    """Every fact that is not known, not of its kind, or says nothing where something has to be said.

    Whether “not known” (None) is an answer says the step, and is not asked here.
    """
    return [
        problem
        for word, value in facts.items()
        if value is not None and (problem := _wrong(procedure, word, value)) is not None
    ]


def _wrong(procedure: Procedure, name: str, value: Value) -> Text | None:
    word = words.facts().get(name)
    if word is None:
        en, zh = suggestion(name, words.facts())
        return Text(f"没有“{name}”这一项{zh}", f"there is no fact “{name}”{en}")
    if word.derived is not None:
        below = [words.facts()[one].title for one in words.underneath(name)]
        return Text(
            f"“{word.title.zh}”由系统算出，不能填写；请填{'、'.join(one.zh for one in below)}",
            f"“{word.title.en}” is worked out from {', '.join(one.en for one in below)}; give those",
        )
    allowed = procedure.choices.get(name) or tuple(word.choices)
    wrong = _none_of(word, value, allowed) or word.kind.wrong(value, allowed)
    if wrong is None and (empty := empty_answer(name, value)) is not None:
        wrong = wrong_reason(empty)
    if wrong is None:
        return None
    return Text(f"“{word.title.zh}”：{wrong.zh}", f"“{word.title.en}”: {wrong.en}")


def _none_of(word: FactWord, value: Value, allowed: Sequence[str]) -> Text | None:
    """What is wrong with a choice that there is not, with the others as people call them; None where nothing is."""
    items = value if isinstance(value, list) else [value]
    other = next((one for one in items if isinstance(one, str) and one not in allowed), None)
    if other is None or not word.choices:
        return None
    titles = [word.choices[name] for name in allowed]
    zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
    return Text(f"“{other}”不在可选项内：{zh}", f"“{other}” is none of {en}")

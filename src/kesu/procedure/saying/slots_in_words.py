"""How each kind of slot is said, in Chinese and in English: titles for names, people's ways of writing figures and times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from zoneinfo import ZoneInfo

from kesu.names import RuleName
from kesu.reading.text import Lang, Text, either, listed
from kesu.worktime.until import until

from .. import words
from ..history.verdict import Differences, Things
from ..kinds.line_sums import number_text
from ..shapes.slots import (
    AllPosts,
    AnyOf,
    Condition,
    DueBy,
    Facts,
    LateBy,
    Length,
    Line,
    Linked,
    Moment,
    Names,
    Owed,
    Parts,
    Plain,
    Post,
    Posts,
    Said,
    Slot,
    Sources,
    Steps,
    UpTo,
    Value,
    Values,
)
from ..when import Condition as Part
from ..words.names import FACT
from ..written.model import Procedure

MOST_DIFFERENCES = 5
END = Text("办结", "the end")


@dataclass(frozen=True, slots=True)
class Saying:
    """In which procedure something is said, in which language, and in which zone its instants are told."""

    procedure: Procedure
    lang: Lang
    zone: str = "Asia/Shanghai"


@singledispatch
def slot_in_words(slot: Slot, saying: Saying) -> str:
    """A slot in words. Raises TypeError for what is none."""
    raise TypeError(f"{slot!r} is no slot of a sentence")


# -- names of the procedure ------------------------------------------------------------------------------------------


@slot_in_words.register
def _(slot: Steps, saying: Saying) -> str:
    return listed([_step(name, saying) for name in slot.names], saying.lang)


@slot_in_words.register
def _(slot: AnyOf, saying: Saying) -> str:
    return either([_step(name, saying) for name in slot.names], saying.lang)


@slot_in_words.register
def _(slot: Owed, saying: Saying) -> str:
    rule = saying.procedure.by_name.get(RuleName(slot.rule))
    timed = rule.shape.timed if rule is not None else None
    return slot_in_words(AnyOf(timed.answers), saying) if timed is not None else f"“{slot.rule}”"


@slot_in_words.register
def _(slot: Line, saying: Saying) -> str:
    return " → ".join(_step(name, saying) for name in slot.names)


def _step(name: str, saying: Saying) -> str:
    if name == "the end":
        return END.in_(saying.lang)
    step = saying.procedure.steps.get(name)
    return f"“{step.title.in_(saying.lang) if step else name}”"


@slot_in_words.register
def _(slot: Posts, saying: Saying) -> str:
    return either(_post_titles(slot.names, saying), saying.lang)


@slot_in_words.register
def _(slot: AllPosts, saying: Saying) -> str:
    return listed(_post_titles(slot.names, saying), saying.lang)


@slot_in_words.register
def _(slot: Parts, saying: Saying) -> str:
    return listed([either(_post_titles(part, saying), saying.lang) for part in slot.parts], saying.lang)


def _post_titles(names: tuple[str, ...], saying: Saying) -> list[str]:
    titles = [saying.procedure.title_of(name).in_(saying.lang) for name in names]
    return titles if saying.lang == "zh" else [lowered(title) for title in titles]


@slot_in_words.register
def _(slot: Post, saying: Saying) -> str:
    if slot.name is None:
        return "没有岗位" if saying.lang == "zh" else "holder of no post"
    return slot_in_words(Posts((slot.name,)), saying)


@slot_in_words.register
def _(slot: Linked, saying: Saying) -> str:
    title = saying.procedure.linked.get(slot.procedure)
    return f"“{title.in_(saying.lang) if title else slot.procedure}”"


@slot_in_words.register
def _(slot: Sources, saying: Saying) -> str:
    parts = [SOURCES[word].in_(saying.lang) for word in slot.words]
    for step in slot.doers:
        title = _step(step, saying)
        parts.append(f"办过{title}的人" if saying.lang == "zh" else f"whoever took {title}")
    return listed(parts, saying.lang)


SOURCES = {
    "named": Text("被投诉的人", "those complained about"),
    FACT.DID_THE_WORK: Text("做过这项工作的人", "those who did the work"),
    "named units": Text("被投诉部门的人", "those of the unit complained about"),
    FACT.RESPONSIBLE_UNIT: Text("责任部门的人", "those of the responsible department"),
}


@slot_in_words.register
def _(slot: UpTo, saying: Saying) -> str:
    unit = Text("元以内", "yuan") if slot.money else Text("以内", "")
    parts = []
    for limit, posts in slot.limits:
        who = slot_in_words(Posts(posts), saying)
        if saying.lang == "zh":
            parts.append(f"{limit} {unit.zh}由{who}办" if limit is not None else f"再多由{who}办")
        else:
            amount = f"{limit} {unit.en}".rstrip()
            parts.append(
                f"up to {amount} for the {who}" if limit is not None else f"above that for the {who}"
            )
    return listed(parts, "en") if saying.lang == "en" else "，".join(parts)


# -- facts and their values ------------------------------------------------------------------------------------------


@slot_in_words.register
def _(slot: Facts, saying: Saying) -> str:
    known = words.facts()
    titles = [known[name].title.in_(saying.lang) for name in slot.names if name in known]
    return listed(titles if saying.lang == "zh" else [lowered(title) for title in titles], saying.lang)


@slot_in_words.register
def _(slot: Value, saying: Saying) -> str:
    fact = words.facts().get(slot.of)
    return fact.choices[slot.value].in_(saying.lang) if fact and slot.value in fact.choices else slot.value


@slot_in_words.register
def _(slot: Values, saying: Saying) -> str:
    choices = {value: title for name in slot.of for value, title in words.facts()[name].choices.items()}
    titles = [choices[value].in_(saying.lang) if value in choices else value for value in slot.values]
    return either([f"“{title}”" for title in titles], saying.lang)


@slot_in_words.register
def _(slot: Things, saying: Saying) -> str:
    choices = words.facts()[slot.of].choices if slot.of else {}
    return listed(
        [choices[one].in_(saying.lang) if one in choices else one for one in slot.names], saying.lang
    )


@slot_in_words.register
def _(slot: Condition, saying: Saying) -> str:
    parts = [_condition(part, saying) for part in slot.when.conditions]
    if slot.either:
        return "，或者".join(parts) if saying.lang == "zh" else " or ".join(parts)
    return "，且".join(parts) if saying.lang == "zh" else " and ".join(parts)


def _condition(part: Part, saying: Saying) -> str:
    word, lang, test = words.facts()[part.word], saying.lang, part.test
    title = word.title.in_(lang)
    if title.startswith("是否") and (test, part.values) == ("is", ("yes",)):
        return title.removeprefix("是否")
    quoted = [f"“{_value_of(word, value, saying)}”" for value in part.values]
    if lang == "zh":
        return f"{title}{TESTS_ZH[test]}{either(quoted, lang)}{'之一' if len(quoted) > 2 else ''}"
    return f"{lowered(title)} {TESTS_EN[test]} {either(quoted, lang)}"


def _value_of(word: words.FactWord, value: str, saying: Saying) -> str:
    """A value as people say it: a choice by its title, and the name of a step or post by the title of that."""
    if value in word.choices:
        return word.choices[value].in_(saying.lang)
    named = saying.procedure.steps.get(value) or saying.procedure.posts.get(value)
    return named.title.in_(saying.lang) if named and word.kind.technical else value


TESTS_ZH = {
    "is": "为",
    "not": "不是",
    "ever": "曾为",
    "never": "不曾为",
    "over": "超过",
    "under": "不满",
    "at least": "达到",
    "up to": "不超过",
}
TESTS_EN = {
    "is": "is",
    "not": "is not",
    "ever": "was once",
    "never": "never was",
    "over": "is over",
    "under": "is under",
    "at least": "is at least",
    "up to": "is up to",
}


@slot_in_words.register
def _(slot: Differences, saying: Saying) -> str:
    """“盒装奶”收货明细 11、批准明细 10; the first few, so that a long list stays readable."""
    zh = saying.lang == "zh"
    titles = [slot_in_words(Facts((word,)), saying) for word in (slot.given, slot.approved)]
    comma, between, space = ("、", "；", "") if zh else (", ", "; ", " ")
    parts = [
        f"“{one.article}”{space}{titles[0]} {number_text(one.given)}{comma}{titles[1]} {number_text(one.approved)}"
        for one in slot.by_article[:MOST_DIFFERENCES]
    ]
    more = len(slot.by_article) - len(parts)
    if more:
        parts.append(f"另有 {more} 处" if zh else f"and {more} more")
    return between.join(parts)


# -- time ------------------------------------------------------------------------------------------------------------


@slot_in_words.register
def _(slot: Moment, saying: Saying) -> str:
    local = slot.at.astimezone(ZoneInfo(saying.zone))
    if saying.lang == "en":
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


@slot_in_words.register
def _(slot: DueBy, saying: Saying) -> str:
    due = slot.due
    if due is None:
        return "不设" if saying.lang == "zh" else "no set time"
    end = until(due.at, zone=due.calendar.zone_info)
    if end.whole_day:
        day = end.day
        return f"{day.year}年{day.month}月{day.day}日" if saying.lang == "zh" else day.isoformat()
    return slot_in_words(Moment(due.at), Saying(saying.procedure, saying.lang, due.calendar.zone))


@slot_in_words.register
def _(slot: LateBy, saying: Saying) -> str:
    return "" if slot.delay is None else slot.delay.label(saying.lang)


@slot_in_words.register
def _(slot: Length, saying: Saying) -> str:
    return "" if slot.span is None else slot.span.label(saying.lang)


# -- what is said as it is -------------------------------------------------------------------------------------------


@slot_in_words.register
def _(slot: Names, saying: Saying) -> str:
    return listed(list(slot.names), saying.lang)


@slot_in_words.register
def _(slot: Said, saying: Saying) -> str:
    return slot.text.in_(saying.lang)


@slot_in_words.register
def _(slot: Plain, saying: Saying) -> str:
    return slot.text


def lowered(title: str) -> str:
    """A title in the middle of a sentence."""
    return title[:1].lower() + title[1:] if not title[1:2].isupper() else title

"""The sentence of a rule and the reason of a finding, in Chinese and English, from one template file a shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from kesu.reading.keys import both
from kesu.reading.strict import Block, read_file
from kesu.reading.text import Lang, Text, either, listed

from .. import words
from ..history.verdict import Finding
from ..kinds.line_sums import Difference, plain
from ..when import Condition, When
from ..words.names import FACT
from ..written.model import Procedure
from ..written.rule import Rule

FOLDER = Path(__file__).parent / "sentences"
MOST_DIFFERENCES = 5
END = Text("办结", "the end")


@cache
def templates(sign: str) -> Mapping[str, Text]:
    """The templates of a shape, the general ones included."""
    found: dict[str, Text] = {}
    for name in ("any", sign):
        block = read_file(FOLDER / f"{name}.yaml")
        assert isinstance(block, Block)
        found |= {key: both(node, what=key) for key, node in block.items()}
    return found


def sentence(rule: Rule, procedure: Procedure, lang: Lang) -> str:
    """What the rule says, as one sentence."""
    slots = dict(rule.shape.slots())
    chosen = slots.pop("sentence", ("choice", "rule"))
    assert isinstance(chosen, tuple)
    said = _fill(templates(rule.shape.sign)[chosen[1]], slots, procedure, lang)
    if rule.each is not None:
        each = _fill(
            templates("any")["each"], {"each": ("facts", (words.per_thing(rule.each),))}, procedure, lang
        )
        said = said[:-1] + each + said[-1]
    said += _to_be_set(rule, procedure, lang)
    if not rule.when.conditions:
        return said[:1].upper() + said[1:]
    return _fill(templates("any")["when"], {"condition": ("when", rule.when)}, procedure, lang) + _lower(said)


def _to_be_set(rule: Rule, procedure: Procedure, lang: Lang) -> str:
    """What to add where a setting is still open, so that the value that stands in is not taken for a choice."""
    names = [name for name in rule.unset if procedure.settings[name].value is None]
    if not names:
        return ""
    titles = [
        f"“{setting.title.in_(lang) if (setting := procedure.settings[name]).title else name}”"
        for name in names
    ]
    return _fill(templates("any")["unset"], {"settings": ("plain", listed(titles, lang))}, procedure, lang)


def reason(finding: Finding, procedure: Procedure, lang: Lang, *, zone: str = "Asia/Shanghai") -> str:
    """Why a finding is as it is, in one clause without a full stop; empty when there is nothing to say."""
    if not finding.outcome.why:
        return ""
    rule = procedure.by_name[finding.rule]
    return _fill(
        templates(rule.shape.sign)[finding.outcome.why], finding.outcome.slots, procedure, lang, zone
    )


def _fill(
    template: Text, slots: Mapping[str, Any], procedure: Procedure, lang: Lang, zone: str = "Asia/Shanghai"
) -> str:
    text = template.in_(lang)
    names = {name for _, name, _, _ in Formatter().parse(text) if name}
    return text.format(
        **{name: _slot(slots[name], procedure, lang, zone) if name in slots else "…" for name in names}
    )


def _slot(slot: Any, procedure: Procedure, lang: Lang, zone: str) -> str:
    kind, value = slot
    return RENDER[kind](value, procedure, lang, zone)


def _steps(value: tuple[str, ...], procedure: Procedure, lang: Lang, zone: str) -> str:
    return listed([_step(name, procedure, lang) for name in value], lang)


def _any_of(value: tuple[str, ...], procedure: Procedure, lang: Lang, zone: str) -> str:
    return either([_step(name, procedure, lang) for name in value], lang)


def _step(name: str, procedure: Procedure, lang: Lang) -> str:
    if name == "the end":
        return END.in_(lang)
    step = procedure.steps.get(name)
    return f"“{step.title.in_(lang) if step else name}”"


def _posts(value: tuple[str, ...], procedure: Procedure, lang: Lang, zone: str) -> str:
    titles = [procedure.title_of(name).in_(lang) for name in value]
    return either(titles if lang == "zh" else [_lower(title) for title in titles], lang)


def _all_posts(value: tuple[str, ...], procedure: Procedure, lang: Lang, zone: str) -> str:
    titles = [procedure.title_of(name).in_(lang) for name in value]
    return listed(titles if lang == "zh" else [_lower(title) for title in titles], lang)


def _post(value: str | None, procedure: Procedure, lang: Lang, zone: str) -> str:
    if value is None:
        return "没有岗位" if lang == "zh" else "holder of no post"
    return _posts((value,), procedure, lang, zone)


def _facts(value: tuple[str, ...], procedure: Procedure, lang: Lang, zone: str) -> str:
    titles = [words.facts()[name].title.in_(lang) for name in value if name in words.facts()]
    return listed(titles if lang == "zh" else [_lower(title) for title in titles], lang)


def _when(value: When, procedure: Procedure, lang: Lang, zone: str) -> str:
    parts = _conditions(value, procedure, lang)
    return "，且".join(parts) if lang == "zh" else " and ".join(parts)


def _either_when(value: When, procedure: Procedure, lang: Lang, zone: str) -> str:
    """Conditions of which any one is enough."""
    parts = _conditions(value, procedure, lang)
    return "，或者".join(parts) if lang == "zh" else " or ".join(parts)


def _conditions(value: When, procedure: Procedure, lang: Lang) -> list[str]:
    parts = []
    for condition in value.conditions:
        word = words.facts()[condition.word]
        said = [_said_of(word, one, procedure, lang) for one in condition.values]
        parts.append(_condition(word, condition, said, lang))
    return parts


def _differences(
    value: tuple[str, str, tuple[Difference, ...]], procedure: Procedure, lang: Lang, zone: str
) -> str:
    """“盒装奶”收货明细 11、批准明细 10; the first few, so that a long list stays readable."""
    given, approved, differences = value
    titles = [_facts((word,), procedure, lang, zone) for word in (given, approved)]
    comma, between = ("、", "；") if lang == "zh" else (", ", "; ")
    said = [
        f"“{one.article}”{'' if lang == 'zh' else ' '}{titles[0]} {plain(one.given)}{comma}{titles[1]} {plain(one.approved)}"
        for one in differences[:MOST_DIFFERENCES]
    ]
    more = len(differences) - len(said)
    if more:
        said.append(f"另有 {more} 处" if lang == "zh" else f"and {more} more")
    return between.join(said)


def _said_of(word: words.FactWord, value: str, procedure: Procedure, lang: Lang) -> str:
    """A value as people say it: a choice by its title, and the name of a step or post by the title of that."""
    if value in word.choices:
        return word.choices[value].in_(lang)
    named = procedure.steps.get(value) or procedure.posts.get(value)
    return named.title.in_(lang) if named and word.kind.technical else value


def _condition(word: words.FactWord, condition: Condition, said: list[str], lang: Lang) -> str:
    title, test = word.title.in_(lang), condition.test
    if title.startswith("是否") and (test, condition.values) == ("is", ("yes",)):
        return title.removeprefix("是否")
    quoted = [f"“{one}”" for one in said]
    if lang == "zh":
        return f"{title}{TESTS_ZH[test]}{either(quoted, lang)}{'之一' if len(said) > 2 else ''}"
    return f"{_lower(title)} {TESTS_EN[test]} {either(quoted, lang)}"


TESTS_ZH = {"is": "为", "not": "不是", "over": "超过", "under": "不满", "at least": "达到", "up to": "不超过"}
TESTS_EN = {
    "is": "is",
    "not": "is not",
    "over": "is over",
    "under": "is under",
    "at least": "is at least",
    "up to": "is up to",
}


def _persons(value: tuple[str, ...], procedure: Procedure, lang: Lang, zone: str) -> str:
    return listed(list(value), lang)


def _things(value: tuple[str | None, tuple[str, ...]], procedure: Procedure, lang: Lang, zone: str) -> str:
    word, things = value
    choices = words.facts()[word].choices if word else {}
    return listed([choices[thing].in_(lang) if thing in choices else thing for thing in things], lang)


def _value(value: tuple[str, str], procedure: Procedure, lang: Lang, zone: str) -> str:
    word, text = value
    fact = words.facts().get(word)
    return fact.choices[text].in_(lang) if fact and text in fact.choices else text


def _limits(
    value: tuple[tuple[Any, tuple[str, ...]], ...], procedure: Procedure, lang: Lang, zone: str
) -> str:
    return _limited(value, Text("元以内", "yuan"), procedure, lang)


def _ratio_limits(
    value: tuple[tuple[Any, tuple[str, ...]], ...], procedure: Procedure, lang: Lang, zone: str
) -> str:
    return _limited(value, Text("以内", ""), procedure, lang)


def _limited(
    value: tuple[tuple[Any, tuple[str, ...]], ...], unit: Text, procedure: Procedure, lang: Lang
) -> str:
    parts = []
    for limit, posts in value:
        who = _posts(posts, procedure, lang, "")
        if lang == "zh":
            parts.append(f"{limit} {unit.zh}由{who}办" if limit is not None else f"再多由{who}办")
        else:
            amount = f"{limit} {unit.en}".rstrip()
            parts.append(
                f"up to {amount} for the {who}" if limit is not None else f"above that for the {who}"
            )
    return listed(parts, lang) if lang == "en" else "，".join(parts)


def _sources(value: tuple[Any, ...], procedure: Procedure, lang: Lang, zone: str) -> str:
    known = {
        "named": Text("被投诉的人", "those complained about"),
        FACT.DID_THE_WORK: Text("做过这项工作的人", "those who did the work"),
        "named units": Text("被投诉部门的人", "those of the unit complained about"),
    }
    parts = []
    for source in value:
        if isinstance(source, tuple):
            step = _steps((source[1],), procedure, lang, zone)
            parts.append(f"办过{step}的人" if lang == "zh" else f"whoever took {step}")
        else:
            parts.append(known[source].in_(lang))
    return listed(parts, lang)


def _moment(value: datetime | None, procedure: Procedure, lang: Lang, zone: str) -> str:
    if value is None:
        return "不设期限" if lang == "zh" else "no set time"
    local = value.astimezone(ZoneInfo(zone))
    if lang == "en":
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"


def _due(value: Any, procedure: Procedure, lang: Lang, zone: str) -> str:
    if value is None:
        return "不设" if lang == "zh" else "no set time"
    at = value.at
    if at.hour == at.minute == at.second == 0:
        day = value.date
        return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()
    return _moment(at, procedure, lang, value.calendar.zone)


def _delay(value: Any, procedure: Procedure, lang: Lang, zone: str) -> str:
    if value is None:
        return ""
    return str(value.label(lang))


def _span(value: Any, procedure: Procedure, lang: Lang, zone: str) -> str:
    return str(value.label(lang)) if value is not None else ""


def _procedure(value: str, procedure: Procedure, lang: Lang, zone: str) -> str:
    title = procedure.linked.get(value)
    return f"“{title.in_(lang)}”" if title else f"“{value}”"


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:] if not title[1:2].isupper() else title


RENDER: Mapping[str, Callable[[Any, Procedure, Lang, str], str]] = {
    "steps": _steps,
    "any of": _any_of,
    "posts": _posts,
    "all posts": _all_posts,
    "post": _post,
    "facts": _facts,
    "when": _when,
    "either": _either_when,
    "differences": _differences,
    "persons": _persons,
    "things": _things,
    "items": _things,
    "value": _value,
    "limits": _limits,
    "ratio limits": _ratio_limits,
    "sources": _sources,
    "moment": _moment,
    "due": _due,
    "delay": _delay,
    "span": _span,
    "procedure": _procedure,
    "text": lambda value, procedure, lang, zone: str(value.in_(lang)),
    "plain": lambda value, procedure, lang, zone: str(value),
}

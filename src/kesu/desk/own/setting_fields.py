"""What a paper leaves open, as a form: a field a setting, with its widget, its clause, its reading and the rule that waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kesu.forms.fields.fields import Choice
from kesu.procedure import words
from kesu.procedure.history.periods import PERIODS, ROLLS
from kesu.procedure.saying.sentence import sentence
from kesu.procedure.shapes.timed import NO_LIMIT
from kesu.procedure.written.model import Procedure, Setting
from kesu.procedure.written.settings import checked_setting
from kesu.reading.strict import ReadError, Scalar
from kesu.reading.text import Text
from kesu.registry.enforce_with_settings import NewSetting

from ..said.on_page import ANYBODY, FORCES, MODES

UNLIMITED: Final = ("不设期限", "不限", "无期限", "no limit")
MOST: Final = 400  # characters of a value or of its reason
HINTS: Final[Mapping[str, Text]] = {
    "span": Text("如 5个工作日、48小时；不设期限写“不限”并写明理由", "such as 5 working days, 48 hours; “no limit” wants a reason"),
    "money": Text("元，如 3000", "yuan, such as 3000"),
    "number": Text("数字", "a number"),
    "period": Text(PERIODS, PERIODS),
    "prices": Text("品名 = 5.50; 品名 = 6，没有的写 none", "article = 5.50; article = 6, or none"),
    "text": Text("", ""),
}  # fmt: skip
ROLLED: Final = dict(
    zip(
        ROLLS,
        (Text("不顺延", "stays"), Text("顺延到下一个工作日", "moves to the next working day")),
        strict=True,
    )
)


@dataclass(slots=True)
class SettingField:
    """One setting on the form: what stands in it (`values`), why, and what is wrong. `open`: nobody has set it yet."""

    name: str
    title: Text
    clauses: tuple[str, ...]
    reading: Text | None
    sentences: Sequence[Text]
    choices: Sequence[Choice]
    several: bool
    hint: Text
    open: bool
    values: list[str] = field(default_factory=list)
    reason: str = ""
    error: Text | None = None
    before: str = ""

    @property
    def id(self) -> str:
        """The name of its input."""
        return "s-" + self.name.replace(" ", "-")

    @property
    def value(self) -> str:
        """As a procedure holds it: several are one text with commas between."""
        return ", ".join(self.values)


def setting_fields(procedure: Procedure, *, reasons: Mapping[str, str]) -> list[SettingField]:
    """A field for each setting of a procedure as it stands, those that are open first."""
    made = [_field(one, procedure, reasons) for one in procedure.settings.values()]
    return sorted(made, key=lambda one: not one.open)


def fill(fields: Iterable[SettingField], sent: Mapping[str, Sequence[str]]) -> list[NewSetting]:
    """Puts what was sent into the fields, says what is wrong at each, and gives those that differ from what stands."""
    changed = []
    for one in fields:
        texts = [text.strip()[:MOST] for text in sent.get(one.id, ()) if text.strip()]
        one.values = [NO_LIMIT if text in UNLIMITED else text for text in texts]
        one.reason = " ".join(sent.get(f"why-{one.id}", ())).strip()[:MOST]
        one.error = _wrong(one)
        if one.several and set(one.values) == set(one.before.split(", ")):
            one.values = one.before.split(", ")  # in the order in which it was settled
        if one.error is None and one.value and one.value != one.before:
            changed.append(NewSetting(one.name, one.value, one.reason))
    return changed


def _wrong(setting: SettingField) -> Text | None:
    if not setting.values:
        return Text("还没有定", "still to be set") if setting.open or setting.before else None
    offered = {choice.value for choice in setting.choices}
    if offered and not offered.issuperset(setting.values):
        return Text("请在给出的里面选", "choose among those that are there")
    if setting.value == NO_LIMIT and not setting.reason:
        return Text("不设期限要写理由", "“no limit” needs a reason")
    return None


def check_kinds(fields: Iterable[SettingField], procedure: Procedure) -> None:
    """Says at each field whether its value is of the setting's kind."""
    for one in fields:
        if one.value and one.error is None:
            try:
                checked_setting(
                    one.value, kind=Scalar(procedure.settings[one.name].kind), node=Scalar(one.value)
                )
            except ReadError as wrong:
                one.error = Text(wrong.zh, wrong.en)


def _field(setting: Setting, procedure: Procedure, reasons: Mapping[str, str]) -> SettingField:
    several, choices = _choices(setting, procedure)
    value = setting.value or ""
    return SettingField(
        name=setting.name,
        title=setting.title or Text(setting.name, setting.name),
        clauses=procedure.own_clauses(setting.clauses),
        reading=setting.reading,
        sentences=_sentences(setting, procedure),
        choices=choices,
        several=several,
        hint=HINTS.get(setting.kind, Text("", "")),
        open=setting.value is None,
        values=value.split(", ") if several and value else [value] if value else [],
        reason=reasons.get(setting.name, ""),
        before=value,
    )


def _sentences(setting: Setting, procedure: Procedure) -> list[Text]:
    """The rules that wait for it; where it is set, the first of its clause."""
    waiting = [rule for rule in procedure.rules if setting.name in rule.unset]
    near = [rule for rule in procedure.rules if set(rule.clauses) & set(setting.clauses)][:1]
    return [
        Text(sentence(rule, procedure, "zh"), sentence(rule, procedure, "en"))
        for rule in (waiting or near)[:2]
    ]


def _choices(setting: Setting, procedure: Procedure) -> tuple[bool, list[Choice]]:
    """Whether several may be chosen, and among what; nothing where it is typed."""
    kind = setting.kind
    if kind in ("post", "posts"):
        posts = {name: post.title for name, post in procedure.posts.items()}
        return kind == "posts", _offered(posts if kind == "post" else {**posts, **ANYBODY})
    titled = {"force": FORCES, "mode": MODES, "roll": ROLLED}
    if kind in titled:
        return False, _offered(titled[kind])
    fact = kind.removeprefix("choice of ").removeprefix("list of ").removesuffix(" list")
    word = words.facts().get(fact) if fact != kind else None
    if word is None:
        return False, []
    return not kind.startswith("choice"), _offered(word.choices)


def _offered(titles: Mapping[str, Text]) -> list[Choice]:
    return [Choice(name, title) for name, title in titles.items()]

"""Reading one rule: its name and clauses, what narrows it, and the one shape it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kesu.names import FactName, RuleName
from kesu.reading.keys import Keys, known_word
from kesu.reading.strict import Block, Node, Scalar, Series, fault, nearest, suggestion

from .. import words
from ..kinds.price_list import NO_LIST
from ..shapes import END, Shape, Vocabulary, shapes
from ..when import read_when
from .expected import read_expected
from .model import HOW, Setting
from .rule import Rule
from .unset import unset_post
from .waivers import check_waiver, read_waiver

EXCEPT: Final = "but not at"  # of a rule of the end: the ends at which it does not hold
KNOWN: Final = "where known at"  # the steps at which it holds only where what it hangs on is known
OUTLIVES: Final = "may outlive the end"  # of a rule that calls for duties: they do not bar the end
GENERAL = ("rule", "clause", "when", "expects", "for each", "force", "unless waived", "reading", "how")
FORCES = ("refuse", "reason", "show")
OF_POSTS: Final = ("post", "posts")
FIRST_STAND_IN: Final = 9001  # a figure that no paper has, so that a print can tell it from one
SPOKEN = re.compile(r"<([^<>]+)>")

# What stands in for a setting that nobody has set yet, so that the file can be read and audited; printed is the setting's
# own title, by `stand_ins`. Of spans and figures each setting of a rule has one of its own.
SAMPLES: Mapping[str, str] = {
    "span": "{} working days",
    "money": "{}",
    "number": "{}",
    "force": "refuse",
    "mode": "whole",
    "prices": NO_LIST,
    "period": "week, Monday",
    "roll": "none",
}


class Settings:
    """The settings of a procedure while its rules are read: `<name>` in a rule is replaced by the value."""

    def __init__(self, held: Mapping[str, Setting], *, posts: tuple[str, ...] = ()) -> None:
        self.held, self.posts = held, posts
        self.unset: list[str] = []

    def filled(self, node: Node) -> Node:
        """The node with every `<setting>` replaced; unset ones take a sample and are remembered."""
        if isinstance(node, Scalar):
            return self._spoken(node)
        if isinstance(node, Series):
            items: list[Node] = []
            for item in node:
                made = self.filled(item)
                items.extend(made if isinstance(made, Series) and isinstance(item, Scalar) else [made])
            return Series(items, node.file, node.line)
        block = Block(node.file, node.line)
        for key, value in node.items():
            line = node.lines.get(key, node.line)
            spoken = self._spoken(Scalar(key, node.file, line)) if "<" in key else key
            said = str(spoken) if isinstance(spoken, str) else key
            block[said] = self.filled(value)
            block.lines[said] = line
        return block

    def _spoken(self, node: Scalar) -> Node:
        whole = SPOKEN.fullmatch(node)
        if whole is not None:
            setting = self._setting(node, whole[1])
            value = self._value(setting)
            if setting.kind.endswith("list") or ", " in value:
                return Series(
                    (Scalar(one.strip(), node.file, node.line) for one in value.split(",")),
                    node.file,
                    node.line,
                )
            return Scalar(value, node.file, node.line)
        text = SPOKEN.sub(lambda found: self._value(self._setting(node, found[1])), node)
        return Scalar(text, node.file, node.line)

    def _setting(self, node: Scalar, name: str) -> Setting:
        if name not in self.held:
            en, zh = suggestion(name, self.held)
            raise fault(node, en=f"no setting is called “{name}”{en}", zh=f"没有叫“{name}”的设定{zh}")
        return self.held[name]

    def _value(self, setting: Setting) -> str:
        if setting.value is None:
            self.unset.append(setting.name)
            return stand_in(setting, list(dict.fromkeys(self.unset)).index(setting.name))
        return setting.value


def stand_in(setting: Setting, place: int) -> str:
    """What stands in for a setting that is to be set, the rule's so many-th of them."""
    if setting.kind in OF_POSTS:
        return unset_post(setting.name)
    sample = SAMPLES.get(setting.kind)
    return _first_choice(setting) if sample is None else sample.format(FIRST_STAND_IN + place)


def _first_choice(setting: Setting) -> str:
    """A value that reads as the setting's kind: kinds may be written “choice of topic”, “post”."""
    fact = setting.kind.removeprefix("choice of ").removeprefix("list of ").removesuffix(" list")
    word = words.facts().get(fact)
    return next(iter(word.choices), "") if word else ""


def rule_name(node: Node) -> str:
    """The name of a rule, before anything else of it is read. Raises ReadError."""
    if not isinstance(node, Block) or not isinstance(node.get("rule"), Scalar) or not node["rule"].strip():
        raise fault(
            node,
            en="a rule is a mapping that begins with “rule: its name”",
            zh="每条规则应以“rule: 名称”开头",
        )
    return str(node["rule"])


def read_rule(raw: Node, vocabulary: Vocabulary, settings: Settings, *, origin: str) -> Rule:
    """One rule. Raises ReadError at the line that is wrong."""
    name = rule_name(raw)
    settings = Settings(settings.held, posts=tuple(vocabulary.posts))
    keys = Keys(settings.filled(raw), what=f"the rule “{name}”")
    shape_class = _shape_of(keys, name)
    spoken = Vocabulary(vocabulary.steps, vocabulary.posts, name)
    shape = shape_class.read(keys, spoken)
    each, force, how = keys.maybe("for each"), keys.maybe("force"), keys.maybe("how")
    if each is not None and not shape.per_thing:
        raise fault(each, en=f"“{shape.sign}” cannot be said “for each”", zh=f"“{shape.sign}”不能写 for each")
    forced = str(known_word(force, FORCES, what="“force”")) if force is not None else "refuse"
    rule = Rule(
        name=RuleName(name),
        clauses=tuple(map(str, keys.words("clause"))),
        shape=shape,
        when=read_when(keys.get("when")),
        expects=read_expected(keys.get("expects"), Vocabulary(vocabulary.steps, vocabulary.posts, name)),
        each=_each(each, vocabulary) if each is not None else None,
        force=forced,
        waiver=read_waiver(keys, spoken, force),
        reading=keys.both("reading"),
        how=str(known_word(how, HOW, what="“how”"))
        if how is not None
        else "recorded"
        if forced == "show" and shape.how == "enforced"
        else shape.how,
        origin=origin,
        line=keys.block.line,
        unset=tuple(dict.fromkeys(settings.unset)),
        excepted=_ends(keys, EXCEPT, shape, vocabulary, name),
        where_known=_known_at(keys, shape, vocabulary, name),
        outlives_end=_outlives(keys, shape, name),
    )
    check_waiver(rule, keys)
    keys.get("rule")
    keys.done(also=GENERAL)
    return rule


def _ends(keys: Keys, key: str, shape: Shape, vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    """The ends at which a rule of the end does not hold, or not as elsewhere, with the reading by which that is so."""
    if key not in keys:
        return ()
    if END not in shape.asked():
        raise fault(
            keys.need(key),
            en=f"“{key}” of the rule “{name}” goes with a rule of the end alone",
            zh=f"规则“{name}”不是办结的规则，不能写“{key}”",
        )
    _with_reading(keys, key, name)
    return Vocabulary(vocabulary.steps, vocabulary.posts, name).steps_of(keys, key)


def _known_at(keys: Keys, shape: Shape, vocabulary: Vocabulary, name: str) -> tuple[str, ...]:
    """The ends, or of a rule of other steps those of its steps, at which it holds only where it is known that it applies."""
    if KNOWN not in keys or END in shape.asked():
        return _ends(keys, KNOWN, shape, vocabulary, name)
    steps = Vocabulary(vocabulary.steps, vocabulary.posts, name).steps_of(keys, KNOWN)
    if other := next((step for step in steps if step not in shape.asked()), None):
        raise fault(
            keys.need(KNOWN),
            en=f"“{KNOWN}” of the rule “{name}” names “{other}”, at which it says nothing",
            zh=f"规则“{name}”的“{KNOWN}”写了“{other}”，这条规则在那一步没有要求",
        )
    _with_reading(keys, KNOWN, name)
    return steps


def _outlives(keys: Keys, shape: Shape, name: str) -> bool:
    """`may outlive the end: yes` of a rule that calls for duties, with the reading by which they need not be met first."""
    if OUTLIVES not in keys:
        return False
    flag = keys.flag(OUTLIVES)
    if shape.timed is None:
        raise fault(
            keys.need(OUTLIVES),
            en=f"“{OUTLIVES}” of the rule “{name}” goes with a rule that calls for something alone",
            zh=f"规则“{name}”没有应办事项，不能写“{OUTLIVES}”",
        )
    if flag:
        _with_reading(keys, OUTLIVES, name)
    return flag


def _with_reading(keys: Keys, key: str, name: str) -> None:
    if keys.both("reading") is None:
        raise fault(
            keys.need(key),
            en=f"“{key}” of the rule “{name}” needs its “reading”: why the paper lets it",
            zh=f"规则“{name}”写了“{key}”，要写“reading”说明为什么可以",
        )


def _each(word: Scalar, vocabulary: Vocabulary) -> FactName:
    name = vocabulary.fact(word)
    if not words.facts()[name].kind.comparable:
        raise fault(
            word,
            en=f"“{name}” is a table of lines, which has no “for each”",
            zh=f"“{name}”是明细表，不能写 for each",
        )
    return name


def _shape_of(keys: Keys, name: str) -> type[Shape]:
    signs = [sign for sign in shapes() if sign in keys]
    found = [
        sign
        for sign in signs
        if not any(
            sign in shapes()[other].keys and other not in shapes()[sign].keys
            for other in signs
            if other != sign
        )
    ]
    if len(found) == 1:
        return shapes()[found[0]]
    if not found:
        _check_spelling(keys, name)
    has = "none of them" if not found else " and ".join(f"“{sign}”" for sign in found)
    raise fault(
        keys.block,
        en=f"the rule “{name}” needs exactly one shape ({', '.join(sorted(shapes()))}); it has {has}",
        zh=f"规则“{name}”必须恰好有一种句式（{'、'.join(sorted(shapes()))}）；现在有：{'、'.join(found) or '没有'}",
    )


def _check_spelling(keys: Keys, name: str) -> None:
    """Raises ReadError at a key that is nearly the sign of a shape, for a rule that has no shape."""
    for key in keys.block:
        near = nearest(key, shapes())
        if near is not None and key not in GENERAL:
            raise fault(
                Scalar(key, keys.block.file, keys.block.lines.get(key, keys.block.line)),
                en=f"the rule “{name}” does not know the key “{key}”; did you mean “{near}”?",
                zh=f"规则“{name}”没有“{key}”这个键；是不是“{near}”？",
            )

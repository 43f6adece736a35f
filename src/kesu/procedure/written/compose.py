"""Laying base, overlays and own file over each other: rules are known by name (semantics 4.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kesu.names import FactName, PostName
from kesu.reading.keys import Keys, both, known_word, scalars
from kesu.reading.saying_nothing import says_nothing
from kesu.reading.strict import Block, Node, Scalar, Series, fault, suggestion
from kesu.reading.text import Text

from .. import words
from ..shapes import Vocabulary
from .model import HOW, ClauseNote, Post, Procedure, Setting, Step
from .overriding import read_overriders
from .rules import OF_POSTS, Settings, read_rule, rule_name
from .settings import checked_setting
from .taking import rules_of_steps
from .unset import bracketed, unset_post
from .waivers import knowing_waivers
from .watched import watched_alike

TOP = [
    "procedure",
    "title",
    "edition",
    "kind",
    "extends",
    "with",
    "without",
    "ends",
    "purpose",
    "posts",
    "settings",
    "facts",
    "steps",
    "rules",
    "clauses",
    "overriders",
]
TO_BE_SET = "to be set"


@dataclass(frozen=True, slots=True)
class Layer:
    """One file in the pile: `kind` is base, overlay or own."""

    name: str
    block: Block
    kind: str


def composed(
    layers: list[Layer], *, settings: Mapping[str, str], linked: Mapping[str, Text] | None = None
) -> Procedure:
    """One flat procedure out of the pile. Raises ReadError at the line that is wrong."""
    own = layers[-1].block
    for layer in layers:
        _known_keys(layer.block)
    keys = Keys(own, what="the procedure")
    posts = {name: _post(name, node) for _, name, node in _entries(layers, "posts")}
    lines = [
        (Scalar(name, block.file, _line_of(name, block)), node)
        for block, name, node in _entries(layers, "steps")
    ]
    steps = {str(name): _step(name, node) for name, node in lines}
    held = _settings(layers, settings)
    vocabulary = Vocabulary(
        {name: step.title for name, step in steps.items()},
        {**{name: post.title for name, post in posts.items()}, **_unset_posts(held)},
    )
    choices = {
        name: tuple(map(str, Keys(node, what=name).words("choices")))
        for _, name, node in _entries(layers, "facts")
    }
    _checked_choices(choices, own)
    rules = knowing_waivers(
        read_rule(node, vocabulary, Settings(held), origin=layer) for layer, node in rules_of(layers)
    )
    rules += tuple(rules_of_steps(lines, vocabulary, held, rules=rules, own=layers[-1].name))
    watched_alike(rules, own)
    overriders = read_overriders(keys, vocabulary)
    return Procedure(
        id=str(keys.text("procedure")),
        title=both(keys.need("title"), what="title"),
        edition=str(keys.text("edition")),
        kind=str(keys.text("kind")),
        steps=steps,
        rules=rules,
        ends=_ends(layers, vocabulary),
        posts=posts,
        settings=held,
        clauses={name: _clause(name, node) for _, name, node in _entries(layers, "clauses")},
        purpose=keys.both("purpose"),
        choices=choices,
        linked=linked or {},
        overriders=overriders.posts,
        overriding=overriders.reading,
    )


def _unset_posts(held: Mapping[str, Setting]) -> dict[str, Text]:
    """The names that stand for posts which are still to be set."""
    unset = (one for one in held.values() if one.value is None and one.kind in OF_POSTS)
    return {unset_post(one.name): bracketed(one) for one in unset}


def _known_keys(block: Block) -> None:
    for key in block:
        if key not in TOP:
            en, zh = suggestion(key, TOP)
            raise fault(
                Scalar(key, block.file, block.lines[key]),
                en=f"a procedure does not know the key “{key}”{en}",
                zh=f"程序文件没有“{key}”这个键{zh}",
            )


def _line_of(step: str, block: Block) -> int:
    """The line of a step; in the text of an edition, which has no lines, its place: by these its steps have their order."""
    return block.lines[step] or [*block].index(step) + 1


def _entries(layers: list[Layer], key: str) -> Iterator[tuple[Block, str, Node]]:
    """Named entries under a key, a later layer replacing an earlier one whole."""
    found: dict[str, tuple[Block, Node]] = {}
    for layer in layers:
        block = layer.block.get(key)
        if block is None:
            continue
        if not isinstance(block, Block):
            raise fault(block, en=f"“{key}” is a mapping of names", zh=f"“{key}”应是“名称: 内容”的形式")
        for name, node in block.items():
            found[name] = (block, node)
    for name, (block, node) in found.items():
        yield block, name, node


def rules_of(layers: list[Layer]) -> Iterator[tuple[str, Node]]:
    """The rules with the layer each comes from; an own rule replaces an inherited one, overlays may not collide.

    Raises ReadError.
    """
    found: dict[str, tuple[Layer, Node]] = {}
    for layer in layers:
        listed = layer.block.get("rules", Series())
        if not isinstance(listed, Series):
            raise fault(listed, en="“rules” is a list", zh="“rules”应是列表")
        mine: set[str] = set()
        for node in listed:
            name = rule_name(node)
            if name in mine:
                raise fault(node, en=f"two rules are called “{name}”", zh=f"有两条规则都叫“{name}”")
            mine.add(name)
            before = found.get(name)
            if (
                before is not None
                and before[0].kind == layer.kind == "overlay"
                and not _settled(layers[-1], name)
            ):
                raise fault(
                    node,
                    en=f"the overlays {before[0].name} and {layer.name} both have the rule “{name}”; write it in the own file",
                    zh=f"叠加件 {before[0].name} 和 {layer.name} 都有规则“{name}”；请在本程序里写明用哪一条",
                )
            found[name] = (layer, node)
        _drop(layer, found)
    for layer, node in found.values():
        yield layer.name, node


def _settled(own: Layer, name: str) -> bool:
    return any(rule_name(node) == name for node in own.block.get("rules", ())) or name in _without(own)


def _without(layer: Layer) -> Block:
    """The inherited rules that a layer drops, each with its reason."""
    node = layer.block.get("without", Block())
    if not isinstance(node, Block):
        raise fault(
            node,
            en="“without” is a mapping of rule names to reasons",
            zh="“without”应是“规则名: 理由”的形式",
        )
    return node


def _drop(layer: Layer, entries: dict[str, tuple[Layer, Node]]) -> None:
    for name, reason in _without(layer).items():
        if name not in entries:
            en, zh = suggestion(name, entries)
            raise fault(
                reason,
                en=f"“without” names no inherited rule “{name}”{en}",
                zh=f"“without”里的规则“{name}”并不存在{zh}",
            )
        if not isinstance(reason, Scalar) or says_nothing(reason):
            raise fault(
                reason,
                en=f"“without” gives no reason for dropping “{name}”",
                zh=f"“without”没有写明为什么去掉“{name}”",
            )
        del entries[name]


def _ends(layers: list[Layer], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The steps that end a file: those of the last layer that names any."""
    for layer in reversed(layers):
        found = Keys(layer.block, what="the procedure").words("ends")
        if found:
            return tuple(vocabulary.step(word) for word in found)
    return ()


def _post(name: str, node: Node) -> Post:
    keys = Keys(node, what=f"the post “{name}”")
    last, accountable = keys.maybe("last resort"), keys.maybe("accountable")
    post = Post(
        name=PostName(name),
        title=both(keys.need("title"), what="title"),
        last_resort=PostName(str(last)) if last is not None else None,
        external=keys.flag("external"),
        accountable=str(accountable) if accountable is not None else None,
    )
    keys.done()
    return post


def _step(name: Scalar, node: Node) -> Step:
    word = words.steps()[known_word(name, words.steps(), what="the step")]
    if isinstance(node, Scalar) and node == "":
        return Step(word, word.title, origin=name.file, line=name.line)
    keys = Keys(node, what=f"the step “{name}”")
    audience, purpose = keys.maybe("audience"), keys.maybe("purpose")
    step = Step(
        word=word,
        title=keys.both("title") or word.title,
        outside=keys.flag("outside"),
        again=keys.flag("again"),
        uncounted=keys.flag("uncounted"),
        asks=tuple(_asked(fact) for fact in keys.words("asks")),
        audience=str(audience) if audience is not None else None,
        purpose=str(purpose) if purpose is not None else None,
        unknown=tuple(FactName(_asked(fact)) for fact in keys.words("not known"))
        if "not known" in keys
        else None,
        origin=name.file,
        line=name.line,
    )
    keys.get("by")  # who takes it: a rule of its own, made once the posts are known
    keys.done()
    return step


def _asked(word: Scalar) -> str:
    """A fact that a form may ask."""
    name = known_word(word, words.facts(), what="the fact")
    if words.facts()[name].derived is not None:
        raise fault(word, **words.derived_only(name))
    return name


def _settings(layers: list[Layer], given: Mapping[str, str]) -> dict[str, Setting]:
    held = {name: _setting(name, node) for name, node in _set(layers).items()}
    for name, value in given.items():
        if name in held:
            old = held[name]
            node = Scalar(str(value), "settings", 0)
            checked = checked_setting(str(value), kind=Scalar(old.kind), node=node)
            held[name] = Setting(name, checked, old.kind, old.clauses, old.reading, old.title)
    return held


def _set(layers: list[Layer]) -> dict[str, Node]:
    """The settings as the last layer has them; what each is (kind, title, reading) need be said by the first alone."""
    found: dict[str, Node] = {}
    for layer in layers:
        for _, name, node in _entries([layer], "settings"):
            below = found.get(name)
            if isinstance(node, Block) and isinstance(below, Block):
                for key in (key for key in ("kind", "title", "reading") if key in below and key not in node):
                    node = _with(node, key, below)
            found[name] = node
    return found


def _with(node: Block, key: str, below: Block) -> Block:
    made = Block(node.file, node.line)
    for block, keys in ((node, tuple(node)), (below, (key,))):
        for one in keys:
            made[one], made.lines[one] = block[one], block.lines.get(one, block.line)
    return made


def _setting(name: str, node: Node) -> Setting:
    keys = Keys(node, what=f"the setting “{name}”")
    value = keys.need("value")
    text = ", ".join(scalars(value, what="value"))
    kind = keys.maybe("kind")
    setting = Setting(
        name=name,
        value=None if text == TO_BE_SET else checked_setting(text, kind=kind, node=value),
        kind=str(kind or "text"),
        clauses=tuple(map(str, keys.words("clause"))),
        reading=keys.both("reading"),
        title=keys.both("title"),
    )
    keys.done()
    return setting


def _clause(name: str, node: Node) -> ClauseNote:
    keys = Keys(node, what=f"the clause {name}")
    test = keys.maybe("test")
    note = ClauseNote(
        name,
        known_word(keys.text("how"), HOW, what="“how”"),
        keys.both("text"),
        keys.both("reason"),
        str(test) if test else None,
        node.file,
        node.line,
    )
    keys.done()
    wanted: tuple[str, object] = {
        "built in": ("test", note.test),
        "declared": ("text", note.text),
        "outside": ("reason", note.reason),
        "partly": ("reason", note.reason),
    }.get(note.how, ("text", note.text or note.reason or note.test))
    if wanted[1] is None:
        raise fault(
            node,
            en=f"the clause {name} is “{note.how}”, so it needs “{wanted[0]}”",
            zh=f"条款 {name} 标为“{note.how}”，须写明“{wanted[0]}”",
        )
    return note


def _checked_choices(choices: Mapping[str, tuple[str, ...]], own: Block) -> None:
    for fact, values in choices.items():
        word = words.facts().get(fact)
        if word is None:
            en, zh = suggestion(fact, words.facts())
            raise fault(
                own,
                en=f"“facts” speaks of “{fact}”, which is not known{en}",
                zh=f"“facts”里的“{fact}”没有定义{zh}",
            )
        for value in values:
            if value not in word.choices:
                en, zh = suggestion(value, word.choices)
                raise fault(
                    own, en=f"“{fact}” has no choice “{value}”{en}", zh=f"“{fact}”没有“{value}”这一项{zh}"
                )

"""The pile of files that make a procedure: base first, then overlays, then its own file (semantics 4.8).

Steps, posts and settings are laid over each other key by key: a later file says only what it wants otherwise, and `asks: []`
where nothing is to be asked any more. Rules are laid over each other by name, whole. Editions of Kesu 0.1 are read as then: a
later step replaced an earlier one whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kesu.reading.keys import Keys, both
from kesu.reading.saying_nothing import says_nothing
from kesu.reading.strict import Block, Node, Scalar, Series, fault, suggestion
from kesu.reading.text import Text

from .rule import Dropped
from .rules import rule_name

TOP: Final = (
    "procedure",
    "title",
    "edition",
    "kind",
    "extends",
    "with",
    "without",
    "cites",
    "ends",
    "purpose",
    "posts",
    "settings",
    "facts",
    "steps",
    "rules",
    "clauses",
    "overriders",
)
OF_THE_FIRST: Final = ("kind", "title", "reading")  # what a setting is need be said by the first file alone


@dataclass(frozen=True, slots=True)
class Layer:
    """One file in the pile: `kind` is base, overlay or own."""

    name: str
    block: Block
    kind: str


def known_keys(block: Block) -> None:
    """Raises ReadError at a key that no procedure has."""
    for key in block:
        if key not in TOP:
            en, zh = suggestion(key, TOP)
            raise fault(
                Scalar(key, block.file, block.lines[key]),
                en=f"a procedure does not know the key “{key}”{en}",
                zh=f"程序文件没有“{key}”这个键{zh}",
            )


def entries(
    layers: list[Layer], key: str, *, by_key: bool = False, called: Callable[[Scalar], str] = str
) -> Iterator[tuple[Block, str, Node]]:
    """Named entries under a key, with the block in which each was said last; a later one replaces the earlier.

    With `by_key` it replaces only the keys that it says itself. `called` gives the name of an entry that stands under its title.
    Raises ReadError.
    """
    found: dict[str, tuple[Block, Node]] = {}
    for layer in layers:
        block = layer.block.get(key)
        if block is None:
            continue
        if not isinstance(block, Block):
            raise fault(block, en=f"“{key}” is a mapping of names", zh=f"“{key}”应是“名称: 内容”的形式")
        block = _by_names(block, called)
        for name, node in block.items():
            below = found[name][1] if name in found and by_key else None
            found[name] = (block, node if below is None else _over(below, node))
    for name, (block, node) in found.items():
        yield block, name, node


def _by_names(block: Block, called: Callable[[Scalar], str]) -> Block:
    made = Block(block.file, block.line)
    for word, node in block.items():
        key = Scalar(word, block.file, block.lines[word])
        name = called(key)
        if name in made:
            raise fault(key, en=f"“{name}” stands twice; keep one", zh=f"“{name}”写了两次；只留一个")
        made[name], made.lines[name] = node, block.lines[word]
    return made


def _over(below: Node, node: Node) -> Node:
    """What a later file says of an entry, with what it leaves unsaid from the earlier one."""
    if isinstance(node, Scalar) and node == "":
        return below
    if not isinstance(node, Block) or not isinstance(below, Block):
        return node
    made = Block(node.file, node.line)
    for block in (below, node):
        made.update(block)
        made.lines.update({key: block.lines.get(key, block.line) for key in block})
    return made


def settings_of(layers: list[Layer], *, by_key: bool) -> Mapping[str, Node]:
    """The settings as the last file has them; a value that stands alone changes nothing else."""
    found: dict[str, Node] = {}
    for layer in layers:
        for _, name, node in entries([layer], "settings"):
            below = found.get(name)
            if isinstance(below, Block) and isinstance(node, Block):
                kept = below if by_key else {key: below[key] for key in OF_THE_FIRST if key in below}
                found[name] = _over(_only(below, kept), node)
            else:
                found[name] = node
    return found


def _only(block: Block, keys: Mapping[str, Node]) -> Block:
    made = Block(block.file, block.line)
    for key in keys:
        made[key], made.lines[key] = block[key], block.lines.get(key, block.line)
    return made


# -- rules ------------------------------------------------------------------------------------------------------------


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
        for name, reason in _without(layer).items():
            _check_dropped(name, reason, found)
            del found[name]
    for layer, node in found.values():
        yield layer.name, node


def dropped(layers: list[Layer]) -> Iterator[Dropped]:
    """The inherited rules that files of the pile drop, each with its reason. Raises ReadError."""
    for layer in layers:
        for name, reason in _without(layer).items():
            yield Dropped(name, layer.name, _reason(reason))


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


def _reason(node: Node) -> Text:
    """Why a rule was dropped; one text stands for both languages."""
    return Text(str(node), str(node)) if isinstance(node, Scalar) else both(node, what="the reason")


def _check_dropped(name: str, reason: Node, there: Mapping[str, object]) -> None:
    if name not in there:
        en, zh = suggestion(name, there)
        raise fault(
            reason,
            en=f"“without” names no inherited rule “{name}”{en}",
            zh=f"“without”里的规则“{name}”并不存在{zh}",
        )
    said = None if isinstance(reason, Series) else _reason(reason)
    if said is None or says_nothing(said.zh) or says_nothing(said.en):
        raise fault(
            reason,
            en=f"“without” gives no reason for dropping “{name}”",
            zh=f"“without”没有写明为什么去掉“{name}”",
        )


# -- clauses of the own paper that inherited rules hold -----------------------------------------------------------------


def cites_of(layers: list[Layer]) -> Mapping[str, tuple[Scalar, ...]]:
    """By rule the clauses that a later file says an inherited rule holds (`cites: {rule: [clauses]}`). Raises ReadError."""
    found: dict[str, tuple[Scalar, ...]] = {}
    own = {rule_name(node) for node in layers[-1].block.get("rules", ())}
    for layer in layers:
        node = layer.block.get("cites")
        if node is None:
            continue
        keys = Keys(node, what="“cites”")
        for name in keys.block:
            clauses = keys.words(name)
            place = Scalar(name, keys.block.file, keys.block.lines[name])
            if not clauses:
                raise fault(
                    place, en=f"“cites” names no clause for “{name}”", zh=f"“cites”里“{name}”没有写条款"
                )
            if layer is layers[-1] and name in own:
                raise fault(
                    place,
                    en=f"“{name}” is a rule of this file; write its clauses at the rule",
                    zh=f"“{name}”是本文件自己的规则；请把条款写在那条规则里",
                )
            found[name] = (*found.get(name, ()), *clauses)
    return found

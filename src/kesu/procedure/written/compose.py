"""Laying base, overlays and own file over each other: rules are known by name (semantics 4.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kesu.names import FactName, PostName
from kesu.reading.called import known_called
from kesu.reading.gathered import Gathered
from kesu.reading.keys import Keys, both, known_word, scalars
from kesu.reading.strict import Block, Node, Scalar, fault
from kesu.reading.text import Text

from .. import words
from ..shapes import Vocabulary
from ..words.lexicon import Lexicon
from ..words.own_words import renamed
from .citing import citing
from .language import LANGUAGE
from .model import HOW, ClauseNote, Post, Procedure, Setting, Step
from .not_asked import parted
from .overriding import read_overriders
from .pile import Layer, cites_of, dropped, entries, known_keys, rules_of, settings_of
from .rules import OF_POSTS, Settings, read_rule
from .settings import checked_setting
from .taking import rules_of_steps
from .unset import bracketed, unset_post
from .waivers import knowing_waivers
from .watched import watched_alike

TO_BE_SET = "to be set"


def composed(
    layers: list[Layer],
    *,
    settings: Mapping[str, str],
    linked: Mapping[str, Text] | None = None,
    language: int = LANGUAGE,
) -> Procedure:
    """One flat procedure out of the pile, written in the words that are spoken.

    Raises ReadError at the line that is wrong, Several where more than one post, step, setting, rule or clause is.
    """
    with words.spoken(_called_here(words.spoken_now(), layers)):
        return _composed(layers, settings, linked or {}, language)


def _composed(
    layers: list[Layer], settings: Mapping[str, str], linked: Mapping[str, Text], language: int
) -> Procedure:
    own, by_key = layers[-1].block, language >= 2
    for layer in layers:
        known_keys(layer.block)
    keys = Keys(own, what="the procedure")
    wrong = Gathered()
    listed = ((name, node) for _, name, node in entries(layers, "posts", by_key=by_key))
    posts = {str(post.name): post for post in wrong.each(_post, listed)}
    lines = [
        (Scalar(name, block.file, _line_of(name, block)), node)
        for block, name, node in entries(layers, "steps", by_key=by_key, called=words.step_if_any)
    ]
    steps = {str(step.name): step for step in wrong.each(_step, lines)}
    held = _settings(settings_of(layers, by_key=by_key), settings, wrong)
    vocabulary = Vocabulary(
        {str(name): steps[name].title if name in steps else Text(name, name) for name, _ in lines},
        {**{name: post.title for name, post in posts.items()}, **_unset_posts(held)},
    )
    choices = _choices(layers)
    asked, not_asked = parted(rules_of(layers), held)
    read = tuple(wrong.each(lambda one: read_rule(one[1], vocabulary, Settings(held), origin=one[0]), asked))
    notes = ((name, node) for _, name, node in entries(layers, "clauses"))
    clauses = {note.id: note for note in wrong.each(_clause, notes)}
    wrong.raise_any()
    rules = knowing_waivers(read)
    rules += tuple(rules_of_steps(lines, vocabulary, held, rules=rules, own=layers[-1].name))
    rules = citing(rules, cites_of(layers), not_asked)
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
        clauses=clauses,
        purpose=keys.both("purpose"),
        choices=choices,
        linked=linked,
        words=words.spoken_now(),
        overriders=overriders.posts,
        overriding=overriders.reading,
        language=language,
        dropped=(*dropped(layers), *not_asked),
    )


def _unset_posts(held: Mapping[str, Setting]) -> dict[str, Text]:
    """The names that stand for posts which are still to be set."""
    unset = (one for one in held.values() if one.value is None and one.kind in OF_POSTS)
    return {unset_post(one.name): bracketed(one) for one in unset}


def _line_of(step: str, block: Block) -> int:
    """The line of a step; in the text of an edition, which has no lines, its place: by these its steps have their order."""
    return block.lines[step] or [*block].index(step) + 1


def _ends(layers: list[Layer], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The steps that end a file: those of the last layer that names any."""
    for layer in reversed(layers):
        found = Keys(layer.block, what="the procedure").words("ends")
        if found:
            return tuple(vocabulary.step(word) for word in found)
    return ()


def _post(entry: tuple[str, Node]) -> Post:
    name, node = entry
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


def _step(entry: tuple[Scalar, Node]) -> Step:
    name, node = entry
    word = words.steps()[words.step_called(name)]
    if isinstance(node, Scalar) and node == "":
        return Step(word, word.title, origin=name.file, line=name.line)
    keys = Keys(node, what=f"the step “{name}”")
    if keys.flag("after the end"):
        word = replace(word, follows_end=True)
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
    name = words.fact_called(word)
    if words.facts()[name].derived is not None:
        raise fault(word, **words.derived_only(name))
    return name


def _settings(nodes: Mapping[str, Node], given: Mapping[str, str], wrong: Gathered) -> dict[str, Setting]:
    held = {one.name: one for one in wrong.each(_setting, nodes.items())}
    for name, value in given.items():
        if name in held:
            old = held[name]
            node = Scalar(str(value), "settings", 0)
            checked = checked_setting(str(value), kind=Scalar(old.kind), node=node)
            held[name] = Setting(name, checked, old.kind, old.clauses, old.reading, old.title)
    return held


def _setting(entry: tuple[str, Node]) -> Setting:
    name, node = entry
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


def _clause(entry: tuple[str, Node]) -> ClauseNote:
    name, node = entry
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


def _called_here(lexicon: Lexicon, layers: list[Layer]) -> Lexicon:
    """The words, with the titles that this procedure gives to facts."""
    for block, name, node in entries(layers, "facts"):
        fact = known_called(Scalar(name, block.file, block.lines[name]), lexicon.fact_titles, what="the fact")
        title = Keys(node, what=f"“{name}” under “facts”").get("title")
        if title is not None:
            lexicon = renamed(lexicon, FactName(fact), title)
    return lexicon


def _choices(layers: list[Layer]) -> dict[str, tuple[str, ...]]:
    """The values that a fact may have here, where those are fewer than the word has; the order is that of the file."""
    found: dict[str, tuple[str, ...]] = {}
    for block, name_, node in entries(layers, "facts"):
        name = words.fact_called(Scalar(name_, block.file, block.lines[name_]))
        keys = Keys(node, what=f"“{name}” under “facts”")
        keys.get("title")
        values = words.facts()[name].choices
        if "choices" in keys:
            found[name] = tuple(
                known_called(value, values, what=f"the value of “{name}”") for value in keys.words("choices")
            )
        keys.done()
    return found

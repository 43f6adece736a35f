"""Who takes which step, as the lines of the steps say it (`by`), and the steps of which nothing says so.

A line of `steps` names posts, or `everybody`; a rule of a clause that names posts for the same step stands for it. The steps
that the same posts take make one rule, so that it is judged, shown and said like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kesu.names import StepName
from kesu.reading.called import name_called
from kesu.reading.keys import scalars
from kesu.reading.strict import Block, Node, Scalar, Series
from kesu.reading.text import Text

from ..shapes import Vocabulary
from ..shapes.abilities import NamesADoer, SaysWho, Sends
from ..shapes.abilities.persons import EVERYBODY
from .fault import Fault
from .model import Procedure, Setting
from .rule import Rule
from .rules import Settings, read_rule

Line = tuple[Scalar, Block]  # the name of a step, and what stands under it


def rules_of_steps(
    lines: Iterable[tuple[Scalar, Node]],
    vocabulary: Vocabulary,
    held: Mapping[str, Setting],
    *,
    rules: Iterable[Rule],
    own: str,
) -> Iterator[Rule]:
    """A rule for all the steps whose lines name the same posts under `by`, in the order of the steps.

    `rules` are those written as rules, `own` the procedure of which these are. Raises ReadError.
    """
    named = {str(step) for rule in rules if _of_posts(rule) for step in _said_by(rule)}
    groups: dict[tuple[str, ...], list[Line]] = {}
    for name, node in lines:
        if isinstance(node, Block) and "by" in node:
            listed = _posts(node, Settings(held, posts=tuple(vocabulary.posts)))
            posts = tuple(name_called(post, vocabulary.posts) or str(post) for post in listed)
            groups.setdefault(posts, []).extend([] if name in named else [(name, node)])
    for posts, steps in groups.items():
        if steps:
            yield _rule(posts, steps, vocabulary, held, own=own)


def _rule(
    posts: tuple[str, ...],
    lines: list[Line],
    vocabulary: Vocabulary,
    held: Mapping[str, Setting],
    *,
    own: str,
) -> Rule:
    (first, node), settings = lines[0], Settings(held, posts=tuple(vocabulary.posts))
    said = Block(first.file, first.line)
    said["rule"] = Scalar(f"steps of {', '.join(posts)}", first.file, first.line)
    said["clause"] = Series((), first.file, first.line)
    said["at"] = Series((name for name, _ in lines), first.file, first.line)
    said["by"] = Series(_posts(node, settings), first.file, node.lines["by"])
    for _, other in lines:
        settings.filled(other["by"])
    rule = read_rule(said, vocabulary, settings, origin=own)
    return replace(rule, of_steps=True, unset=tuple(dict.fromkeys(settings.unset)))


def _posts(line: Block, settings: Settings) -> tuple[Scalar, ...]:
    return tuple(scalars(settings.filled(line["by"]), what="“by”"))


def _said_by(rule: Rule) -> tuple[StepName, ...]:
    """The steps of which a rule says who takes them, whatever the case: routes are proved to leave none without a lead."""
    shape = rule.able(SaysWho)
    always = not rule.when.conditions or rule.able(Sends) is not None
    return shape.says_who_takes() if shape is not None and rule.bars and always else ()


def _of_posts(rule: Rule) -> bool:
    """Whether it names posts, and not persons by what they did or by what the act says of them."""
    shape = rule.able(NamesADoer)
    return shape is None or not (shape.doers or shape.naming or shape.appointed)


def untaken(procedure: Procedure) -> Iterator[Fault]:
    """Steps of people of which nothing says who takes them: `everybody` is a word that has to be written."""
    said = {step for rule in procedure.rules for step in _said_by(rule)}
    for name, step in procedure.steps.items():
        if step.word.by_people and name not in said:
            text = Text(
                f"没有写明“{step.title.zh}”由谁办；请在这一步写 by: 岗位，谁都可以办的写 by: {EVERYBODY}",
                f"nothing says who takes the step “{name}”; write “by: posts” there, or “by: {EVERYBODY}”",
            )
            yield Fault(step.origin or procedure.id, step.line, text)

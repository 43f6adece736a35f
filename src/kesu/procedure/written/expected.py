"""`expects`: the facts that a rule needs to know before it can be kept, and which step asks them (semantics 4.12)."""

from __future__ import annotations

from dataclasses import dataclass

from kesu.names import FactName, StepName
from kesu.reading.keys import Keys
from kesu.reading.strict import Block, Node, Scalar

from ..history.act import Act, Value
from ..history.of_a_file import History
from ..history.verdict import General, Outcome, cannot_tell, lacking_facts
from ..shapes.shape import Vocabulary
from ..when import ALWAYS, When, read_when


@dataclass(frozen=True, slots=True)
class Expected:
    """A fact that the paper expects on record: `step` asks it, `when` says in which files; elsewhere there is none to know.

    `at`: the steps by which it has to be known; none: at every step of the rule.
    """

    fact: FactName
    step: StepName
    when: When = ALWAYS
    at: tuple[StepName, ...] = ()

    def unknown(self, history: History, act: Act) -> tuple[str, ...]:
        """What has to be said before this is known, where it has to be known at this act by now."""
        return () if self.at and act.step not in self.at else self.lacking(history, act)

    def lacking(self, history: History, act: Act | None = None) -> tuple[str, ...]:
        """What has to be said before this is known: the fact itself, or by what it is told whether there is one."""
        held = self.when.holds(history, act)
        if held is False or _known(history, act, self.fact):
            return ()
        return (self.fact,) if held else self.when.unknown(history, act)

    @property
    def words(self) -> frozenset[str]:
        """The facts by which it is known."""
        return self.when.words | {self.fact}


def not_yet_known(expects: tuple[Expected, ...], history: History, act: Act) -> Outcome | None:
    """The outcome of a rule as long as what it expects is not on record; None where it is, or where there is none to know."""
    unknown = tuple(dict.fromkeys(word for one in expects for word in one.unknown(history, act)))
    if not unknown:
        return None
    hidden = tuple(word for word in unknown if not history.shown.fact(word))
    return cannot_tell(
        General.NOT_SHOWN if hidden else General.EXPECTED, lacks=lacking_facts(*(hidden or unknown))
    )


def read_expected(node: Node | None, vocabulary: Vocabulary) -> tuple[Expected, ...]:
    """`expects: {fact: the step that asks it}`, or `{fact: {asked at: step, when: {…}, at: steps}}`. Raises ReadError."""
    if node is None:
        return ()
    keys = Keys(node, what=f"“expects” of the rule “{vocabulary.rule}”")
    return tuple(
        _one(Scalar(name, keys.block.file, keys.block.lines[name]), keys, vocabulary) for name in keys.block
    )


def _one(name: Scalar, keys: Keys, vocabulary: Vocabulary) -> Expected:
    fact, node = vocabulary.fact(name), keys.need(name)
    if not isinstance(node, Block):
        return Expected(fact, vocabulary.step(keys.text(name)))
    inner = Keys(node, what=f"“{name}” under “expects”")
    found = Expected(
        fact,
        vocabulary.step(inner.text("asked at")),
        read_when(inner.get("when")),
        vocabulary.steps_of(inner, "at") if "at" in inner else (),
    )
    inner.done()
    return found


def _known(history: History, act: Act | None, fact: str) -> bool:
    """Whether the file, or the act itself, says anything of it but that it is not known."""
    own = act.facts.get(fact) if act is not None else None
    return _says(own) or any(_says(value) for _, value in history.values(fact))


def _says(value: Value) -> bool:
    return value is not None and value not in ("", [])

"""What to add: a rule of the standard as it is written there, with the steps and words that it needs, ready for the own files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kesu.procedure import words
from kesu.procedure.words.lexicon import FACTS, STEPS
from kesu.procedure.words.own_words import CHOICES
from kesu.procedure.written.library import FILE, WORDS, Library
from kesu.procedure.written.model import Procedure

from .point import Cover, Point

WANTING: Final = (Cover.LACKING, Cover.PARTLY)
INDENT: Final = 2  # of the words of a section
WORDS_FILE: Final = f"{WORDS}.yaml"


def proposed(points: Iterable[Point], own: Procedure, standard: Procedure, library: Library) -> str:
    """The lines that close the gaps, of `procedure.yaml` and then of `words.yaml`; empty where there are none. Raises ReadError.

    What the standard leaves open stands there as `<the name of a setting>`, which the own file has to have too.
    """
    wanting = [point for point in points if point.cover in WANTING]
    names = dict.fromkeys(step for point in wanting for step in point.steps)
    steps = [standard.steps[name] for name in names if name in standard.steps]
    places = dict.fromkeys((_file(library, point.rule.origin), point.rule.line) for point in wanting)
    of_steps = [(_file(library, step.origin), step.line) for step in steps]
    lines = [*_under("steps:", of_steps), *_under("rules:", places)]
    return "\n".join([*lines, *_words(wanting, own, standard, library)])


def _words(points: Sequence[Point], own: Procedure, standard: Procedure, library: Library) -> Iterator[str]:
    """The definitions of the words that these rules speak of and the own paper does not know."""
    wanted = _wanted(points, own, standard)
    paths = dict.fromkeys(library.find(origin) / WORDS_FILE for origin in (standard.id, *_origins(points)))
    texts = [path.read_text("utf-8") for path in paths if path.is_file()]
    entries = [entry for text in texts for entry in _defined(text, wanted)]
    if entries:
        yield f"# {WORDS_FILE}"
    for section in wanted:
        lines = [line for under, several in entries if under == section for line in several]
        yield from ([f"{section}:", *lines] if lines else ())


def _wanted(points: Sequence[Point], own: Procedure, standard: Procedure) -> dict[str, set[str]]:
    """By section of a file of words, what these rules speak of: facts and steps that the own paper does not know, and its
    facts whose choices may lack some."""
    with words.spoken(standard.words):
        about = [point.rule.shape.speaks_of() for point in points]
    steps = frozenset[str]().union(*(one.steps for one in about))
    conditions = frozenset[str]().union(*(point.rule.when.words for point in points))
    facts = _asked(standard, steps).union(conditions, *(one.facts for one in about))
    return {
        FACTS: {fact for fact in facts if fact not in own.words.facts},
        STEPS: {step for step in steps if step not in own.words.steps},
        CHOICES: {fact for fact in facts if fact in own.words.facts},
    }


def _origins(points: Iterable[Point]) -> Iterator[str]:
    return (point.rule.origin for point in points)


def _asked(standard: Procedure, steps: Iterable[str]) -> frozenset[str]:
    return frozenset(fact for step in steps if step in standard.steps for fact in standard.steps[step].asks)


def _defined(text: str, wanted: Mapping[str, set[str]]) -> Iterator[tuple[str, list[str]]]:
    """Section and lines of each wanted word that a file of words defines."""
    lines, section = text.splitlines(), ""
    for number, line in enumerate(lines, start=1):
        if line and _indent(line) == 0:
            section = line.rstrip(":")
        elif _indent(line) == INDENT and line.strip().partition(":")[0] in wanted.get(section, ()):
            yield section, list(_entry(lines, number))


def _file(library: Library, origin: str) -> Path:
    """The file that said something: `origin` is the name of a procedure, or of its file."""
    return library.find(origin.partition("/")[0]) / FILE


def _under(heading: str, places: Iterable[tuple[Path, int]]) -> Iterator[str]:
    for number, (path, line) in enumerate(places):
        if number == 0:
            yield heading
        elif heading == "rules:":
            yield ""
        yield from _entry(path.read_text(encoding="utf-8").splitlines(), line)


def _entry(lines: Sequence[str], line: int) -> Iterator[str]:
    """The lines of the entry that begins on a line, up to the next that is not further in."""
    first = lines[line - 1]
    yield first
    for text in lines[line:]:
        if not text.strip() or _indent(text) <= _indent(first):
            return
        yield text


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())

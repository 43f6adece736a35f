"""Python holds no bare name of a step or a fact: a mistyped one would be wrong in silence. Names stand in `words/names.py`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kesu.procedure import words
from kesu.procedure.words.names import FACT, STEP

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
NAMES = "procedure/words/names.py"
OWN_LANGUAGE = (  # rooms that do not speak of cases: registers, the ledger, calendars and the ground have keys of their own
    "people/",
    "ledger/",
    "registry/",
    "worktime/",
    "reading/",
    "site/",
    "migrations/",
    "procedure/kinds/",  # names of kinds
)
HOMONYMS: dict[str, tuple[str, str]] = {  # what else is called so, and in which folders
    "accepted": ("what became of a command", "cli/"),
    "address": ("of a server", "cli/"),
    "amount": ("a place in a sentence", "procedure/saying/"),
    "answer": ("what a page computed", "desk/pages/"),
    "asked": ("what a page was asked for", "desk/pages/"),
    "attested": ("how a clause is held", "desk/own/ procedure/shapes/ procedure/written/"),
    "batch": ("the name of a page", "desk/ desk/case/"),
    "complainant": ("an audience; whoever complains, as the one who acts", "/ casework/duties/"),
    "conduct": ("a slot of a sentence", "procedure/shapes/"),
    "counted": ("what differs between two rows", "caseload/rebuilding/"),
    "counts": ("a kind of fact; a key of a rule", "procedure/shapes/ review/"),
    "delay": ("a slot of a sentence", "procedure/saying/"),
    "edition": ("a column; a key of a file", "caseload/rows/ casework/deciding/ cli/ procedure/written/"),
    "entry": ("a field of a form", "cli/ desk/pages/"),
    "evidence": ("what a page shows", "desk/case/"),
    "figures": ("a command", "cli/"),
    "files": (
        "what a command printed; a place in a sentence; a room; a widget; a folder",
        "cli/ files/ forms/fields/ procedure/saying/ upkeep/",
    ),
    "finding": ("a field of a case", "casework/examples/"),
    "form": ("what a page shows; a column", "desk/ desk/case/ desk/pages/"),
    "from": ("a field of a form", "cli/ demo/ desk/pages/ procedure/shapes/"),
    "grade": ("a column", "caseload/asking/ caseload/rows/ desk/own/ desk/pages/"),
    "item": ("a column; the name of a page", "caseload/ caseload/rows/ desk/ desk/own/ desk/pages/"),
    "kind": (
        "a column; a key of a file",
        "caseload/asking/ caseload/rows/ cli/ demo/ desk/own/ desk/pages/ paper/ procedure/words/ procedure/written/ review/",
    ),
    "lead": ("what a route routes", "procedure/shapes/"),
    "measure": ("a command", "cli/"),
    "named": ("a source of those who stay out", "procedure/saying/ procedure/shapes/"),
    "overridden": ("a manner of a finding", "caseload/folded/ casework/file/ cli/ review/"),
    "period": ("a kind of setting", "desk/own/ procedure/written/"),
    "opened": ("the page of a form, at a moment", "desk/case/ desk/pages/ desk/who/"),
    "persons": ("a kind of fact; what a command printed", "cli/ procedure/saying/ procedure/words/"),
    "phone": ("a medium", "casework/deciding/ forms/fields/"),
    "quantity": ("a column of a line", "forms/fields/ procedure/shapes/"),
    "reason": (
        "a force of a rule; a key of a file",
        "caseload/acting/ cli/ demo/ desk/pages/ desk/said/ forms/standing_of_a_person/ procedure/written/",
    ),
    "received": (
        "a column; what an item says",
        "caseload/asking/ caseload/rows/ demo/ desk/own/ desk/pages/",
    ),
    "record": ("the sign of a shape", "procedure/shapes/"),
    "registered": ("the name of a page", "desk/ desk/pages/"),
    "result": (
        "a purpose of a telling, and of the letter",
        "caseload/sight/ casework/file/ desk/case/ desk/papers/",
    ),
    "rule": (
        "a column; a key of a file; the usual sentence of a shape",
        "caseload/ caseload/rows/ casework/examples/ cli/ desk/said/ procedure/shapes/ procedure/written/",
    ),
    "signature": ("of a checkpoint", "cli/ upkeep/"),
    "staff": ("a key of the demo", "demo/"),
    "struck": ("what a label says of an entry", "desk/said/ procedure/history/"),
    "text": (
        "a kind of fact; a column; what a command printed",
        "caseload/folded/ cli/ desk/own/ desk/pages/ paper/ procedure/written/",
    ),
    "to": ("a key of a rule", "procedure/shapes/"),
    "topic": ("a column", "caseload/rows/ desk/own/ desk/pages/"),
    "units": ("a kind of fact; a key of a file", "casework/examples/ demo/ desk/pages/ procedure/saying/"),
    "value": (
        "a column; a slot of a sentence; a key of a file",
        "caseload/ caseload/asking/ caseload/rows/ casework/examples/ cli/ demo/ procedure/shapes/ procedure/written/ review/",
    ),
    "word": (
        "a kind of fact; a column; what a command printed",
        "caseload/ caseload/asking/ caseload/rows/ cli/",
    ),
    "work done": ("a step of an item, in the register", "demo/ desk/pages/"),
}
ASKING_A_BLOCK = {"text", "maybe", "need", "get", "words", "flag", "said", "steps_of", "facts_of", "posts_of"}


def test_no_text_in_the_code_is_the_name_of_a_step_or_a_fact() -> None:
    assert [f"{place}: “{word}”" for place, word in _bare() if not _homonym(place, word)] == []


def test_what_is_said_to_be_called_alike_still_is() -> None:
    used = {(_folder(place), word) for place, word in _bare()}
    stale = [
        f"{path}: “{word}”"
        for word, (_, folders) in HOMONYMS.items()
        for path in folders.split()
        if (path, word) not in used
    ]
    assert stale == []


def test_every_name_is_a_word_and_is_called_like_it() -> None:
    for names, known in ((STEP, words.steps()), (FACT, words.facts())):
        held = {key: value for key, value in vars(names).items() if key.isupper()}
        assert {key: value for key, value in held.items() if value not in known} == {}
        assert {key: value for key, value in held.items() if key != _as_constant(value)} == {}


def test_every_name_is_spoken_of_somewhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in _sources())
    held = [f"{kind.__name__}.{key}" for kind in (STEP, FACT) for key in vars(kind) if key.isupper()]
    assert [name for name in held if name not in text] == []


def test_the_test_finds_a_bare_word() -> None:
    code = 'def taken(history):\n    return history.last("received")\n'
    assert [word for _, word in _words_in(code, called="casework/x.py")] == ["received"]
    assert list(_words_in('keys.text("from")', called="procedure/shapes/x.py")) == []


def _as_constant(word: str) -> str:
    return "".join(mark if mark.isalnum() else "_" for mark in word.upper())


def _homonym(place: str, word: str) -> bool:
    return _folder(place) in HOMONYMS.get(word, ("", ""))[1].split()


def _folder(place: str) -> str:
    return place.rpartition("/")[0] + "/"


def _sources() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if path.relative_to(SOURCE).as_posix() != NAMES]


def _bare() -> Iterator[tuple[str, str]]:
    for path in _sources():
        called = path.relative_to(SOURCE).as_posix()
        if not any(f"/{called}".find(f"/{room}") >= 0 for room in OWN_LANGUAGE):
            yield from _words_in(path.read_text(encoding="utf-8"), called=called)


def _words_in(code: str, *, called: str) -> Iterator[tuple[str, str]]:
    """Every text that equals a word, except where it is a key that a block of YAML is asked for."""
    tree = ast.parse(code)
    keys = {id(node) for parent in ast.walk(tree) for node in _keys_of_blocks(parent)}
    known = {*words.steps(), *words.facts()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in known and id(node) not in keys:
            yield f"{called}:{node.lineno}", str(node.value)


def _keys_of_blocks(node: ast.AST) -> Iterator[ast.AST]:
    """`keys.text("from")`, `"from" in keys`, and the `keys` and `sign` of a shape."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ASKING_A_BLOCK
    ):
        owner = ast.unparse(node.func.value)
        if owner.endswith(("keys", "block", "inner")) or owner == "vocabulary":
            yield from node.args
    if isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]).endswith("keys"):
        yield node.left
    if (
        isinstance(node, ast.AnnAssign)
        and ast.unparse(node.target) in ("sign", "keys")
        and node.value is not None
    ):
        yield from ast.walk(node.value)

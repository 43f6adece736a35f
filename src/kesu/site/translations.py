"""The Chinese of the pages: compiles the catalogue, finds what it lacks.

python -m kesu.site.translations compile    makes the .mo files that Django reads
python -m kesu.site.translations missing    lists what has no Chinese, and what nobody uses any more
python -m kesu.site.translations collect    adds what is missing to the catalogue, to be filled in
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from kesu.desk.frame.unbroken import Unbroken

from .catalogue import Message, mo_bytes, po_entry, read_po

SOURCE = Path(__file__).resolve().parents[1]
CATALOGUE = SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

# Which argument is what, by the name of the function (lazy and noop forms are named alike).
FORMS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
CALLED = {
    **{name + tail: form for name, form in FORMS.items() for tail in ("", "_lazy", "_noop")},
    "_": FORMS["gettext"],
}
READER = Environment(extensions=["jinja2.ext.i18n", Unbroken])  # of templates
SLOT = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


def compiled(*, root: Path = SOURCE) -> list[Path]:
    """Makes each `.mo` file that is older than its `.po` file; which ones."""
    written = []
    for po in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime:
            mo.write_bytes(mo_bytes(read_po(po.read_text(encoding="utf-8"))))
            written.append(mo)
    return written


def wanted(*, root: Path = SOURCE) -> dict[Message, tuple[str, ...]]:
    """Every text that the sources ask a translation for, and where (file:line, relative to the root)."""
    asked: dict[Message, list[str]] = {}
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        text = path.read_text(encoding="utf-8")
        for message, line in _of_python(text) if path.suffix == ".py" else _of_template(text):
            asked.setdefault(message, []).append(f"{path.relative_to(root)}:{line}")
    return {message: tuple(places) for message, places in asked.items()}


def faults(*, root: Path = SOURCE, catalogue: Path = CATALOGUE) -> list[str]:
    """What is wrong with the catalogue, a line each: missing, unused, or with other slots than the source."""
    have, want = read_po(catalogue.read_text(encoding="utf-8")), wanted(root=root)
    lacking = [f"{want[m][0]}: no Chinese for “{m.text}”" for m in want if m not in have]
    lacking += [f"{catalogue.name}: nobody asks for “{m.text}”" for m in have if m.text and m not in want]
    for message, forms in have.items():
        for form in forms:
            if message.text and not _slots(form) <= _slots(message.text) | _slots(message.plural or ""):
                lacking.append(f"{catalogue.name}: “{form}” has a slot that “{message.text}” does not have")
    return lacking


def collected(*, root: Path = SOURCE, catalogue: Path = CATALOGUE) -> int:
    """Adds an empty entry for each text that the catalogue does not name yet; how many."""
    text = catalogue.read_text(encoding="utf-8")
    named = read_po(re.sub(r'^(msgstr(?:\[0\])?) ""$', r'\1 "…"', text, flags=re.MULTILINE))
    new = {message: places for message, places in wanted(root=root).items() if message not in named}
    entries = [po_entry(message, places=places[:1]) for message, places in new.items()]
    catalogue.write_text("\n".join([text.rstrip("\n") + "\n", *entries]), encoding="utf-8")
    return len(entries)


def _of_python(text: str) -> Iterator[tuple[Message, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            arguments = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            message = _message(name, arguments)
            if message is not None:
                yield message, node.lineno


def _of_template(text: str) -> Iterator[tuple[Message, int]]:
    for line, name, told in extract_from_ast(READER.parse(text), tuple(CALLED)):
        message = _message(name, told if isinstance(told, tuple) else (told,))
        if message is not None:
            yield message, line


def _message(name: str, arguments: Sequence[object]) -> Message | None:
    if name not in CALLED:
        return None
    context, single, plural = (
        None if index is None or index >= len(arguments) else arguments[index] for index in CALLED[name]
    )
    if not isinstance(single, str):
        return None
    return Message(
        single, plural if isinstance(plural, str) else None, context if isinstance(context, str) else None
    )


def _slots(text: str) -> set[str]:
    return {first or second for first, second in SLOT.findall(text)}


def main(argv: list[str]) -> int:
    """Runs one of the three; the answer is the exit status."""
    match argv:
        case ["compile"]:
            compiled()
        case ["collect"]:
            print(f"{collected()} texts added to {CATALOGUE}; fill in their msgstr")
        case ["missing"]:
            said: Iterable[str] = faults()
            print("\n".join(said) or "every text has its Chinese")
            return 1 if said else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

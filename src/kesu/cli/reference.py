"""The generated reference pages: words, shapes and commands, written from what the software itself holds."""

from __future__ import annotations

import argparse
import inspect
import json
import re
import sys
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any

from kesu.procedure import words
from kesu.procedure.shapes import Shape, shapes
from kesu.procedure.words import Part
from kesu.reading.strict import read_text
from kesu.reading.text import Lang

from . import tongue
from .main import COMMANDS, parser_of
from .reference_permissions import permissions_page
from .reference_procedures import procedure_pages
from .reference_types import types_page

HEAD = "<!-- Written by `kesu docs`; a change made here by hand is lost. -->\n"
CITED = re.compile(r"\(semantics ([^)]*)\)")
STATUS = """
Exit status: 0 done, 1 found something, 2 wrong use, 3 Kesu itself failed (it says where the trace is).
Every command takes `--lang zh` or `--lang en`, `--json` and `--debug`. Without `--lang` it speaks what
`KESU_LANG` says, else the locale, else Chinese.
"""


def pages() -> Mapping[str, str]:
    """Every generated page by its file name."""
    own = {
        "words.md": words_page(),
        "shapes.md": shapes_page(),
        "commands.md": commands_page(),
        "permissions.md": f"{HEAD}\n{permissions_page()}",
        "types.md": f"{HEAD}\n{types_page()}",
    }
    return {**own, **procedure_pages()}


def words_page() -> str:
    """The steps and the facts that procedures choose among."""
    steps = [
        (f"`{word.name}`", word.title.zh, word.title.en, "the clock" if word.part is Part.CLOCK else "people")
        for word in words.steps().values()
    ]
    facts = [
        (
            f"`{word.name}`",
            word.title.zh,
            word.title.en,
            str(word.kind),
            "yes" if word.erasable else "",
            "yes" if word.told_outside else "",
            "yes" if word.says_something else "",
            _choices(word),
        )
        for word in words.facts().values()
    ]
    return "\n".join(
        [
            HEAD,
            "# Words",
            "",
            "The steps and facts that Kesu knows. A procedure chooses among them and may retitle them.",
            "",
            "## Steps",
            "",
            *_table(("step", "中文", "English", "taken by"), steps),
            "",
            "## Facts",
            "",
            "An erasable fact stands beside the ledger behind a commitment, and no rule may compare it.",
            "",
            "“Not known” is an answer to what may be unknown, unless the step that asks it says otherwise",
            "([1.4](semantics.md#s1-4)). What says something is never a lone mark or a word for nothing ([1.7](semantics.md#s1-7)).",
            "",
            *_table(
                ("fact", "中文", "English", "kind", "erasable", "may be unknown", "says something", "values"),
                facts,
            ),
            "",
        ]
    )


def shapes_page() -> str:
    """What each shape is, its keys, and everything it can say."""
    lines = [HEAD, "# Shapes", "", "The kinds of sentence that a rule may have. A rule has exactly one.", ""]
    for sign, shape in sorted(shapes().items()):
        sentences = _sentences(sign)
        lines += [
            f"## {sign}",
            "",
            inspect.getdoc(shape) or "",
            "",
            f"Keys: {_coded(sorted(_keys(shape)))}.{_fine_print(shape)}",
            "",
        ]
        lines += _table(("says", "中文", "English"), [(name, zh, en) for name, zh, en in sentences])
        lines.append("")
    return "\n".join(lines)


def commands_page() -> str:
    """Every command with its options, and the shape of what it prints for programs."""
    before = tongue.lang()
    try:
        spoken = {lang: {name: _parser(name, lang) for name in COMMANDS} for lang in ("en", "zh")}
    finally:
        tongue.speak(before)
    lines = [HEAD, "# Commands", STATUS]
    for name, text in COMMANDS.items():
        english, chinese = spoken["en"][name], spoken["zh"][name]
        lines += [f"## kesu {name}", "", f"{_sentence(text.en)} {text.zh}。", ""]
        if english.description and english.description != text.en:
            lines += [english.description, ""]
        lines += _table(("option", "English", "中文"), _options(english, chinese))
        lines += ["", *_schema(name), ""]
    return "\n".join(lines)


def _parser(name: str, lang: Lang) -> argparse.ArgumentParser:
    tongue.speak(lang)
    whole = parser_of(name, lang)
    (commands,) = (action for action in whole._actions if isinstance(action, argparse._SubParsersAction))
    parser = commands.choices[name]
    assert isinstance(parser, argparse.ArgumentParser)
    return parser


def _options(
    english: argparse.ArgumentParser, chinese: argparse.ArgumentParser
) -> Iterable[tuple[str, str, str]]:
    for option, same in zip(english._actions, chinese._actions, strict=True):
        names = ", ".join(option.option_strings) or option.metavar or option.dest.upper()
        if {"--help", "--lang", "--json", "--debug"} & set(option.option_strings):
            continue
        if isinstance(option, argparse._SubParsersAction):
            yield from _nested(option, same)
            continue
        value = "" if option.nargs == 0 or not option.option_strings else f" {_value(option)}"
        yield f"`{names}{value}`", option.help or "", same.help or ""


def _nested(english: Any, chinese: Any) -> Iterable[tuple[str, str, str]]:
    """Commands of a command (`kesu calendar import FILE`), each with its own options."""
    for name, parser in english.choices.items():
        for option, en, zh in _options(parser, chinese.choices[name]):
            yield f"`{name}` {option}", en, zh


def _value(action: argparse.Action) -> str:
    if action.choices is not None:
        return "{" + ",".join(map(str, action.choices)) + "}"
    return str(action.metavar or action.dest.upper())


def _schema(name: str) -> list[str]:
    """What `--json` prints, property by property."""
    file = files("kesu.cli") / "schemas" / f"{name}.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    rows = list(_properties(schema, ""))
    said = f"`--json` (shape: `src/kesu/cli/schemas/{name}.json`): {schema.get('description', '')}"
    return [said.rstrip(": "), "", *_table(("property", "type", "what"), rows)]


def _properties(schema: Mapping[str, Any], prefix: str) -> Iterable[tuple[str, str, str]]:
    if isinstance(schema.get("items"), dict):
        yield from _properties(schema["items"], f"{prefix}[]")
    for name, part in schema.get("properties", {}).items():
        path = f"{prefix}.{name}".lstrip(".")
        kind = part.get("type", "")
        yield f"`{path}`", " or ".join(kind) if isinstance(kind, list) else kind, part.get("description", "")
        yield from _properties(part, path)


def _sentences(sign: str) -> list[tuple[str, str, str]]:
    """What the shape can say, its second form (“within … bars”) included."""
    rows: list[tuple[str, str, str]] = []
    for file in sorted((files("kesu.procedure.saying") / "sentences").iterdir(), key=lambda file: file.name):
        if file.name.removesuffix(".yaml").partition(" …")[0] == sign:
            node: Any = read_text(file.read_text(encoding="utf-8"), file=file.name)
            rows += [(name, str(text["zh"]), str(text["en"])) for name, text in node.items()]
    return rows


def _fine_print(shape: type) -> str:
    """Links to the points of the fine print that the shape's module cites."""
    module = sys.modules[shape.__module__].__doc__ or ""
    points = re.findall(r"\d+\.\d+", "".join(CITED.findall(module)))
    links = [f"[{point}](semantics.md#s{point.replace('.', '-')})" for point in points]
    return f" Fine print: {', '.join(links)}." if links else ""


def _keys(shape: type[Shape]) -> set[str]:
    return set(shape.keys)


def _choices(word: words.FactWord) -> str:
    if word.derived is not None:
        return f"worked out from {', '.join(word.derived.words)}; never put on record"
    return "、".join(f"{value}（{title.zh}）" for value, title in word.choices.items())


def _coded(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """A Markdown table; an empty one is nothing at all."""
    body = ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head), *body] if body else []


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

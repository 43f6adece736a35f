"""`kesu schema`: a JSON schema of procedure files, by which editors complete keys, steps and facts and mark what is wrong."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from kesu.procedure.shapes import shapes
from kesu.procedure.written.library import here
from kesu.procedure.written.pile import TOP
from kesu.procedure.written.rules import GENERAL
from kesu.reading.text import Text

from .printed import as_json
from .tongue import lang

BOTH = {
    "type": "object",
    "required": ["zh", "en"],
    "additionalProperties": False,
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
}
STEP_KEYS = (
    "title",
    "outside",
    "again",
    "uncounted",
    "asks",
    "audience",
    "purpose",
    "not known",
    "after the end",
    "by",
)


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu schema`."""
    parser = commands.add_parser(
        "schema",
        help=Text(
            "输出程序文件的 JSON schema，供编辑器用", "the JSON schema of procedure files, for editors"
        ).in_(lang()),
        description=Text(
            "输出 JSON schema：编辑器据此补全键名、步骤和事实，并显示中文名称。存成 kesu.json，在程序文件第一行写 # yaml-language-server: $schema=kesu.json。",
            "Prints a JSON schema by which an editor completes keys, steps and facts and shows their titles. Keep it as kesu.json and begin the procedure file with # yaml-language-server: $schema=kesu.json.",
        ).in_(lang()),
    )
    procedure = Text("连同这个程序自己的词", "with the own words of this procedure")
    parser.add_argument("--procedure", metavar="NAME", help=procedure.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Prints it."""
    library = here()
    lexicon = library.load(args.procedure).words if args.procedure else library.words()
    as_json(schema(lexicon.step_titles, lexicon.fact_titles))
    return 0


def schema(steps: Mapping[str, Text], facts: Mapping[str, Text]) -> dict[str, Any]:
    """The schema of a procedure file that is written in these words."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Kesu: procedure.yaml",
        "type": "object",
        "required": ["procedure", "title", "edition", "kind"],
        "additionalProperties": False,
        "properties": {
            **{key: {} for key in TOP},
            "title": BOTH,
            "purpose": BOTH,
            "ends": {"type": "array", "items": {"$ref": "#/$defs/step"}},
            "steps": {
                "type": "object",
                "properties": {
                    name: {**_said(title), "$ref": "#/$defs/what a step is"} for name, title in steps.items()
                },
            },
            "facts": {"type": "object", "properties": {name: _said(title) for name, title in facts.items()}},
            "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
        },
        "$defs": {"step": _named(steps), "fact": _named(facts), "what a step is": _step(), "rule": _rule()},
    }


def _said(title: Text) -> dict[str, Any]:
    return {"description": f"{title.zh} · {title.en}"}


def _named(titles: Mapping[str, Text]) -> dict[str, Any]:
    """Names, offered with what they mean; a title may stand as well, so that no other text is wrong."""
    return {"anyOf": [{"enum": list(titles)}, {"type": "string"}]}


def _step() -> dict[str, Any]:
    """What stands under a step."""
    asks = {"type": "array", "items": {"$ref": "#/$defs/fact"}}
    keys = {**{key: {} for key in STEP_KEYS}, "asks": asks, "not known": asks, "title": BOTH}
    return {"type": ["object", "null"], "additionalProperties": False, "properties": keys}


def _rule() -> dict[str, Any]:
    """A rule: its own keys and those of all shapes, one sign among them."""
    keys = sorted({*GENERAL, *(key for shape in shapes().values() for key in shape.keys)})
    return {
        "type": "object",
        "required": ["rule"],
        "properties": {**{key: {} for key in keys}, "reading": BOTH},
        "anyOf": [{"required": [sign]} for sign in shapes()],
    }

"""Templates that a person can read, of pages that work without JavaScript: whatever htmx does, a plain link or form does too."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import FileSystemLoader
from jinja2.meta import find_referenced_templates, find_undeclared_variables
from jinja2.nodes import FromImport, Macro, Template

from kesu.desk.frame.environment import environment

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
REQUESTS = {"hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"}
LINE = 120  # what an editor shows beside a second file
WHOLE = 3_000  # characters: what one screen holds and one reading; what is longer has parts with names of their own
TEMPLATE_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


TEMPLATES = [SOURCE / room / "templates" for room in ("desk", "forms", "portal")]
JINJA = environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)


class Reader(HTMLParser):
    """Notes every element that only JavaScript can use."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.forms: list[bool] = []  # whether each form around the current place has an action

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        here = f"line {self.getpos()[0]}: <{tag}>"
        if tag == "form":
            self.forms.append("action" in given)
            if "action" not in given:
                self.found.append(f"{here} has no action")
        if REQUESTS & set(given) and not self._plain(tag, given):
            self.found.append(f"{here} asks by htmx only")
        if tag == "a" and not given.get("href"):
            self.found.append(f"{here} leads nowhere")
        for name in given:
            if name.startswith("on"):
                self.found.append(f"{here} has a script in {name}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.forms:
            self.forms.pop()

    def _plain(self, tag: str, given: dict[str, str | None]) -> bool:
        return (tag == "a" and bool(given.get("href"))) or (bool(self.forms) and self.forms[-1])


def script_only(html: str) -> list[str]:
    """What in a template only works with JavaScript, a line each."""
    reader = Reader()
    reader.feed(TEMPLATE_CODE.sub(lambda code: "x" + "\n" * code[0].count("\n"), html))
    return reader.found


def _texts() -> dict[str, str]:
    found = sorted(SOURCE.rglob("templates/**/*.html"))
    return {path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_nothing_on_a_page_needs_javascript() -> None:
    assert {name: found for name, text in _texts().items() if (found := script_only(text))} == {}


def test_no_line_of_a_template_is_longer_than_a_screen_is_wide() -> None:
    long = {
        f"{name}:{number}": len(line)
        for name, text in _texts().items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > LINE
    }
    assert long == {}


def test_no_template_is_longer_than_one_reading() -> None:
    assert {name: len(text) for name, text in _texts().items() if len(text) > WHOLE} == {}


def _trees() -> dict[str, Template]:
    """Every template of every room as Jinja reads it, by its name; one that cannot be compiled fails here with its line."""
    trees = {}
    for name in JINJA.list_templates():
        JINJA.get_template(name)
        trees[name] = JINJA.parse(_source(name))
    return trees


def _source(name: str) -> str:
    assert JINJA.loader is not None
    return JINJA.loader.get_source(JINJA, name)[0]


def _macros(tree: Template) -> set[str]:
    return {macro.name for macro in tree.find_all(Macro)}


def test_a_macro_sees_only_what_it_is_given() -> None:
    outside = {
        name: find_undeclared_variables(tree) - set(JINJA.globals)
        for name, tree in _trees().items()
        if _macros(tree)
    }
    assert {name: found for name, found in outside.items() if found} == {}


def test_every_macro_that_a_template_takes_is_there_and_called() -> None:
    trees = _trees()
    wrong = []
    for name, tree in trees.items():
        text = _source(name)
        for taken in tree.find_all(FromImport):
            there = _macros(trees[taken.template.value])  # type: ignore[attr-defined]
            wrong += [f"{name}: {one}" for one in taken.names if one not in there or f"{one}(" not in text]
    assert wrong == []


def test_every_part_stands_on_some_page() -> None:
    trees = _trees()
    asked = {part for tree in trees.values() for part in find_referenced_templates(tree)}
    assert {name for name in trees if "/parts/" in name} == {
        name for name in asked if name and "/parts/" in name
    }


def test_the_check_finds_what_only_javascript_can_use() -> None:
    page = (
        '<a href="{{ url("case", pk) }}" hx-get="{{ url("case", pk) }}">kept</a>\n'
        '<form action="{{ here }}" method="post"><button hx-post="{{ here }}">kept</button></form>\n'
        '<div hx-get="/part">broken</div>\n'
        '<form hx-post="/act"><button>broken</button></form>\n'
        "<a>broken</a>\n"
        '<button onclick="go()">broken</button>\n'
    )
    assert script_only(page) == [
        "line 3: <div> asks by htmx only",
        "line 4: <form> has no action",
        "line 4: <form> asks by htmx only",
        "line 5: <a> leads nowhere",
        "line 6: <button> has a script in onclick",
    ]

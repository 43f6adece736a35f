"""Reading a page as a person would: headings, links, forms with what stands in them. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

EMPTY = {"input", "meta", "link", "br", "img", "hr"}


@dataclass
class Element:
    """One element with what stands in it."""

    tag: str
    attrs: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def text(self) -> str:
        """All text below, white space made single."""
        parts = (child if isinstance(child, str) else child.text() for child in self.children)
        return " ".join("".join(f"{part} " for part in parts).split())

    def walk(self) -> list[Element]:
        """This element and all below, in order."""
        below = [one for child in self.children if isinstance(child, Element) for one in child.walk()]
        return [self, *below]

    def all(self, tag: str = "", **attrs: str) -> list[Element]:
        """Every element below with this tag and these attributes (`class_`: one of its classes)."""
        return [one for one in self.walk() if (not tag or one.tag == tag) and one._has(attrs)]

    def one(self, tag: str = "", **attrs: str) -> Element:
        """The only such element."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} of <{tag} {attrs}>"
        return found[0]

    def _has(self, attrs: dict[str, str]) -> bool:
        for name, value in attrs.items():
            own = self.attrs.get(name.rstrip("_").replace("_", "-"), "")
            if value not in (own.split() if name == "class_" else [own]):
                return False
        return True

    def link(self, text: str) -> str:
        """Where the first link with this text leads."""
        return next(one.attrs["href"] for one in self.all("a") if text in one.text())

    def form(self, action: str) -> dict[str, list[str]]:
        """What a browser would send of the form whose action ends so."""
        whole = next(one for one in self.all("form") if one.attrs["action"].split("#")[0].endswith(action))
        sent: dict[str, list[str]] = {}
        for one in whole.walk():
            for value in _values(one):
                sent.setdefault(one.attrs["name"], []).append(value)
        return sent


def _values(one: Element) -> list[str]:
    if "name" not in one.attrs or "disabled" in one.attrs:
        return []
    if one.tag == "textarea":
        return ["".join(child for child in one.children if isinstance(child, str))]
    if one.tag == "select":
        options = one.all("option")
        chosen = [each for each in options if "selected" in each.attrs] or options[:1]
        return [each.attrs.get("value", "") for each in chosen]
    if one.tag != "input" or one.attrs.get("type") in ("submit", "button"):
        return []
    if one.attrs.get("type") in ("radio", "checkbox") and "checked" not in one.attrs:
        return []
    return [one.attrs.get("value", "")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.top = Element("", {})
        self.open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in EMPTY:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1:
            if self.open.pop().tag == tag:
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: str) -> Element:
    """The page as a tree."""
    reader = _Reader()
    reader.feed(page)
    return reader.top

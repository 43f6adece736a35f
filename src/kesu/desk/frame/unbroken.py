"""A tag for what has to stand together."""

from __future__ import annotations

import re
from typing import Final

from jinja2.ext import Extension
from jinja2.nodes import Node, TemplateData
from jinja2.parser import Parser

LINE_BREAK: Final = re.compile(r"\s*\n\s*")


class Unbroken(Extension):
    """From `unbroken` to `endunbroken`: line breaks of the template, with the white space round them, are not written.

    For what has to stand together without a space, as Chinese does, and yet is too long for one line.
    """

    tags = {"unbroken"}  # noqa: RUF012 (Jinja reads it from the class)

    def parse(self, parser: Parser) -> list[Node]:
        """The parts, one after the other."""
        next(parser.stream)  # the name of the tag itself
        body = parser.parse_statements(("name:endunbroken",), drop_needle=True)
        for node in body:
            for data in node.find_all(TemplateData):
                data.data = LINE_BREAK.sub("", data.data)
        return body

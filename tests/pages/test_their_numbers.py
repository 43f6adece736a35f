"""A clause is called by the number that its paper prints: the ids of the catalogue are ours, and nobody can look one up."""

from __future__ import annotations

import re

import pytest
from jinja2 import nodes
from tests.house.test_templates import _trees as trees
from tests.pages.desk import Desk
from tests.pages.test_nothing_leaves_unseen import barred, read_out
from tests.pages.test_permissions import SENT, address, files

from kesu.desk.urls import urlpatterns

__all__ = ["files"]

OURS = re.compile(r"\b[A-E]\d\d-[A-Z]?\d[\w.]*")
TO_COPY = re.compile(
    r"<(pre|textarea)\b.*?</\1>", re.DOTALL
)  # text for a file of a procedure, where ids are meant
BESIDE = (
    "/procedures/lab-pd-007/gaps/?against=iso-17025-7-9",
    "/go/?text=4.2",
    "/portal/hengce/",
    "/portal/hengce/complain/",
)


def ours(page: str) -> list[str]:
    """The ids of the catalogue that an answer holds, outside of what is there to be copied into a file."""
    return sorted(set(OURS.findall(TO_COPY.sub("", page))))


def test_an_id_would_be_found() -> None:
    assert ours("<td>A03-4.2.2.1</td> B01-A5.1c<pre>E05-3</pre> HC-0101 TD-021") == [
        "A03-4.2.2.1",
        "B01-A5.1c",
    ]


@pytest.mark.parametrize("name", ["顾明", "秦越", "叶文"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_and_no_print_says_an_id_of_the_catalogue(
    desk: Desk, files: dict[str, str], name: str, language: str
) -> None:
    barred(desk, files["complaint"])
    client = desk.as_(name, language).client
    paths = [address(str(one.name), files) for one in urlpatterns if one.name not in (*SENT, "demo sign in")]
    answers = {path: client.get(path, follow=True) for path in (*paths, *BESIDE)}
    read = {path: read_out(one) for path, one in answers.items() if said(one)}
    assert len(read) > len(paths) / 2
    assert {path: found for path, page in read.items() if (found := ours(page))} == {}


def said(answer: object) -> bool:
    """Whether it is something to be read."""
    kind = answer.headers.get("Content-Type", "")  # type: ignore[attr-defined]
    return answer.status_code == 200 and kind.startswith(("text/", "application/pdf"))  # type: ignore[attr-defined]


def test_the_checklist_and_the_rules_say_the_numbers_of_the_paper(desk: Desk) -> None:
    file = desk.house.handed_over()
    mine = desk.as_("顾明")
    assert "4.2.1.1" in mine.case(file).one("section", id="checked").text()
    assert "4.2.1.1" in mine.get("/procedures/lab-pd-007/").one("section", id="rules").text()


def test_no_template_prints_clauses_as_the_files_have_them() -> None:
    """They go through `clauses` or `numbers`, which know what the paper prints."""
    raw = [
        name
        for name, tree in trees().items()
        for one in tree.find_all(nodes.Filter)
        if one.name == "join"
        and isinstance(one.node, nodes.Getattr | nodes.Name)
        and _named(one.node) == "clauses"
    ]
    assert raw == []


def _named(node: nodes.Getattr | nodes.Name) -> str:
    return node.attr if isinstance(node, nodes.Getattr) else node.name

"""The documentation is true: commands print what it shows, links lead somewhere, pages are fresh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kesu.cli.reference import pages

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console run\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FILE = re.compile(r"`([\w./-]+\.(?:py|yaml|html|po|csv|json|toml))`")
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def shown(block: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a block (lines that begin with `$ `), each with the output shown beneath."""
    command, output = "", []
    for line in [*block.splitlines(), "$ "]:
        if line.startswith("$ "):
            if command:
                yield command, output
            command, output = line[2:], []
        else:
            output.append(line)


def agrees(said: list[str], output: list[str]) -> bool:
    """Whether the output is as shown; `…` stands for any text, on a line of its own for any lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in said
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in output)) is not None


@pytest.mark.parametrize(
    "path", [path for path in DOCS if BLOCK.search(path.read_text(encoding="utf-8"))], ids=_name
)
def test_the_commands_of_a_page_print_what_it_shows(path: Path, tmp_path: Path) -> None:
    """All blocks of a page share one fresh home; commands run in the root of the project."""
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "KESU_HOME": str(tmp_path / "home"),
        "KESU_LANG": "zh" if path.name.endswith(".zh-CN.md") else "en",
        "LANG": "C.UTF-8",
        "COLUMNS": "100",
    }
    for block in BLOCK.findall(path.read_text(encoding="utf-8")):
        for command, said in shown(block):
            ran = subprocess.run(
                ["bash", "-c", command],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=120,
            )
            output = [line.rstrip() for line in ran.stdout.splitlines()]
            assert agrees(said, output), f"$ {command}\n" + "\n".join(output)


def test_a_page_that_shows_another_output_is_found() -> None:
    assert agrees(["due  2025-02-07", "…", "end"], ["due  2025-02-07", "a", "b", "end"])
    assert agrees(["took … s"], ["took 0.2 s"])
    assert not agrees(["due  2025-02-07"], ["due  2025-02-08"])
    assert not agrees(["one"], ["one", "two"])


@pytest.mark.parametrize("path", DOCS, ids=_name)
def test_every_link_between_pages_leads_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(_prose(path)) if "://" not in link]
    dead = [link for link in links if not _there(path, *link.partition("#")[::2])]
    assert dead == []


def test_a_link_to_a_place_that_a_page_has_not_is_found() -> None:
    page = ROOT / "docs" / "explanation" / "ledger.md"
    assert _there(page, "", "what-it-does-not-show")
    assert _there(page, "../reference/semantics.md", "s3-11")
    assert not _there(page, "", "what-it-shows-not")
    assert not _there(page, "../reference/semantics.md", "s3-99")
    assert not _there(page, "nowhere.md", "")


def _prose(path: Path) -> str:
    return FENCED.sub("", path.read_text(encoding="utf-8"))


def _there(page: Path, file: str, place: str) -> bool:
    """Whether a link on a page leads to a file that exists and, where it names one, to a place on it."""
    target = page.parent / file if file else page
    return target.exists() and (not place or place in _places(target))


@cache
def _places(page: Path) -> frozenset[str]:
    """What can be linked on a page: its anchors, and its headings as they are called in addresses."""
    text = _prose(page)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    names = (re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings)
    return frozenset((*names, *re.findall(r'<a id="([^"]+)">', text)))


@pytest.mark.parametrize("path", DOCS, ids=_name)
def test_every_file_that_a_page_names_exists(path: Path) -> None:
    named = [name for name in FILE.findall(_prose(path)) if "/" in name and "NAME" not in name]
    gone = [
        name for name in named if not any((start / name).exists() for start in (ROOT, ROOT / "src" / "kesu"))
    ]
    assert gone == []


def test_the_generated_pages_are_what_the_software_would_write_today() -> None:
    folder = ROOT / "docs" / "reference"
    written = {
        name: (folder / name).read_text(encoding="utf-8") for name in pages() if (folder / name).exists()
    }
    assert [name for name, text in pages().items() if written.get(name) != text] == []

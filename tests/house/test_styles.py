"""The style sheets keep to what a browser of 2023 knows, and the colours of what matters differ for everybody who looks."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from tests.claimed import ROOT
from tests.house.colour import LACKING, contrast, difference, lab, linear, seen_by

SHEETS = sorted((ROOT / "src" / "kesu").glob("*/static/*/*.css"))
SCRIPTS = sorted((ROOT / "src" / "kesu").glob("*/static/*/*.js"))
PLAIN = {path: re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL) for path in SHEETS}
NEWER = (  # than Chromium 109, or without a way back where it is missing
    r"light-dark\(", r"color-mix\(", r"okl(?:ch|ab)\(", r"@container", r"@scope", r"@starting-style", r"@property",
    r"subgrid", r"text-wrap", r"\blinear\(", r":dir\(", r"anchor\(", r"(?<![\w-])&",
)  # fmt: skip
NOT_CHINESE = (r"italic", r"oblique", r"letter-spacing", r"text-transform")
TOKENS = (ROOT / "src/kesu/desk/static/desk/tokens.css").read_text(encoding="utf-8")
FILLS = ("late-fill", "soon-fill", "major-fill")


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", block))


LIGHT = _tokens(TOKENS.partition("@media")[0])
BY_SYSTEM = _tokens(TOKENS.partition("@media")[2].partition(":root[data-theme")[0])
BY_CHOICE = _tokens(TOKENS.rpartition(':root[data-theme="dark"]')[2])
THEMES = {"light": LIGHT, "dark": BY_CHOICE}


@pytest.mark.parametrize("path", SHEETS, ids=[path.name for path in SHEETS])
def test_no_sheet_says_what_a_browser_of_the_floor_does_not_know_or_chinese_does_not_write(
    path: Path,
) -> None:
    assert [one for one in (*NEWER, *NOT_CHINESE) if re.search(one, PLAIN[path])] == []


def test_weights_are_two_and_no_text_is_smaller_than_twelve() -> None:
    text = "\n".join(PLAIN.values())
    assert set(re.findall(r"font-weight: (\w+)", text)) <= {"400", "700"}
    assert [size for size in re.findall(r"font-size: (\d+)px", text) if int(size) < 12] == []


def test_lines_break_strictly_and_forced_colours_keep_what_is_chosen() -> None:
    text = "\n".join(PLAIN.values())
    assert "line-break: strict" in text
    assert "@media (forced-colors: active)" in text


def test_dark_is_the_same_by_the_wish_of_the_system_and_by_choice() -> None:
    assert BY_SYSTEM == BY_CHOICE
    assert BY_CHOICE.keys() == LIGHT.keys()


def test_scripts_and_styles_together_are_small() -> None:
    assert sum(path.stat().st_size for path in (*SHEETS, *SCRIPTS)) <= 150_000


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_is_read_on_what_lies_under_it(theme: str) -> None:
    said = THEMES[theme]
    under = [said[one] for one in ("page", "surface", "sub", "wash")]
    texts = [said[one] for one in ("text", "text2", "link", "kept", "unsure", "late")]
    pairs = [(text, ground) for text in texts for ground in under]
    pairs += [(said[fill.replace("fill", "on")], said[fill]) for fill in FILLS]
    pairs.append((said["on-primary"], said["primary"]))
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []
    edges = [(said[one], ground) for one in ("edge", "focus") for ground in under]
    assert [pair for pair in edges if contrast(*pair) < 3] == []


@pytest.mark.parametrize(("theme", "least"), [("light", 19.8), ("dark", 12.0)])
@pytest.mark.parametrize("lacking", LACKING)
def test_late_soon_and_major_differ_for_whoever_lacks_a_cone(theme: str, least: float, lacking: str) -> None:
    seen = {fill: lab(seen_by(linear(THEMES[theme][fill]), lacking)) for fill in FILLS}
    close = {
        f"{one} {other}": round(difference(seen[one], seen[other]), 1)
        for one, other in combinations(FILLS, 2)
        if difference(seen[one], seen[other]) < least
    }
    assert close == {}


def test_the_difference_is_reckoned_as_its_authors_reckon_it() -> None:
    samples = [
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ]
    assert [round(difference(one, other), 4) for one, other, _ in samples] == [known for *_, known in samples]

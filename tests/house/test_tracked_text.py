"""What no file of the project may say: where packages come from, paths of one machine, leftovers."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _either(*words: str) -> str:
    """Any of these words. A `+` in the middle of each keeps this file from saying them."""
    return "(?:" + "|".join(re.escape(word.replace("+", "")) for word in words) + ")"


REGISTRIES = (
    "pypi+.org",
    "files.python+hosted.org",
    "registry.npm+js.org",
    "deb.deb+ian.org",
    "extra-+index",
)
FORBIDDEN = {
    "a registry": _either(*REGISTRIES),
    "a path of one machine": r"(?<![\w.:/-])/" + _either("wo+rk", "ro+ot", "ho+me", "Us+ers") + "/",
    "unfinished work": r"\b" + _either("TO+DO", "FIX+ME", "HA+CK", "XX+X") + r"\b(?!-PD)",
    "the making of it": r"(?i)\b" + _either("cla+ude", "anth+ropic", "chat+gpt", "cop+ilot", "AI-gene+rated"),
}
WHOLE = {
    "requirements.lock",
    "requirements-dev.lock",
    "LICENSE",
}  # written by others, read for registries only


def _tracked() -> list[Path]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_registry_a_machine_or_a_leftover() -> None:
    found = []
    for path in _tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a spreadsheet
        for what, pattern in FORBIDDEN.items():
            if path.name in WHOLE and what != "a registry":
                continue
            for hit in re.finditer(pattern, text):
                line = text.count("\n", 0, hit.start()) + 1
                found.append(f"{path.relative_to(ROOT)}:{line}: {what}: {hit[0]}")
    assert found == []


def test_no_lock_file_says_where_packages_come_from() -> None:
    locks = sorted(path.name for path in ROOT.glob("requirements*.lock"))
    assert locks == ["requirements-bench.lock", "requirements-dev.lock", "requirements.lock"]
    assert [name for name in locks if "://" in (ROOT / name).read_text(encoding="utf-8")] == []


def test_every_text_ends_with_a_line_end_and_has_no_carriage_return() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in _tracked()
        if path.suffix in (".py", ".md", ".yaml", ".toml", ".css", ".js", ".json", ".po", "")
        and (raw := path.read_bytes())
        and (not raw.endswith(b"\n") or b"\r" in raw)
    ]
    assert wrong == []

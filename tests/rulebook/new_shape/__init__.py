"""A shape that a stranger adds by the how-to: its module, its sentences, its tests; nothing else knows of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kesu.procedure.saying import sentence
from kesu.procedure.shapes import shapes
from kesu.procedure.written import rules

from .not_before import NotBefore

HERE = Path(__file__).parent


def put_in_place(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """As if its files stood in the folders of the shapes and of the sentences."""
    shutil.copytree(sentence.FOLDER, folder, dirs_exist_ok=True)
    shutil.copytree(HERE / "sentences", folder, dirs_exist_ok=True)
    known = {**shapes(), NotBefore.sign: NotBefore}
    monkeypatch.setattr(rules, "shapes", lambda: known)
    monkeypatch.setattr(sentence, "FOLDER", folder)

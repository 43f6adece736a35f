"""A printed document as a reader gets it: its pages as text, by another library than made it."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader
from tests.pages.desk import Desk


def printed(desk: Desk, path: str) -> list[str]:
    """The text of each page of what is at an address, without the blanks that setting adds; it has to be a PDF."""
    answer: Any = desk.client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), path
    return pages(answer.content)


def pages(content: bytes) -> list[str]:
    """The text of each page. Where lines were broken nothing is left: Chinese has no blanks between words."""
    found = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return ["".join(text.replace("\u200b", "").split()) for text in found]

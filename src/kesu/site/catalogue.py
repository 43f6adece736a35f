"""The two file formats of translations: `.po`, which people write, and `.mo`, which gettext reads.

Kesu compiles its catalogue itself, so that nobody needs the tools of GNU gettext to run it.
"""

from __future__ import annotations

import ast
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAGIC = 0x950412DE
CONTEXT_END = "\x04"  # between context and text, as gettext has it
FORMS_END = "\x00"  # between singular and plural


class CatalogueError(ValueError):
    """A line of a `.po` file that cannot be read, with its number."""


@dataclass(frozen=True, slots=True)
class Message:
    """A text as the source has it: what to look up in a catalogue."""

    text: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> str:
        """How gettext names it."""
        text = self.text if self.plural is None else self.text + FORMS_END + self.plural
        return text if self.context is None else self.context + CONTEXT_END + text


Catalogue = Mapping[
    Message, tuple[str, ...]
]  # what each text is in the other language; several for plural forms


def read_po(source: str) -> dict[Message, tuple[str, ...]]:
    """The translations of a `.po` file, without drafts (`fuzzy`), empty ones and obsolete ones (comments)."""
    entries: dict[Message, tuple[str, ...]] = {}
    for fields, fuzzy in _blocks(source):
        forms = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
        if "msgid" in fields and all(forms) and not fuzzy:
            entries[Message(fields["msgid"], fields.get("msgid_plural"), fields.get("msgctxt"))] = forms
    return entries


def _blocks(source: str) -> Iterator[tuple[dict[str, str], bool]]:
    """The entries of the file, each as its fields, and whether it is marked as a draft."""
    fields: dict[str, str] = {}
    name, fuzzy = "", False
    for number, line in enumerate([*source.splitlines(), ""], 1):
        line = line.strip()
        if not line:
            if fields:
                yield fields, fuzzy
            fields, name, fuzzy = {}, "", False
        elif line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        else:
            if not line.startswith('"'):
                name, _, line = line.partition(" ")
                fields[name] = ""
            if not name.startswith("msg"):
                raise CatalogueError(
                    f"line {number}: neither a comment nor msgid, msgstr or a text in quotes"
                )
            fields[name] += _quoted(line, number)


def _quoted(text: str, number: int) -> str:
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        value = None
    if not isinstance(value, str):
        raise CatalogueError(f"line {number}: a text has to stand in double quotes")
    return value


def mo_bytes(catalogue: Catalogue) -> bytes:
    """The compiled catalogue: header, two tables of (length, offset), and the texts sorted by their bytes."""
    pairs = sorted(
        (message.key.encode(), FORMS_END.join(forms).encode()) for message, forms in catalogue.items()
    )
    start = 28  # seven words of header; no hash table: gettext does without
    offset = start + 16 * len(pairs)
    tables: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), offset))
            offset += len(pair[column]) + 1
    header = struct.pack("<7I", MAGIC, 0, len(pairs), start, start + 8 * len(pairs), 0, offset)
    texts = b"".join(pair[column] + b"\0" for column in (0, 1) for pair in pairs)
    return header + b"".join(tables) + texts


def po_entry(message: Message, *, places: tuple[str, ...] = ()) -> str:
    """An entry that waits for its translation, as a person would want to find it."""
    lines = [f"#: {place}" for place in places]
    if message.context is not None:
        lines.append(f"msgctxt {_in_quotes(message.context)}")
    lines.append(f"msgid {_in_quotes(message.text)}")
    if message.plural is not None:
        lines.append(f"msgid_plural {_in_quotes(message.plural)}")
    lines.append('msgstr ""' if message.plural is None else 'msgstr[0] ""')
    return "\n".join(lines) + "\n"


def _in_quotes(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'

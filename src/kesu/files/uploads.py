"""Files that come with a form: how much of them is taken in, and what becomes of it.

Nothing of a file is taken from somebody who is not signed in, save at the portal, where whoever complains brings his
evidence; of one that is too large nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from kesu.procedure.kinds.files import MOST, SORTS, as_typed
from kesu.reading.text import Text

from .drafts import MEGABYTE, Sender, keep_draft, too_large
from .from_outside import PORTAL

OF_FACTS: Final = "f-"  # how the inputs of facts begin: no other takes files
SORT: Final = "--sort"  # the input that says what the files of a field show
REFUSED: Final = "files_not_taken"  # the attribute of a request: name of the input -> why


class Uploads(TemporaryFileUploadHandler):
    """Each file on the disk as it comes; what is over the limit is read on and not kept."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Raises SkipFile for whoever may send none here, and for more files than one fact has."""
        request: Any = self.request
        super().new_file(*args, **kwargs)
        many = request.__dict__.setdefault("files_sent", {})
        many[self.field_name] = many.get(self.field_name, 0) + 1
        taken = str(self.field_name).startswith(OF_FACTS) and many[self.field_name] <= MOST
        if not (taken and (request.path.startswith(PORTAL) or request.user.is_authenticated)):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Raises SkipFile at the first byte over the limit."""
        if start + len(raw_data) > settings.FILE_SIZE * MEGABYTE:
            refused = self.request.__dict__.setdefault(REFUSED, {})
            refused.setdefault(self.field_name, []).append(too_large(str(self.file_name)))
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: `typed` with each file as its draft, and by the name of the input why others were not taken."""

    typed: Mapping[str, Sequence[str]]
    problems: Mapping[str, Sequence[Text]]


def sent(request: HttpRequest, sender: Sender) -> Sent:
    """Reads what was sent, and keeps its files as drafts of whoever sent it."""
    typed: dict[str, list[str]] = dict(request.POST.lists())
    problems = {name: list(said) for name, said in request.__dict__.get(REFUSED, {}).items()}
    for name, uploads in request.FILES.lists():
        for upload in uploads:
            kept = _kept(upload, sender, sort="".join(typed.get(name + SORT, ())[:1]))
            if isinstance(kept, Text):
                problems.setdefault(name, []).append(kept)
            else:
                typed.setdefault(name, []).append(kept)
    return Sent(typed, problems)


def _kept(upload: UploadedFile[Any], sender: Sender, *, sort: str) -> str | Text:
    """One file as the form carries it from here on, or why it is not taken."""
    kept = keep_draft(upload, name=str(upload.name), sender=sender)  # type: ignore[arg-type]
    if isinstance(kept, Text):
        return kept
    return as_typed({**kept, "sort": sort if sort in SORTS else ""})

"""Several documents that Kesu made itself as one PDF, one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO


def joined(documents: Iterable[bytes]) -> bytes:
    """All pages of all of them in order. The documents are our own: what strangers sent is read elsewhere, within limits."""
    import pypdfium2  # large, and wanted here alone

    made = pypdfium2.PdfDocument.new()
    for document in documents:
        part = pypdfium2.PdfDocument(document)
        made.import_pages(part)
        part.close()
    out = BytesIO()
    made.save(out)
    made.close()
    return out.getvalue()

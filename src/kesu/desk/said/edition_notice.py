"""On every page of an organisation, as long as it holds: that an edition cannot be read, why, and what to do."""

from __future__ import annotations

from kesu.caseload.folded.books import not_readable
from kesu.caseload.sight.reader import Reader
from kesu.reading.text import Text

from ..who.here import spoken


def edition_notices(reader: Reader) -> list[str]:
    """A sentence for each edition whose files are hidden, without its full stop; nothing as long as all can be read."""
    return [
        Text(
            zh=f"程序“{edition.procedure}”第 {edition.edition} 版用现在的软件读不了，属于它的案卷暂不显示，台账里都还在。请管理员换用能读它的软件版本。原因：{why.zh}",
            en=f"edition {edition.edition} of “{edition.procedure}” cannot be read by this release; its files are not shown, and are all in the ledger. Ask the administrator to run a release that reads it. Why: {why.en}",
        ).in_(spoken())
        for edition, why in not_readable(reader.directory)
    ]

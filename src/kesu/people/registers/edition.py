"""`edition/PROCEDURE`: editions as drafted, reviewed and approved by named persons, and as put in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from kesu.reading.text import Text

from ..models import Edition
from ..permissions import ENFORCE, SIGN_EDITION, Permission
from .register import Form, Noted, Register, Row

DRAFTED: Final = "edition drafted"
REVIEWED: Final = "edition reviewed"
APPROVED: Final = "edition approved"
SENT_BACK: Final = "edition sent back"
IN_FORCE: Final = "put in force"
SIGNED: Final = (REVIEWED, APPROVED, SENT_BACK)


class EditionRegister(Register):
    """Who drafts names who reviews and who approves; each of them signs the draft itself, whose text never changes."""

    kind = "edition"
    by = ENFORCE
    forms: ClassVar[Mapping[str, Form]] = {
        IN_FORCE: Form(
            {"edition": "text", "digest": "text", "text": "text", "from": "instant"},
            {
                "approved by": "person",
                "reviewed by": "person",
                "drafted by": "person",
                "draft": "number",
                "back-dated with": "person",
                "back-dated reason": "reason",
            },
        ),
        "edition withdrawn": Form({"entry": "number", "reason": "reason"}),
        DRAFTED: Form(
            {
                "edition": "text",
                "digest": "text",
                "text": "text",
                "from": "instant",
                "reviewer": "person",
                "approver": "person",
            },
            {"settings": "text", "reason": "reason", "remark": "text"},
        ),
        REVIEWED: Form({"entry": "number", "digest": "text"}, {"remark": "text"}),
        APPROVED: Form({"entry": "number", "digest": "text"}, {"remark": "text"}),
        SENT_BACK: Form({"entry": "number", "reason": "reason"}),
    }

    def permission(self, step: str) -> Permission:
        """Signing is for whom the draft names, whatever posts they hold."""
        return SIGN_EDITION if step in SIGNED else self.by

    def problem(self, *, name: str, before: Sequence[Noted], act: Noted) -> Text | None:
        """An edition is never changed: other text needs another edition name. A draft is signed in its order, by whom it names."""
        if act.step == "edition withdrawn":
            known = act.facts["entry"] in {entry.number for entry in before if entry.step == IN_FORCE}
            return None if known else Text(zh="没有这一版", en="there is no such edition")
        if act.step in SIGNED:
            return _cannot_sign(before, act)
        for entry in before:
            if entry.step == IN_FORCE and entry.facts["edition"] == act.facts["edition"]:
                return Text(
                    zh=f"第 {act.facts['edition']} 版已经生效过，不能再改；请用新的版号",
                    en=f"edition {act.facts['edition']} was put in force before and is never changed; give the new text a new edition",
                )
        return None

    def rows(self, *, name: str, entries: Sequence[Noted]) -> list[Row]:
        """A row for each edition."""
        withdrawn = {entry.facts["entry"]: entry.at for entry in entries if entry.step == "edition withdrawn"}
        return [
            (
                Edition,
                {
                    "procedure": name,
                    "number": entry.number,
                    "edition": entry.facts["edition"],
                    "digest": entry.facts["digest"],
                    "since": entry.instant("from"),
                    "withdrawn": withdrawn.get(entry.number),
                    "text": entry.facts["text"],
                },
            )
            for entry in entries
            if entry.step == IN_FORCE
        ]


def _cannot_sign(before: Sequence[Noted], act: Noted) -> Text | None:
    draft = next((one for one in before if one.step == DRAFTED and one.number == act.facts["entry"]), None)
    if draft is None:
        return Text(zh="没有这份起草稿", en="there is no such draft")
    signed = {one.step for one in before if one.step in SIGNED and one.facts["entry"] == draft.number}
    if signed & {SENT_BACK, APPROVED, act.step}:
        return Text(zh="这份起草稿已经有了结果", en="this draft has been decided on already")
    named = {REVIEWED: draft.facts["reviewer"], APPROVED: draft.facts["approver"]}
    if act.step == SENT_BACK:
        return None if act.by in (*named.values(), draft.by) else NOT_NAMED
    return _cannot_agree(act, draft, is_reviewed=REVIEWED in signed, by=named[act.step])


def _cannot_agree(act: Noted, draft: Noted, *, is_reviewed: bool, by: str) -> Text | None:
    if act.facts["digest"] != draft.facts["digest"]:
        return Text(
            zh="签的不是起草的那份文本，请重新打开", en="this is not the text that was drafted; open it again"
        )
    if act.step == APPROVED and not is_reviewed:
        return Text(zh="先由审核人审核", en="the reviewer signs first")
    return None if act.by == by else NOT_NAMED


NOT_NAMED: Final = Text(zh="这份起草稿写明由别人签", en="the draft names somebody else for this signature")

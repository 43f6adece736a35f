"""What whoever complains is told when something is not taken: in the language of outsiders, and what to do."""

from __future__ import annotations

from typing import Final

from kesu.caseload.acting.answers import Changed, Refused
from kesu.reading.text import Text

AGAIN: Final = Text(
    "这张表已经提交过一次，内容不一样。请重新打开页面再填",
    "this form was sent before with other content; open the page again and fill it in anew",
)
BUSY: Final = Text(
    "现在提交的人多，您的内容还没有收下，都还在下面；请再按一次",
    "many are sending at once; yours was not taken yet and is kept below: send it again",
)
NOT_FOUND: Final = Text(
    "编号和查询码对不上。请核对受理回执；查询码里没有 0、1、字母 O 和 I",
    "This number and code do not belong together. Check your receipt; no code holds 0, 1, the letter O or I",
)
CHANGED: Final = Text(
    "您打开之后，这件投诉有了新进展；您填的还在，请看过再提交",
    "something happened in this complaint since you opened the page; what you typed is kept: look, and send it again",
)


def wait(seconds: int) -> Text:
    """Not looked at, for want of a place to wait in."""
    return Text(
        f"从您的网络来的请求很多，请 {seconds} 秒后再试；您填的还在",
        f"many requests come from your network; try again in {seconds} seconds, what you typed is kept",
    )


def refused_in_words(answer: Refused | Changed) -> list[Text]:
    """Every reason in both languages."""
    if isinstance(answer, Changed):
        return [CHANGED]
    return [Text(*both) for both in zip(answer.sentences("zh"), answer.sentences("en"), strict=True)]

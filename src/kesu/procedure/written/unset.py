"""What is said where a setting has no value yet: its own title, in brackets, and never what stands in for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from kesu.reading.text import Text

UNSET_POST: Final = "to be set: "


class Titled(Protocol):
    """A setting, as far as it matters here."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> Text | None: ...


def unset_post(name: str) -> str:
    """The name that stands for a post as long as this setting is to be set."""
    return f"{UNSET_POST}{name}"


def bracketed(setting: Titled) -> Text:
    """A setting by its title, where its value would stand."""
    title = setting.title or Text(setting.name, setting.name)
    return Text(f"【{title.zh}】", f"[{title.en[:1].lower()}{title.en[1:]}]")


def unset_title(post: str, settings: Mapping[str, Titled]) -> Text | None:
    """What to say for a post that is still to be set; None for one that is there."""
    setting = settings.get(post.removeprefix(UNSET_POST)) if post.startswith(UNSET_POST) else None
    return bracketed(setting) if setting is not None else None

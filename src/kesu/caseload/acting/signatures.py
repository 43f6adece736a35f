"""A signature counts where its person gave his password again a moment ago; nothing else of a command is one (semantics 5.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from kesu.casework.deciding.command import Command, Signature
from kesu.casework.deciding.signature import OF_OVERRIDES, OF_SIGNATURES, signs
from kesu.people.directory import Directory
from kesu.procedure.history.act import Value
from kesu.procedure.history.of_a_file import History
from kesu.procedure.words.names import FACT
from kesu.procedure.written.model import Procedure
from kesu.reading.text import Text

FRESH: Final = timedelta(minutes=5)  # from the password to the act; a page sends both at once
NOT_SIGNED: Final = Text(
    "这一步要本人签名：请本人登录，在这一步的表里再输一次密码。命令、导入和别人代记都不能代签",
    "this step is signed by whoever takes it: in his own sign-in he gives his password again in its form; no command, import or note by another signs for him",
)
NO_SIGNATURE: Final = Text(
    "签名要由本人登录后再输一次密码，不能填写",
    "a signature is given by one's password in one's own sign-in; it is not filled in",
)
NOT_HIS: Final = Text(
    "签名不是为这一步签的，或不是本人签的；请重新输一次密码",
    "the signature is for another step or by another person; give the password again",
)
TOO_OLD: Final = Text(
    "签名已过了五分钟；请重新输一次密码",
    "the signature is more than five minutes old; give the password again",
)


def with_signature(
    command: Command,
    *,
    directory: Directory,
    procedure: Procedure,
    history: History | None,
    now: datetime,
) -> Command | Text:
    """The command with what goes on record of its signature; a Text where one is wanting, or is none.

    What another noted is signed by nobody until whoever acted confirms it. The step that an override lets pass was signed when
    it was proposed.
    """
    if any(word in command.facts for word in OF_SIGNATURES):
        return NO_SIGNATURE
    signed = command.signed
    if signed is None:
        own = command.recorder is None and (not command.passes or command.step in OF_OVERRIDES)
        wanted = own and signs(procedure, history, command.step, command.facts)
        return NOT_SIGNED if wanted else command
    if (wrong := _wrong(signed, command, now)) is not None:
        return wrong
    said: dict[str, Value] = {
        FACT.SIGNATURE: directory.name_of(signed.by),
        FACT.SIGNATURE_MEANING: signed.step,
        FACT.SIGNED_VERSION: str(signed.seen_up_to),
    }
    return replace(command, facts={**command.facts, **said})


def _wrong(signed: Signature, command: Command, now: datetime) -> Text | None:
    if command.recorder is not None or signed.by != command.by or signed.step != command.step:
        return NOT_HIS
    return None if timedelta(0) <= now - signed.confirmed <= FRESH else TOO_OLD

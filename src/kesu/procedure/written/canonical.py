"""The text of a procedure that goes into the ledger: everything it is made of, so that it can be judged by for ever."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kesu.reading.strict import Block, Node, ReadError, Series, node_of
from kesu.reading.text import Text

from ..words import of_the_software, spoken
from ..words.lexicon import Lexicon
from ..words.names import STEP
from .compose import composed
from .language import LANGUAGE
from .library import Library
from .model import Procedure
from .pile import Layer
from .words_in import words_in


def canonical(library: Library, name: str, *, settings: Mapping[str, str], edition: str | None = None) -> str:
    """Base, overlays, own file, settings and words of a procedure as one JSON text: the same content gives the same text.

    Of the words it holds every one that the files name, those on which these rest, and those of the engine: an edition is
    read by what they meant when it was put in force, whatever the software calls or reckons otherwise later. `edition` is
    what this text is called where the file's own name of its edition was in force with other settings.
    """
    layers = library.layers(library.own(name))
    called = {} if edition is None else {"edition": edition}
    procedure = library.load(name, settings=settings)
    data = {
        "language": LANGUAGE,
        "layers": [
            {
                "name": layer.name,
                "kind": layer.kind,
                "file": _plain(layer.block) | (called if layer.kind == "own" else {}),
            }
            for layer in layers
        ],
        "settings": dict(sorted(settings.items())),
        STEP.LINKED: {other: [title.zh, title.en] for other, title in sorted(procedure.linked.items())},
    }
    data["words"] = {
        section: {name: _plain(block) for name, block in sorted(texts.items())}
        for section, texts in words_in(json.dumps(data, ensure_ascii=False), procedure).items()
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def from_canonical(text: str) -> Procedure:
    """The procedure that a canonical text holds. Raises ReadError when it is none."""
    try:
        data = json.loads(text)
        pile = [(layer["name"], layer["file"], layer["kind"]) for layer in data["layers"]]
        linked = {other: Text(*said) for other, said in data[STEP.LINKED].items()}
        settings, language = data["settings"], int(data.get("language", 1))
        texts = {section: dict(named) for section, named in data.get("words", {}).items()}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ReadError(
            file="edition", line=0, en="this is no text of a procedure", zh="这不是程序的存档文本"
        ) from None
    layers = [Layer(name, _block(file, name), kind) for name, file, kind in pile]
    with spoken(_kept(texts)):
        return composed(layers, settings=settings, linked=linked, language=language)


def _kept(texts: Mapping[str, Mapping[str, Any]]) -> Lexicon:
    """The words of the software, with those that the edition holds in their place."""
    known = of_the_software()
    kept = {
        section: {name: _block(text, name) for name, text in texts.get(section, {}).items()}
        for section in known.texts
    }
    return replace(known.over(kept), kept=kept)


def digest(text: str) -> str:
    """The digest by which files name the edition they are judged by."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(node: Node) -> Any:
    if isinstance(node, Block):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, Series):
        return [_plain(item) for item in node]
    return str(node)


def _block(data: Any, name: str) -> Block:
    node = node_of(data, file=name)
    if not isinstance(node, Block):
        raise ReadError(file=name, line=0, en="this is no text of a procedure", zh="这不是程序的存档文本")
    return node

"""Finding procedures, composing them from base, overlays and own file, and reading the result."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from kesu.reading.keys import both
from kesu.reading.strict import Block, ReadError, Scalar, fault, read_file, suggestion
from kesu.reading.text import Text

from ..shapes import signs_of
from ..shapes.abilities import NamesProcedure
from .compose import Layer, composed
from .model import Procedure

FILE = "procedure.yaml"


def here() -> Library:
    """The library of this installation: KESU_PROCEDURES, else `procedures` in the working folder or beside the source."""
    named = os.environ.get("KESU_PROCEDURES")
    if named:
        return Library(*map(Path, named.split(os.pathsep)))
    beside = Path(__file__).resolve().parents[4] / "procedures"
    return Library(*(root for root in (Path("procedures"), beside) if root.is_dir()))


class Library:
    """The folders in which procedures lie; a name is looked up in each, in order."""

    def __init__(self, *roots: Path) -> None:
        self.roots = roots

    def names(self) -> list[str]:
        """Every procedure there is."""
        return sorted({path.parent.name for root in self.roots for path in root.glob(f"*/{FILE}")})

    def find(self, name: str) -> Path:
        """The folder of a procedure. Raises ReadError with the nearest right name."""
        for root in self.roots:
            if (root / name / FILE).is_file():
                return root / name
        en, zh = suggestion(name, self.names())
        raise ReadError(
            file=name, line=0, en=f"no procedure is called “{name}”{en}", zh=f"没有叫“{name}”的程序{zh}"
        )

    def load(self, name: str, *, settings: Mapping[str, str] | None = None) -> Procedure:
        """The procedure, flat, with these settings laid over those of the file. Raises ReadError."""
        return self.load_folder(self.find(name), settings=settings)

    def load_folder(self, folder: Path, *, settings: Mapping[str, str] | None = None) -> Procedure:
        """The procedure in a folder, whose base and overlays are looked up in the library."""
        layers = self.layers(_block(folder / FILE))
        return composed(layers, settings=settings or {}, linked=self._linked(layers))

    def own(self, name: str) -> Block:
        """The tree of a procedure's own file."""
        return _block(self.find(name) / FILE)

    def _linked(self, layers: list[Layer]) -> Mapping[str, Text]:
        """The titles of the procedures that its rules name, to open, count or count in; one that is not there is left to the audit."""
        rules = [rule for layer in layers for rule in layer.block.get("rules", ()) if isinstance(rule, Block)]
        named = {str(rule[sign]) for rule in rules for sign in signs_of(NamesProcedure) if sign in rule}
        opened = named & set(self.names())
        return {name: both(self.own(name)["title"], what="title") for name in sorted(opened)}

    def layers(self, own: Block, above: tuple[str, ...] = ()) -> list[Layer]:
        """Base first, then overlays, then the own file; each base and overlay once. Raises ReadError."""
        name = str(own.get("procedure", ""))
        if name in above:
            raise fault(
                own,
                en=f"“{name}” extends itself by way of {' → '.join(above)}",
                zh=f"“{name}”经 {' → '.join(above)} 又引用了自己",
            )
        found: list[Layer] = []
        for key, kind in (("extends", "base"), ("with", "overlay")):
            for other in _named(own, key):
                for layer in self.layers(_block(self._beside(other) / FILE), (*above, name)):
                    if all(layer.name != known.name for known in found):
                        found.append(
                            Layer(layer.name, layer.block, kind if layer.kind == "own" else layer.kind)
                        )
        return [*found, Layer(name, own, "own")]

    def _beside(self, name: Scalar) -> Path:
        try:
            return self.find(str(name))
        except ReadError as error:
            raise fault(name, en=error.en, zh=error.zh) from None


def _block(path: Path) -> Block:
    node = read_file(path, called=f"{path.parent.name}/{path.name}")
    if not isinstance(node, Block):
        raise fault(node, en="a procedure is a mapping", zh="程序文件应是“键: 值”的形式")
    return node


def _named(block: Block, key: str) -> Sequence[Scalar]:
    node = block.get(key)
    if node is None:
        return []
    return [node] if isinstance(node, Scalar) else list(node)

"""Finding procedures, composing them from base, overlays and own file, and reading the result."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from kesu.reading.keys import both
from kesu.reading.strict import Block, ReadError, Scalar, fault, read_file, suggestion
from kesu.reading.text import Text

from ..shapes import signs_of
from ..shapes.abilities import NamesProcedure
from ..words import of_the_software, spoken
from ..words.lexicon import Lexicon
from ..words.own_words import with_own
from .compose import composed
from .model import Procedure
from .pile import Layer

FILE = "procedure.yaml"
WORDS = "words"  # the folder of a library with words for all its procedures; `words.yaml` beside a procedure holds its own
PROCEDURE: Final = Text("程序文件", "a procedure")
MOST_FILES: Final = 1_000  # so many files of procedures and words are kept as they were read


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
        place = self._place(name)
        if place is not None:
            return place
        en, zh = suggestion(name, self.names())
        raise ReadError(
            file=name, line=0, en=f"no procedure is called “{name}”{en}", zh=f"没有叫“{name}”的程序{zh}"
        )

    def _place(self, name: str) -> Path | None:
        return next((root / name for root in self.roots if (root / name / FILE).is_file()), None)

    def load(self, name: str, *, settings: Mapping[str, str] | None = None) -> Procedure:
        """The procedure, flat, with these settings laid over those of the file. Raises ReadError."""
        return self.load_folder(self.find(name), settings=settings)

    def load_folder(self, folder: Path, *, settings: Mapping[str, str] | None = None) -> Procedure:
        """The procedure in a folder, whose base and overlays are looked up in the library."""
        layers = self.layers(_block(folder / FILE))
        with spoken(self._words_of(layers, folder)):
            return composed(layers, settings=settings or {}, linked=self._linked(layers))

    def words(self) -> Lexicon:
        """The words of the software and those that every procedure of the library may use. Raises ReadError."""
        known = of_the_software()
        for root in dict.fromkeys(root.resolve() for root in self.roots):
            for path in sorted((root / WORDS).glob("*.yaml")):
                known = with_own(known, _words(path))
        return known

    def _words_of(self, layers: list[Layer], folder: Path) -> Lexicon:
        """Those, and the words beside the procedure, its base and its overlays. Raises ReadError."""
        known = self.words()
        for place in (*(self.find(layer.name) for layer in layers[:-1]), folder):
            path = place / f"{WORDS}.yaml"
            if path.is_file():
                known = with_own(known, _words(path))
        return known

    def own(self, name: str) -> Block:
        """The tree of a procedure's own file."""
        return _block(self.find(name) / FILE)

    def _linked(self, layers: list[Layer]) -> Mapping[str, Text]:
        """The titles of the procedures that its rules name, to open, count or count in; one that is not there is left to the audit."""
        rules = [rule for layer in layers for rule in layer.block.get("rules", ()) if isinstance(rule, Block)]
        named = {str(rule[sign]) for rule in rules for sign in signs_of(NamesProcedure) if sign in rule}
        opened = sorted(name for name in named if self._place(name) is not None)
        return {name: both(self.own(name)["title"], what="title") for name in opened}

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


def _block(path: Path, *, what: Text = PROCEDURE) -> Block:
    """The tree of a file, read once as long as the file stands as it is; nobody changes it."""
    try:
        stamp = path.stat()
    except OSError:  # reading it says what is the matter
        return _read(path, (0, 0, 0), what)
    return _read(path, (stamp.st_ino, stamp.st_mtime_ns, stamp.st_size), what)


@lru_cache(maxsize=MOST_FILES)
def _read(path: Path, _as_it_is: tuple[int, int, int], what: Text) -> Block:
    node = read_file(path, called=f"{path.parent.name}/{path.name}")
    if not isinstance(node, Block):
        raise fault(node, en=f"{what.en} is a mapping", zh=f"{what.zh}应是“键: 值”的形式")
    return node


def _words(path: Path) -> Block:
    return _block(path, what=Text("词表文件", "a file of words"))


def _named(block: Block, key: str) -> Sequence[Scalar]:
    node = block.get(key)
    if node is None:
        return []
    return [node] if isinstance(node, Scalar) else list(node)

"""Settings that nothing speaks of: whoever fills one in believes that it does something."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kesu.reading.strict import Block, Node, Scalar
from kesu.reading.text import Text

from .fault import Fault
from .pile import Layer
from .rules import SPOKEN


def unused_settings(layers: list[Layer], *, read_elsewhere: Collection[str]) -> Iterator[Fault]:
    """The settings of the own file of which neither rule nor step of the pile speaks, and that hold no clause themselves.

    `read_elsewhere`: those that the software itself looks at.
    """
    own = layers[-1]
    spoken = {
        name for layer in layers for key in ("rules", "steps") for name in spoken_in(layer.block.get(key))
    }
    listed = own.block.get("settings", Block())
    for name, node in listed.items():
        holds = isinstance(node, Block) and "clause" in node
        if name not in spoken and name not in read_elsewhere and not holds:
            text = Text(
                f"设定“{name}”没有哪条规则、哪一步用到；请在用它的地方写 <{name}>，或删去",
                f"no rule and no step speaks of the setting “{name}”; write <{name}> where it belongs, or leave it out",
            )
            yield Fault(own.name, listed.lines[name], text)


def spoken_in(node: Node | None) -> Iterator[str]:
    """The settings of which a part of a file speaks."""
    if isinstance(node, Scalar):
        yield from SPOKEN.findall(node)
    elif isinstance(node, Block):
        for key, value in node.items():
            yield from SPOKEN.findall(key)
            yield from spoken_in(value)
    elif node is not None:
        for item in node:
            yield from spoken_in(item)

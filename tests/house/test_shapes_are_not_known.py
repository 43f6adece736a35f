"""Nobody outside the folder of the shapes knows one of them: what a shape can do it declares, by its abilities and members."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from kesu.procedure.shapes import shapes
from kesu.procedure.shapes.shape import Shape, Unjudged

SOURCE = Path(__file__).parents[2] / "src" / "kesu"
SHAPES = "procedure/shapes/"
READS_SIGNS = {  # where a sign is what it says it is: the key of a rule, the name of its sentences, a column that people read
    "cli/show.py": "what `kesu show` prints of a rule",
    "procedure/saying/sentence.py": "finds the sentences",
    "procedure/written/rules.py": "says of which shape a rule cannot be",
}
ASKS_FOR_ABILITIES = "procedure/written/rule.py"  # `Rule.able`, on which the accessors of a procedure stand


def test_no_module_outside_the_shapes_knows_one() -> None:
    assert [
        f"{place}:{line}: {said}" for place, line, said in _everywhere() if not _reviewed(place, said)
    ] == []


def test_every_reviewed_place_still_reads_signs() -> None:
    assert {place for place, _, said in _everywhere() if said == "reads a sign"} == set(READS_SIGNS)


def test_a_module_that_knows_one_is_found() -> None:
    code = (
        "from kesu.procedure.shapes.watch import Watch\n"
        "from ..shapes import watch\n"
        "from kesu.procedure.shapes.abilities import Counts\n"
        "import kesu.procedure.shapes.watch\n"
        "def counts(rule, shape, key):\n"
        '    getattr(shape, "steps", ())\n'
        '    hasattr(rule.shape, "steps")\n'
        "    isinstance(rule.shape, Counts)\n"
        "    key.sign(b'')\n"
        '    return rule.shape.sign == "watch"\n'
    )
    assert list(_known_in(ast.parse(code))) == [
        (1, "imports watch"),
        (2, "imports watch"),
        (4, "imports watch"),
        (6, "asks a shape by getattr"),
        (7, "asks a shape by hasattr"),
        (8, "asks a shape by isinstance"),
        (10, "reads a sign"),
    ]


def _everywhere() -> Iterator[tuple[str, int, str]]:
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE).as_posix()
        if not place.startswith(SHAPES):
            yield from ((place, *known) for known in _known_in(ast.parse(path.read_text(encoding="utf-8"))))


def _reviewed(place: str, said: str) -> bool:
    return (place in READS_SIGNS and said == "reads a sign") or (
        place == ASKS_FOR_ABILITIES and said == "asks a shape by isinstance"
    )


def _concrete(base: type[Shape] = Shape) -> Iterator[type[Shape]]:
    for shape in base.__subclasses__():
        if shape is not Unjudged and shape.__module__.startswith("kesu."):
            yield shape
        yield from _concrete(shape)


def _modules() -> set[str]:
    assert shapes()  # all of them are loaded now
    return {shape.__module__.rpartition(".")[2] for shape in _concrete()}


def _known_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What knows a shape, by line: an import of its module or its class, its sign, a question about what it happens to have."""
    modules, called = _modules(), {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module)) if "shapes" in module.split("."):
                names = [module.rpartition(".")[2], *(one.name for one in node.names)]
                found += [(node.lineno, f"imports {name}") for name in names if name in modules]
            case ast.Import(names=names):
                parts = [one.name.split(".") for one in names]
                found += [
                    (node.lineno, f"imports {one[-1]}")
                    for one in parts
                    if "shapes" in one[:-1] and one[-1] in modules
                ]
            case ast.Attribute(attr="sign") if id(node) not in called:
                found.append((node.lineno, "reads a sign"))
            case ast.Call(func=ast.Name(id="getattr" | "hasattr" | "isinstance" as asked), args=[first, *_]):
                if ast.unparse(first).rpartition(".")[2] == "shape":
                    found.append((node.lineno, f"asks a shape by {asked}"))
    yield from sorted(found)

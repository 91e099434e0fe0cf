"""What a variable's collections hold that stand in one another: `graph = {"a": ["b", "c"]}` has str in each of its lists.

    grid = [["a", "b"], ["c"]]
    for row in grid:
        row.append("d")

The collection of the variable is level 0, those in it are level 1, and so on. All uses of the variable are followed inwards: what is taken
out by an index, a loop or a method is on the level below, and is followed in turn. What is put in on the way is noted for its level. Where
anything goes out of sight, nothing is said of what is inside.
"""

from __future__ import annotations

import ast

from msgspec import Struct, field

from codemods.analysis.change.additions import Additions

MOST_LEVELS = 5


class Nested(Struct):
    """What all uses do to the collections inside.

    Attributes:
        lost: something goes out of sight.
        less: something may be taken away.
        levels: what is put into the collections of each level.
        shapes: of each level with collections in sight whether they are "dict" or "list", as all others are called here.
        plain: what is put in where no collection is in sight; its type has to show that it is none.
        fresh: what makes new collections of what is no collection, as its type has to show.
    """

    lost: bool = False
    less: bool = False
    levels: list[Additions] = field(default_factory=lambda: [Additions() for _ in range(MOST_LEVELS)])
    shapes: list[set[str]] = field(default_factory=lambda: [set() for _ in range(MOST_LEVELS)])
    plain: list[ast.expr] = field(default_factory=list)
    fresh: list[ast.expr] = field(default_factory=list)

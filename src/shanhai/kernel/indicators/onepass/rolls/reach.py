"""Which rows of a roll whoever is acting may open: the scope decision on columns of numbers.

What a page lists it reads by the scoped manager, so nothing opens by what is found here; it is how many there
are, and where they stand. A property test holds it to `scope.visible_rows`.
"""

from typing import Any

import numpy as np
from django.apps import apps
from django.conf import settings

from shanhai.engines.stretches import Flags, Ints
from shanhai.kernel import context
from shanhai.kernel.indicators.onepass.rolls.counting import flags_of
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.scope import Grant

from .block import Block, Lexicons
from .lexicon import Lexicon
from .shape import Shape


class Openable:
    """Built once for a page. Shape: of a roll without joint rows."""

    def __init__(self, shape: Shape, lexicons: Lexicons) -> None:
        current = context.current()
        grants = (
            [] if current is None else current.actor.grants_for(Verb.VIEW, shape.term.model._meta.label_lower)
        )
        own = [grant for grant in grants if grant.side == shape.side]
        self._is_all = bool(current and current.is_unscoped) or any(
            grant.role.reach is Reach.SIDE for grant in own
        )
        self._reads_shared = any(grant.role.reads_shared for grant in grants)
        #: Column → for each number whether it is within reach.
        self._tables: list[tuple[str, Flags]] = []
        for grant in own:
            self._add(shape, lexicons, grant)

    def _add(self, shape: Shape, lexicons: Lexicons, grant: Grant) -> None:
        units, places = lexicons[shape.owner], lexicons[shape.site]
        match grant.role.reach:
            case Reach.UNIT:
                mine = np.array([text == str(grant.unit_id) for text in units.texts], np.bool_)
                self._tables.append((shape.owner, mine))
            case Reach.TREE:
                below = _below(units, settings.SHANHAI_UNIT_MODEL, grant.unit_path)
                self._tables.append((shape.owner, below))
                if grant.place_path:
                    there = _below(places, settings.SHANHAI_PLACE_MODEL, grant.place_path)
                    self._tables.append((shape.site, there))

    def of(self, block: Block, rows: Ints) -> Ints:
        """Those of some rows that open."""
        if self._is_all:
            return rows
        found = np.zeros(len(rows), np.bool_)
        if self._reads_shared:
            found |= block.columns["shared"][rows] == 1
        for name, table in self._tables:
            found |= table[block.columns[name][rows]]
        return rows[found]


def _below(lexicon: Lexicon, tree: str, path: str) -> Flags:
    nodes: Any = apps.get_model(tree)._base_manager.filter(path__descendant_of=path)
    return flags_of(lexicon, nodes)

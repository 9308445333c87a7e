"""What an upload would do, as a value: page, API and tests read it alike. Nothing is written here.

The number of queries does not grow with the number of rows.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from shanhai.kernel.actions import fill_defaults
from shanhai.kernel.errors import NotAllowed
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.scope import Actor
from shanhai.kernel.sheets.columns import SheetColumn
from shanhai.kernel.sheets.problems import Notice, SheetProblem
from shanhai.kernel.sheets.reading import SheetTable

from .batch import Batch
from .customs import fold_customs, judge_customs
from .judging import (
    judge_constraints,
    judge_counterparts,
    judge_fields,
    judge_missing,
    judge_rights,
    judge_rules,
)
from .judging_sums import judge_sums
from .lines import Lines
from .matching import match_by_import_key, match_by_key_of_row
from .parts import Tables, in_order
from .references import FileRows, judge_own_references, read_own_references, read_references
from .rights import Rights
from .values import compare, read_values, settle_unread


@dataclass(frozen=True)
class ImportPlan:
    """Every line of the file with what it leads to."""

    batch: Batch

    @property
    def ledger(self) -> Ledger[Any]:
        return self.batch.ledger

    @property
    def actor(self) -> Actor:
        return self.batch.actor

    @property
    def columns(self) -> tuple[SheetColumn, ...]:
        return self.batch.table.columns

    @property
    def notices(self) -> list[Notice]:
        return self.batch.table.notices

    @property
    def lines(self) -> Lines:
        return Lines(self.batch, range(len(self.batch)))

    @cached_property
    def creates(self) -> Lines:
        return Lines(self.batch, self.batch.new())

    @cached_property
    def updates(self) -> Lines:
        return Lines(self.batch, self.batch.updates())

    @cached_property
    def unchanged(self) -> Lines:
        written = set(self.batch.writes())
        return Lines(self.batch, [line for line in self.batch.right() if line not in written])

    @cached_property
    def wrong(self) -> Lines:
        return Lines(self.batch, sorted(self.batch.problems))

    @property
    def problems(self) -> list[SheetProblem]:
        found = self.batch.problems
        return [problem for line in sorted(found) for problem in sorted(found[line], key=_column)]

    @property
    def warnings(self) -> list[SheetProblem]:
        found = self.batch.warnings
        lines = self.batch.right(sorted(found))
        return [warning for line in lines for warning in sorted(found[line], key=_column)]

    @property
    def expected(self) -> int:
        """Rows that will be written."""
        return len(self.creates) + len(self.updates)

    @cached_property
    def digest(self) -> str:
        """Changes whenever the plan would do anything else: what is applied is what was confirmed."""
        batch = self.batch
        told = hashlib.sha256(batch.table.digest.encode())
        for facts in (batch.new(), sorted(batch.meant.items()), self._targets()):
            told.update(repr(facts).encode())
        return told.hexdigest()

    def _targets(self) -> list[Any]:
        stored, match = self.batch.stored, self.batch.match
        versions = stored.columns["row_version"]
        return [
            (line, str(stored.key(match[line])), versions[match[line]], self.batch.changed[line])
            for line in self.batch.updates()
        ]


@dataclass(frozen=True)
class FilePlan:
    """What a file would do: its parts in the order in which they are written."""

    parts: tuple[ImportPlan, ...]

    @property
    def expected(self) -> int:
        """Rows that will be written."""
        return sum(part.expected for part in self.parts)

    @property
    def problems(self) -> list[SheetProblem]:
        return [problem for part in self.parts for problem in part.problems]

    @cached_property
    def digest(self) -> str:
        """Of all parts: a file is confirmed as a whole."""
        told = "".join(f"{part.ledger.key}{part.digest}" for part in self.parts)
        return hashlib.sha256(told.encode()).hexdigest()


#: Hears of a sheet when its cells have been read, before its lines are compared with what is stored.
type Hears = Callable[[Batch], None]


def plan_file(tables: Tables, actor: Actor, *, lock: bool = False, hears: Hears | None = None) -> FilePlan:
    """What importing the tables of one file would do; each may refer to rows that others bring.

    Errors: SheetRefused for tables that refer to each other; else as `plan_import`.
    """
    rows = FileRows() if len(tables) > 1 else None
    ordered = in_order(tables).items()
    plans = (plan_import(one, table, actor, lock=lock, rows=rows, hears=hears) for one, table in ordered)
    return FilePlan(tuple(plans))


def plan_import(
    ledger: Ledger[Any],
    table: SheetTable,
    actor: Actor,
    *,
    lock: bool = False,
    rows: FileRows | None = None,
    hears: Hears | None = None,
) -> ImportPlan:
    """What importing `table` would do for `actor`.

    Shape: with `lock` rows to be changed stay locked until the transaction ends, for a plan applied at once;
    `rows` are those of other sheets that are written before, and gets those of this one.
    Errors: NotAllowed when no membership may import into the ledger; anything about a row is in the plan.
    """
    if not actor.allows(Verb.IMPORT, ledger.key):
        raise NotAllowed
    batch = Batch.of(ledger, table, actor, _defaults(ledger, actor))
    rights = Rights(ledger, actor, batch.stored)
    known = FileRows() if rows is None else rows
    match_by_key_of_row(batch, lock=lock)
    read_references(batch, known)
    invalid = read_values(batch)
    if hears is not None:
        hears(batch)
    match_by_import_key(batch, rights, lock=lock)
    read_own_references(batch, known)
    settle_unread(batch)
    compare(batch)
    fold_customs(batch)
    judge_missing(batch)
    judge_rights(batch, rights)
    judge_counterparts(batch)
    judge_customs(batch)
    judge_fields(batch, invalid)
    judge_rules(batch)
    judge_constraints(batch)
    judge_own_references(batch, known)
    judge_sums(batch)
    if rows is not None:
        rows.add(batch, batch.writes())
    return ImportPlan(batch)


def _defaults(ledger: Ledger[Any], actor: Actor) -> dict[str, Any]:
    """What a new row has without being told, the unit as a row."""
    defaults = fill_defaults(ledger, {}, actor)
    key = defaults.pop("owner_unit_id", None)
    if key is not None and "owner_unit" not in defaults:
        model: Any = ledger.model._meta.get_field("owner_unit").related_model
        defaults["owner_unit"] = model._default_manager.filter(pk=key).first()
    return defaults


def _column(problem: SheetProblem) -> tuple[int, str]:
    """Where in its row a problem stands: what is wrong with the row as a whole comes first, Z before AA."""
    return len(problem.letter), problem.letter

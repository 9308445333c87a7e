"""Where the tables of a database stand, seen from this program."""

from dataclasses import dataclass

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from .database import is_protected, is_under_way


@dataclass(frozen=True)
class Standing:
    """What is between a database and this program."""

    #: Steps of migration that were applied.
    applied: int
    #: Steps that this program would apply.
    missing: int
    #: Steps that a newer program applied and this one does not know, by name.
    unknown: tuple[str, ...]
    #: A run of migrations began and did not end: no wall stands, the application sees nothing.
    is_under_way: bool
    #: Functions, triggers and walls are those of this program.
    is_protected: bool

    @property
    def is_current(self) -> bool:
        return not self.missing and not self.unknown and self.is_protected


def standing(alias: str) -> Standing:
    """Reads only, by the connection `alias`."""
    executor = MigrationExecutor(connections[alias])
    loader = executor.loader
    applied = loader.applied_migrations or {}
    unknown = sorted(applied.keys() - (loader.disk_migrations or {}).keys())
    return Standing(
        applied=len(applied),
        missing=len(executor.migration_plan(loader.graph.leaf_nodes())),
        unknown=tuple(f"{app}.{name}" for app, name in unknown),
        is_under_way=is_under_way(alias),
        is_protected=is_protected(alias),
    )


def missing(alias: str) -> int:
    """How many steps this program would apply."""
    executor = MigrationExecutor(connections[alias])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))

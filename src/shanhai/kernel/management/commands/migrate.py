"""Django's `migrate`, which may be killed at any moment and run again.

Django writes down that a step was applied after the step's transaction, wherever the step defers statements
(every new key of another table does): killed in between, the next run would make the same table twice. Here
both are one transaction. And a run waits for the one before it, whose last statement the server may still be
at when its process is gone.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from shanhai.kernel.lean_state import LeanState

#: Of the lock that a run of migrations holds on its database as long as its connection lives.
_LOCK = 20210926


class WholeSteps(MigrationExecutor):
    """A step and the record of it are there together, or neither is."""

    def migrate(self, targets: Any, plan: Any = None, state: Any = None, *args: Any, **options: Any) -> Any:
        """Going back, Django makes states of its own, as each must be kept."""
        lean = state and LeanState(state.models, state.real_apps)
        return super().migrate(targets, plan, lean, *args, **options)

    def apply_migration(self, state: Any, migration: Any, *args: Any, **options: Any) -> Any:
        if not migration.atomic:
            return super().apply_migration(state, migration, *args, **options)
        with transaction.atomic(using=self.connection.alias):
            return super().apply_migration(state, migration, *args, **options)


vars(migrate)["MigrationExecutor"] = WholeSteps  # where Django's command looks for it


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> Any:
        with connections[options["database"]].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                return super().handle(*args, **options)
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])

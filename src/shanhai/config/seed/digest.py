"""One hash over the whole content of the database, so that two demonstrations can be compared."""

import hashlib
from collections.abc import Iterator

from django.db import connection

from shanhai.kernel import context
from shanhai.kernel.database import recorded_models
from shanhai.kernel.fields import BlindIndexField, SealedField
from shanhai.kernel.models import Recorded

#: Columns that differ between equal demonstrations: salted hashes, times of signing in, keys and signatures.
VOLATILE = frozenset(
    {"password", "last_login", "public_key", "private_key", "fingerprint", "statement", "signature"}
)
#: Sealed texts carry a nonce, blind indexes the installation's key.
KEYED = (SealedField, BlindIndexField)


def content_hash() -> str:
    """SHA-256 of every recorded table and of the history's who, when and what, in a fixed order."""
    digest = hashlib.sha256()
    with context.unscoped("内容摘要"), connection.cursor() as cursor:
        for statement in _statements():
            digest.update(statement.encode())
            with cursor.copy(statement) as copy:
                for block in copy:
                    digest.update(block)
    return digest.hexdigest()


def _statements() -> Iterator[str]:
    for model in sorted(recorded_models(), key=lambda model: model._meta.db_table):
        columns = ", ".join(f'"{name}"' for name in _columns(model))
        yield f'COPY (SELECT {columns} FROM "{model._meta.db_table}" ORDER BY id) TO STDOUT'  # noqa: S608
    # What migrations wrote was written when this installation was made.
    yield (
        "COPY (SELECT at, table_name, row_id, operation, actor, reason FROM kernel_history"
        " WHERE actor <> 'system:migration'"
        " ORDER BY at, table_name, row_id, operation, actor, reason) TO STDOUT"
    )


def _columns(model: type[Recorded]) -> list[str]:
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.name not in VOLATILE and not isinstance(field, KEYED)
    ]

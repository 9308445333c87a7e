"""No place where sealed values are kept is forgotten by a change of key."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection

import shanhai
from shanhai.kernel.fields import SealedField
from shanhai.kernel.keys import tokens
from shanhai.kernel.keys.places import Column, places

SOURCE = Path(shanhai.__file__).parent
#: Whoever seals, and the places that what is sealed there is kept in; none for what is kept nowhere.
SEALERS = {
    "kernel/copying.py": ["parties.person.identity_number"],
    "kernel/evidence/store.py": ["files/evidence"],
    "kernel/exports/approval.py": ["kernel.plainexport.query"],
    "kernel/jobs/files.py": ["files/imports", "files/results"],
    "kernel/jobs/runner.py": ["kernel.job.asked"],
    "kernel/keys/tokens.py": ["parties.person.identity_number"],
    "kernel/surfaces/api/answers.py": ["kernel.keptanswer.answer"],
    "kernel/surfaces/keyset.py": [],
    "registers/accounts/factors.py": ["mfa.authenticator.data"],
    "registers/accounts/single_sign_on/protocol.py": ["socialaccount.socialaccount.extra_data"],
    "registers/signing/keys.py": ["signing.signingkey.private_key"],
    "registers/uploads.py": ["files/uploads"],
}
#: Modules that call something `seal` that is another thing: the chain, backups with a key of their own.
OTHERS = re.compile(r"^(kernel/(chain|sealing)|ops)/")
_SEALS = {"seal", "seal_many", "seal_bytes", "seal_all", "seal_chunks"}


def _sealers() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        name = path.relative_to(SOURCE).as_posix()
        if OTHERS.match(name):
            continue
        calls = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
        if any((getattr(one, "attr", "") or getattr(one, "id", "")) in _SEALS for one in calls):
            yield name


def test_whoever_seals_says_where_it_is_kept() -> None:
    assert sorted(_sealers()) == sorted(SEALERS)
    known = {place.name for place in places()}
    assert {name for names in SEALERS.values() for name in names} <= known


def test_every_sealed_field_of_every_model_is_a_place() -> None:
    fields = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedField) and model._meta.managed
    }
    assert fields <= {place.name for place in places()}
    assert fields


def test_no_table_of_the_demonstration_holds_sealed_values_that_are_no_place(
    demonstration_year: None,
) -> None:
    known = {(one.table, one.column) for one in places() if isinstance(one, Column)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns JOIN pg_class c"
            " ON c.oid = to_regclass(quote_ident(table_name)) AND c.relkind IN ('r', 'p')"
            " WHERE table_schema = 'public' AND data_type IN ('text', 'jsonb', 'character varying')"
        )
        found = set()
        for table, column in cursor.fetchall():
            statement = f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ~ %s)'  # noqa: S608
            cursor.execute(statement, [tokens.SQL])
            if cursor.fetchone()[0]:
                found.add((table, column))
    history = {(table, column) for table, column in found if table.startswith("kernel_history")}
    assert history, "history keeps the key it was written under"
    assert found - history <= known
    assert ("parties_person", "phone") in found

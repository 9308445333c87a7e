"""Rows that carry papers, and papers to carry."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shanhai.kernel import actions, context
from shanhai.kernel.models import EvidenceLink
from shanhai.kernel.registry import registry

PDF = b"%PDF-1.4\nvoucher one\n%%EOF"


@pytest.fixture
def workshop(cast: Any) -> Callable[..., Any]:
    """`workshop(by="bob", state="submitted")`: a toy row of a ledger with personal data."""

    def made(by: str = "alice", state: str = "draft", code: str = "W1", **values: Any) -> Any:
        ledger = registry.get("toys.workshop")
        given = {"code": code, "name": f"{code}车间", **values}
        with context.acting(cast.actor(by)) as current:
            row = actions.create_row(ledger, given, actor=current.actor)
        for step in {"draft": [], "submitted": ["submit"], "verified": ["submit", "verify"]}[state]:
            who = ("carol" if row.side == "east" else "wang") if step == "verify" else by
            with context.acting(cast.actor(who)) as current:
                row = actions.step_row(ledger, row, ledger.life.by_name[step], actor=current.actor)
        return row

    return made


@pytest.fixture
def paper(cast: Any) -> Callable[..., EvidenceLink]:
    """`paper(row, by="bob", data=...)`: a paper on the row, as that person attached it."""

    def made(row: Any, by: str = "alice", data: bytes = PDF, name: str = "凭证.pdf") -> EvidenceLink:
        from shanhai.kernel.evidence.attach import upload

        with context.acting(cast.actor(by)) as current:
            ledger = registry.get(row.ledger_key())
            return upload(ledger, row, data, name, "photo", actor=current.actor)

    return made


@pytest.fixture
def sent() -> Callable[..., SimpleUploadedFile]:
    """A file as a browser sends it, with whatever name and type it claims."""

    def made(name: str, data: bytes = PDF, claims: str = "application/pdf") -> SimpleUploadedFile:
        return SimpleUploadedFile(name, data, claims)

    return made

"""A row under a chain, and a signature."""

from collections.abc import Callable
from typing import Any

import pytest

from shanhai.engines.approval import Kind
from shanhai.kernel import actions
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.workflow import SUBMIT
from shanhai.registers.approvals.acts import Asked, act
from toys.models import Workshop

from .rows import LEDGER


@pytest.fixture
def submit(as_actor: Any) -> Callable[..., Workshop]:
    """A workshop with its paper, submitted by alice."""

    def submitted(code: str = "W1", **values: Any) -> Workshop:
        with as_actor("alice") as alice:
            told = {"code": code, "name": f"{code} 演示车间", "kind": "factory", "period": "2021", **values}
            row = actions.create_row(LEDGER, told, actor=alice)
            upload(LEDGER, row, b"%PDF-1.4 a", "照片.pdf", "photo", actor=alice)
            return actions.step_row(LEDGER, row, SUBMIT, actor=alice)

    return submitted


@pytest.fixture
def sign(as_actor: Any) -> Callable[..., Any]:
    def signed(who: str, row: Workshop, kind: Kind = Kind.AGREE, **more: Any) -> Any:
        with as_actor(who) as actor:
            return act(LEDGER, row.pk, Asked(kind, **more), actor=actor)

    return signed

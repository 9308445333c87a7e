"""A western side with outputs, duties of many towns, and a draft bulletin of its coordinator."""

import json
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shanhai.domains.appraisal.bulletin_drafts import draft_bulletin
from shanhai.domains.appraisal.models import Bulletin, IndicatorTarget
from shanhai.domains.appraisal.packs.subjects import subject_of
from shanhai.domains.appraisal.packs.writing import Packing
from shanhai.engines.packs import MANIFEST
from shanhai.engines.values import Period
from shanhai.kernel import clock, context
from shanhai.kernel.evidence.store import path_of, store
from shanhai.kernel.models import EvidenceLink, Obligation, ObligationRule
from shanhai.kernel.scope import Side
from shanhai.kernel.workflow import State
from shanhai.registers.parties.models import Unit
from toys.models import Output, Workshop

QUARTER = Period.parse("2021Q3")
TOWNS = 12

type Acting = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def filed(cast: Any) -> Any:
    """Six western workshops with an output in August, a target, and twelve towns that each owe one ledger."""
    with context.unscoped("toys"):
        cast.towns = [
            Unit.objects.create(
                code=f"mt_t{n:02}",
                name=f"第{'甲乙丙丁戊己庚辛壬癸子丑'[n]}镇人民政府",
                kind="town",
                side=Side.WEST,
                parent=cast.mt,
                valid_from=date(2020, 1, 1),
            )
            for n in range(TOWNS)
        ]
        for number in range(6):
            workshop = Workshop.objects.create(
                side=Side.WEST,
                code=f"W{number}",
                name=f"车间{number}",
                owner_unit=cast.mt_labour,
                place=cast.yongxing,
                opened_on=date(2020, 10, 1),
                is_certified=True,
                state=State.VERIFIED,
            )
            Output.objects.create(
                side=Side.WEST,
                workshop=workshop,
                owner_unit=cast.mt_labour,
                place=cast.yongxing,
                period="2021-08",
                pieces=10 + number,
                amount=Decimal(1000),
                state=State.VERIFIED,
            )
        rule = ObligationRule.objects.create(
            ledger="toys.output",
            side=Side.WEST,
            frequency="month",
            due_days=10,
            valid_from=date(2021, 1, 1),
            source="玩具方案",
        )
        for unit in (*cast.towns, cast.mt_labour):
            Obligation.objects.create(
                rule=rule,
                ledger="toys.output",
                side=Side.WEST,
                unit=unit,
                period="2021-07",
                due_on=date(2021, 8, 10),
            )
        IndicatorTarget.objects.create(
            code="TOY-1", side=Side.WEST, year=2021, value=Decimal(150), source="玩具协议"
        )
    return cast


@pytest.fixture
def bulletin(filed: Any, as_actor: Acting) -> Bulletin:
    """Meitan's draft about the third quarter."""
    with as_actor("wang") as wang:
        return draft_bulletin(Side.WEST, QUARTER, actor=wang)


@pytest.fixture
def change(cast: Any) -> Callable[[], None]:
    """Somebody corrects a row behind the figures after they were taken."""

    def changed(pieces: int = 900) -> None:
        with context.unscoped("toys"):
            Output.objects.filter(workshop__code="W0").update(pieces=pieces)

    return changed


def voucher(output: Any, data: bytes, name: str = "凭证.pdf", kind: str = "voucher") -> EvidenceLink:
    with context.unscoped("papers"):
        return EvidenceLink.objects.create(
            ledger="toys.output", row_id=output.pk, file=store(output.side, data), evidence_class=kind,
            name=name, attached_at=clock.now(), attached_by="system:test",
        )  # fmt: skip


def output(number: int) -> Any:
    with context.unscoped("toys"):
        return Output.objects.get(workshop__code=f"W{number}")


@pytest.fixture
def papers(filed: Any) -> Any:
    """Of six outputs two share one scan, one has a damaged one, the others none."""
    voucher(output(0), b"%PDF-1.4 shared", "=付款/凭证.pdf")
    voucher(output(1), b"%PDF-1.4 shared", "同一张.pdf")
    bad = voucher(output(2), b"%PDF-1.4 bad").file
    path_of(bad.side, bad.digest).write_bytes(b"noise")
    return filed


@pytest.fixture
def made(tmp_path: Path) -> Any:
    """`made(cast, "wang", what)`: the zip that person would get, and its manifest."""

    def packed(cast: Any, by: str, what: dict[str, str]) -> tuple[zipfile.ZipFile, dict[str, Any]]:
        with context.acting(cast.actor(by)) as current:
            found = subject_of(what, current.actor)
            Packing(found, current.actor, tmp_path / "包.zip", clock.now(), lambda rows, about: None).write()
        archive = zipfile.ZipFile(tmp_path / "包.zip")
        return archive, json.loads(archive.read(MANIFEST))

    return packed

"""A little of everything an installation keeps, filed by the release whose fixture is made."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from casting import Cast
from samples.papers import blank_pdf
from samples.rows import make_row, plant_row
from shanhai.domains.appraisal.models import IndicatorTarget
from shanhai.kernel import actions, clock, context
from shanhai.kernel.chain.sealing import seal
from shanhai.kernel.custom.managing import save_field
from shanhai.kernel.evidence.attach import upload
from shanhai.kernel.exports.formats import Format
from shanhai.kernel.exports.pages import start
from shanhai.kernel.indicators.registry import filed_by
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.jobs import runner
from shanhai.kernel.models import (
    Amendment,
    CustomField,
    FieldReading,
    Job,
    Obligation,
    ObligationRule,
    PeriodReopening,
)
from shanhai.kernel.registry import registry
from shanhai.kernel.saved_views.store import save as save_view
from shanhai.kernel.scope import Side
from shanhai.kernel.surfaces.listing import Listing
from shanhai.registers.accounts.models import ApiToken, TokenUse

TODAY = date(2021, 9, 24)
#: Whose are the token, the job and the sign-in that the drill tries; the password is the cast's.
READER, PASSWORD = "alice", "password of a test"
#: Of the fixture alone, which nobody works with.
TOKEN = "shanhai_demonstration-token-of-the-upgrade-drill"
#: What is filed through its life, as people do.
LIVED = "labour.employmentspell"


def fill() -> None:
    """Into tables that are empty. Two seals, with writes before, between and after them."""
    with clock.at(TODAY):
        cast = Cast()
        for username, place in (("alice", cast.baijiao), ("bob", cast.yongxing)):
            for number, ledger in enumerate(registry, start=1):
                _vary(plant_row(ledger, cast.actor(username)).row, place, number)
        row = _lived(cast)
        _papers(cast, row)
        seal()
        _around(cast)
        _token(cast)
        seal()
        _job(cast)


def _vary(row: Any, place: Any, number: int) -> None:
    """Another sum in another place, so that no figure is told by chance."""
    with context.unscoped("a fixture"):
        for name in ("amount", "budget", "wage"):
            if hasattr(row, name):
                setattr(row, name, 1000 * number + Decimal("0.37"))
        if hasattr(row, "place_id"):
            row.place = place
        row.save()


def _lived(cast: Cast) -> Any:
    """A row that was filed, sent back, filed again; and one that stays a draft."""
    ledger, alice, victor = registry.get(LIVED), cast.actor("alice"), cast.actor("victor")
    row = make_row(ledger, alice, "submit")
    with context.acting(victor) as current:
        row = actions.step_row(
            ledger, row, ledger.life.by_name["return"], actor=current.actor, reason="电话少一位"
        )
    with context.acting(alice) as current:
        actions.step_row(ledger, row, ledger.life.by_name["submit"], actor=current.actor)
    return make_row(ledger, alice)


def _papers(cast: Cast, row: Any) -> None:
    ledger = registry.get(LIVED)
    with context.acting(cast.actor("alice")) as current:
        kind = ledger.evidence_classes[0].code if ledger.evidence_classes else ""
        upload(ledger, row, blank_pdf(), "合同.pdf", kind, actor=current.actor)
        save_view(ledger, current.actor, name="草稿", query="state=draft")
        FieldReading.objects.create(
            side=Side.EAST,
            ledger="parties.person",
            row_id=row.person_id,
            field="identity_number",
            value_index="0" * 32,
            read_at=clock.now(),
            read_by=str(current.actor.key),
            reason="核对身份",
        )
    with context.acting(cast.actor("carol")) as current:
        field = CustomField(unit=cast.dm_labour)
        save_field(ledger, field, {"title": "带队干部", "kind": "text"}, actor=current.actor)


def _around(cast: Cast) -> None:
    """What is kept beside the rows: duties, locks, corrections, targets."""
    of_units: dict[str, Any] = {"ledger": "labour.monthlyfact", "side": Side.EAST}
    with context.unscoped("a fixture"):
        rule = ObligationRule.objects.create(
            ledger="labour.monthlyfact",
            side=Side.EAST,
            frequency="month",
            due_days=10,
            lock_days=20,
            valid_from=date(2021, 1, 1),
            source="方案",
        )
        due = {"unit": cast.dm_labour, "rule": rule}
        Obligation.objects.create(period="2021-07", due_on=date(2021, 8, 10), **of_units, **due)
        PeriodReopening.objects.create(
            unit=cast.dm_labour,
            period="2021-07",
            until=clock.now() + timedelta(days=1),
            reason="停电",
            opened_at=clock.now(),
            opened_by="system:fixture",
            **of_units,
        )
        fact = registry.get("labour.monthlyfact").model.objects.filter(side=Side.EAST).first()
        Amendment.objects.create(
            row_id=fact.pk,
            owner_unit=cast.dm_labour,
            before={"wage": "1.00"},
            after={"wage": "2.00"},
            reason="抄错了",
            proposed_at=clock.now(),
            proposed_by="system:fixture",
            **of_units,
        )
        for side in Side:
            code = next(one.code for one in indicators if filed_by(one, side))
            IndicatorTarget.objects.create(code=code, side=side, year=2021, value=Decimal(7), source="协议")


def _token(cast: Cast) -> None:
    from shanhai.registers.accounts.models.tokens import digest_of

    with context.unscoped("a fixture"):
        token = ApiToken.objects.create(
            user=cast.users[READER],
            name="取数",
            ledgers=[LIVED],
            acts=["view"],
            digest=digest_of(TOKEN),
            ending=TOKEN[-4:],
            expires_at=timezone.now() + timedelta(days=30),
        )
        TokenUse.objects.create(token=token)


def _job(cast: Cast) -> Job:
    """An export that a worker made, its file there to be fetched."""
    with context.acting(cast.actor(READER)) as current:
        job = start(Listing(registry.get(LIVED), QueryDict(""), current.actor), Format.CSV)
    runner.run(job.pk)
    return job

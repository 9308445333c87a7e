"""Builds the demonstration year and tells what is in it."""

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from shanhai.engines.values import Period, PeriodKind
from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated
from shanhai.kernel.indicators.figures import value
from shanhai.kernel.indicators.registry import filed_by
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.kernel.indicators.scopes import IndicatorScope
from shanhai.kernel.installation import is_demonstration, mark_demonstration
from shanhai.kernel.models import EvidenceFile, EvidenceLink, Obligation
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Side
from shanhai.registers.approvals.seed import seed as seed_approvals
from shanhai.registers.parties.models import Unit
from shanhai.registers.places.models import Place
from shanhai.registers.seeding import Seeding
from shanhai.registers.signing.seed import seed as seed_signatures

from .accounts import seed_accounts, seed_bound
from .digest import content_hash
from .drawing import drawing
from .duties import leave_unfiled, seed_duties
from .filing import file_papers, sheets
from .government import seed_places, seed_units
from .identifiers import deterministic_identifiers
from .parties import seed_bodies, seed_people

FIRST_DAY = date(2020, 10, 8)
#: Chapters whose `seed` module is run: those that file rows, in the order they lean on one another ...
FILING = ("scheme", "funds", "labour", "insurance", "benefits", "training", "governance")
#: ... and those that read what the others filed, after duties are there.
OVERSIGHT = ("appraisal",)


def build(*, is_small: bool) -> bool:
    """Fill an empty demonstration database; False when it is filled already.

    Shape: all in one transaction, so that there is a whole demonstration or none.
    Errors: RuleViolated outside demonstration mode and in a database with real rows.
    """
    today = settings.SHANHAI_DEMONSTRATION_TODAY
    if today is None:
        raise RuleViolated(_("演示数据只能写入演示安装：请用 shanhai demo 启动。"))
    mark_demonstration()
    if Unit.objects.exists():
        return False
    ctx = Seeding(today=today, is_small=is_small)
    # Outside what a chapter dates itself the clock stands at the beginning, never at the time of the run.
    with clock.at(FIRST_DAY), transaction.atomic(), deterministic_identifiers():
        _prepare_history()
        _registers(ctx)
        leave_unfiled(ctx)
        for chapter in _chapters(*FILING):
            chapter.seed(ctx)
        with context.unscoped("演示数据"):
            seed_bound(ctx)
        seed_approvals(ctx)
        seed_signatures(ctx)
        # Drawing takes the other core as long as the database and the bulletins take this one.
        with drawing(sheets(ctx)) as drawn:
            with clock.at(today), context.unscoped("演示数据"):
                seed_duties(ctx)
            _analyse()
            # What is asked between one person's acts and another's is asked beyond the wall.
            with context.unscoped("演示数据"):
                for chapter in _chapters(*OVERSIGHT):
                    chapter.seed(ctx)
            file_papers(ctx, drawn())
    return True


def _analyse() -> None:
    """The rows just written are not committed: only now does the planner know how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_analyse()")


def _prepare_history() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_ensure_history_partitions(%s, 15)", [FIRST_DAY])


def _registers(ctx: Seeding) -> None:
    with context.unscoped("演示数据"):
        seed_places(ctx)
        seed_units(ctx)
        seed_accounts(ctx)
    seed_bodies(ctx)
    seed_people(ctx)


def _chapters(*names: str) -> Iterator[ModuleType]:
    """The `seed` modules of the chapters that have one."""
    for name in names:
        module = f"shanhai.domains.{name}.seed"
        if find_spec(module):
            yield import_module(module)


def summary() -> dict[str, Any]:
    """What the demonstration holds now, and the hash by which two of them are compared.

    Shape: a chapter's `seed` module may have a `summary()` of its own, whose entries are added.
    """
    with context.unscoped("演示数据概要"):
        found: dict[str, Any] = {
            "is_demonstration": is_demonstration(),
            "today": str(clock.today()),
            "places": Place.objects.count(),
            "units": Unit.objects.count(),
            "rows": {ledger.key: ledger.model.objects.count() for ledger in registry},
            "evidence": {"files": EvidenceFile.objects.count(), "links": EvidenceLink.objects.count()},
            "obligations": Obligation.objects.count(),
        }
        found["indicators"] = _indicators()
        for chapter in _chapters(*FILING, *OVERSIGHT):
            if hasattr(chapter, "summary"):
                found |= chapter.summary()
        found["hash"] = content_hash()
    return found


def _indicators() -> dict[str, dict[str, str]]:
    """Every indicator of each side in the quarter of the demonstration's today."""
    period = Period.of(clock.today(), PeriodKind.QUARTER)
    return {
        side: {
            one.code: value(one, IndicatorScope(side), period).display
            for one in indicators
            if filed_by(one, side)
        }
        for side in Side
    }

"""What an installation shows to those who use it: told of a release, and again after the upgrade."""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from releases.filling import LIVED, PASSWORD, READER, TODAY, TOKEN  # noqa: E402
from shanhai.engines.values import Period  # noqa: E402
from shanhai.kernel import clock, context  # noqa: E402
from shanhai.kernel.chain.verifying import verify  # noqa: E402
from shanhai.kernel.evidence.store import read  # noqa: E402
from shanhai.kernel.fields import SealedField  # noqa: E402
from shanhai.kernel.indicators.figures import trend  # noqa: E402
from shanhai.kernel.indicators.registry import filed_by  # noqa: E402
from shanhai.kernel.indicators.registry import registry as indicators  # noqa: E402
from shanhai.kernel.indicators.scopes import IndicatorScope  # noqa: E402
from shanhai.kernel.models import EvidenceFile, Job  # noqa: E402
from shanhai.kernel.registry import registry  # noqa: E402
from shanhai.kernel.scope import Side  # noqa: E402
from shanhai.registers.accounts.models import ApiToken  # noqa: E402
from shanhai.registers.places.models import Place  # noqa: E402

PERIODS = ("2021-08", "2021-09", "2021Q2", "2021Q3", "2021")
_GROWING = ("kernel_history", "kernel_chaincheck", "kernel_sealblock", "procrastinate_", "django_", "auth_")


def tell() -> dict[str, Any]:
    with clock.at(TODAY):
        with context.unscoped("升级演练"):
            told = {
                "tables": dict(_tables()),
                "states": dict(_states()),
                "figures": dict(_figures()),
                "sealed": dict(_sealed()),
                "papers": [_hash(read(one)) for one in EvidenceFile.objects.order_by("pk")],
            }
        return told | {"chain": _chain(), "people": _people()}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _tables() -> Iterator[tuple[str, int]]:
    """Rows of every table that people's work is kept in; history and the queue grow by themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        for (name,) in cursor.fetchall():
            if not name.startswith(_GROWING):
                cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608
                yield name, cursor.fetchone()[0]


def _states() -> Iterator[tuple[str, int]]:
    for ledger in registry:
        found = Counter(ledger.model.objects.values_list("side", "state"))
        yield from (
            (f"{ledger.key} {side} {state}", number) for (side, state), number in sorted(found.items())
        )


def _figures() -> Iterator[tuple[str, list[str]]]:
    """Every indicator of each side: of all of it, and of each place it has; value and number of rows."""
    for side in Side:
        places = [None, *Place.objects.filter(side=side).order_by("code")]
        for one in indicators:
            if not filed_by(one, side):
                continue
            periods = [period for period in map(Period.parse, PERIODS) if _is_told_of(one, period)]
            for place in places:
                scope = IndicatorScope(side, place=place.pk if place else None)
                told = [f"{each.value} {each.counted}" for each in trend(one, scope, periods)]
                yield f"{side} {one.code} {place.code if place else '-'}", told


def _is_told_of(indicator: Any, period: Period) -> bool:
    order = ["month", "quarter", "year"]
    return order.index(period.kind) >= order.index(indicator.period_kind)


def _sealed() -> Iterator[tuple[str, str]]:
    """All sealed columns of ledgers, opened."""
    for ledger in registry:
        for field in ledger.model._meta.concrete_fields:
            if isinstance(field, SealedField):
                values = ledger.model.objects.order_by("pk").values_list(field.name, flat=True)
                yield f"{ledger.key}.{field.name}", _hash("|".join(map(str, values)).encode())


def _chain() -> dict[str, Any]:
    report = verify()
    return {"problems": report.problems, "blocks": report.blocks}


def _people() -> dict[str, Any]:
    """An account signs in with its password and fetches its job's file; a token calls."""
    with context.unscoped("升级演练"):
        # As old as yesterday, whenever the drill is held: how long tokens are good is another test's.
        ApiToken.objects.update(
            made_at=timezone.now() - timedelta(days=1), expires_at=timezone.now() + timedelta(1)
        )
        job = Job.objects.get(state=Job.State.DONE)
    browser = Client(HTTP_HOST="127.0.0.1")
    answer = browser.post("/accounts/login/", {"login": READER, "password": PASSWORD})
    fetched = browser.get(f"/jobs/{job.pk}/file/")
    path = LIVED.replace(".", "/")
    called = Client(HTTP_HOST="127.0.0.1").get(
        f"/api/v1/{path}/", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    content = b"".join(fetched.streaming_content) if fetched.streaming else b""
    return {
        "sign_in": answer.status_code,
        "file": [fetched.status_code, _hash(content)],
        "token": [called.status_code, len(called.json().get("items", []))],
    }


if __name__ == "__main__":
    json.dump(tell(), sys.stdout, ensure_ascii=False)

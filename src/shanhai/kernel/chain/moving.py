"""Moving old months of history out of the database, once their file is proved and the rule allows it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connections, transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from shanhai.kernel import clock, context
from shanhai.kernel.errors import RuleViolated

from .archive import name_of, prove, unlike_blocks, write_month
from .blocks import cursor
from .models import HistoryRetention
from .verifying import unsealed


@dataclass(frozen=True)
class Moved:
    """One month that was archived."""

    month: str
    entries: int
    path: Path


def archive(before: str, folder: Path, *, drop: bool) -> Iterator[Moved]:
    """Months before `before` (`202105`), oldest first; each is moved before the next is begun.

    `drop`: delete what was detached; otherwise it stays as a table of its own, which nobody reads.
    Errors: RuleViolated when the rule, an unsealed entry or what is left of an older month forbids it;
    OSError; Unproved.
    """
    months = months_before(before)
    for month in months:
        _require_old(month)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for month in months:
        _require_sealed(month)
        path = folder / name_of(month)
        if path.exists():
            raise RuleViolated(_("%(file)s 已经在了，不会覆盖。请换一个目录。") % {"file": str(path)})
        entries = write_month(month, path)
        proof = prove(path)
        if proof.entries != entries or unlike_blocks(proof, path):
            raise RuleViolated(_("%(file)s 没有通过验证，数据库里的没有动。") % {"file": str(path)})
        _move(month, entries, path, drop=drop)
        yield Moved(month, entries, path)


@context.unscoped("历史归档")
def months_before(before: str) -> list[str]:
    """Partitions with entries, older than the month `before`; strays of the default partition included."""
    with cursor() as reading:
        reading.execute(
            "SELECT DISTINCT kernel_sealed_month(at) FROM kernel_history WHERE at < %s::timestamptz",
            [f"{before[:4]}-{before[4:]}-01"],
        )
        return sorted(month for (month,) in reading.fetchall())


def _require_old(month: str) -> None:
    rule = HistoryRetention.objects.in_force(clock.today()).first()
    if rule is None:
        raise RuleViolated(_("没有现行的历史保存期规定，不能归档。"))
    year, number = int(month[:4]), int(month[4:]) + rule.kept_months + 1
    free = date(year + (number - 1) // 12, (number - 1) % 12 + 1, 1)
    if clock.today() < free:
        told = {
            "month": f"{month[:4]}-{month[4:]}",
            "months": rule.kept_months,
            "source": rule.source,
            "free": free.isoformat(),
        }
        raise RuleViolated(
            _("%(month)s 的历史要在库里保存满 %(months)s 个月（%(source)s），%(free)s 起才能归档。") % told,
        )


def _require_sealed(month: str) -> None:
    waiting, since = unsealed()
    if waiting and since and f"{since:%Y%m}" <= month:
        raise RuleViolated(_("还有没封存的历史。请先运行 shanhai audit seal。"))


def _move(month: str, entries: int, path: Path, *, drop: bool) -> None:
    """One transaction of the owner: the record and the detaching hold together or not at all."""
    table = f"kernel_history_{month}"
    first = f"{month[:4]}-{month[4:]}-01"
    with transaction.atomic(using="owner"), connections["owner"].cursor() as owner:
        owner.execute("SET LOCAL timezone = 'UTC'")
        owner.execute("SELECT kernel_ensure_history_partitions(%s::date, 1)", [first])
        owner.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (six digits)
        if owner.fetchone()[0] != entries:
            raise RuleViolated(_("%(month)s 的分区与文件的条数不符，没有动。") % {"month": month})
        owner.execute("SELECT set_config('shanhai.actor', 'system:历史归档', true)")
        owner.execute(
            "INSERT INTO kernel_archivedmonth (id, month, name, digest, entries, archived_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [uuid7(), month, path.name, _digest(path), entries, clock.now()],
        )
        owner.execute(f'ALTER TABLE kernel_history DETACH PARTITION "{table}"')
        if drop:
            owner.execute(f'DROP TABLE "{table}"')


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

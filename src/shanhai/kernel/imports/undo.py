"""Taking an import back as a whole: its new rows go, its changed rows get back what they held before.

Only while nothing has been done to any of its rows since. What it created was never reported, so it is
removed and not voided: a voided row would keep its number, and the mended file could never be imported.
History keeps every removed row whole, with who undid it and why.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from shanhai.kernel import clock, context
from shanhai.kernel.bulk import stored_fields
from shanhai.kernel.errors import NotAllowed, RuleViolated
from shanhai.kernel.evidence.models import EvidenceLink
from shanhai.kernel.history.known import archived_until
from shanhai.kernel.history.models import HistoryEntry
from shanhai.kernel.jobs.runner import account_of
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.locking import Locks
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.rows import LedgerModel
from shanhai.kernel.scope import Actor
from shanhai.kernel.within import exceeded
from shanhai.kernel.workflow import EDITABLE

from .models import Import

_MOST_NAMED = 100


@dataclass(frozen=True)
class Touched:
    """A row of the import that somebody has done something with since, and what."""

    row: LedgerModel
    why: str


class RowsTouched(RuleViolated):
    """The import stays as it is: `rows` says which rows stand against it, the first hundred of them."""

    code = "rows_touched"

    def __init__(self, rows: list[Touched], number: int) -> None:
        sentence = _("导入之后，这批里有 %(number)s 行又被改动或使用，所以一行也没有撤销。")
        super().__init__(sentence % {"number": f"{number:,}"})
        self.rows = rows


@dataclass(frozen=True)
class Undone:
    """How many rows the database says were removed, and how many got back their former values."""

    removed: int
    restored: int


def undo(found: Import, actor: Actor) -> Undone:
    """Take back everything an import wrote, in the current transaction, or nothing.

    Shape: two dozen statements for each ledger, however many rows.
    Errors: RowsTouched; NotAllowed when a row is beyond the actor's reach; RuleViolated when there is nothing
    to take back.
    """
    written = examine(found, actor)
    reason = _("撤销导入“%(file)s”") % {"file": found.name}
    with context.because(reason), _told_by_database():
        # What refers to others goes before them; only then do changed rows name again what they named.
        removed = {one.ledger.key: one.remove() for one in reversed(written)}
        restored = {one.ledger.key: one.restore() for one in written}
    for part in found.parts.all():
        part.result |= {"removed": removed[part.ledger], "restored": restored[part.ledger]}
        part.save(update_fields=["result"])
    undone = Undone(sum(removed.values()), sum(restored.values()))
    found.state, found.undone_at = Import.State.UNDONE, clock.now()
    found.undone_by = account_of(actor)
    found.result = {**found.result, "removed": undone.removed, "restored": undone.restored}
    found.save(update_fields=["state", "undone_at", "undone_by", "result"])
    return undone


def examine(found: Import, actor: Actor) -> list["_Written"]:
    """What would be taken back, part by part, its rows locked. Errors: as `undo`."""
    locked = Import.objects.select_for_update().get(pk=found.pk)
    if locked.state != Import.State.APPLIED:
        raise RuleViolated(_("这次导入已经撤销，或还没有写入。"), code="not_applied")
    if f"{locked.created_at.astimezone(UTC):%Y%m}" <= archived_until():
        raise RuleViolated(_("这次导入的历史已经归档，不能再撤销。请逐行更正。"), code="archived")
    ledgers = [registry.get(part.ledger) for part in found.parts.all()]
    written = [_Written(ledger, found, {one.model for one in ledgers}) for ledger in ledgers]
    touched: list[Touched] = []
    number = 0
    for one in written:
        one.lock()
        one.require_reach(actor)
    for one in written:
        reasons = one.touched()
        number += len(reasons)
        touched += one.named(reasons, _MOST_NAMED - len(touched))
    if touched:
        raise RowsTouched(touched, number)
    return written


@contextmanager
def _told_by_database() -> Iterator[None]:
    """Somebody took the number meanwhile, or uses a row: the database decides, the reader gets a sentence."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentence = _("这批里有的行已被别的记录用到，或原来的编号已被占用，所以一行也没有撤销。")
        raise exceeded(error) or RuleViolated(sentence, code="rows_in_use") from error


class _Written:
    """The rows one import wrote into a ledger, as history knows them. Each method is a statement or a few."""

    _ENTRIES = "every_kernel_history e WHERE e.import_id = %s AND e.table_name = %s"

    def __init__(self, ledger: Ledger[Any], found: Import, together: Collection[type[LedgerModel]]) -> None:
        self.ledger, self.model, self.together = ledger, ledger.model, together
        model = self.model
        quote = connection.ops.quote_name
        self.table = quote(model._meta.db_table)
        self.key: list[Any] = [found.pk, model._meta.db_table]
        self.columns = [quote(f.column) for f in stored_fields(model) if not f.primary_key]

    def _run(self, statement: str, *more: Any) -> Any:
        cursor = connection.cursor()
        cursor.execute(statement, [*self.key, *more])
        return cursor

    def _ids(self, operation: str = "") -> str:
        only = f" AND e.operation = '{operation}'" if operation else ""
        return f"SELECT e.row_id FROM {self._ENTRIES}{only}"

    def rows(self, operation: str = "") -> Any:
        """The rows as a query set, beyond any scope: whether they are in reach is asked of all at once."""
        return self.model._base_manager.filter(pk__in=self._entries(self.model, operation).values("row_id"))

    def _entries(self, model: type[LedgerModel], operation: str = "") -> Any:
        entries = HistoryEntry._base_manager.filter(import_id=self.key[0], table_name=model._meta.db_table)
        return entries.filter(operation=operation) if operation else entries

    def lock(self) -> None:
        self._run(f"SELECT id FROM {self.table} WHERE id IN ({self._ids()}) ORDER BY id FOR UPDATE")

    def require_reach(self, actor: Actor) -> None:
        written = self._run(f"SELECT count(*) FROM {self._ENTRIES}").fetchone()[0]
        within: Any = self.model._default_manager.visible_to(actor, Verb.EDIT)
        if within.filter(pk__in=self.rows().values("pk")).count() < written or not actor.allows(
            Verb.IMPORT, self.ledger.key
        ):
            raise NotAllowed(_("这批里有不在您填报范围内的行，不能撤销。请联系本单位管理员。"))

    def touched(self) -> dict[Any, str]:
        """Keys of rows that somebody has done something with since, and what."""
        reasons: dict[Any, str] = {}
        for keys, why in self._touched():
            for key in keys:
                reasons.setdefault(key, why)
        return reasons

    def named(self, reasons: Mapping[Any, str], most: int) -> list[Touched]:
        named = list(reasons)[:most]
        rows = self.model._base_manager.select_related("owner_unit").in_bulk(named)
        return [Touched(rows[key], reasons[key]) for key in named]

    def _touched(self) -> Iterator[tuple[list[Any], str]]:
        moved = self._run(
            f"SELECT t.id FROM {self.table} t JOIN every_kernel_history e ON e.row_id = t.id"
            " WHERE e.import_id = %s AND e.table_name = %s"
            " AND t.row_version IS DISTINCT FROM (e.row ->> 'row_version')::bigint ORDER BY t.id"
        )
        yield [key for (key,) in moved.fetchall()], _("导入后又被修改或提交")
        closed = self.rows().exclude(state__in=EDITABLE)
        yield list(closed.values_list("pk", flat=True)), _("已报、已核或已作废")
        yield from self._locked()
        created = self.rows("insert").values("pk")
        links = EvidenceLink.objects.filter(ledger=self.ledger.key, row_id__in=created)
        links = links.filter(removed_at__isnull=True)
        yield list(links.values_list("row_id", flat=True)), _("已上传佐证")
        for relation in self.model._meta.related_objects:
            other: Any = relation.related_model
            name = relation.field.attname
            users = other._base_manager.filter(**{f"{name}__in": created})
            if other in self.together:  # rows of the same import go with it, or name again what they named
                users = users.exclude(pk__in=self._entries(other).values("row_id"))
            label = _("已被“%(ledger)s”用到") % {"ledger": other._meta.verbose_name}
            yield list(users.values_list(name, flat=True).distinct()), label

    def _locked(self) -> Iterator[tuple[list[Any], str]]:
        """Asked once for the rows of a unit and period."""
        locks, of_period = Locks(self.ledger), ("side", "owner_unit_id", "period")
        for row in self.rows().order_by(*of_period).distinct(*of_period):
            if closed := locks.period_closed(row):
                alike = self.rows().filter(side=row.side, owner_unit=row.owner_unit_id, period=row.period)
                yield list(alike.values_list("pk", flat=True)), closed.sentence

    def remove(self) -> int:
        return int(self._run(f"DELETE FROM {self.table} WHERE id IN ({self._ids('insert')})").rowcount)

    def restore(self) -> int:
        """Former values from history; the version still counts up, so that nobody saves over it unseen."""
        version = '"row_version"'
        changes = ", ".join(
            f"{column} = was.{column}" if column != version else f"{version} = t.{version} + 1"
            for column in self.columns
        )
        return int(
            self._run(
                f"UPDATE {self.table} t SET {changes} FROM ("
                f" SELECT former.* FROM every_kernel_history e JOIN {self.table} now ON now.id = e.row_id"
                " CROSS JOIN LATERAL jsonb_populate_record(now, e.before) former"
                " WHERE e.import_id = %s AND e.table_name = %s AND e.operation = 'update'"
                ") was WHERE was.id = t.id"
            ).rowcount
        )

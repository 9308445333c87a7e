"""Records of sensitive reads against sealed history: each as it was written, none missing, none more."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_noop as _

from shanhai.kernel import context

from .blocks import cursor
from .findings import Finding

#: Tables that the application only adds to. History has their rows as they were written, so the chain has.
READINGS = ("kernel_fieldreading", "kernel_evidencereading", "kernel_exportreading")
#: Those, and what was erased of history: table → since when a row stands.
RECORDS = dict.fromkeys(READINGS, "read_at") | {"kernel_erasedentry": "erased_at"}

_WORDS = {
    "kernel_fieldreading": _("敏感信息查阅"),
    "kernel_evidencereading": _("佐证查阅"),
    "kernel_exportreading": _("敏感信息导出"),
    "kernel_erasedentry": _("依申请删除的历史"),
}


def unlike_history(archived_until: str = "") -> Iterator[str]:
    """What differs, in words, one for each table at most.

    `archived_until`: the last month whose history is in files (`202103`); rows without history are then told
    by the files alone. A day's grace, for the clock that says when one read is not the database's.
    """
    for table in RECORDS:
        if found := _first_rewritten(table) or _first_unlike(table, archived_until):
            yield found


def _first_unlike(table: str, archived_until: str) -> str:
    statement = f"""
        SELECT h.row_id IS NULL, r.id IS NULL, coalesce(r.id, h.row_id)
        FROM (SELECT row_id, row FROM kernel_history WHERE table_name = %s AND operation = 'insert') h
        FULL JOIN {table} r ON r.id = h.row_id
        WHERE (h.row_id IS NULL AND kernel_sealed_month(r.{RECORDS[table]} - interval '1 day') > %s)
            OR r.id IS NULL OR jsonb_populate_record(r, h.row) IS DISTINCT FROM r
        LIMIT 1"""  # noqa: S608  (a table of the list above)
    with cursor() as reading:
        reading.execute(statement, [table, archived_until])
        found = reading.fetchone()
    return _told(table, *found) if found else ""


def _told(table: str, is_unknown: bool, is_gone: bool, key: object) -> str:
    told = {"table": Finding(_WORDS[table]), "key": key}
    if is_unknown:
        return Finding(_("“%(table)s”的记录 %(key)s 在历史里没有：是绕过系统写入的。"), told)
    if is_gone:
        return Finding(_("“%(table)s”的记录 %(key)s 不见了：历史里有，表里没有。"), told)
    return Finding(_("“%(table)s”的记录 %(key)s 与写入时不同：被改动。"), told)


def _first_rewritten(table: str) -> str:
    """A change by way of the triggers leaves an entry; there is none that the application can make."""
    with cursor() as reading:
        reading.execute(
            "SELECT row_id, actor FROM kernel_history WHERE table_name = %s AND operation <> 'insert'"
            " ORDER BY at LIMIT 1",
            [table],
        )
        found = reading.fetchone()
    if not found:
        return ""
    told = {"table": Finding(_WORDS[table]), "key": found[0], "who": found[1]}
    return Finding(_("“%(table)s”的记录 %(key)s 被改动或删除，操作人 %(who)s；这些记录本来只增不改。"), told)


@context.unscoped("封存验证")
def unlike_archive(table: str, rows: Sequence[str]) -> str:
    """As `unlike_history`, for rows (JSON) that an archived month says were written."""
    statement = f"""
        SELECT false, r.id IS NULL, (h.row ->> 'id')::uuid
        FROM (SELECT unnest(%s::text[])::jsonb AS row) h LEFT JOIN {table} r ON r.id = (h.row ->> 'id')::uuid
        WHERE r.id IS NULL OR jsonb_populate_record(r, h.row) IS DISTINCT FROM r
        LIMIT 1"""  # noqa: S608
    with cursor() as reading:
        reading.execute(statement, [list(rows)])
        found = reading.fetchone()
    return _told(table, *found) if found else ""

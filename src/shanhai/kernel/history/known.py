"""The past: what the system knew at the end of a day, for the queries that read the present (ADR 0011).

Inside `as_known_on(day)` the schema `shanhai_past` stands before `public`. Its views bear the names of the
recorded tables and undo what history has written since; nothing else changes, nothing can be written to them.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models.sql.datastructures import BaseTable
from django.http import HttpRequest
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.errors import RuleViolated

from .models import HistoryEntry

#: Parameter of an address: `?known_on=2021-08-31`.
PARAMETER = "known_on"
SCHEMA = "shanhai_past"

_day: ContextVar[date | None] = ContextVar("shanhai_known_on", default=None)


def known_on() -> date | None:
    """The day in force; None when the present is read."""
    return _day.get()


def until(day: date) -> datetime:
    """The first instant after `day` in China time: what is recorded from then on was not known."""
    return datetime.combine(day + timedelta(days=1), time(), clock.CHINA)


@contextmanager
def as_known_on(day: date | None) -> Iterator[None]:
    """Read what was known at the end of `day`; None, the present, also inside another day.

    Errors: RuleViolated for a day to come, and for one before history begins.
    """
    outer = _day.get()
    if day == outer:
        yield
        return
    if day is not None:
        _refuse_unknown(day)
    with transaction.atomic():
        token = _day.set(day)
        features: Any = connection.features
        # A view has no key from which its other columns follow.
        features.allows_group_by_selected_pks = day is None
        try:
            _tell_database(day)
            yield
            if not connection.needs_rollback:
                _tell_database(outer)  # after an error, rolling back takes the settings back
        finally:
            _day.reset(token)
            features.allows_group_by_selected_pks = outer is None


def _tell_database(day: date | None) -> None:
    path = f"{SCHEMA}, public" if day else "public"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('shanhai.known_until', %s, true), set_config('search_path', %s, true)",
            (until(day).isoformat() if day else "", path),
        )


def _refuse_unknown(day: date) -> None:
    if day > clock.today():
        raise RuleViolated(_("“当日所知”只能选今天或以前的日子。"), code="bad_known_on")
    first = beginning()
    if first is None or until(day) <= first:
        since = f"{first.astimezone(clock.CHINA):%Y-%m-%d}" if first else "—"
        if archived_until():
            raise RuleViolated(
                _("%(day)s 以前的历史已归档，库里看不到那天的样子。请选以后的日子，或请管理员查归档文件。")
                % {"day": since},
                code="bad_known_on",
            )
        raise RuleViolated(
            _("系统的历史从 %(day)s 开始，更早的样子无从得知。请选以后的日子。") % {"day": since},
            code="bad_known_on",
        )


def beginning() -> datetime | None:
    """When history begins: its first entry that is still kept."""
    return HistoryEntry._base_manager.order_by("at", "id").values_list("at", flat=True).first()


def archived_until() -> str:
    """The last month that is in files (`202103`, in UTC); "" while all of history is in the database."""
    archived = apps.get_model("kernel", "ArchivedMonth")  # which is recorded, and so stands above this module
    return str(archived.objects.values_list("month", flat=True).first() or "")


def told_of_archive() -> str:
    """For pages of history: from what day on the database has it; "" while it has all."""
    if not archived_until():
        return ""
    first = beginning()
    since = f"{first.astimezone(clock.CHINA):%Y-%m-%d}" if first else "—"
    return _("%(day)s 以前的历史已归档到文件，这里只列出以后的。") % {"day": since}


def asked(params: Mapping[str, str]) -> date | None:
    """The day an address asks for. Errors: RuleViolated for what is no date."""
    text = params.get(PARAMETER, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RuleViolated(_("“当日所知”的日期写成 2021-08-31 这样。"), code="bad_known_on") from None


def shows_past[**P, R](view: Callable[P, R]) -> Callable[P, R]:
    """Decorator of a view that only reads: answers as known on the day its address asks for."""

    @wraps(view)
    def answering(*args: P.args, **kwargs: P.kwargs) -> R:
        request = args[0]
        assert isinstance(request, HttpRequest)  # noqa: S101  (narrowing: views take it first)
        request.shows_past = True  # type: ignore[attr-defined]
        with as_known_on(asked(request.GET)):
            return view(*args, **kwargs)

    return answering


def can_show_past(request: HttpRequest) -> bool:
    """Whether the page that answers `request` is one of `shows_past`."""
    return getattr(request, "shows_past", False)


def in_words(day: date) -> str:
    """What stands over everything shown as known on `day`."""
    told = {"year": day.year, "month": day.month, "day": day.day}
    return _("按 %(year)s年%(month)s月%(day)s日 24时 系统已知的数据。") % told


def query() -> dict[str, str]:
    """The day in force as parameters of an address."""
    day = _day.get()
    return {PARAMETER: day.isoformat()} if day else {}


def of_present[M: models.Model](rows: "models.QuerySet[M, Any]") -> "models.QuerySet[M, Any]":
    """The same rows read from the present table, for a subquery; joined tables stay those of the day."""
    found = rows.all()
    alias = found.query.get_initial_alias()
    found.query.alias_map[alias] = _PresentTable(found.model._meta.db_table, alias)
    return found


class _PresentTable(BaseTable):
    """The table itself, whatever schema stands before it."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        quote = connection.ops.quote_name
        return f'"public".{quote(self.table_name)} {quote(self.table_alias)}', ()

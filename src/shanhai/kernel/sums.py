"""Links of `within.py` as SQL: for each a function that sums under a lock, and triggers on what it sums.

Statement level, so that a file of many rows is summed once. A trigger adds up what its statement takes from
each row that holds a limit; only where it takes more than before, that row is locked and everything summed.
So rows that already exceed (written before the link was declared) can be mended one by one, and a write that
touches no amount costs nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from .within import PREFIX, Within, links, name_of

_LIVE = "{0}.state <> 'voided'"
#: Stands for a limit that is not told: more than any sum, and a number that can be counted with.
_UNTOLD = "1e24"


@dataclass(frozen=True)
class _Term:
    """Amounts of one table that count for the link. `path`: reference and the table it leads to, in order."""

    table: str
    amount: str
    path: tuple[tuple[str, str], ...]
    #: 1 takes room, -1 makes it.
    sign: int
    #: What a row must be to count, of its own columns.
    only: str = "true"

    def joins(self, start: str = "r") -> str:
        """To the rows between; the last reference is the row that holds the limit, which is not joined."""
        at, text = start, ""
        for step, (column, table) in enumerate(self.path[:-1]):
            text += f' JOIN public."{table}" m{step} ON m{step}.id = {at}."{column}"'
            at = f"m{step}"
        return text

    @property
    def base(self) -> str:
        """The row that holds the limit."""
        at = "r" if len(self.path) == 1 else f"m{len(self.path) - 2}"
        return f'{at}."{self.path[-1][0]}"'

    @property
    def taken(self) -> str:
        """What one row takes: at once if it takes, once verified if it makes room; nothing when voided."""
        amount = f'r."{self.amount}"' if self.amount else "1"
        value = f"{'-' if self.sign < 0 else ''}{amount}::numeric"
        live = " AND ".join([self.only, *(_LIVE.format(one) for one in ("r", *self._between()))])
        return (
            f"CASE WHEN NOT ({live}) THEN 0 WHEN {value} > 0 OR r.state = 'verified' THEN {value} ELSE 0 END"
        )

    def _between(self) -> list[str]:
        return [f"m{step}" for step in range(len(self.path) - 1)]


def sum_statements() -> Iterator[str]:
    """All links anew; those that are declared no more are gone."""
    yield f"""
DO $$
DECLARE
    one regprocedure;
BEGIN
    FOR one IN SELECT oid FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'kernel\\_{PREFIX.rstrip("_")}\\_%'
    LOOP
        EXECUTE format('DROP FUNCTION %s CASCADE', one);
    END LOOP;
END $$"""
    for model, link in links():
        yield from _link(model, link)


def _link(model: type[models.Model], link: Within) -> Iterator[str]:
    field: Any = model._meta.get_field(link.field)
    holder = field.related_model
    limit = str(holder._meta.get_field(link.limit).column)
    terms = _terms(model, link)
    name = f"kernel_{name_of(model, link)}"
    yield _checking(name, holder._meta.db_table, limit, terms)
    tables = {holder._meta.db_table: None}
    for term in terms:
        tables |= dict.fromkeys([term.table, *(table for _column, table in term.path[:-1])])
    for number, table in enumerate(tables):
        yield from _triggers(name, number, table, _counted(table, holder._meta.db_table, limit, terms))


def _terms(model: type[models.Model], link: Within) -> list[_Term]:
    own = _term(model, link.field, link.amount, 1, link.only)
    more = [
        _term(apps.get_model(one.model), one.path, one.amount, sign)
        for sign, several in ((1, link.used_by), (-1, link.raised_by))
        for one in several
    ]
    return [own, *more]


def _term(
    model: type[models.Model],
    path: str,
    amount: str,
    sign: int,
    only: tuple[str, Sequence[str]] | None = None,
) -> _Term:
    steps, at = [], model
    for name in path.split("__"):
        field: Any = at._meta.get_field(name)
        at = field.related_model
        steps.append((str(field.column), at._meta.db_table))
    return _Term(
        model._meta.db_table,
        _column(model, amount) if amount else "",
        tuple(steps),
        sign,
        _among(model, *only) if only else "true",
    )


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.get_field(name)
    return str(field.column)


def _among(model: type[models.Model], name: str, values: Sequence[str]) -> str:
    """Values are codes of the program, without a quote in them."""
    return f'r."{_column(model, name)}" IN ({", ".join(f"{chr(39)}{one}{chr(39)}" for one in values)})'


def _checking(name: str, holder: str, limit: str, terms: list[_Term]) -> str:
    """What a row has and what is taken from it, and the check.

    The check locks in the order of keys; what others committed meanwhile is read by the statement after.
    """
    sums = {
        sign: " + ".join(
            f'coalesce((SELECT sum({one.taken}) FROM public."{one.table}" r{one.joins()}'
            f" WHERE {one.base} = b.id), 0)"
            for one in terms
            if one.sign == sign
        )
        for sign in (1, -1)
    }
    return f"""
CREATE OR REPLACE FUNCTION {name}_room(asked uuid[]) RETURNS TABLE (id uuid, most numeric, used numeric)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT b.id, CASE WHEN {_LIVE.format("b")}
        THEN coalesce(b."{limit}"::numeric, {_UNTOLD}) - ({sums[-1] or "0"}) ELSE 0 END, {sums[1]}
    FROM public."{holder}" b WHERE b.id = ANY (asked)
$$;
CREATE OR REPLACE FUNCTION {name}(touched uuid[], more numeric[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found record;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'sums are held by what is committed: not in a transaction that is %',
            current_setting('transaction_isolation');
    END IF;
    PERFORM FROM public."{holder}" b WHERE b.id = ANY (touched) ORDER BY b.id FOR NO KEY UPDATE;
    SELECT s.id, s.most, s.used, t.taken INTO found
        FROM {name}_room(touched) s JOIN unnest(touched, more) t(id, taken) ON s.id = t.id
        WHERE s.used > s.most ORDER BY s.used - s.most DESC, s.id LIMIT 1;
    IF found.id IS NOT NULL THEN
        RAISE EXCEPTION 'more than there is' USING ERRCODE = 'check_violation',
            CONSTRAINT = '{name.removeprefix("kernel_")}',
            DETAIL = json_build_object('row', found.id, 'limit', found.most::text,
                'over', (found.used - found.most)::text,
                'left', (found.most - found.used + found.taken)::text);
    END IF;
END $$"""


def _counted(table: str, holder: str, limit: str, terms: list[_Term]) -> tuple[list[str], list[str]]:
    """What rows of a table say of the link: queries with `{{rows}}` for amounts, and for moved references."""
    amounts, moved = [], []
    if table == holder:
        held = f'CASE WHEN {_LIVE.format("r")} THEN coalesce(r."{limit}"::numeric, {_UNTOLD}) ELSE 0 END'
        amounts.append(f"SELECT r.id AS base, -({held}) AS taken FROM {{rows}} r")
    for term in terms:
        if term.table == table:
            amounts.append(f"SELECT {term.base}, {term.taken} FROM {{rows}} r{term.joins()}")
        for step, (_column, between) in enumerate(term.path[:-1]):
            if between == table:
                moved.append(_moved(term, step))
    return amounts, moved


def _moved(term: _Term, step: int) -> str:
    """Rows between that point elsewhere now, or were voided: with everything that hangs on them."""
    rest = _Term(term.table, term.amount, term.path[step + 1 :], term.sign, term.only)
    column = term.path[step + 1][0]
    return (
        f"SELECT {rest.base} AS base FROM new_rows r JOIN old_rows o USING (id){rest.joins()}"
        f" WHERE (r.state = 'voided', r.\"{column}\") IS DISTINCT FROM (o.state = 'voided', o.\"{column}\")"
    )


def _triggers(name: str, number: int, table: str, counted: tuple[list[str], list[str]]) -> Iterator[str]:
    amounts, moved = counted
    now = " UNION ALL ".join(amounts).format(rows="new_rows") or "SELECT NULL::uuid AS base, 0 AS taken"
    was = " UNION ALL ".join(amounts).format(rows="old_rows") or "SELECT NULL::uuid AS base, 0 AS taken"
    before = f"SELECT w.base, -w.taken, false FROM ({was}) w(base, taken)"
    after = f"SELECT n.base, n.taken, false FROM ({now}) n(base, taken)"
    pointed = "".join(f" UNION ALL SELECT p.base, 0, true FROM ({one}) p(base)" for one in moved)
    branches = {"INSERT": after, "UPDATE": f"{after} UNION ALL {before}{pointed}", "DELETE": before}
    body = "".join(
        f"""
    IF TG_OP = '{operation}' THEN
        SELECT array_agg(d.base), array_agg(greatest(d.taken, 0)) INTO touched, more FROM (
            SELECT c.base, sum(c.taken) AS taken FROM ({query}) c(base, taken, is_moved)
            WHERE c.base IS NOT NULL GROUP BY c.base HAVING sum(c.taken) > 0 OR bool_or(c.is_moved)
        ) d;
    END IF;"""
        for operation, query in branches.items()
    )
    yield f"""
CREATE OR REPLACE FUNCTION {name}_{number}() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    touched uuid[];
    more numeric[];
BEGIN{body}
    IF touched IS NOT NULL THEN
        PERFORM {name}(touched, more);
    END IF;
    RETURN NULL;
END $$"""
    tables = {
        "INSERT": "NEW TABLE AS new_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
    }
    for operation, transition in tables.items():
        yield (
            f"CREATE OR REPLACE TRIGGER {name.removeprefix('kernel_')}_{operation.lower()} AFTER {operation}"
            f' ON public."{table}" REFERENCING {transition}'
            f" FOR EACH STATEMENT EXECUTE FUNCTION {name}_{number}()"
        )

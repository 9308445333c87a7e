"""The kernel transaction: requests, tasks, commands run in one, with actor, reason, request id in force.

History triggers read the same facts from transaction-local settings, so a write outside a context fails in
the database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection, transaction
from uuid_utils.compat import uuid7

from . import clock
from .scope import Actor
from .sealing.masks import without_numbers_of_people
from .walls.told import EVERYTHING, told


@dataclass(frozen=True)
class Context:
    """What is in force for the work under way."""

    actor: Actor
    reason: str = ""
    request_id: str = ""
    import_id: UUID | None = None
    #: True only for work without a user (seed, migration of data, the job that computes for everyone).
    is_unscoped: bool = False
    #: True where a step that was judged before writes beyond the actor's reach, see `beyond_reach`.
    is_beyond: bool = False
    #: What the transaction saw when this came in force: equal ones see the same rows. "" if it had written.
    snapshot: str = ""


_current: ContextVar[Context | None] = ContextVar("shanhai_context", default=None)


def current() -> Context | None:
    return _current.get()


def current_actor() -> Actor:
    """The actor in force. Errors: LookupError outside a context."""
    context = _current.get()
    if context is None:
        raise LookupError("no actor in force: open context.acting(...)")
    return context.actor


def _tell_database(context: Context | None) -> str:
    """Returns `Context.snapshot`."""
    recorded_at = clock.now().isoformat() if clock.is_set() and context else ""
    values = (
        (
            context.actor.key,
            without_numbers_of_people(context.reason),
            context.request_id,
            str(context.import_id or ""),
            recorded_at,
            EVERYTHING if context.is_unscoped or context.is_beyond else told(context.actor),
        )
        if context
        else ("", "", "", "", "", "")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('shanhai.actor', %s, true), set_config('shanhai.reason', %s, true),"
            " set_config('shanhai.request', %s, true), set_config('shanhai.import', %s, true),"
            " set_config('shanhai.now', %s, true), set_config('shanhai.wall', %s, true),"
            " CASE WHEN pg_current_xact_id_if_assigned() IS NULL"
            " THEN pg_current_snapshot()::text ELSE '' END",
            values,
        )
        snapshot: str = cursor.fetchone()[-1]
    return snapshot


@contextmanager
def _in_force(context: Context) -> Iterator[Context]:
    outer = _current.get()
    with transaction.atomic():
        context = replace(context, snapshot=_tell_database(context))
        token = _current.set(context)
        try:
            yield context
        except BaseException:
            # Rolling back takes the settings back with it; a broken transaction accepts no statement.
            _current.reset(token)
            raise
        _current.reset(token)
        # The settings end with the transaction; inside a larger one they must be put back by hand.
        is_nested = outer is not None or connection.savepoint_ids
        if is_nested and not connection.needs_rollback:
            _tell_database(outer)


@contextmanager
def acting(
    actor: Actor, *, reason: str = "", request_id: str = "", import_id: UUID | None = None
) -> Iterator[Context]:
    """Run as `actor`, in one transaction; nested calls change actor or reason for their block."""
    with _in_force(Context(actor, reason, request_id or str(uuid7()), import_id)) as context:
        yield context


@contextmanager
def unscoped(reason: str) -> Iterator[Context]:
    """Run with no user behind it; the reason is recorded with every write."""
    actor = Actor(key=f"system:{reason}"[:120], name=reason)
    with _in_force(Context(actor, reason, str(uuid7()), is_unscoped=True)) as context:
        yield context


@contextmanager
def acting_in_turn(reason: str) -> Iterator[Callable[..., None]]:
    """Act as many, one after the other: `become(actor, reason=…, request_id=…)` puts the next in force.

    Shape: one transaction for all, as they succeed or fail together, and one statement for each, where
    `acting` takes four. Until the first it is `unscoped(reason)`. Writes down what they did, without judging
    whether they might: the wall lets it pass.
    Errors: LookupError from `become` when the block is over.
    """
    is_open = True
    with unscoped(reason):

        def become(actor: Actor, *, reason: str = "", request_id: str = "") -> None:
            if not is_open:
                raise LookupError("the block of acting_in_turn is over")
            following = Context(actor, reason, request_id or str(uuid7()), is_beyond=True)
            _tell_database(following)
            _current.set(following)

        try:
            yield become
        finally:
            is_open = False


@contextmanager
def because(reason: str) -> Iterator[Context]:
    """Give the reason for what the block changes, keeping actor and request."""
    with _in_force(replace(_required(), reason=reason)) as inner:
        yield inner


@contextmanager
def beyond_reach(reason: str = "") -> Iterator[Context]:
    """`because`, for a step that leaves rows where the actor no longer reaches them: the wall lets it pass.

    Only around the write itself, of rows judged before. Queries of the default manager stay limited.
    """
    outer = _required()
    with _in_force(replace(outer, reason=reason or outer.reason, is_beyond=True)) as inner:
        yield inner


@contextmanager
def on_behalf(reason: str) -> Iterator[Context]:
    """A step that a bound account may ask for and its unit's rows are needed for: history names the account.

    Only around the step, of a row that was found within the account's scope before; nothing read in the block
    is shown.
    """
    with _in_force(replace(_required(), reason=reason, is_unscoped=True)) as inner:
        yield inner


def _required() -> Context:
    context = _current.get()
    if context is None:
        raise LookupError("no context in force: open context.acting(...)")
    return context

"""Who may call an operation, judged before anything the caller sent: its body is read behind the door.

A door says in this order: nobody is signed in or the token is none (401), too often (429), no CSRF token
(403), the row is not there (404) or the verb is not granted (403), the body is of the wrong type (415), the
same was answered before. What it found on the way (a row, else the actor) waits in `request.auth`.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja.security import APIKeyCookie

from shanhai.kernel import actions
from shanhai.kernel.errors import NotAllowed, NotVisible, ShanhaiError
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.views import actor_of, require_verb
from shanhai.kernel.workflow import Transition

from .answers import replay_if_known
from .problems import UnsupportedType

#: Attribute of a request that came with a token: what it is, or the error that says why it is none.
HANDED_IN = "api_token"
JSON, FORM = "application/json", "multipart/form-data"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: What may be sent again as it is: deleting twice is deleting once.
_REPEATABLE = _SAFE | {"DELETE"}

#: Finds what the operation is about, from the address alone. Errors: NotVisible, NotAllowed.
type Check = Callable[[HttpRequest, Actor], Any]


def _signed_in(request: HttpRequest, actor: Actor) -> Actor:
    return actor


class Door(APIKeyCookie):
    """The session of the pages, where writing asks for the CSRF token as they do; or a token of the API.

    Whose a token is was found before (`registers.accounts`); no other site can make a browser send one.
    """

    param_name = "sessionid"

    def __init__(self, check: Check = _signed_in, *, takes: str = JSON) -> None:
        super().__init__(csrf=True)
        self._check = check
        self._takes = takes

    def _get_key(self, request: HttpRequest) -> str | None:
        return None if hasattr(request, HANDED_IN) else super()._get_key(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        require_token(request)
        actor = actor_of(request)
        if actor.user_id is None:
            return None
        found = self._check(request, actor)
        if request.method not in _SAFE:
            self._require_type(request)
        if request.method not in _REPEATABLE:
            replay_if_known(request, actor)
        return found

    def _require_type(self, request: HttpRequest) -> None:
        has_body = request.META.get("CONTENT_LENGTH") not in {None, "", "0"}
        if has_body and request.content_type != self._takes:
            raise UnsupportedType


def require_token(request: HttpRequest) -> None:
    """Errors: what was found wrong with the token of the call, if it came with one."""
    refused = getattr(request, HANDED_IN, None)
    if isinstance(refused, ShanhaiError):
        raise refused


def argument(request: HttpRequest, name: str) -> Any:
    """A part of the address that was called."""
    match = request.resolver_match
    if match is None:
        raise NotVisible
    return match.kwargs[name]


def on_ledger(ledger: Ledger[Any], verb: Verb, *, takes: str = JSON) -> Door:
    """The verb is granted on the ledger."""

    def check(request: HttpRequest, actor: Actor) -> Actor:
        require_verb(actor, verb, ledger)
        return actor

    return Door(check, takes=takes)


def on_row(ledger: Ledger[Any], verb: Verb, *, takes: str = JSON) -> Door:
    """The row of the address is there, and the verb granted on it; finds the row."""
    return Door(
        lambda request, actor: actions.get_row(ledger, argument(request, "pk"), actor=actor, verb=verb),
        takes=takes,
    )


def on_step(ledger: Ledger[Any]) -> Door:
    """The step of the address is one, and granted on the row; finds the row."""

    def check(request: HttpRequest, actor: Actor) -> Any:
        step, pk = step_named(ledger, argument(request, "step")), argument(request, "pk")
        return actions.get_row(ledger, pk, actor=actor, verb=step.verb, party=step.party)

    return Door(check)


def step_named(ledger: Ledger[Any], name: str) -> Transition:
    """Errors: NotVisible for a step that rows of the ledger do not know."""
    step = ledger.life.by_name.get(name)
    if step is None:
        raise NotVisible
    return step


def on_some_ledger(verb: Verb) -> Door:
    """The verb is granted on any ledger at all."""

    def check(request: HttpRequest, actor: Actor) -> Actor:
        if not any(actor.allows(verb, ledger.key) for ledger in registry):
            raise NotAllowed
        return actor

    return Door(check)


class Found(HttpRequest):
    """A request behind a door: `auth` is what the door found, a row where the operation is about one."""

    auth: Any

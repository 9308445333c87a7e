"""The seal of history over the API."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import Field

from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called

from .findings import tell
from .models import ChainCheck
from .pages import auditor
from .state import state


class SealedUpTo(Schema):
    """The last block."""

    block: int
    algorithm: str
    hash: str = Field(description="十六进制")
    at: str
    entries: int = Field(description="链中的全部条数")


class Verified(Schema):
    """The last verification."""

    at: str
    block: int
    is_whole: bool
    finding: str
    seconds: float


class SealAnswer(Schema):
    """How far history is sealed."""

    sealed: SealedUpTo | None
    unsealed: int = Field(description="等待封存的条数")
    unsealed_since: str | None
    verified: Verified | None


def _watching(request: HttpRequest, actor: Actor) -> Actor:
    return auditor(request)


@register_routes("/chain/")
def routes() -> Router:
    router = Router(tags=["history"])

    @router.get("/", response=SealAnswer, **called("chain", str(_("历史封存")), auth=Door(_watching)))
    def seal_state(request: HttpRequest) -> dict[str, Any]:
        found = state()
        last, since = found.last, found.unsealed_since
        return {
            "sealed": {
                "block": last.number,
                "algorithm": last.algorithm,
                "hash": last.hash.hex(),
                "at": last.sealed_at.isoformat(),
                "entries": found.entries,
            }
            if last
            else None,
            "unsealed": found.unsealed,
            "unsealed_since": since.isoformat() if since else None,
            "verified": _verified(found.check) if found.check else None,
        }

    return router


def _verified(check: ChainCheck) -> dict[str, Any]:
    return {
        "at": check.checked_at.isoformat(),
        "block": check.blocks,
        "is_whole": check.is_whole,
        "finding": tell(check.finding),
        "seconds": check.seconds,
    }

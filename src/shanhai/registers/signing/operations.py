"""Signatures over the API: keys, the signatures of a row and its file, signing afterwards."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from shanhai.engines.signing import key_file
from shanhai.kernel.scope import Actor
from shanhai.kernel.surfaces.api.doors import Door, Found, argument
from shanhai.kernel.surfaces.api.extending import register_routes
from shanhai.kernel.surfaces.api.naming import called
from shanhai.kernel.surfaces.views import actor_of

from .models import SigningKey
from .pages import file_of, key_named, reader, row_named, signed_row
from .signing import sign_row, signing_party
from .standing import Sealed, Standing, standing_of


class SigningKeyTold(Schema):
    """A public key, as `shanhai signature verify --key` reads it."""

    format: str
    holder: str
    public: str = Field(description="130 位十六进制：04、x、y")
    fingerprint: str = Field(description="公钥的 SM3")
    valid_from: str | None
    valid_until: str | None
    pem: str


class SignatureTold(Schema):
    """The last signature of a side."""

    side: str
    standing: Standing = Field(
        description="valid 有效、changed 内容已变、unknown_key 密钥未知、broken 签名不符、out_of_time 过期"
    )
    fingerprint: str
    signed_at: str
    changed: list[str] = Field(description="签名以后变了的字段；papers 为佐证")
    earlier: int = Field(description="此前签过几次")


class SignaturesTold(Schema):
    """How the signatures of a row stand; none where nobody signed it."""

    ledger: str
    row: str
    signatures: list[SignatureTold]


class SignedStatement(Schema):
    """One signature of a signed file."""

    statement: str
    digest: str
    signature: str
    key: dict[str, Any] | None


class SignedFile(Schema):
    """A signed file, as `shanhai signature verify` reads it."""

    format: str
    title: str
    signatures: list[SignedStatement]


def _key(key: SigningKey) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(key_file(key.told))
    return told


def _told(ledger: str, pk: Any, found: list[Sealed]) -> dict[str, Any]:
    signatures = [
        {
            "side": one.side,
            "standing": one.standing,
            "fingerprint": one.signature.fingerprint,
            "signed_at": one.signature.signed_at.isoformat(),
            "changed": list(one.changed),
            "earlier": one.earlier,
        }
        for one in found
    ]
    return {"ledger": ledger, "row": str(pk), "signatures": signatures}


def _reading(request: HttpRequest, actor: Actor) -> Actor:
    return reader(request)


def _keyed(request: HttpRequest, actor: Actor) -> SigningKey:
    reader(request)
    return key_named(argument(request, "fingerprint"))


def _row(request: HttpRequest, actor: Actor) -> Any:
    reader(request)
    return row_named(argument(request, "ledger"), argument(request, "pk"), actor)


def _to_sign(request: HttpRequest, actor: Actor) -> Any:
    found = _row(request, actor)
    about, row = found
    signing_party(about, row, actor)
    return found


def _signed(request: HttpRequest, actor: Actor) -> Any:
    reader(request)
    return signed_row(argument(request, "ledger"), argument(request, "pk"), actor)


@register_routes("/signatures/")
def routes() -> Router:
    router = Router(tags=["signatures"])
    told = called("signing_keys", "签名密钥的公钥", auth=Door(_reading))

    @router.get("/", response=list[SigningKeyTold], **told)
    def list_signing_keys(request: HttpRequest) -> list[dict[str, Any]]:
        return [_key(key) for key in SigningKey.objects.all()]

    told = called("signing_key", "一个公钥", auth=Door(_keyed))

    @router.get("/keys/{fingerprint}/", response=SigningKeyTold, **told)
    def read_signing_key(request: Found, fingerprint: str) -> dict[str, Any]:
        return _key(request.auth)

    told = called("signatures", "一条记录的电子签名", auth=Door(_row))

    @router.get("/{ledger}/{uuid:pk}/", response=SignaturesTold, **told)
    def read_signatures(request: Found, ledger: str, pk: UUID) -> dict[str, Any]:
        about, row = request.auth
        return _told(ledger, pk, standing_of(about, row))

    told = called("signed_file", "一条记录的签名文件", auth=Door(_signed))

    @router.get("/{ledger}/{uuid:pk}/file/", response=SignedFile, **told)
    def read_signed_file(request: Found, ledger: str, pk: UUID) -> dict[str, Any]:
        about, row, found = request.auth
        told: dict[str, Any] = json.loads(file_of(about, row, found, actor_of(request)))
        return told

    told = called("sign", "补签：本方还没有签的", auth=Door(_to_sign))

    @router.post("/{ledger}/{uuid:pk}/sign/", response={201: SignaturesTold}, **told)
    def sign_a_row(request: Found, ledger: str, pk: UUID) -> Status[dict[str, Any]]:
        about, row = request.auth
        sign_row(about, row, actor_of(request))
        return Status(201, _told(ledger, pk, standing_of(about, row)))

    return router

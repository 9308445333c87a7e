"""The register of keys, and a row's signatures as a file."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shanhai.engines.signing import key_file as written_key
from shanhai.engines.signing import packed
from shanhai.kernel import actions
from shanhai.kernel.errors import NotAllowed, NotVisible
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor, Side
from shanhai.kernel.surfaces.detail_page import row_label
from shanhai.kernel.surfaces.display import moment
from shanhai.kernel.surfaces.links import link
from shanhai.kernel.surfaces.respond import file_answer, respond, see_other
from shanhai.kernel.surfaces.views import actor_of
from shanhai.registers.authority import is_member
from shanhai.registers.tables import table_of

from .drawing import key_state
from .models import SigningKey
from .signing import sign_row
from .standing import Sealed, standing_of


def reader(request: HttpRequest) -> Actor:
    """Errors: NotAllowed for who has no membership, and for bound accounts."""
    actor = actor_of(request)
    if not is_member(actor) or actor.subject is not None:
        raise NotAllowed
    return actor


def row_named(ledger: str, pk: Any, actor: Actor) -> tuple[Ledger[Any], Any]:
    """Errors: NotVisible."""
    if ledger not in registry:
        raise NotVisible
    about = registry.get(ledger)
    return about, actions.get_row(about, pk, actor=actor)


def signed_row(ledger: str, pk: Any, actor: Actor) -> tuple[Ledger[Any], Any, list[Sealed]]:
    """Errors: NotVisible, also for a row nobody signed."""
    about, row = row_named(ledger, pk, actor)
    found = standing_of(about, row)
    if not found:
        raise NotVisible(_("这条记录没有电子签名。"))
    return about, row, found


def key_named(fingerprint: str) -> SigningKey:
    """Errors: NotVisible."""
    key = SigningKey.objects.filter(fingerprint=fingerprint).first()
    if key is None:
        raise NotVisible(_("没有登记过这个密钥。"))
    return key


def file_of(ledger: Ledger[Any], row: Any, found: list[Sealed], actor: Actor) -> str:
    """The signed file of a row; its title is masked as the reader's pages are."""
    title = f"{ledger.label} {row_label(ledger, row, actor)}"
    return packed(title, [one.packed for one in found])


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    """Whose seal is which, to compare fingerprints by telephone and to take public keys along."""
    reader(request)
    labels = (
        _("持有单位"),
        _("所属方"),
        _("状态"),
        _("密钥指纹"),
        _("启用时间"),
        _("失效时间"),
        _("私钥存放"),
    )
    rows = [
        (
            reverse("signing:key_file", args=[key.fingerprint]),
            (
                key.holder,
                str(Side(key.side).label) if key.side else _("外部系统"),
                {"badge": key_state(key), "text": key_state(key)["label"]},
                {"text": key.fingerprint, "kind": "code"},
                moment(key.valid_from),
                moment(key.valid_until),
                key.get_kept_display(),
            ),
        )
        for key in SigningKey.objects.all()
    ]
    text = _("密钥由系统管理员在服务器上用 shanhai signature 生成和更换。点一行下载公钥文件，交给核验的人。")
    shown = {
        "title": _("签名密钥"),
        "sub": _("两地政府盖在已确认记录上的 SM2 密钥；换下的密钥留着，旧签名照样能核验"),
        "crumbs": [],
        "actions": [],
        "notices": [{"kind": "", "text": text}],
        "tables": [{"title": _("密钥"), "table": table_of(labels, rows), "empty": _("还没有签名密钥。")}],
    }
    return respond(request, "kernel/chain.html", "", shown)


@require_GET
def key_file(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The public half with its time, for `shanhai signature verify --key`."""
    reader(request)
    key = key_named(fingerprint)
    return file_answer(written_key(key.told).encode(), f"公钥-{key.holder}-{fingerprint[:8]}.json")


@require_GET
def signed_file(request: HttpRequest, ledger: str, pk: UUID) -> HttpResponse:
    """What both sides signed, to be checked anywhere."""
    actor = reader(request)
    about, row, found = signed_row(ledger, pk, actor)
    return file_answer(
        file_of(about, row, found, actor).encode(), f"签名-{about.label}-{str(row.pk)[-6:]}.json"
    )


@require_POST
def sign(request: HttpRequest, ledger: str, pk: UUID) -> HttpResponse:
    """Sign for the reader's side what it has not signed."""
    actor = reader(request)
    about, row = row_named(ledger, pk, actor)
    sign_row(about, row, actor)
    return see_other(link(about, "detail", pk=row.pk))

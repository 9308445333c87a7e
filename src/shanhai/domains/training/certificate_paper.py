"""证书 on paper: one a page with its number, check code and a code to scan, and the list to sign.

No identity number, telephone or address is printed: whoever is shown the paper looks it up by its number.
"""

import json
from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from shanhai.kernel import clock
from shanhai.kernel.actions import get_row
from shanhai.kernel.documents.model import chinese_date, clean
from shanhai.kernel.documents.typst import compile_pdf
from shanhai.kernel.errors import NotAllowed, NotVisible, RuleViolated
from shanhai.kernel.permissions import Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Actor
from shanhai.kernel.workflow import State

from .models import Certificate, TrainingClass
from .qr import qr_of

#: The address at which strangers look up a certificate.
type Address = Callable[[Certificate], str]


def certificate_to_print(pk: UUID, *, actor: Actor) -> Certificate:
    """A certificate of one's own side that holds.

    Errors: NotVisible; NotAllowed; RuleViolated for one that strangers would be told does not hold.
    """
    row: Certificate = get_row(registry.get(Certificate.ledger_key()), pk, actor=actor, verb=Verb.EXPORT)
    if row.side not in actor.sides:
        raise NotVisible
    if row.state != State.VERIFIED:
        raise RuleViolated(_("证书还没有核实，查验页上查不到；核实后再打印。"), code="not_printable")
    if row.revoked_on:
        told = {"day": row.revoked_on}
        raise RuleViolated(_("证书已于 %(day)s 撤销，不能再打印。") % told, code="not_printable")
    return row


def certificates_to_print(pk: UUID, *, actor: Actor) -> list[Certificate]:
    """Those of a class that hold, by number.

    Errors: NotVisible; NotAllowed; RuleViolated where there is none.
    """
    held: TrainingClass = get_row(registry.get(TrainingClass.ledger_key()), pk, actor=actor)
    if held.side not in actor.sides:
        raise NotVisible
    if not actor.allows(Verb.EXPORT, Certificate.ledger_key()):
        raise NotAllowed
    rows = Certificate.objects.filter(
        trainee__training_class=held, state=State.VERIFIED, revoked_on__isnull=True
    )
    found = list(rows.order_by("number"))
    if not found:
        raise RuleViolated(_("这个班没有已核、没有撤销的证书可以打印。"), code="not_printable")
    return found


def paper_of(rows: Sequence[Certificate], address: Address, *, with_list: bool) -> bytes:
    """PDF on lying A4, a page each, in the language of the installation; with the list for a whole class."""
    with translation.override(settings.LANGUAGE_CODE):
        data = _data(rows, address, with_list=with_list)
    template = resources.files(__package__).joinpath("certificate.typ").read_bytes()
    return compile_pdf(template, json.dumps(data, ensure_ascii=False), clock.today())


def _data(rows: Sequence[Certificate], address: Address, *, with_list: bool) -> dict[str, Any]:
    keys = [one.pk for one in rows]
    known = Certificate.objects.select_related(
        "trainee__person", "trainee__training_class__trainer", "owner_unit"
    )
    found = list(known.filter(pk__in=keys).order_by("number"))
    held = found[0].trainee.training_class
    return {
        "title": f"{held.name} {_('培训合格证书')}",
        "heading": _("培训合格证书"),
        "issuer": found[0].owner_unit.name,
        "label": f"【{_('演示数据')}】" if settings.SHANHAI_DEMONSTRATION_TODAY else "",
        "sheets": [_sheet(one, address(one)) for one in found],
        "list": _list(held, found) if with_list else None,
    }


def _sheet(one: Certificate, address: str) -> dict[str, Any]:
    held = one.trainee.training_class
    told = {
        "first": chinese_date(held.opens_on),
        "last": chinese_date(held.closes_on),
        "course": held.get_course_display(),
        "name": clean(held.name),
        "trainer": clean(held.trainer.name),
    }
    said = _("于%(first)s至%(last)s参加%(trainer)s举办的%(name)s（%(course)s），考核合格，特发此证。")
    until = _("有效期至：%(day)s") % {"day": chinese_date(one.valid_to)} if one.valid_to else _("长期有效")
    return {
        "name": clean(one.trainee.person.name),
        "said": said % told,
        "qr": qr_of(address),
        "lines": [
            _("证书编号：%(number)s") % {"number": clean(one.number)},
            _("校验码：%(code)s") % {"code": one.check_code},
            until,
            _("扫左边的码，或在查验页填编号和校验码，可查真伪。"),
        ],
        "sign": [clean(one.owner_unit.name), chinese_date(one.issued_on)],
    }


def _list(held: TrainingClass, rows: Sequence[Certificate]) -> dict[str, Any]:
    """发证名册: who signs for which number."""
    return {
        "title": _("%(name)s 发证名册") % {"name": clean(held.name)},
        "heads": [_("序号"), _("证书编号"), _("姓名"), _("发证日期"), _("领证人签字"), _("领证日期")],
        "rows": [
            [str(place), clean(one.number), clean(one.trainee.person.name), one.issued_on.isoformat(), "", ""]
            for place, one in enumerate(rows, 1)
        ],
    }

"""Ledgers of the register: persons, and bodies outside government."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from shanhai.kernel import clock
from shanhai.kernel.declare import Column, EvidenceClass, Fields, Ledger, Sharing, register
from shanhai.kernel.sealing import revealing

from . import request_ledger  # noqa: F401  (importing registers)
from .fields import parse_identity
from .identity import IdentityNumber
from .models import Body, Person


@register
class PersonLedger(Ledger[Person]):
    model = Person
    source = "斗委农组〔2021〕3号 三（一）实名制管理"
    columns = (
        "name",
        "identity_number",
        "sex",
        "born_on",
        Column("place", label=_("户籍")),
        "category",
        "is_relocated",
        Column("phone", is_default=False),
        Column("is_restricted", is_default=False),
    )
    filters = ("category", "sex", "is_relocated", "born_on", "is_restricted")
    search = ("name", "pinyin", "identity_number", "phone")
    ordering = ("pinyin",)
    import_key = ("identity_number",)
    fields = ("name", "identity_number", "sex", "born_on", "category", "is_relocated", "phone")
    panels = (
        Fields(_("身份"), ("name", "identity_number", "sex", "born_on", "phone")),
        Fields(_("类别"), ("category", "is_relocated")),
    )
    evidence_classes = (EvidenceClass("authorisation", _("承诺授权书")),)
    # Only the rows that a person's work or household gives rise to are shared; the person's own row is not.
    sharing = Sharing.PRIVATE
    menu_order = 10
    example = {"name": "张演示", "born_on": "1990-01-01"}

    def validate(self, row: Person, previous: Person | None) -> Mapping[str, Sequence[Any]]:
        if previous and previous.is_restricted:
            return {}  # which is refused as a whole; an erased number cannot be read
        contradictions = self._number(row).contradictions(sex=row.sex or None, born_on=row.born_on)
        return {name: [sentence] for name, sentence in contradictions.items()}

    def warn(self, row: Person) -> Mapping[str, Sequence[Any]]:
        warnings = () if row.is_restricted else self._number(row).warnings
        return {"identity_number": list(warnings)} if warnings else {}

    def _number(self, row: Person) -> IdentityNumber:
        # Compared here, shown to nobody: there is no reading to record.
        with revealing("核对身份证号与性别、出生日期", lambda reading: None):
            return parse_identity(row.identity_number.reveal(), clock.today())


@register
class BodyLedger(Ledger[Body]):
    model = Body
    source = "斗委农组〔2021〕3号 三（一）（二）用工企业与经营主体"
    columns = (
        "name",
        "credit_code",
        "kind",
        "place",
        Column("address", is_default=False),
    )
    filters = ("kind",)
    search = ("name", "credit_code", "address")
    ordering = ("name",)
    import_key = ("credit_code",)
    fields = ("name", "credit_code", "kind", "address")
    evidence_classes = (EvidenceClass("licence", _("营业执照或登记证书")),)
    menu_order = 20
    example = {"name": "演示电器有限公司", "kind": "企业", "address": "演示路 1 号"}

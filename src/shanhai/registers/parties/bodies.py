"""Enterprises and other bodies 企业与其他主体 outside government."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from shanhai.kernel.leads import BODY, Lead, Leads
from shanhai.kernel.models import LedgerModel
from shanhai.kernel.planned import NONE_PLANNED, Planned
from shanhai.registers.spelling import PinyinField

from .fields import CreditCodeField


class Body(LedgerModel):
    """An employer, cooperative, hospital, school or donor. One body once per side, by its credit code."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("企业")
        COOPERATIVE = "cooperative", _("农民合作社")
        SOLE_TRADER = "sole_trader", _("个体工商户")
        SCHOOL = "school", _("学校")
        HOSPITAL = "hospital", _("医疗机构")
        SOCIAL = "social", _("社会组织")
        OTHER = "other", _("其他")

    name = models.CharField(_("主体名称"), max_length=120)
    credit_code = CreditCodeField(_("统一社会信用代码"))
    kind = models.CharField(_("主体类别"), max_length=11, choices=Kind.choices, default=Kind.ENTERPRISE)
    address = models.CharField(_("地址"), max_length=200, blank=True, default="")
    pinyin = PinyinField(_("拼音"), max_length=120)
    initials = PinyinField(_("拼音首字母"), max_length=40, way="initials")

    reference_field: ClassVar[str] = "credit_code"
    name_field: ClassVar[str] = "name"

    leads_to: ClassVar[Leads] = {BODY: Lead("pk")}

    class Meta:
        verbose_name = verbose_name_plural = _("企业与其他主体")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["side", "credit_code"],
                name="parties_body_side_credit_code_unique",
                violation_error_message=_("该方已登记过这个统一社会信用代码。"),
            ),
        ]

    @classmethod
    def resolve_references(cls, texts: Iterable[str], planned: Planned = NONE_PLANNED) -> dict[str, Any]:
        """Bodies by credit code however it is spaced, or by a name that only one visible body bears."""
        codes = {text: _credit_code(text) for text in texts}
        meant = {text: code or text.strip() for text, code in codes.items()}
        wanted, names = {code for code in codes.values() if code}, set(meant.values())
        stored = cls.objects.filter(models.Q(credit_code__in=wanted) | models.Q(name__in=names))
        found: dict[str, list[Any]] = {}
        for body in planned.joined(stored, credit_code=wanted, name=names):
            for key in (body.credit_code, body.name):
                found.setdefault(key, []).append(body)
        return {text: found[key][0] for text, key in meant.items() if len(found.get(key, ())) == 1}

    @classmethod
    def why_no_reference(cls, text: str) -> str:
        """A name may be anything; what is meant as a code is told what is wrong with it."""
        if not re.fullmatch(r"[0-9A-Za-z\s-]*[0-9][0-9A-Za-z\s-]*", text) or len(text) < _LIKE_A_CODE:
            return ""
        try:
            Body._meta.get_field("credit_code").to_python(text)
        except ValidationError as refused:
            return " ".join(map(str, refused.messages))
        return ""


#: Shorter texts of digits and letters may be names.
_LIKE_A_CODE = 15


def _credit_code(text: str) -> str:
    """The code as it is stored; "" when the text is none."""
    try:
        return str(Body._meta.get_field("credit_code").to_python(text.strip()) or "")
    except ValidationError:
        return ""

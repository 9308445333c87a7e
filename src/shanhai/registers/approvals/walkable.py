"""Whether a chain can be walked at all; and which amounts of a ledger it may look at."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from shanhai.kernel.fields import MoneyField
from shanhai.kernel.ledger import Ledger
from shanhai.kernel.permissions import Reach, Verb
from shanhai.kernel.registry import registry
from shanhai.kernel.scope import Sharing
from shanhai.registers.accounts.roles import ROLES
from shanhai.registers.parties.units import Unit

from .steps import OWN, UPPER, Line, LineRefused, lines_of, units_named


def money_fields(ledger: Ledger[Any]) -> dict[str, str]:
    """What amounts of the ledger are called, in Chinese as chains are written → field."""
    fields = ledger.model._meta.concrete_fields
    with override("zh-hans"):
        return {str(field.verbose_name): field.name for field in fields if isinstance(field, MoneyField)}


def check_chain(chain: Any) -> None:
    """Errors: ValidationError by field."""
    if chain.ledger not in registry:
        raise ValidationError({"ledger": _("没有这个台账。")})
    ledger = registry.get(chain.ledger)
    problems: dict[str, str] = {}
    unit = _unit(chain)
    if chain.covered_unit and unit is None:
        problems["covered_unit"] = _("“%(unit)s”不是本方的单位，请写全称。") % {"unit": chain.covered_unit}
    known = money_fields(ledger)
    if chain.from_amount and chain.amount_field not in known:
        told = {"names": "、".join(known) or _("（没有金额字段）")}
        problems["amount_field"] = _("写明按哪个金额判断，可写：%(names)s。") % told
    try:
        lines = lines_of(chain.approval_steps)
        _check_seats(ledger, chain, lines, unit)
    except LineRefused as refused:
        problems["approval_steps"] = str(refused)
    if problems:
        raise ValidationError(problems)


def _unit(chain: Any) -> Unit | None:
    found = (
        Unit.resolve_references({chain.covered_unit}).get(chain.covered_unit) if chain.covered_unit else None
    )
    return found if found is not None and found.side == chain.side else None


def _check_seats(ledger: Ledger[Any], chain: Any, lines: Sequence[Line], over: Unit | None) -> None:
    """Whoever is to sign must be able to see the rows. Errors: LineRefused."""
    units = units_named(lines, chain.side)
    for number, line in enumerate(lines, 1):
        for place in line.places:
            told = {"number": number, "unit": place.unit, "role": ROLES[place.role].label}
            if place.unit not in {OWN, UPPER} and place.unit not in units:
                raise LineRefused(_("第 %(number)s 步：“%(unit)s”不是本方的单位。") % told)
            role = ROLES[place.role]
            if not role.allows(Verb.VIEW, ledger.key):
                raise LineRefused(_("第 %(number)s 步：%(role)s看不到这个台账，不能签。") % told)
            if not _sees(ledger, role.reach, units.get(place.unit), place.unit, over):
                raise LineRefused(
                    _("第 %(number)s 步：这个台账的记录只有本单位和上级看得到，%(unit)s·%(role)s看不到。")
                    % told
                )


def _sees(ledger: Ledger[Any], reach: Reach, unit: Unit | None, word: str, over: Unit | None) -> bool:
    if reach is Reach.SIDE or ledger.sharing != Sharing.PRIVATE:
        return True
    if word == OWN:
        return True
    if reach is not Reach.TREE:
        return False
    if word == UPPER:
        return True
    return unit is not None and over is not None and f"{over.path}.".startswith(f"{unit.path}.")
